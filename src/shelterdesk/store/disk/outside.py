"""Folders that another program can have filled: entered by handle, and nothing in them followed.

Everything below a backup stick, and the attached files in the vault, is reached through here and
nowhere else. A `Folder` is held open; what lies in it is named, one name at a time. A link, a pipe,
a device, a folder of another disk is refused as StrangeFile and neither read, written nor deleted.
New files are made where nothing lies; only files whose name fits a pattern of ours are deleted.

How a folder is held differs by system: `outside_posix` and `outside_windows`, which says what
Windows cannot give.
"""

import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol, Self

from shelterdesk.core.errors import DeskError, MediumGone, NoSpace, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import Lying, bounded
from shelterdesk.store.disk.faults import THE_STICK
from shelterdesk.store.disk.outside_posix import held_by_descriptor
from shelterdesk.store.disk.outside_windows import held_by_handle

PART: Final = ".part"
"""Ending of a file that is still being written; whoever finds one may delete it."""

_BLOCK: Final = 1 << 20
_MOST_NAMES: Final = 200_000
"""Names that are read of one folder; a broken or hostile stick may have no end of them."""

_DEEPEST: Final = 4
"""Folders inside each other that a tree of ours has at most."""

Step = Callable[[int], None]
"""Told how many bytes have passed since the last call."""


class Held(Protocol):
    """A folder that is held open, as the system gives it. Names are single components."""

    @property
    def device(self) -> int:
        """The disk that it lies on."""

    @property
    def identity(self) -> tuple[int, int]:
        """Its disk and its number there."""

    def child(self, name: str) -> "Held":
        """Hold a folder in this one; raises StrangeFile for a link or another disk's folder."""

    def names(self) -> Iterator[str]:
        """Yield the names in it, in no order."""

    def look(self, name: str) -> Lying | None:
        """Tell what lies under a name, without following it; None for nothing."""

    def open(self, name: str) -> int:
        """Return a handle to read an ordinary file of the same disk; raises StrangeFile."""

    def create(self, name: str) -> int:
        """Return a handle to write a file that was not there; raises FileExistsError."""

    def forget(self, name: str) -> None:
        """Let the system drop its copy of a file, so that the next reading asks the medium."""

    def make(self, name: str) -> None:
        """Make a folder; raises FileExistsError."""

    def rename(self, name: str, to: str) -> None:
        """Give another name inside this folder, in the place of a file that had it."""

    def remove(self, name: str) -> None:
        """Delete a file or a link itself."""

    def remove_folder(self, name: str) -> None:
        """Delete an empty folder."""

    def sync(self) -> None:
        """Make what was done to the entries last, where the system offers that."""

    def free(self) -> int:
        """Return how many bytes can still be written."""

    def close(self) -> None:
        """Let go."""


def hold(path: Path) -> Held:
    """Hold the folder that `path` leads to, in the way of this system; raises OSError."""
    return held_by_handle(path) if os.name == "nt" else held_by_descriptor(path)


