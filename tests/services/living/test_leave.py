"""Who goes out and comes back: states by the clock, what stops, what recurs, how it ends."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.errors import InvalidFields
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.away import Where
from shelterdesk.services.day_lines import DayPart
from shelterdesk.services.desk import Desk
from shelterdesk.services.house import leave_stops as stops
from shelterdesk.services.house.leave import WhereSheIs
from tests.factories import Shelter
from tests.services.living.staying import ADULT, CHILD, lives_here, school

MINUTE = timedelta(minutes=1)
ERRAND = {"reason": "own_errand"}


def out(desk: Desk, case: Case, minutes: int = 60, **said: Any) -> Absence:
    due = desk.now() + minutes * MINUTE
    [row] = desk.leave.go_out([case.id], ERRAND | {"due_at": due} | said)
    return row


def line_of(desk: Desk, case: Case) -> WhereSheIs:
    return next(one for one in desk.leave.board() if one.resident.case_id == case.id)


def state(desk: Desk, case: Case) -> Where | None:
    return line_of(desk, case).state(desk.now())


def told(desk: Desk) -> list[tuple[str, DayPart | None]]:
    lines = desk.leave.day_lines(desk.today())
    return [(line.in_words(), line.part(desk.today())) for line in lines]


def hour(desk: Desk, of: int, days: int = 0) -> datetime:
    return at_house(days_after(desk.today(), days), time(of))


def test_out_due_overdue_and_back_follow_from_the_clock(desk: Desk, shelter: Shelter) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    assert state(desk, dok) is None
    row = out(desk, dok, 60)
    assert row.alert_minutes == 60
    seen = []
    for minutes in (59, 1, 59, 1):
        shelter.clock.now += minutes * MINUTE
        seen.append((state(desk, dok), told(desk)))
    assert [one for one, _lines in seen] == [Where.OUT, Where.DUE, Where.DUE, Where.OVERDUE]
    assert seen[0][1] == []
    assert seen[1][1] == [("Expected back by now: Her own errand", DayPart.TODAY)]
    assert seen[3][1] == [("Not back: Her own errand. Whom to call stands there.", DayPart.NOW)]
    desk.leave.come_back([dok.id])
    assert (state(desk, dok), told(desk)) == (None, [])
    lines = [e.text for e in desk.cases.timeline(dok) if e.kind == "absence"]
    assert lines == ["Is back", "Out: Her own errand"]


def test_who_is_out_lives_here_all_the_same_and_is_found_as_out(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    out(desk, dok)
    [resident] = desk.residence.in_house()
    assert (resident.state, resident.is_away) == ("on_leave", True)
    [hit] = desk.search.find("Dok")
    assert hit.state == ("residence_state", "on_leave")
    desk.leave.come_back([dok.id])
    assert desk.search.find("Dok")[0].state == ("residence_state", "resident")


def test_a_plan_becomes_a_time_out_when_its_hour_comes(desk: Desk, shelter: Shelter) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    goes = desk.now() + 120 * MINUTE
    out(desk, dok, 240, out_at=goes)
    assert state(desk, dok) is None
    assert line_of(desk, dok).planned[0].state(desk.now()) is Where.PLANNED
    shelter.clock.now = goes
    assert state(desk, dok) is Where.OUT


def test_a_plan_that_is_called_off_never_was_a_time_out(desk: Desk, shelter: Shelter) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    out(desk, dok, 240, out_at=desk.now() + 120 * MINUTE)
    desk.leave.call_off(dok.id)
    shelter.clock.now += 180 * MINUTE
    assert state(desk, dok) is None
    assert [e for e in desk.cases.timeline(dok) if e.kind == "absence"] == []


def test_who_is_out_is_not_signed_out_again(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    out(desk, dok)
    with pytest.raises(stops.AlreadyOut, match=r"has been out since .+\. Sign her in, or change"):
        out(desk, dok)
    with pytest.raises(stops.NotOut):
        desk.leave.come_back([lives_here(desk, "Bua", ADULT).id])


def test_somebody_from_whom_she_is_kept_does_not_go_out_with_her(desk: Desk) -> None:
    dok, bua = lives_here(desk, "Dok", ADULT), lives_here(desk, "Bua", ADULT)
    uncle = desk.records.save(Person(kind="family", given_name="ບຸນມີ", given_name_latin="Bounmy"))
    line = Relation(person_id=dok.person_id, other_id=uncle.id, safe_to_contact="never")
    desk.records.save(line)
    for name in ("Bounmy", "Mr. Bunmi", "ທ້າວ ບຸນມີ"):
        with pytest.raises(stops.GoesWithBarred, match="Call the director") as stopped:
            out(desk, dok, goes_with=name)
        assert str(stopped.value).startswith(name)
    out(desk, bua, goes_with="Bounmy")  # a danger to one is none to another
    row = out(desk, dok, goes_with="Mali")
    with pytest.raises(stops.GoesWithBarred):
        desk.leave.change(row.id, {"goes_with": "Bounmy"})


@pytest.mark.parametrize("born", [CHILD, None])
def test_under_18_somebody_goes_along_or_has_agreed(desk: Desk, born: Any) -> None:
    girl = lives_here(desk, "Noi", born)
    me = desk.seat.staff_id
    with pytest.raises(stops.WithWhom):
        out(desk, girl)
    with pytest.raises(stops.WithWhom):
        desk.standing_leave.add(girl.id, school(desk))
    row = out(desk, girl, agreed_by_id=me)
    assert row.alert_minutes == 30
    desk.standing_leave.add(girl.id, school(desk) | {"agreed_by_id": me})


def test_leave_becomes_hospital_at_one_moment_and_hospital_is_never_late(
    desk: Desk, shelter: Shelter
) -> None:
    girl = lives_here(desk, "Noi", CHILD)
    first = out(desk, girl, goes_with="Mali")
    shelter.clock.now += 30 * MINUTE
    second = desk.leave.to_hospital(girl.id)
    first = desk.records.get(Absence, first.id)
    assert (first.ended_at, first.back_at) == (second.out_at, None)
    assert second.goes_with == "Mali"
    shelter.clock.now += 6000 * MINUTE
    assert (state(desk, girl), told(desk)) == (Where.OUT, [])
    assert desk.residence.in_house()[0].state == "in_hospital"
    desk.leave.come_back([girl.id])
    assert state(desk, girl) is None


def test_from_the_house_she_goes_to_hospital_straight(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    desk.leave.to_hospital(dok.id)
    assert state(desk, dok) is Where.OUT
    with pytest.raises(stops.AlreadyOut):
        desk.leave.to_hospital(dok.id)


# -- what recurs -------------------------------------------------------------------------------


def at_school(desk: Desk, shelter: Shelter, *names: str) -> list[Case]:
    """Return girls at school from Monday on; it is Tuesday, the third of November, 8 o'clock."""
    shelter.clock.now = hour(desk, 5)
    girls = [lives_here(desk, name, ADULT) for name in names]
    for girl in girls:
        desk.standing_leave.add(girl.id, school(desk))
    shelter.clock.now = hour(desk, 8)
    return girls


