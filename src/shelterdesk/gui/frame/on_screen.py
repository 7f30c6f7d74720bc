"""A window is never larger than the screen that it stands on, nor does it reach beyond its edge."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from shelterdesk.gui.parts.style.measures import GRIP


def fitted(wanted: QRect, screen: QRect) -> QRect:
    """Return a place as wanted, as far as the screen has room: made smaller, and moved inside."""
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.left() + screen.width() - size.width())
    top = min(max(wanted.top(), screen.top()), screen.top() + screen.height() - size.height())
    return QRect(QPoint(left, top), size)


def screen_of(place: QRect) -> QScreen | None:
    """Return the screen on which a place lies; None where it lies on none of those there are."""
    return QGuiApplication.screenAt(place.topLeft() + QPoint(GRIP, GRIP))


def keep_on_screen(window: QWidget) -> None:
    """Make a window that is shown as small as its screen, its frame with it, and move it there."""
    if window.isMaximized() or window.isFullScreen() or not window.isVisible():
        return
    outside, screen = window.frameGeometry(), window.screen().availableGeometry()
    there = fitted(outside, screen)
    if there == outside:
        return
    around = outside.size() - window.size()
    window.resize(there.size() - around)
    window.move(there.topLeft())
