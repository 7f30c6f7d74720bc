"""A data folder in which another program has laid links, pipes, devices, folders or huge files.

Whatever lies there: nothing elsewhere is touched, nothing hangs, and the program starts: the
records open, or one sentence names what lies in the way, and once it is gone they open again.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from shelterdesk.core.bug_report import write_report
from shelterdesk.core.errors import DeskError, MissingKeyring, StrangeFile
from shelterdesk.core.settings import Settings, read_settings, write_settings
from shelterdesk.core.work import Progress
from shelterdesk.services.desk import unlock
from shelterdesk.store.database.attachments import SMALL
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders.renewal import renew_keys
from tests.factories import DIRECTOR, PASSPHRASE, Shelter, fill_case
from tests.store.strange import KINDS, PRECIOUS, Elsewhere, laid


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    """A folder of another program, outside the data folder."""
    return Elsewhere(tmp_path)


@pytest.fixture
def locked(shelter: Shelter) -> Iterator[Path]:
    """The folder of a locked vault with attached files, its data folder free."""
    fill_case(shelter.vault, large=SMALL + 1)
    folder = shelter.vault.folder
    shelter.vault.lock()
    shelter.place.close()
    yield folder
    shelter.place.close()


def work_in(root: Path) -> None:
    """Do what a day's work does to the folder, leave it, and write a setting."""
    place = DataFolder(root).open()
    try:
        desk = unlock(place, DIRECTOR, PASSPHRASE)
        fill_case(desk._vault, seed=2, large=SMALL + 1)
        list(desk.checks.run(Progress()))
        desk.lock()
    finally:
        place.close()
    write_settings(root, Settings(language="lo"))
    write_report(root / "logs", ValueError())


def attached_file(folder: Path) -> Path:
    """Return one of the vault's attached files."""
    return sorted((folder / "files").glob("*/*.sdf"))[0]


Where = Callable[[Path], Path]
"""From the vault's folder to a place in it or beside it."""

PLACES: dict[str, Where] = {
    "lock": lambda folder: folder.parent / "lock",
    "seen": lambda folder: folder.parent / "seen.json",
    "seen part": lambda folder: folder.parent / "seen.json.part",
    "tries": lambda folder: folder.parent / "tries.json",
    "tries part": lambda folder: folder.parent / "tries.json.part",
    "ballast": lambda folder: folder.parent / "ballast",
    "ballast part": lambda folder: folder.parent / "ballast.part",
    "settings": lambda folder: folder.parent / "settings",
    "window": lambda folder: folder.parent / "settings" / "window.json",
    "window part": lambda folder: folder.parent / "settings" / "window.json.part",
    "logs": lambda folder: folder.parent / "logs",
    "unfinished": lambda folder: folder.parent / "new-0123456789ab",
    "newer vault": lambda folder: folder.parent / "vault-0002",
    "database": lambda folder: folder / "store.db",
    "journal": lambda folder: folder / "store.db-wal",
    "shared memory": lambda folder: folder / "store.db-shm",
    "old journal": lambda folder: folder / "store.db-journal",
    "keyring": lambda folder: folder / "keyring.json",
    "keyring part": lambda folder: folder / "keyring.json.part",
    "second note": lambda folder: folder / "seen.json",
    "second note part": lambda folder: folder / "seen.json.part",
    "second keyring": lambda folder: folder / "keyring.bak.json",
    "second keyring part": lambda folder: folder / "keyring.bak.json.part",
    "files": lambda folder: folder / "files",
    "pair": lambda folder: attached_file(folder).parent,
    "strange pair": lambda folder: folder / "files" / "zz",
    "attached file": attached_file,
    "attached part": lambda folder: attached_file(folder).with_suffix(".sdf.part"),
    "renewed": lambda folder: folder / "renewed.db",
    "from backup": lambda folder: folder / "from-backup.db",
    "before": lambda folder: folder / "before-0001.db.part",
}


NEEDED = {
    *(
        "lock",
        "seen",
        "seen part",
        "second note",
        "second note part",
        "newer vault",
        "keyring part",
        "second keyring part",
    ),
    *("database", "journal", "shared memory", "old journal", "files", "pair", "attached file"),
}
"""Places without which the records cannot be opened or left; a sentence then says so."""

