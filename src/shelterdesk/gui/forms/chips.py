"""One of several, each a small button that stays pressed: a filter, a kind, how urgent."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.rows import chip


class Chips(QWidget):
    """The buttons in a line that goes on below; `pressed` carries the one that was chosen by hand.

    Each is named `prefix` and its own name, for tests.
    """

    pressed = Signal(str)

    def __init__(self, prefix: str, titled: Mapping[str, str]) -> None:
        super().__init__()
        self._prefix = prefix
        self.buttons: dict[str, QPushButton] = {}
        self._line = Flow()
        self.setLayout(self._line)
        self.offer(titled)

    def offer(self, titled: Mapping[str, str]) -> None:
        """Offer these, by their titles; while the names are the same the buttons stay."""
        if list(titled) != list(self.buttons):
            chosen = self.chosen()
            emptied(self._line)
            self.buttons = {name: chip("", f"{self._prefix}{name}") for name in titled}
            for name, made in self.buttons.items():
                made.setAutoExclusive(True)
                made.clicked.connect(partial(self._press, name))
                self._line.add(made)
            self.choose(chosen)
        for name, title in titled.items():
            self.buttons[name].setText(title)
            self.buttons[name].setAccessibleName(title)

    def chosen(self) -> str:
        """Return the name of the one that is pressed; "" for none."""
        return next((name for name, made in self.buttons.items() if made.isChecked()), "")

    def choose(self, name: str) -> None:
        """Press one, and let go of the others."""
        for other, made in self.buttons.items():
            made.setChecked(other == name)

    def _press(self, name: str, _on: object = None) -> None:
        self.choose(name)
        self.pressed.emit(name)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._line.heightForWidth(width)
