"""Ctrl+S where nothing stands yet: nothing is kept, and nothing is wrong either."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.pages.case.notes import CaseNotes
from shelterdesk.records.base import Record
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, type_letters

pytestmark = pytest.mark.usefixtures("in_english")

KINDS = [kind for kind in Record.kinds if kind.fields()]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind_name())
def test_an_empty_form_of_any_kind_is_not_scolded(
    qtbot: QtBot, desk: Desk, kind: type[Record]
) -> None:
    kept: list[object] = []
    form = RecordForm(kind)
    form.load(None)
    editor = RecordEditor(desk, form, kept.append)
    qtbot.addWidget(editor)
    editor.show()
    editor.save()
    assert kept == []
    assert editor.problem.text() == ""
    assert all(cell.editor.shown_problem() == "" for cell in form.cells.values())


def test_a_second_ctrl_s_says_nothing_of_the_note_that_is_kept(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.open_case("Champa")
    page = CasePage(desk, case.id)
    page.show_tab("notes")
    driver = PageDriver(qtbot, page)
    text = driver.part(QWidget, "note-text")
    type_letters(text, "She slept well.")
    for _time in range(3):
        driver.press(text, Qt.Key.Key_S, CONTROL)
        text = driver.part(QWidget, "note-text")
    assert len(desk.cases.notes_of(case)) == 1
    (notes,) = page.findChildren(CaseNotes)
    assert notes.new is not None
    assert notes.new.editor.problem.text() == ""
    assert "nothing to save" not in driver.text()


def test_a_correction_in_which_nothing_is_changed_goes_away(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.open_case("Champa")
    note = desk.cases.write_note(case, "She slept well.")
    page = CasePage(desk, case.id)
    page.show_tab("notes")
    driver = PageDriver(qtbot, page)
    driver.click("correct-note")
    driver.click("keep-correction")
    assert not driver.can_see("corrected-text")
    assert [one.id for one in desk.cases.notes_of(case)] == [note.id]
