"""For random persons, consents and recipients: what was not agreed is nowhere in what leaves."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.case_codes import new_code
from shelterdesk.core.disclosed import Basis, Disclosed, Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.disclosure.door_values import CONTACT_OFFICE
from shelterdesk.store.log.moved_rows import take_digests
from tests.factories import Shelter, copied_shelter
from tests.services.house import Colleague, House, at

pytestmark = pytest.mark.slow

OFFICE = "Ms Dao, District social welfare office"
EVERY_ITEM = tuple(codes.labels("disclosure_item", "en"))
LETTERS = {"lo": "ກຂຄງຈສຊຍດຕຖທນບປຜພຟມຢຣລວຫອຮ", "en": "bcdfghjklmnpqrtvwxz"}
BORN = {True: PartialDate.of(date(2011, 2, 7)), False: PartialDate.of(date(1993, 2, 7))}

PLANTED = {
    "case_code", "legal_name", "alias", "sex", "age_years", "birth_date", "nationality",
    "ethnicity", "language_interpreter", "disability_access_need", "id_number", "phone_safe",
    "home_province", "home_district", "home_village", "shelter_contact_office", "family_contact",
    "guardian", "case_worker", "victim_status", "education_skills", "need_requested",
    "her_wish", "safe_contact", "service_given", "stay_period",
}  # fmt: skip
"""Items that have a source now; for the others nothing may ever come out."""


@dataclass
class Situation:
    """One woman with a canary in every field, and what she and her guardian have said."""

    case: Case
    canaries: dict[str, tuple[str, ...]]
    agreed: frozenset[str]


@pytest.fixture(scope="module")
def house(template: Shelter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = copied_shelter(template, Path(tmp_path_factory.mktemp("door")) / "data")
    yield House(made)
    made.vault.database.abandon()
    made.place.close()


@pytest.fixture(scope="module")
def keo(house: House) -> Colleague:
    return house.colleague("Keo", Role.COUNSELLOR)


class Planter:
    """Makes words that stand nowhere else, in one script."""

    def __init__(self, seed: int, script: str) -> None:
        self.chance, self.script = random.Random(seed), script
        self.said: dict[str, list[str]] = {}

    def word(self, item: str) -> str:
        made = "".join(self.chance.choices(LETTERS[self.script], k=12))
        self.said.setdefault(item, []).append(made)
        return made

    def coded(self, item: str, list_name: str, code: str) -> str:
        self.said.setdefault(item, []).append(codes.label(list_name, code, "en"))
        return code


def planted(house: House, plant: Planter, place: Organisation, *, child: bool) -> Case:
    """Save a woman of whom every disclosable field holds something that can be recognised."""
    word, coded = plant.word, plant.coded
    worker = StaffMember(name=word("case_worker"))
    person = Person(
        kind="survivor",
        **{
            name: word("legal_name")
            for name in ("given_name", "family_name", "given_name_latin", "family_name_latin")
        },
        other_names=word("-"),
        birth_date=BORN[child],
        gender=coded("sex", "gender", "feminine"),
        citizenship=(coded("nationality", "country", "MM"),),
        ethnicity=word("ethnicity"),
        first_language=coded("language_interpreter", "language", "vi"),
        interpreter_needed="yes",
        access_needs=word("disability_access_need"),
        education=coded("education_skills", "education_level", *first("education_level")),
        home_province=coded("home_province", "province", *first("province")),
        home_district=coded("home_district", "district", *first("district")),
        home_village=word("home_village"),
        id_number=word("id_number"),
    )
    plant.said["age_years"] = ["15" if child else "33"]
    plant.said["birth_date"] = ["7 February 2011" if child else "7 February 1993"]
    case = Case(code=fresh_code(plant), person_id=person.id, alias=word("alias"))
    case.owner_id = worker.id
    case.victim_status = coded("victim_status", "trafficking_status", *first("trafficking_status"))
    referral = Referral(case_id=case.id, organisation_id=place.id, state="draft")
    referral.need, referral.already_given = word("need_requested"), word("service_given")
    way = ContactPoint(person_id=person.id, safe_to_call="yes", value=word("phone_safe"))
    way.safe_hours, way.say_who_is_calling = word("safe_contact"), word("safe_contact")
    unsafe = ContactPoint(person_id=person.id, safe_to_call="no", value=word("-"))
    intake = Intake(case_id=case.id, her_wishes=word("her_wish"), guardian_question=word("-"))
    house.put(worker, person, case, referral, way, unsafe, intake, *days_of(case, plant))
    with house.vault.database.writing() as session:
        take_digests(session)  # her status is a legal officer's to write: as rows of before
    house.relative(case, word("guardian"), relation="mother", is_guardian="yes")
    aunt = {"relation": "aunt_uncle", "safe_to_contact": "yes", "number": word("family_contact")}
    house.relative(case, word("family_contact"), **aunt)
    uncle = {"safe_to_contact": "yes", "involved": "suspected", "number": word("-")}
    house.relative(case, word("-"), is_guardian="no", **uncle)
    return house.fresh(case)


def days_of(case: Case, plant: Planter) -> tuple[Stay, LegalMatter, ReturnPlan]:
    """Return what has days: a stay that may be told, law and return by a sentence only."""
    plant.said["stay_period"] = ["17 March 2019"]
    plant.said.setdefault("-", []).extend(["23 September 2031", "19 August 2028"])
    return (
        Stay(case_id=case.id, admitted_at=datetime(2019, 3, 17, 2, 0, tzinfo=UTC)),
        LegalMatter(case_id=case.id, next_date=datetime(2031, 9, 23, 3, 0, tzinfo=UTC)),
        ReturnPlan(case_id=case.id, planned_on=date(2028, 8, 19)),
    )


def first(list_name: str) -> tuple[str]:
    return (next(iter(codes.labels(list_name, "en"))),)


def fresh_code(plant: Planter) -> str:
    made = new_code()
    plant.said["case_code"] = [made]
    return made


def everything(left: Disclosed) -> str:
    """Return every part of what leaves, as text."""
    parts = [getattr(left, part.name) for part in fields(left)]
    items = [(item.text,) for item in left.items]
    to = left.recipient
    return repr((items, parts, to.organisation, to.person, repr(left)))


def row_text(row: Disclosure) -> str:
    return repr([getattr(row, column) for column in row.fields()])


answers = st.fixed_dictionaries(dict.fromkeys(EVERY_ITEM, st.booleans()))


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 2**32),
    script=st.sampled_from(["lo", "en"]),
    child=st.booleans(),
    hers=answers,
    guardians=answers,
    fate=st.sampled_from(
        ["stands", "stands", "stands", "refused", "withdrawn", "expired", "other"]
    ),
    wanted=st.sets(st.sampled_from(EVERY_ITEM), min_size=1, max_size=12),
    medium=st.sampled_from(["letter", "phone", "in_person", "court_copy"]),
)
def test_no_word_of_what_was_not_agreed_leaves_and_what_was_agreed_does(
    house: House,
    keo: Colleague,
    *,
    seed: int,
    script: str,
    child: bool,
    hers: dict[str, bool],
    guardians: dict[str, bool],
    fate: str,
    wanted: set[str],
    medium: str,
) -> None:
    plant = Planter(seed, script)
    house.vault.keep_fact(CONTACT_OFFICE, plant.word("shelter_contact_office"))
    place = house.place(f"Place {seed}")
    case = planted(house, plant, place, child=child)
    agreed = say(house, case, place, fate, child=child, hers=hers, guardians=guardians)
    to = at(place)
    for items in (wanted, wanted & agreed & PLANTED, agreed & PLANTED):
        if items:
            left = told(house, keo, case, to, tuple(sorted(items)), medium)
            judge(house, plant, case, left, items, agreed)


def say(
    house: House,
    case: Case,
    place: Organisation,
    fate: str,
    *,
    child: bool,
    hers: dict[str, bool],
    guardians: dict[str, bool],
) -> frozenset[str]:
    """Record what both sides say, and return what may leave to the place."""
    sides = [("self_assent_under_18" if child else "self_adult", hers)]
    sides += [("authority_in_loco_parentis", guardians)] if child else []
    end = house.today + timedelta(days=-1 if fate == "expired" else 5)
    to = house.place(f"Elsewhere {case.code}") if fate == "other" else place
    last = None
    for actor, given_answers in sides:
        yes = [item for item, is_allowed in given_answers.items() if is_allowed]
        facts: dict[str, Any] = {"actor": actor, "valid_until": end, "panel": OFFICE}
        facts["valid_from"] = house.today - timedelta(days=3)
        last = house.ask(case, to, *yes, no=tuple(set(given_answers) - set(yes)), **facts)
    if fate == "refused":
        house.ask(case, to, *hers, decision="refused", actor=sides[-1][0])
    if fate == "withdrawn" and last is not None:
        house.consents.withdraw(last)
    if fate != "stands":
        return frozenset()
    allowed = [{item for item, is_allowed in said.items() if is_allowed} for _actor, said in sides]
    return frozenset(set.intersection(*allowed))


def told(
    house: House, keo: Colleague, case: Case, to: Recipient, items: tuple[str, ...], medium: str
) -> Disclosed | None:
    how: dict[str, Any] = {"language": "en"}
    try:
        if ADDRESS_ITEMS & set(items):
            how["confirm_address"] = True
            act = house.disclosures.for_what(case, items, to, Basis(), medium, **how)
            how["second"] = house.seat.approvals.sign(keo.name, keo.passphrase, act)
        return house.tell(case, to, *items, medium=medium, **how)
    except DeskError:
        return None


def judge(
    house: House,
    plant: Planter,
    case: Case,
    left: Disclosed | None,
    items: set[str] | frozenset[str],
    agreed: frozenset[str],
) -> None:
    """Demand that exactly what was asked for and agreed to is in what left."""
    assert (left is not None) == (items <= agreed and items <= PLANTED)
    if left is None:
        return
    text, row = everything(left), row_text(house.disclosures.of_case(case)[-1])
    for item, words in plant.said.items():
        for word in words:
            if item in items:
                assert word in left.text_of(item)
            elif len(word) == 12 or item == "case_code":  # a label may be a word of another one
                assert word not in text
            if len(word) == 12:
                assert word not in row
    assert {item.code for item in left.items} == set(items)


def test_every_declared_field_is_planted() -> None:
    """A new field with a `disclosure` fact must be planted, or the property proves nothing."""
    declared = {
        f.disclosure
        for kind in Record.kinds
        for f in kind.fields().values()
        if f.disclosure and f.compartment is None and f.disclosure not in RELEASED_IN
    }
    assert declared <= PLANTED
    assert set(EVERY_ITEM) >= PLANTED


def test_nothing_planted_is_missing_from_the_door(house: House) -> None:
    plant = Planter(1, "lo")
    house.vault.keep_fact(CONTACT_OFFICE, plant.word("shelter_contact_office"))
    place = house.place("Whole")
    case = planted(house, plant, place, child=False)
    assert set(house.disclosures.available(case, None, at(place))) == PLANTED
    assert plant.said.keys() - {"-"} == PLANTED
    assert {Relation, Person} <= set(Record.kinds)
