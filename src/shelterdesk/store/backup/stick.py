"""The backup medium: how its folders are named, and files cut into parts that FAT can hold.

    SD-BACKUP/<8 digits>/2026-11-23T19-02-07Z/   db.sdb.001 … keyring.json manifest.sdm README …
    SD-BACKUP/<8 digits>/files/ab/<64 digits>.sdf

Names are ASCII, without colons, and say nothing of the shelter. A generation is finished when its
folder has its own name; while it is written it is called `.part-…`.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final, NamedTuple, Self

from shelterdesk.core.calendar.clock import Clock, folder_stamp, from_folder_stamp
from shelterdesk.core.errors import DeskError, MediumGone, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import Lying
from shelterdesk.store.disk.checked_json import Content
from shelterdesk.store.disk.kept_files import ENDING, KeptFiles
from shelterdesk.store.disk.outside import Folder, Step, entered

TOP: Final = "SD-BACKUP"
UNFINISHED: Final = ".part-"
DATABASE: Final = "db.sdb"
KEYS: Final = "keyring.json"
MANIFEST: Final = "manifest.sdm"
README: Final = "README-RESTORE.txt"
SCRIPT: Final = "restore_by_hand.py"
COPIES: Final = ("snapshot.db", "readback.db")
"""Encrypted copies that lie in an unfinished generation while the computer's disk has no room."""

PART_SIZE: Final = 2 << 30
"""Bytes in one part: FAT32 ends a file at 4 GiB."""

_LOOKS: Final = 40
_PAUSE: Final = 0.05
"""How often, and after how many seconds, a taken name is looked at again."""

_ANY: Final = re.compile(r".+", re.DOTALL)
STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ")
ABANDONED: Final = re.compile(r"\.part-([0-9a-f]{12}|old-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)")
"""Names of folders that a backup has begun, or has begun to remove."""

OURS: Final = re.compile(
    r"(db\.sdb\.\d{3}|keyring\.json|manifest\.sdm|README-RESTORE\.txt|restore_by_hand\.py)(\.part)?"
    r"|(snapshot|readback)\.db(-wal|-shm|-journal)?"
)
"""Names of the files of a generation: no others are ever deleted."""


@dataclass(frozen=True)
class ListedFile:
    """A file of the backup: its path from the generation's folder, its size, its SHA-256."""

    name: str
    size: int
    sha256: str

    @property
    def is_shared(self) -> bool:
        """Whether it is an attached file, which all generations of a store share."""
        return self.name.startswith("../")

    @property
    def shared_name(self) -> str:
        """The 64 digits of an attached file."""
        return self.name.rpartition("/")[2].removesuffix(ENDING)

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
    """Return the finished generations in a store's folder, oldest first; links are none."""
    with suppress(MediumGone), entered(folder) as shelf:
        return [folder / name for name in generation_names(shelf)]
    return []


def generation_names(shelf: Folder) -> list[str]:
    """Return the names of the finished generations on a shelf, oldest first."""
    found = shelf.names(Lying.FOLDER, STAMP)
    return [name for name in found if made_at(shelf.path / name) is not None]


def finished_below(folder: Path) -> list[Path]:
    """Return the finished backups in a folder, on a stick, or in one's own folder, oldest first."""
    found: set[Path] = set()
    with suppress(MediumGone), entered(folder.absolute()) as chosen:
        found.update(_finished(chosen, 2))
        if chosen.look(TOP) is Lying.FOLDER:
            with chosen.folder(TOP) as top:
                found.update(_finished(top, 2))
    return sorted(found, key=lambda path: path.name)


def _finished(folder: Folder, levels: int) -> Iterator[Path]:
    if folder.look(MANIFEST) is Lying.FILE and made_at(folder.path) is not None:
        yield folder.path
    for name in folder.names(Lying.FOLDER, _ANY) if levels else ():
        with suppress(OSError, StrangeFile), folder.folder(name) as inside:
            yield from _finished(inside, levels - 1)


def made_at(generation: Path) -> datetime | None:
    """Return when a generation was made, by its folder's name; None for other folders."""
    try:
        return from_folder_stamp(generation.name)
    except ValueError:
        return None


