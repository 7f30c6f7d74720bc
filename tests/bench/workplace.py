"""Where the bench puts its files, and how much of everything it makes."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import psutil

IN_MEMORY: Final = ("tmpfs", "ramfs")
_ROOM: Final = 3 << 30
"""Bytes that must be free, as room and as memory, before a file system in memory is used."""


@dataclass(frozen=True)
class Place:
    """A folder and the kind of file system that it lies on."""

    folder: Path
    kind: str


@dataclass
class Workplace:
    """Two empty folders for one run: a quick one, where only code counts, and a real disk."""

    quick: bool
    memory: Place
    disk: Place

    def many(self, whole: int, quick: int) -> int:
        """Return how much to make: `whole`, or `quick` in a quick run."""
        return quick if self.quick else whole

    @cached_property
    def notes(self) -> int:
        """How many case notes a full vault has here."""
        return self.many(100_000, 4_000)


@contextmanager
def workplace(*, quick: bool) -> Iterator[Workplace]:
    """Give the two folders; they are gone when the block ends."""
    disk = _on_disk()
    memory = _in_memory() or disk
    places = [Path(tempfile.mkdtemp(prefix="bench-", dir=where)) for where in (memory, disk)]
    try:
        yield Workplace(quick, *(Place(place, kind_of(place)) for place in places))
    finally:
        for place in places:
            shutil.rmtree(place, ignore_errors=True)


def _in_memory() -> Path | None:
    """Return a roomy file system in memory that we may write to; None where there is none."""
    if not sys.platform.startswith("linux") or psutil.virtual_memory().available < 2 * _ROOM:
        return None
    mounted = (Path(p.mountpoint) for p in psutil.disk_partitions(all=True) if p.fstype == "tmpfs")
    return next((place for place in mounted if _usable(place)), None)


def _usable(place: Path) -> bool:
    return os.access(place, os.W_OK | os.X_OK) and shutil.disk_usage(place).free > _ROOM


def _on_disk() -> Path:
    """Return the folder for temporary files, or the present one where that lies in memory."""
    usual = Path(tempfile.gettempdir())
    return Path.cwd() if kind_of(usual) in IN_MEMORY else usual


def kind_of(folder: Path) -> str:
    """Return the kind of file system below `folder`, as in "ext4"."""
    real = folder.resolve()
    mounted = [p for p in psutil.disk_partitions(all=True) if real.is_relative_to(p.mountpoint)]
    return max(mounted, key=lambda p: len(p.mountpoint)).fstype if mounted else "unknown"
