"""One database twice: encrypted, opened as the vault opens it, and plain, of the standard library.

The plain one has the vault's own tables and settings (cache, secure_delete, WAL, FULL).
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from shelterdesk.store.database.database import DriverConnection, close_whole, connect, create_file
from shelterdesk.store.database.schema import bring_to
from shelterdesk.store.keyring.keys import DATABASE_KEY_SIZE
from tests.bench.rounds import Side, Work

_COMPARED: Final = (
    "foreign_keys",
    "synchronous",
    "secure_delete",
    "trusted_schema",
    "cell_size_check",
    "wal_autocheckpoint",
    "cache_size",
)

Task = Callable[[Any], object]
"""Work on an open connection of either kind."""


def settings_of(connection: DriverConnection) -> tuple[str, ...]:
    """Return the statements that give another connection the settings of this one."""
    values = ((name, connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in _COMPARED)
    return tuple(f"PRAGMA {name} = {value}" for name, value in values)


def plain_connect(path: Path, settings: Iterable[str]) -> sqlite3.Connection:
    """Open a plain database, with its temporary tables in memory as SQLCipher has them."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("PRAGMA temp_store = MEMORY", *settings):
        connection.execute(setting)
    return connection


class Twins:
    """The pair of files, and how either is opened."""

    def __init__(self, folder: Path, name: str, key: bytes, settings: tuple[str, ...]) -> None:
        self.folder, self.key, self.settings = folder, key, settings
        self.sealed, self.plain = folder / f"{name}.db", folder / f"{name}-plain.db"

    @classmethod
    def create(cls, folder: Path, name: str) -> "Twins":
        """Make both with the tables of the present schema."""
        key = os.urandom(DATABASE_KEY_SIZE)
        path = folder / f"{name}.db"
        create_file(path, key)
        bring_to(path, key)
        with closing(connect(path, key)) as source:
            twins = cls(folder, name, key, settings_of(source))
            with closing(twins.open_plain()) as plain:
                plain.execute("PRAGMA journal_mode = WAL")
                for (statement,) in source.execute(_OWN_TABLES):
                    plain.execute(statement)
        return twins

    def open_sealed(self) -> DriverConnection:
        """Open the encrypted one as the product does."""
        return connect(self.sealed, self.key)

    def open_plain(self) -> sqlite3.Connection:
        """Open the plain one."""
        return plain_connect(self.plain, self.settings)

    @property
    def openers(self) -> tuple[Callable[[], Any], Callable[[], Any]]:
        """The two ways to open: encrypted, plain."""
        return self.open_sealed, self.open_plain

    def fill(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        """Insert the rows into both, journal emptied."""
        for opened in self.openers:
            connection = opened()
            insert(statement, rows)(connection)
            close_whole(connection)

    def copied(self, name: str) -> "Twins":
        """Return a copy of both files, to be spoiled."""
        copy = Twins(self.folder, name, self.key, self.settings)
        shutil.copyfile(self.sealed, copy.sealed)
        shutil.copyfile(self.plain, copy.plain)
        return copy

    def remove(self) -> None:
        """Delete both, with their journals."""
        for path in (self.sealed, self.plain):
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()

    def cold(self, task: Task) -> tuple[Side, Side]:
        """Return both sides of a task on a connection that was only just opened."""
        return _on_new(self.open_sealed, task), _on_new(self.open_plain, task)

    def spoiling(self, task: Task) -> tuple[Side, Side]:
        """Return both sides of a task that works on a fresh copy each time."""

        def side(which: int) -> Side:
            @contextmanager
            def made_ready() -> Iterator[Work]:
                copy = self.copied("spoiled")
                connection = copy.openers[which]()
                try:
                    yield lambda: task(connection)
                finally:
                    connection.close()
                    copy.remove()

            return made_ready

        return side(0), side(1)


_OWN_TABLES: Final = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"


def _on_new(opened: Callable[[], Any], task: Task) -> Side:
    @contextmanager
    def side() -> Iterator[Work]:
        with closing(opened()) as connection:
            yield lambda: task(connection)

    return side


def insert(statement: str, rows: list[tuple[object, ...]]) -> Task:
    """Return the task that inserts all rows in one transaction."""

    def task(connection: Any) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statement, rows)
        connection.execute("COMMIT")

    return task
