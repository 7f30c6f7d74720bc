"""The man who is barred and stands among her family once more is told nobody as her family."""

from typing import Any

import pytest

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.records.case.case import Case
from shelterdesk.services.consent_law.address_guard import ContactAlike
from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.services.house import CHILD, House, at

ITEMS = {
    "guardian": {"is_guardian": "yes"},
    "family_contact": {"safe_to_contact": "yes"},
}
AGAIN = {
    "by the same name": {"name": "Khamla"},
    "in the other script": {"name": "ຄຳຫຼ້າ"},
    "by his paper": {"name": "Somsak", "paper": "P 12345-6"},
    "by his telephone": {"name": "Somsak", "number": "+856 20 5555 1234"},
}


class Family:
    """A girl whose uncle is told as her family, and what may be told of him."""

    def __init__(self, house: House) -> None:
        self.house, self.place = house, house.place()
        self.girl = house.woman(CHILD, given_name="ແສງ")
        self.keo = house.colleague("Keo", Role.COUNSELLOR)

    def uncle(self, **facts: Any) -> None:
        him = self.house.relative(
            self.girl, "Khamla", relation="aunt_uncle", number="020 55551234", **facts
        )
        self.house.write(him, id_number="P123456")

    def barred(self, of: Case, name: str, paper: str = "", number: str = "", **flag: str) -> None:
        facts = {"relation": "other", "number": number or None, **flag}
        him = self.house.relative(of, name, **facts)
        self.house.write(him, id_number=paper or None)

    def tell(self, item: str, *, looked: bool = False) -> str:
        """Let it leave because a life is in danger, which needs no consent and no director."""
        basis, to = Basis("vital_interest", reason="she has taken a box of pills"), at(self.place)
        how: dict[str, Any] = {}
        if item in ADDRESS_ITEMS:
            second = self.keo.looks(self.girl, to, item, basis=basis, looked=looked)
            how = {"second": second, "confirm_address": True}
        left = self.house.tell(self.girl, to, item, basis=basis, looked=looked, **how)
        return left.text_of(item)


@pytest.fixture
def family(shelter: Shelter) -> Family:
    return Family(House(shelter))


@pytest.mark.parametrize("flag", [{"involved": "yes"}, {"kind": "alleged_perpetrator"}])
@pytest.mark.parametrize("how", AGAIN)
@pytest.mark.parametrize("item", ITEMS)
def test_whoever_may_be_barred_is_told_as_family_after_a_look_only(
    family: Family, item: str, how: str, flag: dict[str, str]
) -> None:
    family.uncle(**ITEMS[item])
    assert family.tell(item).startswith("Khamla")
    family.barred(family.girl, **AGAIN[how], **flag)
    with pytest.raises(ContactAlike):
        family.tell(item)
    assert family.tell(item, looked=True).startswith("Khamla")


@pytest.mark.parametrize("item", ITEMS)
def test_whoever_is_barred_for_another_woman_only_stops_nothing(family: Family, item: str) -> None:
    family.uncle(**ITEMS[item])
    other = family.house.woman(PartialDate(1999))
    family.barred(other, "Khamla", involved="yes")
    family.barred(family.girl, "Bounmy", involved="yes")
    assert family.tell(item).startswith("Khamla")
    family.barred(other, "Khamla", kind="alleged_perpetrator")
    with pytest.raises(ContactAlike):
        family.tell(item)


def test_her_own_copy_names_nobody_and_is_not_stopped(family: Family) -> None:
    family.uncle(**ITEMS["guardian"])
    family.barred(family.girl, "Khamla", involved="yes")
    told = family.house.tell(
        family.girl, Recipient(), "guardian", basis=Basis("own_file"), medium="in_person"
    )
    assert "Khamla" not in told.text_of("guardian")


def test_the_page_of_those_around_her_says_so(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ແສງ"}})
    way = {"value": "020 5555 1234", "safe_to_call": "yes"}
    uncle = {"given_name": "ຄຳຫຼ້າ", "family_name": "ວົງສາ"}
    desk.around.note(case, uncle, {"relation": "aunt_uncle"}, [way])
    assert [near.is_double for near in desk.around.of(case)] == [False]
    desk.around.note(case, {"given_name": "Khamla"}, {"relation": "other", "involved": "yes"})
    assert [near.is_double for near in desk.around.of(case)] == [True, False]
    other = {"given_name": "Khamla", "family_name": "Sisouk"}
    [_uncle, near] = desk.around.of(case)
    desk.around.correct(near.relation, [(near.person, other)])
    assert [near.is_double for near in desk.around.of(case)] == [False, False]


def test_whoever_is_accused_is_never_offered_to_be_called(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ແສງ"}})
    him = {"given_name": "Kham", "kind": "alleged_perpetrator"}
    way = {"value": "020 5555 1234", "safe_to_call": "yes"}
    desk.around.note(case, him, {"relation": "other"}, [way])
    [near] = desk.around.of(case)
    assert near.ways
    assert near.may_be_called == []
