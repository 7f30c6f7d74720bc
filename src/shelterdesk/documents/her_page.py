"""The page for herself: what is kept about her, in her hands, in words that she can check.

It is made from what the door let out on the ground of her own file, so names of others are masked
already. Whoever finds it learns nothing about the house from its head.
"""

from dataclasses import replace
from datetime import date

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.documents.column import Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.her_page_words import FORM, HER_PAGE
from shelterdesk.documents.letterhead import PrintedHead, called, draw_foot, draw_letterhead
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.wording import SHARED, neutral_label


def her_page(disclosed: Disclosed, letterhead: PrintedHead, made_on: date, mark: str = "") -> bytes:
    """Return her page as PDF: one sheet as a rule; nothing of hers is left out to keep it so."""
    language = disclosed.language
    plain = replace(letterhead, is_official=False)
    words, shared = HER_PAGE[language], SHARED[language]

    def begin() -> Page:
        return Page(made_on, language=language, mark=mark)

    def fill(column: Column) -> None:
        draw_letterhead(column, plain, shared, (shared.day(made_on),))
        column.block(words.title, column.style(17, Weight.BOLD))
        column.block(words.opening, column.style(11))
        column.heading(words.kept)
        for item in disclosed.items:
            column.row(neutral_label(item, language), item.text)
        column.panel(words.rights_heading, words.rights)
        column.gap(6)
        column.block(words.ask.format(phone=called(plain, shared)), column.body())

    def foot(page: Page, number: int, total: int) -> None:
        draw_foot(page, FORM, "", f"{shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)