class Folder:
    """One folder, held open until it is closed; a context of its own."""

    def __init__(self, path: Path, held: Held, asides: list[DeskError] | None = None) -> None:
        self.path = path
        """Where it lies, for telling people and for SQLite, which takes nothing else."""
        self.asides = asides
        """Where what was in the way and put aside is told; None where it is refused instead."""
        self._held = held

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        self._held.close()

    @property
    def device(self) -> int:
        """The disk that the folder lies on."""
        return self._held.device

    def is_still_at(self, path: Path) -> bool:
        """Tell whether `path` leads to this very folder, and not to what has taken its place."""
        try:
            there = hold(path)
        except OSError:
            return False
        try:
            return there.identity == self._held.identity
        finally:
            there.close()

    # -- looking ------------------------------------------------------------------------------

    def look(self, name: str) -> Lying | None:
        """Tell what lies under a name; None for nothing."""
        return self._held.look(_one(name))

    def names(self, lying: Lying, pattern: re.Pattern[str]) -> list[str]:
        """Return the names of this kind that fit a pattern as a whole, in order."""
        found = (name for name in self._all_names() if pattern.fullmatch(name))
        return sorted(name for name in found if self.look(name) is lying)

    def _all_names(self) -> list[str]:
        """Return what lies here, as long as it is no endless folder; raises StrangeFile."""
        found = list(itertools.islice(self._held.names(), _MOST_NAMES + 1))
        if len(found) > _MOST_NAMES:
            raise StrangeFile(what=self.path.name)
        return found

    def folder(self, name: str) -> "Folder":
        """Hold a folder in this one; raises FileNotFoundError, StrangeFile."""
        return Folder(self.path / name, self._held.child(_one(name)), self.asides)

    def made_folder(self, name: str) -> "Folder":
        """Hold a folder in this one that is made, to last, if it is not there."""
        self._clear_way(name, Lying.FOLDER)
        if self.look(name) is None:
            return self.new_folder(name)
        return self.folder(name)

    def new_folder(self, name: str) -> "Folder":
        """Make a folder, to last, and hold it; raises FileExistsError."""
        self._held.make(_one(name))
        self.sync()
        return self.folder(name)

    def demand_room(self, needed: int, where: str = THE_STICK) -> None:
        """Raise NoSpace unless `needed` bytes are free here."""
        if self._held.free() < needed:
            raise NoSpace(where=where)

    # -- reading ------------------------------------------------------------------------------

    def opened(self, name: str) -> IO[bytes]:
        """Open an ordinary file to read; raises FileNotFoundError, StrangeFile."""
        return os.fdopen(self._held.open(_one(name)), "rb")

    def size(self, name: str) -> int:
        """Return the size of an ordinary file."""
        with self.opened(name) as file:
            return os.fstat(file.fileno()).st_size

    def written_at(self, name: str) -> float:
        """Return when an ordinary file was last written, in seconds since 1970."""
        with self.opened(name) as file:
            return os.fstat(file.fileno()).st_mtime

    def read(self, name: str, most: int) -> bytes:
        """Return the content of a file of at most `most` bytes; raises DamagedFile beyond."""
        with self.opened(name) as file:
            return bounded(file, most, name)

    def sha256(self, name: str, size: int, step: Step = lambda _: None) -> str:
        """Return the SHA-256 of a file of exactly `size` bytes, or nothing for another size."""
        digest, left = hashlib.sha256(), size
        with self.opened(name) as file:
            if os.fstat(file.fileno()).st_size != size:
                return ""
            while block := file.read(min(_BLOCK, left + 1)):
                digest.update(block)
                left -= len(block)
                step(len(block))
                if left < 0:
                    return ""
        return "" if left else digest.hexdigest()

    def forget_cached(self, name: str) -> None:
        """Ask the system to drop its copy of a file, so that reading asks the medium itself."""
        self._held.forget(_one(name))

    # -- writing ------------------------------------------------------------------------------

    def new(self, name: str) -> IO[bytes]:
        """Open a new, empty file; raises FileExistsError, also for a link that leads nowhere."""
        return os.fdopen(self._held.create(_one(name)), "w+b")

    @contextmanager
    def written(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file to write that appears under `name`, synced, when the block ends well.

        A file or link that had the name is replaced in one step. After an error nothing is left.
        """
        part = name + PART
        self._clear_way(part, Lying.FILE)
        self._clear_way(name, Lying.FILE)
        if self.look(part) is not None:
            self._held.remove(part)
        file = self.new(part)
        try:
            with file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            self.rename(part, name)
        except BaseException:
            self.discard(part)
            raise

    def write(self, name: str, content: bytes) -> None:
        """Put a file of this content here, whole or not at all."""
        with self.written(name) as file:
            file.write(content)

    def rename(self, name: str, to: str) -> None:
        """Give another name, in one step that lasts; a folder in its place is refused."""
        if self.look(to) is Lying.FOLDER:
            raise StrangeFile(what=to)
        self._held.rename(_one(name), _one(to))
        self.sync()

    def sync(self) -> None:
        """Make what was done to the entries of this folder last."""
        self._held.sync()

    # -- deleting -----------------------------------------------------------------------------

    def remove(self, name: str) -> None:
        """Delete an ordinary file; raises FileNotFoundError, StrangeFile."""
        if self.look(name) is not Lying.FILE:
            self._held.open(_one(name))  # says what it is
        self._held.remove(name)

    def remove_all(self, ours: re.Pattern[str]) -> None:
        """Delete the ordinary files here whose names fit a pattern of ours."""
        for name in self.names(Lying.FILE, ours):
            self._held.remove(name)

    def discard(self, name: str) -> None:
        """Delete a file that is being given up, if that can be done now."""
        try:
            if self.look(name) is Lying.FILE:
                self._held.remove(name)
        except OSError:
            return

    def remove_tree(self, name: str, ours: re.Pattern[str]) -> list[str]:
        """Delete a folder with the files and folders in it whose names fit `ours`.

        Returns what was left because it is not ours, and with it the folder: its path below here.
        """
        return self._remove_tree(name, ours, _DEEPEST)

    def _remove_tree(self, name: str, ours: re.Pattern[str], levels: int) -> list[str]:
        left: list[str] = []
        with self.folder(name) as folder:
            for inside in sorted(folder._all_names()):
                left += folder._remove_one(inside, ours, levels)
            folder.sync()
        if not left:
            self._held.remove_folder(name)
            self.sync()
        return [f"{name}/{inside}" for inside in left]

    def _remove_one(self, name: str, ours: re.Pattern[str], levels: int) -> list[str]:
        lying = self.look(name)
        if lying is Lying.FOLDER and levels and ours.fullmatch(name):
            return self._remove_tree(name, ours, levels - 1)
        if lying is not Lying.FILE or not ours.fullmatch(name):
            return [name]
        self._held.remove(name)
        return []

    def _clear_way(self, name: str, wanted: Lying) -> None:
        """Put aside what cannot be used or replaced under a name: it is renamed, and told.

        Raises StrangeFile where that is not wished for, or where it cannot be moved. A file takes
        the place of a link or pipe itself; there only a folder is in the way.
        """
        lying = self.look(name)
        if lying in (None, wanted) or (wanted is Lying.FILE and lying is not Lying.FOLDER):
            return
        if self.asides is None:
            raise StrangeFile(what=name)
        aside = f"{name.strip('.')}.aside-{os.urandom(4).hex()}"
        try:
            self._held.rename(name, aside)
        except OSError as fault:
            raise StrangeFile(what=name) from fault
        self.sync()
        self.asides.append(PutAside(what=name, aside=aside))


def _one(name: str) -> str:
    """Return a name if it is a single one that leads nowhere else; raises StrangeFile."""
    if not name or name in {".", ".."} or set(name) & set("/\\:\0"):
        raise StrangeFile(what=name)
    return name


class PutAside(DeskError):
    """Something strange was in the way and got another name."""

    sentence = N_(
        "Something strange lay in the place of {what} on the stick (a link, a pipe, a foreign file "
        "or folder). It was not opened and is now called {aside}."
    )


def entered(path: Path, asides: list[DeskError] | None = None) -> Folder:
    """Hold the folder at `path`, which somebody chose: links on the way to it are hers.

    It is never made. With `asides`, what is in the way below it is put aside and told there.
    Raises MediumGone where there is no folder.
    """
    try:
        return Folder(path, hold(path), asides)
    except (FileNotFoundError, NotADirectoryError):
        raise MediumGone(where=THE_STICK) from None


@contextmanager
def entered_below(path: Path, names: Iterable[str]) -> Iterator[Folder]:
    """Hold the folder reached from `path` by these names, one after the other."""
    folder = entered(path)
    try:
        for name in names:
            below = folder.folder(name)
            folder.close()
            folder = below
        yield folder
    finally:
        folder.close()
