"""Where everything on a page lies, to see that nothing moves under the pointer."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

_PRESSED = (QAbstractButton, QComboBox, QLineEdit)


def places_of(page: QWidget) -> dict[QWidget, tuple[int, int]]:
    """Return where everything that is clicked on lies on a page, once it is laid out."""
    for _round in range(3):
        QApplication.processEvents()
    return {
        part: part.mapTo(page, QPoint()).toTuple()
        for kind in _PRESSED
        for part in page.findChildren(kind)
        if part.isVisibleTo(page)
    }
