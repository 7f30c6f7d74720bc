"""Backup and records: what went wrong is red and stands before what went well, in right words."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import MediumGone
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.pages.keeping.keeping import KeepingPage, _backed_up, _not_backed_up
from shelterdesk.services.keeping.backups import BackupResult
from shelterdesk.store.disk.target import SameDisk
from tests.drivers.window import at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> KeepingPage:
    """The page as the director sees it."""
    driver = at_the_desk(qtbot, tmp_path / "data")
    driver.click("nav_backup")
    found = driver.window.findChild(KeepingPage)
    assert isinstance(found, KeepingPage)
    return found


def test_a_folder_that_is_not_there_is_told_in_red_and_takes_the_success_away(
    page: KeepingPage, tmp_path: Path
) -> None:
    page.tell("Backup made")
    page._back_up(tmp_path / "nowhere")
    assert page.told.text() == ""
    assert page.problem.isVisible()
    assert page.problem.objectName() == "problem"
    assert "This folder is not there" in page.problem.text()
    assert page.problem.y() < page.told.y()
    page.tell("Backup made")
    assert not page.problem.isVisible()


def test_a_folder_that_is_there_and_cannot_be_written_is_not_called_gone(
    page: KeepingPage, tmp_path: Path
) -> None:
    page.tell(*_not_backed_up(tmp_path, MediumGone(where=tmp_path.name), tmp_path))
    assert "cannot be written" in page.problem.text()
    page.tell(*_not_backed_up(tmp_path / "pulled_out", MediumGone(where="stick"), tmp_path))
    assert "cannot be reached any more" in page.problem.text()


def test_what_else_is_to_be_known_stands_beside_the_good_news(
    page: KeepingPage, tmp_path: Path
) -> None:
    page.tell(*_backed_up(BackupResult(tmp_path, 1, (), (), (), (SameDisk(),))))
    assert "The stick may be removed now" in page.told.text()
    assert page.beside.isVisible()
    assert "same disk as the records" in page.beside.text()
    page.tell("")
    assert not page.beside.isVisible()


def test_how_a_backup_goes_and_ends_is_told_wherever_she_is_by_then(
    page: KeepingPage, qtbot: QtBot, tmp_path: Path
) -> None:
    window = page.window()
    assert isinstance(window, DeskWindow)
    assert window.workplace is not None
    stick, said = tmp_path / "stick", list[str]()
    stick.mkdir()
    window.worker.progressed.connect(lambda _doing, _how_far: said.append(window.status.text()))
    page._back_up(stick)
    window.workplace.go("settings")
    qtbot.waitUntil(lambda: not window.worker.is_busy and "made" in window.status.text())
    assert any(words.endswith(" %") for words in said)
    assert "Backup made, read back and opened" in window.status.text()
    window.workplace.go("backup")
    back = window.findChildren(KeepingPage)[-1]
    assert "The stick may be removed now" in back.told.text()
    assert not back.bar.isVisible()


def test_a_backup_that_fails_is_told_too(page: KeepingPage, qtbot: QtBot, tmp_path: Path) -> None:
    window = page.window()
    assert isinstance(window, DeskWindow)
    assert window.workplace is not None
    stick = tmp_path / "stick"
    stick.mkdir()
    page._back_up(stick)
    stick.rmdir()
    window.workplace.go("settings")
    qtbot.waitUntil(lambda: not window.worker.is_busy)
    assert window.room is not None
    assert window.room.ended is not None
    assert window.room.ended.problem
    assert window.status.text() == window.room.ended.problem
