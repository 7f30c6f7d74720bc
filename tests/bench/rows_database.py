"""B1 to B6 and B10: opening, saving, reading and filling, encrypted beside plain."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, Final

from sqlcipher3 import dbapi2

from shelterdesk.core.passphrases import canonical
from shelterdesk.store.database.database import DriverConnection, close_whole
from shelterdesk.store.keyring.keyring import read_keyring
from shelterdesk.store.keyring.keys import open_holder
from tests.bench.figures import Figure, at_most
from tests.bench.invented import NOTES, ids
from tests.bench.rounds import ROUNDS, Side, Work, by_turns, ready
from tests.bench.stock import Stock
from tests.bench.twins import Task, Twins, insert
from tests.factories import DIRECTOR, PASSPHRASE, new_shelter

SHORT_ROUNDS: Final = 11
_SAVE: Final = (
    "INSERT INTO draft(id, owner, page, saved_at, sealed) VALUES (?, 'b', 'note', '2026', ?)"
)
_JOIN: Final = (
    'SELECT count(*), sum(length(n.text)), max(v.at) FROM "case" c'
    " JOIN case_note n ON n.case_id = c.id JOIN health_visit v ON v.case_id = c.id"
    " WHERE c.rowid <= ?"
)


def opening(stock: Stock) -> list[Figure]:
    """B1: open, key and first read against the same library without a key; and the unlock."""
    twins = stock.cases
    times = stock.work.many(100, 20)
    turns = by_turns(
        ready(lambda: [_first_read(twins.open_sealed()) for _ in range(times)]),
        ready(lambda: [_first_read(_unkeyed(twins)) for _ in range(times)]),
        SHORT_ROUNDS,
    )
    ratio = turns.figure("open with a raw key : same library, no key", at_most(1.6), at_most(1.4))
    return [ratio, _unlock(stock)]


def _unkeyed(twins: Twins) -> DriverConnection:
    connection = dbapi2.connect(
        f"{twins.plain.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    for setting in twins.settings:
        connection.execute(setting)
    return connection


def _first_read(connection: DriverConnection) -> object:
    with closing(connection):
        return connection.execute('SELECT code FROM "case" LIMIT 1').fetchone()


def _unlock(stock: Stock) -> Figure:
    shelter = new_shelter(stock.work.memory.folder / "unlock")
    shelter.vault.lock()
    keyring = read_keyring(shelter.place.vault())
    holder, given = keyring.person(DIRECTOR), canonical(PASSPHRASE)

    @contextmanager
    def unlocking() -> Iterator[Work]:
        yield shelter.unlock
        shelter.vault.lock()

    derivation = ready(lambda: open_holder(keyring.store_id, holder, given))
    turns = by_turns(unlocking, derivation, SHORT_ROUNDS)
    shelter.place.close()
    return turns.difference("whole unlock, the key derivation left out")


def saving(stock: Stock) -> list[Figure]:
    """B2: transactions of one row, journal synced at each, on a real disk."""
    place = stock.work.disk
    twins = Twins.create(place.folder, "saving")
    times = stock.work.many(100, 25)
    names = iter(ids(2 * 21 * times, seed=7))

    def one_by_one(connection: Any) -> None:
        for _ in range(times):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_SAVE, (next(names), b"x" * 200))
            connection.execute("COMMIT")

    ours, theirs = (_checkpointed(opened(), one_by_one) for opened in twins.openers)
    turns = by_turns(ours, theirs, 21)
    note = f"on {place.kind}"
    what = "save one row : stdlib sqlite3"
    return [turns.figure(what, at_most(1.25), at_most(1.10), measure="wall", note=note)]


def _checkpointed(connection: Any, task: Task) -> Side:
    """Return a side on one connection whose journal is emptied after each round."""

    @contextmanager
    def side() -> Iterator[Work]:
        yield lambda: task(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return side


def reading_warm(stock: Stock) -> list[Figure]:
    """B3: what was read a moment ago is read again, rows by id."""
    chance = random.Random(8)
    twins = stock.joined
    with closing(twins.open_sealed()) as connection:
        known = connection.execute("SELECT id FROM case_note LIMIT 2000").fetchall()
    chosen = chance.sample(known, len(known))
    points = _each("SELECT text, at FROM case_note WHERE id = ?", chosen)
    return [_warm(twins, points, "rows by id, warm : stdlib")]


def _each(statement: str, parameters: list[Any]) -> Task:
    def task(connection: Any) -> None:
        for values in parameters:
            connection.execute(statement, values).fetchall()

    return task


def _warm(twins: Twins, task: Task, what: str) -> Figure:
    with closing(twins.open_sealed()) as sealed, closing(twins.open_plain()) as plain:
        for connection in (sealed, plain):
            task(connection)
        turns = by_turns(ready(lambda: task(sealed)), ready(lambda: task(plain)), SHORT_ROUNDS)
    return turns.figure(what, at_most(1.10), at_most(1.0))


def joining_cold(stock: Stock) -> list[Figure]:
    """B4: cases, notes and visits read together on a connection that was just opened."""
    many = stock.joined_cases
    turns = by_turns(*stock.joined.cold(_join(many)), SHORT_ROUNDS)
    return [turns.figure(f"join of {many:,} cases, cold : stdlib", at_most(2.6), at_most(2.0))]


def _join(cases: int) -> Task:
    return _each(_JOIN, [(cases,)])


def joining_warm(stock: Stock) -> list[Figure]:
    """B5: the same once more on the same connection; and half of it, which the cache holds."""
    many = stock.joined_cases
    whole, half = (
        _warm(stock.joined, _join(cases), f"join of {cases:,} cases, warm : stdlib")
        for cases in (many, many // 2)
    )
    return [
        replace(whole, gate=at_most(1.2), stretch=at_most(1.05)),
        replace(half, gate=None, stretch=None),
    ]


def filling(stock: Stock) -> list[Figure]:
    """B6: all notes of a full vault in one transaction."""
    turns = by_turns(*stock.cases.spoiling(insert(NOTES, stock.note_rows)), ROUNDS)
    return [turns.figure(f"insert {stock.work.notes:,} notes : stdlib", at_most(2.2), at_most(1.7))]


def sizes(stock: Stock) -> list[Figure]:
    """B10: the whole file of a full vault."""
    for opened in stock.full.openers:
        close_whole(opened())
    ratio = stock.full.sealed.stat().st_size / stock.full.plain.stat().st_size
    what = f"file of {stock.work.notes:,} notes : plain file"
    return [Figure(what, ratio, "count", "×", at_most(1.12), at_most(1.06))]
