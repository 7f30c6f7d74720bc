"""What time it is: one clock for the house, in one zone, whatever the computer is set to.

Moments are kept in UTC. Which day it is, and what a clock on the wall shows, is worked out here and
nowhere else, with plain arithmetic in the zone of the house: the computer's own zone, and the
limits of what its system can convert, play no part. Tests set the hands.
"""

import re
import time as _ticking
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

Clock = Callable[[], datetime]
Ticks = Callable[[], float]
"""Gives the seconds since some moment that stays the same while the program runs."""

USUAL_ZONE: Final = timezone(timedelta(hours=7))
"""The zone of Laos, Thailand, Cambodia and Vietnam; it has no summer time."""

ZONES: Final = tuple(range(-12 * 60, 14 * 60 + 1, 30))
"""Minutes east of UTC that can be chosen as the zone of the house."""

SLACK: Final = timedelta(minutes=1)
"""How far a clock may stand behind the log before anybody is asked."""

SKIPPED: Final = timedelta(days=7)
"""How far a clock may stand ahead of the log before somebody is asked (design: house, clock)."""

_BUDDHIST_FROM: Final = 2400
"""A computer that shows such a year counts in the Buddhist era."""

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
_STAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def system_clock() -> datetime:
    """Return the present moment in UTC, as the computer has it."""
    return datetime.now(UTC)


def ticks() -> float:
    """Return seconds that go on while the computer sleeps and that nobody can put back."""
    boot_time = getattr(_ticking, "CLOCK_BOOTTIME", None)
    return _ticking.monotonic() if boot_time is None else _ticking.clock_gettime(boot_time)


class ClockDoubt(StrEnum):
    """Why somebody is asked what time it is."""

    BEHIND = "behind"
    AHEAD = "ahead"
    BUDDHIST = "buddhist"


def doubt(present: datetime, last: datetime | None) -> ClockDoubt | None:
    """Return why a clock cannot be right beside the last line of the log; None when it may be."""
    if present.year >= _BUDDHIST_FROM:
        return ClockDoubt.BUDDHIST
    if last is None:
        return None
    if last - present > SLACK:
        return ClockDoubt.BEHIND
    return ClockDoubt.AHEAD if present - last > SKIPPED else None


class WhenDoubted(StrEnum):
    """What is done at an unlocking when the clock cannot be right."""

    TRUST = "trust"
    """Nothing: whoever opens has set the hands."""
    ASK = "ask"
    """The person who opens is asked."""
    LOG = "log"
    """Nobody can be asked: the time of the log goes on."""


class SessionClock:
    """The clock of one session: the moment it began, or was told to be, and the ticks since.

    Whoever sets the computer meanwhile does not move it. A clock whose hands a test sets (any but
    the computer's) is followed, until `set` or without ticks of its own.
    """

    def __init__(
        self,
        computer: Clock = system_clock,
        when_doubted: WhenDoubted = WhenDoubted.TRUST,
        ticking: Ticks | None = None,
    ) -> None:
        self.computer, self.when_doubted = computer, when_doubted
        self.is_said = False
        self.highest: datetime | None = None
        follows = ticking is None and computer is not system_clock
        self._ticking: Ticks = self._shown if follows else ticking or ticks
        self._begun: datetime | None = None if follows else computer()
        self._since = 0.0 if follows else self._ticking()

    def __call__(self) -> datetime:
        """Return the present moment in UTC, and remember the latest that was ever returned."""
        present = self.computer() if self._begun is None else self._counted(self._begun)
        self.highest = max(present, self.highest or present)
        return present

    def _counted(self, begun: datetime) -> datetime:
        return later(begun, timedelta(seconds=self._ticking() - self._since))

    def _shown(self) -> float:
        return self.computer().timestamp()

    def set(self, moment: datetime) -> None:
        """Go on from this moment, whatever the computer shows."""
        self._begun, self._since = moment.astimezone(UTC), self._ticking()
        self.highest = None

    def say(self, moment: datetime) -> None:
        """Go on from the moment that a person has named."""
        self.set(moment)
        self.is_said = True


class _House:
    """The zone of the house, and the clock of whoever sits at the desk; one house a process."""

    def __init__(self) -> None:
        self.zone, self.clock = USUAL_ZONE, system_clock


_HOUSE: Final = _House()


def zone() -> timezone:
    """Return the zone of the house."""
    return _HOUSE.zone


def set_zone(minutes: int) -> None:
    """Choose the zone of the house by its minutes east of UTC; the usual one for what none is."""
    known = minutes in ZONES
    _HOUSE.zone = timezone(timedelta(minutes=minutes)) if known else USUAL_ZONE


def take_clock(clock: Clock) -> None:
    """Let the screen go by this clock from now on: that of the session which has begun."""
    _HOUSE.clock = clock


def now() -> datetime:
    """Return the present moment by the clock of the session, for parts of the screen."""
    return _HOUSE.clock()


def today() -> date:
    """Return the day it is in the house, by the clock of the session."""
    return house_day(now())


def here(moment: datetime) -> datetime:
    """Return a moment as a clock on the wall of the house shows it; never fails.

    At either end of the calendar it is as near as there is.
    """
    try:
        return moment.astimezone(_HOUSE.zone)
    except OverflowError:
        return (_FIRST if moment.year < _BUDDHIST_FROM else _LAST).replace(tzinfo=_HOUSE.zone)


def house_day(moment: datetime) -> date:
    """Return the day of the house in which a moment lies."""
    return here(moment).date()


def wall_time(moment: datetime) -> str:
    """Return the time of day in the house: 08:30."""
    shown = here(moment)
    return f"{shown.hour:02}:{shown.minute:02}"


def at_house(day: date, at: time = time.min) -> datetime:
    """Return the moment, in UTC, at which it is this time on this day in the house."""
    try:
        return datetime.combine(day, at, _HOUSE.zone).astimezone(UTC)
    except OverflowError:
        return _FIRST if day.year < _BUDDHIST_FROM else _LAST


def later(moment: datetime, by: timedelta) -> datetime:
    """Return a moment moved by some time, at either end of the calendar as near as there is."""
    try:
        return moment + by
    except OverflowError:
        return _FIRST if by < timedelta(0) else _LAST


def days_after(day: date, count: int) -> date:
    """Return the day so many days later, at either end of the calendar as near as there is."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.min if count < 0 else date.max


def stamp(moment: datetime) -> str:
    """Write a moment as it is kept: UTC, ISO 8601, whole microseconds, ending in Z."""
    whole = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{whole.isoformat(timespec='microseconds')}Z"


def moment(text: str) -> datetime:
    """Read what `stamp` wrote; raises ValueError for anything else."""
    if not _STAMP.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def lived_moment(text: str) -> datetime:
    """Read what `stamp` wrote on a day that a clock can have shown, so that one can reckon with it.

    Raises ValueError for anything else; what another may have written is read with this.
    """
    read = moment(text)
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise ValueError(text)
    return read


def folder_stamp(moment: datetime) -> str:
    """Write a moment as a folder name that every file system takes: no colon, sortable."""
    whole = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{whole.isoformat(timespec='seconds').replace(':', '-')}Z"


def from_folder_stamp(text: str) -> datetime:
    """Read what `folder_stamp` wrote; raises ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)
