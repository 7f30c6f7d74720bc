"""Asking for a place: counted without a name, once a day for the same office; O7 by hand."""

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import SHIFT, WhyCorrected
from tests.factories import Shelter, add_person
from tests.services.living.staying import DAY, at, lives_here

WHY = "two came and not one, as the office says today"


def office(desk: Desk, name: str) -> str:
    return desk.records.save(Organisation(name=name, kind="police")).id


def asks(desk: Desk, hour: int, outcome: str = "not_admitted", **said: Any) -> PlaceRequest:
    """Write down an asking of the day before at an hour of the house."""
    when = at(DAY - timedelta(days=1)) + timedelta(hours=hour)
    return desk.places.note({"way": "telephone", "outcome": outcome, "at": when} | said)


def test_a_full_house_and_three_who_asked(desk: Desk) -> None:
    """Three are turned away, one is admitted; of eight rows five count, and three of them away."""
    police, hotline = office(desk, "Police"), office(desk, "Hotline")
    asks(desk, 8, from_id=police, reason="shelter_full")
    asks(desk, 20, from_id=police, reason="shelter_full")  # the same office, within the day
    asks(desk, 9, from_id=hotline, outcome="waiting")
    asks(desk, 10, from_id=hotline, outcome="sent_on", reason="needs_hospital_first")
    asks(desk, 11, reason="shelter_full")  # nobody knows from whom: counts by itself
    asks(desk, 12, outcome="her_decision_not")
    asks(desk, 13, outcome="admitted")
    asks(desk, -3, from_id=hotline, outcome="admitted")  # the night before: the hotline's first
    yesterday = DAY - timedelta(days=1)
    found = desk.places.figure(yesterday, yesterday)
    assert (found.written, found.counted, found.turned_away) == (7, 4, 2)
    assert dict(found.outcomes) == {"not_admitted": 2, "her_decision_not": 1, "admitted": 1}
    assert dict(found.reasons) == {"shelter_full": 2}
    assert found.share == 0.5
    both = desk.places.figure(yesterday - timedelta(days=1), yesterday)
    assert (both.written, both.counted, both.turned_away) == (8, 5, 3)  # the last said counts
    assert dict(both.reasons) == {"shelter_full": 2, "needs_hospital_first": 1}
    assert desk.places.figure(DAY, DAY).share is None


def test_after_24_hours_the_same_office_counts_again(desk: Desk) -> None:
    police = office(desk, "Police")
    for hour in (0, 23, 24, 47):
        asks(desk, hour - 48, from_id=police)
    found = desk.places.figure(DAY - timedelta(days=9), DAY)
    assert (found.written, found.counted) == (4, 2)


def test_a_case_writes_its_asking_itself_and_coming_in_is_the_answer(desk: Desk) -> None:
    case = desk.cases.open_case("Dok")
    [row] = desk.places.lately()
    assert (row.case_id, row.outcome) == (case.id, "waiting")
    assert timedelta() < desk.now() - row.at < timedelta(minutes=1)
    assert [one.in_words() for one in desk.places.day_lines(DAY)] == [
        "Asked for a place and waits for an answer: 1"
    ]
    desk.residence.admit(case)
    [row] = desk.places.lately()
    assert row.outcome == "admitted"
    assert desk.places.day_lines(DAY) == []
    lives_here(desk, "Bua")  # who comes in at once has asked as well
    assert [one.outcome for one in desk.places.lately()] == ["admitted", "admitted"]
    desk.already_here.take_down("Mali", DAY - timedelta(days=30))  # asked long before the records
    assert len(desk.places.lately()) == 2


def test_a_case_opened_for_who_asked_is_not_counted_twice(desk: Desk) -> None:
    row = asks(desk, 9, outcome="waiting")
    case = desk.places.open_case(row.id)
    assert [(one.id, one.case_id) for one in desk.places.lately()] == [(row.id, case.id)]
    with pytest.raises(ChangedElsewhere):
        desk.places.open_case(row.id)
    assert len(desk.cases.all_cases()) == 1
    texts = [event.text for event in desk.cases.timeline(case)]
    assert "Asked for a place: Telephone, Waits for an answer" in texts


def test_what_became_of_it_is_written_by_whoever_knows(desk: Desk, shelter: Shelter) -> None:
    words = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    row = asks(desk, 9, outcome="waiting", adults=1)
    desk.lock()
    hers = Desk(shelter.unlock("Pa", words))
    kept = hers.places.change(row.id, {"outcome": "not_admitted", "reason": "shelter_full"})
    assert kept.id == row.id
    with pytest.raises(WhyCorrected):
        hers.places.change(row.id, {"adults": 2})
    beside = hers.places.change(row.id, {"adults": 2}, WHY)
    assert (beside.corrects_id, beside.outcome, beside.adults) == (row.id, "not_admitted", 2)
    assert [one.id for one in hers.places.lately()] == [beside.id]  # the first counts no more
    assert hers.places.figure(DAY - timedelta(days=1), DAY).written == 1
    with pytest.raises(ChangedElsewhere):
        hers.places.change(row.id, {"outcome": "admitted"})
    hers.lock()


def test_her_own_is_changed_within_the_shift_and_no_longer(desk: Desk, shelter: Shelter) -> None:
    row = asks(desk, 9)
    assert desk.places.change(row.id, {"adults": 3}).id == row.id
    shelter.clock.now += SHIFT
    with pytest.raises(WhyCorrected):
        desk.places.change(row.id, {"adults": 4})


def test_nobody_has_asked_tomorrow(desk: Desk) -> None:
    with pytest.raises(InvalidFields) as refused:
        asks(desk, 60)
    assert list(refused.value.problems) == ["at"]


def test_what_waits_stays_in_the_list_and_what_is_old_does_not(desk: Desk) -> None:
    for outcome in ("waiting", "admitted"):
        asks(desk, -24 * 100, outcome=outcome)
    assert [one.outcome for one in desk.places.lately()] == ["waiting"]


def test_the_paper_has_room_to_write_by_hand(desk: Desk) -> None:
    asks(desk, 9)
    for language in ("lo", "en"):
        assert desk.group_lists.asked(language, preview=True).startswith(b"%PDF")
