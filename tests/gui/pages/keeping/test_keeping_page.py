"""Backup and records: what went wrong is red and stands before what went well, in right words."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import MediumGone
from shelterdesk.gui.pages.keeping.keeping import KeepingPage
from shelterdesk.services.keeping.backups import BackupResult
from shelterdesk.store.disk.target import SameDisk
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> KeepingPage:
    """The page as the director sees it."""
    shelter = new_shelter(tmp_path / "data")
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.unlock(PASSPHRASE)
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
    page._not_backed_up(tmp_path, MediumGone(where=tmp_path.name))
    assert "cannot be written" in page.problem.text()
    page._not_backed_up(tmp_path / "pulled_out", MediumGone(where="stick"))
    assert "cannot be reached any more" in page.problem.text()


def test_what_else_is_to_be_known_stands_beside_the_good_news(
    page: KeepingPage, tmp_path: Path
) -> None:
    page._backed_up(BackupResult(tmp_path, 1, (), (), (), (SameDisk(),)))
    assert "The stick may be removed now" in page.told.text()
    assert page.beside.isVisible()
    assert "same disk as the records" in page.beside.text()
    page.tell("")
    assert not page.beside.isVisible()
