"""What is in the box, for those who read it: one letter after the other, and what was answered."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.incident.letter_form import LetterForm
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import bring_into_view, scroll_page
from shelterdesk.gui.parts.style.measures import BETWEEN, PAGE
from shelterdesk.services.desk import Desk
from shelterdesk.services.incident.box import ABOUT, BoxLetter, ReadLetter, facts_of

_NOTHING: Final = N_("No letter is for you now.")
_DUE: Final = N_("To be answered in person until {day}")
_ANSWERED: Final = N_("Answered {day}: {words}")


class LettersPage(QWidget):
    """The letters that open to her, the oldest unanswered one first."""

    go = Signal(str, str)
    page_name = "letters"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._names = dict(desk.box.people())
        self._cards: dict[str, tuple[BoxLetter, Card]] = {}
        inside = QVBoxLayout()
        inside.setContentsMargins(*PAGE)
        inside.setSpacing(BETWEEN)
        inside.addWidget(plain_label(_("Letters in the box"), "title"))
        self._column = QVBoxLayout()
        self._column.setSpacing(BETWEEN)
        inside.addLayout(self._column)
        inside.addStretch()
        self._show(desk.box.letters())
        scroll_page(self, inside)

    def refresh(self) -> None:
        """Read the letters anew, unless an answer is being written."""
        if not self.findChildren(LetterForm):
            self._show(self._desk.box.letters())

    def _show(self, found: list[ReadLetter]) -> None:
        column = emptied(self._column)
        self._cards.clear()
        for one in sorted(found, key=lambda waiting: waiting.answer is not None):
            column.addWidget(self._card(one))
        if not found:
            column.addWidget(label_as(_(_NOTHING), "quiet", "empty", wraps=True))

    def _card(self, one: ReadLetter) -> Card:
        letter = one.letter
        written = day_text(letter.day)
        card = Card("  ·  ".join(filter(None, (coded(ABOUT, letter.about), written))), "letter")
        for label, name in facts_of(letter)[1:]:
            told = f"{_(label)}: {self._told(letter, name)}"
            card.inside.addWidget(plain_label(told, wraps=True))
        if one.answer is not None:
            when = day_text(one.answer.day)
            told = _(_ANSWERED).format(day=when, words=one.answer.words)
            card.inside.addWidget(label_as(told, "strong", "letter-answered", wraps=True))
            return card
        due = label_as(_(_DUE).format(day=day_text(one.due)), "soon", "letter-due", wraps=True)
        card.inside.addWidget(due)
        pressed = small(_("Answered in person …"), "answer-letter")
        pressed.clicked.connect(partial(loosely(self._ask), letter.id))
        self._cards[letter.id] = (letter, card)
        card.inside.addWidget(FlowRow(pressed))
        return card

    def _told(self, letter: BoxLetter, name: str) -> str:
        if name == "named":
            return ", ".join(self._names.get(one, "") for one in letter.named)
        return str(getattr(letter, name))

    def _ask(self, letter_id: str, _checked: bool = False) -> None:
        """Ask below a letter what was said to her."""
        letter, card = self._cards[letter_id]
        if card.findChildren(LetterForm):
            return
        box = self._desk.box

        def readers(named: list[str]) -> list[str]:
            return box.readers([*named, *letter.named])

        form = LetterForm(
            box.people(), readers, lambda answer: box.answer(letter.id, answer), is_answer=True
        )
        form.put_in.connect(loosely(self._answered))
        card.inside.addWidget(form)
        form.words.setFocus()
        bring_into_view(form)

    def _answered(self) -> None:
        self._show(self._desk.box.letters())
