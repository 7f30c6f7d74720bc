"""The copy of the records that a backup is made of, and where it lies meanwhile.

On the computer's own disk, where a slow stick cannot hold it up; and where that disk has no room,
on the stick itself, in the unfinished generation. It is encrypted under a key for this once in
either place, and it is gone before the generation gets its name.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shelterdesk.core.calendar.clock import system_clock
from shelterdesk.core.errors import DiskFailing, NoSpace
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.stick import COPIES
from shelterdesk.store.database.database import Database, close_whole, connect
from shelterdesk.store.database.integrity import demand_whole, row_counts
from shelterdesk.store.database.schema import demand_expected
from shelterdesk.store.database.snapshot import RESERVE, copy_database
from shelterdesk.store.disk.faults import THE_DISK, THE_STICK, database_faults, place_faults
from shelterdesk.store.disk.outside import Folder
from shelterdesk.store.keyring.keys import DATABASE_KEY_SIZE
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogState, Writer
from shelterdesk.store.vault.vault import Vault

_SNAPSHOT_NAME: Final = N_("The copy of the records")


@dataclass(frozen=True)
class CopyPlace:
    """Where the copies lie, and how its disk is called when it is full."""

    folder: Path
    where: str

    @property
    def on_stick(self) -> bool:
        """Whether the computer's disk had no room."""
        return self.where == THE_STICK

    @contextlib.contextmanager
    def faults(self) -> Iterator[None]:
        """Tell a full or failing disk in the block as the one that the copies lie on."""
        try:
            with place_faults(self.where), database_faults():
                yield
        except (NoSpace, DiskFailing) as fault:
            if not self.on_stick:
                raise
            raise type(fault)(where=THE_STICK) from fault


@contextlib.contextmanager
def place_for_copies(vault: Vault, part: Folder) -> Iterator[CopyPlace]:
    """Give the place for the copies: on this disk when there is room, else in `part`.

    Raises NoSpace, naming the stick, when there is room on neither.
    """
    size = vault.database.path.stat().st_size
    if shutil.disk_usage(vault.place.root).free >= 2 * size + RESERVE:
        with place_faults(THE_DISK):
            staging = vault.place.staging()
        try:
            yield CopyPlace(staging, THE_DISK)
        finally:
            vault.place.clear_away(staging)
        return
    part.demand_room(3 * size)
    try:
        yield CopyPlace(part.path, THE_STICK)
    finally:
        for name in COPIES:
            part.discard(name)


@dataclass(frozen=True)
class Snapshot:
    """The records at one moment: an encrypted file, its key, and what it holds."""

    path: Path
    key: bytes
    size: int
    revision: str
    counts: dict[str, int]
    log: LogState
    names: tuple[tuple[str, str], ...]
    """Name and SHA-256 of every attached file."""


def take_snapshot(vault: Vault, place: CopyPlace, progress: Progress) -> Snapshot:
    """Copy the live database under a key for this once, and check the copy."""
    progress.begin(N_("Copying the records"))
    path, key = place.folder / COPIES[0], os.urandom(DATABASE_KEY_SIZE)
    with place.faults():
        with vault.database.driver() as connection:
            copy_database(connection, path, key, progress)
        return _described(path, key)


def _described(path: Path, key: bytes) -> Snapshot:
    connection = connect(path, key)
    try:
        demand_whole(connection)
        revision = demand_expected(connection, _SNAPSHOT_NAME)
        counts = row_counts(connection)
        names = connection.execute(
            "SELECT file_name, file_sha256 FROM attachment WHERE file_name != '' ORDER BY 1"
        ).fetchall()
    finally:
        close_whole(connection)
    size = path.stat().st_size
    return Snapshot(path, key, size, revision, counts, _log_of(path, key), tuple(names))


def _log_of(path: Path, key: bytes) -> LogState:
    copy = Database(path, key, Writer("", system_clock))
    try:
        with copy.reading() as session:
            return audit.log_state(session)
    finally:
        copy.close()
