"""The door: what each basis lets out, what it refuses, and what is written down."""

import ast
import re
from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.house_settings import REVIEW_DAYS
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent_law import grounds
from shelterdesk.services.disclosure.door_values import CONTACT_OFFICE
from tests.factories import Shelter, add_person
from tests.quality.source import dotted, modules
from tests.services.house import House, at

HERSELF = Recipient()
LAW = Basis("law", "Court order 12/2026", "she was told on Monday")
FOR_LIFE = Basis("vital_interest", reason="she has taken a box of pills")


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


def refused(house: House, case: Any, refusal: type[DeskError], *given: Any, **how: Any) -> str:
    """Demand that nothing left and nothing was written down."""
    before = len(house.disclosures.of_case(case))
    with pytest.raises(refusal) as told:
        house.tell(case, *given, **how)
    assert len(house.disclosures.of_case(case)) == before
    return str(told.value)


def test_exactly_the_items_asked_for_leave_and_are_written_down(
    house: House, place: Organisation
) -> None:
    case = house.woman(given_name="ຈັນ", family_name="ດີ", gender="feminine")
    consent = house.ask(case, place, "legal_name", "age_years", "sex")
    left = house.tell(case, at(place, "Ms Vong"), "legal_name", "age_years", language="en")
    assert {item.code: item.text for item in left.items} == {
        "legal_name": "ຈັນ ດີ",
        "age_years": "27",
    }
    assert [item.label for item in left.items] == ["Legal name", "Age"]
    assert (left.until, left.agreed_on) == (consent.valid_until, consent.valid_from)
    (row,) = house.disclosures.of_case(case)
    assert row.items == ("legal_name", "age_years")
    assert (row.consent_id, row.organisation_id) == (consent.id, place.id)
    assert (row.medium, row.basis, row.recipient_person) == ("letter", "consent", "Ms Vong")
    assert re.fullmatch("[0-9a-f]{64}", row.content_digest or "")
    assert ("disclosure", row.id) in house.told


def test_what_leaves_by_telephone_passes_the_same_door(house: House, place: Organisation) -> None:
    case = house.woman(given_name="Chan", gender="feminine")
    house.ask(case, place, "sex")
    left = house.tell(case, at(place), "sex", medium="phone")
    assert [item.code for item in left.items] == ["sex"]
    refused(house, case, grounds.NoConsent, at(place), "legal_name", medium="phone")


def test_without_consent_nothing_leaves_and_the_items_are_named(
    house: House, place: Organisation
) -> None:
    case = house.woman(given_name="Chan", gender="feminine")
    house.ask(case, place, "sex")
    said = refused(house, case, grounds.NoConsent, at(place), "sex", "legal_name")
    assert "Legal name" in said
    assert "Sex" not in said
    refused(house, case, grounds.NoConsent, at(house.place("Other")), "sex")
    refused(house, case, grounds.NoConsent, Recipient(person="Kham"), "sex")


def test_a_place_that_is_only_a_name_was_not_agreed_to(house: House) -> None:
    case = house.woman(gender="feminine")
    house.ask(case, None, "case_code", recipient_person="Kham")
    refused(house, case, grounds.NoConsent, Recipient(None, "Police", "Kham"), "case_code")
    assert house.tell(case, Recipient(person="Kham"), "case_code").items


def test_the_recipient_is_called_as_in_the_directory(house: House, place: Organisation) -> None:
    case = house.woman()
    house.ask(case, place, "case_code")
    left = house.tell(case, Recipient(place.id, "Somebody else"), "case_code")
    assert left.recipient.organisation == "Legal aid"


