"""The notice that calls a letter back: it may no longer be used.

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
    PrintedHead,
    Sender,
    draw_addressee,
    draw_confidential,
    draw_foot,
    draw_letterhead,
    draw_signature,
    unbroken,
)
from shelterdesk.documents.page import Page
from shelterdesk.documents.return_slip import draw_cut, draw_slip_head
from shelterdesk.documents.words.letter_words import LETTER
from shelterdesk.documents.words.notice_words import FORM, NOTICE, NoticeWords, Why
from shelterdesk.documents.words.slip_words import SLIP
from shelterdesk.documents.words.wording import SHARED

_CUT: Final = 286.0
_FLOOR: Final = 42.0


class Noticed(TypedDict, total=False):
    """What may be said besides."""

    mark: str
    """Printed at the head of the sheet, as "DEMO"."""
    is_recall: bool
    """The house calls the letter back; she has withdrawn nothing."""
    letter_of: date | None
    """When the letter was made."""
    copies: int
    """How many copies of it have left."""


def withdrawal_notice(
    recipient: Recipient,
    reference: str,
    letterhead: PrintedHead,
    sender: Sender,
    made_on: date,
    language: str,
    **noticed: Unpack[Noticed],
) -> bytes:
    """Return the notice with its slip as PDF, one sheet; raises TooLong for endless names."""
    shared, words = SHARED[language], NOTICE[language]
    why = words.recalled if noticed.get("is_recall") else words.withdrawn
    letter = _letter(reference, language, noticed)
    for scale in SCALES:
        page = Page(made_on, language=language, mark=noticed.get("mark", ""))
        column = Column(page, language, scale)
        draw_letterhead(column, letterhead, shared, (shared.day(made_on),))
        draw_confidential(column, LETTER[language].confidential)
        draw_addressee(column, recipient, recipient.person)
        _say(column, why, letter, letterhead.phone)
        draw_signature(column, sender, shared, room=50)
        if column.top > _CUT + 12:
            _slip(Column(page, language, top=_CUT - 12), why, reference, letterhead)
            draw_foot(page, FORM, reference, f"{shared.page} 1/1")
            return page.finish()
    raise TooLong


def _letter(reference: str, language: str, noticed: Noticed) -> str:
    """Return which letter is called back: its number, its day, how many copies there are."""
    words: NoticeWords = NOTICE[language]
    day, count = noticed.get("letter_of"), noticed.get("copies", 0)
    named = words.letter.format(reference=reference)
    if day is not None:
        named = words.letter_on.format(reference=reference, day=SHARED[language].day(day))
    return named + (words.copies_sent.format(count=count) if count else "")


def _say(column: Column, why: Why, letter: str, phone: str) -> None:
    words, shared = NOTICE[column.language], SHARED[column.language]
    column.row(shared.subject, why.subject, Weight.BOLD)
    column.gap(8)
    column.block(why.opening.format(letter=letter), column.body())
    column.gap(5)
    column.block(words.asks, column.body())
    column.gap(2)
    column.points(words.please, column.body(), LEFT + 8, column.beside_labels[1] + 118)
    column.gap(5)
    column.block(why.closing.format(phone=unbroken(phone)), column.body())


def _slip(column: Column, why: Why, reference: str, letterhead: PrintedHead) -> None:
    """Draw the part that comes back."""
    words, slip, shared = NOTICE[column.language], SLIP[column.language], SHARED[column.language]
    draw_cut(column.page, _CUT, slip.cut)
    draw_slip_head(column, why.slip, reference, letterhead)
    column.top -= 6
    left = LEFT
    for text in (words.returned, words.destroyed, words.not_received):
        left = column.choice(text, left) + 24
    column.top -= 22
    column.blanks(words.copies, words.passed_on)
    column.blanks(shared.name, shared.position)
    column.blanks(shared.dated, shared.signature)
    column.blank_and_seal(slip.phone, shared.seal, _FLOOR)
