"""The referral letter: one A4 sheet that leaves the house, and a second one that comes back.

It says what the door let out and nothing else: which items she agreed to, in which order they are
read, and what the recipient must not do with them. Without her name among them she is the person
bearing the letter.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shelterdesk.core.disclosed import Disclosed, DisclosedItem
from shelterdesk.documents.column import SCALES, Column, TooLong
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.letter_words import FORM, LETTER, LetterWords
from shelterdesk.documents.letterhead import (
    Letterhead,
    Sender,
    draw_across,
    draw_foot,
    draw_letterhead,
    draw_signature,
    unbroken,
)
from shelterdesk.documents.page import Page
from shelterdesk.documents.return_slip import draw_slips
from shelterdesk.documents.wording import SHARED, SharedWords, neutral_label

_NAMED: Final = ("legal_name",)
_PERSON: Final = (
    *("alias", "case_code", "sex", "age_years", "birth_date", "nationality", "ethnicity"),
    *("id_number", "language_interpreter", "disability_access_need", "guardian"),
)
_REQUEST: Final = (
    *("need_requested", "service_given", "her_wish", "interview_conditions", "deadline"),
)
_SAFETY: Final = (
    *("safety_risk_for_provider", "safe_contact", "phone_safe", "family_contact"),
    *("visit_pretext", "shelter_contact_office", "case_worker"),
)
_WAYS: Final = ("safe_contact", "phone_safe")
_ATTACHED: Final = "attachment_named"
_ELSEWHERE: Final = frozenset((*_NAMED, *_PERSON, *_REQUEST, *_SAFETY, _ATTACHED))


@dataclass(frozen=True)
class LetterFacts:
    """What a letter says beside what is known about her.

    `service` and `priority` are in the letter's language already; `attachments` are names with
    their number of pages; `copy` counts the printed copies; `code` is the short one at the foot.
    """

    made_on: date
    copy: int
    service: str
    priority: str
    answer_by: date | None
    unit: str
    contact_person: str
    contact_phone: str
    sender: Sender
    accompanied_by: str
    code: str
    mark: str = ""
    is_preview: bool = False
    attachments: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class _Letter:
    """All that one letter is made from."""

    disclosed: Disclosed
    letterhead: Letterhead
    facts: LetterFacts

    @property
    def words(self) -> LetterWords:
        """The sentences in the letter's language."""
        return LETTER[self.disclosed.language]

    @property
    def shared(self) -> SharedWords:
        """The words that all papers share, in the letter's language."""
        return SHARED[self.disclosed.language]

    @property
    def phone(self) -> str:
        """The telephone of the office, to be set on one line."""
        return unbroken(self.letterhead.phone)

    def items(self, codes: tuple[str, ...]) -> list[DisclosedItem]:
        """Return the disclosed ones of some items, in the order of `codes`."""
        return [item for code in codes for item in self.disclosed.items if item.code == code]


def referral_letter(disclosed: Disclosed, letterhead: Letterhead, facts: LetterFacts) -> bytes:
    """Return the letter as PDF: the letter on the first sheet, the two return slips on the second.

    Raises TooLong when the letter does not fit on one sheet in the smallest size.
    """
    letter = _Letter(disclosed, letterhead, facts)
    page = Page(facts.made_on, language=disclosed.language, mark=facts.mark)
    for scale in SCALES:
        if _draw(letter, page, scale):
            _slips(letter, page)
            return page.finish()
        page.wipe()
    raise TooLong


def _slips(letter: _Letter, page: Page) -> None:
    """Begin the second sheet, which goes back to the sender, and draw it."""
    page.next_sheet()
    if letter.facts.is_preview:
        draw_across(page, letter.shared.preview)
    language = letter.disclosed.language
    draw_slips(page, letter.disclosed.reference, letter.letterhead, language)
    draw_foot(page, "", letter.disclosed.reference, f"{letter.shared.page} 2/2")


def _draw(letter: _Letter, page: Page, scale: float) -> bool:
    """Draw the first sheet; tell whether everything has found room on it."""
    if letter.facts.is_preview:
        draw_across(page, letter.shared.preview)
    column = Column(page, letter.disclosed.language, scale)
    for part in (_head, _addressee, _person, _request, _background, _safety, _attachments):
        part(letter, column)
    for part in (_handling, _ground, _signed):
        part(letter, column)
    _foot(letter, page)
    return column.fits


def _head(letter: _Letter, column: Column) -> None:
    shared, facts = letter.shared, letter.facts
    beside = (
        f"{shared.number} {letter.disclosed.reference}",
        shared.day(facts.made_on),
        f"{shared.copy} {facts.copy}",
    )
    draw_letterhead(column, letter.letterhead, shared, beside)
    style = column.style(10, Weight.BOLD)
    column.ground(style.line + 3)
    column.top -= 2
    column.centred(letter.words.confidential, style)
    column.gap(8)


