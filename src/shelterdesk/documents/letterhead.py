"""Who writes: the office at the head of a paper and the person who signs it.

Neither tells where anybody lives: the address is that of the office, never of the house.
"""

from dataclasses import dataclass
from typing import Final

from shelterdesk.core.disclosed import Recipient
from shelterdesk.documents.column import INNER, LEFT, RIGHT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.page import HEIGHT, MARGIN, WIDTH, Page
from shelterdesk.documents.type import Style
from shelterdesk.documents.words.wording import SHARED, SharedWords

_OFFICE: Final = INNER * 0.6
"""How much of the width name and address may take; number and date stand beside them."""


@dataclass(frozen=True)
class PrintedHead:
    """The sender's office as it is printed; an official one carries the words of the republic."""

    name: str
    address: str
    phone: str
    is_official: bool = False


@dataclass(frozen=True)
class Sender:
    """Who signs for the office."""

    name: str
    position: str


def draw_letterhead(
    column: Column, letterhead: PrintedHead, words: SharedWords, beside: tuple[str, ...]
) -> None:
    """Draw the head of a paper: the office on the left, number and date (`beside`) on the right."""
    if letterhead.is_official:
        first, second = words.motto
        column.centred(first, column.style(11, Weight.BOLD))
        column.centred(second, column.style(9.5))
        column.gap(7)
    start = column.top
    column.block(letterhead.name, column.style(13, Weight.BOLD), width=_OFFICE)
    for line in filter(None, (letterhead.address, called(letterhead, words))):
        column.block(line, column.small(), width=_OFFICE)
    office, column.top = column.top, start
    _number_and_date(column, beside)
    column.top = min(office, column.top) - 4
    column.rule(weight=1.1, grey=0)
    column.gap(8)


def called(letterhead: PrintedHead, words: SharedWords) -> str:
    """Return the telephone of the office with its label, or nothing."""
    return f"{words.phone}\u00a0{unbroken(letterhead.phone)}" if letterhead.phone else ""


def unbroken(number: str) -> str:
    """Return a telephone number with spaces at which no line breaks."""
    return number.replace(" ", "\u00a0")


def _number_and_date(column: Column, beside: tuple[str, ...]) -> None:
    """Draw the lines on the right, the first of them, the number, in bold."""
    weights = (Weight.BOLD, *(Weight.REGULAR for _ in beside[1:]))
    for text, weight in zip(beside, weights, strict=True):
        column.line(text, column.style(10, weight), RIGHT, "right")


def draw_addressee(column: Column, to: Recipient, there: str, unit: str = "") -> None:
    """Draw to which office a paper goes and, spoken to politely, to whom in it."""
    shared = SHARED[column.language]
    office = ", ".join(filter(None, (to.organisation, unit)))
    if office:
        column.row(shared.to, office, Weight.BOLD)
    if there:
        column.row(shared.attention, there, Weight.REGULAR if office else Weight.BOLD)


def draw_confidential(column: Column, text: str) -> None:
    """Draw for whom a paper is and for nobody else, on grey ground below the head."""
    style = column.style(10, Weight.BOLD)
    column.ground(style.line + 3)
    column.top -= 2
    column.centred(text, style)
    column.gap(8)


def draw_signature(
    column: Column,
    sender: Sender,
    words: SharedWords,
    *,
    room: float = 44.0,
    director: str | None = None,
) -> None:
    """Draw the place for the seal on the left, and for the signature above the sender's name.

    With a `director` she signs on the left; her name may not be known yet ("").
    """
    column.gap(8)
    left, width = LEFT + INNER * 0.55, INNER * 0.45
    column.room(room + 60)
    start = column.top
    column.block(words.respectfully, column.body(), left, width)
    column.gap(room)
    line = column.top
    column.page.rule(left, line, width, grey=0.35)
    column.top -= 2
    column.block(sender.name, column.body(Weight.BOLD), left, width)
    column.block(sender.position, column.small(), left, width)
    bottom, column.top = column.top, start
    _draw_seal(column, words, director, line)
    column.top = min(column.top, bottom)


def _draw_seal(column: Column, words: SharedWords, director: str | None, line: float) -> None:
    """Draw the place for the seal, and where a director signs the line at this height."""
    if director is None:
        column.line(words.seal, column.small())
        return
    width = INNER * 0.45
    column.line(words.approved, column.body())
    column.line(words.seal, column.small())
    column.page.rule(LEFT, line, width, grey=0.35)
    column.top = line - 2
    column.block(director, column.body(Weight.BOLD), LEFT, width)


def draw_foot(page: Page, left: str, centre: str, right: str) -> None:
    """Draw the foot of a sheet: what it is checked by, what it belongs to, which sheet it is."""
    style, base = Style(8.5, grey=0.3), MARGIN - 16
    page.rule(LEFT, base + 13, INNER, grey=0.75)
    page.type.line(LEFT, base, left, style)
    page.type.line(WIDTH / 2, base, centre, style, "centre")
    page.type.line(RIGHT, base, right, style, "right")


def draw_running_head(page: Page, text: str) -> None:
    """Say small at the head of a sheet overleaf what it belongs to."""
    page.type.line(LEFT, HEIGHT - MARGIN + 12, text, Style(8.5, grey=0.3))


def draw_across(page: Page, text: str) -> None:
    """Write a word large and pale across the sheet; drawn first, it lies under everything."""
    canvas = page.canvas
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    page.type.line(0, -30, text, Style(96, Weight.BOLD, grey=0.88), "centre")
    canvas.restoreState()
