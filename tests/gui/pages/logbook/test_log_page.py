"""The page of the day log: text and Enter; @ offers who lives here; D done, C corrected beside."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.gui.pages.logbook.log import LogbookPage
from shelterdesk.gui.pages.logbook.log_list import LogList
from shelterdesk.gui.pages.logbook.who_is_meant import OfferedNames
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.factories import Shelter
from tests.services.living.staying import ADULT, lives_here, room_with

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key


@pytest.fixture
def people(desk: Desk) -> list[Case]:
    """Dok in bed 1, Bua in bed 2."""
    made = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua")]
    for case, bed in zip(made, room_with(desk, "1", "2"), strict=True):
        desk.beds.move(case.id, bed.id)
    return made


def opened(qtbot: QtBot, desk: Desk, record_id: str = "") -> PageDriver:
    driver = PageDriver(qtbot, LogbookPage(desk, record_id))
    driver.page.setFocus()
    return driver


def lines(driver: PageDriver) -> LogList:
    return driver.part(LogList, "log-lines")


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def enter(driver: PageDriver, text: str) -> None:
    type_keys(keyboard(), text)
    driver.press(keyboard(), Key.Key_Return)
    QCoreApplication.processEvents()


def correct(driver: PageDriver, text: str) -> None:
    """Type into the form of the line that is corrected, below the one of a new line."""
    field = driver.parts(QLineEdit, "text")[1]
    field.setText(text)
    field.textEdited.emit(text)


def test_text_and_enter_and_the_line_is_free_for_the_next(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    enter(driver, "the water is off")
    enter(driver, "the water is back")
    assert [row.text for row in desk.day_log.of_day(desk.today())] == [
        "the water is back",
        "the water is off",
    ]
    assert "General" in rows_of(lines(driver))[0]
    assert "the water is back" in rows_of(lines(driver))[0]


@pytest.mark.parametrize("typed", ["@Bu", "@2"])
def test_after_at_whoever_lives_here_is_offered_by_name_and_bed(
    qtbot: QtBot, desk: Desk, people: list[Case], typed: str
) -> None:
    driver = opened(qtbot, desk)
    offered = driver.page.meant  # type: ignore[attr-defined]
    assert isinstance(offered, OfferedNames)
    type_keys(keyboard(), "@")
    assert [offered.item(n).text() for n in range(offered.count())] == [
        f"{case.shown}  ·  Bed {bed}" for case, bed in zip(people, "12", strict=True)
    ]
    type_keys(keyboard(), typed[1:])
    assert offered.count() == 1
    driver.press(keyboard(), Key.Key_Return)  # it takes her, and saves nothing
    assert not offered.isVisible()
    assert desk.day_log.of_day(desk.today()) == []
    enter(driver, "has a cold")
    [row] = desk.day_log.of_day(desk.today())
    assert (row.text, row.who) == (f"{people[1].shown} has a cold", (people[1].shown,))


def test_esc_closes_what_is_offered_and_the_name_is_found_all_the_same(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    type_keys(keyboard(), "@Dok")
    driver.press(keyboard(), Key.Key_Escape)
    enter(driver, " is well")
    [row] = desk.day_log.of_day(desk.today())
    assert row.who == (people[0].shown,)


def test_d_and_it_is_done(qtbot: QtBot, desk: Desk) -> None:
    desk.day_log.write("the lamp is broken", {"stays_open": "yes", "must_read": "yes"})
    driver = opened(qtbot, desk)
    assert "must be read  ·  open" in rows_of(lines(driver))[0]
    lines(driver).setFocus()
    driver.press(lines(driver), Key.Key_D)
    assert desk.day_log.still_open() == []
    assert "done " in rows_of(lines(driver))[0]
    assert not driver.can_see("log-done")


def test_within_the_shift_c_changes_it_and_later_it_asks_why(
    qtbot: QtBot, desk: Desk, shelter: Shelter
) -> None:
    line = desk.day_log.write("the doctor comes on Monday")
    shelter.clock.pass_days(2)
    driver = opened(qtbot, desk, line.id)
    driver.press(lines(driver), Key.Key_C)
    correct(driver, "the doctor comes on Tuesday")
    driver.click("main", number=1)
    assert "Both stay: write in a sentence why it is corrected." in driver.text()
    driver.type_into("why", "It was read wrongly on the list")
    driver.click("why_do")
    newer, older = rows_of(lines(driver))
    assert "the doctor comes on Tuesday" in newer
    assert "corrects: “the doctor comes on Monday” – It was read wrongly on the list" in newer
    assert "was corrected" in older
    lines(driver).choose(line.id)
    assert not driver.can_see("log-correct")


def test_p_is_the_day_before_and_n_never_tomorrow(
    qtbot: QtBot, desk: Desk, shelter: Shelter
) -> None:
    desk.day_log.write("yesterday it rained")
    shelter.clock.pass_days(1)
    driver = opened(qtbot, desk)
    lines(driver).setFocus()
    driver.press(lines(driver), Key.Key_N)
    assert driver.page.day == desk.today()  # type: ignore[attr-defined]
    driver.press(lines(driver), Key.Key_P)
    assert driver.page.day == days_after(desk.today(), -1)  # type: ignore[attr-defined]
    assert "yesterday it rained" in rows_of(lines(driver))[0]


def test_what_is_typed_comes_back(qtbot: QtBot, desk: Desk) -> None:
    line = desk.day_log.write("the gate was repaired")
    driver = opened(qtbot, desk)
    type_keys(keyboard(), "half a line")
    lines(driver).choose(line.id)
    driver.press(lines(driver), Key.Key_C)
    correct(driver, "the gate is mended")
    kept = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk)
    again.page.restore(kept)  # type: ignore[attr-defined]
    assert again.page.draft() == kept  # type: ignore[attr-defined]
