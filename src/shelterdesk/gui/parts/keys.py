"""Single letters as keys, while a table has the keyboard: by their place on it, in every language.

With a Lao layout the key of M types a Lao letter. Windows tells which key it is by the letter of
its Latin layout, X11 by its place, which is eight more than that of the key itself.
"""

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ROWS: Final = ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
_BY_PLACE: Final = {first + at: key for first, row in _ROWS for at, key in enumerate(row)}
_X11: Final = 8


_FIGURES: Final = {2 + at: figure for at, figure in enumerate("1234567890")}


def digit(event: QKeyEvent) -> str:
    """Return the figure of the key that was pressed alone; "" for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    native = event.nativeVirtualKey() if sys.platform == "win32" else event.nativeScanCode()
    if native and sys.platform != "win32" and native - _X11 in _FIGURES:
        return _FIGURES[native - _X11]
    key = native if native and sys.platform == "win32" else int(event.key())
    return chr(key) if ord("0") <= key <= ord("9") else ""


def letter(event: QKeyEvent) -> str:
    """Return the Latin letter of the key that was pressed alone; "" for any other key."""
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return ""
    native = event.nativeVirtualKey() if sys.platform == "win32" else event.nativeScanCode()
    if native and sys.platform != "win32":
        return _BY_PLACE.get(native - _X11, "")
    key = native or int(event.key())
    return chr(key) if ord("A") <= key <= ord("Z") else ""
