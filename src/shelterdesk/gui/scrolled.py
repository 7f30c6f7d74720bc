"""Pages that need more than the window has: they scroll, and follow the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget


def stage() -> QScrollArea:
    """Return a place for one page at a time that scrolls when the page needs more than there is.

    A page with large letters must never push the window beyond the edge of a small screen.
    """
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def scrolled(page: QWidget, inside: QLayout) -> QScrollArea:
    """Put a layout into a page so that it can be scrolled up and down."""
    area = stage()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    holder.setLayout(inside)
    area.setWidget(holder)
    around = QVBoxLayout(page)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    return area