def test_after_withdrawal_refusal_or_expiry_nothing_more_leaves(
    house: House, place: Organisation
) -> None:
    case, another = house.woman(), house.woman()
    consent = house.ask(case, place, "case_code")
    house.tell(case, at(place), "case_code")
    house.consents.withdraw(consent)
    refused(house, case, grounds.NoConsent, at(place), "case_code")
    assert len(house.disclosures.of_case(case)) == 1
    house.ask(another, place, "case_code")
    house.shelter.clock.pass_days(91)
    refused(house, another, grounds.NoConsent, at(place), "case_code")


def test_what_nobody_knows_yet_is_not_available_and_does_not_leave(
    house: House, place: Organisation
) -> None:
    case = house.woman(given_name="Chan")
    house.ask(case, place, "case_code", "id_number", "health_history")
    available = house.disclosures.available(case)
    assert {"case_code", "legal_name", "birth_date"} <= set(available)
    assert not {"id_number", "health_history", "pregnancy"} & set(available)
    refused(house, case, grounds.NothingToSay, at(place), "case_code", "id_number")
    refused(house, case, grounds.NothingToSay, at(place))


def test_a_letter_says_what_its_own_referral_asks_for(house: House, place: Organisation) -> None:
    case, other = house.woman(), house.place("Other")
    house.ask(case, place, "need_requested")
    wanted = house.referrals.start(case, place.id, "legal_aid", "normal", "advice on wages")
    elsewhere = house.referrals.start(case, other.id, "medical", "normal", "a doctor")
    left = house.tell(case, at(place), "need_requested")
    assert left.text_of("need_requested") == "advice on wages"
    assert left.reference == wanted.reference
    assert house.disclosures.of_case(case)[0].referral_id == wanted.id
    refused(house, case, grounds.WrongReferral, at(place), "need_requested", referral=elsewhere)


