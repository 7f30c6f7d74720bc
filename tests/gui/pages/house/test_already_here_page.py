"""Fifteen lines on the first day: typed one after the other, each in the list at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.house.already_here import AlreadyHerePage
from shelterdesk.gui.pages.house.beds import BedsPage
from shelterdesk.services.desk import Desk
from tests.drivers.form import press, type_keys
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.services.living.staying import lives_here, room_with, where

pytestmark = pytest.mark.usefixtures("in_english")


def opened(qtbot: QtBot, desk: Desk) -> tuple[AlreadyHerePage, PageDriver]:
    page = AlreadyHerePage(desk)
    driver = PageDriver(qtbot, page)
    page.form.go_to("alias")
    return page, driver


def types(*texts: str) -> None:
    """Type into one field after the other and press Enter in the last."""
    for number, text in enumerate(texts):
        last = number + 1 == len(texts)
        type_keys(keyboard(), text)
        press(keyboard(), Qt.Key.Key_Return if last else Qt.Key.Key_Tab)


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def put(page: AlreadyHerePage, alias: str, bed: int = 0) -> None:
    """Fill in the form past the keyboard, and save."""
    page.form.editor("alias").set_raw(alias)
    page.form.editor("opened_on").set_raw("5/1/2026")
    if bed:
        box_of(page).setCurrentIndex(bed)
    page.editor.save()


def box_of(page: AlreadyHerePage) -> QComboBox:
    assert page.bed is not None
    return page.bed.box


def test_one_after_the_other_by_keys_alone(qtbot: QtBot, desk: Desk) -> None:
    page, _driver = opened(qtbot, desk)
    types("Dok", "5/1/2026")
    types("Bua", "7/2/2026")
    assert {row.split(" | ", 1)[1] for row in rows_of(page.table)} == {
        "Dok | 5/1/2026",
        "Bua | 7/2/2026",
    }
    assert keyboard() is page.form.editor("alias").inner
    assert page.form.is_blank()


def test_without_the_day_nobody_is_taken_down(qtbot: QtBot, desk: Desk) -> None:
    page, driver = opened(qtbot, desk)
    types("Dok")
    assert rows_of(page.table) == []
    assert "since when she is here" in driver.text()
    assert keyboard() is page.form.editor("opened_on").inner


def test_a_bed_is_chosen_where_there_are_some(qtbot: QtBot, desk: Desk) -> None:
    one, two = room_with(desk, "1", "2")
    desk.beds.move(lives_here(desk, "Kham").id, one.id)
    page, _driver = opened(qtbot, desk)
    box = box_of(page)
    assert [box.itemData(n) for n in range(1, box.count())] == [two.id]
    put(page, "Dok", bed=1)
    assert where(desk) == {"Kham": "1", "Dok": "2"}
    assert box.count() == 1


def test_a_bed_that_was_taken_meanwhile_stops_nobody(qtbot: QtBot, desk: Desk) -> None:
    [one] = room_with(desk, "1")
    page, driver = opened(qtbot, desk)
    desk.beds.move(lives_here(desk, "Kham").id, one.id)
    put(page, "Dok", bed=1)
    assert where(desk) == {"Kham": "1", "Dok": ""}
    assert "Kham" in driver.text()


def test_the_way_in_stands_on_the_page_of_the_house(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, BedsPage(desk))
    driver.click("already-here")
    assert driver.went == [("already_here", "")]
