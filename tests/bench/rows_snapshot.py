"""B11: the database is copied while somebody saves a hundred times a second."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final

from sqlcipher3 import dbapi2
from typing_extensions import override

from shelterdesk.core.work import Progress
from shelterdesk.store.database.snapshot import copy_database, remove_database
from shelterdesk.store.keyring.keys import DATABASE_KEY_SIZE
from tests.bench.figures import Bound, Figure, at_most, count
from tests.bench.invented import Rows, ids
from tests.bench.rounds import ROUNDS, Side, Work, by_turns
from tests.bench.stock import Stock
from tests.bench.twins import Twins

_SAVES_A_SECOND: Final = 100
_PAGES_A_STEP: Final = 2000
_BLOCK: Final = 60_000
_COPY_KEY: Final = bytes(DATABASE_KEY_SIZE)
_NONE: Final = Bound("=", 0)
_FILL: Final = "INSERT INTO draft(id, owner, page, saved_at, sealed) VALUES (?, 'b', 'note', '', ?)"
_SAVE: Final = "INSERT INTO draft(id, owner, page, saved_at, sealed) VALUES (?, 'b', 'save', '', ?)"


@dataclass(frozen=True)
class Saved:
    """What the writing process did: saves, saves refused as busy, the seconds it took."""

    done: int
    busy: int
    seconds: float


def save_steadily(twins: Twins, asked: Connection) -> None:
    """Save a row a hundred times a second in either database, without waiting for any lock.

    Runs in a process of its own until it is sent something; answers with what it did.
    """
    done, busy, begun = 0, 0, time.monotonic()
    with closing(twins.open_sealed()) as sealed, closing(twins.open_plain()) as plain:
        for connection in (sealed, plain):
            connection.execute("PRAGMA busy_timeout = 0")
        asked.send("ready")
        while not asked.poll(max(0.0, begun + (done + busy) / _SAVES_A_SECOND - time.monotonic())):
            kept = [_saved(connection, done + busy) for connection in (sealed, plain)]
            done, busy = done + all(kept), busy + (not all(kept))
    asked.recv()
    asked.send(Saved(done, busy, time.monotonic() - begun))


def _saved(connection: Any, number: int) -> bool:
    try:
        connection.execute(_SAVE, (f"save {number}", b"x" * 200))
    except (sqlite3.OperationalError, dbapi2.OperationalError):
        return False
    return True


class Watch(Progress):
    """Counts how often a copy began again: it has then done less than it had before."""

    def __init__(self) -> None:
        super().__init__()
        self.restarts = 0
        self._done = 0

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        """Compare with the last report."""
        self.restarts += done < self._done
        self._done = done


def copying(stock: Stock) -> list[Figure]:
    """B11: a copy under a new key beside a plain backup, both while rows are saved."""
    twins = _large(stock)
    watches: list[Watch] = []
    with _saving(twins) as saved:
        turns = by_turns(_sealed_copy(twins, watches), _plain_copy(twins), ROUNDS)
    twins.remove()
    name = f"copy of {stock.work.many(500, 40)} MB while others save : plain backup"
    note = f"on {stock.work.disk.kind}"
    return [
        turns.figure(name, at_most(8), at_most(6), note=note),
        turns.figure(name, measure="wall", note=note),
        count("copies that began again", sum(w.restarts for w in watches), _NONE),
        count("saves refused as busy", sum(s.busy for s in saved), _NONE),
        count("saves a second meanwhile", sum(s.done / s.seconds for s in saved), None),
    ]


def _large(stock: Stock) -> Twins:
    twins = Twins.create(stock.work.disk.folder, "large")
    block = random.Random(9).randbytes(_BLOCK)
    rows: Rows = [(own, block) for own in ids(stock.work.many(500, 40) * 1_000_000 // _BLOCK, 10)]
    twins.fill(_FILL, rows)
    return twins


@contextmanager
def _saving(twins: Twins) -> Iterator[list[Saved]]:
    """Save in another process during the block; what it did is in the list afterwards."""
    context, saved = get_context("spawn"), list[Saved]()
    here, there = context.Pipe()
    process = context.Process(target=save_steadily, args=(twins, there))
    process.start()
    there.close()
    here.recv()
    try:
        yield saved
    finally:
        here.send("enough")
        saved.append(here.recv())
        process.join()


def _sealed_copy(twins: Twins, watches: list[Watch]) -> Side:
    @contextmanager
    def side() -> Iterator[Work]:
        target, watch = twins.folder / "copy.db", Watch()
        with closing(twins.open_sealed()) as source:
            yield lambda: copy_database(source, target, _COPY_KEY, watch)
        watches.append(watch)
        remove_database(target)

    return side


def _plain_copy(twins: Twins) -> Side:
    @contextmanager
    def side() -> Iterator[Work]:
        target = twins.folder / "copy-plain.db"
        with closing(twins.open_plain()) as source, closing(sqlite3.connect(target)) as copy:
            yield lambda: _backed_up(source, copy)
        remove_database(target)

    return side


def _backed_up(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    source.backup(copy, pages=_PAGES_A_STEP)
    source.execute("ROLLBACK")
