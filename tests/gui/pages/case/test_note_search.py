"""Looking for words in her notes on the page of her case: Enter, what fits, all of them again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.case.notes import CaseNotes
from shelterdesk.services.desk import Desk
from tests.factories import Shelter

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def notes(qtbot: QtBot, shelter: Shelter) -> CaseNotes:
    """Three notes of one woman, the director's own."""
    desk = Desk(shelter.vault)
    case = desk.cases.open_case("Champa")
    for text in ("went to the market", "slept well", "the uncle rang"):
        desk.cases.write_note(case, text)
    page = CaseNotes(desk, case)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def _shown(page: CaseNotes) -> list[str]:
    return [card.note.text or "" for card in page.cards() if not card.isHidden()]


def test_enter_leaves_what_fits_and_one_key_brings_all_back(notes: CaseNotes) -> None:
    line = notes.findChild(QLineEdit, "search-notes")
    assert line is not None
    QTest.keyClicks(line, "uncle")
    assert len(_shown(notes)) == 3
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert _shown(notes) == ["the uncle rang"]
    assert notes.search.told.text() == "Notes found: 1"
    back = notes.findChild(QPushButton, "all-notes")
    assert back is not None
    back.click()
    assert len(_shown(notes)) == 3
    assert line.text() == ""


def test_what_is_not_there_is_said_and_a_new_note_stays_within_the_search(
    notes: CaseNotes,
) -> None:
    notes.search.typed.setText("ferry")
    QTest.keyClick(notes.search.typed, Qt.Key.Key_Return)
    assert _shown(notes) == []
    assert notes.search.told.text() == "Nothing found in what you may read."
    assert notes.new is not None
    notes.new.form.editor("text").set_raw("took the ferry")
    notes.new.editor.save()
    assert _shown(notes) == ["took the ferry"]


def test_ctrl_f_goes_to_the_line(qtbot: QtBot, notes: CaseNotes) -> None:
    notes.search.look.click()
    qtbot.waitUntil(lambda: notes.focusWidget() is notes.search.typed)


def test_of_many_notes_the_newest_are_drawn_and_what_is_looked_for(
    qtbot: QtBot, shelter: Shelter
) -> None:
    desk = Desk(shelter.vault)
    case = desk.cases.open_case("Champa")
    for number in range(70):
        desk.cases.write_note(case, "the ferry" if number == 3 else f"day {number}")
    page = CaseNotes(desk, case)
    qtbot.addWidget(page)
    page.show()
    assert _shown(page) == [f"day {number}" for number in range(69, 39, -1)]
    page.search.typed.setText("ferry")
    QTest.keyClick(page.search.typed, Qt.Key.Key_Return)
    assert _shown(page) == ["the ferry"]
    page.search.everything.click()
    page.earlier.click()
    page.earlier.click()
    assert len(_shown(page)) == 70
    assert _shown(page)[-4:] == ["the ferry", "day 2", "day 1", "day 0"]
    assert page.earlier.isHidden()
