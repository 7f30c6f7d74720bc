"""The first window, by mouse and keyboard: start, paper, desk, backup, check, lock, door."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.work import Progress
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.pages.keeping import keeping
from shelterdesk.gui.pages.keeping.unlock import UnlockPage
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.keyholders.keyholding import set_travel_passphrase
from tests.drivers.window import WindowDriver
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, add_person, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")

TRAVEL = "walnut harbour pencil orbit velvet candle"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A data folder with a vault, made with cheap key derivation, and locked."""
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao")
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the person choose `folder` in the next dialogue, whose own look is Qt's affair."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(keeping, "ask_folder", lambda *_, **_more: folder)  # it waits for a stick


def test_new_records_are_started_and_two_pages_typed_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.type_into("name", DIRECTOR)
    driver.type_into("passphrase", PASSPHRASE)
    driver.type_into("again", PASSPHRASE)
    driver.press_enter("again")
    assert driver.window.room is not None
    pages = driver.window.room.pages
    assert pages is not None
    assert str(pages.set_number) in driver.title()
    choose(monkeypatch, tmp_path)
    driver.click("save")
    assert len(list(tmp_path.glob("recovery-page-*.pdf"))) == 3
    driver.type_into("first", " ".join(pages.pages[0]))
    driver.type_into("second", " ".join(pages.pages[2]))
    driver.click("main")
    assert driver.title() == "A second person"
    assert not driver.can_see("to_paper")
    driver.click("later")
    assert driver.title() == "My day"
    assert driver.can_see("to_deputy")


def test_a_start_that_cannot_be_made_says_why_and_makes_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.click("main")
    assert "Please type your name." in driver.text()
    driver.type_into("name", DIRECTOR)
    driver.type_into("passphrase", PASSPHRASE)
    driver.type_into("again", PASSPHRASE + "x")
    driver.click("main")
    assert "not the same" in driver.text()
    for field in ("passphrase", "again"):
        driver.type_into(field, "password123")
    driver.click("main")
    assert "15" in driver.text()
    assert not list((tmp_path / "data").glob("vault-*"))


def test_a_wrong_word_is_told_by_its_box(qtbot: QtBot, tmp_path: Path) -> None:
    shelter = new_shelter(tmp_path / "data", finished=False)
    pages = shelter.pages.pages
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.type_into("passphrase", PASSPHRASE)
    driver.click("main")
    driver.click("to_paper")
    driver.type_into("first", " ".join(pages[0]))
    driver.type_into("second", " ".join((*pages[1][:-1], "zero")))
    driver.click("main")
    assert "In the second page, word 33 (“zero”)" in driver.text()
    driver.type_into("second", " ".join(pages[0]))
    driver.click("main")
    assert "two different pages" in driver.text()
    driver.type_into("second", " ".join(pages[1]))
    driver.click("main")
    assert not driver.can_see("to_paper")


def test_the_door_opens_for_the_right_passphrase_only(qtbot: QtBot, made: Path) -> None:
    driver = WindowDriver(qtbot, made)
    driver.choose_name()
    driver.type_into("passphrase", "not the passphrase at all")
    driver.press_enter("passphrase")
    assert "does not fit this name" in driver.text()
    driver.type_into("passphrase", PASSPHRASE)
    driver.press_enter("passphrase")
    assert f"At the desk: {DIRECTOR}" in driver.text()
    driver.click("lock")
    assert driver.title() == "Open the records"


