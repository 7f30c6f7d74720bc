"""What the command line can bring back, the window can: checked, undone, or without damage."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog
from pytestqt.qtbot import QtBot

from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from tests.drivers.window import WindowDriver, when_asked
from tests.factories import PASSPHRASE, fill_case, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")

TRAVEL = "anchor violet candle harbour meadow lantern"


class Kept:
    """A shelter with one file in it, its stick, and the words of its pages."""

    def __init__(self, root: Path) -> None:
        self.data, self.stick = root / "data", root / "stick"
        self.stick.mkdir()
        shelter = new_shelter(self.data)
        fill_case(shelter.vault)
        make_backup(shelter.vault, self.stick, Progress())
        self.pages = [" ".join(page) for page in shelter.pages.pages]
        shelter.vault.lock()
        shelter.place.close()

    def damage_attached(self) -> None:
        """Turn one byte in every attached file on the stick."""
        files = [path for path in self.stick.rglob("*.sdf") if path.is_file()]
        assert files
        for path in files:
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    made = Kept(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made.stick))
    return made


def at_the_stick(qtbot: QtBot, data: Path) -> WindowDriver:
    driver = WindowDriver(qtbot, data)
    driver.click("have")
    driver.click("look")
    return driver


def type_pages(driver: WindowDriver, kept: Kept) -> None:
    driver.type_into("first", kept.pages[0])
    driver.type_into("second", kept.pages[2])


def test_a_backup_is_checked_without_and_with_what_opens_it(
    qtbot: QtBot, tmp_path: Path, kept: Kept
) -> None:
    driver = at_the_stick(qtbot, tmp_path / "new")
    driver.click("check_backup")
    assert "Every checksum fits" in driver.text()
    type_pages(driver, kept)
    driver.click("check_backup")
    assert "the database opens" in driver.text()
    assert list((tmp_path / "new").glob("vault-*")) == []
    driver.type_into("first", "no page")
    driver.click("check_backup")
    assert "In the first page" in driver.text()
    assert "the database opens" not in driver.text()


def test_a_damaged_backup_is_told_by_the_check(qtbot: QtBot, tmp_path: Path, kept: Kept) -> None:
    kept.damage_attached()
    driver = at_the_stick(qtbot, tmp_path / "new")
    driver.click("check_backup")
    assert "damaged" in driver.text()
    assert "Every checksum fits" not in driver.text()


def test_what_is_damaged_is_left_out_only_when_somebody_says_so(
    qtbot: QtBot, tmp_path: Path, kept: Kept
) -> None:
    kept.damage_attached()
    driver = at_the_stick(qtbot, tmp_path / "new")
    type_pages(driver, kept)
    assert not driver.can_see("leave_out")
    driver.click("main")
    assert "everything else can be restored without it" in driver.text()
    assert list((tmp_path / "new").glob("vault-*")) == []
    box = driver.part(QCheckBox, "leave_out")
    assert isinstance(box, QCheckBox)
    box.click()
    driver.click("main")
    assert "The backup is in place" in driver.text()
    driver.unlock(PASSPHRASE)
    assert driver.window.room is not None
    assert len(driver.window.room.desk.cases.all_cases()) == 1


def test_the_records_before_the_last_restore_come_back(qtbot: QtBot, kept: Kept) -> None:
    driver = WindowDriver(qtbot, kept.data)
    driver.click("have")
    assert not driver.can_see("earlier"), "nothing was restored yet"
    before = {path.name for path in kept.data.glob("vault-*")}
    driver.click("look")
    type_pages(driver, kept)
    driver.click("main")
    driver.click("have")
    driver.click("earlier")
    assert driver.title() == "Back to the records before the last restore"
    driver.click("back")
    driver.click("earlier")
    driver.click("main")
    assert "Type two" in driver.text(), "nobody goes back alone"
    type_pages(driver, kept)
    driver.click("main")
    assert "from before the restore are in place again" in driver.text()
    newest = max(kept.data.glob("vault-*"), key=lambda path: path.name)
    assert len({path.name for path in kept.data.glob("vault-*")} - before) >= 1
    assert newest.exists()
    driver.unlock(PASSPHRASE)
    assert "At the desk" in driver.text()


def test_the_travel_passphrase_is_set_in_the_window_and_brings_back(
    qtbot: QtBot, tmp_path: Path, kept: Kept
) -> None:
    driver = WindowDriver(qtbot, kept.data)
    driver.unlock(PASSPHRASE)
    driver.click("nav_staff")
    driver.click("to_travel")
    driver.type_into("travel_new", TRAVEL)
    driver.type_into("travel_again", "another")
    driver.click("set_travel")
    assert "not the same" in driver.text()
    driver.type_into("travel_again", TRAVEL)
    driver.click("set_travel")
    assert "can also be restored with the travel passphrase" in driver.text()
    driver.click("nav_backup")
    when_asked(driver, "place_other")
    driver.click("main")
    assert "read back and opened" in driver.text()
    driver.window.close()
    again = at_the_stick(qtbot, tmp_path / "new")
    again.type_into("travel", TRAVEL)
    again.click("main")
    assert "The backup is in place" in again.text()
