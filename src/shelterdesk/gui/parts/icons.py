"""Small line drawings beside words, in the colour of the words; never the only sign of anything.

The drawings are Lucide's (ISC, see NOTICES); each is recoloured when it is asked for and kept.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from shelterdesk.core.paths import resources
from shelterdesk.gui.parts.style.colours import TOKENS

_SIZES = (16, 20, 24, 32, 48)


@cache
def icon(name: str, colour: str = "ink") -> QIcon:
    """Return a drawing in one of the colours of `TOKENS`, the same on a chosen line.

    Raises FileNotFoundError where there is no such drawing.
    """
    drawing = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    coloured = drawing.replace("currentColor", TOKENS[colour])
    renderer = QSvgRenderer(QByteArray(coloured.encode()))
    made = QIcon()
    for size in _SIZES:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(_painted(renderer, size), mode)
    return made


def drawn(name: str, colour: str, size: int) -> QLabel:
    """Return a label that shows a drawing, so many pixels high, beside the words it belongs to."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPixmap(icon(name, colour).pixmap(size, size))
    return made


def _painted(renderer: QSvgRenderer, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
