"""Whoever is barred is known by his name wherever it stands: at the door, in texts, as a father."""

from typing import Any

import pytest

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.records.case.case import Case
from shelterdesk.services.consent_law import asking
from shelterdesk.services.consent_law.address_guard import NameAlike
from shelterdesk.services.consent_law.grounds import RecipientChanged
from tests.factories import Shelter
from tests.services.disclosure.letter_house import HEAD
from tests.services.house import CHILD, House, at

SPELLINGS = [
    ("ສຸລິຍາ", "Souliya"),
    ("ສຸລິຍາ", "สุริยา"),
    ("ນິດຕະຍາ", "Nittaya"),
    ("ລັດສະໝີ", "Lasamy"),
    ("Sonexay", "ສອນໄຊ"),
    ("Prasith", "Pasit"),
]
WHERE = ["person", "contact_person", "unit", "address", "name", "carrier"]


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


def barred_of(house: House, name: str) -> Case:
    case = house.woman(given_name="Champa", access_needs="-")
    house.relative(case, name, involved="yes", safe_to_contact="never")
    return case


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(("barred", "written"), SPELLINGS)
def test_his_name_stops_a_letter_wherever_it_stands_on_it(
    house: House, barred: str, written: str, where: str
) -> None:
    case = barred_of(house, barred)
    line = {"address": f"Mr {written}, Ban Phonxay 12", "name": f"{written} Travel Agency"}
    facts = {where: line.get(where, f"Mr {written}")} if where not in ("person", "carrier") else {}
    place = house.place(**({"name": "Legal aid"} | facts))
    house.ask(case, place, "case_code")
    how: dict[str, Any] = {"delivered_by": f"Mr {written}"} if where == "carrier" else {}
    to = at(place, f"Mr {written}" if where == "person" else "")
    with pytest.raises(NameAlike):
        house.tell(case, to, "case_code", **how)
    assert house.tell(case, to, "case_code", looked=True, **how).items  # one look of a director


@pytest.mark.parametrize(("barred", "written"), SPELLINGS)
def test_his_name_is_warned_of_masked_and_no_father(
    house: House, barred: str, written: str
) -> None:
    case = barred_of(house, barred)
    text = f"She is afraid of {written} and of dogs."
    assert house.referrals.tells(case, text) == (written,)
    house.records.change(house.fresh_person(case), {"access_needs": text})
    own = Basis("own_file")
    how: dict[str, Any] = {"basis": own, "medium": "copy_for_her", "language": "en"}
    left = house.tell(case, Recipient(), "disability_access_need", **how)
    masked = "She is afraid of [another person] and of dogs."
    assert left.text_of("disability_access_need") == masked
    child, place = house.woman(CHILD), house.place()
    house.relative(child, barred, involved="yes")
    father = house.relative(child, f"Mr {written}", relation="father")
    with pytest.raises(asking.GuardianAlike):
        house.ask(child, place, "case_code", actor="parent", actor_person_id=father.id)


def test_two_men_of_one_name_are_told_apart_by_their_families(house: House) -> None:
    child, place = house.woman(CHILD), house.place()
    uncle = house.relative(child, "ສຸລິຍາ", relation="aunt_uncle", involved="yes")
    father = house.relative(child, "Souliya", relation="father")
    by: dict[str, Any] = {"actor": "parent", "actor_person_id": father.id}
    with pytest.raises(asking.GuardianAlike):
        house.ask(child, place, "case_code", **by)
    house.write(uncle, family_name="ພົມມະວົງ")
    house.write(house.fresh(father), family_name="Keola")
    assert house.ask(child, place, "case_code", **by).actor_person_id == father.id


def test_a_letter_that_is_printed_is_delivered_where_it_says(house: House) -> None:
    house.letters.set_letterhead("neutral", HEAD)
    case = house.woman(given_name="Champa")
    place = house.place(address="Road 1", phone="021 111111")
    house.ask(case, place, "case_code")
    out, next_one = (
        house.referrals.start(case, place.id, "legal_aid", "normal", "advice") for _one in range(2)
    )
    house.letters.issue(out, ["case_code"])
    house.shelter.clock.pass_days(0.1)
    house.records.change(house.fresh(place), {"phone": "021 222222", "address": "Road 2"})
    with pytest.raises(RecipientChanged, match="Telephone, Address"):
        house.letters.issue(next_one, ["case_code"])
    assert house.referrals.delivered(house.fresh(out)).state == "delivered"
