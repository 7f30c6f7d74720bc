"""Where everything on a page lies, to see that nothing moves under the pointer."""

from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

_TURNS: Final = 4
_PRESSED: Final = (QAbstractButton, QComboBox, QLineEdit)


def places_of(page: QWidget) -> dict[QWidget, tuple[int, int]]:
    """Return where everything that is clicked on lies on a page, once it is laid out."""
    before: dict[QWidget, tuple[int, int]] | None = None
    while before != (now := _places_now(page)):
        before = now
    return now


def _places_now(page: QWidget) -> dict[QWidget, tuple[int, int]]:
    for _turn in range(_TURNS):
        QApplication.processEvents()
    return {
        part: part.mapTo(page, QPoint()).toTuple()
        for kind in _PRESSED
        for part in page.findChildren(kind)
        if part.isVisibleTo(page)
    }
