"""The address guard: nothing that tells where she is leaves by one person's tick."""

import tomllib
from typing import Any

import pytest

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.paths import resources
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS, ON_BY_DEFAULT, ceiling
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed, NameAlike
from tests.factories import Shelter
from tests.services.house import Colleague, House, at

VILLAGE = "home_village"
AGREED = Basis()


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place("ສະຫະພັນແມ່ຍິງ", "lwu_district", contact_person="ນາງ ດວງ")


@pytest.fixture
def case(house: House, place: Organisation) -> Case:
    made = house.woman(given_name="Champa", home_village="ບ້ານ ຫ້ວຍຊາຍ")
    house.ask(made, place, VILLAGE)
    return made


@pytest.fixture
def keo(house: House) -> Colleague:
    return house.colleague("Keo", Role.COUNSELLOR)


def test_an_address_needs_one_more_yes_and_a_colleague(
    house: House, case: Case, place: Organisation, keo: Colleague
) -> None:
    to = at(place)
    with pytest.raises(AddressUnconfirmed):
        house.tell(case, to, VILLAGE)
    with pytest.raises(AddressUnconfirmed):
        house.tell(case, to, VILLAGE, confirm_address=True)
    with pytest.raises(AddressUnconfirmed):
        house.tell(case, to, VILLAGE, second=keo.looks(case, to, VILLAGE, basis=AGREED))
    assert house.disclosures.of_case(case) == []
    signed = keo.looks(case, to, VILLAGE, basis=AGREED)
    left = house.tell(case, to, VILLAGE, confirm_address=True, second=signed)
    assert left.text_of(VILLAGE) == "ບ້ານ ຫ້ວຍຊາຍ"


@pytest.mark.parametrize("item", sorted(ADDRESS_ITEMS))
def test_every_address_item_stops_at_the_guard_even_for_a_danger_to_life(
    house: House, case: Case, place: Organisation, item: str
) -> None:
    basis = Basis("vital_interest", reason="she has taken a box of pills")
    with pytest.raises(AddressUnconfirmed):
        house.tell(case, at(place), item, basis=basis)


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("ຄຳໃສ ວົງສາ", {"involved": "yes"}),
        ("ຄຳໃສ ວົງສາ", {"involved": "suspected"}),
        ("Khamsay Vongsa", {"safe_to_contact": "never"}),
        ("Khamsai Vongsa", {"kind": "alleged_perpetrator"}),
    ],
)
@pytest.mark.parametrize("as_who", ["recipient", "carrier"])
def test_a_name_like_that_of_somebody_dangerous_stops_it_in_both_scripts(
    house: House,
    case: Case,
    place: Organisation,
    keo: Colleague,
    *,
    name: str,
    flag: dict[str, str],
    as_who: str,
) -> None:
    house.relative(case, name, **flag)
    to = at(place, "Khamsay Vongsa" if as_who == "recipient" else "")
    how: dict[str, Any] = {
        "confirm_address": True,
        "delivered_by": "" if to.person else "Khamsay Vongsa",
    }
    by = how["delivered_by"]
    signed = keo.looks(case, to, VILLAGE, basis=AGREED, delivered_by=by)
    with pytest.raises(NameAlike):
        house.tell(case, to, VILLAGE, second=signed, **how)
    signed = keo.looks(case, to, VILLAGE, basis=AGREED, delivered_by=by, looked=True)
    assert house.tell(case, to, VILLAGE, second=signed, looked=True, **how).items


def test_the_contact_person_of_the_directory_is_compared_too(
    house: House, case: Case, place: Organisation, keo: Colleague
) -> None:
    house.relative(case, "ດວງ", involved="yes")
    signed = keo.looks(case, at(place), VILLAGE, basis=AGREED)
    with pytest.raises(NameAlike):
        house.tell(case, at(place), VILLAGE, second=signed, confirm_address=True)


def test_a_relative_who_is_not_flagged_stops_nothing(
    house: House, case: Case, place: Organisation, keo: Colleague
) -> None:
    house.relative(case, "Khamsay Vongsa", involved="no", safe_to_contact="yes")
    to = at(place, "Khamsay Vongsa")
    signed = keo.looks(case, to, VILLAGE, basis=AGREED)
    assert house.tell(case, to, VILLAGE, second=signed, confirm_address=True).items


def test_two_counsellors_cannot_go_past_a_name_that_is_alike(shelter: Shelter) -> None:
    house = House(shelter)
    first, second = (house.colleague(name, Role.COUNSELLOR) for name in ("Keo", "Dao"))
    shelter.vault.lock()
    house = second.house = House(shelter, shelter.unlock("Keo", first.passphrase))
    case = house.woman(home_village="Houayxay")
    house.relative(case, "Kong", involved="yes")
    place = house.place(target="lwu_district")
    house.ask(case, place, VILLAGE)
    to = at(place, "Kong")
    signed = second.looks(case, to, VILLAGE, basis=AGREED, looked=True)
    with pytest.raises(NameAlike):
        house.tell(case, to, VILLAGE, second=signed, confirm_address=True, looked=True)


