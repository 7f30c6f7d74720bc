"""The line above everything that says that all of it is invented: thin, striped, never alarming."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from typing_extensions import override

from shelterdesk.gui.parts.plain import PlainLabel, named
from shelterdesk.gui.parts.style.colours import TOKENS
from shelterdesk.gui.parts.style.measures import INSIDE, TIGHT

_SLANT: Final = TIGHT
"""Half the width of a stripe."""


class DemoLine(PlainLabel):
    """One line in small letters on a striped ground, across the whole window."""

    def __init__(self) -> None:
        super().__init__("", wraps=False)
        named(self, "demo")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(TOKENS["demo_ground"]))
        pen = painter.pen()
        pen.setColor(QColor(TOKENS["demo_stripe"]))
        pen.setWidth(_SLANT)
        painter.setPen(pen)
        high = self.height()
        for x in range(-high, self.width() + high, 4 * _SLANT):
            painter.drawLine(x, high + _SLANT, x + high + 2 * _SLANT, -_SLANT)
        painter.fillRect(self._behind_words(), QColor(TOKENS["demo_ground"]))
        painter.end()
        super().paintEvent(event)

    def _behind_words(self) -> QRectF:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2 * INSIDE
        return QRectF((self.width() - wide) / 2, 0, wide, self.height())
