"""A choice with a long list: it opens by a press, letters narrow it, Enter and Tab take."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.calm import _SAME_PRESS_MS, CalmCombo
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def asked(qtbot: QtBot) -> Iterator[tuple[Editor, CalmCombo, Any]]:
    """The question how somebody is related to her, its box, and the list of the box."""
    form = RecordForm(Relation, ("relation", "notes"))
    qtbot.addWidget(form)
    form.load(None)
    form.show()
    form.activateWindow()
    editor: Any = form.editor("relation")
    box = editor.box
    box.lineEdit().setFocus()
    qtbot.waitUntil(lambda: box.lineEdit().hasFocus())
    yield editor, box, box.completer().popup()
    box.completer().popup().hide()


def rows(listed: Any) -> list[str]:
    """Return what the list offers now."""
    QCoreApplication.processEvents()
    model = listed.model()
    return [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]


def arrow(box: CalmCombo) -> Any:
    """Return where the arrow of a box stands."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxArrow
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).center()


def test_a_press_into_the_empty_field_opens_the_whole_list(qtbot: QtBot, asked: Any) -> None:
    _editor, box, listed = asked
    QTest.mouseClick(box.lineEdit(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(listed.isVisible)
    assert len(rows(listed)) == box.count()


def test_the_arrow_opens_it_also_when_something_is_chosen_and_closes_it(
    qtbot: QtBot, asked: Any
) -> None:
    editor, box, listed = asked
    editor.set_raw("mother")
    qtbot.wait(_SAME_PRESS_MS)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=arrow(box))
    qtbot.waitUntil(listed.isVisible)
    assert len(rows(listed)) == box.count()
    assert listed.currentIndex().data() == box.currentText()
    listed.hide()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=arrow(box))  # the press that closed it
    assert not listed.isVisible()
    assert editor.raw() == "mother"


def test_the_down_key_opens_it_and_changes_nothing(qtbot: QtBot, asked: Any) -> None:
    editor, box, listed = asked
    qtbot.wait(_SAME_PRESS_MS)
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Down)
    qtbot.waitUntil(listed.isVisible)
    assert editor.raw() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_letters_narrow_it_and_what_is_marked_is_taken(
    qtbot: QtBot, asked: Any, key: Qt.Key
) -> None:
    editor, box, listed = asked
    QTest.keyClicks(box.lineEdit(), "moth")
    qtbot.waitUntil(listed.isVisible)
    offered = rows(listed)
    assert offered
    assert all("moth" in words.lower() for words in offered)
    assert listed.currentIndex().data() == offered[0]
    assert box.currentText() == "moth"  # nothing is put into the line before it is taken
    QTest.keyClick(listed, key)
    QCoreApplication.processEvents()
    assert box.currentText() == offered[0]
    assert editor.raw() == box.itemData(box.findText(offered[0]))
    assert not listed.isVisible()
    assert editor.problem() == ""
    assert box.lineEdit().hasFocus() == (key is not Qt.Key.Key_Tab)


def test_what_was_begun_and_left_is_said_beside_it(asked: Any) -> None:
    editor, box, _listed = asked
    QTest.keyClicks(box.lineEdit(), "zzz")
    assert editor.raw() == "?zzz"
    assert editor.problem()


def test_down_and_enter_take_the_first_entry_and_not_the_blank_before_it(
    qtbot: QtBot, asked: Any
) -> None:
    _editor, box, listed = asked
    QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(listed.isVisible)
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert box.itemText(0) == ""
    assert box.currentIndex() == 1
    assert box.currentText() == box.itemText(1)


@pytest.mark.parametrize(("language", "typed"), [("lo", "lao"), ("en", "ລາວ"), ("lo", "LAO")])
def test_words_of_the_other_language_find_it_too(qtbot: QtBot, language: str, typed: str) -> None:
    use_language(language)
    form = RecordForm(Person, ("first_language",))
    qtbot.addWidget(form)
    form.load(None)
    form.show()
    form.activateWindow()
    box: Any = form.editor("first_language").box  # type: ignore[attr-defined]
    box.lineEdit().setFocus()
    qtbot.waitUntil(lambda: box.lineEdit().hasFocus())
    listed = box.completer().popup()
    box.completer().setCompletionPrefix(typed)
    offered = [box.itemData(box.findText(words)) for words in rows(listed)]
    assert "lo" in offered
    listed.hide()


def test_space_opens_the_list_and_takes_what_is_marked_but_is_a_letter_among_words(
    qtbot: QtBot, asked: Any
) -> None:
    editor, box, listed = asked
    qtbot.wait(_SAME_PRESS_MS)
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Space)
    qtbot.waitUntil(listed.isVisible)
    assert box.lineEdit().text() == ""
    assert len(rows(listed)) == box.count()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Space)
    QCoreApplication.processEvents()
    assert not listed.isVisible()
    assert editor.raw() == box.itemData(1)
    box.lineEdit().clear()
    QTest.keyClicks(box.lineEdit(), "step")
    QTest.keyClick(listed if listed.isVisible() else box.lineEdit(), Qt.Key.Key_Space)
    assert box.lineEdit().text() == "step "