def test_a_backup_is_made_and_checked_from_the_desk(
    qtbot: QtBot, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    driver = WindowDriver(qtbot, made)
    driver.unlock(PASSPHRASE)
    driver.click("nav_backup")
    assert "Last backup: never" in driver.text()
    choose(monkeypatch, stick)
    driver.click("main")
    assert "read back and opened" in driver.text()
    assert "Last backup: never" not in driver.text()
    assert list(stick.glob("SD-BACKUP/*/*/manifest.sdm"))
    driver.click("check")
    assert _told(driver).count("good") == 6


def test_a_stick_that_is_not_there_is_told_in_words(
    qtbot: QtBot, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = WindowDriver(qtbot, made)
    driver.unlock(PASSPHRASE)
    driver.click("nav_backup")
    choose(monkeypatch, tmp_path / "gone")
    driver.click("main")
    assert "is not there" in driver.text()


def test_the_language_changes_while_running(qtbot: QtBot, made: Path) -> None:
    driver = WindowDriver(qtbot, made)
    english = driver.text()
    driver.speak("lo")
    assert driver.title() != "Open the records"
    assert any("\u0e80" <= letter <= "\u0eff" for letter in driver.title())
    driver.speak("en")
    assert driver.text() == english


def test_every_widget_that_takes_the_keyboard_has_a_name(qtbot: QtBot, made: Path) -> None:
    driver = WindowDriver(qtbot, made)
    _demand_names(driver)
    driver.unlock(PASSPHRASE)
    for place in ("home", "backup", "staff", "settings"):
        driver.click(f"nav_{place}")
        _demand_names(driver)


def _demand_names(driver: WindowDriver) -> None:
    takes = Qt.FocusPolicy.TabFocus
    for widget in driver.window.findChildren(QWidget):
        if (
            widget.isVisible()
            and widget.focusPolicy() & takes
            and not widget.objectName().startswith("qt_")
        ):
            assert widget.accessibleName(), widget


def a_backup(tmp_path: Path) -> tuple[Path, list[tuple[str, ...]]]:
    """Return a stick with one backup of a shelter, and the pages that open it."""
    stick = tmp_path / "stick"
    stick.mkdir()
    shelter = new_shelter(tmp_path / "earlier")
    set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    make_backup(shelter.vault, stick, Progress())
    shelter.vault.lock()
    shelter.place.close()
    return stick, list(shelter.pages.pages)


@pytest.mark.parametrize("opener", ["pages", "travel"])
def test_a_backup_is_brought_back_on_an_empty_computer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: str
) -> None:
    stick, pages = a_backup(tmp_path)
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.click("have")
    choose(monkeypatch, stick)
    driver.click("look")
    if opener == "pages":
        driver.type_into("first", " ".join(pages[0]))
        driver.type_into("second", " ".join(pages[0]))
        driver.click("main")
        assert "two different pages" in driver.text()
        driver.type_into("second", " ".join(pages[1]))
    else:
        driver.type_into("travel", "not the travel passphrase")
        driver.click("main")
        assert "does not open this backup" in driver.text()
        driver.type_into("travel", TRAVEL)
    driver.click("main")
    assert driver.title() == "Open the records"
    assert "The backup is in place" in driver.text()
    driver.type_into("passphrase", PASSPHRASE)
    driver.click("main")
    assert f"At the desk: {DIRECTOR}" in driver.text()


def test_a_folder_without_a_backup_is_told_and_one_can_go_back(
    qtbot: QtBot, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = WindowDriver(qtbot, made)
    driver.click("have")
    choose(monkeypatch, tmp_path)
    driver.click("look")
    assert "no finished backup" in driver.text()
    assert not driver.part(QWidget, "main").isEnabled()
    driver.click("back")
    assert driver.title() == "Open the records"


def test_closing_the_window_locks_the_records(qtbot: QtBot, made: Path) -> None:
    driver = WindowDriver(qtbot, made)
    driver.type_into("passphrase", PASSPHRASE)
    driver.click("main")
    driver.window.close()
    assert driver.window.room is None
    assert not list(made.glob("vault-*/store.db-wal"))


def test_one_can_type_before_the_store_is_loaded(qtbot: QtBot, made: Path) -> None:
    window = DeskWindow(made, lambda: None)
    qtbot.addWidget(window)
    page = window.door.page
    assert isinstance(page, UnlockPage)
    assert page.name.count() == 0
    with qtbot.waitExposed(window):
        window.show()
    QTest.keyClicks(page.passphrase, PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.name.count() > 0)
    if page.name.count() > 1:  # nobody was chosen yet: what is typed stays
        page.name.setCurrentIndex(0)
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workplace is not None)
    window.close()


def test_the_door_is_painted_without_the_libraries_of_the_store() -> None:
    heavy = "{'sqlalchemy', 'cryptography', 'sqlcipher3', 'reportlab'}"
    script = (
        "import sys, shelterdesk.app, shelterdesk.gui.frame.window;"
        f"print({heavy} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert said.stdout.strip() == b"set()"


def _told(driver: WindowDriver) -> str:
    """Return what the page itself says of how long work has ended."""
    label = driver.part(QLabel, "told")
    assert isinstance(label, QLabel)
    return label.text()
