"""Who has to read which handover: whoever begins a shift, all since her own last one.

Two statements, however long the house has kept records: nobody reads further back than a month.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import later
from shelterdesk.records.house.shifts import OnDuty, Shift, ShiftHandover, ShiftHandoverRead

_LOOK_BACK: Final = timedelta(days=30)
_FIRST_TIME: Final = timedelta(days=2)
"""How far back somebody reads who has not been on duty before."""

SHIFTS_UNTIL_TOLD: Final = 2
"""So many shifts begin after hers until the director is told that somebody has not signed."""


@dataclass(frozen=True, slots=True, repr=False)
class Duty:
    """A shift, and who is on duty in it."""

    shift_id: str
    began_at: datetime
    staff: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class HandedOn:
    """A handover: of which shift, when, by whom, and who has signed for it."""

    id: str
    shift_id: str
    at: datetime
    by_id: str
    signed: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class Owed:
    """A handover that somebody has not read yet who has begun a shift since."""

    given: HandedOn
    staff_id: str
    since: datetime
    """When her shift began."""


@dataclass(slots=True, repr=False)
class Month:
    """The shifts and handovers of a month, the first one first."""

    duties: list[Duty] = field(default_factory=list)
    given: list[HandedOn] = field(default_factory=list)

    def owed(self) -> Iterator[Owed]:
        """Yield what everybody still has to read, by whoever was on duty last."""
        last: dict[str, Duty] = {}
        for duty in self.duties:
            for staff_id in sorted(duty.staff):
                before = last.get(staff_id)
                since = before.began_at if before else later(duty.began_at, -_FIRST_TIME)
                yield from self._unread(staff_id, since, duty)
                last[staff_id] = duty

    def _unread(self, staff_id: str, since: datetime, duty: Duty) -> Iterator[Owed]:
        """Yield the handovers of others between two shifts of one person that she has not read.

        One of a shift in which she was on duty herself is hers.
        """
        for one in self.given:
            was_hers = staff_id in self._staff_of(one.shift_id)
            in_time = since < one.at <= duty.began_at
            if in_time and not was_hers and staff_id not in one.signed:
                yield Owed(one, staff_id, duty.began_at)

    def _staff_of(self, shift_id: str) -> frozenset[str]:
        return next((d.staff for d in self.duties if d.shift_id == shift_id), frozenset())

    def late(self) -> list[Owed]:
        """Return what nobody has signed though further shifts have begun since."""
        begun: Sequence[datetime] = [duty.began_at for duty in self.duties]
        return [
            one for one in self.owed() if sum(at > one.since for at in begun) >= SHIFTS_UNTIL_TOLD
        ]


def month(session: Session, now: datetime) -> Month:
    """Read the shifts and handovers of the last month."""
    since = now - _LOOK_BACK
    duties = (
        select(Shift.id, Shift.began_at, OnDuty.staff_id)
        .join(OnDuty, OnDuty.shift_id == Shift.id)
        .where(Shift.began_at > since)
        .order_by(Shift.began_at, Shift.id)
    )
    began: dict[str, datetime] = {}
    staff = defaultdict[str, set[str]](set)
    for row in session.execute(duties):
        began[row.id] = row.began_at
        staff[row.id].add(row.staff_id)
    given = (
        select(ShiftHandover, ShiftHandoverRead.by_id)
        .join(ShiftHandoverRead, ShiftHandoverRead.handover_id == ShiftHandover.id, isouter=True)
        .where(ShiftHandover.at > since)
        .order_by(ShiftHandover.at, ShiftHandover.id)
    )
    handed: dict[str, ShiftHandover] = {}
    signed = defaultdict[str, set[str]](set)
    for one, by_id in session.execute(given):
        handed[one.id] = one
        signed[one.id] |= {by_id} if by_id else set()
    return Month(
        [Duty(id_, at, frozenset(staff[id_])) for id_, at in began.items()],
        [
            HandedOn(one.id, one.shift_id, one.at, one.by_id, frozenset(signed[one.id]))
            for one in handed.values()
        ],
    )
