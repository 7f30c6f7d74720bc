"""The rules of the house on one page, for herself to keep: nothing about her stands on it.

It names no house, no office and no address; whoever finds it learns of nobody.
"""

from datetime import date

from shelterdesk.documents.column import INNER, LEFT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import draw_foot
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.words.rules_words import RULES_SHEET, HouseRules
from shelterdesk.documents.words.wording import SHARED

_IN: float = 22
_LINES: int = 3
"""Empty lines for what she wants to ask."""


def rules_sheet(rules: HouseRules, language: str, made_on: date, mark: str = "") -> bytes:
    """Return the rules as PDF: one sheet, in large letters."""
    words, shared = RULES_SHEET[language], SHARED[language]

    def begin() -> Page:
        return Page(made_on, language=language, mark=mark)

    def fill(column: Column) -> None:
        column.block(words.title, column.style(19, Weight.BOLD))
        column.gap(2)
        column.block(words.opening, column.style(12.5))
        for number, rule in enumerate(rules.rules, 1):
            column.gap(8)
            bold, plain = column.style(13, Weight.BOLD), column.style(12)
            column.room(bold.line + plain.line)
            column.block(f"{number}.  {rule.words}", bold)
            column.block(rule.why, plain, LEFT + _IN, INNER - _IN)
        column.gap(12)
        column.block(words.ask, column.style(12.5, Weight.BOLD))
        for _line in range(_LINES):
            column.gap(22)
            column.rule(grey=0.5)

    def foot(page: Page, number: int, total: int) -> None:
        edition = words.edition.format(edition=rules.edition)
        draw_foot(page, words.hers, "", f"{edition}   {shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)