INSIDE = {"window", "window part"}
"""Places inside another of the places."""


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_in_places_that_are_not_needed_keeps_nobody_from_the_records(
    locked: Path, elsewhere: Elsewhere, kind: str
) -> None:
    for place in sorted(PLACES.keys() - NEEDED - INSIDE - {"keyring"}):
        laid(PLACES[place](locked), kind, elsewhere)
    work_in(locked.parent)
    take_away(PLACES["second keyring"](locked))
    laid(PLACES["keyring"](locked), kind, elsewhere)
    work_in(locked.parent)
    assert elsewhere.is_untouched()
    take_away(PLACES["settings"](locked))
    for place in sorted(INSIDE):
        laid(PLACES[place](locked), kind, elsewhere)
    assert read_settings(locked.parent) == Settings()
    write_settings(locked.parent, Settings(language="lo"))
    assert elsewhere.is_untouched()


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("place", sorted(NEEDED))
def test_what_lies_where_the_records_need_a_file_is_told_and_touches_nothing_else(
    locked: Path, elsewhere: Elsewhere, place: str
) -> None:
    for kind in KINDS:
        where = PLACES[place](locked)
        laid(where, kind, elsewhere)
        with suppress(DeskError):
            work_in(locked.parent)
        assert elsewhere.is_untouched(), kind
        take_away(where)
    work_in(locked.parent)


def take_away(where: Path) -> None:
    """Do what the sentence asks for: move it away, and put back what was there."""
    moved = where.with_name(f"{where.name}-moved")
    if where.is_dir() and not where.is_symlink():
        shutil.rmtree(where)
    elif where.exists() or where.is_symlink():
        where.unlink()
    if moved.exists():
        moved.rename(where)


def test_a_vault_that_became_a_link_is_named_and_no_older_one_is_opened(
    locked: Path, tmp_path: Path
) -> None:
    newer = locked.with_name("vault-0002")
    shutil.copytree(locked, tmp_path / "vault-0002")
    newer.symlink_to(tmp_path / "vault-0002")
    with pytest.raises(StrangeFile, match="vault-0002"):
        DataFolder(locked.parent).vault()


def test_a_second_name_of_another_programs_file_as_journal_is_refused(
    locked: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(PRECIOUS)
    os.link(precious, locked / "store.db-wal")
    with pytest.raises(StrangeFile, match=r"store\.db-wal"):
        work_in(locked.parent)
    assert precious.read_bytes() == PRECIOUS


def test_what_is_not_ours_in_an_unfinished_folder_stays(locked: Path) -> None:
    begun = locked.parent / "new-0123456789ab"
    (begun / "files" / "ab").mkdir(parents=True)
    (begun / "files" / "ab" / f"{'0' * 64}.sdf").write_bytes(b"ours")
    (begun / "letter.odt").write_bytes(PRECIOUS)
    work_in(locked.parent)
    assert [path.name for path in begun.rglob("*")] == ["letter.odt"]


@pytest.mark.parametrize("kind", ["link_to_folder", "folder", "pipe"])
def test_renewing_keys_leaves_alone_what_only_has_the_name_of_an_earlier_file(
    shelter: Shelter, elsewhere: Elsewhere, kind: str
) -> None:
    laid(shelter.vault.folder / "before-0003.db", kind, elsewhere)
    (shelter.vault.folder / "before-0002.db").write_bytes(b"ours")
    renew_keys(shelter.vault, Progress())
    assert not (shelter.vault.folder / "before-0002.db").exists()
    assert elsewhere.is_untouched()


def test_without_any_keyring_the_sentence_does_not_call_for_new_records(locked: Path) -> None:
    for name in ("keyring.json", "keyring.bak.json"):
        (locked / name).unlink()
    with pytest.raises(MissingKeyring):
        work_in(locked.parent)


# -- what the window remembers ---------------------------------------------------------------------

NONSENSE = {
    "nothing": b"",
    "no JSON": b"{",
    "no object": b"[1]",
    "deep": b"[" * 4000,
    "deep inside": b'{"geometry":' + b"[" * 4000,
    "not UTF-8": b'{"language":"\xff"}',
    "another language": b'{"language":["lo"]}',
    "not a number": b'{"percent":NaN,"minutes":NaN,"geometry":[NaN,1,1,1]}',
    "without end": b'{"percent":1e999,"minutes":1e999}',
    "huge": b'{"percent":' + b"9" * 3900 + b"}",
    "huge corners": b'{"geometry":[' + b"9" * 900 + b",0,1,1]}",
    "no corners": b'{"geometry":[0,0,true,1]}',
    "twice": b'{"percent":150,"percent":[]}',
}


@pytest.mark.parametrize("content", NONSENSE.values(), ids=NONSENSE)
def test_whatever_stands_in_the_windows_file_it_is_as_usual(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "window.json").write_bytes(content)
    read = read_settings(tmp_path)
    assert read.language == ""
    assert read.geometry is None
    assert read.percent in (100, 125, 150)
    assert 1 <= read.minutes <= 15
