"""Every field of every kind that declares an item: told when she agreed, and never otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import Field, Kind, SealedValue
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.consent_law.grounds import ChooseLines, NoConsent, NothingToSay
from shelterdesk.services.disclosure.door_values import kinds_told, told_fields
from shelterdesk.services.disclosure.letters_rules import NewWords
from shelterdesk.services.disclosure.reading import Reading
from tests.factories import add_person
from tests.services.disclosure.letter_house import WHY, house, words
from tests.services.house import ADULT, House, at

__all__ = ["house"]

TOLD = [
    (kind, name, declared)
    for kind in Record.kinds
    for name, declared in kind.fields().items()
    if declared.disclosure and declared.disclosure not in RELEASED_IN
]
SEALED = [
    (kind, name, declared)
    for kind in Record.kinds
    for name, declared in kind.fields().items()
    if declared.disclosure in RELEASED_IN
]
MARK = "Mark of this field"
MOST = 102
"""Statements of a preview that tells the code and what is asked for."""
WITHOUT_A_FIELD = {
    "age_years": "counted from the day of her birth",
    "safe_contact": "the ways to reach her that are safe, with their hours",
    "guardian": "whoever around her is her guardian, judged by that one's case",
    "family_contact": "whoever around her may be called, judged by that one's case",
    "shelter_contact_office": "the neutral letterhead",
    "what_left": "the log of what has left, for herself only",
    "attachment_named": "the papers enclosed with the letter, by title",
}
"""Items that no field declares because they are worked out, and from what."""

ARRIVED = datetime(2026, 8, 3, 3, 0, tzinfo=UTC)


def ids(value: object) -> str:
    return getattr(value, "__name__", None) or str(value)[:20]


def value_of(declared: Field) -> Any:
    """Return something that a field can hold, easy to find again."""
    if declared.codes:
        code = next(iter(codes.labels(declared.codes, "en")))
        return (code,) if declared.kind is Kind.CHOICES else code
    return {
        Kind.TEXT: MARK,
        Kind.NOTE: MARK,
        Kind.DATE: PartialDate.of(date(2001, 2, 9)) if declared.partial else date(2026, 10, 9),
        Kind.MOMENT: ARRIVED,
    }[declared.kind]


def told_as(declared: Field) -> str:
    """Return what a letter in English says of it."""
    if declared.disclosure == "language_interpreter" and declared.kind is Kind.YES_NO:
        return "Needs an interpreter"
    if declared.codes:
        return next(iter(codes.labels(declared.codes, "en").values()))
    return {Kind.DATE: "9 February 2001", Kind.MOMENT: "3 August 2026"}.get(declared.kind, MARK)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place(contact_person="Ms Vong", phone="020 777")


def keep(house: House, case: Case, kind: type[Record], name: str, value: Any) -> Referral | None:
    """Write a value where the case has it, or into a new record of the kind."""
    if kind is Case:
        house.write(house.fresh(case), **{name: value})
    elif kind is Person:
        assert case.person_id
        house.write(house.records.get(Person, case.person_id), **{name: value})
    elif kind is ContactPoint:
        house.put(ContactPoint(person_id=case.person_id, safe_to_call="yes", **{name: value}))
    elif kind is not Referral:
        house.put(kind(case_id=case.id, **{name: value}))
    return None


def by_a_legal_officer(house: House, case: Case, name: str, value: Any) -> House:
    """Let a legal officer write what is hers to write; returns the director's desk again."""
    shelter = house.shelter
    passphrase = add_person(shelter.vault, "Lin", Role.LEGAL_OFFICER)
    shelter.vault.lock()
    hers = House(shelter, shelter.unlock("Lin", passphrase))
    hers.write(hers.fresh(case), **{name: value})
    shelter.vault.lock()
    return House(shelter, shelter.unlock())


