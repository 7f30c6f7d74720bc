"""The folder `files` of a vault or a stick: encrypted files by their random names, `ab/ab….sdf`.

They lie where another program could have put something else, so each is reached through a held
folder, and a name is 64 hexadecimal digits or it is refused.
"""

import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from shelterdesk.core.errors import DamagedFile, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import Lying
from shelterdesk.store.disk.faults import THE_DISK, THE_STICK
from shelterdesk.store.disk.outside import Folder, Step, entered

FILES: Final = "files"
ENDING: Final = ".sdf"
LARGEST_KEPT: Final = 32 << 20
"""Bytes of the largest encrypted file: 25 MiB of content, padded."""

ATTACHMENT_NAME: Final = N_("An attached file")
PAIR: Final = re.compile(r"[0-9a-f]{2}")
OURS: Final = re.compile(r"[0-9a-f]{64}\.sdf(\.part)?")
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_PARTS: Final = re.compile(r"[0-9a-f]{64}\.sdf\.part")


class KeptFiles:
    """The attached files below one held folder: a vault's, or a store's on the stick."""

    def __init__(self, home: Folder, where: str = THE_STICK) -> None:
        self._home, self.where = home, where
        """`where` is how its disk is called when it is full or failing."""

    @contextmanager
    def _folder(self, name: str, *, make: bool = False) -> Iterator[Folder]:
        if not _NAME.fullmatch(name):
            raise DamagedFile(what=ATTACHMENT_NAME)
        with (
            (self._home.made_folder if make else self._home.folder)(FILES) as files,
            (files.made_folder if make else files.folder)(name[:2]) as folder,
        ):
            yield folder

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file to read; raises FileNotFoundError, StrangeFile."""
        with self._folder(name) as folder, folder.opened(name + ENDING) as file:
            yield file

    @contextmanager
    def written(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file to write that appears when the block ends well."""
        with (
            self._folder(name, make=True) as folder,
            folder.written(name + ENDING) as file,
        ):
            yield file

    def demand_room(self, needed: int) -> None:
        """Raise NoSpace unless `needed` bytes are free where the files lie."""
        self._home.demand_room(needed, self.where)

    def size(self, name: str) -> int:
        """Return the size of a file; raises FileNotFoundError, StrangeFile, DamagedFile."""
        with self._folder(name) as folder:
            size = folder.size(name + ENDING)
        if size > LARGEST_KEPT:
            raise DamagedFile(what=ATTACHMENT_NAME)
        return size

    def sha256(self, name: str, size: int | None = None, step: Step = lambda _: None) -> str:
        """Return the SHA-256 of a file, of exactly `size` bytes if that is told, or nothing."""
        expected = self.size(name) if size is None else size
        with self._folder(name) as folder:
            return folder.sha256(name + ENDING, expected, step)

    def is_whole(self, name: str, sha256: str) -> bool:
        """Tell whether a file is there and has this checksum; what is strange there is not."""
        try:
            return self.sha256(name) == sha256
        except (DamagedFile, FileNotFoundError, StrangeFile):
            return False

    def forget_cached(self, name: str) -> None:
        """Ask the system to drop its copy of a file."""
        with self._folder(name) as folder:
            folder.forget_cached(name + ENDING)

    def remove(self, name: str) -> None:
        """Delete a file; one that is not there is no error. Raises StrangeFile."""
        try:
            with self._folder(name) as folder:
                folder.remove(name + ENDING)
        except FileNotFoundError:
            return

    def clear(self, named: Collection[str], older_than: float | None = None) -> int:
        """Delete our files whose name is not among `named`; returns how many.

        With `older_than`, only those last written so many seconds ago. What does not have the name
        of one of our files, and what is no ordinary file, is left.
        """
        try:
            with self._home.folder(FILES) as files:
                return sum(_clear_pair(files, pair, named, older_than) for pair in _pairs(files))
        except FileNotFoundError:
            return 0

    def clear_parts(self) -> None:
        """Delete what was still being written when the program was cut off."""
        try:
            with self._home.folder(FILES) as files:
                for pair in _pairs(files):
                    with files.folder(pair) as folder:
                        folder.remove_all(_PARTS)
        except FileNotFoundError:
            return


def _pairs(files: Folder) -> list[str]:
    return files.names(Lying.FOLDER, PAIR)


def _clear_pair(files: Folder, pair: str, named: Collection[str], older_than: float | None) -> int:
    limit = None if older_than is None else time.time() - older_than
    with files.folder(pair) as folder:
        unnamed = [n for n in folder.names(Lying.FILE, OURS) if n.removesuffix(ENDING) not in named]
        old = [n for n in unnamed if limit is None or folder.written_at(n) < limit]
        for name in old:
            folder.remove(name)
    return len(old)


@contextmanager
def files_below(home: Path) -> Iterator[KeptFiles]:
    """Give the attached files of the vault whose folder is `home`."""
    with entered(home) as folder:
        yield KeptFiles(folder, THE_DISK)