class ClockStands(DeskError):
    """A backup of this second is there, and by the computer's clock the second does not end."""

    sentence = N_(
        "There is a backup of this very second already, and the computer's clock does not go on. "
        "Put the clock right, then make another."
    )


def free_name(shelf: Folder, clock: Clock) -> tuple[str, datetime]:
    """Return a folder name that is free, and the moment that it tells.

    Two backups within one second would have one name: the later one waits for the next second.
    Raises ClockStands when that does not come.
    """
    for _look in range(_LOOKS):
        moment = clock()
        name = folder_stamp(moment)
        if shelf.look(name) is None:
            return name, moment
        time.sleep(_PAUSE)
    raise ClockStands


class Generation(NamedTuple):
    """A generation's folder and the shelf that it stands on, both held."""

    shelf: Folder
    folder: Folder

    @property
    def files(self) -> KeptFiles:
        """The attached files that it shares with the others on its shelf."""
        return KeptFiles(self.shelf)

    def sha256(self, listed: "ListedFile", step: Step = lambda _: None) -> str:
        """Return the SHA-256 of a listed file that has its listed size, or nothing."""
        if listed.is_shared:
            return self.files.sha256(listed.shared_name, listed.size, step)
        return self.folder.sha256(listed.name, listed.size, step)

    def forget_cached(self, listed: "ListedFile") -> None:
        """Ask the system to drop its copy of a listed file, so that the medium itself is read."""
        if listed.is_shared:
            self.files.forget_cached(listed.shared_name)
        else:
            self.folder.forget_cached(listed.name)


@contextmanager
def entered_generation(path: Path) -> Iterator[Generation]:
    """Hold the generation at `path`, which somebody chose, and its shelf."""
    whole = path.absolute()
    whole = whole.resolve() if whole.name in {"", ".."} else whole
    with entered(whole.parent) as shelf, shelf.folder(whole.name) as folder:
        yield Generation(shelf, folder)


class PartWriter:
    """Writes one long file as `name.001`, `name.002` …, and digests each part."""

    def __init__(self, folder: Folder, name: str, part_size: int = PART_SIZE) -> None:
        self._folder, self._name, self._part_size = folder, name, part_size
        self._file: IO[bytes] | None = None
        self._parts: list[_Part] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._file is not None:
            self._finish(self._file) if kind is None else self._file.close()

    def write(self, data: bytes | memoryview) -> None:
        """Write `data`, beginning the next part where the present one is full."""
        view = memoryview(data)
        while view:
            file = self._with_room()
            piece = view[: self._part_size - file.tell()]
            file.write(piece)
            self._parts[-1].add(piece)
            view = view[len(piece) :]

    def listed(self) -> list[ListedFile]:
        """Return the finished parts, with digests of what was written, not of what lies there."""
        return [part.listed() for part in self._parts]

    def _with_room(self) -> IO[bytes]:
        if self._file is None or self._file.tell() >= self._part_size:
            self._next_part()
        return self._file  # type: ignore[return-value]  # _next_part has just opened it

    def _next_part(self) -> None:
        if self._file is not None:
            self._finish(self._file)
        part = _Part(f"{self._name}.{len(self._parts) + 1:03}")
        self._file = self._folder.new(part.name)
        self._parts.append(part)

    def _finish(self, file: IO[bytes]) -> None:
        """Close a part that is whole, synced."""
        with file:
            file.flush()
            os.fsync(file.fileno())


class _Part:
    """One part while it is written: its name, what was written to it, and how much."""

    def __init__(self, name: str) -> None:
        self.name, self._digest, self._size = name, hashlib.sha256(), 0

    def add(self, piece: memoryview) -> None:
        """Count in what was written."""
        self._digest.update(piece)
        self._size += len(piece)

    def listed(self) -> ListedFile:
        """Return this part as a line of the manifest."""
        return ListedFile(self.name, self._size, self._digest.hexdigest())


class PartReader:
    """Reads listed parts, in their order, as one file."""

    def __init__(self, folder: Folder, names: Iterable[str]) -> None:
        self._folder, self._left = folder, iter(list(names))
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
        name = next(self._left, None)
        if name is None:
            return False
        self._stack.close()
        self._file = self._stack.enter_context(self._folder.opened(name))
        return True
