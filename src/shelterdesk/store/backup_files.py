"""Attached files on the medium: carried once, shared by all generations; and what may go."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.store.attachments import path_of
from shelterdesk.store.durable import (
    forget_cached,
    new_file,
    private_folder,
    remove_folder,
    room_for,
    sha256_of,
    sync_folder,
)
from shelterdesk.store.faults import THE_STICK
from shelterdesk.store.manifest import read_manifest
from shelterdesk.store.stick import FILES, UNFINISHED, Listed, generations, made_at

NEVER_PRUNED: Final = 2
DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 6


@dataclass(frozen=True)
class Carried:
    """The files of a backup: as listed, the bytes written for them, and those left out."""

    files: tuple[Listed, ...]
    written: int
    damaged: tuple[str, ...]


def carry_attachments(
    source: Path,
    target: Path,
    names: Iterable[tuple[str, str]],
    progress: Progress,
    *,
    heal: bool = True,
) -> Carried:
    """Copy the named encrypted files that the medium lacks, as they are.

    `names` are file name and SHA-256. With `heal`, a file that is damaged in `source` is put right
    from `target` if it is whole there; otherwise it is left out and named in the result.
    """
    progress.begin(N_("Copying attached files"))
    wanted = list(names)
    listed, written, damaged = [], 0, []
    for done, (name, sha256) in enumerate(wanted):
        progress.step(done, len(wanted))
        local, there = path_of(source, name), path_of(target, name)
        if not _is_whole(local, sha256) and not (heal and _heal(there, local, sha256)):
            damaged.append(name)
            continue
        size = local.stat().st_size
        written += 0 if _is_whole(there, sha256) else _carry(local, there, size)
        shared = f"../{FILES}/{there.parent.name}/{there.name}"
        listed.append(Listed(shared, size, sha256))
    return Carried(tuple(listed), written, tuple(damaged))


def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _heal(there: Path, local: Path, sha256: str) -> bool:
    """Put a whole copy from the medium in the place of a damaged file on the computer."""
    if not _is_whole(there, sha256):
        return False
    _carry(there, local, 0)
    return True


def _carry(source: Path, target: Path, size: int) -> int:
    private_folder(target.parent)
    room_for(target.parent, size * 11 // 10, THE_STICK)
    with source.open("rb") as reading, new_file(target) as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
    forget_cached(target)
    return size


def prune(folder: Path, made: Path) -> tuple[str, ...]:
    """Remove generations that nobody needs any more, and files that no kept one names.

    Kept: the one just `made` (whatever the clock says), the last two, the last of each of 7 days,
    4 weeks, 6 months. Called only after a new generation was proved and has its name.
    """
    found = generations(folder)
    kept = [*{*kept_generations(found), made}]
    gone = [path for path in found if path not in kept]
    for path in gone:
        leaving = path.with_name(f"{UNFINISHED}old-{path.name}")
        path.rename(leaving)
        sync_folder(folder)
        remove_folder(leaving)
    _remove_unnamed(folder, kept)
    return tuple(path.name for path in gone)


def kept_generations(found: list[Path]) -> list[Path]:
    """Return which of the generations (oldest first) are kept."""
    kept = set(found[-NEVER_PRUNED:])
    for period, most in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        newest = {period(made): path for path in found if (made := made_at(path))}
        kept.update(list(newest.values())[-most:])
    return [path for path in found if path in kept]


def _day(made: datetime) -> tuple[int, ...]:
    return made.year, made.month, made.day


def _week(made: datetime) -> tuple[int, ...]:
    return tuple(made.isocalendar())[:2]


def _month(made: datetime) -> tuple[int, ...]:
    return made.year, made.month


def _remove_unnamed(folder: Path, kept: list[Path]) -> None:
    """Remove shared files that no kept generation lists; none while a manifest is unreadable."""
    try:
        lines = [line.name for path in kept for line in read_manifest(path).files]
    except DeskError:
        return
    named = {Path(name).name for name in lines}
    for path in (folder / FILES).glob("??/*"):
        if path.name not in named:
            path.unlink()
