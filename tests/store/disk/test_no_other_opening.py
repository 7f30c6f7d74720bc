"""Nothing below a stick is opened in any other way than through a held folder: watched, not read.

Python tells every opening, listing, making and removing to an audit hook. Whatever names a path
below the stick as a whole, and is not the entering of a folder, has gone past `store/outside.py`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shelterdesk.core.work import Progress
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.backups import Backups, finished_below
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.store.backup.opened_backup import open_by_pages, open_by_vault, verify_sums
from shelterdesk.store.database.attachments import SMALL
from tests.factories import Shelter, fill_case
from tests.store.backing_up import back_up, whole
from tests.systems import WINDOWS

pytestmark = pytest.mark.skipif(
    WINDOWS,
    reason="on Windows a file in a held folder is opened by its path; its handle is compared",
)

_WATCHED = {
    *("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rmdir", "os.rename"),
    *("os.link", "os.symlink", "os.truncate", "os.chmod", "os.utime", "shutil.rmtree"),
    *("shutil.copyfile", "shutil.move", "glob.glob", "pathlib.Path.glob", "pathlib.Path.rglob"),
}
_told: list[tuple[str, tuple[object, ...]]] | None = None


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _told is not None and event in _WATCHED:
        _told.append((event, arguments))


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[tuple[str, tuple[object, ...]]]]:
    """Take down what is opened in the block."""
    global _told  # noqa: PLW0603 - an audit hook stays for good, so it is switched on and off
    told: list[tuple[str, tuple[object, ...]]] = []
    _told = told
    try:
        yield told
    finally:
        _told = None


def past_the_door(told: list[tuple[str, tuple[object, ...]]], stick: Path) -> list[str]:
    """Return the events that name a path below the stick, the entering of folders left out."""
    found = []
    for event, arguments in told:
        names = [str(name) for name in arguments if isinstance(name, str | os.PathLike)]
        inside = [name for name in names if name.startswith(f"{stick}{os.sep}")]
        enters = event == "open" and bool(int(str(arguments[2])) & os.O_DIRECTORY)
        if inside and not enters:
            found.append(f"{event} {inside[0]}")
    return found


@pytest.fixture
def filled(shelter: Shelter) -> Shelter:
    """A shelter with attached files that lie on the stick as files."""
    fill_case(shelter.vault, large=SMALL + 1)
    return shelter


def test_backups_are_made_checked_pruned_and_restored_through_held_folders_only(
    filled: Shelter, stick: Path
) -> None:
    backups: Backups = Desk(filled.vault).backups
    with watched() as told:
        made = [back_up(filled, stick) for _ in range(14)][-1]
        assert made.pruned
        assert made.generation in finished_below(stick)
        backups.for_what(made.generation)
        verify_sums(made.generation, Progress())
        open_by_vault(made.generation, filled.vault)
        whole(filled, made.generation)
        opened = open_by_pages(made.generation, filled.two_pages())
        restore(filled.place, opened, Progress(), filled.clock)
    assert told
    assert past_the_door(told, stick) == []


def test_an_opening_past_the_door_is_seen(stick: Path) -> None:
    (stick / "a").mkdir()
    with watched() as told:
        (stick / "a" / "x").write_bytes(b"")
        list((stick / "a").iterdir())
        (stick / "a" / "x").unlink()
    events = [line.split()[0] for line in past_the_door(told, stick)]
    assert events == ["open", "os.listdir", "os.remove"]
