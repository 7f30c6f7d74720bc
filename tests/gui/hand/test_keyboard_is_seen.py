"""Where the keyboard goes, the page goes too; what the mouse presses stays under the pointer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.keeping.page_cells import WordCell
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    """A window in which new records have just begun: the words of the pages are asked."""
    made = WindowDriver(qtbot, tmp_path / "data")
    made.window.resize(1024, 600)
    for name, text in (("name", "Noy"), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)):
        made.type_into(name, text)
    made.click("main")
    return made


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def cells(driver: WindowDriver, page: str) -> list[WordCell]:
    found = driver.window.findChildren(WordCell)
    return [cell for cell in found if cell.objectName().startswith(page)]


def test_a_word_is_never_typed_out_of_sight(driver: WindowDriver) -> None:
    for page in ("first", "second"):
        cells(driver, page)[0].setFocus()
        for cell in cells(driver, page):
            QCoreApplication.processEvents()
            assert cell.hasFocus()
            assert whole(cell)
            driver.type_into(cell.objectName(), "zebra")
            driver.press(Qt.Key.Key_Space)


def test_nothing_scrolls_below_the_mouse(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = cells(driver, "first")[0], cells(driver, "second")[-1]
    first.setFocus()
    QCoreApplication.processEvents()
    areas = [one for one in driver.window.findChildren(QScrollArea) if one.isAncestorOf(last)]
    before = [area.verticalScrollBar().value() for area in areas]
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    last.setFocus()
    QCoreApplication.processEvents()
    assert [area.verticalScrollBar().value() for area in areas] == before
    monkeypatch.undo()
    first.setFocus()
    last.setFocus()
    QCoreApplication.processEvents()
    assert whole(last)
