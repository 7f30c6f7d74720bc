"""Rows and small buttons: what is pressed in a list, and how the arrow keys go through it."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import _AROUND_WORD, look
from shelterdesk.gui.parts.plain import button, named


class Row(QPushButton):
    """A line in a list that opens something: by a click, Enter or Space; arrows go up and down."""

    def __init__(self, spoken_name: str, name: str) -> None:
        super().__init__()
        named(self, name, spoken_name)
        look(self, "row")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(10, 7, 10, 7)
        self.line.setSpacing(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Put something into the line; clicks go through it to the line."""
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.line.addWidget(part, stretch)

    @override
    def sizeHint(self) -> QSize:
        return self.line.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.line.minimumSize()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step(self, event):
            super().keyPressEvent(event)


def step(widget: QPushButton, event: QKeyEvent) -> bool:
    """Let Enter press a button and the arrows move to its neighbours; tell whether it was so."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        widget.click()
    elif event.key() == Qt.Key.Key_Down:
        _beside(widget, 1)
    elif event.key() == Qt.Key.Key_Up:
        _beside(widget, -1)
    else:
        return False
    return True


def _beside(widget: QPushButton, way: int) -> None:
    """Give the focus to the row above or below in the same list."""
    parent = widget.parentWidget()
    rows = parent.findChildren(Row) if parent else []
    place = rows.index(widget) + way if widget in rows else -1
    if 0 <= place < len(rows):
        rows[place].setFocus()


def small(text: str, name: str, spoken_name: str = "") -> QPushButton:
    """Return a small button for an action inside a line."""
    made = button(text, name)
    made.setAccessibleName(spoken_name or text)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    look(made, "small")
    return made


def with_icon(pressed: QPushButton, drawing: str, colour: str = "ink") -> QPushButton:
    """Give a button a drawing before its words, with a gap between the two; returns it."""
    pressed.setIcon(icon(drawing, colour))
    size = pressed.fontMetrics().height()
    pressed.setIconSize(QSize(size, size))
    if pressed.text() and not pressed.text().startswith(" "):
        pressed.setText(f" {pressed.text()}")
    return pressed


def fold(pressed: QPushButton, drawing: str, colour: str, *, folded: bool) -> None:
    """Make a button as small as it can be, without its drawing, or as large as usual."""
    look(pressed, "small" if folded else "")
    if folded:
        pressed.setIcon(QIcon())
        pressed.setText(pressed.text().strip())
    else:
        with_icon(pressed, drawing, colour)


def width_unfolded(buttons: Iterable[QPushButton]) -> int:
    """Return the width that buttons with drawings need beside each other."""
    return sum(
        made.fontMetrics().horizontalAdvance(made.text().strip())
        + made.fontMetrics().height()
        + _AROUND_WORD
        for made in buttons
    )


def chip(text: str, name: str) -> QPushButton:
    """Return a small button that stays pressed: a filter that is on."""
    made = button(text, name)
    made.setCheckable(True)
    look(made, "chip")
    return made


def rule_line() -> QFrame:
    """Return a thin line between two parts of a card."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
