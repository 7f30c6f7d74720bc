"""A copy of a live database at one moment, while others go on writing.

The copying holds a read transaction, because a stepped copy without one starts again at every
write and never ends (design: 207 restarts in 15 s). Writers are not held up.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from shelterdesk.core.errors import DiskFailing, NoSpace
from shelterdesk.core.work import Progress
from shelterdesk.store.database.database import DriverConnection, connect
from shelterdesk.store.disk.durable import open_private, room_for, sync_file
from shelterdesk.store.disk.faults import THE_DISK, database_faults

_PAGES_A_STEP: Final = 2000
RESERVE: Final = 200 << 20
"""Bytes that must stay free on the disk beside any work on copies."""


def room_for_copies(database: Path) -> None:
    """Raise NoSpace unless twice the database and 200 MB are free beside it."""
    room_for(database.parent, 2 * database.stat().st_size + RESERVE, THE_DISK)


def copy_database(source: DriverConnection, target: Path, key: bytes, progress: Progress) -> None:
    """Copy `source` as it is now into a new file `target` encrypted under `key`.

    Raises Cancelled, NoSpace, DiskFailing; what was begun is then removed.
    """
    try:
        with database_faults():
            open_private(target).close()
            _copy(source, target, key, progress)
            sync_file(target)
    except BaseException:
        remove_database(target)
        raise


def _copy(source: DriverConnection, target: Path, key: bytes, progress: Progress) -> None:
    """Copy without a journal: nobody sees the target before it is whole, and it is synced once.

    The pages copied say themselves that the database works with a journal from then on.
    """
    copy = connect(target, key)
    copy.execute("PRAGMA journal_mode = OFF")
    copy.execute("PRAGMA synchronous = OFF")
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with _uncoded_faults(target.parent):
            source.backup(
                copy,
                pages=_PAGES_A_STEP,
                progress=lambda _status, left, total: progress.step(total - left, total),
            )
    finally:
        source.execute("ROLLBACK")
        copy.close()


@contextlib.contextmanager
def _uncoded_faults(folder: Path) -> Iterator[None]:
    """Tell a fault of the driver's copying, which alone comes without an error code."""
    try:
        yield
    except dbapi2.OperationalError as fault:
        if getattr(fault, "sqlite_errorcode", None) is not None:
            raise
        full = shutil.disk_usage(folder).free < RESERVE
        raise (NoSpace if full else DiskFailing)(where=THE_DISK) from fault


def remove_database(path: Path) -> None:
    """Delete a database file and its journal files, as far as that can be done now."""
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
