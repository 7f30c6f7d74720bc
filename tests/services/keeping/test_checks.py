"""The check of the whole house: every part is looked at, and one fault does not hide another."""

from pathlib import Path

import pytest

from shelterdesk.core.errors import NoSpace
from shelterdesk.core.work import Progress
from shelterdesk.services.desk import Desk
from shelterdesk.store.keyring.keyring import SECOND_FILE
from shelterdesk.store.vault.founding import FILES
from tests.factories import Shelter, fill_case, tree

PARTS = [
    "Database",
    "Access log",
    "Records against the log",
    "Sticks that are plugged in",
    "Attached files",
    "Keyring, both copies",
]


def wrong(desk: Desk) -> dict[str, str]:
    """Return the parts that have a problem, with it."""
    found = list(desk.checks.run(Progress()))
    assert [finding.looked_at for finding in found] == PARTS
    return {finding.looked_at: finding.problem for finding in found if finding.problem}


@pytest.fixture
def filled(shelter: Shelter) -> Shelter:
    fill_case(shelter.vault)
    shelter.vault.settle()
    return shelter


def test_in_a_whole_house_nothing_is_wrong_and_looking_changes_nothing(
    filled: Shelter, desk: Desk
) -> None:
    before = tree(filled.place.root)
    assert wrong(desk) == {}
    after = tree(filled.place.root)
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {
        str(Path("vault-0001", "store.db-shm"))
    }


def test_a_changed_line_of_the_log_is_found(filled: Shelter, desk: Desk) -> None:
    with filled.vault.database.driver() as connection:
        connection.execute("UPDATE audit_event SET actor = 'x' WHERE seq = 3")
    assert list(wrong(desk)) == ["Access log"]
    assert "entry 3" in wrong(desk)["Access log"]


def test_a_cut_log_is_found_by_what_was_last_seen(filled: Shelter, desk: Desk) -> None:
    with filled.vault.database.driver() as connection:
        connection.execute("DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)")
    assert list(wrong(desk)) == ["Access log", "Records against the log"]


@pytest.mark.parametrize("fault", ["gone", "flipped"])
def test_a_damaged_attached_file_is_found(filled: Shelter, desk: Desk, fault: str) -> None:
    [path, *_] = (filled.vault.folder / FILES).rglob("*.sdf")
    data = path.read_bytes()
    path.unlink()
    if fault == "flipped":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert list(wrong(desk)) == ["Attached files"]


def test_a_damaged_copy_of_the_keyring_is_found(filled: Shelter, desk: Desk) -> None:
    (filled.vault.folder / SECOND_FILE).unlink()
    assert list(wrong(desk)) == ["Keyring, both copies"]


def test_a_planted_trigger_is_found(filled: Shelter, desk: Desk) -> None:
    with filled.vault.database.driver() as connection:
        connection.execute('CREATE TRIGGER t AFTER INSERT ON "case" BEGIN DELETE FROM draft; END')
    assert list(wrong(desk)) == ["Database"]


def test_a_row_that_points_to_nobody_is_found(filled: Shelter, desk: Desk) -> None:
    with filled.vault.database.driver() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE case_note SET case_id = 'nobody'")
        connection.execute("PRAGMA foreign_keys = ON")
    assert list(wrong(desk)) == ["Database", "Records against the log"]


def test_two_faults_are_both_told(filled: Shelter, desk: Desk) -> None:
    (filled.vault.folder / SECOND_FILE).unlink()
    with filled.vault.database.driver() as connection:
        connection.execute("DELETE FROM audit_event WHERE seq = 2")
    assert list(wrong(desk)) == ["Access log", "Keyring, both copies"]


def no_room(*_: object) -> None:
    """Stand in for a checkpoint on a full disk."""
    raise NoSpace(where="The disk")


@pytest.mark.usefixtures("filled")
def test_on_a_full_disk_the_check_goes_on_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shelterdesk.store.database.database.Database.checkpoint", no_room)
    assert list(wrong(desk)) == ["Database"]
    assert wrong(desk)["Database"].startswith("good, but there is not enough room")


def test_on_a_full_disk_damage_is_told_before_the_lack_of_room(
    filled: Shelter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled.vault.database.path
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    store.write_bytes(content)
    monkeypatch.setattr("shelterdesk.store.database.database.Database.checkpoint", no_room)
    assert "damaged" in wrong(desk)["Database"]
