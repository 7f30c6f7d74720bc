"""The one line that is typed into: signs that nobody sees never get into it."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from shelterdesk.core.signs import without_loose, without_signs

_WIDE: Final = "utf-16-le"
"""How Qt counts: letters beyond the basic plane, such as emoji, are two."""


class SeenSigns(QValidator):
    """Takes unseen signs out of what is typed or pasted; Qt then forgets the steps for undo.

    A joiner that stands at the end may be half of a word that is being typed; it is looked at when
    the text is read.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    @override
    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        kept = without_loose(text)
        if kept != text:
            before = text.encode(_WIDE, "surrogatepass")[: 2 * place]
            left = without_loose(before.decode(_WIDE, "surrogatepass"))
            place = len(left.encode(_WIDE)) // 2
        return QValidator.State.Acceptable, kept, place


class WrittenLine(QLineEdit):
    """A line for words and numbers; passphrases have another, which takes every letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(SeenSigns(self))
        self.setText(text)

    @override
    def setText(self, text: str | None) -> None:
        """Show `text`; where it stands there already, the caret stays at its letter."""
        place = self.cursorPosition() if text == self.text() else -1
        super().setText(without_signs(text or ""))
        if place >= 0:
            self.setCursorPosition(place)

    @override
    def text(self) -> str:
        return without_signs(super().text())