def _addressee(letter: _Letter, column: Column) -> None:
    """Draw to whom the letter goes, how urgent it is, and its neutral subject."""
    words, shared, facts = letter.words, letter.shared, letter.facts
    to = letter.disclosed.recipient
    column.row(shared.to, to.organisation or to.person, Weight.BOLD)
    person = facts.contact_person or (to.person if to.organisation else "")
    phone = f"{shared.phone} {unbroken(facts.contact_phone)}" if facts.contact_phone else ""
    attention = " · ".join(filter(None, (facts.unit, person, phone)))
    if attention:
        column.row(shared.attention, attention)
    due = words.answer_by.format(day=shared.day(facts.answer_by)) if facts.answer_by else ""
    urgency = " – ".join(filter(None, (facts.priority, due)))
    if urgency:
        column.row(words.urgency, urgency)
    column.row(shared.subject, words.subject, Weight.BOLD)
    column.gap(4)
    column.block(words.opening, column.body())


def _person(letter: _Letter, column: Column) -> None:
    column.heading(letter.words.person)
    for item in letter.items(_NAMED):
        column.row(item.label, item.text, Weight.BOLD)
    if not letter.items(_NAMED):
        column.row(letter.words.who, letter.words.bearer, Weight.BOLD)
    _rows(column, letter.items(_PERSON))


def _rows(column: Column, items: list[DisclosedItem]) -> None:
    for item in items:
        column.row(neutral_label(item, column.language), item.text)


def _request(letter: _Letter, column: Column) -> None:
    """Draw what is asked for; the kind of service belongs to it and shows only together with it."""
    items = letter.items(_REQUEST)
    if not items:
        return
    column.heading(letter.words.request)
    if letter.facts.service and letter.items(("need_requested",)):
        column.row(letter.words.service, letter.facts.service, Weight.BOLD)
    _rows(column, items)


def _background(letter: _Letter, column: Column) -> None:
    items = [item for item in letter.disclosed.items if item.code not in _ELSEWHERE]
    if items:
        column.heading(letter.words.background)
        _rows(column, items)


def _safety(letter: _Letter, column: Column) -> None:
    """Draw how she is reached: through the office, unless she has let out another way."""
    words = letter.words
    column.heading(words.safety)
    if not letter.items(_WAYS):
        column.row(words.reach, words.only_through_us.format(phone=letter.phone))
    _rows(column, letter.items(_SAFETY))
    if letter.facts.accompanied_by:
        column.row(words.accompanied, letter.facts.accompanied_by)


def _attachments(letter: _Letter, column: Column) -> None:
    """Draw the names of what is enclosed, when she has let papers be named at all."""
    words = letter.words
    items = letter.items((_ATTACHED,))
    if not items:
        return
    column.heading(words.attachments)
    _rows(column, items)
    enclosed = (
        (words.one_page if count == 1 else words.pages).format(name=name, count=count)
        for name, count in letter.facts.attachments
    )
    column.points(tuple(enclosed), column.body(), *column.beside_labels)


def _handling(letter: _Letter, column: Column) -> None:
    words = letter.words
    asked = words.questions.format(name=letter.facts.sender.name, phone=letter.phone)
    column.panel(words.handling, (*words.rules, asked))


def _ground(letter: _Letter, column: Column) -> None:
    """Draw on which ground she is written about: her consent, a law, or danger to life."""
    column.gap(6)
    style, basis = column.style(9.5), letter.disclosed.basis
    if basis == "law":
        column.block(letter.words.law.format(law=letter.disclosed.law), style)
        column.blanks(letter.words.told)
    elif basis == "vital_interest":
        column.block(letter.words.life, style)
    else:
        column.block(_consent(letter), style)


def _consent(letter: _Letter) -> str:
    words, shared, disclosed = letter.words, letter.shared, letter.disclosed
    to = disclosed.recipient
    until = words.until.format(day=shared.day(disclosed.until)) if disclosed.until else ""
    parts = [words.agreed.format(recipient=to.organisation or to.person, until=until)]
    if disclosed.agreed_on:
        parts.append(words.agreed_on.format(day=shared.day(disclosed.agreed_on)))
    parts.append(words.withdraw.format(phone=letter.phone))
    return f"{words.ground}: {' '.join(parts)}"


def _signed(letter: _Letter, column: Column) -> None:
    draw_signature(column, letter.facts.sender, letter.shared)


def _foot(letter: _Letter, page: Page) -> None:
    shared = letter.shared
    code = f"{shared.code} {letter.facts.code} · {FORM}" if letter.facts.code else FORM
    draw_foot(page, code, letter.disclosed.reference, f"{shared.page} 1/2")
