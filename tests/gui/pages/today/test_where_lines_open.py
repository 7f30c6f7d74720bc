"""A line of My day that says what is missing opens where it is entered, ready to be typed."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.pages.today.day_rows import LineRow
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from tests.drivers.window import WindowDriver
from tests.factories import OTHER_PASSPHRASE, add_person, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")

LINES = {
    "Where does she sleep?": "bed",
    "The stay is expected to end": "expected_until",
    "No health visit since she came.": "at",
    "What came of the date in the legal matter?": "next_date",
    "No next date is written down": "next_date",
    "The planned day of the return is over.": "planned_on",
    "Look at the case again": "next_review",
    "Next time with her": "text",
}
"""How a line begins, and the field in which what it asks for is entered."""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house in which something is missing everywhere; Dao, who has every role, sees to it."""
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao", *Role)
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


def fill(driver: WindowDriver) -> None:
    """Write down two cases in which a day is over, or nothing is noted yet."""
    assert driver.window.workplace is not None
    desk = driver.window.workplace.room.desk
    me, today = desk.staff.me(), desk.today()
    assert me is not None
    over = today - timedelta(days=1)
    came = {"state": "resident", "admitted_at": desk.now()}
    first, second = (
        desk.cases.admit({"case": {"alias": name}, "stay": came}) for name in ("Mali", "Bua")
    )
    for case in (first, second):
        desk.cases.write_note(case, "we talk again", next_on=today)
    with desk.cases._vault.database.writing() as session:
        for case in (first, second):
            row = session.get_one(Case, case.id)
            row.owner_id, row.next_review = me.id, over
        for stay in session.query(Stay):
            stay.expected_until = today
        at = desk.now() - timedelta(days=1)
        session.add_all(
            [
                LegalMatter(case_id=first.id, next_date=at),
                LegalMatter(case_id=second.id),
                ReturnPlan(case_id=first.id, planned_on=over),
            ]
        )
        assert session.query(CaseNote).count() == 2


def row_of(driver: WindowDriver, begins: str) -> LineRow:
    """Return the first line that begins so."""
    return next(
        row
        for row in driver.window.findChildren(LineRow)
        if row.isVisible() and row.about.in_words().startswith(begins)
    )


def field_with_keyboard(driver: WindowDriver) -> str:
    """Return the name of the field in which the keyboard is."""
    at: QWidget | None = driver.window.focusWidget()
    while at is not None and not isinstance(at, Editor):
        at = at.parentWidget()
    return at.name if isinstance(at, Editor) else ""


def is_in(driver: WindowDriver, field: str) -> bool:
    """Tell whether the keyboard is in a field."""
    return field_with_keyboard(driver) == field


def test_every_line_opens_where_what_it_asks_for_is_entered(qtbot: QtBot, house: Path) -> None:
    driver = WindowDriver(qtbot, house)
    driver.choose_name()
    names = driver.window.findChild(QWidget, "name")
    names.setCurrentText("Dao")  # type: ignore[union-attr]
    driver.unlock(f"{OTHER_PASSPHRASE} dao")
    fill(driver)
    place = driver.window.workplace
    assert place is not None
    for begins, field in LINES.items():
        place.go("home")
        driver.wait()
        for shown in driver.window.findChildren(QWidget, "now-all"):
            if shown.isVisible():
                driver.click("now-all")
        row_of(driver, begins).setFocus()
        driver.press(Qt.Key.Key_Return)
        driver.wait()
        QCoreApplication.processEvents()
        qtbot.waitUntil(partial(is_in, driver, field))
        here = driver.window.focusWidget()
        assert here is not None
        assert not here.visibleRegion().isEmpty(), begins


def test_no_line_that_asks_for_something_leads_to_the_page_as_a_whole(
    qtbot: QtBot, house: Path
) -> None:
    """Whatever a room says of a case has a spot; what is only told opens at its part."""
    driver = WindowDriver(qtbot, house)
    driver.choose_name()
    names = driver.window.findChild(QWidget, "name")
    names.setCurrentText("Dao")  # type: ignore[union-attr]
    driver.unlock(f"{OTHER_PASSPHRASE} dao")
    fill(driver)
    assert driver.window.workplace is not None
    lines = driver.window.workplace.room.desk.home.my_day()
    assert len({line.words for line in lines if line.page == "case"}) >= len(LINES)
    for line in lines:
        if line.page == "case":
            assert line.spot is not None, line.words