def test_four_at_school_one_not_back(desk: Desk, shelter: Shelter) -> None:
    girls = at_school(desk, shelter, "Dok", "Bua", "Mali", "Noi")
    assert [state(desk, girl) for girl in girls] == [Where.OUT] * 4
    shelter.clock.now = hour(desk, 16)
    assert [state(desk, girl) for girl in girls] == [Where.DUE] * 4
    desk.leave.come_back([girl.id for girl in girls[:3]])
    shelter.clock.now = hour(desk, 16) + 30 * MINUTE
    assert [state(desk, girl) for girl in girls] == [None, None, None, Where.OVERDUE]
    assert len(told(desk)) == 1
    shelter.clock.now = hour(desk, 8, days=1)  # the next day of school does not bring her back
    assert state(desk, girls[3]) is Where.OVERDUE
    assert state(desk, girls[0]) is Where.OUT


def test_a_row_of_its_own_wins_over_what_recurs(desk: Desk, shelter: Shelter) -> None:
    [girl] = at_school(desk, shelter, "Dok")
    desk.leave.call_off(girl.id)  # she is ill today
    assert state(desk, girl) is None
    shelter.clock.now = hour(desk, 8, days=1)
    assert state(desk, girl) is Where.OUT
    desk.leave.to_hospital(girl.id)
    shelter.clock.now = hour(desk, 18, days=1)
    assert state(desk, girl) is Where.OUT
    desk.leave.come_back([girl.id])
    assert state(desk, girl) is None


def test_what_recurs_begins_ends_and_rests_by_its_days(desk: Desk, shelter: Shelter) -> None:
    [girl] = at_school(desk, shelter, "Dok")
    desk.leave.come_back([girl.id])
    week = [Where.OUT] * 3 + [None] * 2 + [Where.OUT]  # from Wednesday to Monday
    for expected in week:
        shelter.clock.now = hour(desk, 8, days=1)
        assert state(desk, girl) is expected
        if expected:
            desk.leave.come_back([girl.id])
    [(standing, who)] = desk.standing_leave.present()
    assert who.endswith("Dok")
    desk.standing_leave.end(standing.id, days_after(desk.today(), -1))
    shelter.clock.now = hour(desk, 8, days=1)
    assert state(desk, girl) is None


