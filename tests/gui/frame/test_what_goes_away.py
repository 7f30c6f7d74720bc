"""What has the keyboard goes away: it stays near, and never comes to lie on another act."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.pages.case.task_row import TaskRow
from shelterdesk.gui.parts.rows import Row
from shelterdesk.services.desk import Desk
from tests.drivers.window import WindowDriver, at_the_desk
from tests.factories import PASSPHRASE
from tests.gui.every_page import full_house, parts_of, visits

pytestmark = pytest.mark.usefixtures("in_english")


def keyboard() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def place_of(driver: WindowDriver) -> Workplace:
    assert driver.window.workplace is not None
    return driver.window.workplace


def desk_of(driver: WindowDriver) -> Desk:
    assert driver.window.room is not None
    return driver.window.room.desk


def titles(driver: WindowDriver) -> list[str]:
    rows = driver.window.findChildren(TaskRow)
    return [row.accessibleName().split(",")[0] for row in rows if row.isVisible()]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_task_that_is_done_leaves_the_keyboard_on_the_next_one_then_on_none(
    qtbot: QtBot, tmp_path: Path, by_key: bool
) -> None:
    driver = at_the_desk(qtbot, tmp_path / "data")
    desk = desk_of(driver)
    for ago, title in ((3, "first"), (2, "second"), (1, "third")):
        desk.tasks.add(title, desk.today() - timedelta(days=ago))
    driver.click("nav_home")

    def done(number: int) -> str:
        found = driver.window.findChildren(QPushButton, "finish-task")
        pressed = [one for one in found if one.isVisible()][number]
        pressed.setFocus()
        if by_key:
            QTest.keyClick(pressed, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)
        driver.wait()
        return keyboard().accessibleName().split(",")[0]

    assert titles(driver) == ["first", "second", "third"]
    assert done(1) == "third"
    assert done(1) == "first"
    done(0)
    assert titles(driver) == []
    assert not isinstance(keyboard(), QAbstractButton) or isinstance(keyboard(), Row)


def takes_the_keyboard(button: QWidget) -> bool:
    if button.isVisible() and button.isEnabled():
        button.setFocus()
    return QApplication.focusWidget() is button


def act_under_the_keyboard(button: QAbstractButton, how: str) -> str:
    """Let a button go away as things do; return what the keyboard would begin then."""
    getattr(button, how)(False)
    here = keyboard()
    begun = here.objectName() if isinstance(here, QAbstractButton) else ""
    begun = "" if isinstance(here, Row) else begun
    getattr(button, how)(True)
    return begun and f"{button.objectName()} → {begun}"


def test_no_page_gives_the_keyboard_to_another_act_when_a_button_goes_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    ids = full_house(tmp_path / "data", [lambda: "text"])
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.unlock(PASSPHRASE)
    place = place_of(driver)
    tried, wrong = 0, []
    for page, record_id in visits(ids):
        place.go(page, record_id)
        QCoreApplication.processEvents()
        for part in parts_of(place):
            for button in filter(takes_the_keyboard, place.page.findChildren(QAbstractButton)):
                tried += 1
                begun = [act_under_the_keyboard(button, "setEnabled")]
                if takes_the_keyboard(button):
                    begun.append(act_under_the_keyboard(button, "setVisible"))
                wrong += [f"{page} {part} {one}" for one in begun if one]
    assert not wrong
    assert tried > 300
