"""Rows and small buttons: what is pressed in a list, and how the arrow keys go through it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import _AROUND_WORD, look
from shelterdesk.gui.parts.plain import button, named
from shelterdesk.gui.parts.style.measures import BETWEEN, HAIR, NEAR, NO_MARGINS, RULE
from shelterdesk.gui.parts.typed import GONE

_ONE_LIST: Final = "one list"
"""Property of a part whose rows are one list, in however many cards they stand."""


class Row(QPushButton):
    """A line in a list that opens something: by a click, Enter or Space; arrows go up and down."""

    def __init__(self, spoken_name: str, name: str) -> None:
        super().__init__()
        named(self, name, spoken_name)
        look(self, "row")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(NEAR, NEAR, NEAR, NEAR)
        self.line.setSpacing(BETWEEN)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Put something into the line; clicks go through it to the line."""
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.line.addWidget(part, stretch)

    def say(self, words: QWidget, *facts: QWidget) -> QVBoxLayout:
        """Put words into the line, and facts below them that go on in the next where they must.

        Returns the column of both, for what stands below.
        """
        both, below = QWidget(), Flow()
        column = QVBoxLayout(both)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(HAIR)
        column.addWidget(words)
        tallest = max((fact.sizeHint().height() for fact in facts), default=0)
        for fact in facts:  # Lao letters are taller than Latin ones
            fact.setMinimumHeight(tallest)
        below.add(*facts)
        column.addLayout(below)
        self.add(both, 1)
        return column

    @override
    def sizeHint(self) -> QSize:
        return self.line.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.line.minimumSize()

    @override
    def hasHeightForWidth(self) -> bool:
        return self.line.hasHeightForWidth()

    @override
    def heightForWidth(self, width: int) -> int:
        return self.line.totalHeightForWidth(width)

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
    around = _list_of(widget)
    rows = [row for row in rows_in(around) if row.isVisible() and _list_of(row) is around]
    place = rows.index(widget) + way if widget in rows else -1
    if 0 <= place < len(rows):
        rows[place].setFocus()


def one_list(widget: QWidget) -> None:
    """Let the arrow keys go through all rows below a widget, from one card to the next.

    A part below it that is a list of its own is left out.
    """
    widget.setProperty(_ONE_LIST, True)


def _list_of(widget: QWidget) -> QWidget | None:
    parent = above = widget.parentWidget()
    while above is not None and not above.property(_ONE_LIST):
        above = above.parentWidget()
    return above or parent


def rows_in(around: QWidget | None) -> list[Row]:
    """Return the rows of a list in their order."""
    found = around.findChildren(Row) if around is not None else []
    return [row for row in found if not row.property(GONE)]


def has_keyboard(row: QWidget) -> bool:
    """Tell whether the keyboard is on a row, itself or one of its buttons."""
    there: QWidget | None = row.window().focusWidget()
    return there is not None and (there is row or row.isAncestorOf(there))


@contextmanager
def keyboard_kept(rows: Callable[[], Sequence[Row]], around: QWidget) -> Iterator[None]:
    """Let the rows of a list be made anew; the keyboard stays at its place among them.

    Where none is left it waits on what lies `around` them, and never on what begins something else.
    """
    place = next((n for n, row in enumerate(rows()) if has_keyboard(row)), None)
    if place is not None:
        around.setFocus()
    yield
    heirs = rows() if place is not None else []
    if place is not None and heirs:
        heir = heirs[min(place, len(heirs) - 1)]
        heir.show()  # what is new is else shown a moment later, and takes no keys until then
        heir.setFocus()


def row_beside(part: QWidget) -> Row | None:
    """Return the row after the one in which a part lies, in the same list; else the one before."""
    row: QWidget | None = part
    while row is not None and not isinstance(row, Row):
        row = row.parentWidget()
    if row is None:
        return None
    around = _list_of(row)
    rows = [one for one in rows_in(around) if _list_of(one) is around]
    place = rows.index(row) if row in rows else 0
    others = (*rows[place + 1 :], *reversed(rows[:place]))
    return next((one for one in others if one.isVisible() and one.isEnabled()), None)


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
    line.setFixedHeight(RULE)
    return line