def test_what_was_over_when_it_was_written_down_is_nobodys_time_out(
    desk: Desk, shelter: Shelter
) -> None:
    shelter.clock.now = hour(desk, 19)
    girl = lives_here(desk, "Dok", ADULT)
    desk.standing_leave.add(girl.id, school(desk) | {"since": days_after(desk.today(), -2)})
    assert state(desk, girl) is None


@pytest.mark.parametrize(
    "wrong", [{"out_hour": "seven"}, {"back_hour": "25:00"}, {"back_hour": "06:00"}, {"days": ()}]
)
def test_hours_and_days_of_what_recurs_can_be_read(desk: Desk, wrong: dict[str, Any]) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    with pytest.raises(InvalidFields):
        desk.standing_leave.add(dok.id, school(desk) | wrong)


# -- several at once ---------------------------------------------------------------------------


def test_several_go_out_and_come_back_in_one_act_or_none_does(desk: Desk) -> None:
    dok, bua = lives_here(desk, "Dok", ADULT), lives_here(desk, "Bua", CHILD)
    with pytest.raises(stops.WithWhom):
        desk.leave.go_out([dok.id, bua.id], ERRAND)
    assert state(desk, dok) is None
    desk.leave.go_out([dok.id, bua.id], ERRAND | {"goes_with": "Mali"})
    assert {state(desk, dok), state(desk, bua)} == {Where.OUT}
    desk.leave.come_back([dok.id, bua.id])
    assert {state(desk, dok), state(desk, bua)} == {None}


def test_who_is_called_like_another_one_is_signed_by_herself(desk: Desk) -> None:
    one, other = lives_here(desk, "Keo", ADULT), lives_here(desk, "Dok", ADULT)
    lives_here(desk, "Kèo", ADULT)
    with pytest.raises(stops.AlikeInGroup, match="called alike"):
        desk.leave.go_out([one.id, other.id], ERRAND)
    desk.leave.go_out([one.id], ERRAND)
    assert [line.is_alike for line in desk.leave.board()].count(True) == 2


# -- how it ends -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["died", "returned_to_family"])
def test_the_end_of_a_stay_ends_leave_and_alarm(desk: Desk, shelter: Shelter, how: str) -> None:
    [girl] = at_school(desk, shelter, "Dok")
    desk.leave.come_back([girl.id])
    row = out(desk, girl, 10)
    shelter.clock.now += 200 * MINUTE
    assert len(told(desk)) == 1
    [stay] = desk.residence.stays_of(girl)
    desk.residence.leave(stay, how)
    assert (told(desk), desk.leave.board(), desk.standing_leave.present()) == ([], [], [])
    row = desk.records.get(Absence, row.id)
    assert (row.ended_at, row.back_at) == (desk.residence.stays_of(girl)[0].left_at, None)
    assert "Is back" not in [e.text for e in desk.cases.timeline(girl)][:2]


def test_an_old_stay_that_is_saved_again_ends_nothing_of_today(
    desk: Desk, shelter: Shelter
) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    [stay] = desk.residence.stays_of(dok)
    desk.residence.leave(stay, "independent_living")
    shelter.clock.pass_days(1)
    desk.residence.admit(dok)
    out(desk, dok)
    old = desk.residence.stays_of(dok)[0]
    desk.records.change(old, {"exit_agreed": "yes"})
    assert state(desk, dok) is Where.OUT


def test_who_leaves_by_her_own_decision_left_when_she_went_out(
    desk: Desk, shelter: Shelter
) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    row = out(desk, dok)
    shelter.clock.now += 600 * MINUTE
    stay = desk.leave.left_for_good(dok.id)
    assert (stay.exit_type, stay.left_at) == ("left_by_own_decision", row.out_at)
    assert desk.leave.board() == []


def test_nobody_comes_back_before_she_went_or_in_the_future(desk: Desk) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    out(desk, dok)
    for wrong in (desk.now() - 10 * MINUTE, desk.now() + 6 * MINUTE):
        with pytest.raises(InvalidFields):
            desk.leave.come_back([dok.id], wrong)
    with pytest.raises(InvalidFields):
        out(desk, lives_here(desk, "Bua", ADULT), -5)
    desk.leave.come_back([dok.id], desk.now() + 4 * MINUTE, "on foot")
