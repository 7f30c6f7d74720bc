"""Pages that need more than the window has: they scroll, and follow the keyboard."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override


class CalmArea(QScrollArea):
    """A place that scrolls, and that does not measure all it holds before it is shown.

    Qt does so whenever such a place gets a new parent, which gives every widget inside its look
    once for each frame around it.
    """

    @override
    def event(self, event: QEvent) -> bool:
        unseen = event.type() is QEvent.Type.StyleChange and not self.isVisible()
        return unseen or super().event(event)


def stage() -> tuple[QScrollArea, QVBoxLayout]:
    """Return a place that scrolls when a page needs more than there is, and the layout for it.

    A page with large letters must never push the window beyond the edge of a small screen.
    """
    area, holder = _area(), QWidget()
    inside = _Floor(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    area.setWidget(holder)
    return area, inside


class _Floor(QVBoxLayout):
    """Asks for the least height that the page can do with, not for the one it would like best."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False


def bring_into_view(part: QWidget) -> None:
    """Scroll whatever a part lies in so that it is seen: now, and once it has found its place."""
    _scroll_to(part)
    QTimer.singleShot(0, part, lambda: _scroll_to(part))


def _scroll_to(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and part.isVisible():
            above.ensureWidgetVisible(part, 0, 24)
        above = above.parentWidget()


def _area() -> QScrollArea:
    area = CalmArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def scrolled(page: QWidget, inside: QLayout) -> QScrollArea:
    """Put a layout into a page so that it can be scrolled up and down."""
    area = _area()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    holder.setLayout(inside)
    area.setWidget(holder)
    around = QVBoxLayout(page)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    return area
