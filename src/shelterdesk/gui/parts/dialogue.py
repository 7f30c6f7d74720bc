"""The frame of every small page that asks something: one width, one edge, one order of buttons."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shelterdesk.gui.parts.look import dress_page
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.style.measures import BETWEEN, DIALOGUE, INSIDE, NEAR, SHEET, grown


class Dialogue(QDialog):
    """A question is as wide as every other one; a `sheet` to be read is larger.

    Its parts go into `inside`, and its buttons into the line that `foot` adds.
    """

    def __init__(self, parent: QWidget, name: str, title: str, *, sheet: bool = False) -> None:
        super().__init__(parent)
        named(self, name, title)
        self.setWindowTitle(title)
        self.setModal(True)
        dress_page(self)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        self.inside.setSpacing(BETWEEN)
        if sheet:
            self.resize(*SHEET)
        else:
            self.setMinimumWidth(grown(DIALOGUE))

    def foot(self, leave: QPushButton, *others: QPushButton, go: QPushButton | None = None) -> None:
        """Add the line of buttons: the way out at the left, what goes on at the right.

        Enter presses what goes on, and never the way out by chance.
        """
        leave.setAutoDefault(go is None)
        line = QHBoxLayout()
        line.setSpacing(NEAR)
        for pressed in (leave, *others):
            line.addWidget(pressed)
        for pressed in others:
            pressed.setAutoDefault(False)
        line.addStretch()
        if go is not None:
            go.setDefault(True)
            line.addWidget(go)
        self.inside.addLayout(line)
