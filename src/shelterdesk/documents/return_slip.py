"""The return slip: two parts on one sheet that come back and bear the number, never a name.

Part A says that the letter has arrived and whether the service is given, part B what became of it.
Each can be torn off, so each has the number and its bars.
"""

from datetime import date
from typing import Final

from shelterdesk.core import codes
from shelterdesk.documents.barcode import draw_barcode
from shelterdesk.documents.column import FLOOR, INNER, LEFT, RIGHT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import PrintedHead, called, draw_foot
from shelterdesk.documents.page import HEIGHT, Page
from shelterdesk.documents.type import Style
from shelterdesk.documents.words.slip_words import FORM, SLIP, SlipWords
from shelterdesk.documents.words.wording import SHARED

_CUT: Final = HEIGHT / 2 + 8
"""Where the sheet is cut, in points from its foot."""

_BESIDE_BARS: Final = INNER - 214
_NOT_OFFERED: Final = "service_not_offered"


def return_slip(
    reference: str, letterhead: PrintedHead, made_on: date, language: str, mark: str = ""
) -> bytes:
    """Return the two slips of a referral as PDF, to be printed again when they were lost.

    Raises TooLong when the office at their heads leaves no room for a seal.
    """
    page = Page(made_on, language=language, mark=mark)
    draw_slips(page, reference, letterhead, language)
    draw_foot(page, FORM, reference, f"{SHARED[language].page} 1/1")
    return page.finish()


def draw_slips(page: Page, reference: str, letterhead: PrintedHead, language: str) -> None:
    """Draw part A on the upper half of the sheet and part B on the lower half."""
    words = SLIP[language]
    column = Column(page, language)
    draw_slip_head(column, f"{words.title} · {words.part_a}", reference, letterhead)
    _part_a(column, words)
    draw_cut(page, _CUT, words.cut)
    column.top = _CUT - 12
    draw_slip_head(column, f"{words.title} · {words.part_b}", reference, letterhead)
    _part_b(column, words)


def draw_slip_head(column: Column, title: str, reference: str, letterhead: PrintedHead) -> None:
    """Draw the head of a part: which it is and where it goes; the number and its bars beside."""
    words, shared = SLIP[column.language], SHARED[column.language]
    start = column.top
    column.block(title, column.style(12, Weight.BOLD), width=_BESIDE_BARS)
    column.block(f"{words.back_to}: {letterhead.name}", column.small(), width=_BESIDE_BARS)
    address = ", ".join(filter(None, map(str.strip, letterhead.address.splitlines())))
    office = ", ".join(filter(None, (address, called(letterhead, shared))))
    column.block(office, column.small(), width=_BESIDE_BARS)
    bottom = draw_barcode(column.page, RIGHT, start - 2, reference)
    style = Style(11, Weight.BOLD, spacing=0.3)
    column.page.type.line(RIGHT, bottom - 14, reference, style, "right")
    column.top = min(column.top, bottom - 20) - 4
    column.rule(weight=0.9, grey=0)


def draw_cut(page: Page, height: float, words: str) -> None:
    """Draw the dashed line along which the sheet is cut."""
    canvas = page.canvas
    canvas.setDash(4, 3)
    page.rule(0, height, LEFT + INNER + LEFT, grey=0.3)
    canvas.setDash()
    page.type.line(RIGHT, height + 4, words, Style(8, grey=0.35), "right")


def _part_a(column: Column, words: SlipWords) -> None:
    shared = SHARED[column.language]
    column.gap(4)
    column.block(f"{words.no_name} {words.about}", column.small(0.15))
    column.blanks(words.received_by, shared.position)
    column.blanks(words.received_on, shared.signature)
    column.top -= 5
    end = column.choice(words.accepted)
    end = column.choice(words.waiting, max(end + 20, LEFT + 150))
    column.page.rule(end + 5, column.top - 17, RIGHT - end - 5, grey=0.35)
    column.top -= 23
    end = column.choice(words.cannot)
    column.page.rule(end + 5, column.top - 17, 60, grey=0.35)
    column.top -= 22
    _reasons(column)
    column.blanks(words.contact, words.phone)
    column.blank_and_seal(words.appointment, shared.seal, _CUT)


def _reasons(column: Column) -> None:
    """Draw the numbered reasons for which a service may decline, in three columns."""
    style, share = column.style(8.5, grey=0.2), (INNER - 15) / 3
    reasons = codes.labels("referral_decline_reason", column.language)
    labels = list({**reasons, _NOT_OFFERED: SLIP[column.language].not_offered}.values())
    rows = -(-len(labels) // 3)
    start, bottom = column.top, column.top
    for place, label in enumerate(labels):
        left = LEFT + 15 + place // rows * share
        if place % rows == 0:
            column.top = start
        column.block(f"{place + 1}  {label}", style, left, share - 10)
        bottom = min(bottom, column.top)
    column.top = bottom


def _part_b(column: Column, words: SlipWords) -> None:
    shared = SHARED[column.language]
    column.gap(4)
    column.block(words.no_diagnosis, column.small(0.15))
    column.blanks(words.service)
    column.blanks(words.begun, words.ended)
    column.top -= 5
    left = LEFT
    for text in (words.finished, words.continuing, words.stopped, words.not_attended):
        left = column.choice(text, left) + 24
    column.top -= 22
    column.blanks(words.next_step)
    column.blanks(words.message)
    column.blanks(shared.name, shared.position)
    column.blanks(shared.dated, shared.signature)
    column.blank_and_seal(words.phone, shared.seal, FLOOR)
