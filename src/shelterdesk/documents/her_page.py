"""Papers for herself: what is kept about her, and who was told what, in words that she can check.

They are made from what the door let out on the ground of her own file, so names of others are
masked already. Whoever finds one learns nothing about the house from its head.
"""

from dataclasses import replace
from datetime import date

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.documents.column import INNER, LEFT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import PrintedHead, called, draw_foot, draw_letterhead
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.words.her_page_words import FORM, HER_LEDGER, HER_PAGE, LEDGER_FORM
from shelterdesk.documents.words.wording import SHARED, neutral_label


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


def her_ledger(disclosed: Disclosed, made_on: date, mark: str = "") -> bytes:
    """Return as PDF who was told what about her, in large letters and without any letterhead.

    Each piece of what was let out begins with day and recipient.
    """
    language = disclosed.language
    words, shared = HER_LEDGER[language], SHARED[language]

    def begin() -> Page:
        return Page(made_on, language=language, mark=mark)

    def fill(column: Column) -> None:
        column.block(words.title, column.style(19, Weight.BOLD))
        column.block(words.opening, column.style(13))
        column.block(shared.day(made_on), column.style(11, grey=0.25))
        for item in disclosed.items:
            for told in item.text.split("\n\n"):
                first, _end, rest = told.partition("\n")
                _told(column, first, rest)
        column.gap(14)
        column.rule(weight=1.1, grey=0)
        column.gap(6)
        column.block(words.rights_heading, column.style(13, Weight.BOLD))
        column.points(words.rights, column.style(12), LEFT, INNER)

    def foot(page: Page, number: int, total: int) -> None:
        draw_foot(page, LEDGER_FORM, "", f"{shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)


def _told(column: Column, first: str, rest: str) -> None:
    """Draw one time that something was told, whole on a sheet as far as it can be."""
    column.gap(9)
    bold, style = column.style(13, Weight.BOLD), column.style(12.5)
    column.room(bold.line + style.line * (rest.count("\n") + 2))
    column.rule(grey=0.7)
    column.gap(4)
    column.block(first, bold)
    column.block(rest, style)
