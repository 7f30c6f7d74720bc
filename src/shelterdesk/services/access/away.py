"""Who is out of the house at a moment: the rows of leave, and what recurs and has no row yet.

Out, due and overdue are no facts that anybody types: they follow from the rows and the clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from shelterdesk.core.calendar.clock import at_house, days_after, house_day
from shelterdesk.core.days import read_time
from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import Absence, StandingLeave
from shelterdesk.services.access.open_stays import OPEN

HOSPITAL: Final = "hospital"
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_ALERTS: Final = {
    "school": (60, 30),
    "family": (240, 120),
    "court": (180, 90),
    "health": (120, 60),
    "work": (60, 30),
    "own_errand": (60, 30),
}
"""Minutes from when she is due until the alarm, by reason: usually, and for who is under 18."""

_LOOK_BACK: Final = 400
"""Days back in which a time that recurred, and that nobody has written an end of, is looked for."""

_Later: Final = aliased(Absence)

_CORRECTED: Final = select(_Later.id).where(_Later.corrects_id == Absence.id)
STANDS: Final = ~_CORRECTED.exists()
"""That no later row corrects a row of leave."""


def stood_at(moment: datetime) -> ColumnElement[bool]:
    """Return that no row corrected a row of leave by then, as it was read at that moment."""
    return ~_CORRECTED.where(_Later.created_at <= moment).exists()


_END: Final = func.coalesce(Absence.back_at, Absence.ended_at)

UNENDED: Final = and_(Absence.back_at.is_(None), Absence.ended_at.is_(None))


class Where(StrEnum):
    """Where somebody is with one time that she is out."""

    PLANNED = "planned"
    OUT = "out"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, repr=False)
class Away:
    """One time that somebody is out: a row, or one of a leave that recurs and has no row yet."""

    case_id: str
    reason: str
    out_at: datetime
    due_at: datetime | None
    alert_minutes: int | None
    absence_id: str = ""
    standing_id: str = ""
    escort_id: str = ""
    goes_with: str = ""
    place: str = ""
    reach: str = ""

    def state(self, now: datetime) -> Where:
        """Return where she is at a moment; who stays in hospital is not due."""
        if self.out_at > now:
            return Where.PLANNED
        if self.due_at is None or self.due_at > now or self.reason == HOSPITAL:
            return Where.OUT
        late_from = self.due_at + timedelta(minutes=self.alert_minutes or 0)
        return Where.OVERDUE if now >= late_from else Where.DUE


def alert_after(reason: str, *, is_child: bool) -> int | None:
    """Return the minutes after which somebody is looked for; None where nobody is."""
    usual, shorter = _ALERTS.get(reason, (None, None))
    return shorter if is_child else usual


def times_out(session: Session, now: datetime) -> list[Away]:
    """Return every time out that has not ended, also what is planned, the first one first.

    Three statements, however many people live here and however long the house has kept records.
    """
    rows = [_of_row(row) for row in session.scalars(select(Absence).where(UNENDED, STANDS))]
    out = {row.case_id for row in rows if row.out_at <= now or row.standing_id}
    standing = [one for one in session.scalars(_standing(now)) if one.case_id not in out]
    ends = _last_ends(session, standing) if standing else {}
    recurring = (_recurring(one, ends.get(one.id), now) for one in standing)
    return sorted([*rows, *filter(None, recurring)], key=lambda one: one.out_at)


def away_now(session: Session, now: datetime) -> dict[str, Away]:
    """Return who is out at a moment, by her case: of several times the one that began first."""
    return out_and_planned(session, now)[0]


def out_and_planned(
    session: Session, now: datetime
) -> tuple[dict[str, Away], dict[str, list[Away]]]:
    """Return who is out at a moment, and the times that are planned, both by her case."""
    out: dict[str, Away] = {}
    planned: dict[str, list[Away]] = defaultdict(list)
    for one in times_out(session, now):
        if one.out_at <= now:
            out.setdefault(one.case_id, one)
        else:
            planned[one.case_id].append(one)
    return out, planned


def _of_row(row: Absence) -> Away:
    return Away(
        *(row.case_id, row.reason, row.out_at, row.due_at, row.alert_minutes, row.id),
        standing_id=row.standing_id or "",
        escort_id=row.escort_id or "",
        goes_with=row.goes_with or "",
        place=row.place or "",
        reach=row.reach or "",
    )


def _standing(now: datetime) -> Any:
    """Return the statement for what recurs and may be out by now, of those who live here."""
    lives_here = select(Stay.id).where(Stay.case_id == StandingLeave.case_id, OPEN).exists()
    begins = StandingLeave.since <= house_day(now)
    return select(StandingLeave).where(lives_here, begins).order_by(StandingLeave.id)


def _last_ends(session: Session, standing: Iterable[StandingLeave]) -> dict[str, datetime]:
    """Return by a leave that recurs until when all of its times have an end.

    Whoever came back from anything was back; a time to which she did not go ends no other leave.
    """
    real = case((Absence.ended_at <= Absence.out_at, None), else_=_END)
    wanted = select(Absence.case_id, Absence.standing_id, func.max(real), func.max(_END))
    asked = list(standing)
    wanted = wanted.where(Absence.case_id.in_({one.case_id for one in asked}), STANDS)
    ends: dict[str, list[datetime]] = defaultdict(list)
    for case_id, standing_id, real_end, own_end in session.execute(
        wanted.group_by(Absence.case_id, Absence.standing_id)
    ):
        ends[case_id] += filter(None, [real_end])
        ends[standing_id or ""] += filter(None, [own_end])
    known = ((one.id, [*ends[one.case_id], *ends[one.id]]) for one in asked)
    return {standing_id: max(found) for standing_id, found in known if found}


def _recurring(standing: StandingLeave, ended: datetime | None, now: datetime) -> Away | None:
    """Return the first time of a leave that recurs which has begun and of which nobody wrote.

    Who is not signed in after one day is not taken to be back because the next day begins. What was
    over when it was written down that it recurs is nobody's time out.
    """
    written = standing.created_at or now
    for goes, comes in times_of(standing, _from_day(standing, ended, now), house_day(now)):
        if goes <= now and comes > written and (ended is None or goes > ended):
            shorter = alert_after(standing.reason, is_child=True)
            facts = (standing.case_id, standing.reason, goes, comes, shorter)
            return Away(*facts, standing_id=standing.id)
    return None


def _from_day(standing: StandingLeave, ended: datetime | None, now: datetime) -> date:
    first = max(standing.since, days_after(house_day(now), -_LOOK_BACK))
    return max(first, house_day(ended)) if ended else first


def times_of(
    standing: StandingLeave, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when until when somebody is out by a leave that recurs, on days in order."""
    goes, comes = read_time(standing.out_hour), read_time(standing.back_hour)
    ends = min(last, standing.until) if standing.until else last
    day = max(first, standing.since)
    while day <= ends and goes is not None and comes is not None:
        if _WEEK[day.weekday()] in (standing.days or ()):
            yield at_house(day, goes), at_house(day, comes)
        day = days_after(day, 1)


def lived_as(states: Mapping[str, Away], case_id: str, kept: str | None) -> str:
    """Return in which way somebody lives here: by her leave, else as it is kept of her stay."""
    out = states.get(case_id)
    if out is None:
        return kept or "resident"
    return "in_hospital" if out.reason == HOSPITAL else "on_leave"


def end_leave(session: Session, record: Record) -> None:
    """End every time out of somebody whose stay has ended; nothing while it has not.

    She did not come back from it. Asked where every save ends, so that it holds whichever page or
    service ends a stay, and however it ended.
    """
    if not isinstance(record, Stay) or record.left_at is None:
        return
    if session.scalar(select(Stay.id).where(Stay.case_id == record.case_id, OPEN).limit(1)):
        return
    hers = Absence.case_id == record.case_id
    for one in session.scalars(select(Absence).where(hers, UNENDED, STANDS)):
        one.ended_at = max(one.out_at, record.left_at)
    recurs = StandingLeave.case_id == record.case_id
    for standing in session.scalars(select(StandingLeave).where(recurs)):
        _end_standing(standing, house_day(record.left_at))
    session.flush()


def _end_standing(standing: StandingLeave, last: date) -> None:
    if standing.until is None or standing.until > last:
        standing.until = max(last, standing.since)
