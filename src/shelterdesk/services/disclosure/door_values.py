"""What there is to say about her, item by item; read inside the transaction in which it leaves.

Only fields that declare an item are read, and what is worked out from them; only what the person at
the desk may see herself. Sealed texts are never read here: what stands for them is a sentence that
somebody has released, while it holds.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import PartialDate, age_on, spoken, spoken_day
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.presets import ONLY_HERS
from shelterdesk.core.shown import shown
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.belonging import case_of
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.consent_rules import barred, relations
from shelterdesk.services.consent_law.released import in_force
from shelterdesk.services.disclosure.letters_rules import enclosed_with
from shelterdesk.services.disclosure.masks import MASK, others_hidden
from shelterdesk.services.disclosure.what_left import what_left
from shelterdesk.store.log.log_order import in_log_order

CONTACT_OFFICE: Final = "contact_office"
"""Fact of older stores: the office that letters name; the neutral letterhead has it since."""

_READ_ELSEWHERE: Final = frozenset({"phone_safe", "language_interpreter", "legal_name"})
"""Items whose fields need more than their value: whether it is safe, what the answer means, how a
name is written in two scripts."""


@dataclass(frozen=True)
class Reading:
    """Where values are read from, for whom, in which language, and whether others are masked."""

    session: Session
    seat: Seat
    case: Case
    language: str
    referral: Referral | None = None
    masked: bool = False
    lines: dict[str, list[str]] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    """Record id -> the case by which it is judged, as far as it was asked for."""

    def __repr__(self) -> str:
        return "<Reading>"

    def may_see(self, record: Record, name: str) -> bool:
        """Tell whether the person at the desk may read a field herself, by the case it is of.

        What is kept about somebody else is judged by that one's case and never by hers.
        """
        return self.seat.may(type(record).area_of(name), Right.READ, self.case_of(record))

    def case_of(self, record: Record) -> Case:
        """Return the case that a record belongs to, hers when it belongs to none."""
        if record.id not in self.cases:
            self.cases[record.id] = case_of(self.session, record) or self.case
        return self.cases[record.id]

    def may_name(self, other: Person) -> bool:
        """Tell whether somebody may be named here: as whoever is at the desk may know her."""
        case = self.case_of(other)
        is_of_hers = case.id == self.case.id
        identity = is_of_hers or self.seat.may(Area.IDENTITY, Right.READ, case)
        return identity and self.may_see(other, "given_name")

    def text(self, record: Record, name: str) -> str:
        """Return a field in words, "" when it is empty or closed to the person at the desk."""
        if not self.may_see(record, name):
            return ""
        declared, value = record.fields()[name], getattr(record, name)
        if declared.kind is Kind.DATE and value is not None:
            known = isinstance(value, PartialDate)
            return (spoken if known else spoken_day)(value, self.language)
        return shown(declared, value, self.language, self.link)

    def link(self, record_id: str) -> str:
        """Return the name of a member of staff; no other link is ever put into words."""
        worker = self.session.get(StaffMember, record_id)
        return worker.name if worker else ""

    def say(self, item: str, text: str) -> None:
        """Note something to say under an item, each once."""
        known = self.lines.setdefault(item, [])
        if text.strip() and text not in known:
            known.append(text)


def values(reading: Reading) -> dict[str, str]:
    """Return item -> words for every item that there is something to say about."""
    person = _person(reading)
    for record in (reading.case, person, _intake(reading), reading.referral):
        if record is not None:
            _declared(reading, record)
    if person is not None:
        for worked_out in (_legal_name, _age, _languages, _ways_to_her, _people_around_her):
            worked_out(reading, person)
    _papers(reading)
    for item, row in in_force(reading.session, reading.case, reading.seat.today()).items():
        reading.say(item, reading.text(row, "sentence"))
    reading.say("shelter_contact_office", _office(reading))
    if reading.masked:
        reading.say(ONLY_HERS, _what_left(reading))
    said = {item: "; ".join(lines) for item, lines in reading.lines.items() if lines}
    return _without_others(reading, said) if reading.masked else said


def _what_left(reading: Reading) -> str:
    """Return who was told what about her, items by the names that paper has for them."""
    from shelterdesk.documents.wording import neutral

    labels = codes.labels("disclosure_item", reading.language)

    def named(item: str) -> str:
        return neutral(item, labels.get(item, item), reading.language)

    return what_left(reading.session, reading.case, reading.language, named)


def _office(reading: Reading) -> str:
    """Return how the house is reached: address and telephone of the neutral letterhead."""
    neutral = select(Letterhead).where(Letterhead.profile == "neutral")
    head = reading.session.scalar(neutral.order_by(in_log_order(Letterhead)).limit(1))
    if head is None:
        return reading.seat.vault.fact_or_none(CONTACT_OFFICE) or ""
    places = (head.address, head.address_latin)
    address = next(filter(None, places if reading.language == "lo" else reversed(places)), "")
    said = [address, head.phone]
    lines = [" ".join(part.split()) for part in said if part]
    return ", ".join(lines) or reading.seat.vault.fact_or_none(CONTACT_OFFICE) or ""


def _person(reading: Reading) -> Person | None:
    case = reading.case
    return reading.session.get(Person, case.person_id) if case.person_id else None


def _intake(reading: Reading) -> Intake | None:
    hers = select(Intake).where(Intake.case_id == reading.case.id)
    return reading.session.scalar(hers.order_by(in_log_order(Intake).desc()).limit(1))


def _declared(reading: Reading, record: Record) -> None:
    """Say what the fields of a record declare; sealed ones belong to a release of their own."""
    for name, declared in record.fields().items():
        item = declared.disclosure
        if item and item not in _READ_ELSEWHERE and not declared.compartment:
            reading.say(item, reading.text(record, name))


def _legal_name(reading: Reading, person: Person) -> None:
    """Say her name in the script of the language, with the other beside it: two names, not four."""
    own, latin = (
        " ".join(filter(None, (reading.text(person, name) for name in names)))
        for names in (("given_name", "family_name"), ("given_name_latin", "family_name_latin"))
    )
    first, other = (own, latin) if reading.language == "lo" else (latin, own)
    both = first and other and first != other
    reading.say("legal_name", f"{first} ({other})" if both else first or other)


def _age(reading: Reading, person: Person) -> None:
    if person.birth_date is None or not reading.may_see(person, "birth_date"):
        return
    youngest, oldest = age_on(person.birth_date, reading.seat.today())
    reading.say("age_years", str(youngest) if youngest == oldest else f"{youngest}–{oldest}")


def _languages(reading: Reading, person: Person) -> None:
    item = "language_interpreter"
    reading.say(item, reading.text(person, "first_language"))
    if person.interpreter_needed == "yes" and reading.may_see(person, "interpreter_needed"):
        reading.say(item, in_language(N_("Needs an interpreter"), reading.language))


def _ways(session: Session, person_id: str, today: date) -> list[ContactPoint]:
    """Return the ways to reach somebody that are safe to use and still good."""
    every = select(ContactPoint).where(
        ContactPoint.person_id == person_id, ContactPoint.safe_to_call == "yes"
    )
    found = session.scalars(every.order_by(in_log_order(ContactPoint))).all()
    return [way for way in found if way.expires is None or way.expires >= today]


def _ways_to_her(reading: Reading, person: Person) -> None:
    for way in _ways(reading.session, person.id, reading.seat.today()):
        reading.say("phone_safe", reading.text(way, "value"))
        parts = [reading.text(way, name) for name in ("kind", "safe_hours", "say_who_is_calling")]
        if any(parts[1:]):  # the kind alone tells nobody how to go about it
            reading.say("safe_contact", ", ".join(part for part in parts if part))


def _people_around_her(reading: Reading, _person: Person) -> None:
    never = barred(reading.session, reading.case)
    for relation in relations(reading.session, reading.case):
        other = reading.session.get(Person, relation.other_id)
        if other is None or relation.is_barred or other.id in never:
            continue
        if not reading.may_see(relation, "other_id"):
            continue
        if not (reading.masked or reading.may_name(other)):
            continue
        if relation.is_guardian == "yes":
            reading.say("guardian", _described(reading, relation, other))
        if relation.safe_to_contact == "yes":
            reading.say("family_contact", _reached(reading, relation, other))


def _described(reading: Reading, relation: Relation, other: Person) -> str:
    name = in_language(MASK, reading.language) if reading.masked else _name(other)
    kin = codes.label("relation", relation.relation, reading.language) if relation.relation else ""
    return f"{name} ({kin})" if name and kin else name


def _reached(reading: Reading, relation: Relation, other: Person) -> str:
    ways = [] if reading.masked else _ways(reading.session, other.id, reading.seat.today())
    numbers = ", ".join(reading.text(way, "value") for way in ways)
    described = _described(reading, relation, other)
    return f"{described}: {numbers}" if numbers else described


def _papers(reading: Reading) -> None:
    """Say which papers go along with a letter: titles and pages, never what stands on them."""
    enclosed = enclosed_with(reading.session, reading.referral.id) if reading.referral else []
    for paper in enclosed:
        area = paper.closer_area or Attachment.area
        if reading.seat.may(area, Right.READ, reading.case):
            reading.say("attachment_named", titled(paper, reading.language))


def titled(paper: Attachment, language: str) -> str:
    """Return the title of a paper with its number of pages, as a letter names it."""
    if not paper.pages:
        return paper.name
    words = N_("{name} (1 page)") if paper.pages == 1 else N_("{name} ({count} pages)")
    return in_language(words, language).format(name=paper.name, count=paper.pages)


def _name(person: Person) -> str:
    parts = (person.given_name, person.family_name)
    latin = (person.given_name_latin, person.family_name_latin)
    return " ".join(filter(None, parts)) or " ".join(filter(None, latin))


def _without_others(reading: Reading, said: dict[str, str]) -> dict[str, str]:
    """Take the names of everybody else out of her own copy, also of whoever is accused."""
    hide = others_hidden(reading.session, reading.case, reading.language)
    kept = ("legal_name", "alias", "case_code")
    return {item: text if item in kept else hide(text) for item, text in said.items()}
