"""What there is to say about her, item by item; read inside the transaction in which it leaves.

Only fields that declare an item are read, and what is worked out from them; only what the person at
the desk may see herself. Sealed texts are never read here: what stands for them is a sentence that
somebody has released, while it holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import age_on
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Right
from shelterdesk.core.presets import ONLY_HERS
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record, Telling
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.consent_law.around_her import barred, is_named_in, relations
from shelterdesk.services.consent_law.released import in_force
from shelterdesk.services.disclosure.letters_rules import enclosed_with
from shelterdesk.services.disclosure.masks import MASK, others_hidden
from shelterdesk.services.disclosure.reading import Reading
from shelterdesk.services.disclosure.what_left import what_left
from shelterdesk.store.log.log_order import in_log_order

CONTACT_OFFICE: Final = "contact_office"
"""Fact of older stores: the office that letters name; the neutral letterhead has it since."""

_ONE: Final = (Case, Referral)
"""Kinds of which one is spoken of: her case, and the referral that a letter is of."""

_READ_ELSEWHERE: Final = frozenset({"phone_safe", "language_interpreter", "legal_name"})
"""Items whose fields need more than their value: whether it is safe, what the answer means, how a
name is written in two scripts."""


def values(reading: Reading) -> dict[str, str]:
    """Return item -> words for every item that there is something to say about."""
    person = _person(reading)
    for record in (reading.case, person, reading.referral):
        if record is not None:
            _declared(reading, record)
    for kind in kinds_told(reading.wanted):
        _lines_of(reading, kind)
    _chosen_lines(reading)
    if person is not None:
        _apply(_ABOUT_HER, reading, person)
    _apply(_BESIDE_HER, reading)
    said = {item: "; ".join(lines) for item, lines in reading.lines.items() if lines}
    return _without_others(reading, said) if reading.masked else said


def _what_left(reading: Reading) -> None:
    """Say in her own copy who was told what, items by the names that paper has for them."""
    if not reading.masked:
        return
    from shelterdesk.documents.words.wording import neutral

    labels = codes.labels("disclosure_item", reading.language)

    def named(item: str) -> str:
        return neutral(item, labels.get(item, item), reading.language)

    told = what_left(reading.session, reading.case, reading.language, named)
    reading.say(ONLY_HERS, told)


def _apply(table: Mapping[Callable[..., None], Iterable[str]], *given: Any) -> None:
    """Work out what is asked for, by a table of what says which items."""
    for worked_out, items in table.items():
        if given[0].wants(*items):
            worked_out(*given)


def _released(reading: Reading) -> None:
    told, overtaken = in_force(reading.session, reading.case, reading.seat.today())
    reading.overtaken.update(overtaken)
    for item, row in told.items():
        reading.say(item, reading.text(row, "sentence"))


def _office(reading: Reading) -> None:
    reading.say("shelter_contact_office", _reached_by(reading))


def _reached_by(reading: Reading) -> str:
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


@cache
def told_fields(kind: type[Record]) -> dict[str, tuple[str, ...]]:
    """Return item -> fields of a kind that are told under it as they stand.

    What belongs to a sealed part is told by a released sentence, whichever field it comes from.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, declared in kind.fields().items():
        item = declared.disclosure
        apart = item in _READ_ELSEWHERE or item in RELEASED_IN or declared.compartment
        if item and not apart:
            found[item] = (*found.get(item, ()), name)
    return found


def kinds_told(items: Iterable[str] | None = None) -> Iterator[type[Record]]:
    """Yield the kinds of which a case may have several, and from which any of these are told."""
    wanted = None if items is None else frozenset(items)
    for kind in Record.kinds:
        told = told_fields(kind)
        of_a_case = kind not in _ONE and {"case_id", "person_id"} & kind.fields().keys()
        if told and of_a_case and (wanted is None or not wanted.isdisjoint(told)):
            yield kind


