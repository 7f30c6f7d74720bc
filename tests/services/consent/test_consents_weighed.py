"""What makes a consent one: freely given, by whoever may, about the recipient that was meant."""

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.house_settings import CONSENT_BY_LAW
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.consent_law import asking
from shelterdesk.services.consent_law.address_guard import NameAlike
from tests.factories import Shelter
from tests.services.house import ADULT, CHILD, House

ASSENT = "self_assent_under_18"


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


def states(house: House, case: Case) -> list[str]:
    return [agreement.state for agreement in house.consents.of_case(case)]


# -- freely given ---------------------------------------------------------------------------------

NOT_FREE: list[dict[str, Any]] = [
    {"capacity_checked": "no"},
    {"form": "verbal_witnessed"},
    {"form": "verbal_witnessed", "witness": "  "},
]


@pytest.mark.parametrize("facts", NOT_FREE)
def test_what_she_did_not_understand_or_nobody_witnessed_is_no_consent(
    house: House, place: Organisation, facts: dict[str, Any]
) -> None:
    case = house.woman()
    with pytest.raises(asking.NotFree):
        house.ask(case, place, "case_code", **facts)
    house.ask(case, place, "case_code", decision="deferred", **facts)
    assert states(house, case) == ["deferred"]


@pytest.mark.parametrize("facts", NOT_FREE)
def test_it_never_opens_the_door_however_it_came_in(
    house: House, place: Organisation, facts: dict[str, Any]
) -> None:
    case = house.woman()
    kept = house.ask(case, place, "case_code")
    house.write(kept, **facts)
    assert house.consents.in_force(case, place.id) == frozenset()
    assert states(house, case) == ["deferred"]


@pytest.mark.parametrize("answer", [None, "not_asked"])
def test_a_yes_without_an_answer_whether_she_was_free_is_none(
    house: House, place: Organisation, answer: str | None
) -> None:
    case = house.woman()
    facts: dict[str, Any] = {"capacity_checked": answer}
    with pytest.raises((asking.FreedomUnasked, asking.NotInList)):
        house.ask(case, place, "case_code", **facts)
    house.ask(case, place, "case_code", decision="refused", **facts)
    kept = house.ask(case, place, "case_code")
    house.write(kept, capacity_checked=None)
    assert house.consents.in_force(case, place.id) == frozenset()
    assert "whether she understood" in house.consents.verdict(case, place.id).why


def test_with_a_witness_what_she_said_counts(house: House, place: Organisation) -> None:
    case = house.woman()
    house.ask(case, place, "case_code", form="verbal_witnessed", witness="Mone")
    assert house.consents.in_force(case, place.id) == {"case_code"}


@pytest.mark.parametrize(
    "values",
    [
        {"actor": "zzz"},
        {"actor": None},
        {"purpose": "bogus"},
        {"form": "by fax"},
        {"language": "klingon"},
        {"capacity_checked": "perhaps"},
    ],
)
def test_a_choice_that_is_in_no_list_is_refused(
    house: House, place: Organisation, values: dict[str, Any]
) -> None:
    case = house.woman()
    with pytest.raises(asking.NotInList):
        house.ask(case, place, "case_code", **values)
    with pytest.raises(asking.WrongDecision):
        house.ask(case, place, "case_code", decision="perhaps")


def test_without_a_first_day_it_begins_today(house: House, place: Organisation) -> None:
    case = house.woman()
    kept = house.ask(case, place, "case_code", valid_from=None, valid_until=None)
    assert kept.valid_from == house.today
    assert kept.valid_until == house.today + timedelta(days=90)


def test_a_consent_to_a_referral_runs_for_a_year_at_the_most(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    with pytest.raises(asking.TooFarAhead):
        house.ask(case, place, "case_code", valid_until=house.today + timedelta(days=366))
    house.ask(case, place, "case_code", valid_until=house.today + timedelta(days=365))
    house.ask(case, None, purpose="record_keeping", valid_until=house.today.replace(year=2040))


def test_no_new_consent_runs_for_longer_than_the_law_of_the_house(
    house: House, place: Organisation
) -> None:
    law = Setting(name=CONSENT_BY_LAW.name, value="30", citation="Law 25, article 12")
    house.put(law)
    case = house.woman()
    with pytest.raises(asking.LongerThanLaw, match="30"):
        house.ask(case, place, "case_code", valid_until=house.today + timedelta(days=31))
    house.ask(case, place, "case_code", valid_until=house.today + timedelta(days=30))
    kept = house.ask(case, place, "case_code", valid_until=None)
    assert kept.valid_until == house.today + timedelta(days=30)
    house.ask(case, None, purpose="record_keeping", valid_until=house.today.replace(year=2040))


# -- who decides with her -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["friend", "neighbour", "employer", "spouse", "partner", "child", "aunt_uncle", None]
)
@pytest.mark.parametrize("actor", ["parent", "legal_guardian"])
def test_nobody_decides_who_is_not_her_parent_or_guardian(
    house: House, place: Organisation, kind: str | None, actor: str
) -> None:
    case = house.woman(CHILD)
    other = house.relative(case, "Somchit", relation=kind)
    with pytest.raises(asking.NotGuardian):
        house.ask(case, place, "case_code", actor=actor, actor_person_id=other.id)


