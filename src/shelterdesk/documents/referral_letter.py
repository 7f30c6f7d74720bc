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
from shelterdesk.documents.letterhead import (
    PrintedHead,
    Sender,
    draw_across,
    draw_addressee,
    draw_confidential,
    draw_foot,
    draw_letterhead,
    draw_signature,
    unbroken,
)
from shelterdesk.documents.page import Page
from shelterdesk.documents.return_slip import draw_slips
from shelterdesk.documents.words.letter_words import FORM, LETTER, LetterWords
from shelterdesk.documents.words.wording import SHARED, SharedWords, neutral_label

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
_THAI: Final = ("thai_shelter_msdhs",)
_ELSEWHERE: Final = frozenset((*_NAMED, *_PERSON, *_REQUEST, *_SAFETY, _ATTACHED))


@dataclass(frozen=True)
class LetterFacts:
    """What a letter says beside what is known about her.

    `service` and `priority` are in the letter's language already; `copy` counts the printed copies;
    `code` is the short one at the foot.
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
    is_urgent: bool = False
    target: str = ""
    """What kind of recipient it is, a code of the list `referral_target`."""


@dataclass(frozen=True)
class _Letter:
    """All that one letter is made from."""

    disclosed: Disclosed
    letterhead: PrintedHead
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

    @property
    def by_law(self) -> bool:
        """Whether nothing is asked for: a law demands what the letter tells."""
        return self.disclosed.basis == "law"

    def day(self, day: date) -> str:
        """Return a day in words, for Thailand with its Buddhist year."""
        return self.shared.day(day, thai=self.facts.target in _THAI)

    def items(self, codes: tuple[str, ...]) -> list[DisclosedItem]:
        """Return the disclosed ones of some items, in the order of `codes`."""
        return [item for code in codes for item in self.disclosed.items if item.code == code]


def referral_letter(disclosed: Disclosed, letterhead: PrintedHead, facts: LetterFacts) -> bytes:
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
        letter.day(facts.made_on),
        f"{shared.copy} {facts.copy}",
    )
    draw_letterhead(column, letter.letterhead, shared, beside)
    draw_confidential(column, letter.words.confidential)


def _addressee(letter: _Letter, column: Column) -> None:
    """Draw to whom the letter goes, how urgent it is, and its neutral subject."""
    words, shared, facts = letter.words, letter.shared, letter.facts
    person, phone = _there(letter)
    place, whom = (facts.unit, f"{person} · {phone}" if phone else person)
    if not person:  # nobody is greeted by a telephone number
        place, whom = ", ".join(filter(None, (facts.unit, phone))), ""
    draw_addressee(column, letter.disclosed.recipient, whom, place)
    due = words.answer_by.format(day=letter.day(facts.answer_by)) if facts.answer_by else ""
    urgency = " – ".join(filter(None, (facts.priority, due)))
    if urgency:
        column.row(words.urgency, urgency, Weight.BOLD if facts.is_urgent else Weight.REGULAR)
    subject = words.subject_law if letter.by_law else words.subject
    column.row(shared.subject, subject, Weight.BOLD)
    column.gap(4)
    if not letter.by_law:
        column.block(words.opening, column.body())


def _there(letter: _Letter) -> tuple[str, str]:
    """Return whom to ask for there, and the telephone."""
    facts, to = letter.facts, letter.disclosed.recipient
    number = unbroken(facts.contact_phone)
    phone = f"{letter.shared.phone}\u00a0{number}" if number else ""
    return facts.contact_person or to.person, phone


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
    items = letter.items((_ATTACHED,))
    if items:
        column.heading(letter.words.attachments)
        _rows(column, items)


def _handling(letter: _Letter, column: Column) -> None:
    words = letter.words
    asked = words.questions.format(name=letter.facts.sender.name, phone=letter.phone)
    column.panel(words.handling, (*words.rules_for(letter.facts.target), asked))


def _ground(letter: _Letter, column: Column) -> None:
    """Draw on which ground she is written about: her consent, a law, or danger to life."""
    column.gap(6)
    style, basis = column.style(9.5), letter.disclosed.basis
    if basis == "law":
        column.block(letter.words.law.format(law=letter.disclosed.law), style)
        _told(letter, column)
    elif basis == "vital_interest":
        column.block(letter.words.life, style)
    else:
        column.block(_consent(letter), style)


def _told(letter: _Letter, column: Column) -> None:
    """Draw when she was told, or a line to write it upon."""
    told, day = letter.words.told, letter.disclosed.told_on
    if day is None:
        column.blanks(told)
    else:
        column.block(f"{told}: {letter.day(day)}", column.style(9.5))


def _consent(letter: _Letter) -> str:
    words, disclosed = letter.words, letter.disclosed
    to = disclosed.recipient
    until = words.until.format(day=letter.day(disclosed.until)) if disclosed.until else ""
    spoken = words.agreed_in.format(language=disclosed.agreed_in) if disclosed.agreed_in else ""
    whom = to.organisation or to.person
    agreed = words.agreed_both if disclosed.by_both else words.agreed
    parts = [agreed.format(spoken=spoken, recipient=whom, until=until)]
    if disclosed.agreed_on:
        parts.append(words.agreed_on.format(day=letter.day(disclosed.agreed_on)))
    parts.append(words.withdraw.format(phone=letter.phone))
    return f"{words.ground}: {' '.join(parts)}"


def _signed(letter: _Letter, column: Column) -> None:
    director = letter.disclosed.approved_by if letter.by_law else None
    draw_signature(column, letter.facts.sender, letter.shared, director=director)


def _foot(letter: _Letter, page: Page) -> None:
    shared = letter.shared
    code = f"{shared.code} {letter.facts.code} · {FORM}" if letter.facts.code else FORM
    draw_foot(page, code, letter.disclosed.reference, f"{shared.page} 1/2")
