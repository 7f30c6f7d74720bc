"""The consent sheet: what she agreed to and what not, signed by her; it stays in the house.

She gets a copy if it is safe for her. The items stand on it with the words that will leave, so that
nobody signs for a category and is surprised by its contents.
"""

from dataclasses import dataclass
from datetime import date

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.documents.column import INNER, LEFT, Column
from shelterdesk.documents.consent_words import CONSENT, FORM, ConsentWords
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import Letterhead, draw_foot, draw_letterhead
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.wording import SHARED


@dataclass(frozen=True)
class ConsentTerms:
    """How she decided; choices are labels in the language of the sheet already.

    `refused` are the labels of the items that she was asked about and did not agree to.
    """

    decision: str
    form: str
    actor: str
    language: str
    interpreter: str
    explained_by: str
    witness: str
    valid_from: date
    valid_until: date | None
    refused: tuple[str, ...]
    limits: str
    questions: str
    made_on: date
    mark: str = ""


def consent_sheet(disclosed: Disclosed, letterhead: Letterhead, terms: ConsentTerms) -> bytes:
    """Return the sheet as PDF; it goes on overleaf when there is much to agree to."""
    language = disclosed.language
    shared = SHARED[language]

    def begin() -> Page:
        return Page(terms.made_on, language=language, mark=terms.mark)

    def fill(column: Column) -> None:
        draw_letterhead(column, letterhead, shared, _beside(disclosed, terms))
        _decided(column, disclosed, terms)
        _items(column, disclosed, terms)
        _explained(column, terms)
        _signatures(column)

    def foot(page: Page, number: int, total: int) -> None:
        draw_foot(page, FORM, disclosed.reference, f"{shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)


def _beside(disclosed: Disclosed, terms: ConsentTerms) -> tuple[str, ...]:
    shared = SHARED[disclosed.language]
    number = f"{shared.number} {disclosed.reference}" if disclosed.reference else ""
    return tuple(filter(None, (number, shared.day(terms.made_on))))


def _decided(column: Column, disclosed: Disclosed, terms: ConsentTerms) -> None:
    """Draw what it is about, her rights, and what was decided."""
    words = CONSENT[column.language]
    column.block(words.title, column.style(15, Weight.BOLD))
    column.panel(words.rights_heading, words.rights)
    column.heading(words.decision_heading)
    to = disclosed.recipient
    recipient = " · ".join(filter(None, (to.organisation, to.person)))
    column.rows(
        (words.recipient, recipient),
        (words.decision, terms.decision),
        (words.valid, _period(words, column.language, terms)),
        (words.limits, terms.limits),
        (words.questions, terms.questions),
    )


def _period(words: ConsentWords, language: str, terms: ConsentTerms) -> str:
    day = SHARED[language].day
    if terms.valid_until is None:
        return words.from_on.format(start=day(terms.valid_from))
    return words.from_until.format(start=day(terms.valid_from), end=day(terms.valid_until))


def _items(column: Column, disclosed: Disclosed, terms: ConsentTerms) -> None:
    words = CONSENT[column.language]
    column.heading(words.shared_heading)
    column.block(words.shared_words if disclosed.items else words.nothing, column.small(0.15))
    column.gap(2)
    for item in disclosed.items:
        column.row(item.label, item.text)
    column.heading(words.refused_heading)
    column.block("; ".join(terms.refused) or words.nothing, column.body())


def _explained(column: Column, terms: ConsentTerms) -> None:
    words = CONSENT[column.language]
    column.heading(words.explained_heading)
    column.rows(
        (words.actor, " · ".join(filter(None, (terms.actor, terms.form)))),
        (words.language, terms.language),
        (words.interpreter, terms.interpreter),
        (words.explained_by, terms.explained_by),
        (words.witness, terms.witness),
    )


def _signatures(column: Column) -> None:
    """Draw four places to sign; they stay together on one sheet."""
    words = CONSENT[column.language]
    column.room(170)
    column.gap(8)
    column.block(words.signed, column.body(Weight.BOLD))
    half = (INNER - 30) / 2
    pairs = ((words.herself, words.guardian), (words.witness, words.explained_by))
    for pair in pairs:
        column.top -= 40
        for number, label in enumerate(pair):
            left = LEFT + number * (half + 30)
            column.page.rule(left, column.top, half, grey=0.3)
            column.page.type.line(left, column.top - 13, label, column.small(0.1))
        column.top -= 22
    column.block(words.mark, column.style(8.5, grey=0.35))
