"""A folder held by its descriptor: every name in it is looked up from there (openat and others)."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import StrangeFile
from shelterdesk.core.ordinary import MAKING, PRIVATE_FILE, READING, Lying, kind_of

PRIVATE_FOLDER: Final = 0o700
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_BELOW: Final = _FOLDER | getattr(os, "O_NOFOLLOW", 0)
_IS_STRANGE: Final = {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}
_CANNOT_SYNC: Final = {errno.EINVAL, errno.EOPNOTSUPP, errno.EACCES, errno.EPERM, errno.EISDIR}
"""What drivers of sticks answer when folders cannot be synced."""


def held_by_descriptor(path: Path) -> "HeldByDescriptor":
    """Hold the folder that `path` leads to; raises OSError."""
    handle = os.open(path, _FOLDER)
    return HeldByDescriptor(handle, os.fstat(handle).st_dev)


class HeldByDescriptor:
    """A folder on the disk `device`; what lies on another disk is strange to it."""

    def __init__(self, handle: int, device: int) -> None:
        self._handle, self.device = handle, device

    @property
    def identity(self) -> tuple[int, int]:
        """Its disk and its number there."""
        found = os.fstat(self._handle)
        return found.st_dev, found.st_ino

    def child(self, name: str) -> "HeldByDescriptor":
        """Hold a folder in this one."""
        with _told_as_strange(name):
            handle = os.open(name, _BELOW, dir_fd=self._handle)
        if os.fstat(handle).st_dev != self.device:
            os.close(handle)
            raise StrangeFile(what=name)
        return HeldByDescriptor(handle, self.device)

    def names(self) -> Iterator[str]:
        """Yield the names in it."""
        with os.scandir(self._handle) as found:
            for entry in found:
                yield entry.name

    def look(self, name: str) -> Lying | None:
        """Tell what lies under a name."""
        try:
            found = os.stat(name, dir_fd=self._handle, follow_symlinks=False)
        except FileNotFoundError:
            return None
        return _kind(found, self.device)

    def open(self, name: str) -> int:
        """Return a handle to read an ordinary file: looked at before, and once more by handle."""
        found = os.stat(name, dir_fd=self._handle, follow_symlinks=False)
        if _kind(found, self.device) is not Lying.FILE:
            raise StrangeFile(what=name)
        with _told_as_strange(name):
            handle = os.open(name, READING, dir_fd=self._handle)
        if _kind(os.fstat(handle), self.device) is not Lying.FILE:
            os.close(handle)
            raise StrangeFile(what=name)
        return handle

    def create(self, name: str) -> int:
        """Return a handle to write a new file."""
        return os.open(name, MAKING, PRIVATE_FILE, dir_fd=self._handle)

    def forget(self, name: str) -> None:
        """Let the system drop its copy of a file, where it has a call for that."""
        handle = self.open(name)
        try:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)

    def make(self, name: str) -> None:
        """Make a folder."""
        os.mkdir(name, PRIVATE_FOLDER, dir_fd=self._handle)

    def rename(self, name: str, to: str) -> None:
        """Give another name."""
        os.rename(name, to, src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def remove(self, name: str) -> None:
        """Delete a file or a link itself."""
        os.unlink(name, dir_fd=self._handle)

    def remove_folder(self, name: str) -> None:
        """Delete an empty folder."""
        os.rmdir(name, dir_fd=self._handle)

    def sync(self) -> None:
        """Sync the entries; a stick that cannot do that is no error."""
        try:
            os.fsync(self._handle)
        except OSError as fault:
            if fault.errno not in _CANNOT_SYNC:
                raise

    def free(self) -> int:
        """Return how many bytes can still be written."""
        return shutil.disk_usage(self._handle).free

    def close(self) -> None:
        """Let go."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _kind(found: os.stat_result, device: int) -> Lying:
    return kind_of(found) if found.st_dev == device else Lying.STRANGE


@contextlib.contextmanager
def _told_as_strange(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in _IS_STRANGE:
            raise StrangeFile(what=name) from fault
        raise
