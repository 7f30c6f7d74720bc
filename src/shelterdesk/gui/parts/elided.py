"""A line that is cut off with an ellipsis where there is no room for all of it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from shelterdesk.gui.parts.look import look

_BOTH_SCRIPTS: Final = "Ág ຊື່ ຢູ່"
"""The highest and the deepest letters of Lao and of English."""


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


class SteadyLine(Elided):
    """As high without words as with them, in either script, so that nothing below it moves."""

    @override
    def sizeHint(self) -> QSize:
        return self._high_enough(super().sizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        return self._high_enough(super().minimumSizeHint())

    def _high_enough(self, size: QSize) -> QSize:
        letters = self.fontMetrics().boundingRect(QRect(), 0, _BOTH_SCRIPTS)
        return size.expandedTo(QSize(0, letters.height()))
