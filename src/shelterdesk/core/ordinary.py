"""Ordinary files only: what a link, a pipe or a device in the place of a file must not do.

Any program of the same account can lay something else where a file of ours belongs. A link would
make us read or overwrite a file elsewhere, a pipe would let us wait for ever, a device never ends.
So every file of ours is looked at before it is opened and once more through its handle, and a new
one is made where nothing lies.
"""

import os
import stat
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from shelterdesk.core.errors import DamagedFile, StrangeFile
from shelterdesk.core.system.moving import put_over
from shelterdesk.core.system.patience import patiently

PRIVATE_FILE: Final = 0o600
READING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)
"""Flags to read an existing file: not through a link, and without waiting for a pipe's writer."""

MAKING: Final = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)
"""Flags to make a file where nothing lies, not even a link that leads to nothing."""

_REPARSE: Final = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400)


class Lying(StrEnum):
    """What lies at a place, looked at without following it."""

    FILE = "file"
    FOLDER = "folder"
    STRANGE = "strange"
    """A link, a junction of Windows, a pipe, a device."""


def kind_of(found: os.stat_result) -> Lying:
    """Tell what was looked at, by `lstat` or through a handle."""
    if stat.S_ISLNK(found.st_mode) or getattr(found, "st_file_attributes", 0) & _REPARSE:
        return Lying.STRANGE
    if stat.S_ISREG(found.st_mode):
        return Lying.FILE
    return Lying.FOLDER if stat.S_ISDIR(found.st_mode) else Lying.STRANGE


def lies_at(path: Path) -> Lying | None:
    """Tell what lies at `path` itself; None when nothing does."""
    try:
        return kind_of(path.lstat())
    except FileNotFoundError:
        return None


def demand_ordinary(path: Path) -> None:
    """Raise StrangeFile when something lies at `path` that is no ordinary file."""
    if lies_at(path) not in (None, Lying.FILE):
        raise StrangeFile(what=path.name)


def demand_folder(path: Path) -> None:
    """Raise StrangeFile when something lies at `path` that is no folder itself."""
    if lies_at(path) not in (None, Lying.FOLDER):
        raise StrangeFile(what=path.name)


def opened(path: Path, flags: int = READING) -> int:
    """Open an existing ordinary file and return its handle.

    Raises FileNotFoundError, and StrangeFile for anything that is not an ordinary file.
    """
    before = path.lstat()
    if kind_of(before) is not Lying.FILE:
        raise StrangeFile(what=path.name)
    handle = patiently(lambda: os.open(path, flags))
    now = os.fstat(handle)
    if not stat.S_ISREG(now.st_mode) or not os.path.samestat(before, now):
        os.close(handle)
        raise StrangeFile(what=path.name)
    return handle


def read(path: Path, most: int) -> bytes:
    """Return the content of an ordinary file of at most `most` bytes.

    Raises FileNotFoundError, StrangeFile, and DamagedFile for a larger one, which is not read.
    """
    with os.fdopen(opened(path), "rb") as file:
        return bounded(file, most, path.name)


def bounded(file: IO[bytes], most: int, what: str) -> bytes:
    """Return the content of an open file; raises DamagedFile when it is larger or grows."""
    if os.fstat(file.fileno()).st_size > most or len(content := file.read(most + 1)) > most:
        raise DamagedFile(what=what)
    return content


def made(path: Path) -> int:
    """Make a new, empty file that only this account can read, and return its handle.

    What was left lying under this name is removed before: an old file, or a link itself and never
    what it leads to. Raises StrangeFile for a folder.
    """
    found = lies_at(path)
    if found is Lying.FOLDER:
        raise StrangeFile(what=path.name)
    if found is not None:
        patiently(path.unlink)
    return os.open(path, MAKING, PRIVATE_FILE)


def put_in_place(part: Path, path: Path) -> None:
    """Let a finished file take the place of `path` in one step; raises StrangeFile for a folder.

    A link in that place is replaced itself; where it leads to is not touched.
    """
    if lies_at(path) is Lying.FOLDER:
        raise StrangeFile(what=path.name)
    put_over(part, path)
