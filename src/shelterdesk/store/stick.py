"""The backup medium: how its folders are named, and files cut into parts that FAT can hold.

    SD-BACKUP/<8 digits>/2026-11-23T19-02-07Z/   db.sdb.001 … keyring.json manifest.sdm README …
    SD-BACKUP/<8 digits>/files/ab/<64 digits>.sdf

Names are ASCII, without colons, and say nothing of the shelter. A generation is finished when its
folder has its own name; while it is written it is called `.part-…`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, Self

from shelterdesk.core.clock import folder_stamp, from_folder_stamp
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.store.checked_json import Content
from shelterdesk.store.durable import open_private

TOP: Final = "SD-BACKUP"
FILES: Final = "files"
UNFINISHED: Final = ".part-"
DATABASE: Final = "db.sdb"
KEYS: Final = "keyring.json"
MANIFEST: Final = "manifest.sdm"
README: Final = "README-RESTORE.txt"
SCRIPT: Final = "restore_by_hand.py"
PART_SIZE: Final = 2 << 30
"""Bytes in one part: FAT32 ends a file at 4 GiB."""


@dataclass(frozen=True)
class Listed:
    """A file of the backup: its path from the generation's folder, its size, its SHA-256."""

    name: str
    size: int
    sha256: str

    def to_content(self) -> Content:
        """Return this line as JSON values."""
        return {"name": self.name, "size": self.size, "sha256": self.sha256}


def store_folder(target: Path, store_id: str) -> Path:
    """Return the folder of one store on the medium; the digits are a pseudonym of its id."""
    return target / TOP / short_id(store_id)


def short_id(store_id: str) -> str:
    """Return eight digits that stand for a store on the outside."""
    return hashlib.sha256(f"stick {store_id}".encode()).hexdigest()[:8]


def generations(folder: Path) -> list[Path]:
    """Return the finished generations in a store's folder, oldest first."""
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(path for path in found if path.is_dir() and made_at(path) is not None)


def made_at(generation: Path) -> datetime | None:
    """Return when a generation was made, by its folder's name; None for other folders."""
    try:
        return from_folder_stamp(generation.name)
    except ValueError:
        return None


class JustMade(DeskError):
    """Two backups in one second would have one name."""

    sentence = N_("A backup was made this very second. Wait a moment, then make another.")


def free_name(folder: Path, moment: datetime) -> str:
    """Return the folder name for a generation made at `moment`; raises JustMade if it is taken."""
    name = folder_stamp(moment)
    if (folder / name).exists():
        raise JustMade
    return name


class PartWriter:
    """Writes one long file as `name.001`, `name.002` …, and digests each part."""

    def __init__(self, folder: Path, name: str, part_size: int = PART_SIZE) -> None:
        self._folder, self._name, self._part_size = folder, name, part_size
        self._file: IO[bytes] | None = None
        self._digests: list[tuple[Path, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes | memoryview) -> None:
        """Write `data`, beginning the next part where the present one is full."""
        view = memoryview(data)
        while view:
            file = self._with_room()
            room = self._part_size - file.tell()
            file.write(view[:room])
            self._digests[-1][1].update(view[:room])
            view = view[room:]

    def listed(self) -> list[Listed]:
        """Return the finished parts, with digests of what was written, not of what lies there."""
        return [Listed(p.name, p.stat().st_size, d.hexdigest()) for p, d in self._digests]

    def _with_room(self) -> IO[bytes]:
        if self._file is None or self._file.tell() >= self._part_size:
            self._next_part()
        return self._file  # type: ignore[return-value]  # _next_part has just opened it

    def _next_part(self) -> None:
        if self._file is not None:
            self._file.close()
        path = self._folder / f"{self._name}.{len(self._digests) + 1:03}"
        self._file = open_private(path)
        self._digests.append((path, hashlib.sha256()))


class PartReader:
    """Reads listed parts, in their order, as one file."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._left = iter([folder / name for name in names])
        self._stack = ExitStack()
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def read(self, size: int) -> bytes:
        """Return `size` bytes, or fewer at the end of the last part."""
        return b"".join(self._pieces(size))

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size > 0:
            piece = self._file.read(size) if self._file else b""
            if not piece and not self._open_next():
                return
            size -= len(piece)
            yield piece

    def _open_next(self) -> bool:
        path = next(self._left, None)
        if path is None:
            return False
        self._file = self._stack.enter_context(path.open("rb"))
        return True
