"""The plan of the beds over some nights, as it is read: who sleeps where, and what is free.

A night bears the date on which it begins, and what counts is 24:00: from the moment at which she
came into a bed until before the moment at which she left it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.beds import Bed, Bedroom, BedState, BedStay

NIGHTS: Final = 31
"""Nights that are seen at once."""

_NUMBERS: Final = re.compile(r"(\d+)")


class Night(Enum):
    """What a bed is in one night."""

    FREE = "free"
    HELD = "held"
    OUT = "out of use"


@dataclass(frozen=True, slots=True, repr=False)
class Sleeper:
    """Somebody who has, or had, a bed: nothing but what the whole house knows."""

    case_id: str
    code: str
    alias: str
    since: datetime
    until: datetime | None
    expected: date | None
    shares: bool

    @property
    def who(self) -> str:
        """Return code and chosen name."""
        return " ".join(filter(None, (self.code, self.alias)))

    def has(self, night: date, today: date) -> bool:
        """Tell whether the bed is hers at the end of a day.

        One that is still to come is hers until the day to which she is expected to stay.
        """
        end = at_house(days_after(night, 1))
        if self.since > end or (self.until is not None and self.until <= end):
            return False
        goes = self.expected if self.expected and self.expected >= today else None
        return night <= today or goes is None or night < goes


@dataclass(frozen=True, slots=True, repr=False)
class Use:
    """From which day on a bed can be slept in, or why it cannot."""

    since: date
    usable: bool
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class PlannedBed:
    """One bed in the plan, with its room, its uses and who slept in it, in the order of time."""

    id: str
    code: str
    kind: str
    is_extra: bool
    room: Bedroom
    uses: tuple[Use, ...]
    sleepers: tuple[Sleeper, ...]
    today: date

    @property
    def here(self) -> tuple[Sleeper, ...]:
        """Return who sleeps in it now; whose bed it is stands before who shares it."""
        now = (one for one in self.sleepers if one.until is None)
        return tuple(sorted(now, key=lambda one: one.shares))

    @property
    def state(self) -> Night:
        """Return what it is tonight."""
        return self.on(self.today)

    def use_on(self, night: date) -> Use | None:
        """Return what holds of its use in a night; None where nothing was ever said."""
        return next((use for use in reversed(self.uses) if use.since <= night), None)

    def is_usable(self, night: date) -> bool:
        """Tell whether it can be slept in."""
        use = self.use_on(night)
        return use is None or use.usable

    def in_it(self, night: date) -> tuple[Sleeper, ...]:
        """Return whose it is in a night."""
        return tuple(one for one in self.sleepers if one.has(night, self.today))

    def on(self, night: date) -> Night:
        """Return what it is in a night; somebody who sleeps in it is seen, whatever was said."""
        if self.in_it(night):
            return Night.HELD
        return Night.FREE if self.is_usable(night) else Night.OUT

    @property
    def free_from(self) -> date | None:
        """Return the first day from which it is expected to be free; None where nobody knows.

        Of a bed that is out of use nobody knows, before somebody says from when it can be used.
        """
        ends = [one.expected for one in self.here]
        if not ends:
            return self.today if self.is_usable(self.today) else None
        if any(end is None or end < self.today for end in ends):
            return None
        return max(end for end in ends if end)


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """All rooms and beds, from one night on for some nights."""

    first: date
    nights: int
    today: date
    rooms: tuple[Bedroom, ...]
    beds: tuple[PlannedBed, ...]

    @property
    def days(self) -> list[date]:
        """Return the nights that are seen, by the dates on which they begin."""
        return [days_after(self.first, count) for count in range(self.nights)]

    def capacity(self, night: date) -> int:
        """Return how many beds can be slept in at the end of a day; mats do not count."""
        return sum(bed.is_usable(night) for bed in self.beds if not bed.is_extra)

    def free(self, night: date) -> int:
        """Return how many of those are nobody's."""
        return sum(bed.on(night) is Night.FREE for bed in self.beds if not bed.is_extra)

    def bed(self, bed_id: str) -> PlannedBed | None:
        """Return a bed by its id."""
        return next((bed for bed in self.beds if bed.id == bed_id), None)


def read_plan(session: Session, today: date, first: date, nights: int) -> Plan:
    """Read the plan in four statements, however many rooms, beds and people there are."""
    rooms = {room.id: room for room in session.scalars(select(Bedroom))}
    uses = _uses(session)
    sleepers = _sleepers(session, at_house(first), at_house(days_after(first, nights)))
    beds = [
        PlannedBed(
            *(bed.id, bed.code, bed.kind, bed.extra == "yes", rooms[bed.room_id]),
            tuple(uses[bed.id]),
            tuple(sleepers[bed.id]),
            today,
        )
        for bed in session.scalars(select(Bed))
    ]
    in_order = sorted(rooms.values(), key=_place_of_room)
    beds.sort(key=lambda bed: (_place_of_room(bed.room), bed.is_extra, natural(bed.code)))
    return Plan(first, nights, today, tuple(in_order), tuple(beds))


def _uses(session: Session) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for row in session.scalars(select(BedState).order_by(BedState.since, BedState.created_at)):
        found[row.bed_id].append(Use(row.since, row.usable == "yes", row.reason or ""))
    return found


def _sleepers(session: Session, first: datetime, last: datetime) -> dict[str, list[Sleeper]]:
    """Return by bed who has it now or had it between two moments."""
    wanted = (
        select(BedStay.bed_id, Case.id, Case.code, Case.alias, BedStay.since, BedStay.until)
        .add_columns(Stay.expected_until, BedStay.shares)
        .join(Case, Case.id == BedStay.case_id)
        .join(Stay, Stay.id == BedStay.stay_id)
        .where(or_(BedStay.until.is_(None), BedStay.until > first), BedStay.since <= last)
        .order_by(BedStay.since, BedStay.id)
    )
    found: dict[str, list[Sleeper]] = defaultdict(list)
    for bed_id, *hers, shares in session.execute(wanted):
        found[bed_id].append(_sleeper(hers, shares))
    return found


def _sleeper(hers: Sequence[Any], shares: str | None) -> Sleeper:
    case_id, code, alias, since, until, expected = hers
    return Sleeper(case_id, code, alias or "", since, until, expected, shares == "yes")


def door_rows(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    """Yield what stands on the list for the doors: room, bed, code and chosen name."""
    for bed in plan.beds:
        for who in bed.here or (None,):
            named = (who.code, who.alias) if who else ("", "")
            yield (bed.room.name, bed.code, *named)


def _place_of_room(room: Bedroom) -> tuple[Any, ...]:
    return natural(room.building or ""), natural(room.name), room.id


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which bed 9 stands before bed 10."""
    parts: Iterable[str] = filter(None, _NUMBERS.split(text.casefold()))
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)