@pytest.mark.parametrize(("kind", "name", "declared"), TOLD, ids=ids)
def test_a_field_reaches_the_preview_when_she_agreed_and_not_otherwise(
    house: House, place: Organisation, kind: type[Record], name: str, declared: Field
) -> None:
    case, item = house.woman(None if name == "birth_date" else ADULT), declared.disclosure
    is_link = declared.kind is Kind.LINK
    if name == "birth_date":
        house.write(house.records.get(Person, case.person_id or ""), treat_as_child="no")
    if not house.seat.may(kind.area_of(name), Right.WRITE, case):
        house = by_a_legal_officer(house, case, name, value_of(declared))
    elif not is_link and name != "code":
        keep(house, case, kind, name, value_of(declared))
    case = house.fresh(case)
    mark = told_as(declared)
    if is_link:
        me = next(row for row in house.staff_rows() if row.id == case.owner_id)
        mark = me.name
    if name == "code":
        mark = case.code
    about = house.referrals.start(case, place.id, "legal_information", "normal", MARK)
    about = house.referrals.change(about, {"already_given": MARK})
    other = "age_years" if item == "case_code" else "case_code"
    house.ask(case, place, other, no=(item,))
    with pytest.raises(NoConsent):
        house.letters.preview(about, (item,), "en")
    sides = house.letters.sides(about, (other, item), "en")
    assert item not in {one.code for one in sides.leaves}
    agreed = house.ask(case, place, item)
    assert "".join(mark.split()) in words(house.letters.preview(about, (item,), "en"))
    house.consents.withdraw(agreed)
    about = house.referrals.start(case, place.id, "legal_information", "normal", MARK)
    with pytest.raises(NoConsent):
        house.letters.preview(about, (item,), "en")


@pytest.mark.parametrize(("kind", "name", "declared"), SEALED, ids=ids)
def test_what_belongs_to_a_sealed_part_is_told_by_a_sentence_only(
    house: House, place: Organisation, kind: type[Record], name: str, declared: Field
) -> None:
    area = RELEASED_IN[declared.disclosure]
    assert declared.compartment is None or kind.area_of(name) is area
    assert area is not Area.HOUSE
    case, item = house.woman(), declared.disclosure
    value = value_of(declared)
    house.put(kind(case_id=case.id, **{name: SealedValue(value) if declared.sealed else value}))
    house.ask(case, place, item)
    assert item not in house.disclosures.available(case)
    about = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    with pytest.raises(NothingToSay):
        house.letters.preview(about, (item,), "en")
    if not house.seat.may(area, Right.WRITE, case):  # whoever does not work with that part
        with pytest.raises(NotAllowed):
            house.releases.sources(case, item)
        return
    (source,) = house.releases.sources(case, item)
    assert (source.kind, source.name) == (kind.kind_name(), name)
    assert source.words in (MARK, "9 October 2026")
    house.releases.release(case, item, f"{source.words}, so we know.")
    shown = words(house.letters.preview(about, (item,), "en"))
    assert "".join(source.words.split()) in shown
    looked = select(AuditEvent).where(AuditEvent.action == "looked")
    with house.vault.database.reading() as session:
        assert source.record_id in {line.record_id for line in session.scalars(looked)}


@pytest.mark.parametrize("item", codes.labels("disclosure_item", "en"))
def test_every_item_has_a_field_a_sentence_or_a_reason(item: str) -> None:
    declared = {field.disclosure for _kind, _name, field in TOLD}
    known = (item in declared, item in RELEASED_IN, item in WITHOUT_A_FIELD)
    assert sum(known) == 1


# -- several records of one kind ------------------------------------------------------------------


def stays(house: House, case: Case) -> tuple[Stay, Stay]:
    """Keep two stays: one of three weeks, and one that has begun since."""
    first = Stay(case_id=case.id, admitted_at=ARRIVED, left_at=ARRIVED + timedelta(days=21))
    second = Stay(case_id=case.id, admitted_at=ARRIVED + timedelta(days=60))
    house.put(first)
    house.put(second)
    return first, second


