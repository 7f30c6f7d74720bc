"""The pieces that the pages of the desk are built of: cards, headings, rows, small buttons."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.clock import wall_time
from shelterdesk.core.codes import label
from shelterdesk.core.dates import spoken_day as speak_day
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day as shown_day
from shelterdesk.core.shown import minute
from shelterdesk.gui.icons import icon
from shelterdesk.gui.plain import button, named, plain_label
from shelterdesk.gui.scrolled import CalmArea

_USUAL_NAME: Final = 9
"""Letters of the names that most people choose."""

_AROUND_WORD: Final = 56
"""Pixels around word and drawing of a button, with the gap to the next one."""


def dress_page(page: QWidget) -> None:
    """Give a page the look of its pieces: tables without a frame, as they stand on cards."""
    page.setProperty("dressed", True)


def look(widget: QWidget, name: str) -> None:
    """Choose one of the looks of the style sheet for a widget, now or later."""
    widget.setProperty("look", name)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label_as(text: str, style: str, name: str = "", *, wraps: bool = False) -> QLabel:
    """Return a plain label in one of the looks: strong, quiet, late, tag, risk."""
    made = plain_label(text, name, wraps=wraps)
    look(made, style)
    return made


class Elided(QLabel):
    """A label of one line that may become narrower than its text; an ellipsis shows that it did.

    Its text is drawn letter by letter, never as markup, and read out in whole.
    """

    def __init__(self, text: str, style: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setAccessibleName(text)
        if style:
            look(self, style)

    @override
    def minimumSizeHint(self) -> QSize:
        few = self.fontMetrics().averageCharWidth() * 5
        return QSize(min(few, super().sizeHint().width()), super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            room,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()


class _Numbered(Elided):
    """A line that begins with a code or a number: it may lose its end, never that."""

    @override
    def minimumSizeHint(self) -> QSize:
        number = self.text().split(" ", 1)[0]
        needed = self.fontMetrics().horizontalAdvance(f"{number} …")
        least = super().minimumSizeHint()
        return QSize(min(self.sizeHint().width(), max(needed, least.width())), least.height())


def case_line(case_name: str, name: str) -> QLabel:
    """Return the line that names a case by its code and the name she chose."""
    return numbered(case_name, "quiet", name)


def numbered(text: str, style: str, name: str) -> QLabel:
    """Return a line of which the code or number at its beginning is always whole."""
    return named(_Numbered(text, style), name)


class Name(Elided):
    """A name that somebody chose: most names stand there whole, also where there is little room."""

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        usual = self.fontMetrics().averageCharWidth() * _USUAL_NAME
        return QSize(min(usual, self.sizeHint().width()), least.height())


def heading(text: str, scale: float = 1.18) -> QLabel:
    """Return the heading of a card, a little larger than what stands below it."""
    made = plain_label(text, wraps=True)
    font = QFont(made.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(QFont.Weight.DemiBold)
    made.setFont(font)
    return made


class Card(QWidget):
    """A white card with a heading, room for actions beside it, and what it holds below."""

    def __init__(self, title: str = "", name: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(22, 18, 22, 18)
        self.inside.setSpacing(8)
        self.top = QHBoxLayout()
        self.top.setSpacing(10)
        if title:
            self.title = heading(title)
            self.title.setObjectName(name)
            self.top.addWidget(self.title, 1)
        self.inside.addLayout(self.top)


class TallCard(Card):
    """A card that is never given less height than its words need at the width it has.

    For cards that stand on a page itself, which is measured without regard to broken lines.
    """

    @override
    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._grow()
        return answer

    def _grow(self) -> None:
        needed = self.inside.totalHeightForWidth(self.width())
        if needed >= 0 and needed != self.minimumHeight():
            self.setMinimumHeight(needed)


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


AHEAD_BACKUP: Final = N_(
    "The day of the last backup lies in the future: the clock was wrong. Make a new one."
)


def days_ago(days: int) -> str:
    """Return how long ago something was, in words for whole days."""
    if days < 0:
        return _("in the future")
    if days == 0:
        return _("today")
    return _("yesterday") if days == 1 else _("{count} days ago").format(count=days)


def rule_line() -> QFrame:
    """Return a thin line between two parts of a card."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def scrolling(inside: QWidget, name: str, spoken_name: str) -> QScrollArea:
    """Return what scrolls up and down when it is longer than the window; never sideways."""
    area = named(CalmArea(), name, spoken_name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def emptied(layout: QBoxLayout) -> QBoxLayout:
    """Take everything out of a layout, so that it can be filled anew; returns it."""
    while layout.count():
        taken = layout.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    return layout


def coded(list_name: str, code: str | None) -> str:
    """Return the label of a code in the language of the screen; "" for none."""
    return label(list_name, code, screen_language()) if code else ""


def day_text(day: date | None) -> str:
    """Return a day as lists show it: 3/11/2026."""
    return shown_day(day) if day else ""


def spoken_day(day: date) -> str:
    """Return a day in words: 3 November 2026."""
    return speak_day(day, screen_language())


def moment_text(at: datetime | None) -> str:
    """Return a moment on the clock of the house: 3/11/2026 08:30."""
    return minute(at) if at else ""


def saved_text(at: datetime) -> str:
    """Return the quiet word that something is on the disk."""
    return _("Saved {time}").format(time=wall_time(at))
