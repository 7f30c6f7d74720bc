"""The white card in the middle that a page with one question consists of."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import bring_into_view, scroll_page
from shelterdesk.gui.parts.style.measures import BETWEEN, DOOR_CARD, DOOR_WIDE, EDGE, grown

_STEPS = 3
"""You, the recovery pages, a second person: what new records begin with."""


class CardPage(QWidget):
    """A page that is one card: a title, what it holds, and a line for problems below.

    `step` is which of the first steps it is while the records are new.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, step: int = 0) -> None:
        super().__init__(parent)
        self.card = named(QWidget(), "card")
        self.card.setMaximumWidth(grown(DOOR_WIDE))
        self.inside = QVBoxLayout(self.card)
        self.inside.setContentsMargins(*DOOR_CARD)
        self.inside.setSpacing(BETWEEN)
        if step:
            told = _("Step {number} of {all}").format(number=step, all=_STEPS)
            self.inside.addWidget(plain_label(told, "quiet"))
        self.inside.addWidget(plain_label(title, "title"))
        self.told = plain_label("", "quiet")
        self.told.hide()
        self.inside.addWidget(self.told)
        self.problem = problem_line(room=2)
        self.so_far: QProgressBar | None = None
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.card, 1)
        middle.addStretch()
        around = QVBoxLayout()
        around.setContentsMargins(EDGE, BETWEEN, EDGE, BETWEEN)
        around.addStretch(1)
        around.addLayout(middle)
        around.addStretch(2)
        scroll_page(self, around)

    def say(self, text: str) -> None:
        """Show a problem below the fields; an empty text takes it away."""
        tell(self.problem, text)
        if text:
            bring_into_view(self.problem)

    def tell(self, text: str) -> None:
        """Say something good above the fields; an empty text takes it away."""
        tell(self.told, text)

    def show_so_far(self, thousandths: int) -> None:
        """Show how far long work is that was begun here, by a bar below everything else."""
        if self.so_far is None:
            self.so_far = named(QProgressBar(), "so_far", _("How far it is"))
            self.so_far.setRange(0, 1000)
            self.so_far.setTextVisible(False)
            self.inside.addWidget(self.so_far)
        self.so_far.setValue(thousandths)
        self.so_far.show()

    def explain(self, text: str) -> QLabel:
        """Add a sentence of explanation."""
        label = plain_label(text, "quiet")
        self.inside.addWidget(label)
        return label
