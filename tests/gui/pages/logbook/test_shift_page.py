"""The page of a shift: begun, read line by line, signed by each for herself, ended."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.logbook.handover import HandoverLines
from shelterdesk.gui.pages.logbook.shift import ShiftPage
from shelterdesk.records.house.shifts import OnDuty, Shift, ShiftHandover
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.factories import Shelter, add_person

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key


@pytest.fixture
def handed(desk: Desk, shelter: Shelter) -> ShiftHandover:
    """Pa has handed over in the morning: two lines must be read, one waits."""
    add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    seat_all(shelter.vault)
    pa = next(id_ for id_, name in desk.staff.choices() if name == "Pa")
    for text in ("the key is with Pa", "Dok eats no pork"):
        desk.day_log.write(text, {"must_read": "yes"})
    desk.day_log.write("the lamp is broken", {"stays_open": "yes"})
    shift = Shift(kind="morning", lead_id=pa, began_at=desk.now() - timedelta(hours=4))
    shift.day, shift.ended_at = desk.today(), desk.now()
    given = ShiftHandover(shift_id=shift.id, at=desk.now(), by_id=pa, words="A calm day")
    given.cash_agrees = "yes"
    with shelter.vault.database.writing() as session:
        session.add_all([shift, OnDuty(shift_id=shift.id, staff_id=pa), given])
    return given


def opened(qtbot: QtBot, desk: Desk) -> PageDriver:
    driver = PageDriver(qtbot, ShiftPage(desk))
    driver.page.setFocus()
    return driver


def lines(driver: PageDriver) -> HandoverLines:
    return driver.part(HandoverLines, "handover")


def told(driver: PageDriver) -> str:
    return driver.part(QLabel, "shift-told").text()


def test_it_begins_by_the_clock_and_ends_with_a_few_words(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    assert told(driver) == "No shift has begun."
    assert driver.part(QPushButton, "shift-begin").text() == "Begin: Morning"
    driver.click("shift-begin")
    assert "Morning since 3/11/2026 08:3" in told(driver)
    assert told(driver).endswith("leads: Noy  ·  on duty: Noy")
    desk.day_log.write("the lamp is broken", {"stays_open": "yes"})
    driver.page.refresh()  # type: ignore[attr-defined]
    assert "the lamp is broken" in rows_of(lines(driver))[0]
    driver.click("shift-end")
    driver.type_into("words", "A calm day")
    driver.page.asking.open_one.form.editor("cash_agrees").set_raw("yes")  # type: ignore[attr-defined]
    driver.click("main")
    assert told(driver) == "No shift has begun."
    [past] = desk.shifts.lately()
    read = desk.shifts.given(past.id)
    assert (read.words, read.cash_agrees) == ("A calm day", "yes")


def test_who_begins_reads_each_line_that_must_be_read_and_signs(
    qtbot: QtBot, desk: Desk, handed: ShiftHandover
) -> None:
    desk.shifts.begin("afternoon")
    driver = opened(qtbot, desk)
    assert "A calm day" in driver.text()
    assert "Keys and cash agree: Yes" in driver.text()
    table = lines(driver)
    assert "Must be read, line by line: 1 are left." in driver.text()  # the first has the cursor
    driver.click("sign-handover")
    assert "Go through the lines that must be read first: 1 are left." in driver.text()
    assert desk.shifts.unread() == [handed.id]
    table.setFocus()
    driver.press(table, Key.Key_Down)
    assert not driver.can_see("handover-left")
    driver.click("sign-handover")
    assert desk.shifts.unread() == []
    assert desk.shifts.given(handed.id).signed == ("Noy",)
    assert not driver.can_see("sign-handover")


def test_a_line_that_only_the_mouse_has_passed_is_not_read(
    qtbot: QtBot, desk: Desk, handed: ShiftHandover
) -> None:
    assert handed.words
    desk.shifts.begin("afternoon")
    driver = PageDriver(qtbot, ShiftPage(desk))
    driver.part(QPushButton, "shift-begin").setFocus()
    table = lines(driver)
    table.seen.clear()
    table.choose(next(name for name, line in table.lines.items() if line.must_read))
    assert table.left() == 2


def test_nobody_signs_at_the_desk_of_another(
    qtbot: QtBot, desk: Desk, handed: ShiftHandover, shelter: Shelter
) -> None:
    add_person(shelter.vault, "Mi", Role.HOUSE_MOTHER)
    seat_all(shelter.vault)
    mi = next(id_ for id_, name in desk.staff.choices() if name == "Mi")
    desk.shifts.begin("afternoon", others=[mi])
    driver = opened(qtbot, desk)
    buttons = driver.parts(QPushButton, "sign-handover")
    assert sorted(one.text() for one in buttons) == ["Read and signed: Mi", "Read and signed: Noy"]
    next(one for one in buttons if one.text().endswith("Mi")).click()
    assert "Sign as yourself: lock, and open with your own passphrase." in driver.text()
    assert desk.shifts.given(handed.id).signed == ()


def test_the_second_who_ends_a_shift_is_told_what_the_first_wrote(qtbot: QtBot, desk: Desk) -> None:
    shift = desk.shifts.begin("morning")
    driver = opened(qtbot, desk)
    driver.click("shift-end")
    driver.type_into("words", "the second")
    desk.shifts.end(shift.id, "Dok has a fever")
    driver.click("main")
    assert "Noy has ended this shift at" in driver.text()
    assert "“Dok has a fever”" in driver.text()
    kept = driver.page.draft()  # type: ignore[attr-defined]
    assert kept["form.words"] == "the second"
    again = opened(qtbot, desk)
    again.page.restore(kept)  # type: ignore[attr-defined]
    assert again.page.draft() == kept  # type: ignore[attr-defined]
