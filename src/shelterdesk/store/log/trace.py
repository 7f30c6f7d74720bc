"""The log as one desk has walked it: what it says last about the rows that decide over letters.

The whole chain is walked once after unlocking, with its signatures; afterwards only what has come
since. Half of every mac is remembered (16 bytes a line), so that no line which is looked at again
later can have been changed meanwhile in the file; and so is which rows of the watched kinds there
must be, so that a row which was taken out or moved to another woman is missed.
"""

import threading
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyring.seals import same
from shelterdesk.store.keyring.signers import BROUGHT_BACK
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogState, Writer
from shelterdesk.store.log.row_check import MOVED, TAKEN, LineOverKind, lots, vouched_ids

SAVED: Final = frozenset({"created", "changed", "deleted"})
_HALF: Final = 16
_LINES_A_STEP: Final = 2000


class Trace:
    """What one desk knows of the log, and how far; it begins anew with every unlocking."""

    def __init__(self, writer: Writer, watched: Collection[str]) -> None:
        self._writer = writer
        self._lock = threading.Lock()
        self._watched = frozenset(watched)
        self._begin_at(LogState())

    def _begin_at(self, start: LogState) -> None:
        """Forget everything and begin after `start`, the end of what was accepted as it is."""
        self._start, self.state = start, start
        self._macs = bytearray()
        watched = self._watched
        self.standing: dict[str, dict[str, int]] = {kind: {} for kind in watched}
        """Watched kind -> id of every row there must be -> number of the newest line about it."""
        self._deleted: dict[str, set[str]] = {kind: set() for kind in watched}
        self.gone: dict[str, list[tuple[int, str]]] = {kind: [] for kind in watched}
        """Watched kind -> line and hand of every deletion."""
        self.moved: dict[str, int] = {}
        """Kind -> number of the newest line that vouches for all its rows."""
        self.taken: dict[str, int] = {}
        """The same, of the line by which a director took rows over from before signatures."""
        self.restored = 0
        """Number of the newest line that tells of a restore."""

    def __repr__(self) -> str:
        return "<Trace>"

    @property
    def not_vouched_until(self) -> int:
        """The last line of which it is only known that it was accepted as it is, or is old."""
        signers = self._writer.signers
        begin = signers.begin[0] if signers is not None else self.state.seq
        return max(self._start.seq, begin)

    def walk(self, session: Session, progress: Progress | None = None) -> None:
        """Walk what has come since the last time; raises TraceBroken where it does not hold."""
        writer, told = self._writer, progress or Progress()

        def take(line: Any) -> None:
            if line.seq % _LINES_A_STEP == 0:
                told.step(0, 1)
            self._take(line)

        def on() -> None:
            del self._macs[(self.state.seq - self._start.seq) * _HALF :]
            key, signers = writer.log_key, writer.signers
            self.state = walk.verify(session, key, (), signers, take, self.state)

        with self._lock:
            try:
                on()
            except TraceBroken:
                start = walk.accepted(session, writer.signers)
                if start is None or start.seq <= self._start.seq:
                    raise
                self._begin_at(start)
                on()
                self._stand_on_accepted(session)

    def _stand_on_accepted(self, session: Session) -> None:
        """Take over which rows there must be from the line that vouches for them all."""
        for kind in self._watched & self.moved.keys():
            line = LineOverKind.of(self.line(session, self.moved[kind]))
            for record_id in vouched_ids(session, kind, line):
                self.standing[kind].setdefault(record_id, self.taken[kind])
            for record_id in self._deleted[kind]:
                self.standing[kind].pop(record_id, None)

    def _take(self, line: Any) -> None:
        self._macs += bytes.fromhex(line.mac)[:_HALF]
        if line.action in SAVED and line.kind in self.standing:
            self._stands(line)
        elif line.action in MOVED:
            self.moved[line.kind] = line.seq
            if line.action == TAKEN:
                self.taken[line.kind] = line.seq
        elif line.action in BROUGHT_BACK and line.kept is not None:
            self.restored = line.seq

    def _stands(self, line: Any) -> None:
        rows = self.standing[line.kind]
        if line.action == "deleted":
            rows.pop(line.record_id, None)
            self._deleted[line.kind].add(line.record_id)
            self.gone[line.kind].append((line.seq, line.actor))
        else:
            rows[line.record_id] = line.seq

    def lines_about(self, session: Session, record_ids: Iterable[str]) -> dict[str, list[Any]]:
        """Return the lines that saved these rows, oldest first, since each was made last.

        Every one of them is compared with what was walked; raises TraceBroken.
        """
        wanted = set(record_ids)
        found: dict[str, list[Any]] = {}
        for line, previous in self._read(session, wanted):
            if line.seq <= self._start.seq:
                continue
            self._demand_walked(line, previous)
            lines = found.setdefault(line.record_id, [])
            if line.action == "changed":
                lines.append(line)
            else:
                lines[:] = [line] if line.action == "created" else []
        return found

    def line(self, session: Session, seq: int) -> Any:
        """Return one line as it was walked; raises TraceBroken when it is not that any more."""
        [(line, previous)] = self._with_previous(session, AuditEvent.seq == seq)
        self._demand_walked(line, previous)
        return line

    def _read(self, session: Session, record_ids: set[str]) -> Iterator[tuple[Any, str]]:
        for some in lots(record_ids):
            wanted = AuditEvent.record_id.in_(some)
            yield from self._with_previous(session, wanted, AuditEvent.action.in_(SAVED))

    @staticmethod
    def _with_previous(session: Session, *which: Any) -> Iterator[tuple[Any, str]]:
        lines = audit.lines().where(*which)
        read = session.connection().execute(lines).all()
        before = select(AuditEvent.seq, AuditEvent.mac).where(
            AuditEvent.seq.in_([line.seq - 1 for line in read])
        )
        macs = {row.seq: row.mac for row in session.connection().execute(before)}
        for line in read:
            yield line, macs.get(line.seq - 1, audit.NO_MAC)

    def _demand_walked(self, line: Any, previous: str) -> None:
        key = self._writer.log_key
        known = self._is_walked(line.seq, line.mac) and self._is_walked(line.seq - 1, previous)
        if not known or not same(line.mac, audit.mac_of(line, previous, key)):
            raise TraceBroken(seq=line.seq)

    def _is_walked(self, seq: int, mac: str) -> bool:
        if seq == self._start.seq:
            return mac == self._start.head
        place = (seq - self._start.seq) * _HALF
        half = bytes(self._macs[place - _HALF : place])
        return bool(half) and mac.startswith(half.hex())
