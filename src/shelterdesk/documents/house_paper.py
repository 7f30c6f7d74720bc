"""House paper: what is printed to be worked with inside, lists and single records.

It carries codes and chosen names only and says so at its foot. It has no letterhead: whoever finds
a sheet learns nothing about the house. What stands on it was read for the person at the desk.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.core.shown import day
from shelterdesk.documents.column import FLOOR, INNER, LEFT, SCALES, TOP, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import draw_foot, draw_running_head
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.type import Style
from shelterdesk.documents.words.house_words import HOUSE
from shelterdesk.documents.words.wording import SHARED

_GAP: Final = 10.0
"""Points between two columns of a list."""

_SAMPLE: Final = 200
"""Rows that are measured to find the widths of the columns."""

_LONG: Final = 40
"""Rows above which a list is not tried on one sheet."""


@dataclass(frozen=True)
class HouseHead:
    """What stands at the head of house paper: of what it is, about whom, when and by whom."""

    title: str
    about: str
    by: str
    made_on: date
    language: str
    mark: str = ""

    def __repr__(self) -> str:
        return "<HouseHead>"


@dataclass(frozen=True)
class PrintedPart:
    """Some facts of a record under one heading: label and words of each."""

    heading: str
    facts: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return "<PrintedPart>"


Cells = tuple[str, ...]
"""What stands in one row of a list, column by column."""

Fill = Callable[[Column], None]
"""Fills the sheets of a paper from their head on."""


def house_list(head: HouseHead, headings: Cells, rows: tuple[Cells, ...]) -> bytes:
    """Return a list as PDF: a line for each row, its headings on every sheet."""

    def fill(column: Column) -> None:
        draw_house_head(column, head)
        if rows:
            _Table(column, headings, rows).draw(rows)
        else:
            column.block(HOUSE[head.language].nothing, column.body())

    return on_house_sheets(head, fill, SCALES[:1] if len(rows) > _LONG else SCALES)


def house_record(head: HouseHead, parts: Iterable[PrintedPart]) -> bytes:
    """Return one record as PDF, as it is read on the screen: labels and what stands beside them."""
    told = tuple(parts)

    def fill(column: Column) -> None:
        draw_house_head(column, head)
        for part in told:
            if part.heading and part.facts:
                column.heading(part.heading)
            column.rows(*part.facts)

    return on_house_sheets(head, fill)


def on_house_sheets(
    head: HouseHead, fill: Fill, scales: tuple[float, ...] = SCALES, form: str = ""
) -> bytes:
    """Return house paper filled by `fill`, with its foot on every sheet."""
    words, shared = HOUSE[head.language], SHARED[head.language]
    kept_inside = words.then_shredded if form else words.kept_inside

    def begin() -> Page:
        return Page(head.made_on, language=head.language, mark=head.mark)

    def foot(page: Page, number: int, total: int) -> None:
        last = f"{shared.page} {number}/{total}"
        draw_foot(page, kept_inside, "", f"{form}   {last}" if form else last)
        if number > 1:
            draw_running_head(page, "   ".join(filter(None, (head.title, head.about))))

    return on_sheets(begin, head.language, fill, foot, scales)


def draw_house_head(column: Column, head: HouseHead) -> None:
    """Draw of what a sheet is, about whom, and who has printed it when."""
    words = HOUSE[head.language]
    column.block(head.title, column.style(16, Weight.BOLD))
    if head.about:
        column.block(head.about, column.style(12, Weight.BOLD))
    if head.by:
        printed = words.printed.format(day=day(head.made_on), name=head.by)
        column.block(printed, column.small())
    column.gap(3)
    column.rule(weight=1.1, grey=0)
    column.gap(8)


class _Table:
    """A list being drawn: how wide its columns are, and its headings for every sheet."""

    def __init__(self, column: Column, headings: Cells, rows: tuple[Cells, ...]) -> None:
        self._column, self._headings = column, headings
        self._style = column.style(9.5)
        self._bold = column.style(9.5, Weight.BOLD)
        self._widths = self._shared(rows[:_SAMPLE])

    def _shared(self, rows: tuple[Cells, ...]) -> list[float]:
        """Return a width for each column: what it needs, or of those above a fair share less."""
        measure = self._column.page.type.width
        needed = [
            max(measure(head, self._bold), *(measure(line, self._style) for line in lines))
            for head, lines in zip(self._headings, zip(*rows, strict=True), strict=True)
        ]
        room = INNER - _GAP * (len(needed) - 1)
        fair = room / len(needed)
        spare = max(0.0, room - sum(min(width, fair) for width in needed))
        beyond = sum(max(0.0, width - fair) for width in needed)
        more = spare / beyond if beyond > spare else 1.0
        widths = [min(width, fair) + max(0.0, width - fair) * more for width in needed]
        left_over = max(0.0, room - sum(widths)) / len(widths)
        return [width + left_over for width in widths]

    def draw(self, rows: tuple[Cells, ...]) -> None:
        """Draw all rows, turning the sheet where one does not fit any more."""
        self._row(self._headings, self._bold, 0.3)
        for cells in rows:
            self._row(cells, self._style, 0.8)

    def _row(self, cells: Cells, style: Style, grey: float) -> None:
        """Draw a row below the last one; one that is higher than a sheet goes on overleaf."""
        column, setter = self._column, self._column.page.type
        lines = [
            setter.lines(text, style, width)
            for text, width in zip(cells, self._widths, strict=True)
        ]
        height = max(map(len, lines)) * style.line + 5
        whole = TOP - FLOOR - 2 * style.line
        if column.turn and column.top - min(height, whole) < FLOOR:
            self._turn()
        for number in range(max(map(len, lines))):
            if column.turn and column.top - style.line < FLOOR:
                self._turn()
            self._line([cell[number] if number < len(cell) else "" for cell in lines], style)
        column.top -= 2
        column.rule(grey=grey)
        column.top -= 3

    def _line(self, texts: list[str], style: Style) -> None:
        left = LEFT
        for text, width in zip(texts, self._widths, strict=True):
            if text:
                self._column.page.type.line(left, self._column.top - style.line * 0.72, text, style)
            left += width + _GAP
        self._column.top -= style.line

    def _turn(self) -> None:
        """Begin the next sheet with the headings."""
        if self._column.turn is not None:
            self._column.turn()
        self._column.top = TOP
        self._row(self._headings, self._bold, 0.3)
