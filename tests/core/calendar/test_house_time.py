"""The day of the house does not hang on the computer's zone, nor on what its system can convert."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shelterdesk.core.calendar import clock
from shelterdesk.core.calendar.clock import (
    SKIPPED,
    SLACK,
    ClockDoubt,
    SessionClock,
    at_house,
    days_after,
    doubt,
    here,
    house_day,
    later,
    moment,
    set_zone,
    stamp,
    wall_time,
)
from shelterdesk.core.calendar.dates import spoken_day
from shelterdesk.core.shown import day, minute

ANY = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-11))]))
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_PRINT = """
from datetime import UTC, date, datetime, time
from shelterdesk.core.calendar.clock import at_house, house_day, stamp, wall_time
from shelterdesk.core.shown import minute
for at in (datetime(2026, 11, 3, 18, 30, tzinfo=UTC), datetime(1912, 1, 1, 20, tzinfo=UTC),
           datetime(3001, 6, 1, 17, tzinfo=UTC)):
    print(house_day(at), wall_time(at), minute(at))
print(stamp(at_house(date(2026, 11, 4), time(1, 30))), stamp(at_house(date(1969, 12, 31))))
"""


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Vientiane", "America/Los_Angeles", "Pacific/Kiritimati", "America/Bogota"]
)
def test_the_day_of_the_house_is_the_same_in_every_zone_of_the_computer(zone: str) -> None:
    own = os.environ | {"TZ": zone}
    told = subprocess.run(
        [sys.executable, "-c", _PRINT], env=own, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == [
        "2026-11-04 01:30 4/11/2026 01:30",
        "1912-01-02 03:00 2/1/1912 03:00",
        "3001-06-02 00:00 2/6/3001 00:00",
        "2026-11-03T18:30:00.000000Z 1969-12-30T17:00:00.000000Z",
    ]


@given(ANY)
@example(FIRST)
@example(LAST)
def test_every_moment_can_be_kept_read_and_shown(at: datetime) -> None:
    assert moment(stamp(at)) == at
    assert minute(at).startswith(day(house_day(at)))
    assert wall_time(at) == here(at).time().isoformat("minutes")


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.times())
def test_a_day_and_a_time_in_the_house_come_back(on: date, at: time) -> None:
    assert here(at_house(on, at)).replace(tzinfo=None) == datetime.combine(on, at)


@pytest.mark.parametrize("on", [date.min, date.max, date(1857, 1, 1), date(2108, 1, 1)])
def test_a_day_at_the_end_of_the_calendar_breaks_nothing(on: date) -> None:
    assert house_day(at_house(on)) in {on, on + timedelta(days=1) if on == date.min else on}
    assert str(on.year) in spoken_day(on, "lo")
    assert days_after(on, 90) >= on
    assert later(LAST, timedelta(days=1)) == LAST
    assert later(FIRST, timedelta(days=-1)) == FIRST


def test_another_zone_of_the_house_moves_its_days() -> None:
    late = datetime(2026, 11, 3, 20, tzinfo=UTC)
    try:
        set_zone(-5 * 60)
        assert (house_day(late), wall_time(late)) == (date(2026, 11, 3), "15:00")
        set_zone(17)
        assert house_day(late) == date(2026, 11, 4), "a zone that cannot be chosen is as usual"
    finally:
        set_zone(7 * 60)


NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (None, None),
        (NOW, None),
        (NOW - SKIPPED, None),
        (NOW - SKIPPED - timedelta(seconds=1), ClockDoubt.AHEAD),
        (NOW + SLACK, None),
        (NOW + SLACK + timedelta(seconds=1), ClockDoubt.BEHIND),
    ],
)
def test_a_clock_is_doubted_beside_the_last_line(
    last: datetime | None, why: ClockDoubt | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "SKIPPED", SKIPPED)
    assert timedelta(days=7) == SKIPPED
    assert doubt(NOW, last) is why


def test_a_buddhist_year_is_doubted_whatever_the_log_says() -> None:
    thai = NOW.replace(year=2569)
    assert doubt(thai, None) is ClockDoubt.BUDDHIST
    assert doubt(thai, thai) is ClockDoubt.BUDDHIST


def test_what_was_said_goes_on_with_the_ticks_and_not_with_the_computer() -> None:
    computer, tick = [NOW], [100.0]
    session = SessionClock(lambda: computer[0], ticking=lambda: tick[0])
    assert (session(), session.is_said) == (NOW, False)
    said = NOW - timedelta(days=900)
    session.say(said)
    computer[0], tick[0] = NOW + timedelta(days=5000), 160.0
    assert (session(), session.is_said) == (said + timedelta(minutes=1), True)


def test_the_ticks_never_go_back() -> None:
    first = clock.ticks()
    assert clock.ticks() >= first
