"""What house and log hand over: who came, left, moved, goes out, was at the door; lines of the log.

Three statements, however many live here and however long the house has kept records.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, literal, null, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from shelterdesk.core.calendar.clock import later
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.mentioned import named_in
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.columns import Moment, Words
from shelterdesk.records.house.beds import Bed, BedStay
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.away import stood_at
from shelterdesk.services.access.cases_read import named
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.services.logbook.handover import AT_DOOR, AWAY, LIVES, LOGGED, ShiftLine
from shelterdesk.services.logbook.log import corrected_by, people_in

_AHEAD: Final = timedelta(hours=24)
_LATE: Final = timedelta(hours=24)
"""How long after it was something may be written down and is handed over all the same."""

_HER_BED: Final = (
    select(Bed.code)
    .join(BedStay, BedStay.bed_id == Bed.id)
    .where(BedStay.case_id == Case.id, BedStay.until.is_(None))
    .correlate(Case)
    .limit(1)
    .scalar_subquery()
)


class _TellsHow(NamedTuple):
    """Under which heading a row is told, and how; how where the second moment is known."""

    part: str
    words: str
    until_then: str = ""


_TOLD: Final = {
    "came": _TellsHow(LIVES, N_("Has come to the house")),
    "left": _TellsHow(LIVES, N_("Has left the house")),
    "moved": _TellsHow(LIVES, N_("Sleeps in bed {more}")),
    "went": _TellsHow(AWAY, N_("Has gone out"), N_("Has gone out; expected back {then}")),
    "goes": _TellsHow(AWAY, N_("Goes out")),
    "back": _TellsHow(AWAY, N_("Is back")),
    "visited": _TellsHow(AT_DOOR, N_("{more} is inside"), N_("{more} was here until {then}")),
}


class HouseTells(Service):
    """Hands over what the house has written down since the last time."""

    @rule(Area.LOGBOOK)
    def shift_lines(self, since: datetime, until: datetime) -> list[ShiftLine]:
        """Return the lines of house and log of the time between two handovers.

        As they were handed over: what was corrected afterwards stands there as others have read it.
        """
        wanted = union_all(*_happened(since, until))
        with self._vault.database.reading() as session:
            rows = session.execute(wanted).all()
        return [*map(_line, rows), *self._logged(since, until)]

    def _logged(self, since: datetime, until: datetime) -> Iterator[ShiftLine]:
        """Yield the lines that must be read, and those that wait: these travel on until done."""
        written = and_(LoggedLine.created_at > since, LoggedLine.created_at <= until)
        waited = and_(LoggedLine.stays_open == "yes", LoggedLine.created_at <= until)
        asked = or_(
            and_(LoggedLine.must_read == "yes", written),
            and_(waited, LoggedLine.done_at.is_(None)),
            and_(waited, LoggedLine.done_at > until),
        )
        wanted = (
            select(LoggedLine, StaffMember.name, written.label("is_new"))
            .join(StaffMember, StaffMember.holder_id == LoggedLine.created_by, isouter=True)
            .where(asked, ~corrected_by(until))
        )
        with self._vault.database.reading() as session:
            found = session.execute(wanted).all()
            people = people_in(session, [line.id for line, _by, _new in found])
        for line, by, is_new in found:
            yield ShiftLine(
                part=LOGGED,
                at=line.at,
                words=named_in(line.text, dict(people.get(line.id, ()))),
                is_written=True,
                by=by or "",
                must_read=bool(is_new) and line.must_read == "yes",
                is_open=line.is_open,
                record_id=line.id,
            )


def _happened(since: datetime, until: datetime) -> Iterator[Select[Any]]:
    """Yield what is asked of the house, each with the same columns."""
    time, stood = (since, until), stood_at(until)
    came, left, out, back = Stay.admitted_at, Stay.left_at, Absence.out_at, Absence.back_at
    yield _of(Stay, "came", came).where(_within(came, Stay.created_at, *time))
    yield _of(Stay, "left", left).where(_within(left, Stay.changed_at, *time))
    moved = _of(BedStay, "moved", BedStay.since, more=Bed.code)
    in_time = _within(BedStay.since, BedStay.created_at, *time)
    yield moved.join(Bed, Bed.id == BedStay.bed_id).where(in_time)
    went = _of(Absence, "went", out, then=Absence.due_at)
    yield went.where(stood, _within(out, Absence.created_at, *time))
    yield _of(Absence, "back", back).where(stood, _within(back, Absence.changed_at, *time))
    ahead = and_(out > until, out <= later(until, _AHEAD), Absence.ended_at.is_(None))
    yield _of(Absence, "goes", out).where(stood, ahead)
    inside = and_(Visitor.went_at.is_(None), Visitor.came_at <= until)
    visits: Any = select(
        *(literal("visited").label("what"), Visitor.came_at.label("at")),
        *(null().label("code"), null().label("alias"), null().label("sleeps")),
        *(Visitor.who.label("more"), Visitor.went_at.label("then")),
    )
    yield visits.where(or_(inside, _within(Visitor.came_at, Visitor.created_at, *time)))


def _of(kind: Any, what: str, at: Any, *, more: Any = None, then: Any = None) -> Select[Any]:
    """Return what is asked of a kind of the house: what, when, of whom, and what goes with it."""
    beside = literal(None, Words()) if more is None else more
    later = literal(None, Moment()) if then is None else then
    who = (Case.code, Case.alias, _HER_BED.label("sleeps"))
    columns = (literal(what).label("what"), at.label("at"), *who)
    wanted = select(*columns, beside.label("more"), later.label("then"))
    return wanted.select_from(kind).join(Case, Case.id == kind.case_id)


def _within(
    at: InstrumentedAttribute[Any],
    written: InstrumentedAttribute[Any],
    since: datetime,
    until: datetime,
) -> ColumnElement[bool]:
    """Return that something happened in a time, or shortly before it and was written down in it."""
    happened = and_(at > since, at <= until)
    return or_(
        happened, and_(at > later(since, -_LATE), at <= since, written > since, written <= until)
    )


def _line(row: Any) -> ShiftLine:
    told = _TOLD[row.what]
    words = told.until_then if row.then and told.until_then else told.words
    facts = {"more": row.more or "", "then": minute(row.then) if row.then else ""}
    who = " · ".join(filter(None, (named(row), row.sleeps)))
    return ShiftLine(part=told.part, at=row.at, words=words, facts=facts, who=who)
