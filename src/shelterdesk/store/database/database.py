"""The encrypted database: how it is opened, and the two blocks in which it is read and written.

SQLCipher with a raw key and its default cipher settings; WAL with synchronous=FULL, which lost
nothing in ten thousand simulated power cuts where WAL+NORMAL lost acknowledged work in 355 of 800
(design: the vault). What `writing()` leaves without an error is on the disk.
"""

import contextlib
import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from shelterdesk.core.errors import Busy, DamagedFile, DeskError, DiskFailing, NoSpace
from shelterdesk.store.database.unit_of_work import VaultSession, guard_statement
from shelterdesk.store.disk.durable import open_private
from shelterdesk.store.disk.faults import database_faults
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import Writer

DriverConnection = Any
"""A connection of the driver, which ships without type information."""

RAW_KEY_DIGITS: Final = 96
PAGE: Final = 4096
_WAIT_SECONDS: Final = 10
_CACHE_KIB: Final = 32_000
"""Page cache of one connection: 20,000 cases with notes and visits fit, and are decrypted once."""

_WAL_LIMIT: Final = 8 << 20
"""Bytes in the journal after which a checkpoint is taken, with its result checked."""

_SETTINGS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA wal_autocheckpoint = 0",
    f"PRAGMA cache_size = -{_CACHE_KIB}",
)


def connect(path: Path, key: bytes, *, read_only: bool = False) -> DriverConnection:
    """Open an existing database file with its 48-byte raw key (key and salt).

    A file that is not there is never created. Raises the driver's own errors.
    """
    digits = key.hex()
    if len(digits) != RAW_KEY_DIGITS:
        raise ValueError(
            "a raw key has 96 hexadecimal digits; fewer would be taken as a passphrase"
        )
    mode = "ro" if read_only else "rw"
    connection = dbapi2.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{digits}'\"")
        for setting in _SETTINGS:
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection


def create_file(path: Path, key: bytes) -> None:
    """Make a new, empty, private database in WAL mode; raises FileExistsError if there is one."""
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    open_private(path).close()
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def close_whole(connection: DriverConnection) -> None:
    """Bring the journal into the file, checked, and close; raises DiskFailing or Busy."""
    try:
        _checkpoint(connection)
    finally:
        connection.close()


def _checkpoint(connection: DriverConnection) -> None:
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Busy


class Database:
    """An open vault database; every session in it knows whose hand it is."""

    def __init__(self, path: Path, key: bytes, writer: Writer) -> None:
        self.path = path
        self.writer = writer
        self.warnings: list[DeskError] = []
        """Faults noticed after a save that itself succeeded; shown at the next occasion."""
        self.on_full: Callable[[], None] = lambda: None
        self.saves = 0
        """How often something was saved since the records were opened."""
        self._key = key
        self._engine = self._new_engine()
        self._sessions = sessionmaker(class_=VaultSession, expire_on_commit=False)
        self._turn = threading.RLock()
        self._replacing = False

    def __repr__(self) -> str:
        return "<Database>"

    def _new_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=dbapi2,
            creator=lambda: connect(self.path, self._key),
            poolclass=QueuePool,
            pool_size=2,
            max_overflow=4,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        event.listen(engine, "before_cursor_execute", _guard)
        event.listen(engine, "reset", _reset)
        return engine

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one unchanging state and waits for nobody."""
        with self._session(writing=False) as session:
            yield session

    @contextlib.contextmanager
    def writing(self, wait: float | None = None) -> Iterator[Session]:
        """Give a session whose work is on the disk when the block ends, or not done at all.

        What another thread saves meanwhile is waited for, at most `wait` seconds. Raises NoSpace,
        DiskFailing, Busy, ChangedElsewhere, InvalidFields, NotAllowed.
        """
        try:
            with self._my_turn(wait=wait), self._session(writing=True) as session:
                yield session
                session.commit()
                self.saves += 1
        except NoSpace:
            self.on_full()
            raise
        except (DiskFailing, DamagedFile):
            self._engine.dispose()
            raise
        self._tend_journal()

    @contextlib.contextmanager
    def _session(self, *, writing: bool) -> Iterator[Session]:
        bind = self._engine.execution_options(desk_writing=writing)
        with database_faults(), self._sessions(bind=bind) as session:
            audit.appoint(session, self.writer, may_write=writing)
            yield session

    def _tend_journal(self) -> None:
        """Take a checkpoint when the journal has grown; a failure is a warning, no lost save."""
        journal = self.path.with_name(self.path.name + "-wal")
        if not journal.exists() or journal.stat().st_size < _WAL_LIMIT:
            return
        try:
            self.checkpoint()
        except Busy:
            return
        except DeskError as warning:
            self.warnings.append(warning)

    def checkpoint(self) -> None:
        """Bring the journal into the main file and check that it worked; raises DiskFailing, Busy.

        A dying disk is silent otherwise: SQLite swallows errors of automatic checkpoints.
        """
        with self._my_turn(replacing=True), self.driver() as connection:
            _checkpoint(connection)

    @contextlib.contextmanager
    def replacing(self) -> Iterator[None]:
        """Let nobody in this program save during the block, in which the file is replaced.

        What was saved meanwhile would be in the old file only. Raises Busy when a save goes on
        for too long; saves from other threads wait, and then say that it is busy.
        """
        with self._my_turn(replacing=True):
            self._replacing = True
            try:
                yield
            finally:
                self._replacing = False

    @contextlib.contextmanager
    def _my_turn(self, *, replacing: bool = False, wait: float | None = None) -> Iterator[None]:
        if not self._turn.acquire(timeout=_WAIT_SECONDS if wait is None else wait):
            raise Busy
        try:
            if self._replacing and not replacing:
                raise Busy
            yield
        finally:
            self._turn.release()

    def take_key(self, key: bytes) -> None:
        """Go on with another key, after the closed file was replaced by one under that key."""
        self._key = key

    @contextlib.contextmanager
    def driver(self) -> Iterator[DriverConnection]:
        """Give a bare driver connection, for what only the driver can do (copying, checking)."""
        with database_faults():
            pooled = self._engine.raw_connection()
            try:
                yield pooled.driver_connection
            finally:
                pooled.close()

    def abandon(self) -> None:
        """Close every connection without asking anything more of the disk."""
        self._engine.dispose()

    def close(self) -> None:
        """Take a last, checked checkpoint and close every connection; raises DiskFailing."""
        try:
            self.checkpoint()
        finally:
            self._engine.dispose()


def _begin(connection: Any) -> None:
    writing = connection.get_execution_options().get("desk_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _reset(connection: DriverConnection, *_: object) -> None:
    """End what a failed commit has left open, before the connection is used again."""
    connection.rollback()


def _guard(connection: Any, _cursor: object, statement: str, *_: object) -> None:
    guard_statement(connection, statement)
