"""The lines of My day in the window: opened by mouse and keys, grouped, gone through by arrows."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.pages.case.task_row import TaskRow
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.gui.parts.rows import Row, rows_in
from shelterdesk.services.day_lines import BACKUP, CASE, DEPUTY, REFERRAL, DayPart
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import Shelter, add_person
from tests.gui.pages.today.test_home import admitted

pytestmark = pytest.mark.usefixtures("in_english")


def page_of_rows(qtbot: QtBot, desk: Desk) -> tuple[PageDriver, list[Row]]:
    """Return the page and its rows in the order of the eye."""
    page = HomePage(desk)
    driver = PageDriver(qtbot, page)
    return driver, [row for card in page.groups.values() for row in rows_in(card)]


def test_a_line_opens_its_page_by_mouse_enter_and_space(
    qtbot: QtBot, shelter: Shelter, desk: Desk
) -> None:
    case = admitted(desk, "Mali")
    add_person(shelter.vault, "Dao", Role.NURSE)
    desk.cases.write_note(case, "we talk again", next_on=desk.today())
    driver, (backup, note) = page_of_rows(qtbot, desk)
    assert note.accessibleName() == f"Next time with her, as her notes say, Today, {case.code} Mali"
    driver.bot.mouseClick(note, Qt.MouseButton.LeftButton)
    driver.press(note, Qt.Key.Key_Return)
    driver.press(note, Qt.Key.Key_Space)
    driver.press(backup, Qt.Key.Key_Enter)
    assert driver.went == [("case", case.id)] * 3 + [("backup", "")]


def test_the_arrows_go_through_all_groups_as_through_one_list(qtbot: QtBot, desk: Desk) -> None:
    case = admitted(desk, "Mali")
    today = desk.today()
    desk.tasks.add("now", today - timedelta(days=1))
    desk.cases.write_note(case, "we talk again", next_on=today)
    desk.tasks.add("ahead", today + timedelta(days=3))
    driver, rows = page_of_rows(qtbot, desk)
    assert len(rows) == 5
    rows[0].setFocus()
    driver.press(rows[0], Qt.Key.Key_Up)
    assert rows[0].hasFocus()
    for row in rows[1:]:
        driver.press(driver.page.focusWidget(), Qt.Key.Key_Down)
        assert row.hasFocus()
    driver.press(rows[4], Qt.Key.Key_Down)
    assert rows[4].hasFocus()
    driver.press(rows[4], Qt.Key.Key_Up)
    assert rows[3].hasFocus()
    resident = driver.part(Row, "resident")
    resident.setFocus()
    driver.press(resident, Qt.Key.Key_Down)
    assert resident.hasFocus()


def test_what_is_put_off_moves_to_its_group_and_the_keyboard_stays_in_place(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.tasks.add("first", desk.today(), priority="urgent")
    desk.tasks.add("second", desk.today())
    page = HomePage(desk)
    driver = PageDriver(qtbot, page)
    row = driver.parts(TaskRow, "task")[0]
    row.setFocus()
    driver.press(row, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    told = {
        part: [row.accessibleName() for row in rows_in(card) if row.objectName() == "task"]
        for part, card in page.groups.items()
    }
    assert told[DayPart.TODAY] == ["second, Today"]
    assert told[DayPart.AHEAD] == ["first, Tomorrow, Urgent"]
    assert driver.parts(TaskRow, "task")[0].hasFocus()
    assert "Moved to 4/11/2026: first" in driver.text()
    driver.click("undo")
    assert [task.due_on for task in desk.tasks.mine()] == [desk.today()] * 2
    assert not driver.can_see("ahead-title")


def test_a_long_group_shows_its_first_lines_and_all_when_asked(qtbot: QtBot, desk: Desk) -> None:
    for number in range(13):
        desk.tasks.add(f"task {number:02}", desk.today())
    driver = PageDriver(qtbot, HomePage(desk))
    assert len(driver.parts(TaskRow, "task")) == 10
    assert "Today  ·  13" in driver.text()
    driver.click("today-all")
    rows = driver.parts(TaskRow, "task")
    assert len(rows) == 13
    assert rows[10].hasFocus()
    assert not driver.can_see("today-all")


def test_a_line_that_opens_nothing_says_so_by_opening_nothing(
    qtbot: QtBot, shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.NURSE)
    driver, rows = page_of_rows(qtbot, as_somebody(shelter, "Dao", passphrase))
    assert [row.objectName() for row in rows] == ["line"]
    driver.press(rows[0], Qt.Key.Key_Return)
    assert driver.went == []


def test_every_page_that_a_line_can_open_is_there() -> None:
    assert {CASE, REFERRAL, BACKUP, DEPUTY} <= PAGES.keys()
