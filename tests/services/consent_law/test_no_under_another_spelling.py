"""A no to somebody holds however that person is written, and each office's no is its own."""

from typing import Any

import pytest

from shelterdesk.core.disclosed import Recipient
from shelterdesk.services.consent_law.grounds import NothingAgreed
from tests.factories import Shelter
from tests.services.house import CHILD, House, at

ITEMS = ("case_code", "age_years")


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.mark.parametrize(
    ("agreed", "refused"),
    [
        ("Mr Somsak Vongsa", "Somsak Vongsa"),
        ("Somsak Vongsa", "ທ່ານ ສົມສັກ ວົງສາ"),
        ("ສົມສັກ ວົງສາ", "Somsack"),
        ("Dr. Somsak, Mittaphab hospital", "S0msak"),
    ],
)
def test_a_later_no_is_not_lost_on_another_spelling(
    house: House, agreed: str, refused: str
) -> None:
    woman = house.woman()
    house.ask(woman, None, *ITEMS, recipient_person=agreed)
    house.tell(woman, Recipient(person=agreed), *ITEMS)
    house.ask(woman, None, no=ITEMS, recipient_person=refused, decision="refused")
    assert house.consents.verdict(woman, None, agreed).items == frozenset()
    assert "said no" in house.consents.verdict(woman, None, agreed).why
    with pytest.raises(NothingAgreed):
        house.tell(woman, Recipient(person=agreed), *ITEMS)
    house.ask(woman, None, *ITEMS, recipient_person=agreed)
    house.tell(woman, Recipient(person=agreed), *ITEMS)


def test_what_is_taken_back_is_taken_back_under_every_spelling(house: House) -> None:
    woman = house.woman()
    house.ask(woman, None, *ITEMS, recipient_person="Mr Somsak Vongsa")
    again = house.ask(woman, None, *ITEMS, recipient_person="ສົມສັກ ວົງສາ")
    house.consents.withdraw(again)
    with pytest.raises(NothingAgreed):
        house.tell(woman, Recipient(person="Mr Somsak Vongsa"), *ITEMS)


def test_somebody_else_is_somebody_else(house: House) -> None:
    woman = house.woman()
    house.ask(woman, None, *ITEMS, recipient_person="Somsak Vongsa")
    house.ask(woman, None, no=ITEMS, recipient_person="Bounmy Keola", decision="refused")
    house.tell(woman, Recipient(person="Somsak Vongsa"), *ITEMS)


def test_a_guardians_no_is_not_turned_by_another_spelling(house: House) -> None:
    girl = house.woman(CHILD)
    mother = house.relative(girl, "Mae", relation="mother")
    father = house.relative(girl, "Pho", relation="father")
    for name in ("Somsak Vongsa", "Mr Somsak Vongsa"):
        house.ask(girl, None, *ITEMS, recipient_person=name, actor="self_assent_under_18")
    no: dict[str, Any] = {"actor": "parent", "actor_person_id": mother.id, "decision": "refused"}
    house.ask(girl, None, no=ITEMS, recipient_person="Somsak Vongsa", **no)
    yes: dict[str, Any] = {"actor": "parent", "actor_person_id": father.id}
    house.ask(girl, None, *ITEMS, recipient_person="Mr Somsak Vongsa", **yes)
    with pytest.raises(NothingAgreed):
        house.tell(girl, Recipient(person="Mr Somsak Vongsa"), *ITEMS)
    house.ask(
        girl,
        None,
        *ITEMS,
        recipient_person="Mr Somsak Vongsa",
        **yes | {"actor_person_id": mother.id},
    )
    house.tell(girl, Recipient(person="Mr Somsak Vongsa"), *ITEMS)


def test_the_no_of_one_office_is_not_turned_by_another_office(house: House) -> None:
    girl, place = house.woman(CHILD), house.place()
    house.ask(girl, place, *ITEMS, actor="self_assent_under_18")
    office: dict[str, Any] = {"actor": "authority_in_loco_parentis"}
    house.ask(girl, place, no=ITEMS, panel="Ms Dao, District office", decision="refused", **office)
    house.ask(girl, place, *ITEMS, panel="Mr Keo, Women's Union", **office)
    assert house.consents.verdict(girl, place.id).items == frozenset()
    house.ask(girl, place, *ITEMS, panel="Ms Noy, District Office", **office)
    assert house.consents.verdict(girl, place.id).items == frozenset(ITEMS)


OFFICES = {
    "of the same person": ("Ms Dao, District office", "Ms Dao, Women's Union"),
    "of no name, yes": ("Ms Dao, District office", "Xaythany"),
    "of no name, no": ("", "Ms Dao, District office"),
    "of no name at all": ("", ""),
}


@pytest.mark.parametrize("which", OFFICES)
def test_no_office_ends_the_no_of_one_that_it_is_not_shown_to_be(house: House, which: str) -> None:
    girl, place = house.woman(CHILD), house.place()
    house.ask(girl, place, *ITEMS, actor="self_assent_under_18")
    office: dict[str, Any] = {"actor": "authority_in_loco_parentis"}
    said_no, said_yes = OFFICES[which]
    no = house.ask(girl, place, no=ITEMS, panel=said_no or None, decision="refused", **office)
    yes = house.ask(girl, place, *ITEMS, panel="Mr Keo, Any office", **office)
    house.write(yes, panel=said_yes or None)
    assert house.consents.verdict(girl, place.id).items == frozenset()
    house.consents.withdraw(no)
    assert house.consents.verdict(girl, place.id).items == frozenset(ITEMS)


@pytest.mark.parametrize(
    ("again", "is_one"),
    [
        ({"name": "Legal Aid Office"}, True),
        ({"name": "ຫ້ອງການ", "name_latin": "Legal aid office"}, True),
        ({"name": "Legal aid office", "province": "VT"}, True),
        ({"name": "Legal aid office", "province": "CH"}, False),
        ({"name": "Legal aid office 2"}, False),
        ({"name": "Women’s Union"}, False),
    ],
)
def test_a_no_to_a_place_holds_for_the_same_place_written_down_twice(
    house: House, again: dict[str, Any], is_one: bool
) -> None:
    woman, place = house.woman(), house.place("Legal aid office", province="VT")
    other = house.place(**again)
    house.ask(woman, place, *ITEMS)
    house.ask(woman, other, no=ITEMS, decision="refused")
    assert house.consents.verdict(woman, place.id).items == frozenset(() if is_one else ITEMS)


def test_a_no_to_a_place_that_was_written_as_a_person_holds_for_the_place(house: House) -> None:
    woman, place = house.woman(), house.place("Legal aid office")
    house.ask(woman, place, *ITEMS)
    house.ask(woman, None, no=ITEMS, decision="refused", recipient_person="legal aid Office")
    with pytest.raises(NothingAgreed):
        house.tell(woman, at(place), *ITEMS)
    house.ask(woman, place, *ITEMS)
    house.tell(woman, at(place), *ITEMS)