def test_of_several_records_those_leave_that_she_chose(house: House, place: Organisation) -> None:
    case = house.woman()
    first, second = stays(house, case)
    house.ask(case, place, "case_code", "stay_period")
    about = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    lines = house.disclosures.lines(case, "en")["stay_period"]
    assert list(lines) == [first.id, second.id]
    assert "stay_period" in house.disclosures.available(case, about)
    with pytest.raises(ChooseLines):
        house.letters.preview(about, ("stay_period",), "en")
    with pytest.raises(ChooseLines):
        house.tell(case, at(place), "stay_period")
    shown = words(house.letters.preview(about, ("stay_period",), "en", lines=[second.id]))
    assert "Arrived:2October2026" in shown
    assert "August" not in shown
    both = words(house.letters.preview(about, ("stay_period",), "en", lines=list(lines)))
    assert "Arrived:3August2026,Left:24August2026;Arrived:2October2026" in both


def test_what_is_printed_again_tells_the_same_records_and_no_others(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.put(Stay(case_id=case.id, admitted_at=ARRIVED))
    house.ask(case, place, "stay_period")
    about = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    issued = house.letters.issue(about, ("stay_period",), "en")
    (left,) = house.records.of(Disclosure, case_id=case.id)
    (stay,) = house.records.of(Stay, case_id=case.id)
    assert left.lines == stay.id
    house.put(Stay(case_id=case.id, admitted_at=ARRIVED + timedelta(days=60)))
    again = house.letters.reprint(issued.letter, WHY)
    assert words(again.pdf).count("Arrived:") == 1
    house.write(house.records.get(Stay, stay.id), admitted_at=ARRIVED - timedelta(days=1))
    with pytest.raises(NewWords):
        house.letters.reprint(again.letter, WHY)


def test_the_signature_is_for_the_lines_that_were_chosen(house: House, place: Organisation) -> None:
    case = house.woman()
    first, second = stays(house, case)
    acts = {
        house.disclosures.for_what(
            case, ("stay_period",), at(place), Basis(), "letter", language="en", lines=lines
        )
        for lines in ((), (first.id,), (second.id,), (first.id, second.id))
    }
    assert len(acts) == 4


def test_her_own_copy_has_all_of_them(house: House) -> None:
    case = house.woman()
    stays(house, case)
    own = Basis("own_file")
    left = house.tell(
        case, Recipient(), "stay_period", basis=own, medium="copy_for_her", language="en"
    )
    assert left.items[0].text.count("Arrived:") == 2


def test_the_newest_arrival_form_takes_the_place_of_the_one_before(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.put(Intake(case_id=case.id, her_wishes="to go home"))
    house.put(Intake(case_id=case.id, her_wishes="to learn weaving"))
    house.ask(case, place, "her_wish")
    assert house.tell(case, at(place), "her_wish").items[0].text == "to learn weaving"


# -- other people ---------------------------------------------------------------------------------


def test_a_record_with_somebody_who_is_barred_is_never_told_from(house: House) -> None:
    case = house.woman()
    mother = house.relative(case, "Mali", relation="mother")
    uncle = house.relative(case, "Kham", relation="uncle_aunt", involved="yes")
    with house.vault.database.reading() as session:
        reading = Reading(session, house.seat, case, "en")
        bonds = {bond.other_id: bond for bond in house.records.of(Relation)}
        assert reading.may_tell(bonds[mother.id])
        assert not reading.may_tell(bonds[uncle.id])


# -- speed ----------------------------------------------------------------------------------------


@contextmanager
def counted() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_only_kinds_that_tell_an_item_are_read_for_it(house: House, place: Organisation) -> None:
    case = house.woman()
    stays(house, case)
    house.ask(case, place, "case_code", "need_requested")
    about = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    asked: Callable[[], object] = lambda: house.letters.preview(  # noqa: E731
        about, ("case_code", "need_requested"), "en"
    )
    asked()
    with counted() as sent:
        asked()
    assert not [one for one in sent if "FROM stay" in one]
    assert len(sent) <= MOST
    assert set(kinds_told(("stay_period",))) == {Stay}
    assert told_fields(Stay) == {"stay_period": ("admitted_at", "left_at")}
