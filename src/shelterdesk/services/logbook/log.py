"""The day log: lines as they are written, read, done, and corrected beside each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, days_after, here, house_day
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.mentioned import named_in
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.log import LoggedLine, LogMention
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.residence import Residence
from shelterdesk.services.day_lines import LOGBOOK, DayLine
from shelterdesk.services.house.corrections import demand_why, is_of_shift
from shelterdesk.services.house.leave_stops import demand_past, is_called_alike
from shelterdesk.services.logbook.mentions import Nameable, resolved
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

GENERAL: Final = "general"
DRILLS: Final = ("drill_fire", "drill_power_cut")
_DONE: Final = ("done_at", "done_by_id")
_KEPT: Final = ("at", "kind", "text", "must_read", "stays_open", "done_at", "done_by_id")
_NIGHT: Final = (22, 6)
_NO_DRILL, _NO_NIGHT_DRILL = timedelta(days=182), timedelta(days=365)

_OPEN: Final = N_("Lines of the day log that wait until they are done: {count}")
_DRILL_DUE: Final = N_("There was no drill for six months: what is done when there is a fire?")
_NIGHT_DUE: Final = N_("There was no drill at night for twelve months.")


@dataclass(frozen=True, slots=True, repr=False)
class LogRow:
    """A line as it is read: its words with the names of whoever is meant, and who wrote it."""

    line: LoggedLine
    text: str
    who: tuple[str, ...]
    """Code and chosen name of everybody whom it speaks of."""
    by: str
    corrects: str = ""
    """What it corrects, where it corrects another line."""
    is_corrected: bool = False
    """Whether a later line stands beside it and counts."""
    done_by: str = ""


class DayLog(Service):
    """Writes lines of the day log and reads them."""

    def __init__(self, vault: Vault, seat: Seat, records: Records, residence: Residence) -> None:
        super().__init__(vault, seat)
        self._records, self._residence = records, residence

    # -- read -------------------------------------------------------------------------------

    @rule(Area.LOGBOOK)
    def of_day(self, day: date) -> list[LogRow]:
        """Return the lines of a day, the latest first; what corrects a line stands before it."""
        begins, ends = at_house(day), at_house(days_after(day, 1))
        with self._vault.database.reading() as session:
            return rows_of(session, (LoggedLine.at >= begins) & (LoggedLine.at < ends))

    @rule(Area.LOGBOOK)
    def still_open(self) -> list[LogRow]:
        """Return the lines that wait until they are done, the latest first."""
        with self._vault.database.reading() as session:
            return rows_of(session, IS_OPEN)

    @rule(Area.LOGBOOK)
    def place_of(self, record_id: str) -> tuple[date, str]:
        """Return the day and the line of an id: of the line itself, or of one who is meant in it.

        Raises ChangedElsewhere where there is none.
        """
        mentions = select(LogMention.line_id).where(LogMention.id == record_id)
        meant = or_(LoggedLine.id == record_id, LoggedLine.id.in_(mentions))
        with self._vault.database.reading() as session:
            found = session.execute(select(LoggedLine.at, LoggedLine.id).where(meant)).first()
        if found is None:
            raise ChangedElsewhere
        return house_day(found.at), found.id

    @rule(Area.LOGBOOK)
    def present(self) -> list[Nameable]:
        """Return who lives here, to be named after @: by bed, with her code and chosen name."""
        living = self._residence.in_house()
        called = [(one.case_id, one.alias) for one in living]
        return [
            Nameable(
                *(one.case_id, one.code, one.alias, one.bed),
                is_called_alike(one.case_id, one.alias, called),
            )
            for one in living
        ]

    # -- written ----------------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def write(self, text: str, said: Mapping[str, Any] | None = None) -> LoggedLine:
        """Write one line, now or at a moment that is named; whoever stands after @ is meant.

        Raises WhoIsMeant, InvalidFields.
        """
        with self._vault.database.writing() as session:
            kept = self.put(session, text, said or {})
        self._records.tell(kept)
        return kept

    @rule(Area.LOGBOOK, Right.WRITE)
    def put(self, session: Session, text: str, said: Mapping[str, Any]) -> LoggedLine:
        """Write one line inside a transaction; for services that write several."""
        words, meant = resolved(text.strip(), self.present())
        given = {name: value for name, value in said.items() if value not in (None, "")}
        known = {"at": self._vault.clock(), "kind": GENERAL, **given, "text": words}
        demand_past("at", known["at"], self._vault.clock())
        kept = self._records.keep_weighed(session, LoggedLine(**known))
        self._mention(session, kept, meant)
        return kept

    def _mention(self, session: Session, line: LoggedLine, meant: Iterable[str]) -> None:
        """Let a line stand in the timelines of those it speaks of, and of nobody else."""
        wanted = select(LogMention).where(LogMention.line_id == line.id)
        there = {one.case_id: one for one in session.scalars(wanted)}
        hers = set(meant)
        for case_id in hers - there.keys():
            made = LogMention(case_id=case_id, line_id=line.id, at=line.at)
            self._records.keep_weighed(session, made)
        for case_id, one in there.items():
            if case_id not in hers:
                session.delete(one)
            elif one.at != line.at:
                self._records.put_weighed(session, one, {"at": line.at})
        session.flush()

    @rule(Area.LOGBOOK, Right.WRITE)
    def done(self, line_id: str) -> LoggedLine:
        """Write down that what a line waited for is done; raises ChangedElsewhere if it was."""
        me = self.seat.taken()
        with self._vault.database.writing() as session:
            line = session.scalar(select(LoggedLine).where(LoggedLine.id == line_id, IS_OPEN))
            if line is None:
                raise ChangedElsewhere
            values = {"done_at": max(self._vault.clock(), line.at), "done_by_id": me}
            kept = self._records.put_weighed(session, line, values)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.LOGBOOK, Right.WRITE)
    def correct(self, line: LoggedLine, said: Mapping[str, Any], reason: str = "") -> LoggedLine:
        """Correct a line as it was read; returns the one that counts now.

        Within the shift whoever wrote it changes it; later a new line stands beside it. Raises
        WhyCorrected, InvalidFields, WhoIsMeant, and ChangedElsewhere where it was saved since.
        """
        given = dict(said)
        words, meant = resolved(str(given.get("text") or line.text).strip(), self.present())
        given["text"] = words
        demand_past("at", given.get("at") or line.at, self._vault.clock())
        with self._vault.database.writing() as session:
            row = self._records.row(session, line)
            if session.scalar(
                select(LoggedLine.id).where(LoggedLine.corrects_id == row.id).limit(1)
            ):
                raise ChangedElsewhere
            meant += _still_meant(session, row, words)
            if is_of_shift(session, self.seat, row, given, _DONE):
                kept = self._records.put_weighed(session, row, given)
            else:
                demand_why(reason)
                known = {name: getattr(row, name) for name in _KEPT} | given
                beside = LoggedLine(**known, corrects_id=row.id, why_corrected=reason)
                kept = self._records.keep_weighed(session, beside)
            self._mention(session, kept, meant)
        self._records.tell(kept)
        return kept

    # -- My day -----------------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day what waits in the log, and drills that are due, for the house."""
        if not (self.seat.is_director or Role.HOUSE_MOTHER in self.seat.roles):
            return []
        with self._vault.database.reading() as session:
            waiting, first = session.execute(select(_WAITING, _FIRST)).one()
            drills = _drills_due(session, first, self._vault.clock())
        lines = [DayLine(words=_OPEN, facts={"count": waiting}, page=LOGBOOK)] if waiting else []
        return lines + [DayLine(words=words, page=LOGBOOK) for words in drills]


