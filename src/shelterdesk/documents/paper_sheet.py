"""A sheet to be written on by hand through a night without power: its code, its lines, its numbers.

One page for whoever lives in the house, with room for a hand by candlelight; its code stands at the
head as bars as well, so that it is found again without a mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shelterdesk.documents.barcode import draw_barcode
from shelterdesk.documents.column import FLOOR, INNER, LEFT, RIGHT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.house_paper import Cells, HouseHead, draw_house_head
from shelterdesk.documents.letterhead import draw_foot
from shelterdesk.documents.page import Page
from shelterdesk.documents.type import Style
from shelterdesk.documents.words.house_words import HOUSE
from shelterdesk.documents.words.wording import SHARED

_INITIALS: Final = 2
"""How wide the last column is beside the others: every line has one for initials."""

_ROW: Final = (20.0, 30.0)
"""Points that a line is high at the least, and at the most."""

_FOOT: Final = 32.0
"""Points for the last line: who has typed it in."""


@dataclass(frozen=True)
class SheetOnPaper:
    """What stands on a sheet: its head, its code, what its columns are called, its lines."""

    head: HouseHead
    code: str
    """"" while it is only looked at."""
    headings: Cells
    shares: tuple[int, ...]
    rows: tuple[Cells, ...]
    numbers: tuple[tuple[str, Sequence[tuple[str, str]]], ...] = ()
    """By column the numbers that are written there, and what they stand for."""

    def __repr__(self) -> str:
        return "<SheetOnPaper>"


def paper_sheets(sheets: Sequence[SheetOnPaper]) -> bytes:
    """Return sheets as one PDF, each on pages of its own."""
    first = sheets[0].head
    page = Page(first.made_on, language=first.language, mark=first.mark)
    for number, sheet in enumerate(sheets):
        if number:
            page.next_sheet()
        _Drawing(page, sheet).draw()
    return page.finish()


class _Drawing:
    """One sheet being drawn."""

    def __init__(self, page: Page, sheet: SheetOnPaper) -> None:
        self._page, self._sheet = page, sheet
        self._words = HOUSE[sheet.head.language]
        self._column = Column(page, sheet.head.language)
        whole = sum(sheet.shares) + _INITIALS
        self._widths = [INNER * share / whole for share in (*sheet.shares, _INITIALS)]

    def draw(self) -> None:
        """Draw the lines, as high as they can be on one page; what does not fit goes overleaf."""
        self._head()
        room = self._column.top - FLOOR - _FOOT
        least, most = _ROW
        on_one = max(1, int(room // least))
        pages = -(-len(self._sheet.rows) // on_one)
        for number in range(pages):
            if number:
                self._page.next_sheet()
                self._column = Column(self._page, self._sheet.head.language)
                self._head()
            part = self._sheet.rows[number * on_one : (number + 1) * on_one]
            height = min(most, room / len(part))
            for cells in part:
                self._row(cells, height)
            self._column.blanks(self._words.typed_in, self._words.typed_by)
            self._foot(number + 1, pages)

    def _head(self) -> None:
        """Draw of what the sheet is, its code with bars at the right, its numbers, its headings."""
        column, start = self._column, self._column.top
        draw_house_head(column, self._sheet.head)
        if self._sheet.code:
            bottom = draw_barcode(self._page, RIGHT, start - 2, self._sheet.code)
            style = Style(13, Weight.BOLD, spacing=0.4)
            self._page.type.line(RIGHT, bottom - 16, self._sheet.code, style, "right")
        small = column.style(8.5, grey=0.15)
        for heading, numbers in self._sheet.numbers:
            told = "  ·  ".join(words for _code, words in numbers)
            column.block(f"{heading}: {told}", small)
        column.gap(4)
        bold, base = column.style(9, Weight.BOLD), column.top - 12
        for left, text in zip(self._lefts(), self._headings(), strict=True):
            self._page.type.line(left, base, text, bold)
        column.top -= 18
        column.rule(weight=0.9, grey=0.2)

    def _headings(self) -> Cells:
        return (*self._sheet.headings, self._words.initials)

    def _lefts(self) -> list[float]:
        """Return where the words of each column begin."""
        return [LEFT + sum(self._widths[:at]) + 3 for at in range(len(self._widths))]

    def _row(self, cells: Cells, height: float) -> None:
        column, style = self._column, self._column.style(9.5)
        base = column.top - height / 2 - 3
        for left, width, text in zip(self._lefts(), self._widths, cells, strict=False):
            shown = self._page.type.lines(text, style, width - 6)[:1]
            for line in shown:
                self._page.type.line(left, base, line, style)
        self._page.canvas.setStrokeGray(0.75)
        for at in range(1, len(self._widths)):
            x = LEFT + sum(self._widths[:at])
            self._page.canvas.line(x, column.top, x, column.top - height)
        column.top -= height
        column.rule(grey=0.5)

    def _foot(self, number: int, pages: int) -> None:
        code = self._sheet.code
        last = f"{SHARED[self._sheet.head.language].page} {number}/{pages}"
        draw_foot(self._page, self._words.then_shredded, "", f"{code}   {last}" if code else last)
