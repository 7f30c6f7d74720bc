"""What came before what, and what is past: by the order of the log, never by dates alone.

A date can be wrong because the clock was; the place of a line in the log cannot. Whenever the clock
stands behind the line before, the log says so in a line of its own, so that from any line on the
earliest and the latest moment ever seen are known. What was past at one of them stays past; what
has ever lain in the future does not come into force by itself.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import SLACK, house_day, moment, stamp
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.store.log.audit import CLOCK, TURNED, LogEntry, latest


@dataclass(frozen=True)
class Turn:
    """One place in the log where the clock was put back: the line, and the moments around it."""

    seq: int
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Span:
    """The earliest and the latest moment that the house has seen since a line of the log."""

    first: datetime
    last: datetime

    @property
    def first_day(self) -> date:
        """The earliest day it has been since."""
        return house_day(self.first)

    @property
    def last_day(self) -> date:
        """The latest day it has been since."""
        return house_day(self.last)


def turns(session: Session) -> tuple[Turn, ...]:
    """Return where the clock was put back, in the order of the log."""
    lines = select(AuditEvent.seq, AuditEvent.at, AuditEvent.fields)
    marked = lines.where(AuditEvent.record_id == CLOCK, AuditEvent.action == TURNED)
    found = session.execute(marked.order_by(AuditEvent.seq)).all()
    told = filter(None, (_turn(*line) for line in found))
    return tuple(sorted(told, key=lambda turn: turn.seq))


def _turn(seq: int, at: datetime, fields: str) -> Turn | None:
    """Read a line: the moment before; for one that was found later also its place and moment.

    A line in another form, which somebody else has written, tells of no turn.
    """
    try:
        before, *found_later = json.loads(fields)
        if found_later:
            return Turn(int(found_later[0]), moment(before), moment(found_later[1]))
        return Turn(seq, moment(before), at)
    except (IndexError, RecursionError, TypeError, ValueError):
        return None


def unmarked(session: Session) -> list[LogEntry]:
    """Return lines for the places where the clock was put back before the log told of it."""
    lines = session.execute(select(AuditEvent.seq, AuditEvent.at).order_by(AuditEvent.seq))
    return [
        LogEntry(TURNED, CLOCK, CLOCK, (stamp(before), str(seq), stamp(after)))
        for (_seq, before), (seq, after) in pairwise(lines)
        if before - after > SLACK
    ]


def begun(session: Session, record_ids: Iterable[str]) -> dict[str, int]:
    """Return the line of the log with which each record was written down."""
    first = func.min(AuditEvent.seq)
    lines = select(AuditEvent.record_id, first).where(AuditEvent.record_id.in_(set(record_ids)))
    return {row[0]: row[1] for row in session.execute(lines.group_by(AuditEvent.record_id))}


def told_of() -> ColumnElement[bool]:
    """Say that an earlier value belongs to a line of the log which tells of that very change.

    Everybody who opens the records can put other values into the history.
    """
    same = and_(AuditEvent.seq == FieldHistory.seq, AuditEvent.record_id == FieldHistory.record_id)
    return and_(same, AuditEvent.action == "changed")


def last_change(session: Session, record_ids: Iterable[str], field: str) -> dict[str, int]:
    """Return the line with which a field of each record got the value that it has now."""
    wanted = set(record_ids)
    newest = (
        select(FieldHistory.record_id, func.max(FieldHistory.seq))
        .join(AuditEvent, told_of())
        .where(FieldHistory.record_id.in_(wanted), FieldHistory.field == field)
    )
    changed = session.execute(newest.group_by(FieldHistory.record_id))
    return begun(session, wanted) | {row[0]: row[1] for row in changed}


def spans(
    session: Session, places: Mapping[str, int], now: datetime, until: int | None = None
) -> dict[str, Span]:
    """Return what the house has seen since each of these lines, up to now.

    With `until` it is what had been seen by that line of the log, at the moment `now`.
    """
    if not places:
        return {}
    ats = select(AuditEvent.seq, AuditEvent.at).where(AuditEvent.seq.in_(set(places.values())))
    written = {row[0]: row[1] for row in session.execute(ats)}
    head = now if until is not None else latest(session) or now
    back = [turn for turn in turns(session) if until is None or turn.seq <= until]
    return {
        name: _span(written.get(seq, now), [turn for turn in back if turn.seq > seq], head, now)
        for name, seq in places.items()
    }


def _span(at: datetime, since: Iterable[Turn], head: datetime, now: datetime) -> Span:
    seen = [at, head, now, *(m for turn in since for m in (turn.before, turn.after))]
    return Span(min(seen), max(seen))


def happened(session: Session, record_id: str, at: datetime) -> datetime:
    """Return when something was written down, at the latest.

    Earlier than the clock said then, if the clock was put back afterwards.
    """
    place = begun(session, [record_id]).get(record_id)
    if place is None:
        return at
    return min([at, *(turn.after for turn in turns(session) if turn.seq > place)])


def made_in_order(session: Session) -> dict[str, int]:
    """Return folder -> line of the log for every backup that these records know, oldest first.

    By the line that tells of it, so that no clock puts an older one before a newer.
    """
    line = func.max(AuditEvent.seq)
    told = select(BackupGeneration.folder, line).join(
        AuditEvent, AuditEvent.record_id == BackupGeneration.id
    )
    lines = session.execute(told.group_by(BackupGeneration.id).order_by(line))
    return {row[0]: row[1] for row in lines}


def waited_since(session: Session, seq: int, at: datetime) -> datetime:
    """Return the moment from which a wait that began with a line is counted.

    A clock that was put back afterwards begins it anew: how long it has lasted is not known.
    """
    later = [turn.after for turn in turns(session) if turn.seq > seq]
    return later[-1] if later else at


def in_log_order(kind: type[Record]) -> ScalarSelect[int]:
    """Return, for the order of a question, where in the log records of a kind were begun."""
    first = select(func.min(AuditEvent.seq)).where(AuditEvent.record_id == kind.id)
    return first.correlate(kind).scalar_subquery()


def place_at(session: Session, at: datetime) -> int:
    """Return the last line of the log that was written by a moment."""
    lines = select(AuditEvent.seq).where(AuditEvent.at <= at)
    return session.scalar(lines.order_by(AuditEvent.seq.desc()).limit(1)) or 0
