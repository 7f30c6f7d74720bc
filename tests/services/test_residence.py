"""Beds, arrivals and departures: what the whole house knows."""

from datetime import date

import pytest

from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.services.desk import Desk
from shelterdesk.services.residence import StillHere, present
from tests.factories import Shelter
from tests.services.conftest import Sit


def test_who_lives_here_is_listed_by_bed_until_she_leaves(desk: Desk) -> None:
    dok, champa = desk.cases.open_case("Dok"), desk.cases.open_case("Champa")
    desk.residence.admit(dok, bed="2")
    stay = desk.residence.admit(champa, bed="1")
    assert [(r.alias, r.bed, r.state) for r in desk.residence.in_house()] == [
        ("Champa", "1", "resident"),
        ("Dok", "2", "resident"),
    ]
    assert desk.residence.in_house()[0].since == date(2026, 11, 3)
    left = desk.residence.leave(stay, "left_by_own_decision", agreed="yes")
    assert (left.state, left.exit_type, left.left_at is None) == (
        "exited",
        "left_by_own_decision",
        False,
    )
    assert [r.case_id for r in desk.residence.in_house()] == [dok.id]


def test_a_case_is_closed_only_together_with_the_stay(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "2"}})
    with pytest.raises(StillHere):
        desk.cases.close(case, "goals_met_agreed")
    assert desk.cases.get(case.id).closed_on is None
    assert [r.alias for r in desk.residence.in_house()] == ["Champa"]
    how = {"exit_type": "returned_to_family", "exit_agreed": "yes"}
    assert desk.cases.close(case, "goals_met_agreed", left=how).closed_on == desk.today()
    [stay] = desk.residence.stays_of(case)
    assert (stay.state, stay.exit_type, stay.exit_agreed) == ("exited", "returned_to_family", "yes")
    assert stay.left_at is not None
    assert desk.residence.in_house() == []


def test_a_stay_does_not_end_where_the_case_cannot_be_closed(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "2"}})
    desk.records.change(case, {"alias": "Bua"})
    with pytest.raises(ChangedElsewhere):
        desk.cases.close(case, "goals_met_agreed", left={"exit_type": "died"})
    assert [r.alias for r in desk.residence.in_house()] == ["Bua"]


def test_stays_are_kept_one_after_the_other(desk: Desk, shelter: Shelter) -> None:
    case = desk.cases.open_case()
    first = desk.residence.admit(case)
    first = desk.residence.leave(first, "returned_to_family", destination="the blue house")
    shelter.clock.pass_days(400)
    second = desk.residence.admit(case)
    stays = desk.residence.stays_of(case)
    assert [stay.id for stay in stays] == [first.id, second.id]
    assert present(stays) is stays[1]
    opened = desk.records.open_sealed(first, "destination")
    assert opened is not None
    assert opened.text == "the blue house"


def test_where_she_goes_is_not_for_the_house_mother(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    setting = at.setting("other")
    with pytest.raises(NotAllowed):
        at.desk.residence.leave(setting.stay, "died", destination="somewhere")
    [stay] = at.desk.residence.stays_of(setting.case)
    assert stay.left_at is None
    assert at.desk.residence.leave(stay, "aged_out").exit_type == "aged_out"
