"""Strange things as another program can lay them where files of ours belong."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.systems import NO_PIPES, WINDOWS, skipped

PRECIOUS: Final = b"precious and of another program"


class Elsewhere:
    """A folder of another program, with a file in it under every name that ours could have."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "elsewhere"
        (self.folder / "ab").mkdir(parents=True)
        self.file = self.folder / "store.db"
        for name in ("store.db", "x.part", f"{'0' * 64}.sdf", f"ab/{'0' * 64}.sdf", "keyring.json"):
            (self.folder / name).write_bytes(PRECIOUS)
        self._before = self._state()

    def _state(self) -> dict[str, tuple[bytes, int]]:
        return {
            path.relative_to(self.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def is_untouched(self) -> bool:
        """Tell whether nothing was written, deleted or added here."""
        return self._state() == self._before


def link_to_file(place: Path, elsewhere: Elsewhere) -> None:
    place.symlink_to(elsewhere.file)


def link_to_folder(place: Path, elsewhere: Elsewhere) -> None:
    place.symlink_to(elsewhere.folder)


def link_to_nothing(place: Path, elsewhere: Elsewhere) -> None:
    place.symlink_to(elsewhere.folder / "made anew")


def link_without_end(place: Path, _elsewhere: Elsewhere) -> None:
    place.symlink_to("/dev/zero")


def pipe(place: Path, _elsewhere: Elsewhere) -> None:
    os.mkfifo(place)


def a_socket(place: Path, _elsewhere: Elsewhere) -> None:
    if WINDOWS:
        skipped(NO_PIPES)()
    with socket.socket(socket.AF_UNIX) as made:
        here = os.open(place.parent, os.O_RDONLY)
        made.bind(f"/proc/self/fd/{here}/{place.name}")
        os.close(here)


def folder(place: Path, _elsewhere: Elsewhere) -> None:
    place.mkdir()
    (place / "of another program").write_bytes(PRECIOUS)


def huge_file(place: Path, _elsewhere: Elsewhere) -> None:
    with place.open("wb") as file:
        file.truncate(1 << 40)


def small_file(place: Path, _elsewhere: Elsewhere) -> None:
    place.write_bytes(b"[" * 5000)


Lay = Callable[[Path, Elsewhere], None]
KINDS: Final[dict[str, Lay]] = {
    made.__name__: made
    for made in (
        *(link_to_file, link_to_folder, link_to_nothing, link_without_end, pipe, a_socket),
        *(folder, huge_file, small_file),
    )
}
"""Every kind, by its name; each is made at a place where nothing lies."""


def laid(place: Path, kind: str, elsewhere: Elsewhere) -> None:
    """Put something strange in the place of what lies there, which goes beside it."""
    if place.exists() or place.is_symlink():
        place.rename(place.with_name(f"{place.name}-moved"))
    place.parent.mkdir(parents=True, exist_ok=True)
    KINDS[kind](place, elsewhere)
