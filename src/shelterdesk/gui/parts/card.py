"""What the pages of the desk are built of: cards with headings, and small pages that ask."""

from typing import Final, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.gui.parts.look import dress_page
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.style.measures import BETWEEN, CARD, DIALOGUE, INSIDE, NEAR, SHEET, grown
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


class Dialogue(QDialog):
    """A question is as wide as every other one; a `sheet` to be read is larger.

    Its parts go into `inside`, and its buttons into the line that `foot` adds.
    """

    def __init__(self, parent: QWidget, name: str, title: str, *, sheet: bool = False) -> None:
        super().__init__(parent)
        named(self, name, title)
        self.setWindowTitle(title)
        self.setModal(True)
        dress_page(self)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        self.inside.setSpacing(BETWEEN)
        if sheet:
            self.resize(*SHEET)
        else:
            self.setMinimumWidth(grown(DIALOGUE))

    def foot(self, leave: QPushButton, *others: QPushButton, go: QPushButton | None = None) -> None:
        """Add the line of buttons: the way out at the left, what goes on at the right.

        Enter presses what goes on, and never the way out by chance.
        """
        leave.setAutoDefault(go is None)
        line = QHBoxLayout()
        line.setSpacing(NEAR)
        for pressed in (leave, *others):
            line.addWidget(pressed)
        for pressed in others:
            pressed.setAutoDefault(False)
        line.addStretch()
        if go is not None:
            go.setDefault(True)
            line.addWidget(go)
        self.inside.addLayout(line)


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
