"""The notice of withdrawal: tells a recipient that a letter may no longer be used.

It goes by the number of the letter alone, so that whoever opens it learns of no one. Its lower part
comes back and says what became of the letter.
"""

from datetime import date
from typing import Final, TypedDict

from typing_extensions import Unpack

from shelterdesk.core.disclosed import Recipient
from shelterdesk.documents.column import LEFT, SCALES, Column, TooLong
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import (
    Letterhead,
    Sender,
    draw_foot,
    draw_letterhead,
    draw_signature,
    unbroken,
)
from shelterdesk.documents.notice_words import FORM, NOTICE
from shelterdesk.documents.page import Page
from shelterdesk.documents.return_slip import draw_cut, draw_slip_head
from shelterdesk.documents.slip_words import SLIP
from shelterdesk.documents.wording import SHARED

_CUT: Final = 286.0


class Marked(TypedDict, total=False):
    """What may be said besides."""

    mark: str
    """Printed at the head of the sheet, as "DEMO"."""


def withdrawal_notice(
    recipient: Recipient,
    reference: str,
    letterhead: Letterhead,
    sender: Sender,
    made_on: date,
    language: str,
    **marked: Unpack[Marked],
) -> bytes:
    """Return the notice with its slip as PDF, one sheet; raises TooLong for endless names."""
    shared = SHARED[language]
    for scale in SCALES:
        page = Page(made_on, language=language, mark=marked.get("mark", ""))
        column = Column(page, language, scale)
        beside = (f"{shared.number} {reference}", shared.day(made_on))
        draw_letterhead(column, letterhead, shared, beside)
        _say(column, recipient, reference, letterhead.phone)
        draw_signature(column, sender, shared, room=56)
        if column.top > _CUT + 12:
            _slip(Column(page, language, top=_CUT - 12), reference, letterhead)
            draw_foot(page, FORM, reference, f"{shared.page} 1/1")
            return page.finish()
    raise TooLong


def _say(column: Column, recipient: Recipient, reference: str, phone: str) -> None:
    words, shared = NOTICE[column.language], SHARED[column.language]
    to, person = recipient.organisation, recipient.person
    column.row(shared.to, to or person, Weight.BOLD)
    if to and person:
        column.row(shared.attention, person)
    column.row(shared.subject, words.subject, Weight.BOLD)
    column.gap(8)
    column.block(words.opening.format(reference=reference), column.body())
    column.gap(5)
    column.block(words.asks, column.body())
    column.gap(2)
    column.points(words.please, column.body(), LEFT + 8, column.beside_labels[1] + 118)
    column.gap(5)
    column.block(words.closing.format(phone=unbroken(phone)), column.body())


def _slip(column: Column, reference: str, letterhead: Letterhead) -> None:
    """Draw the part that comes back."""
    words, slip, shared = NOTICE[column.language], SLIP[column.language], SHARED[column.language]
    draw_cut(column.page, _CUT, slip.cut)
    draw_slip_head(column, words.slip, reference, letterhead)
    column.top -= 6
    left = LEFT
    for text in (words.returned, words.destroyed, words.not_received):
        left = column.choice(text, left) + 24
    column.top -= 22
    column.blanks(words.copies, words.passed_on)
    column.blanks(shared.name, shared.position)
    column.blanks(shared.dated, shared.signature)
    column.seal(shared.seal)
