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
from shelterdesk.records.ledger import AuditEvent
from shelterdesk.store import audit
from shelterdesk.store.audit import LogState, Writer
from shelterdesk.store.row_check import MOVED, TAKEN, lots
from shelterdesk.store.seals import same

SAVED: Final = frozenset({"created", "changed", "deleted"})
_HALF: Final = 16
_LINES_A_STEP: Final = 2000


class Trace:
    """What one desk knows of the log, and how far; it begins anew with every unlocking."""

    def __init__(self, writer: Writer, watched: Collection[str]) -> None:
        self._writer = writer
        self._lock = threading.Lock()
        self._macs = bytearray()
        self.state = LogState()
        self.standing: dict[str, dict[str, int]] = {kind: {} for kind in watched}
        """Watched kind -> id of every row there must be -> number of the newest line about it."""
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

    def walk(self, session: Session, progress: Progress | None = None) -> None:
        """Walk what has come since the last time; raises TraceBroken where it does not hold."""
        writer, told = self._writer, progress or Progress()

        def take(line: Any) -> None:
            if line.seq % _LINES_A_STEP == 0:
                told.step(0, 1)
            self._take(line)

        with self._lock:
            del self._macs[self.state.seq * _HALF :]
            key, signers = writer.log_key, writer.signers
            self.state = audit.verify(session, key, (), signers, take, self.state)

    def _take(self, line: Any) -> None:
        self._macs += bytes.fromhex(line.mac)[:_HALF]
        if line.action in SAVED and line.kind in self.standing:
            self._stands(line)
        elif line.action in MOVED:
            self.moved[line.kind] = line.seq
            if line.action == TAKEN:
                self.taken[line.kind] = line.seq
        elif line.action.startswith("restored"):
            self.restored = line.seq

    def _stands(self, line: Any) -> None:
        rows = self.standing[line.kind]
        if line.action == "deleted":
            rows.pop(line.record_id, None)
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
        first = line.seq == 1
        known = self._is_walked(line.seq, line.mac)
        known = known and (first or self._is_walked(line.seq - 1, previous))
        if not known or not same(line.mac, audit.mac_of(line, previous, key)):
            raise TraceBroken(seq=line.seq)

    def _is_walked(self, seq: int, mac: str) -> bool:
        half = bytes(self._macs[(seq - 1) * _HALF : seq * _HALF])
        return bool(half) and mac.startswith(half.hex())
