"""A line that is cut off with an ellipsis where there is little room; another that grows there."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from shelterdesk.gui.parts.look import look
from shelterdesk.gui.parts.plain import PlainLabel
from shelterdesk.gui.parts.style.measures import ONE_COLUMN, grown

_BOTH_SCRIPTS: Final = "Ág ຊື່ ຢູ່"
"""The highest and the deepest letters of Lao and of English."""

_BESIDE: Final = 2
"""Pixels by which the reckoning of a font may be wrong."""


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


class GrowingLine(PlainLabel):
    """A word in one line, or a sentence in as many as it needs: a fault is never cut off.

    As high without words as with one line of them, in either script, so that a word like *Saved*
    moves nothing below it.
    """

    def __init__(self, text: str, style: str) -> None:
        super().__init__(text)
        look(self, style)

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        needed = self.fontMetrics().horizontalAdvance(self.text()) + _BESIDE
        return QSize(min(needed, grown(ONE_COLUMN) // 2), self._one_line())

    @override
    def minimumSizeHint(self) -> QSize:
        few = self.fontMetrics().averageCharWidth() * 5
        return QSize(min(few, self.sizeHint().width()), self._one_line())

    @override
    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._one_line())

    def _one_line(self) -> int:
        return self.fontMetrics().boundingRect(QRect(), 0, _BOTH_SCRIPTS).height()
