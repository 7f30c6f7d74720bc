"""The page of groups and kits: what, Space for each who was away, Ctrl+Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.groups.groups import GroupsPage
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.services.living.staying import ADULT, lives_here

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, desk: Desk) -> PageDriver:
    return PageDriver(qtbot, GroupsPage(desk))


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def listed(driver: PageDriver) -> list[str]:
    return list(rows_of(driver.page.list))  # type: ignore[attr-defined]


def keep(driver: PageDriver) -> None:
    driver.press(driver.page, Key.Key_Return, CONTROL)


def test_14_of_15_sew_in_four_actions(qtbot: QtBot, desk: Desk) -> None:
    """What was done, Enter, Space on the one who was away, Ctrl+Enter."""
    for number in range(15):
        lives_here(desk, f"Dok{number}", ADULT)
    driver = opened(qtbot, desk)
    driver.page.setFocus()
    assert keyboard().objectName() == "service"
    driver.choose("service", "vocational_training")
    driver.press(driver.part(QWidget, "service"), Key.Key_Return)
    driver.press(keyboard(), Key.Key_Space)
    assert "14 of 15" in driver.text()
    keep(driver)
    [row] = desk.groups.lately()
    assert (len(row.there), row.asked) == (14, 15)
    assert "Vocational training" in listed(driver)[0]
    assert "14 of 15" in listed(driver)[0]


def test_an_arrival_kit_for_one(qtbot: QtBot, desk: Desk) -> None:
    """A kit begins with nobody: Space on whoever gets one."""
    for name in ("Dok", "Bua"):
        lives_here(desk, name, ADULT)
    driver = opened(qtbot, desk)
    driver.choose("service", "clothing_hygiene_kit")
    assert "0 of 2" in driver.text()
    driver.press(driver.part(QWidget, "service"), Key.Key_Return)
    driver.press(keyboard(), Key.Key_Space)
    keep(driver)
    [row] = desk.groups.lately()
    assert (len(row.there), row.asked) == (1, 1)


def test_the_same_twice_is_said_and_the_next_press_keeps_it(qtbot: QtBot, desk: Desk) -> None:
    case = lives_here(desk, "Dok", ADULT)
    desk.groups.keep({"service": "vocational_training"}, {case.id: "there"})
    driver = opened(qtbot, desk)
    driver.choose("service", "vocational_training")
    keep(driver)
    assert len(desk.groups.lately()) == 1
    assert "stands there already" in driver.text()
    keep(driver)
    assert len(desk.groups.lately()) == 2


def test_nobody_there_is_said_and_a_correction_takes_its_place(qtbot: QtBot, desk: Desk) -> None:
    lives_here(desk, "Dok", ADULT)
    driver = opened(qtbot, desk)
    driver.choose("service", "recreation")
    driver.click("came-everybody")
    keep(driver)
    assert "Nobody is marked as there" in driver.text()
    driver.click("came-everybody")
    keep(driver)
    driver.click("group-correct")
    driver.type_into("minutes", "45")
    keep(driver)
    [row] = desk.groups.lately()
    assert row.group.minutes == 45


def test_what_is_marked_comes_back(qtbot: QtBot, desk: Desk) -> None:
    lives_here(desk, "Dok", ADULT)
    driver = opened(qtbot, desk)
    driver.choose("service", "recreation")
    driver.press(driver.part(QWidget, "service"), Key.Key_Return)
    driver.press(keyboard(), Key.Key_I)
    typed = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk)
    again.page.restore(typed)  # type: ignore[attr-defined]
    assert again.page.came.said() == driver.page.came.said()  # type: ignore[attr-defined]
    assert set(again.page.came.said().values()) == {"ill"}  # type: ignore[attr-defined]
