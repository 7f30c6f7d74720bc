"""Beds, arrivals and departures: what the whole house knows."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest

from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.open_stays import LivesHere
from shelterdesk.services.case.residence import StillHere, present
from shelterdesk.services.desk import Desk
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
    assert opened.value == "the blue house"


def test_where_she_goes_is_not_for_the_house_mother(sit: Sit) -> None:
    at = sit(Role.HOUSE_MOTHER)
    setting = at.setting("other")
    with pytest.raises(NotAllowed):
        at.desk.residence.leave(setting.stay, "died", destination="somewhere")
    [stay] = at.desk.residence.stays_of(setting.case)
    assert stay.left_at is None
    assert at.desk.residence.leave(stay, "aged_out").exit_type == "aged_out"


def open_stays(desk: Desk, case: Case) -> list[Stay]:
    return [stay for stay in desk.residence.stays_of(case) if stay.left_at is None]


def by_admission(desk: Desk, case: Case) -> object:
    return desk.residence.admit(case, bed="3")


def by_saving(desk: Desk, case: Case) -> object:
    return desk.records.save(Stay(case_id=case.id, state="resident"))


def by_cases(desk: Desk, case: Case) -> object:
    return desk.cases.save(Stay(case_id=case.id))


def by_opening_the_old_one(desk: Desk, case: Case) -> object:
    old = next(stay for stay in desk.residence.stays_of(case) if stay.left_at is not None)
    return desk.records.change(old, {"left_at": None, "state": "resident"})


def by_moving_that_of_another(desk: Desk, case: Case) -> object:
    hers = desk.residence.admit(desk.cases.open_case("Another"))
    return desk.records.change(hers, {"case_id": case.id})


@pytest.mark.parametrize(
    "way",
    [by_admission, by_saving, by_cases, by_opening_the_old_one, by_moving_that_of_another],
)
def test_nobody_lives_here_twice(desk: Desk, way: Callable[[Desk, Case], object]) -> None:
    case = desk.cases.open_case("Dok")
    desk.residence.leave(desk.residence.admit(case), "returned_to_family")
    stay = desk.residence.admit(case, bed="1")
    with pytest.raises(LivesHere):
        way(desk, case)
    assert [one.id for one in open_stays(desk, case)] == [stay.id]
    assert desk.records.change(stay, {"state": "on_leave"}).state == "on_leave"


def test_of_two_who_admit_her_at_the_same_moment_one_is_told(desk: Desk) -> None:
    case = desk.cases.open_case("Dok")
    together, told = Barrier(8), []

    def admit() -> None:
        together.wait()
        try:
            desk.residence.admit(case)
        except LivesHere as fault:
            told.append(fault)

    threads = [Thread(target=admit) for _who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 7
    assert len(open_stays(desk, case)) == 1


def test_an_admission_in_pieces_goes_on_with_the_stay_there_is(desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Bua"}, "stay": {"bed": "2"}})
    desk.cases.admit({"stay": {"bed": "4"}}, desk.cases.get(case.id))
    assert [stay.bed for stay in open_stays(desk, case)] == ["4"]
