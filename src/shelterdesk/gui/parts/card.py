"""The pieces that the pages of the desk are built of: cards, headings, rows, small buttons."""

from typing import Final, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.style.measures import CARD, NEAR
from shelterdesk.gui.parts.typed import GONE

L = TypeVar("L", bound=QLayout)

_USUAL_NAME: Final = 9
"""Letters of the names that most people choose."""


def heading(text: str, scale: float = 1.08) -> QLabel:
    """Return the heading of a card, a little larger than what stands below it."""
    made = plain_label(text, wraps=True)
    font = QFont(made.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(QFont.Weight.DemiBold)
    made.setFont(font)
    return made


class Card(QWidget):
    """A white card with a heading, room for actions beside it, and what it holds below.

    `quiet` is a sentence below the heading; `name` is the heading's, for tests.
    """

    def __init__(self, title: str = "", name: str = "", *, quiet: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(*CARD)
        self.inside.setSpacing(NEAR)
        self.top = QHBoxLayout()
        self.top.setSpacing(NEAR)
        if title:
            self.title = heading(title)
            self.title.setObjectName(name)
            self.top.addWidget(self.title, 1)
        self.inside.addLayout(self.top)
        if quiet:
            self.inside.addWidget(plain_label(quiet, "quiet"))


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


def emptied(layout: L) -> L:
    """Take everything out of a layout, so that it can be filled anew; returns it."""
    while layout.count():
        taken = layout.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.setProperty(GONE, True)
            widget.deleteLater()
    return layout
