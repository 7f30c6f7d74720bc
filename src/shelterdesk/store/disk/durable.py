"""Files that are either there whole or not at all, also when the power fails in between.

Every new file is written beside its place, synced, renamed, and the folder synced. On Windows and
on sticks formatted with FAT a folder cannot be synced; the rename is then as good as the system
makes it.
"""

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from shelterdesk.core import ordinary
from shelterdesk.core.errors import NoSpace
from shelterdesk.core.system.moving import put_beside
from shelterdesk.store.disk.access_windows import own_on_windows
from shelterdesk.store.disk.faults import place_faults
from shelterdesk.store.disk.outside_windows import forget_on_windows

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
_BLOCK: Final = 1 << 20
PART = ".part"
"""Ending of a file that is still being written; whoever finds one may delete it."""


def private_folder(folder: Path) -> Path:
    """Make `folder` (and its parents) readable by this account only, to last, and return it."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for level in reversed(missing):
        level.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        keep_to_owner(level)
        sync_folder(level.parent)
    return folder


def keep_to_owner(folder: Path) -> Path:
    """Close a folder that was there already to everybody but this account, and return it."""
    if sys.platform == "win32":
        own_on_windows(str(folder))
    else:
        folder.chmod(PRIVATE_FOLDER)
    return folder


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last through a power cut, where the system offers that.

    An input/output error is raised; a system or stick that cannot sync folders is not an error.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        with contextlib.suppress(PermissionError, IsADirectoryError):
            _sync_where_possible(handle)
    finally:
        os.close(handle)


def _sync_where_possible(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in _CANNOT_SYNC_FOLDERS:
            raise


_CANNOT_SYNC_FOLDERS = {22, 95}  # EINVAL, EOPNOTSUPP: what FAT drivers answer


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that appears at `path`, synced, when the block ends without error.

    A file or link that lay at `path` is replaced in one step, a folder is refused as StrangeFile.
    After an error nothing is left behind.
    """
    part = path.with_name(path.name + PART)
    made = open_private(part)
    try:
        with made as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        ordinary.put_in_place(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def open_private(path: Path) -> IO[bytes]:
    """Open a new, empty file that only this account can read; never what another has laid there."""
    return os.fdopen(ordinary.made(path), "w+b")


def open_ordinary(path: Path) -> IO[bytes]:
    """Open an existing file of ours to read; raises StrangeFile where a link or pipe lies."""
    return os.fdopen(ordinary.opened(path), "rb")


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all; faults become DeskErrors."""
    with place_faults(path), new_file(path) as file:
        file.write(content)


def sync_file(path: Path) -> None:
    """Make what was written to `path` last through a power cut."""
    handle = ordinary.opened(path, ordinary.READING | os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(source: Path, target: Path) -> None:
    """Put a finished, synced file in the place of another, in one step that lasts.

    What was done in the folder before (a journal taken away) lasts before the step does.
    """
    sync_folder(target.parent)
    ordinary.put_in_place(source, target)
    sync_folder(target.parent)


def rename(source: Path, target: Path) -> None:
    """Move within one disk, in one step that lasts."""
    put_beside(source, target)
    sync_folder(target.parent)


def forget_cached(path: Path) -> None:
    """Ask the system to drop its copy of `path`, so that reading asks the medium itself."""
    if sys.platform == "win32":
        forget_on_windows(path)
        return
    with open_ordinary(path) as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sha256_of(path: Path, step: Callable[[int], None] = lambda _: None) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits; `step` is told the bytes read."""
    digest = hashlib.sha256()
    with open_ordinary(path) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            step(len(block))
    return digest.hexdigest()


def room_for(folder: Path, needed: int, where: str) -> None:
    """Raise NoSpace unless `needed` bytes are free at `folder`."""
    if shutil.disk_usage(folder).free < needed:
        raise NoSpace(where=where)
