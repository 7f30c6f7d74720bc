"""The white card in the middle that a page with one question consists of."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import bring_into_view, scroll_page

CARD_WIDTH = 620


class CardPage(QWidget):
    """A page that is one card: a title, what it holds, and a line for problems below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = named(QWidget(), "card")
        self.card.setFixedWidth(CARD_WIDTH)
        self.inside = QVBoxLayout(self.card)
        self.inside.setContentsMargins(28, 24, 28, 24)
        self.inside.setSpacing(12)
        self.inside.addWidget(plain_label(title, "title"))
        self.problem = problem_line()
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.card)
        middle.addStretch()
        around = QVBoxLayout()
        around.addStretch(1)
        around.addLayout(middle)
        around.addStretch(2)
        scroll_page(self, around)

    def say(self, text: str) -> None:
        """Show a problem below the fields; an empty text takes it away."""
        tell(self.problem, text)
        if text:
            bring_into_view(self.problem)

    def explain(self, text: str) -> QLabel:
        """Add a sentence of explanation."""
        label = plain_label(text, "quiet")
        self.inside.addWidget(label)
        return label
