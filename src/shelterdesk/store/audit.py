"""The access log: one line for every change and every sealed look.

It is written in the same transaction as what it tells of, and every line is chained to the last.
A line keeps names of fields and a keyed digest of their values, never the values. The chain is
HMAC-SHA-256 under the log key; its head and length are witnessed outside the database, because a
chain alone cannot show that its end was cut off.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from shelterdesk.core.clock import Clock, stamp
from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.ledger import AuditEvent
from shelterdesk.store.checked_json import canonical
from shelterdesk.store.keys import Keys
from shelterdesk.store.seals import mac, same

NO_MAC: Final = "0" * 64
_HEAD: Final = "log_head"
_WRITER: Final = "writer"
_MAY_WRITE: Final = "may_write"


@dataclass
class Writer:
    """Whose hand a session writes with: the person, her keys, the clock and the log key."""

    actor: str
    clock: Clock
    keys: Keys | None = None
    log_key: bytes = b""


@dataclass(frozen=True)
class Entry:
    """What is to be written into the log; it gets its number and place in the chain there."""

    action: str
    kind: str = ""
    record_id: str = ""
    fields: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class LogState:
    """Length and head of the chain: what a witness outside the database remembers."""

    seq: int = 0
    head: str = NO_MAC
    at: datetime | None = field(default=None, compare=False)


def writer_of(session: Session) -> Writer:
    """Return whose hand this session writes with."""
    writer: Writer = session.info[_WRITER]
    return writer


def appoint(session: Session, writer: Writer, *, may_write: bool) -> None:
    """Tell a session whose hand it writes with, and whether it writes at all."""
    session.info[_WRITER] = writer
    session.info[_MAY_WRITE] = may_write


def may_write(session: Session) -> bool:
    """Tell whether a session was opened for writing."""
    return bool(session.info.get(_MAY_WRITE))


def forget_head(session: Session) -> None:
    """Forget the chain's head at the start of a transaction: somebody else may have written."""
    session.info.pop(_HEAD, None)


def note(session: Session, entries: Iterable[Entry]) -> None:
    """Add lines to the log, in the session's own transaction, which must be a writing one."""
    if not may_write(session):
        raise RuntimeError("a line in the log needs a session that writes")
    writer = writer_of(session)
    for entry in entries:
        event = _chained(entry, _head(session), writer)
        session.add(event)
        session.info[_HEAD] = LogState(event.seq, event.mac)


def next_seq(session: Session) -> int:
    """Return the number that the next line of the log will have."""
    return _head(session).seq + 1


def _head(session: Session) -> LogState:
    if _HEAD not in session.info:
        session.info[_HEAD] = log_state(session)
    head: LogState = session.info[_HEAD]
    return head


def log_state(session: Session) -> LogState:
    """Return the present length and head of the chain."""
    newest = select(AuditEvent.seq, AuditEvent.mac, AuditEvent.at)
    row = session.connection().execute(newest.order_by(AuditEvent.seq.desc()).limit(1)).first()
    return LogState(*row) if row else LogState()


def _chained(entry: Entry, state: LogState, writer: Writer) -> AuditEvent:
    event = AuditEvent(
        seq=state.seq + 1,
        at=writer.clock(),
        actor=writer.actor,
        action=entry.action,
        kind=entry.kind,
        record_id=entry.record_id,
        fields=json.dumps(entry.fields),
        digest=entry.digest,
    )
    event.mac = _mac(event, state.head, writer.log_key)
    return event


def _mac(event: Any, previous: str, key: bytes) -> str:
    line = [
        previous,
        event.seq,
        stamp(event.at) if isinstance(event.at, datetime) else event.at,
        event.actor,
        event.action,
        event.kind,
        event.record_id,
        event.fields,
        event.digest,
    ]
    return mac(key, canonical(line))


def verify(session: Session, key: bytes, witnesses: Iterable[LogState] = ()) -> LogState:
    """Walk the whole chain and compare it with what witnesses remember.

    Returns its state; raises TraceBroken with the first entry that does not fit. A log without
    any entry is broken too: the first one is written when a vault is made.
    """
    remembered = {(w.seq, w.head) for w in witnesses if w.seq}
    state = LogState()
    for line in _in_order(session):
        if line.seq != state.seq + 1 or not same(line.mac, _mac(line, state.head, key)):
            raise TraceBroken(seq=state.seq + 1)
        state = LogState(line.seq, line.mac)
        remembered.discard((line.seq, line.mac))
    if remembered or not state.seq:
        raise TraceBroken(seq=min((seq for seq, _ in remembered), default=1))
    return state


def is_whole(session: Session, key: bytes, seq: int, head: str) -> bool:
    """Tell whether the chain holds together and holds this line."""
    try:
        verify(session, key, [LogState(seq, head)])
    except TraceBroken:
        return False
    return True


def _in_order(session: Session) -> Iterator[Any]:
    """Yield the lines as they lie in the table, so that a forged moment is read as it is."""
    columns = [c for c in AuditEvent.__table__.c if c.name != "at"]
    at = type_coerce(AuditEvent.__table__.c.at, String).label("at")
    lines = select(*columns, at).order_by(AuditEvent.__table__.c.seq)
    yield from session.connection().execute(lines)
