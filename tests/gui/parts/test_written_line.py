"""Signs that nobody sees do not get into any field, by key, by paste or by input method."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.signs import without_signs
from shelterdesk.gui.parts.lao_text import LaoTextEdit
from shelterdesk.gui.parts.written_line import WrittenLine
from tests.core.test_signs import BAD, GOOD

Written = WrittenLine | LaoTextEdit
KINDS = (WrittenLine, LaoTextEdit)


def made(qtbot: QtBot, kind: type[Written]) -> Written:
    field = kind()
    qtbot.addWidget(field)
    return field


def paste(field: Written, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    field.paste()


def press(field: QWidget, text: str) -> None:
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, event)


def commit(field: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


WAYS = {"paste": paste, "keys": press, "input method": commit}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BAD)
def test_what_nobody_sees_does_not_get_in(
    qtbot: QtBot, kind: type[Written], way: str, name: str
) -> None:
    field = made(qtbot, kind)
    WAYS[way](field, BAD[name])
    assert field.text() == without_signs(field.text())
    assert "No" in field.text()


ONE_LINE = [text for text in GOOD if "\n" not in text and "\u200b" not in text]


@pytest.mark.parametrize("text", ONE_LINE)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_gets_in_as_it_is(qtbot: QtBot, kind: type[Written], text: str) -> None:
    field = made(qtbot, kind)
    paste(field, text)
    assert field.text() == text


def test_the_cursor_stays_where_it_was(qtbot: QtBot) -> None:
    field = WrittenLine("😀 Noy Dao")
    qtbot.addWidget(field)
    field.setCursorPosition(6)
    field.insert("\u202eA\u2066")
    assert (field.text(), field.cursorPosition()) == ("😀 NoyA Dao", 7)
