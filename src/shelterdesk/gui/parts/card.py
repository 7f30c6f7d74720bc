"""The pieces that the pages of the desk are built of: cards, headings, rows, small buttons."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.i18n import N_
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.scrolled import CalmArea
from shelterdesk.gui.parts.style import TOKENS

_USUAL_NAME: Final = 9
"""Letters of the names that most people choose."""


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


AHEAD_BACKUP: Final = N_(
    "The day of the last backup lies in the future: the clock was wrong. Make a new one."
)


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


_LAO_LINE: Final = 1.4
"""Height of a line with Lao letters, in lines of Latin ones."""


SHEET: Final = """
QPushButton#answer {{ background: {card}; border: 1px solid {line}; padding: 6px 12px; }}
QPushButton#answer[says="yes"] {{ border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QPushButton#answer[says="no"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px;
    border-left: 0; }}
QPushButton#answer[says="yes"]:checked {{ background: {accent}; color: {accent_ink};
    font-weight: 600; border-color: {accent}; }}
QPushButton#answer[says="no"]:checked {{ background: {quiet}; color: {accent_ink};
    font-weight: 600; border-color: {quiet}; }}
QPushButton#answer:focus {{ border: 2px solid {ink}; }}
QPushButton#read_in_lo:checked, QPushButton#read_in_en:checked {{ background: {accent};
    color: {accent_ink}; font-weight: 600; }}
QLabel#heading {{ font-weight: 600; }}
QLabel#read_aloud {{ background: {ground}; padding: 12px; border-radius: 6px; }}
QScrollArea {{ border: 0; background: transparent; }}
QWidget#sheet {{ background: transparent; }}
QLabel#large {{ font-size: {large}pt; font-weight: 600; }}
QLabel#caution {{ color: {warning}; }}
"""


def sheet() -> str:
    """Return the style of these pages in the colours of the house."""
    large = round(QApplication.font().pointSizeF() * 1.6)
    return SHEET.format(**TOKENS, large=large)


def card(title: str = "", quiet: str = "") -> tuple[QWidget, QVBoxLayout]:
    """Return a white card and the column inside it, with a heading and a sentence below it."""
    made = named(QWidget(), "card")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(18, 14, 18, 16)
    inside.setSpacing(8)
    if title:
        inside.addWidget(plain_label(title, "heading"))
    if quiet:
        inside.addWidget(plain_label(quiet, "quiet"))
    return made, inside


def scrolled(spoken: str) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a column that scrolls up and down only, and the layout inside it."""
    area = named(QScrollArea(), "scrolled", spoken)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = named(QWidget(), "sheet")
    area.setWidget(inside)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(12)
    return area, column
