"""How buttons are pressed, in the window and above it: by Enter as by Space, and once at a time.

And how the arrows go from one to the next: in a list along its lines, elsewhere as Qt has it.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton
from typing_extensions import override

from shelterdesk.gui.hearing import Listener
from shelterdesk.gui.parts.rows import arrow

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALONE: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_HEARD: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonDblClick})


class Presses(Listener):
    """Stands before every press of the program for as long as its parent is there.

    Qt lets Space alone press a button, and in a dialogue gives Enter to the main one, though the
    keyboard is on another. And it takes a double click for two presses: what was done by the first
    would be done again, or found to be done already.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.listen()

    @override
    def heard(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _HEARD or not isinstance(watched, QAbstractButton):
            return False
        if not isinstance(event, QKeyEvent):
            return not watched.autoRepeat()
        if event.modifiers() not in _ALONE:
            return False
        if event.key() not in _ENTER:
            return arrow(watched, event.key())
        if not event.isAutoRepeat():
            watched.click()
        return True
