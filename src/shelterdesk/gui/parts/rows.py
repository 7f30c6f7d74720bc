"""Rows and small buttons: what is pressed in a list, and how the arrow keys go through it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
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
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import BETWEEN, HAIR, NEAR, NO_MARGINS, RULE
from shelterdesk.gui.parts.typed import GONE

_ONE_LIST: Final = "one list"
"""Property of a part whose rows are one list, in however many cards they stand."""

_DRAWN: Final = 2
"""How often a list is drawn after a save: by its form, and when the page hears of it."""

_UP_DOWN: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_BY_TAB: Final = Qt.FocusPolicy.TabFocus
_LEFT_RIGHT: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

_LINE: Final = "line"
"""Property of a line of a list: for Tab a whole list is one line, and its first act."""


Line = TypeVar("Line", bound=QWidget)


class Row(QPushButton):
    """A line in a list that opens something: by a click, Enter or Space; arrows go up and down."""

    def __init__(self, spoken_name: str, name: str) -> None:
        super().__init__()
        named(as_line(self), name, spoken_name)
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
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif not arrow(self, event.key()):
            super().keyPressEvent(event)


def as_line(part: Line) -> Line:
    """Make a part a line of a list, among its neighbours that are; returns it."""
    part.setProperty(_LINE, True)
    return part


def arrow(here: QWidget, key: int) -> bool:
    """Let an arrow lead on in a list: up and down to the next line, sideways to the next act."""
    line = line_of(here)
    if line is None or (isinstance(here, QComboBox) and key in _UP_DOWN):
        return False
    if key in _UP_DOWN:
        return _to_line(line, here, _UP_DOWN[key])
    return key in _LEFT_RIGHT and _to_act(line, here, _LEFT_RIGHT[key])


def _to_line(line: QWidget, here: QWidget, way: int) -> bool:
    lines = [one for one in lines_beside(line) if _acts_of(one)]
    place = lines.index(line) + way if line in lines else -1
    if 0 <= place < len(lines):
        acts = _acts_of(lines[place])
        alike = (act for act in acts if act.objectName() == here.objectName())
        next(alike, acts[0]).setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _to_act(line: QWidget, here: QWidget, way: int) -> bool:
    acts = _acts_of(line)
    place = acts.index(here) + way if here in acts else -1
    if 0 <= place < len(acts):
        acts[place].setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _acts_of(line: QWidget) -> list[QWidget]:
    """Return the line itself, where it can be pressed, and what can be pressed in it."""
    inside = line.findChildren(QWidget)
    inside.sort(key=lambda one: one.mapTo(line, one.rect().topLeft()).x())
    pressed = (QAbstractButton, QComboBox)
    found = [one for one in (line, *inside) if isinstance(one, pressed) and one.isVisible()]
    return [one for one in found if one.isEnabled() and one.focusPolicy() & _BY_TAB]


class JustSaved:
    """Which line of a list was saved just now: it is seen, with the ground and edge of a choice.

    Lists are made anew after every save: the line is marked again then, but brought into view only
    while the page is still hearing of that save.
    """

    def __init__(self) -> None:
        self.about = ""
        self._to_show = 0

    def note(self, about: str) -> None:
        """Take note of what was saved: its line is brought into view as it is drawn next."""
        self.about, self._to_show = about, _DRAWN

    def mark(self, line: QWidget | None) -> None:
        """Mark the line of what was saved, where it is drawn."""
        if line is None:
            return
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setProperty("saved", True)
        line.style().unpolish(line)
        line.style().polish(line)
        if self._to_show:
            self._to_show -= 1
            bring_into_view(line)


def line_of(part: QWidget | None) -> QWidget | None:
    """Return the line of a list that a part is or lies in; None where it is in none."""
    while part is not None and not part.property(_LINE):
        part = part.parentWidget()
    return part


def lines_beside(line: QWidget) -> list[QWidget]:
    """Return all lines that are seen of the list that a line belongs to."""
    around = _list_of(line)
    found = around.findChildren(QWidget) if around is not None else []
    lines = (one for one in found if one.property(_LINE) and not one.property(GONE))
    return [one for one in lines if one.isVisible() and _list_of(one) is around]


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