def _lines_of(reading: Reading, kind: type[Record]) -> None:
    """Read the records of a kind, each as a line under every item that its fields declare."""
    rows = [row for row in _of_her(reading, kind) if reading.may_tell(row)]
    for item, names in told_fields(kind).items():
        if not reading.wants(item):
            continue
        if kind.telling is Telling.NEWEST:
            for row in rows[-1:]:
                reading.say(item, reading.line(row, names))
            continue
        said = {row.id: line for row in rows if (line := reading.line(row, names))}
        if said:
            reading.choices.setdefault(item, {}).update(said)


def _of_her(reading: Reading, kind: Any) -> Sequence[Record]:
    """Return the records of a kind that are about her, in the order of the log."""
    of_case = "case_id" in kind.fields()
    hers = kind.case_id == reading.case.id if of_case else kind.person_id == reading.case.person_id
    found: Sequence[Record] = reading.session.scalars(
        select(kind).where(hers).order_by(in_log_order(kind))
    ).all()
    return found


def _chosen_lines(reading: Reading) -> None:
    """Say the lines that were chosen; the only one, and in her own copy all of them."""
    for item, lines in reading.choices.items():
        all_of_them = reading.masked or len(lines) == 1
        for record_id, words in lines.items():
            if all_of_them or record_id in reading.chosen:
                reading.say(item, words)


@dataclass(frozen=True)
class SentenceSource:
    """What one field of one record says about an item that is told by a sentence only."""

    kind: str
    record_id: str
    name: str
    label: str
    words: str

    def __repr__(self) -> str:
        return "<SentenceSource>"


def sources_in(reading: Reading, item: str) -> Iterator[SentenceSource]:
    """Yield what the records of her case say about an item, as far as it is open at this desk."""
    for kind in Record.kinds:
        fields = kind.fields()
        names = [name for name, declared in fields.items() if declared.disclosure == item]
        for row in _of_her(reading, kind) if names and "case_id" in fields else ():
            for name in names:
                label = in_language(fields[name].label, reading.language)
                title = in_language(kind.title, reading.language)
                words = reading.text(row, name)
                if words:
                    about = f"{title} – {label}"
                    yield SentenceSource(kind.kind_name(), row.id, name, about, words)


def lines_used(reading: Reading, items: Iterable[str]) -> list[str]:
    """Return the ids of the records that were told from under these items."""
    told = {
        record_id
        for item in items
        for record_id, words in reading.choices.get(item, {}).items()
        if words in reading.lines.get(item, ())
    }
    return sorted(told)


def _declared(reading: Reading, record: Record) -> None:
    """Say what the fields of a record declare; sealed ones belong to a release of their own."""
    for item, names in told_fields(type(record)).items():
        for name in names if reading.wants(item) else ():
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
    around = relations(reading.session, reading.case)
    never = barred(reading.session, reading.case, around)
    for relation in around:
        other = reading.session.get(Person, relation.other_id)
        if other is None or relation.is_barred or other.id in never:
            continue
        if not reading.may_see(relation, "other_id"):
            continue
        if not (reading.masked or reading.may_name(other)):
            continue
        if is_named_in(relation, ("guardian",)):
            reading.say("guardian", _described(reading, relation, other))
        if is_named_in(relation, ("family_contact",)):
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


_ABOUT_HER: Final[dict[Callable[..., None], tuple[str, ...]]] = {
    _legal_name: ("legal_name",),
    _age: ("age_years",),
    _languages: ("language_interpreter",),
    _ways_to_her: ("phone_safe", "safe_contact"),
    _people_around_her: ("guardian", "family_contact"),
}
"""What needs more than the value of a field, and the items that it says."""


def _papers(reading: Reading) -> None:
    """Say which papers go along with a letter: titles and pages, never what stands on them."""
    enclosed = enclosed_with(reading.session, reading.referral.id) if reading.referral else []
    for paper in enclosed:
        area = paper.closer_area or Attachment.area
        if reading.seat.may(area, Right.READ, reading.case):
            reading.say("attachment_named", titled(paper, reading.language))


_BESIDE_HER: Final[dict[Callable[..., None], Iterable[str]]] = {
    _papers: ("attachment_named",),
    _released: RELEASED_IN.keys(),
    _office: ("shelter_contact_office",),
    _what_left: (ONLY_HERS,),
}
"""What is said of a letter, by colleagues, or of the house, and the items that it says."""


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
