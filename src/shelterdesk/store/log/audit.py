"""The access log: one line for every change and every sealed look.

It is written in the same transaction as what it tells of, and every line is chained to the last.
A line keeps names of fields and a keyed digest of the row, never the values. The chain is
HMAC-SHA-256 under the log key, which everybody who opens the vault holds; so the last line of every
save carries its actor's own signature over the chain so far. Nobody can write in another's name or
behind another's signature. Head and length are witnessed outside the database, because a chain
alone cannot show that its end was cut off.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, String, insert, select, type_coerce
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import SLACK, Clock, SessionClock, stamp
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import mac, same
from shelterdesk.store.keyring.signers import Signers, line_signature

NO_MAC: Final = "0" * 64
_HEAD: Final = "log_head"
LOG: Final = "log"
"""What lines about the log itself are about."""

_WRITER: Final = "writer"
_MAY_WRITE: Final = "may_write"
CLOCK: Final = "clock"
"""What lines about the clock are about."""

TURNED: Final = "clock turned back"
"""The line which says that the clock stands before the line above; it names that moment."""

CLOCK_SET: Final = "clock set"
"""The line which says that a person has told what day and hour it is."""

FOUND_BROKEN: Final = "log found broken"
"""Action of the line by which a program says that the end it had to go on from was not signed."""


@dataclass
class Writer:
    """Whose hand a session writes with: the person, her keys, the clock and the log key.

    `signers` knows who may sign which line; without it no signature is asked for. `last` is the
    end of the log as this hand has left it, which need not be looked at again.
    """

    actor: str
    clock: Clock
    keys: Keys | None = None
    log_key: bytes = b""
    signers: Signers | None = None
    last: "LogState | None" = None
    only_reads: bool = False
    """Nothing of a record may be saved now (`ListDoubt.AWAITS_TWO`)."""


@dataclass(frozen=True)
class LogEntry:
    """What is to be written into the log; it gets its number and place in the chain there."""

    action: str
    kind: str = ""
    record_id: str = ""
    fields: tuple[str, ...] = ()
    digest: str = ""
    kept: str = ""


@dataclass(frozen=True)
class LogState:
    """Length and head of the chain: what a witness outside the database remembers."""

    seq: int = 0
    head: str = NO_MAC
    at: datetime | None = field(default=None, compare=False)

    @property
    def pair(self) -> tuple[int, str]:
        """Length and head alone."""
        return self.seq, self.head


BEGINNING: Final = LogState()
"""Before the first line."""


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


def note(session: Session, entries: Iterable[LogEntry]) -> None:
    """Add lines to the log, in the session's own transaction, which must be a writing one.

    The last of them is signed by the hand that writes.
    """
    if not may_write(session):
        raise RuntimeError("a line in the log needs a session that writes")
    writer, made, wanted = writer_of(session), [], list(entries)
    if not wanted:
        return
    state = _head(session)
    for entry in wanted:
        made.append(_chained(entry, state, writer))
        state = LogState(made[-1]["seq"], made[-1]["mac"])
    made[-1]["signature"] = _signature(writer, state)
    session.connection().execute(insert(AuditEvent.__table__), made)  # type: ignore[arg-type]
    session.info[_HEAD] = state


def _signature(writer: Writer, state: LogState) -> bytes | None:
    keys = writer.keys
    if keys is None or not keys.private_key:
        return None
    return line_signature(keys.private_key, keys.store_id, state.seq, state.head)


def next_seq(session: Session) -> int:
    """Return the number that the next line of the log will have, in a session that writes."""
    return _head(session).seq + 1


def _head(session: Session) -> LogState:
    if _HEAD not in session.info:
        session.info[_HEAD] = log_state(session)
        _look_at_end(session)
        _look_at_clock(session)
    head: LogState = session.info[_HEAD]
    return head


def settled(session: Session) -> None:
    """Remember the end of the log as this hand has just left it, after its transaction."""
    head = session.info.get(_HEAD)
    if head is not None and may_write(session):
        writer_of(session).last = head


def _look_at_end(session: Session) -> None:
    """Look who has written the end that is to be gone on from, and say so when nobody signed it.

    Nobody's signature may come to stand behind lines that somebody else has put in her name.
    """
    writer, state = writer_of(session), session.info[_HEAD]
    if writer.signers is None or state in (LogState(), writer.last):
        return
    line, before = _newest(session)
    previous = before.mac if before is not None else NO_MAC
    if _is_vouched(line, previous, writer.log_key, writer.signers):
        return
    note_broken(session, state.seq)


def note_broken(session: Session, seq: object) -> None:
    """Say for good that the log was found broken at a line, until two people have looked."""
    note(session, [LogEntry(FOUND_BROKEN, LOG, "", (str(seq),))])


def _look_at_clock(session: Session) -> None:
    """Write a line of its own where the clock stands before the last one, or before what it was."""
    last, clock = latest(session), writer_of(session).clock
    if last is None or last - clock() <= SLACK:
        return
    note(session, [LogEntry(TURNED, CLOCK, CLOCK, (stamp(last),))])
    if isinstance(clock, SessionClock):
        clock.highest = None  # from this line on the log knows what this session has seen


def latest(session: Session) -> datetime | None:
    """Return the later of the log's last moment and the latest that this session has seen."""
    clock, last = writer_of(session).clock, log_state(session).at
    seen = clock.highest if isinstance(clock, SessionClock) else None
    return max((at for at in (seen, last) if at is not None), default=None)


