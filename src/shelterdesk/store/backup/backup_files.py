"""Attached files on the medium: carried once, shared by all generations; and what may go."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import DeskError, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import Lying
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.manifest import manifest_in
from shelterdesk.store.backup.stick import (
    ABANDONED,
    OURS,
    UNFINISHED,
    ListedFile,
    generation_names,
    made_at,
)
from shelterdesk.store.disk.faults import place_faults
from shelterdesk.store.disk.kept_files import FILES, KeptFiles
from shelterdesk.store.disk.outside import Folder

_BLOCK: Final = 1 << 20
NEVER_PRUNED: Final = 2
DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 6


@dataclass(frozen=True)
class Carried:
    """The files of a backup: as listed, the bytes written for them, and those left out."""

    files: tuple[ListedFile, ...]
    written: int
    damaged: tuple[str, ...]


def carry_attachments(
    source: KeptFiles,
    target: KeptFiles,
    names: Iterable[tuple[str, str]],
    progress: Progress,
    *,
    heal: bool = True,
) -> Carried:
    """Copy the named encrypted files that the target lacks, as they are.

    `names` are file name and SHA-256. With `heal`, a file that is damaged in `source` is put right
    from `target` if it is whole there; otherwise it is left out and named in the result.
    """
    progress.begin(N_("Copying attached files"))
    wanted = list(names)
    listed, written, damaged = [], 0, []
    for done, (name, sha256) in enumerate(wanted):
        progress.step(done, len(wanted))
        if not source.is_whole(name, sha256) and not (heal and _heal(target, source, name, sha256)):
            damaged.append(name)
            continue
        size = source.size(name)
        written += 0 if target.is_whole(name, sha256) else _carry(source, target, name, size)
        listed.append(ListedFile(f"../{FILES}/{name[:2]}/{name}.sdf", size, sha256))
    return Carried(tuple(listed), written, tuple(damaged))


def _heal(there: KeptFiles, local: KeptFiles, name: str, sha256: str) -> bool:
    """Put a whole copy from the medium in the place of a damaged file on the computer."""
    if not there.is_whole(name, sha256):
        return False
    try:
        _carry(there, local, name, 0)
    except StrangeFile:
        return False
    return True


def _carry(source: KeptFiles, target: KeptFiles, name: str, size: int) -> int:
    target.demand_room(size * 11 // 10)
    with place_faults(source.where), source.opened(name) as reading:
        blocks = iter(partial(reading.read, _BLOCK), b"")
        with place_faults(target.where), target.written(name) as writing:
            for block in _read_from(blocks, source.where):
                writing.write(block)
    target.forget_cached(name)
    return size


def _read_from(blocks: Iterator[bytes], where: str) -> Iterator[bytes]:
    """Yield blocks whose reading tells its faults as those of the disk they come from."""
    with place_faults(where):
        yield from blocks


class NotRemoved(DeskError):
    """Something on the stick has a name of ours or lies among our files, and is not ours."""

    sentence = N_(
        "On the stick, {what} is not from a backup; it was left alone. It can be deleted by hand "
        "if nobody needs it."
    )


def clear_abandoned(shelf: Folder) -> list[DeskError]:
    """Remove what earlier backups have begun and not finished; returns what had to be left."""
    left: list[DeskError] = []
    for name in shelf.names(Lying.FOLDER, ABANDONED):
        left += map(_not_removed, shelf.remove_tree(name, OURS))
    for name in shelf.names(Lying.FILE, ABANDONED) + shelf.names(Lying.STRANGE, ABANDONED):
        left.append(_not_removed(name))
    return left


def _not_removed(place: str) -> DeskError:
    return NotRemoved(what=place)


def ordered(found: list[Path], known: Mapping[str, int]) -> list[Path]:
    """Return generations oldest first: the `known` ones by their line of the log, not their name.

    Those of another computer keep the places that their names give them.
    """
    by_name = sorted(found, key=lambda path: path.name)
    by_log = iter(sorted((p for p in by_name if p.name in known), key=lambda p: known[p.name]))
    return [next(by_log) if path.name in known else path for path in by_name]


def prune(
    shelf: Folder, made: str, known: Mapping[str, int] | None = None
) -> tuple[tuple[str, ...], list[DeskError]]:
    """Remove generations that nobody needs any more, and files that no kept one names.

    Kept: the one just `made` (whatever the clock says), the last two, the last of each of 7 days,
    4 weeks, 6 months. Called only after a new generation was proved and has its name. Returns the
    names of those that went, and what had to be left in them because it is not ours. Which of them
    are the last is told by `known`, their lines in the log.
    """
    found = ordered([shelf.path / name for name in generation_names(shelf)], known or {})
    kept = {*(path.name for path in kept_generations(found)), made}
    gone = [path.name for path in found if path.name not in kept]
    left: list[DeskError] = []
    for name in gone:
        leaving = f"{UNFINISHED}old-{name}"
        shelf.rename(name, leaving)
        left += map(_not_removed, shelf.remove_tree(leaving, OURS))
    _remove_unnamed(shelf, kept)
    return tuple(gone), left


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


def _remove_unnamed(shelf: Folder, kept: Iterable[str]) -> None:
    """Remove shared files that no kept generation lists; none while a manifest is unreadable."""
    named: set[str] = set()
    try:
        for name in kept:
            with shelf.folder(name) as folder:
                lines = manifest_in(folder).files
            named.update(line.shared_name for line in lines if line.is_shared)
    except (DeskError, FileNotFoundError):
        return
    KeptFiles(shelf).clear(named)
