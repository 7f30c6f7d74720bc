"""How many slept in the house in a night: counted from stays and leave, beside the eye.

A night bears the date on which it begins; what counts is 24:00. Nobody types a census.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.permissions import Area
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.house.roll import Roll
from shelterdesk.services.access.away import STANDS, times_out
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.store.vault.vault import Vault

_END: Final = func.coalesce(Absence.back_at, Absence.ended_at)


@dataclass(frozen=True, slots=True, repr=False)
class CountedNight:
    """One night: how many lived here, how many of them were out and why, who was seen by eye."""

    night: date
    living: int
    away: Mapping[str, int]
    """How many were out at 24:00, by reason."""
    roll: Roll | None
    """The last roll of that night; None where it was not seen by eye."""

    @property
    def in_house(self) -> int:
        """Return the census: who lives here and was not out."""
        return self.living - sum(self.away.values())

    @property
    def differs(self) -> bool:
        """Tell whether the eye saw another number than the records."""
        roll = self.roll
        return roll is not None and (roll.in_house or 0) != self.in_house


class Census(Service):
    """Counts nights, any that there were."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    @rule(Area.HOUSE)
    def nights(self, first: date, count: int) -> list[CountedNight]:
        """Return so many nights from one on; a few statements, however many there are."""
        days = [days_after(first, number) for number in range(count)]
        begins, ends = _end_of(days[0]), _end_of(days[-1])
        with self._vault.database.reading() as session:
            stays = session.execute(_stays(begins, ends)).all()
            rows = session.execute(_absences(begins, ends)).all()
            open_ones = times_out(session, self._vault.clock())
            rolls = _rolls(session, days)
        times = [(r.case_id, r.reason, r.out_at, r.end) for r in rows]
        times += [(a.case_id, a.reason, a.out_at, None) for a in open_ones if not a.absence_id]
        return [_counted(night, stays, times, rolls.get(night)) for night in days]


def _end_of(night: date) -> datetime:
    """Return 24:00 of the day on which a night begins."""
    return at_house(days_after(night, 1))


def _stays(begins: datetime, ends: datetime) -> Any:
    lasts = or_(Stay.left_at.is_(None), Stay.left_at > begins)
    came = and_(Stay.admitted_at.is_not(None), Stay.admitted_at <= ends)
    return select(Stay.case_id, Stay.admitted_at, Stay.left_at).where(came, lasts)


def _absences(begins: datetime, ends: datetime) -> Any:
    wanted = select(Absence.case_id, Absence.reason, Absence.out_at, _END.label("end"))
    lasts = or_(_END.is_(None), begins < _END)
    return wanted.where(Absence.out_at <= ends, lasts, STANDS)


def _rolls(session: Session, days: Sequence[date]) -> dict[date, Roll]:
    wanted = select(Roll).where(Roll.night.between(days[0], days[-1]))
    found = session.scalars(wanted.order_by(Roll.at, Roll.id)).all()
    session.expunge_all()
    return {roll.night: roll for roll in found}


def _counted(
    night: date, stays: Sequence[Any], times: Sequence[tuple[Any, ...]], roll: Roll | None
) -> CountedNight:
    end = _end_of(night)
    here = {s.case_id for s in stays if s.admitted_at <= end and _lasts(s.left_at, end)}
    reasons = {
        case_id: reason
        for case_id, reason, out_at, back in times
        if case_id in here and out_at <= end and _lasts(back, end)
    }
    return CountedNight(night, len(here), Counter(reasons.values()), roll)


def _lasts(until: datetime | None, moment: datetime) -> bool:
    return until is None or until > moment
