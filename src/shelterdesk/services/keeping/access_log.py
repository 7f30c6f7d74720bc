"""The log as it is read: who, when, which file, what. Codes only: no name of a woman, no content.

It is read in pieces from the newest line back, each found by the number of the line, so that a
million of them cost no more than a thousand. Every look is a line of the log itself, written before
anything is shown; what is asked for further back belongs to the same look.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, days_after, stamp
from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.house_settings import DECLARED
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.services.access.looks import LOG_READ
from shelterdesk.services.access.reasons import READ, opened_reason
from shelterdesk.services.keeping.log_lines import (
    LogLine,
    Signatories,
    in_words,
    moment_of,
    reason_in,
)
from shelterdesk.services.keeping.log_words import What, actions_of, kinds_of
from shelterdesk.services.keeping.whose_file import files_of, ids_in
from shelterdesk.store.keyring.keyholder import HolderKind
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LOG, LogEntry

PIECE: Final = 200
"""Lines that are shown at a time."""

STRETCH: Final = 100_000
"""Lines that are looked through for a piece, where few of them fit."""

FEWEST_DIGITS: Final = 6
"""Digits of an id that are typed at least."""

_SAVED: Final = ("created", "changed", "deleted")


class NoSuchFile(DeskError):
    """The log was to be shown for a code that no case has."""

    sentence = N_(
        "No case has this code. Look at the code again; for a file that is gone, type the digits "
        "that the log shows in its place."
    )


class WithoutReason(DeskError):
    """Somebody asked why, of a line beside which no reason lies."""

    sentence = N_("No reason was written beside this line.")


class ReasonClosed(DeskError):
    """A reason is read by those who may read what it is about, and not by whoever reads the log."""

    sentence = N_("This reason is sealed, because it tells of her. A director can read it.")


@dataclass(frozen=True)
class LogFilter:
    """Which lines are looked for; what is empty is not asked."""

    person: str = ""
    """Keyholder id of whoever did it."""
    file: str = ""
    """Id of a case, or of a record that is gone."""
    begins_on: date | None = None
    ends_on: date | None = None
    what: What | None = None

    def told(self) -> tuple[str, ...]:
        """Return how the line about the look tells of it; the file stands there by itself."""
        asked = {
            "person": self.person,
            "from": self.begins_on.isoformat() if self.begins_on else "",
            "until": self.ends_on.isoformat() if self.ends_on else "",
            "what": self.what or "",
        }
        return tuple(f"{name}:{value}" for name, value in asked.items() if value)


@dataclass(frozen=True)
class LogPiece:
    """Some lines, newest first, and from where the search goes on."""

    wanted: LogFilter
    lines: tuple[LogLine, ...] = ()
    reached: datetime | None = None
    """The moment of the last line that was looked at."""
    goes_on: int | None = None
    """The number of the next line to look at; None where there are no more."""


class AccessLog(Service):
    """Shows the log to whoever may read it; each look leaves a line."""

    _looked: LogFilter | None = None
    """What was looked for last at this desk: only that is gone on with."""

    @rule(Area.LOG)
    def people(self) -> list[tuple[str, str]]:
        """Return id and name of everybody who can have written a line, by name."""
        with self._vault.database.reading() as session:
            known = self._signatories(session).known
        return sorted(known.items(), key=lambda one: one[1].casefold())

    @rule(Area.LOG)
    def file_named(self, typed: str) -> str:
        """Return the id of the case with this code, or of what is gone by its first digits.

        Raises NoSuchFile.
        """
        code = "".join(typed.split()).replace("-", "")
        with self._vault.database.reading() as session:
            same = func.replace(Case.code, "-", "") == code.upper()
            found = session.scalar(select(Case.id).where(same).limit(1))
            return found or _begins_with(session, code.lower())

    @rule(Area.LOG)
    def code_of(self, case_id: str) -> str:
        """Return the code of a case; "" for one that is gone."""
        with self._vault.database.reading() as session:
            return session.scalar(select(Case.code).where(Case.id == case_id)) or ""

    @rule(Area.LOG)
    def look(self, wanted: LogFilter) -> LogPiece:
        """Return the newest lines that are wanted, after a line has told of this look.

        What keeps that line from being written keeps the log from being shown: NoSpace,
        DiskFailing, CannotWrite, Busy.
        """
        kind = Case.kind_name() if wanted.file else LOG
        with self._vault.database.writing() as session:
            audit.note(session, [LogEntry(LOG_READ, kind, wanted.file or LOG, wanted.told())])
            newest = audit.log_state(session).seq
        self._looked = wanted
        return self._piece(wanted, newest)

    @rule(Area.LOG)
    def earlier(self, piece: LogPiece) -> LogPiece:
        """Return the lines before a piece; they belong to the same look.

        Raises NotAllowed where the log was not looked at so.
        """
        if piece.wanted != self._looked:
            raise NotAllowed
        if piece.goes_on is None:
            return replace(piece, lines=())
        return self._piece(piece.wanted, piece.goes_on)

    @rule(Area.LOG)
    def reason(self, seq: int) -> str:
        """Return why a director did what a line tells, after a line has told of this look.

        Raises WithoutReason where none lies beside it, ReasonClosed for whoever holds no key of it.
        """
        with self._vault.database.writing() as session:
            asked = audit.lines().where(_seq == seq)
            line = session.connection().execute(asked).first()
            sealed = reason_in(line) if line is not None else ""
            if line is None or not sealed:
                raise WithoutReason
            found = self._opened(line, sealed)
            audit.note(session, [LogEntry(READ, line.kind, line.record_id)])
        return found

    def _opened(self, line: Any, sealed: str) -> str:
        try:
            return opened_reason(self._vault, line.action, line.kind, line.record_id, sealed)
        except NotAllowed as fault:
            raise ReasonClosed from fault

    # -- which lines ------------------------------------------------------------------------

    def _piece(self, wanted: LogFilter, newest: int) -> LogPiece:
        with self._vault.database.reading() as session:
            last = _last(session, wanted, newest)
            least = 1 if wanted.file else max(1, last - STRETCH + 1)
            asked = audit.lines().order_by(None).order_by(_seq.desc()).limit(PIECE + 1)
            asked = asked.where(_seq.between(least, last), *_conditions(wanted))
            found = session.connection().execute(asked).all()
            more, shown = found[PIECE:], found[:PIECE]
            return LogPiece(
                wanted,
                self._in_words(session, shown, wanted),
                moment_of(shown[-1].at if more else _moment_at(session, least)),
                more[0].seq if more else _before(session, wanted, least),
            )

    def _in_words(
        self, session: Session, found: Sequence[Any], wanted: LogFilter
    ) -> tuple[LogLine, ...]:
        files = files_of(session, ((line.kind, line.record_id) for line in found), wanted.file)
        people = self._signatories(session)
        return tuple(in_words(line, files, people) for line in found)

    def _signatories(self, session: Session) -> Signatories:
        """Return everybody by name: whoever has left is known by her record among the staff."""
        rows = session.execute(select(StaffMember.holder_id, StaffMember.name))
        names = {holder_id: name for holder_id, name in rows if holder_id}
        for holder in self._vault.keyring.keyholders:
            spoken = _HOLDERS.get(holder.kind)
            name = _(spoken) if spoken else holder.name
            if name:
                names[holder.id] = name
        return Signatories(names, _settings(session))


def _settings(session: Session) -> dict[str, str]:
    """Return what each setting of the house is called, by the id of its row."""
    rows = session.execute(select(Setting.id, Setting.name))
    return {row_id: DECLARED[name].field.label for row_id, name in rows if name in DECLARED}


_HOLDERS: Final = {
    HolderKind.RECOVERY: N_("Recovery pages"),
    HolderKind.TRAVEL: N_("Travel passphrase"),
}

_seq: Final = AuditEvent.__table__.c.seq
_number: Final = _seq + 0
"""The number as a plain value: so that lines of some days are found by the index of the moments."""

_at: Final = type_coerce(AuditEvent.__table__.c.at, String)
_at_as_it_lies: Final = _at + ""
"""The moment as a plain value: so that lines are found by their number."""

_NEAR: Final = 10_000
"""Lines at the end of the log that are looked through first for the last one of some days."""


def _begins_with(session: Session, digits: str) -> str:
    """Return the id of a record by its first digits, of one that the log knows."""
    if len(digits) < FEWEST_DIGITS or set(digits) - set("0123456789abcdef"):
        raise NoSuchFile
    column = AuditEvent.record_id
    wanted = select(column).where(column >= digits, column < f"{digits}g")
    found = session.scalar(wanted.order_by(column).limit(1))
    if found is None:
        raise NoSuchFile
    return found


def _last(session: Session, wanted: LogFilter, newest: int) -> int:
    """Return the last line of the days that are wanted, up to `newest`.

    By what each line says, not by halving: whoever puts one wrong moment into the log hides none.
    """
    if wanted.ends_on is None or wanted.file:
        return newest
    near = select(func.max(_number)).where(_seq.between(newest - _NEAR, newest))
    last = session.scalar(near.where(*_days(wanted, _at_as_it_lies)))
    return int(last or session.scalar(_last_of(wanted, newest)) or 0)


def _before(session: Session, wanted: LogFilter, least: int) -> int | None:
    """Return the last line before `least` that is of the days wanted; None for none."""
    of_days = least > 1 and _days(wanted)
    return (session.scalar(_last_of(wanted, least - 1)) if of_days else least - 1) or None


def _last_of(wanted: LogFilter, newest: int) -> Select[Any]:
    """Ask for the last line of some days, by the index of the moments."""
    return select(func.max(_number)).where(_number <= newest, *_days(wanted))


def _days(wanted: LogFilter, at: ColumnElement[Any] = _at) -> list[ColumnElement[bool]]:
    found = []
    if wanted.begins_on is not None:
        found.append(at >= stamp(at_house(wanted.begins_on)))
    if wanted.ends_on is not None:
        found.append(at < stamp(at_house(days_after(wanted.ends_on, 1))))
    return found


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    found = _days(wanted)
    if wanted.person:
        found.append(AuditEvent.actor == wanted.person)
    if wanted.file:
        found.append(AuditEvent.record_id.in_(ids_in(wanted.file)))
    if wanted.what is not None:
        saved = and_(AuditEvent.kind.in_(kinds_of(wanted.what)), AuditEvent.action.in_(_SAVED))
        found.append(or_(AuditEvent.action.in_(actions_of(wanted.what)), saved))
    return found


def _moment_at(session: Session, seq: int) -> Any:
    return session.connection().scalar(select(_at).where(AuditEvent.seq == seq))
