"""The editor for yes or no, where leaving the question open is an answer as good as any."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.gui.forms.editors.base import Editor
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.plain import button, named
from shelterdesk.gui.parts.style.measures import CONTROL, NEAR, NONE, grown

_PLAIN_ANSWERS = ("yes", "no")


def small_menu(name: str) -> QToolButton:
    """Return the button with three dots behind which the other answers lie."""
    made = named(QToolButton(), name)
    made.setProperty("dots", True)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(QMenu(made))
    _show_dots(made)
    return made


def _show_dots(pressed: QToolButton) -> None:
    """Draw the dots: as letters they would stand on the line of the words beside, not amid them."""
    size = pressed.fontMetrics().height()
    pressed.setText("")
    pressed.setIcon(icon("ellipsis", "quiet"))
    pressed.setIconSize(QSize(size, size))
    pressed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


def _show_words(pressed: QToolButton, words: str) -> None:
    pressed.setIcon(QIcon())
    pressed.setText(words.replace("&", "&&"))
    pressed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)


class YesNoEditor(Editor):
    """Two buttons, yes and no, and a small menu for the rest; a second press takes it back."""

    def __init__(self, name: str, field: Field) -> None:
        self.answers: dict[str, QPushButton] = {
            answer: button("", f"{name}_{answer}") for answer in _PLAIN_ANSWERS
        }
        super().__init__(name, field, self.answers["yes"])
        self._code = ""
        self.more = small_menu(f"{name}_more")
        self.row.setSpacing(NONE)
        for answer, made in self.answers.items():
            made.setCheckable(True)
            made.setProperty("segment", answer)
            made.clicked.connect(lambda _on, answer=answer: self._press(answer))
            self.row.addWidget(made)
        self.row.addSpacing(NEAR)
        self.row.addWidget(self.more)
        self.row.addStretch()
        self._say()

    @override
    def raw(self) -> str:
        return self._code

    @override
    def set_raw(self, text: str) -> None:
        if text != self._code:
            self._code = text
            self._touched()
        self._show()

    @override
    def set_read_only(self, on: bool) -> None:
        self.read_only = on
        parts = (*self.answers.values(), self.more)
        for made in parts:
            made.setEnabled(not on)
        self.show_as_words(parts, on)

    @override
    def in_words(self) -> str:
        code = self._code
        return codes.label(self.field.codes, code, screen_language()) if code else ""

    def _say(self) -> None:
        labels = codes.labels(self.field.codes, screen_language())
        for answer, made in self.answers.items():
            made.setText(labels[answer])
            made.setAccessibleName(f"{_(self.field.label)}: {labels[answer]}")
        menu = self.more.menu()
        menu.clear()
        for code, words in labels.items():
            if code not in _PLAIN_ANSWERS:
                menu.addAction(words.replace("&", "&&"), partial(self.set_raw, code))
        menu.addSeparator()
        menu.addAction(_("Clear"), lambda: self.set_raw(""))
        self._show()

    def _press(self, answer: str) -> None:
        self.set_raw("" if self._code == answer else answer)

    def _show(self) -> None:
        for answer, made in self.answers.items():
            made.setChecked(self._code == answer)
        other = self._code not in (*_PLAIN_ANSWERS, "")
        words = codes.label(self.field.codes, self._code, screen_language()) if other else ""
        if other:
            _show_words(self.more, words)
        else:
            _show_dots(self.more)
        if other != bool(self.more.property("chosen")):
            self.more.setProperty("chosen", other)
            self.more.style().polish(self.more)
        spoken = words if other else _("Other answers")
        self.more.setAccessibleName(f"{_(self.field.label)}: {spoken}")
        self.more.setMinimumWidth(grown(CONTROL))

    @override
    def _read(self, raw: str) -> object:
        return raw or None

    @override
    def _write(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))