def test_the_office_is_the_one_that_was_set_and_never_the_house(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.ask(case, place, "shelter_contact_office")
    refused(house, case, grounds.NothingToSay, at(place), "shelter_contact_office")
    house.vault.keep_fact(CONTACT_OFFICE, "Office, 021 000 000")
    left = house.tell(case, at(place), "shelter_contact_office")
    assert left.text_of("shelter_contact_office") == "Office, 021 000 000"


def test_only_people_who_are_not_barred_are_named(house: House, place: Organisation) -> None:
    case = house.woman()
    house.relative(case, "Mali", relation="mother", is_guardian="yes")
    house.put(*barred_relations(house, case))
    house.ask(case, place, "guardian")
    assert (
        house.tell(case, at(place), "guardian", language="en").text_of("guardian")
        == "Mali (Mother)"
    )


def barred_relations(house: House, case: Any) -> list[ContactPoint]:
    house.relative(case, "Kong", safe_to_contact="yes", involved="suspected", number="020 111")
    house.relative(case, "Somchit", kind="alleged_perpetrator", is_guardian="yes")
    assert "family_contact" not in house.disclosures.available(case)
    return []


def test_her_own_copy_is_for_her_and_masks_everybody_else(house: House) -> None:
    case = house.woman(given_name="Chan", access_needs="Mali helps her on stairs")
    house.relative(case, "Mali", relation="mother", is_guardian="yes")
    own = Basis("own_file")
    items = ("legal_name", "guardian", "disability_access_need")
    left = house.tell(case, HERSELF, *items, basis=own, medium="copy_for_her", language="en")
    assert left.text_of("legal_name") == "Chan"
    assert left.text_of("disability_access_need") == "[another person] helps her on stairs"
    assert left.text_of("guardian") == "[another person] (Mother)"
    refused(house, case, grounds.OnlyForHerself, HERSELF, "legal_name", basis=own)
    to = Recipient(person="Kham")
    refused(house, case, grounds.OnlyForHerself, to, "legal_name", basis=own, medium="copy_for_her")


def test_a_law_needs_its_name_a_second_person_and_a_director(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    to, keo = at(place), house.colleague("Keo", Role.COUNSELLOR)
    refused(house, case, grounds.Unlawful, to, "case_code", basis=Basis("law", law=" "))
    untold = Basis("law", "Court order 12/2026")
    refused(house, case, grounds.NotTold, to, "case_code", basis=untold)
    refused(house, case, grounds.NeedsDirector, to, "case_code", basis=LAW)
    signed = keo.looks(case, to, "case_code", basis=LAW)
    refused(house, case, NoApproval, to, "case_code", "age_years", basis=LAW, second=signed)
    signed = keo.looks(case, to, "case_code", basis=LAW)
    left = house.tell(case, to, "case_code", basis=LAW, second=signed)
    assert left.law == "Court order 12/2026"
    (row,) = house.disclosures.of_case(case)
    assert (row.second_person, row.law) == ("Keo", "Court order 12/2026")
    refused(house, case, NoApproval, to, "case_code", basis=LAW, second=signed)


def test_without_a_director_a_law_opens_nothing(shelter: Shelter) -> None:
    house = House(shelter)
    first, second = house.colleague("Keo", Role.COUNSELLOR), house.colleague("Dao", Role.NURSE)
    shelter.vault.lock()
    house = second.house = House(shelter, shelter.unlock("Keo", first.passphrase))
    case, to = house.woman(), at(house.place())
    signed = second.looks(case, to, "case_code", basis=LAW)
    refused(house, case, grounds.NeedsDirector, to, "case_code", basis=LAW, second=signed)


def test_danger_to_life_needs_a_reason_and_is_never_silent(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    short = Basis("vital_interest", reason="u r g e n t      !!")
    refused(house, case, grounds.NoReason, at(place), "case_code", basis=short)
    house.tell(case, at(place), "case_code", basis=FOR_LIFE)
    (row,) = house.disclosures.of_case(case)
    assert row.review_by == house.today + timedelta(days=3)
    assert row.reason == FOR_LIFE.reason
    assert house.records.of(Task, case_id=case.id) == []


def test_a_director_looks_by_the_day_that_the_house_has_settled(
    house: House, place: Organisation
) -> None:
    house.put(Setting(name=REVIEW_DAYS.name, value="1"))
    case = house.woman()
    house.tell(case, at(place), "case_code", basis=FOR_LIFE)
    (row,) = house.disclosures.of_case(case)
    assert row.review_by == house.today + timedelta(days=1)


def test_work_inside_the_house_carries_codes_and_chosen_names(house: House) -> None:
    case, inside = house.woman(given_name="Chan"), Basis("internal_work")
    assert house.tell(case, Recipient(), "case_code", basis=inside, medium="in_person").items
    refused(house, case, grounds.NotForHouse, Recipient(), "legal_name", basis=inside)
    refused(house, case, grounds.NotForHouse, at(house.place()), "case_code", basis=inside)


@pytest.mark.parametrize("code", ["continuity", "because", ""])
def test_on_any_other_ground_nothing_leaves(house: House, place: Organisation, code: str) -> None:
    refused(house, house.woman(), grounds.UnknownGround, at(place), "case_code", basis=Basis(code))


def test_a_nurse_and_a_colleague_of_another_case_let_nothing_out(shelter: Shelter) -> None:
    director = House(shelter)
    case, place = director.woman(), director.place()
    director.ask(case, place, "case_code")
    people = {role: add_person(shelter.vault, role, role) for role in (Role.NURSE, Role.COUNSELLOR)}
    for name, passphrase in people.items():
        shelter.vault.lock()
        house = House(shelter, shelter.unlock(name, passphrase))
        with pytest.raises(NotAllowed):
            house.tell(case, at(place), "case_code")
        with pytest.raises(NotAllowed):
            house.disclosures.available(case)


def test_only_the_door_makes_what_may_leave() -> None:
    makers = {
        source.name
        for source in modules("src")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2] in ("Disclosed", "DisclosedItem")
    }
    assert {name.rpartition("src/")[2] for name in makers} == {
        "shelterdesk/services/disclosure/disclosures.py"
    }