def test_a_husband_is_no_guardian_even_where_somebody_ticked_it(
    house: House, place: Organisation
) -> None:
    case = house.woman(CHILD)
    husband = house.relative(case, "Somchit", relation="spouse", is_guardian="yes")
    with pytest.raises(asking.NotGuardian):
        house.ask(case, place, "case_code", actor="legal_guardian", actor_person_id=husband.id)


def asked_with_guardian(house: House, place: Organisation) -> tuple[Case, Person, Relation]:
    """Ask a girl and her aunt, who is her guardian."""
    case = house.woman(CHILD)
    aunt = house.relative(case, "Bounmy", relation="aunt_uncle", is_guardian="yes")
    house.ask(case, place, "case_code", actor=ASSENT)
    house.ask(case, place, "case_code", actor="legal_guardian", actor_person_id=aunt.id)
    (line,) = house.records.of(Relation, other_id=aunt.id)
    return case, aunt, line


@pytest.mark.parametrize(
    "change",
    [
        {"is_guardian": "no"},
        {"safe_to_contact": "never", "is_guardian": None, "relation": "legal_guardian"},
        {"relation": "employer"},
    ],
)
def test_whoever_is_no_longer_her_guardian_opens_nothing_more(
    house: House, place: Organisation, change: dict[str, str]
) -> None:
    case, _aunt, line = asked_with_guardian(house, place)
    assert house.consents.in_force(case, place.id) == {"case_code"}
    house.write(line, **change)
    assert house.consents.in_force(case, place.id) == frozenset()
    assert sorted(states(house, case)) == ["expired", "given"]


def test_the_consent_of_a_guardian_who_has_died_is_over(house: House, place: Organisation) -> None:
    case, aunt, _line = asked_with_guardian(house, place)
    house.write(aunt, deceased="yes")
    assert house.consents.in_force(case, place.id) == frozenset()


def test_the_same_man_written_down_twice_is_known_by_his_name(
    house: House, place: Organisation
) -> None:
    case = house.woman(CHILD)
    house.relative(case, "ຄຳຫຼ້າ", relation="aunt_uncle", involved="yes")
    father = house.relative(case, "Khamla", relation="father")
    by: dict[str, Any] = {"actor": "parent", "actor_person_id": father.id}
    with pytest.raises(asking.InvolvedGuardian):
        house.ask(case, place, "case_code", **by)
    assert house.consents.may_answer(case) == frozenset()
    case, aunt, _line = asked_with_guardian(house, place)
    assert house.consents.may_answer(case) == {aunt.id}
    house.put(Person(kind="alleged_perpetrator", given_name=aunt.given_name))
    assert house.consents.may_answer(case) == frozenset()
    assert house.consents.in_force(case, place.id) == frozenset()


@pytest.mark.parametrize("named", ["", "Ms Dao", ", x", "Xaythany, Vientiane Prefecture"])
def test_an_authority_has_a_name(house: House, place: Organisation, named: str) -> None:
    case = house.woman(CHILD)
    by: dict[str, Any] = {"actor": "authority_in_loco_parentis"}
    with pytest.raises(asking.AuthorityUnnamed):
        house.ask(case, place, "case_code", panel=named, **by)
    house.ask(case, place, "case_code", panel="Ms Dao, District welfare office", **by)


@pytest.mark.parametrize(
    "part",
    [
        {"interpreter": "Mr Khamla"},
        {"witness": "K. Phommavong", "form": "verbal_witnessed"},
        {"organisation_id": None, "recipient_person": "ທ່ານຄຳຫຼ້າ"},
        {
            "actor": "best_interest_panel",
            "panel": "Noy, Khamla\nshe cannot go to anybody of her family",
        },
        {"actor": "authority_in_loco_parentis", "panel": "Khamla, District office"},
    ],
)
def test_nobody_who_must_not_get_near_her_has_a_part_in_it(
    house: House, place: Organisation, part: dict[str, Any]
) -> None:
    case = house.woman(CHILD if "actor" in part else ADULT)
    uncle = house.relative(case, "Khamla", involved="suspected")
    house.write(uncle, family_name="Phommavong")
    items = {"case_code": True}
    values = house.terms(place) | part
    with pytest.raises(NameAlike):
        house.consents.record(case, values, items)
    assert house.consents.of_case(case) == []
    house.consents.record(case, values | {"decision": "refused"}, {})  # her no is always kept
    house.consents.record_together(case, [(values, items)], looked=True)
    assert states(house, case).count("given") == 1
    (note,) = house.records.of(CaseNote, case_id=case.id)
    assert "Noy" in (note.text or "")