_CORRECTED: Final = select(LoggedLine.corrects_id).where(LoggedLine.corrects_id > "")

IS_CORRECTED: Final = LoggedLine.id.in_(_CORRECTED)


def corrected_by(moment: datetime) -> ColumnElement[bool]:
    """Return that a later line stood in the place of this one by then."""
    return LoggedLine.id.in_(_CORRECTED.where(LoggedLine.created_at <= moment))


IS_OPEN: Final = (LoggedLine.stays_open == "yes") & LoggedLine.done_at.is_(None) & ~IS_CORRECTED
"""That a line waits until it is done, and no later one stands in its place."""

_WAITING: Final = select(func.count()).select_from(LoggedLine).where(IS_OPEN).scalar_subquery()
_FIRST: Final = select(func.min(LoggedLine.at)).scalar_subquery()


def rows_of(session: Session, which: ColumnElement[bool]) -> list[LogRow]:
    """Return lines as they are read, the latest first: four statements, however many there are."""
    wanted = select(LoggedLine).where(which).order_by(LoggedLine.at.desc(), LoggedLine.id)
    lines = session.scalars(wanted).all()
    if not lines:
        return []
    ids = [line.id for line in lines]
    others = {line.corrects_id for line in lines if line.corrects_id} - set(ids)
    beside = select(LoggedLine).where(
        or_(LoggedLine.corrects_id.in_(ids), LoggedLine.id.in_(others))
    )
    around = session.scalars(beside).all()
    known = {one.id: one for one in (*around, *lines)}
    people = people_in(session, known)
    staff = _staff(session)
    corrected = {one.corrects_id for one in known.values() if one.corrects_id}
    rows = [_row(one, known, people, staff) for one in _in_order(lines, known)]
    return [replace(row, is_corrected=row.line.id in corrected) for row in rows]


