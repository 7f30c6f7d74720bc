"""A clock that cannot be right is asked about at the unlocking; the answer holds a session."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from shelterdesk.core.calendar import clock as core_clock
from shelterdesk.core.calendar.clock import SKIPPED, SessionClock, house_day, set_zone, today
from shelterdesk.core.errors import ClockDoubted
from shelterdesk.core.house_settings import ZONE
from shelterdesk.core.permissions import Role
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.desk import Desk, told, unlock
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.log.audit import CLOCK, CLOCK_SET, TURNED
from shelterdesk.store.vault.vault import Vault
from tests.factories import BEGINNING, DIRECTOR, PASSPHRASE, SetClock, Shelter, add_person

WRONG: dict[str, Callable[[datetime], datetime]] = {
    "an hour behind": lambda now: now - timedelta(hours=1),
    "in 1970": lambda _now: datetime(1970, 1, 1, tzinfo=UTC),
    "eight days ahead": lambda now: now + timedelta(days=8),
    "in 2062": lambda now: now.replace(year=2062),
    "in a Buddhist year": lambda now: now.replace(year=now.year + 543),
}


@pytest.fixture(autouse=True)
def a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_clock, "SKIPPED", SKIPPED)


def lines(desk: Desk) -> list[str]:
    """Return the actions in the log about the clock, in their order."""
    wanted = select(AuditEvent.action).where(AuditEvent.record_id == CLOCK)
    with desk.seat.vault.database.reading() as session:
        return list(session.scalars(wanted.order_by(AuditEvent.seq)))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_clock_that_cannot_be_right_is_asked_about(shelter: Shelter, wrong: str) -> None:
    shelter.vault.lock()
    computer = SetClock(WRONG[wrong](shelter.clock.now))
    with pytest.raises(ClockDoubted) as asked:
        unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=computer)
    assert asked.value.last is not None
    assert asked.value.last <= shelter.clock.now
    said = shelter.clock.now + timedelta(days=2)
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=told(said, computer))
    assert timedelta(0) <= desk.now() - said < timedelta(minutes=1)
    assert desk.today() == today() == house_day(said)
    assert desk.tasks.add("a dose").created_at is not None
    assert lines(desk) == [CLOCK_SET]
    desk.lock()
    again = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=SetClock(said + timedelta(hours=1)))
    assert lines(again) == [CLOCK_SET]


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=7) - timedelta(hours=1)])
def test_a_clock_that_may_be_right_is_not_asked_about(shelter: Shelter, later: timedelta) -> None:
    shelter.vault.lock()
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=SetClock(shelter.clock.now + later))
    assert lines(desk) == []


def test_nothing_is_written_before_the_answer(shelter: Shelter) -> None:
    shelter.vault.lock()
    with pytest.raises(ClockDoubted):
        unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=SetClock(BEGINNING.replace(year=2062)))
    vault = shelter.unlock()
    with vault.database.reading() as session:
        assert max(session.scalars(select(AuditEvent.at))).year == BEGINNING.year


def test_an_answer_before_the_log_is_taken_and_stands_in_the_log(shelter: Shelter) -> None:
    shelter.vault.lock()
    said = shelter.clock.now - timedelta(days=30)
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=told(said, shelter.clock))
    assert desk.today() == house_day(said)
    assert lines(desk) == [TURNED, CLOCK_SET]


def test_the_answer_holds_although_the_computer_is_set_meanwhile() -> None:
    ticks = [50.0]
    clock = SessionClock(lambda: datetime(1970, 1, 1, tzinfo=UTC), ticking=lambda: ticks[0])
    clock.say(BEGINNING)
    ticks[0] += 3600
    assert clock() == BEGINNING + timedelta(hours=1)


def test_the_pages_open_under_a_wrong_clock_and_go_on_with_the_time_of_the_log(
    shelter: Shelter,
) -> None:
    last = shelter.clock.now
    shelter.vault.lock()
    wrong = SetClock(datetime(2062, 1, 1, tzinfo=UTC))
    vault = Vault.enter_by_recovery(shelter.place, combined(shelter.two_pages()), wrong)
    assert vault.clock() - last < timedelta(hours=1)
    vault.lock()
    with pytest.raises(ClockDoubted):
        unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=wrong)


def test_older_logs_are_looked_through_once(shelter: Shelter) -> None:
    desk = Desk(shelter.vault)
    shelter.clock.pass_days(-2)
    desk.tasks.add("written two days earlier")
    with shelter.vault.database.writing() as session:
        marks = select(AuditEvent).where(AuditEvent.action == TURNED)
        for mark in session.scalars(marks):
            mark.record_id = "x"  # a log that tells of it nowhere
    from shelterdesk.store.log.log_order import turns, unmarked

    with shelter.vault.database.reading() as session:
        assert turns(session) == ()
        (found,) = unmarked(session)
    with shelter.vault.database.writing() as session:
        from shelterdesk.store.log import audit

        audit.note(session, [found])
    with shelter.vault.database.reading() as session:
        (turn,) = turns(session)
    assert turn.before - turn.after > timedelta(days=1)
    assert turn.seq < 10_000


def test_another_zone_of_the_house_holds_at_once_and_after_a_lock(shelter: Shelter) -> None:
    dao = add_person(shelter.vault, "Dao", Role.NURSE)
    desk = Desk(shelter.vault)
    late, east = datetime(2026, 11, 3, 16, tzinfo=UTC), {"value": "480"}
    assert (desk.house_time.minutes(), house_day(late)) == (420, date(2026, 11, 3))
    given = desk.staff.second_signature("Dao", dao, desk.settings.for_what(ZONE, east))
    desk.settings.change(ZONE, east, given)
    assert house_day(late) == date(2026, 11, 4)
    desk.lock()
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    assert desk.house_time.minutes() == 480
    set_zone(420)


def test_a_zone_that_an_earlier_program_has_kept_as_a_fact_holds(shelter: Shelter) -> None:
    shelter.vault.keep_fact("minutes east of UTC", "540")
    assert Desk(shelter.vault).house_time.minutes() == 540
    shelter.vault.keep_fact("minutes east of UTC", "17")
    assert Desk(shelter.vault).house_time.minutes() == 420
    set_zone(420)
