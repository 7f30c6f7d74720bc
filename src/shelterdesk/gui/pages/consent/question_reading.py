"""One question she was asked, to be read: the verdict first, then each answer, fact by fact."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.gui.forms.reading import section_told
from shelterdesk.gui.pages.consent.agreement_words import Part, told
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.rows import rule_line
from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT
from shelterdesk.services.consent.answers import Question

_LABEL_LETTERS: Final = 13
"""Widths of a letter that the words before a value have, beside the list of questions."""


class QuestionReading(QWidget):
    """What may leave or why nothing does, and below it what each side has answered and how."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "question-reading")
        self._parts: list[Part] = []
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(*NO_MARGINS)
        self._around.setSpacing(TIGHT)

    def read(self, question: Question | None) -> None:
        """Show a question, or nothing."""
        self._parts = told(question) if question else []
        around = emptied(self._around)
        for place, (head, lines) in enumerate(self._parts):
            if place:
                around.addWidget(rule_line())
            around.addWidget(section_told(head, lines, _LABEL_LETTERS))

    def text(self) -> str:
        """Return what can be read, line by line."""
        parts = (
            "\n".join([head, *(f"{label}: {words}" for label, words, _look in lines)])
            for head, lines in self._parts
        )
        return "\n\n".join(parts)
