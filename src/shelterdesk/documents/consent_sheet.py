"""The consent sheet: what she agreed to and what not, signed by her; it stays in the house.

She gets a copy if it is safe for her. The kinds of information stand on it and not the words: what
a letter says of them may still change with her until it is printed, never what kind of thing it is.
For a child the person responsible signs a sheet of her own, which speaks in her words.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.documents.column import INNER, LEFT, Column
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letterhead import (
    PrintedHead,
    draw_foot,
    draw_letterhead,
    draw_running_head,
)
from shelterdesk.documents.page import Page
from shelterdesk.documents.sheets import on_sheets
from shelterdesk.documents.words.consent_words import CONSENT, FORM, ConsentWords
from shelterdesk.documents.words.wording import SHARED, neutral_label

_ROW: Final = 60.0
"""The height of a row of places to sign, in points."""

_Signer = tuple[str, str]


@dataclass(frozen=True)
class ConsentTerms:
    """How she decided; choices are labels in the language of the sheet already.

    `refused` are the labels of the items that she was asked about and did not agree to; on a copy
    `for_her` they are left out, since it may be found with her. `guardian` is the name of whoever
    decided for a child, when it is her sheet.
    """

    purpose: str
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
    shares: bool = True
    """Whether it is about telling somebody: then it says what is told, if only nothing."""
    by_guardian: bool = False
    guardian: str = ""
    for_her: bool = False


def consent_sheet(disclosed: Disclosed, letterhead: PrintedHead, terms: ConsentTerms) -> bytes:
    """Return the sheet as PDF; it goes on overleaf when there is much to agree to."""
    language = disclosed.language
    shared = SHARED[language]
    title = _title(CONSENT[language], terms)

    def begin() -> Page:
        return Page(terms.made_on, language=language, mark=terms.mark)

    def fill(column: Column) -> None:
        draw_letterhead(column, letterhead, shared, _beside(disclosed, terms))
        column.block(title, column.style(15, Weight.BOLD))
        _decided(column, disclosed, terms)
        _items(column, disclosed, terms)
        _explained(column, terms)
        _signatures(column, terms)

    def foot(page: Page, number: int, total: int) -> None:
        if number > 1:
            draw_running_head(page, " · ".join(filter(None, (title, disclosed.reference))))
        draw_foot(page, FORM, disclosed.reference, f"{shared.page} {number}/{total}")

    return on_sheets(begin, language, fill, foot)


def _title(words: ConsentWords, terms: ConsentTerms) -> str:
    """Return what the sheet is called: a signature on it must be good for one thing only."""
    if terms.shares:
        return words.title
    purpose = terms.purpose
    is_word = purpose[1:2].islower()
    return words.title_of.format(purpose=purpose[:1].lower() + purpose[1:] if is_word else purpose)


def _beside(disclosed: Disclosed, terms: ConsentTerms) -> tuple[str, ...]:
    shared = SHARED[disclosed.language]
    number = f"{shared.number} {disclosed.reference}" if disclosed.reference else ""
    return tuple(filter(None, (number, shared.day(terms.made_on))))


def _decided(column: Column, disclosed: Disclosed, terms: ConsentTerms) -> None:
    """Draw the rights of whoever signs, what it is about, and what was decided."""
    words = CONSENT[column.language]
    column.panel(words.rights_heading, words.rights_guardian if terms.by_guardian else words.rights)
    column.heading(words.decision_heading)
    to = disclosed.recipient
    recipient = " · ".join(filter(None, (to.organisation, to.person)))
    column.rows(
        (words.purpose, terms.purpose),
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
    """Draw what may be told and what not; nothing of it where nothing is to be told at all."""
    words = CONSENT[column.language]
    if terms.shares or disclosed.items:
        labels = tuple(neutral_label(item, column.language) for item in disclosed.items)
        column.heading(words.shared_heading)
        column.block(words.shared_words if labels else words.nothing, column.small(0.15))
        column.gap(2)
        column.points(labels, column.body(), LEFT + 8, INNER - 8)
    if terms.for_her or not (terms.shares or terms.refused):
        return
    column.heading(words.refused_heading)
    column.block("; ".join(terms.refused) or words.nothing, column.body())


def _explained(column: Column, terms: ConsentTerms) -> None:
    """Draw how it was explained; it stays on one sheet with the places to sign."""
    words = CONSENT[column.language]
    column.room(125 * column.scale + _to_sign(column, terms))
    column.heading(words.explained_heading)
    column.rows(
        (words.actor, " · ".join(filter(None, (terms.guardian, terms.actor, terms.form)))),
        (words.language, terms.language),
        (words.interpreter, terms.interpreter),
        (words.explained_by, terms.explained_by),
        (words.witness, terms.witness),
    )


def _rows_of_signers(terms: ConsentTerms) -> list[tuple[_Signer, ...]]:
    """Return who signs, two beside each other: the attribute that names her part, and her name."""
    decides = ("guardian", terms.guardian) if terms.by_guardian else ("herself", "")
    every = [decides, ("explained_by", terms.explained_by), ("witness", terms.witness)]
    if terms.interpreter:
        every.append(("interpreter", terms.interpreter))
    return [tuple(every[place : place + 2]) for place in range(0, len(every), 2)]


def _to_sign(column: Column, terms: ConsentTerms) -> float:
    """Return how much room the sentence above the signatures and the places to sign take."""
    return 46 * column.scale + _ROW * len(_rows_of_signers(terms))


def _signatures(column: Column, terms: ConsentTerms) -> None:
    """Draw the places to sign, each with the name below it and a date beside it."""
    words = CONSENT[column.language]
    rows = _rows_of_signers(terms)
    column.room(_to_sign(column, terms))
    column.gap(8)
    signed = words.signed_guardian if terms.by_guardian else words.signed
    column.block(signed, column.body(Weight.BOLD))
    column.block(words.mark, column.style(8.5, grey=0.35))
    half = (INNER - 30) / 2
    for row in rows:
        column.top -= 32
        for number, (part, name) in enumerate(row):
            _place_to_sign(column, LEFT + number * (half + 30), half, getattr(words, part), name)
        column.top -= _ROW - 32


def _place_to_sign(column: Column, left: float, width: float, part: str, name: str) -> None:
    """Draw a line to sign upon and one for the date, and below them whose they are."""
    date_left = left + width * 0.68
    style = column.small(0.1)
    column.page.rule(left, column.top, width * 0.64, grey=0.3)
    column.page.rule(date_left, column.top, width * 0.32, grey=0.3)
    column.page.type.line(left, column.top - 12, part, style)
    column.page.type.line(date_left, column.top - 12, SHARED[column.language].dated, style)
    for line in column.page.type.lines(name, column.body(), width)[:1]:
        column.page.type.line(left, column.top - 26, line, column.body())
