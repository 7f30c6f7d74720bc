"""The walk through the log: every mac anew, the last signature of each run, every moment."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyring.signers import ACCEPTED, OVER_MANY, Signers
from shelterdesk.store.log.audit import (
    BEGINNING,
    FOUND_BROKEN,
    LOG,
    NO_MAC,
    KeptLine,
    LogEntry,
    LogState,
    lines,
    mac_of,
    note,
)

_STAMPED: Final = 27
"""Characters of a moment as `stamp` writes it."""


_SEQ: Final = AuditEvent.__table__.c.seq
_WEIGHED: Final = frozenset({FOUND_BROKEN, ACCEPTED, *OVER_MANY})


def verify(
    session: Session,
    key: bytes,
    witnesses: Iterable[LogState] = (),
    signers: Signers | None = None,
    look: Callable[[Any], None] = lambda _line: None,
    since: LogState = BEGINNING,
) -> LogState:
    """Walk the whole chain, or what has come `since`, and compare it with what witnesses remember.

    Every mac is computed anew, and the last signature of each run of one actor is looked at, which
    vouches for the whole chain before it. `look` is shown every line. Returns the chain's state;
    raises TraceBroken with the first entry that does not fit. A log without any entry is broken
    too: the first one is written when a vault is made.
    """
    remembered = {(w.seq, w.head) for w in (*witnesses, *_boundary(signers)) if w.seq > since.seq}
    seq, head, last = since.seq, since.head, None
    for line in _in_order(session, since.seq):
        if line.seq != seq + 1 or line.mac != mac_of(line, head, key) or not _is_moment(line.at):
            raise TraceBroken(seq=seq + 1)
        if last is not None and last.actor != line.actor:
            _demand_vouched(last, signers)
        if line.action in _WEIGHED:
            _demand_fitting(line, signers)
        seq, head, last = line.seq, line.mac, line
        remembered.discard((seq, head))
        look(line)
    _demand_vouched(last, signers)
    if remembered or not seq:
        raise TraceBroken(seq=min((wanted for wanted, _ in remembered), default=1))
    return LogState(seq, head)


def verify_from_where_it_holds(
    session: Session,
    key: bytes,
    witnesses: Iterable[LogState] = (),
    signers: Signers | None = None,
) -> LogState:
    """Walk the whole chain as `verify`; where it is broken, what has come since it was accepted."""
    try:
        return verify(session, key, witnesses, signers)
    except TraceBroken:
        start = accepted(session, signers)
        if start is None:
            raise
        newer = [witness for witness in witnesses if witness.seq > start.seq]
        return verify(session, key, newer, signers, since=start)


def accepted(session: Session, signers: Signers | None) -> LogState | None:
    """Return the end of what was accepted as it is, by the newest line that says so.

    That line is a director's, over the end at which a second person has looked and signed; whether
    it is signed itself is found by walking on from there.
    """
    said = lines().order_by(None).where(AuditEvent.record_id == LOG, AuditEvent.action == ACCEPTED)
    line = session.connection().execute(said.order_by(_SEQ.desc()).limit(1)).first()
    if line is None or (signers is not None and not signers.may_write(line)):
        return None
    if signers is not None and line.seq > signers.begin[0]:
        return LogState(*(signers.looked_at(line) or ()))
    before = session.scalar(select(AuditEvent.mac).where(AuditEvent.seq == line.seq - 1))
    return LogState(line.seq - 1, before or NO_MAC)


def accept(session: Session, look: tuple[str, ...]) -> None:
    """Write the line that says from where the log is walked anew; `look` is the second person's."""
    note(session, [LogEntry(ACCEPTED, LOG, LOG, look)])


def _is_moment(text: object) -> bool:
    """Tell whether a line says when it was written, as `stamp` says it."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return read.tzinfo is not None and len(str(text)) == _STAMPED


def _demand_fitting(line: Any, signers: Signers | None) -> None:
    """Raise TraceBroken for a line that tells of a break, or that its actor may not write."""
    if line.action == FOUND_BROKEN:
        raise TraceBroken(seq=_number_in(line))
    if signers is not None and not signers.may_write(line):
        raise TraceBroken(seq=line.seq)


def _number_in(line: Any) -> int:
    """Return the number of the line that was found broken, as the line that tells it says."""
    try:
        return int(json.loads(line.fields)[0])
    except (LookupError, RecursionError, TypeError, ValueError):
        return int(line.seq)


def _boundary(signers: Signers | None) -> list[LogState]:
    return [LogState(*signers.begin)] if signers is not None else []


def _demand_vouched(line: Any, signers: Signers | None) -> None:
    if line is not None and signers is not None and not signers.vouched(line):
        raise TraceBroken(seq=line.seq)


def is_whole(session: Session, key: bytes, seq: int, head: str) -> bool:
    """Tell whether the chain holds together and holds this line."""
    try:
        verify(session, key, [LogState(seq, head)])
    except TraceBroken:
        return False
    return True


_NAMES: Final = ", ".join(KeptLine._fields)


_IN_ORDER: Final = f"SELECT {_NAMES} FROM audit_event WHERE seq > ? ORDER BY seq"  # noqa: S608 - ours


def _in_order(session: Session, since: int) -> Iterator[Any]:
    """Yield the lines after one as they lie in the table, straight from the driver: a million."""
    driver: Any = session.connection().connection.driver_connection
    yield from map(KeptLine._make, driver.execute(_IN_ORDER, (since,)))
