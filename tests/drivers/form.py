"""Drives the fields of a form by their names: what is typed, chosen, left open and read."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.record_form import RecordForm

_NO_KEY = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_KEY) -> None:
    """Press and release one key."""
    text = {Qt.Key.Key_Space: " ", Qt.Key.Key_Return: "\r"}.get(key, "")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def type_keys(widget: QWidget, text: str) -> None:
    """Type letter by letter, in any script (QTest.keyClicks knows Latin alone)."""
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, _NO_KEY, letter)
        QApplication.sendEvent(widget, event)


def type_composed(widget: QWidget, text: str) -> None:
    """Enter text as an input method does: first as a proposal, then for good."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


class FormDriver:
    """One form; every method is something that a person can do or see."""

    def __init__(self, form: RecordForm) -> None:
        self.form = form

    def fill(self, **fields: str) -> "FormDriver":
        """Type into fields, or choose the entry with these words; returns the driver."""
        for name, text in fields.items():
            self._put(self.form.editor(name), text)
        return self

    def _put(self, editor: Editor, text: str) -> None:
        inner: Any = editor.inner
        if isinstance(inner, QComboBox):
            inner.setCurrentIndex(inner.findText(text))
        elif isinstance(inner, QLineEdit | QPlainTextEdit):
            inner.clear()
            type_keys(inner, text)
        else:
            editor.set_raw(text)

    def leave_open(self, name: str, words: str) -> "FormDriver":
        """Take the entry with these words from the menu beside a field."""
        menu = self.form.cells[name].menu_button.menu()
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == words).trigger()
        return self

    def problem(self, name: str) -> str:
        """Return what stands below a field as wrong; "" for nothing."""
        return self.form.editor(name).shown_problem()

    def has_focus(self, name: str) -> bool:
        """Tell whether the cursor stands in a field."""
        return self.form.editor(name).inner.hasFocus()
