"""What a restore has set aside is never lost, and never keeps anybody from the records of today."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from shelterdesk.core import ordinary
from shelterdesk.core.errors import DeskError, NewerFile
from shelterdesk.core.ordinary import Lying, lies_at
from shelterdesk.core.work import Progress
from shelterdesk.services.keeping.backups import brought_back, gone_back
from shelterdesk.store.backup.opened_backup import open_by_pages
from shelterdesk.store.disk.checked_json import encode
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE
from shelterdesk.store.vault import set_aside
from tests.factories import Shelter, fill_case
from tests.store.backing_up import back_up
from tests.store.strange import KINDS, Elsewhere, laid

pytestmark = pytest.mark.usefixtures("no_waiting")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    """A folder of another program, outside the data folder."""
    return Elsewhere(tmp_path)


def replaced(shelter: Shelter, stick: Path) -> Path:
    """Restore over records with one case and stay locked; returns the folder that was replaced."""
    made = back_up(shelter, stick)
    fill_case(shelter.vault)
    folder = shelter.vault.folder
    shelter.vault.lock()
    opened = open_by_pages(made.generation, shelter.two_pages())
    brought_back(shelter.place, opened, Progress(), shelter.clock)
    return folder


def put_back(folder: Path, name: str) -> None:
    """Take the strange thing away if it still lies there; what lay there before is found again."""
    place, moved = folder / name, folder / f"{name}-moved"
    if lies_at(place) is Lying.FOLDER:
        shutil.rmtree(place)
    elif lies_at(place) is Lying.STRANGE:
        place.unlink()
    if moved.exists():
        moved.replace(place)


def goes_back(shelter: Shelter) -> None:
    shelter.vault.lock()
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    shelter.unlock()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [set_aside.SEALED_FILE, f"{set_aside.SEALED_FILE}.part", FILE])
def test_what_lies_there_before_the_sealing_keeps_nobody_out_and_loses_nothing(
    shelter: Shelter, stick: Path, elsewhere: Elsewhere, name: str, kind: str
) -> None:
    folder = replaced(shelter, stick)
    laid(folder / name, kind, elsewhere)
    shelter.unlock().lock()
    put_back(folder, name)
    shelter.unlock()
    assert elsewhere.is_untouched()
    goes_back(shelter)


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_in_the_place_of_the_sealed_keyring_is_no_such_folder(
    shelter: Shelter, stick: Path, elsewhere: Elsewhere, kind: str
) -> None:
    folder = replaced(shelter, stick)
    shelter.unlock().lock()
    laid(folder / set_aside.SEALED_FILE, kind, elsewhere)
    shelter.unlock()
    assert set_aside.all_in(shelter.place) == []
    shelter.vault.lock()
    with pytest.raises(DeskError):
        gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
    assert elsewhere.is_untouched()


@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, "full"), OSError(errno.EACCES, "no"), OSError(errno.EIO, "bad")]
)
def test_a_disk_that_takes_no_sealed_keyring_leaves_the_readable_one(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError
) -> None:
    folder = replaced(shelter, stick)
    made = ordinary.made

    def refuses(path: Path) -> int:
        if path.name.startswith(set_aside.SEALED_FILE):
            raise fault
        return made(path)

    with monkeypatch.context() as patch:
        patch.setattr(ordinary, "made", refuses)
        assert shelter.unlock().database.warnings
        shelter.vault.lock()
    assert (folder / FILE).is_file()
    assert (folder / SECOND_FILE).is_file()
    shelter.unlock()
    assert [aside.folder for aside in set_aside.all_in(shelter.place)] == [folder]
    goes_back(shelter)


def test_a_keyring_of_a_later_program_stays(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = replaced(shelter, stick)

    def newer(_folder: Path) -> Any:
        raise NewerFile

    monkeypatch.setattr(set_aside, "read_keyring", newer)
    shelter.unlock()
    assert (folder / FILE).is_file()


CONTENT: dict[str, Any] = {"since": "2026-11-03T02:00:00.000000Z", "seals": {}, "body": ""}


@pytest.mark.parametrize(
    "strange",
    [{"since": "9999-12-31T23:59:59.999999Z"}, {"since": "0001-01-01T00:00:00.000000Z"},
     {"since": 5}, {"since": None}, {"seals": []}, {"seals": {"x": 1}}, {"body": 7},
     {"body": "ນ"}, {"seals": {"x": "\ud800"}}],
    ids=str,
)  # fmt: skip
def test_whatever_stands_in_the_sealed_keyring_the_records_open(
    shelter: Shelter, stick: Path, strange: dict[str, Any]
) -> None:
    folder = replaced(shelter, stick)
    shelter.unlock().lock()
    content = encode(set_aside.FORMAT, set_aside.VERSION, CONTENT | strange)
    (folder / set_aside.SEALED_FILE).write_bytes(content)
    shelter.unlock()
    assert set_aside.all_in(shelter.place) == []
    assert folder.exists()


def test_the_earlier_records_are_read_by_name_and_not_through_a_second_name(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    folder = replaced(shelter, stick)
    shelter.unlock().lock()
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    for ending in ("-wal", "-shm", "-journal"):
        os.link(precious, folder / f"store.db{ending}")
        with pytest.raises(DeskError):
            gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
        (folder / f"store.db{ending}").unlink()
    assert precious.read_bytes() == b"precious"
    gone_back(shelter.place, shelter.two_pages(), Progress(), shelter.clock)
