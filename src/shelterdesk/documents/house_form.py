"""A form to write by hand, for days without power: the same questions as on the screen.

It is blank: nothing on it is about anybody. Whoever fills it in writes the case code, never a name;
the code at its foot says into which form of the program it is typed later.
"""

from dataclasses import dataclass
from typing import Final

from shelterdesk.core.fields import CURRENCIES, Kind
from shelterdesk.documents.column import INNER, LEFT, RIGHT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.house_paper import HouseHead, draw_house_head, on_house_sheets
from shelterdesk.documents.words.house_words import HOUSE

_NOTE_LINES: Final = 5
_LINE: Final = 23.0
"""Points between two lines to write upon."""

_SOLID: Final = "\u00a0"


@dataclass(frozen=True)
class BlankQuestion:
    """One question of a form: what kind of answer it wants, and which ones there are to tick."""

    label: str
    kind: Kind
    answers: tuple[str, ...] = ()
    sealed: str = ""
    """For whom the answer is sealed, in words."""


@dataclass(frozen=True)
class BlankPart:
    """Some questions of a form under one heading."""

    heading: str
    questions: tuple[BlankQuestion, ...]


def house_form(
    head: HouseHead,
    code: str,
    parts: tuple[BlankPart, ...],
    reasons: tuple[str, ...],
    *,
    of_a_case: bool,
) -> bytes:
    """Return a blank form as PDF; `reasons` are why a question may stay open."""
    words = HOUSE[head.language]

    def fill(column: Column) -> None:
        draw_house_head(column, head)
        column.blanks(*((words.code,) if of_a_case else ()), words.day, words.writer)
        column.gap(6)
        if reasons:
            told = words.stays_open.format(reasons=" · ".join(reasons))
            column.block(told, column.small())
        for part in parts:
            if part.heading:
                column.heading(part.heading)
            for question in part.questions:
                _Question(column, question, head.language).draw()
        if any(question.sealed for part in parts for question in part.questions):
            column.gap(8)
            column.block(words.sealed_by_hand, column.style(9.5, Weight.BOLD))
        column.gap(8)
        column.blanks(words.typed_in, words.typed_by)

    return on_house_sheets(head, fill, form=code)


class _Question:
    """One question being drawn: its label, and lines or boxes for the answer."""

    def __init__(self, column: Column, asked: BlankQuestion, language: str) -> None:
        self._column, self._asked, self._words = column, asked, HOUSE[language]

    def draw(self) -> None:
        """Draw the question in the way its kind is answered by hand."""
        asked = self._asked
        if asked.answers:
            self._label_above(self._column.small().line * 2)
            self._boxes(asked.answers)
        elif asked.kind is Kind.NOTE:
            self._label_above(_LINE * 3)
            for _line in range(_NOTE_LINES):
                self._rule()
        elif asked.kind in (Kind.DATE, Kind.MOMENT):
            self._label_above(_LINE)
            self._day()
        elif asked.kind is Kind.MONEY:
            self._label_above(_LINE * 2)
            self._rule()
            self._boxes(CURRENCIES)
        else:
            self._label_above(_LINE)
            self._rule()
        self._column.gap(3)

    def _label_above(self, room: float) -> None:
        """Draw the label on a sheet on which there is room for the answer as well."""
        column, asked = self._column, self._asked
        sealed = f" ({self._words.sealed.format(part=asked.sealed)})" if asked.sealed else ""
        style = column.style(10, Weight.BOLD)
        column.gap(6)
        column.room(style.line * 2 + room)
        column.block(asked.label + sealed, style)

    def _rule(self) -> None:
        column = self._column
        column.room(_LINE)
        column.top -= _LINE
        column.page.rule(LEFT, column.top + 3, INNER, grey=0.35)

    def _day(self) -> None:
        """Draw three blanks for a day, and two for the hour of a moment."""
        column, style = self._column, self._column.body()
        gap, base = _SOLID * 12, column.top - 18
        text = f"{gap}/{gap}/{gap}{gap}"
        used = column.page.type.line(LEFT, base, text, style)
        column.page.rule(LEFT, base - 3, used, grey=0.35)
        if self._asked.kind is Kind.MOMENT:
            left = LEFT + used + 24
            left += column.page.type.line(left, base, f"{self._words.hour} ", column.small())
            used = column.page.type.line(left, base, f"{gap}:{gap}", style)
            column.page.rule(left, base - 3, used, grey=0.35)
        column.top -= _LINE

    def _boxes(self, answers: tuple[str, ...]) -> None:
        """Draw a box with its words for each answer, as many on a line as fit."""
        column, style = self._column, self._column.small(0.1)
        height, left = style.line + 5, LEFT
        column.room(height)
        for answer in answers:
            needed = 15 + column.page.type.width(answer, style)
            if left > LEFT and left + needed > RIGHT:
                column.top -= height
                column.room(height)
                left = LEFT
            left = column.choice(answer, left) + 16
        column.top -= height + 2
