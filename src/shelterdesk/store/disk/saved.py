"""Files that a person saves for herself: whole or not at all, hers alone, and nothing in their way.

They lie where she chose, outside the vault: on her desk, on a stick. So nothing there is trusted:
the folder is entered once and held, links are not followed, and what has the name already stays
unless she was asked.
"""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.store.disk.durable import PART, PRIVATE_FILE, sync_folder
from shelterdesk.store.disk.faults import of_system

_NEW: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_HAS_HANDLES: Final = os.open in os.supports_dir_fd and os.link in os.supports_dir_fd


class IsThere(DeskError):
    """Something of the name lies in the place already, and nobody was asked about it."""

    sentence = N_(
        "There is already something named {name} in this place. It was left as it is. Choose "
        "another name or another folder."
    )


def save(place: Path, content: bytes, *, over: bool = False) -> None:
    """Put `content` at `place`, exactly under that name, readable by this account only.

    `over` says that she agreed to replace the file of that name. Raises IsThere, NoSpace,
    CannotWrite, MediumGone; nothing half written is left then.
    """
    try:
        with _folder(place.parent) as folder:
            _save(folder, place, content, over=over)
    except FileExistsError as fault:
        raise IsThere(name=place.name) from fault
    except OSError as fault:
        meant = of_system(fault, place.parent.name or str(place.parent))
        if meant is None:
            raise
        raise meant from fault


@contextlib.contextmanager
def _folder(folder: Path) -> Iterator[int | None]:
    """Hold the folder open, so that what is done in it cannot be turned elsewhere meanwhile.

    None on Windows, which knows no such handle; there the paths are used.
    """
    if not _HAS_HANDLES:
        yield None
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _save(folder: int | None, place: Path, content: bytes, *, over: bool) -> None:
    _demand_free(folder, place, over=over)
    part = f".{secrets.token_hex(8)}{PART}"
    opened = os.open(_name(folder, place, part), _NEW, PRIVATE_FILE, dir_fd=folder)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _publish(folder, place, part, over=over)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(_name(folder, place, part), dir_fd=folder)
        raise
    with contextlib.suppress(OSError):
        sync_folder(place.parent)


def _name(folder: int | None, place: Path, name: str) -> str:
    return name if folder is not None else str(place.parent / name)


def _demand_free(folder: int | None, place: Path, *, over: bool) -> None:
    """Raise FileExistsError unless the name is free, or a plain file that may be replaced."""
    try:
        found = os.lstat(_name(folder, place, place.name), dir_fd=folder)
    except FileNotFoundError:
        return
    if not (over and stat.S_ISREG(found.st_mode)):
        raise FileExistsError


def _publish(folder: int | None, place: Path, part: str, *, over: bool) -> None:
    """Give the finished file its name, in one step that replaces nothing unless that was agreed.

    A second name for the same file never replaces; a stick that knows no second names (FAT) gets
    the look of a moment ago and a renaming, which on Windows never replaces either.
    """
    source, target = _name(folder, place, part), _name(folder, place, place.name)
    if over:
        os.replace(source, target, src_dir_fd=folder, dst_dir_fd=folder)
        return
    if folder is not None:
        try:
            os.link(source, target, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:
            _demand_free(folder, place, over=False)
        else:
            os.unlink(source, dir_fd=folder)
            return
    os.rename(source, target, src_dir_fd=folder, dst_dir_fd=folder)
