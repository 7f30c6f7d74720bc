"""The receipt for things and money: two copies on one sheet, one hers, one the house's.

Codes and chosen names only, and no letterhead: whoever finds hers learns nothing about the house.
What does not fit above the cut goes on its own sheet.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.documents.column import FLOOR, INNER, LEFT, RIGHT, TOP, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import draw_foot
from shelterdesk.documents.page import HEIGHT, Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.type import Style
from shelterdesk.documents.words.receipt_words import RECEIPT, ReceiptWords
from shelterdesk.documents.words.wording import SHARED

_CUT: Final = HEIGHT / 2
_BESIDE_CUT: Final = 16.0
"""Points that stay free above and below the cut."""

_COLUMNS: Final = (0.27, 0.45, 0.28)
"""Shares of the width: what is done, what it is, how much."""

_EMPTY_LINE: Final = 19.0
_GAP: Final = 10.0


@dataclass(frozen=True)
class ReceiptLine:
    """One thing or amount: what is done with it, what it is or for what, how much."""

    what: str
    why: str
    how_much: str


@dataclass(frozen=True)
class ReceiptFacts:
    """What stands on a receipt; of a blank one nothing but empty lines."""

    number: str
    about: str
    when: str
    lines: tuple[ReceiptLine, ...]
    gives: str
    takes: str
    present: str
    still_kept: str = ""
    corrects: str = ""
    empty: int = 0
    """Lines to be written by hand."""

    def __repr__(self) -> str:
        return "<ReceiptFacts>"


def kept_receipt(facts: ReceiptFacts, made_on: date, language: str, mark: str = "") -> bytes:
    """Return both copies as PDF, on one sheet as a rule."""
    words, shared = RECEIPT[language], SHARED[language]

    def begin() -> Page:
        return Page(made_on, language=language, mark=mark)

    def fill(column: Column) -> None:
        _Copy(column, facts, words, words.hers).draw()
        _go_below_cut(column, words)
        _Copy(column, facts, words, words.of_house).draw()

    def foot(page: Page, number: int, total: int) -> None:
        if total > 1:
            draw_foot(page, facts.number, "", f"{shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)


def _go_below_cut(column: Column, words: ReceiptWords) -> None:
    """Go on below the cut; on another sheet where the first copy has not ended above it."""
    if column.top < _CUT + _BESIDE_CUT:
        column.top = FLOOR
        column.room(TOP)
        return
    style = Style(8, grey=0.45)
    column.page.rule(LEFT, _CUT, INNER, grey=0.5)
    column.page.type.line(RIGHT, _CUT + 4, words.cut, style, "right")
    column.top = _CUT - _BESIDE_CUT


class _Copy:
    """One copy being drawn."""

    def __init__(
        self, column: Column, facts: ReceiptFacts, words: ReceiptWords, whose: str
    ) -> None:
        self._column, self._facts, self._words, self._whose = column, facts, words, whose

    def draw(self) -> None:
        """Draw number, whose, what was given and taken, and the lines to sign upon."""
        column, facts, words = self._column, self._facts, self._words
        title = column.style(14, Weight.BOLD)
        base = column.top - title.line * 0.72
        column.page.type.line(LEFT, base, f"{words.title} {facts.number}".rstrip(), title)
        column.page.type.line(RIGHT, base, self._whose, column.small(), "right")
        column.top -= title.line
        if facts.empty:
            column.blanks(words.about, words.when)
        column.rows((words.about, facts.about), (words.when, facts.when))
        column.rows((words.corrects, facts.corrects))
        column.gap(4)
        self._row((words.what, words.why, words.how_much), Weight.BOLD, 0.3)
        for line in facts.lines:
            self._row((line.what, line.why, line.how_much), Weight.REGULAR, 0.8)
        for _number in range(facts.empty):
            column.room(_EMPTY_LINE)
            column.top -= _EMPTY_LINE
            column.rule(grey=0.6)
        column.gap(3)
        column.rows((words.still_kept, facts.still_kept))
        self._signatures()

    def _row(self, cells: tuple[str, str, str], weight: Weight, grey: float) -> None:
        column, style = self._column, self._column.style(9.5, weight)
        widths = [share * INNER - _GAP for share in _COLUMNS]
        setter = column.page.type
        lines = [setter.lines(text, style, w) for text, w in zip(cells, widths, strict=True)]
        column.room(max(map(len, lines)) * style.line)
        start, left, floor = column.top, LEFT, column.top
        for cell, share in zip(lines, _COLUMNS, strict=True):
            column.top = start
            column_at = left
            for text in cell:
                setter.line(column_at, column.top - style.line * 0.72, text, style)
                column.top -= style.line
            floor, left = min(floor, column.top), left + share * INNER
        column.top = floor - 2
        column.rule(grey=grey)
        column.top -= 3

    def _signatures(self) -> None:
        """Draw who gives, who takes, who else is there, each above a line to sign upon."""
        column, facts, words = self._column, self._facts, self._words
        who = ((words.gives, facts.gives), (words.takes, facts.takes))
        asked = (*who, (words.present, facts.present))
        share = (INNER - 2 * _GAP) / len(asked)
        small, body = column.small(0.15), column.style(10)
        column.room(small.line + body.line * 2 + 30)
        column.gap(6)
        top, floor = column.top, column.top
        for place, (label, name) in enumerate(asked):
            left, column.top = LEFT + place * (share + _GAP), top
            column.block(label, small, left, share)
            column.block(name, body, left, share)
            floor = min(floor, column.top)
        column.top = floor - 24 * column.scale
        for place in range(len(asked)):
            column.page.rule(LEFT + place * (share + _GAP), column.top, share, grey=0.35)
        column.line(words.signed, column.style(8, grey=0.4))
