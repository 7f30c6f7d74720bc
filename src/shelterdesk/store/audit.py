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
from typing import Final

from sqlalchemy import select
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


def appoint(session: Session, writer: Writer) -> None:
    """Tell a session whose hand it writes with."""
    session.info[_WRITER] = writer


def forget_head(session: Session) -> None:
    """Forget the chain's head at the start of a transaction: somebody else may have written."""
    session.info.pop(_HEAD, None)


def note(session: Session, entries: Iterable[Entry]) -> None:
    """Add lines to the log, in the session's own transaction."""
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


def _mac(event: AuditEvent, previous: str, key: bytes) -> str:
    line = [
        previous,
        event.seq,
        stamp(event.at),
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

    Returns its state; raises TraceBroken with the first entry that does not fit.
    """
    remembered = {w.seq: w.head for w in witnesses if w.seq}
    state = LogState()
    for event in _in_order(session):
        fits = event.seq == state.seq + 1 and same(event.mac, _mac(event, state.head, key))
        if not fits or remembered.pop(event.seq, event.mac) != event.mac:
            raise TraceBroken(seq=state.seq + 1)
        state = LogState(event.seq, event.mac, event.at)
    if remembered:
        raise TraceBroken(seq=state.seq + 1)
    return state


def _in_order(session: Session) -> Iterator[AuditEvent]:
    lines = select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=1000)
    yield from session.scalars(lines)
