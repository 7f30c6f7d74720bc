"""Finding out, before anything is touched, whether the file in the vault's place is the vault.

Seven things can be wrong, and each has its own sentence; none of them changes a byte.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import (
    DamagedFile,
    EmptyFile,
    ForeignFile,
    MissingRecords,
    StrangeFile,
)
from shelterdesk.core.ordinary import demand_ordinary, lies_at
from shelterdesk.store.database.database import PAGE, connect
from shelterdesk.store.database.integrity import demand_full_length, has_journal
from shelterdesk.store.database.schema import revision_of
from shelterdesk.store.disk.durable import open_ordinary
from shelterdesk.store.disk.faults import RECORDS_FILE, database_faults
from shelterdesk.store.keyring.keys import Keys

STORE: Final = "store.db"
_PLAIN_SQLITE: Final = b"SQLite format 3\x00"
_SALT: Final = 16


def demand_file(path: Path) -> None:
    """Raise MissingRecords, EmptyFile, ForeignFile or DamagedFile by what can be seen outside.

    Raises StrangeFile for a link or pipe in the place of the file or of its journals, which SQLite
    would write to.
    """
    for ending in ("-wal", "-shm", "-journal"):
        _demand_own(path.with_name(path.name + ending))
    demand_ordinary(path)
    if lies_at(path) is None:
        raise MissingRecords
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    if _start(path) == _PLAIN_SQLITE:
        raise ForeignFile
    if size % PAGE and not has_journal(path):
        raise DamagedFile(what=RECORDS_FILE)


def _demand_own(journal: Path) -> None:
    """Raise StrangeFile for a journal that is another file's second name: it is overwritten."""
    demand_ordinary(journal)
    if lies_at(journal) is not None and journal.lstat().st_nlink > 1:
        raise StrangeFile(what=journal.name)


def _start(path: Path) -> bytes:
    with open_ordinary(path) as file:
        return file.read(_SALT)


def fitting_generation(path: Path, keys: Keys) -> int:
    """Return the generation of the vault key that opens the database.

    Raises ForeignFile when the file starts with none of our salts, DamagedFile when it does but
    no key opens it, NewerFile for a schema that only a later program knows.
    """
    generations = keys.vault_generations()
    for generation in generations:
        if _opens(path, keys.vault_key(generation)):
            return generation
    salts = [keys.vault_key(generation)[-_SALT:] for generation in generations]
    raise _unreadable(_start(path), salts)


def _unreadable(start: bytes, salts: Iterable[bytes]) -> DamagedFile | ForeignFile:
    return DamagedFile(what=RECORDS_FILE) if start in salts else ForeignFile()


def _opens(path: Path, key: bytes) -> bool:
    try:
        with database_faults(), contextlib.closing(connect(path, key)) as connection:
            revision_of(connection)
            demand_full_length(path, connection)
    except DamagedFile:
        return False
    return True