def _newest(session: Session) -> tuple[Any, Any]:
    """Return the newest line, and the one before it or None, as they lie in the table."""
    found = session.connection().execute(lines().order_by(None).order_by(_SEQ.desc()).limit(2))
    line, before, *_ = (*found, None, None)
    return line, before


def _is_vouched(line: Any, previous: str, key: bytes, signers: Signers) -> bool:
    return same(line.mac, mac_of(line, previous, key)) and signers.vouched(line)


def log_state(session: Session) -> LogState:
    """Return the present length and head of the chain."""
    newest = select(AuditEvent.seq, AuditEvent.mac, AuditEvent.at)
    row = session.connection().execute(newest.order_by(AuditEvent.seq.desc()).limit(1)).first()
    return LogState(*row) if row else LogState()


def _chained(entry: LogEntry, state: LogState, writer: Writer) -> dict[str, Any]:
    event = KeptLine(
        seq=state.seq + 1,
        at=writer.clock(),
        actor=writer.actor,
        action=entry.action,
        kind=entry.kind,
        record_id=entry.record_id,
        fields=json.dumps(entry.fields),
        digest=entry.digest,
        kept=entry.kept,
        mac="",
        signature=None,
    )
    return event._asdict() | {"mac": mac_of(event, state.head, writer.log_key)}


class KeptLine(NamedTuple):
    """A line as it lies in the table; `at` as the text that is kept, or before that as a moment."""

    seq: int
    at: Any
    actor: str
    action: str
    kind: str
    record_id: str
    fields: str
    digest: str
    kept: str | None
    mac: str
    signature: bytes | None


def mac_of(event: Any, previous: str, key: bytes) -> str:
    """Return the mac that a line has after the one whose mac is `previous`."""
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
    if event.kept is not None:
        line.append(event.kept)
    return mac(key, canonical(line))


def is_signed_line(session: Session, line: Any) -> bool:
    """Tell whether a line is its actor's own, by the signature which it bears itself."""
    writer = writer_of(session)
    if writer.signers is None:
        return True
    before = session.scalar(select(AuditEvent.mac).where(AuditEvent.seq == line.seq - 1))
    return _is_vouched(line, before or NO_MAC, writer.log_key, writer.signers)


_TABLE: Final = AuditEvent.__table__
_SEQ: Final = _TABLE.c.seq


def lines() -> Select[Any]:
    """Ask for the lines as they lie in the table, so that a forged moment is read as it is."""
    at = type_coerce(_TABLE.c.at, String).label("at")
    columns = [at if name == "at" else _TABLE.c[name] for name in KeptLine._fields]
    return select(*columns).order_by(_SEQ)
