"""The shape of the database: its revisions, and how an older file is brought up to date.

An older file is never changed in place: a copy is migrated and checked, the old file is kept
beside, and the copy takes its place in one step.
"""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool, StaticPool
from sqlcipher3 import dbapi2

from shelterdesk.core.errors import DamagedFile, ForeignFile, NewerFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.paths import migrations
from shelterdesk.core.work import Progress
from shelterdesk.store.database.database import DriverConnection, close_whole, connect
from shelterdesk.store.database.integrity import demand_whole, row_counts
from shelterdesk.store.database.snapshot import copy_database, remove_database, room_for_copies
from shelterdesk.store.disk.durable import replace_file, sync_file
from shelterdesk.store.disk.faults import RECORDS_FILE, database_faults, disk_faults

REVISIONS: Final = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010"),
    *("0011", "0012", "0013", "0014", "0015"),
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
)
"""Every revision there has been, oldest first; alembic itself is loaded for older files only."""

HEAD: Final = REVISIONS[-1]
_NOT_KEPT: Final = {"alembic_version", "search_entry", "search_words"}
"""Tables whose rows an upgrade changes or drops: the revision, and the index there was to 0014."""

_ONE_AT_A_TIME: Final = Lock()
"""Alembic keeps what it works on for the whole process: two threads would write into one base."""

SchemaObjects = dict[tuple[str, str], str]
"""Type and name of a table, index, trigger or view, with its normalised SQL."""


def revision_of(connection: DriverConnection) -> str:
    """Return the schema revision of a database.

    Raises NewerFile for a revision that is not known here, ForeignFile for a file without one.
    """
    with database_faults():
        known = connection.execute(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'"
        ).fetchone()
        if not known[0]:
            raise ForeignFile
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(rows) != 1:
        raise ForeignFile
    if rows[0][0] not in REVISIONS:
        raise NewerFile
    return str(rows[0][0])


def bring_to(path: Path, key: bytes, revision: str = HEAD) -> None:
    """Run the migrations on the database at `path` up to `revision`.

    Foreign keys are off while tables are rebuilt (with them on, a rebuild can delete child rows)
    and checked afterwards by the caller.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=NullPool,
        hide_parameters=True,
    )
    _upgrade(engine, revision)


def _upgrade(engine: Engine, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = OFF"))
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    settings = Config()
    settings.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    with _ONE_AT_A_TIME, database_faults(), engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


@disk_faults()
def migrate(path: Path, key: bytes, progress: Progress) -> str:
    """Bring the database at `path` up to date by way of a checked copy; returns the old revision.

    The old file stays as `before-<revision>.db`, under the same key. Nothing else may have the
    database open. Raises NoSpace, DamagedFile, Cancelled; the old file is then in place.
    """
    room_for_copies(path)
    following = path.with_name("following.db")
    remove_database(following)
    try:
        old = _migrated_copy(path, following, key, progress)
        _keep_old(path, path.with_name(f"before-{old}.db"), key, progress)
        _take_place(following, path)
    finally:
        remove_database(following)
    return old


def _migrated_copy(path: Path, following: Path, key: bytes, progress: Progress) -> str:
    progress.begin(N_("Copying the records"))
    source = connect(path, key)
    try:
        old = revision_of(source)
        copy_database(source, following, key, progress)
        before = row_counts(source)
    finally:
        close_whole(source)
    progress.begin(N_("Bringing the copy up to date"))
    bring_to(following, key)
    copy = connect(following, key)
    try:
        demand_whole(copy)
        after = row_counts(copy)
    finally:
        close_whole(copy)
    if any(after.get(table) != rows for table, rows in before.items() if table not in _NOT_KEPT):
        raise DamagedFile(what=RECORDS_FILE)
    return old


def _keep_old(path: Path, kept: Path, key: bytes, progress: Progress) -> None:
    progress.begin(N_("Keeping the old file"))
    part = kept.with_name(kept.name + ".part")
    remove_database(part)
    source = connect(path, key)
    try:
        copy_database(source, part, key, progress)
    finally:
        close_whole(source)
    sync_file(part)
    replace_file(part, kept)


def _take_place(following: Path, path: Path) -> None:
    """Put the new file in the old one's place; the old one's journal must be gone before."""
    for ending in ("-wal", "-shm"):
        leftover = path.with_name(path.name + ending)
        if ending == "-wal" and leftover.exists() and leftover.stat().st_size:
            raise DamagedFile(what=RECORDS_FILE)
        leftover.unlink(missing_ok=True)
    sync_file(following)
    replace_file(following, path)


def objects_in(connection: DriverConnection) -> SchemaObjects:
    """Return every table, index, trigger and view of a database, statistics tables aside."""
    with database_faults():
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name): _normalised(sql) for kind, name, sql in rows}


def _normalised(sql: str | None) -> str:
    return re.sub(r"\s+", " ", (sql or "").replace('"', "")).strip()


@cache
def expected_objects(revision: str) -> SchemaObjects:
    """Return the objects that a database of `revision` has, made by running the migrations."""
    engine = create_engine("sqlite://", module=dbapi2, creator=_in_memory, poolclass=StaticPool)
    raw: Any = engine.raw_connection().driver_connection
    _upgrade(engine, revision)
    found = objects_in(raw)
    engine.dispose()
    return found


def _in_memory() -> DriverConnection:
    return dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)


def demand_expected(connection: DriverConnection, what: str) -> str:
    """Compare a database with what its revision should hold, object by object.

    Returns its revision. Raises DamagedFile naming `what` for one trigger, view, column or index
    too many or too few, NewerFile, ForeignFile.
    """
    revision = revision_of(connection)
    if objects_in(connection) != expected_objects(revision):
        raise DamagedFile(what=what)
    return revision
