"""The page of the log: read and looked through by mouse and by keys, a line for every look."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.keeping.log import LogPage, LogTable
from shelterdesk.gui.pages.keeping.reason_shown import ReasonShown
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.access_log import PIECE
from shelterdesk.services.keeping.log_words import What
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault
from tests.drivers.pages import PageDriver, as_somebody
from tests.drivers.window import WindowDriver
from tests.factories import Shelter, add_person, fill_case, new_shelter
from tests.gui.frame.test_workplace import at_the_desk
from tests.services.case.test_look_into import read_only

pytestmark = pytest.mark.usefixtures("in_english")

Key = Qt.Key
WHEN, WHO, FILE, WHAT = range(4)


@pytest.fixture
def case(shelter: Shelter) -> Case:
    return fill_case(shelter.vault, large=10)


def length(vault: Vault) -> int:
    with vault.database.reading() as session:
        return audit.log_state(session).seq


def many(vault: Vault, count: int) -> None:
    with vault.database.writing() as session:
        audit.note(session, [LogEntry("looked", "case_note", "e" * 32)] * count)


class LogDriver(PageDriver):
    """The page of the log, with what stands in it."""

    def __init__(self, qtbot: QtBot, desk: Desk, case_id: str = "") -> None:
        super().__init__(qtbot, LogPage(desk, case_id))
        self.settle()

    def settle(self) -> None:
        """Let what was asked for be shown."""
        for _turn in range(3):
            QCoreApplication.processEvents()

    @property
    def table(self) -> LogTable:
        return self.part(LogTable, "lines")

    def column(self, column: int) -> list[str]:
        model = self.table.model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def show(self) -> None:
        self.click("main")
        self.settle()


# -- looked at -----------------------------------------------------------------------------------


def test_opening_the_page_shows_the_newest_lines_and_is_one_line(
    qtbot: QtBot, desk: Desk, shelter: Shelter, case: Case
) -> None:
    before = length(shelter.vault)
    driver = LogDriver(qtbot, desk)
    assert length(shelter.vault) == before + 1
    assert driver.column(WHAT)[0] == "Log read"
    assert driver.column(FILE).count(case.code) >= 5
    assert set(driver.column(WHO)) == {"Noy"}
    assert driver.column(WHEN)[0].startswith("3/11/2026 ")
    assert f"{before + 1} lines; there are no more" in driver.text()
    assert not driver.can_see("earlier")


def test_it_is_read_again_only_when_somebody_asks(
    qtbot: QtBot, desk: Desk, shelter: Shelter, case: Case
) -> None:
    driver = LogDriver(qtbot, desk)
    before = length(shelter.vault)
    driver.type_into("file", case.code)
    driver.choose("what", What.CHANGED)
    driver.choose("who", shelter.vault.me.id)
    assert length(shelter.vault) == before
    driver.show()
    assert length(shelter.vault) == before + 1
    assert driver.column(WHAT) == []
    assert "No such line in the log" in driver.text()


@pytest.mark.usefixtures("case")
def test_the_order_is_that_of_the_lines_whatever_is_clicked(qtbot: QtBot, desk: Desk) -> None:
    driver = LogDriver(qtbot, desk)
    before = [driver.column(column) for column in range(4)]
    heads = driver.table.horizontalHeader()
    for column in range(4):
        middle = heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2
        where = heads.viewport().rect().center()
        where.setX(middle)
        driver.bot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [driver.column(column) for column in range(4)] == before


def test_earlier_lines_are_shown_piece_by_piece(qtbot: QtBot, desk: Desk, shelter: Shelter) -> None:
    many(shelter.vault, 2 * PIECE)
    driver = LogDriver(qtbot, desk)
    assert len(driver.column(WHAT)) == PIECE
    assert f"{PIECE} lines, back to 3/11/2026" in driver.text()
    before = length(shelter.vault)
    driver.click("earlier")
    assert len(driver.column(WHAT)) == 2 * PIECE
    assert driver.table.currentIndex().row() == PIECE
    driver.part(QPushButton, "earlier").setFocus()
    driver.press(driver.part(QPushButton, "earlier"), Key.Key_Space)
    assert len(driver.column(WHAT)) == before
    assert not driver.can_see("earlier")
    assert driver.table.hasFocus()
    assert length(shelter.vault) == before


# -- looked through ------------------------------------------------------------------------------


def test_one_womans_file_by_keys_alone(qtbot: QtBot, desk: Desk, case: Case) -> None:
    desk.cases.open_case("Dao")
    driver = LogDriver(qtbot, desk)
    driver.type_into("file", case.code.lower())
    driver.press(driver.page.filters.file, Key.Key_Return)  # type: ignore[attr-defined]
    driver.settle()
    assert set(driver.column(FILE)) == {case.code}
    assert driver.table.hasFocus()
    driver.press(driver.table, Key.Key_Return)
    assert driver.went == [("case", case.id)]


@pytest.mark.usefixtures("case")
def test_enter_in_a_box_and_on_a_button_does_what_it_says(qtbot: QtBot, desk: Desk) -> None:
    driver = LogDriver(qtbot, desk)
    driver.choose("what", What.WRITTEN)
    filters: Any = driver.page.filters  # type: ignore[attr-defined]
    driver.press(filters.what, Key.Key_Return)
    driver.settle()
    assert {what.split(" ·")[0] for what in driver.column(WHAT)} == {"Written down"}
    filters.clear.setFocus()
    driver.press(filters.clear, Key.Key_Return)
    driver.settle()
    assert "Log read" in driver.column(WHAT)
    assert driver.page.draft() == dict.fromkeys(  # type: ignore[attr-defined]
        ("who", "file", "begins", "ends", "what"), ""
    )


def test_days_are_typed_as_people_write_them(qtbot: QtBot, desk: Desk, shelter: Shelter) -> None:
    shelter.clock.pass_days(2)
    driver = LogDriver(qtbot, desk)
    driver.type_into("begins", "today")
    driver.type_into("ends", "5/11/2026")
    driver.show()
    assert {when.split(" ")[0] for when in driver.column(WHEN)} == {"5/11/2026"}
    driver.type_into("ends", "when she came")
    driver.show()
    assert "This day was not understood" in driver.text()
    assert driver.page.filters.ends.hasFocus()  # type: ignore[attr-defined]


def test_a_code_that_no_case_has_is_said_and_no_look_is_told(
    qtbot: QtBot, desk: Desk, shelter: Shelter
) -> None:
    driver = LogDriver(qtbot, desk)
    before = length(shelter.vault)
    driver.type_into("file", "ZZZ-ZZZ")
    driver.show()
    assert "No case has this code" in driver.text()
    assert length(shelter.vault) == before


def test_what_cannot_be_told_of_is_not_shown(qtbot: QtBot, desk: Desk, shelter: Shelter) -> None:
    with read_only(shelter.vault.database):
        driver = LogDriver(qtbot, desk)
        assert driver.column(WHAT) == []
        assert "cannot be written" in driver.text()


def test_a_page_of_one_file_begins_with_it(qtbot: QtBot, desk: Desk, case: Case) -> None:
    desk.cases.open_case("Dao")
    driver = LogDriver(qtbot, desk, case.id)
    assert driver.typed("file") == case.code
    assert set(driver.column(FILE)) == {case.code}


def test_what_is_chosen_survives_a_change_of_language_and_is_one_look(
    qtbot: QtBot, desk: Desk, shelter: Shelter, case: Case
) -> None:
    driver = LogDriver(qtbot, desk)
    driver.type_into("file", case.code)
    driver.choose("what", What.WRITTEN)
    kept = driver.page.draft()  # type: ignore[attr-defined]
    before = length(shelter.vault)
    page = LogPage(desk)
    page.restore(kept)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.table.lines))
    assert {line.file for line in page.table.lines} == {case.code}
    assert length(shelter.vault) == before + 1


# -- one line ------------------------------------------------------------------------------------


def test_ctrl_c_copies_the_code_and_nothing_else(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = LogDriver(qtbot, desk)
    QGuiApplication.clipboard().setText("before")
    driver.press(driver.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    driver.table.selectRow(driver.column(FILE).index(case.code))
    driver.press(driver.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == case.code


def test_the_auditor_opens_no_case(qtbot: QtBot, shelter: Shelter, case: Case) -> None:
    passphrase = add_person(shelter.vault, "Sone", Role.AUDITOR)
    desk = as_somebody(shelter, "Sone", passphrase)
    driver = LogDriver(qtbot, desk)
    driver.table.selectRow(driver.column(FILE).index(case.code))
    driver.press(driver.table, Key.Key_Return)
    assert driver.went == []


def test_everything_has_a_name_and_the_keyboard_reaches_it(
    qtbot: QtBot, desk: Desk, shelter: Shelter
) -> None:
    many(shelter.vault, PIECE)
    driver = LogDriver(qtbot, desk)
    assert driver.nameless() == []
    reached = set()
    driver.page.filters.who.setFocus()  # type: ignore[attr-defined]
    for _step in range(9):
        at = QApplication.focusWidget()
        assert at is not None
        reached.add(at.objectName())
        driver.press(at, Key.Key_Tab)
    wanted = {"who", "file", "begins", "ends", "what", "main", "clear", "lines", "earlier"}
    assert reached == wanted


# -- in the window -------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Path, Case]]:
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Sone", Role.AUDITOR)
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    case = fill_case(shelter.vault, large=10)
    shelter.vault.lock()
    shelter.place.close()
    dress(qapp)
    yield tmp_path / "data", case
    use_language("en")


def lines(driver: WindowDriver) -> list[tuple[str, str, str]]:
    table: Any = driver.part(LogTable, "lines")
    return [(line.who, line.file, line.what) for line in table.lines]


def test_the_log_is_the_auditors_first_page(qtbot: QtBot, house: tuple[Path, Case]) -> None:
    root, case = house
    driver = at_the_desk(qtbot, root, "Sone")
    assert driver.title() == "The log"
    assert lines(driver)[0] == ("Sone", "The log", "Log read")
    assert ("Sone", "The records", "Records opened") in lines(driver)
    assert case.code in {file for _who, file, _what in lines(driver)}
    driver.press(Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert driver.title() != "The log"
    driver.press(Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert driver.title() == "The log"
    assert [what for _who, _file, what in lines(driver)].count("Log read") == 2


def test_a_director_asks_in_the_case_who_has_looked_at_it(
    qtbot: QtBot, house: tuple[Path, Case]
) -> None:
    root, case = house
    driver = at_the_desk(qtbot, root, "Noy")
    place: Any = driver.window.workplace
    place.go("case", case.id)
    place.page.show_tab("history")
    driver.wait()
    driver.click("who_looked")
    assert driver.title() == "The log"
    assert lines(driver)[:2] == [
        ("Noy", case.code, "Log read"),
        ("Noy", case.code, "File opened that day"),
    ]
    assert {file for _who, file, _what in lines(driver)} == {case.code}
    driver.press(Key.Key_Return, name="lines")
    assert place.where == ("case", case.id)
    place.go("log", case.id)
    driver.wait()
    assert [what for _who, _file, what in lines(driver)].count("File opened that day") == 1


def test_nobody_else_is_shown_the_log_or_the_way_to_it(
    qtbot: QtBot, house: tuple[Path, Case]
) -> None:
    root, case = house
    driver = at_the_desk(qtbot, root, "Dao")
    place: Any = driver.window.workplace
    assert not driver.can_see("nav_log")
    place.go("log", case.id)
    assert place.where[0] != "log"
    hers = place.room.desk.cases.open_case("Champa 2")
    place.go("case", hers.id)
    place.page.show_tab("history")
    driver.wait()
    assert not driver.can_see("who_looked")


# -- why -----------------------------------------------------------------------------------------


def test_a_reason_is_read_by_a_press_and_only_where_there_is_one(
    qtbot: QtBot, desk: Desk, shelter: Shelter, case: Case
) -> None:
    visit = HealthVisit(case_id=case.id, findings=SealedValue("clear"))
    with shelter.vault.database.writing() as session:
        session.add(visit)
    desk.records.open_sealed(visit, "findings", "she bleeds and the clinic asks")
    driver = LogDriver(qtbot, desk)
    shown: list[str] = []

    def read() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, ReasonShown)
        shown.extend(label.text() for label in question.findChildren(QLabel))
        question.reject()

    assert not driver.can_see("why")
    driver.table.selectRow(1)
    assert driver.column(WHAT)[1].startswith("Opened to look")
    QTimer.singleShot(0, driver.page, read)
    driver.click("why")
    assert "she bleeds and the clinic asks" in shown
    driver.table.selectRow(2)
    assert not driver.can_see("why")


@pytest.mark.parametrize("language", ["en", "lo"])
def test_buttons_and_fields_stand_in_one_line(
    qtbot: QtBot, qapp: QApplication, desk: Desk, language: str
) -> None:
    dress(qapp)
    use_language(language)
    driver = LogDriver(qtbot, desk)
    driver.page.resize(1100, 700)
    driver.settle()
    names = ("who", "file", "begins", "main", "clear")
    asked = [driver.part(QWidget, name) for name in names]
    tops = {part.mapTo(driver.page, part.rect().topLeft()).y() for part in asked}
    assert len(tops) == 1