def _in_order(lines: Sequence[LoggedLine], known: Mapping[str, LoggedLine]) -> list[LoggedLine]:
    """Return lines so that each follows the one that corrects it, whenever that was written."""
    later = {one.corrects_id: one for one in known.values() if one.corrects_id}
    ordered: dict[str, LoggedLine] = {}
    for line in lines:
        chain = [line]
        while (newer := later.get(chain[0].id)) is not None and newer not in chain:
            chain.insert(0, newer)
        ordered |= {one.id: one for one in chain if one.id not in ordered}
    return list(ordered.values())


def people_in(session: Session, ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return by line the code and chosen name of everybody whom it speaks of."""
    wanted = (
        select(LogMention.line_id, Case.code, Case.alias)
        .join(Case, Case.id == LogMention.case_id)
        .where(LogMention.line_id.in_(list(ids)))
        .order_by(Case.code)
    )
    found = defaultdict[str, list[tuple[str, str]]](list)
    for row in session.execute(wanted):
        found[row.line_id].append((row.code, row.alias or ""))
    return found


def _staff(session: Session) -> dict[str, str]:
    """Return the names of the staff, by their record and by their place in the keyring."""
    rows = session.execute(select(StaffMember.id, StaffMember.holder_id, StaffMember.name)).all()
    return {row.id: row.name for row in rows} | {
        row.holder_id: row.name for row in rows if row.holder_id
    }


def _row(
    line: LoggedLine,
    known: Mapping[str, LoggedLine],
    people: Mapping[str, list[tuple[str, str]]],
    staff: Mapping[str, str],
) -> LogRow:
    hers = people.get(line.id, [])
    before = known.get(line.corrects_id or "")
    return LogRow(
        line,
        named_in(line.text, dict(hers)),
        tuple(" ".join(filter(None, one)) for one in hers),
        staff.get(line.created_by, ""),
        before.text if before is not None else "",
        done_by=staff.get(line.done_by_id or "", ""),
    )


def _still_meant(session: Session, row: LoggedLine, words: str) -> list[str]:
    """Return whom a line spoke of who has left the house since, and whose code still stands in it.

    After @ only those are found who live here now.
    """
    wanted = (
        select(Case.id, Case.code)
        .join(LogMention, LogMention.case_id == Case.id)
        .where(LogMention.line_id == row.id)
    )
    return [one.id for one in session.execute(wanted) if f"@{one.code}" in words]


def _drills_due(session: Session, first: datetime | None, now: datetime) -> list[str]:
    """Return what is to be said of drills; nothing before the log is as old as that."""
    if first is None or first > now - _NO_DRILL:
        return []
    wanted = select(LoggedLine.at).where(
        LoggedLine.kind.in_(DRILLS), LoggedLine.at > now - _NO_NIGHT_DRILL, ~IS_CORRECTED
    )
    drills = session.scalars(wanted).all()
    late = [] if any(at > now - _NO_DRILL for at in drills) else [_DRILL_DUE]
    if first <= now - _NO_NIGHT_DRILL and not any(map(_is_night, drills)):
        late.append(_NIGHT_DUE)
    return late


def _is_night(at: datetime) -> bool:
    hour = here(at).time()
    return hour >= time(_NIGHT[0]) or hour < time(_NIGHT[1])
