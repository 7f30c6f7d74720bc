"""A line that is cut off with an ellipsis where there is no room for all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from shelterdesk.gui.parts.look import look


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