def test_where_a_life_is_in_danger_one_person_compares_the_names(shelter: Shelter) -> None:
    house = House(shelter)
    keo = house.colleague("Keo", Role.COUNSELLOR)
    shelter.vault.lock()
    house = House(shelter, shelter.unlock("Keo", keo.passphrase))
    case = house.woman(given_name="Dao")
    house.relative(case, "Kong", involved="yes")
    ambulance, danger = Recipient(person="Kong, ambulance"), BASES[2]
    how: dict[str, Any] = {"basis": danger, "medium": "phone"}
    with pytest.raises(NameAlike):
        house.tell(case, ambulance, "legal_name", **how)
    assert house.tell(case, ambulance, "legal_name", looked=True, **how).items
    with pytest.raises(AddressUnconfirmed):
        house.tell(case, ambulance, VILLAGE, looked=True, **how)


BASES = [
    AGREED,
    Basis("law", "order 12/2026", "she was told"),
    Basis("vital_interest", reason="she has taken a box of pills"),
]


@pytest.mark.parametrize("basis", BASES, ids=lambda basis: basis.code)
def test_nothing_at_all_leaves_to_a_man_who_must_not_get_near_her(
    house: House, case: Case, place: Organisation, keo: Colleague, basis: Basis
) -> None:
    house.relative(case, "Khamla", involved="yes", safe_to_contact="never")
    house.ask(case, place, "legal_name")
    to = at(place, "Mr Khamla Phommavong")
    how: dict[str, Any] = {"basis": basis, "medium": "phone"}
    signed = keo.looks(case, to, "legal_name", **how)
    with pytest.raises(NameAlike):
        house.tell(case, to, "legal_name", second=signed, **how)
    assert house.disclosures.of_case(case) == []
    signed = keo.looks(case, to, "legal_name", looked=True, **how)
    assert house.tell(case, to, "legal_name", second=signed, looked=True, **how).items


def test_whoever_carries_a_letter_is_compared_whatever_it_tells(
    house: House, case: Case, place: Organisation
) -> None:
    house.relative(case, "Khamla", involved="suspected")
    house.ask(case, place, "legal_name")
    with pytest.raises(NameAlike):
        house.tell(case, at(place), "legal_name", delivered_by="Boun and Khamla")
    assert house.tell(case, at(place), "legal_name", delivered_by="Boun").items


def test_a_place_with_his_name_is_looked_at_as_well(house: House, case: Case) -> None:
    house.relative(case, "ຄຳຫຼ້າ", involved="yes")
    shop = house.place("Khamla Travel Agency")
    house.ask(case, shop, "legal_name")
    with pytest.raises(NameAlike):
        house.tell(case, at(shop), "legal_name")


def test_a_signature_is_for_the_carrier_and_the_look_it_was_given_for(
    house: House, case: Case, place: Organisation, keo: Colleague
) -> None:
    house.relative(case, "Khamla", involved="yes")
    to = at(place)
    plain = keo.looks(case, to, VILLAGE, basis=AGREED)
    for changed in ({"delivered_by": "Khamla"}, {"delivered_by": "Khamla", "looked": True}):
        with pytest.raises(NoApproval):
            house.tell(case, to, VILLAGE, second=plain, confirm_address=True, **changed)
        plain = keo.looks(case, to, VILLAGE, basis=AGREED)


def test_no_preset_has_an_address_ticked_and_all_items_exist() -> None:
    assert not set(ON_BY_DEFAULT) & ADDRESS_ITEMS
    known = codes.labels("disclosure_item", "en").keys()
    assert known >= ADDRESS_ITEMS
    written = tomllib.loads((resources() / "presets.toml").read_text(encoding="utf-8"))
    assert set(codes.labels("referral_target", "en")) == written.keys()
    for target in written:
        assert known >= set(ceiling(target))
        assert len(set(ceiling(target))) == len(ceiling(target))


@pytest.mark.parametrize("written", ["颂萨", "សុំសាក់", "S*msak Vongsa", "Som~sak"])
def test_a_name_that_nobody_here_can_compare_costs_a_look_of_a_director(
    house: House, case: Case, written: str
) -> None:
    house.ask(case, None, "case_code", recipient_person="Ms Dao")
    house.tell(case, Recipient(person="Ms Dao"), "case_code", delivered_by=written)
    house.relative(case, "Somsak", involved="yes")
    with pytest.raises(NameAlike):
        house.tell(case, Recipient(person="Ms Dao"), "case_code", delivered_by=written)
    house.tell(case, Recipient(person="Ms Dao"), "case_code", delivered_by="Ms Noy")
    house.tell(case, Recipient(person="Ms Dao"), "case_code", delivered_by=written, looked=True)


def test_a_word_of_far_and_near_letters_in_a_place_costs_a_look(house: House, case: Case) -> None:
    house.relative(case, "Somsak", involved="yes")
    for name, is_disguised in (("中国大使馆 Embassy", False), ("Som颂sak transport", True)):
        place = house.place(name)
        house.ask(case, place, "case_code")
        if is_disguised:
            with pytest.raises(NameAlike):
                house.tell(case, at(place), "case_code")
        else:
            house.tell(case, at(place), "case_code")
