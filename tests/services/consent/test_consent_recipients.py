"""For whom a consent holds, with which limits, and what still stands when one is taken back."""

from typing import Any

import pytest

from shelterdesk.core.disclosed import Basis
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent_law import asking
from shelterdesk.services.consent_law.grounds import NoConsent, RecipientChanged
from tests.factories import Shelter
from tests.services.house import House, at

LAW = Basis("law", "order 12/2026", "she was told on Monday")


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


MAHOSOT = {
    "name_latin": "Mahosot hospital",
    "kind": "hospital_clinic",
    "unit": "Gynaecology",
    "address": "Ban Mahosot, road 1",
    "province": "01",
    "district": "0101",
    "phone": "021 214018",
    "contact_person": "Ms Dao",
}


def states(house: House, case: Case) -> list[str]:
    return [agreement.state for agreement in house.consents.of_case(case)]


# -- the recipient she was asked about ------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Golden Garment Factory"},
        {"name": "Golden Garment Factory", "name_latin": "Golden Garment Factory"},
        {"target": "employer"},
        {"target": None},
        {"kind": "private_company"},
        {"name_latin": "Mahosot Hospital Vientiane"},
        {"name": "ໂຮງໝໍມະໂຫສົດ ສາຂາ 2"},
        {"address": "Ban Phonxay, house 12"},
        {"address": None},
        {"province": "13"},
        {"district": "0102"},
        {"unit": "Ward 7"},
        {"phone": "020 5555 9999"},
        {"phone": None},
        {"phone_all_day": "020 5555 9999"},
        {"ended_on": "today"},
    ],
)
def test_a_consent_does_not_move_to_another_recipient(house: House, change: dict[str, Any]) -> None:
    place = house.place("ໂຮງໝໍມະໂຫສົດ", "hospital_central", **MAHOSOT)
    case = house.woman(given_name="Champa")
    house.ask(case, place, "case_code")
    today = {name: house.today if said == "today" else said for name, said in change.items()}
    assert house.organisations.would_end(place, today) == {next(iter(change)): 1}
    house.records.change(place, today)
    assert (
        house.organisations.would_end(house.fresh(place), {"name": "Other"}) == {}
    )  # over already
    assert house.consents.in_force(case, place.id) == frozenset()
    assert states(house, case) == ["expired"]
    with pytest.raises(NoConsent) as refused:
        house.tell(case, at(house.fresh(place)), "case_code")
    titles = [Organisation.fields()[name].label for name in change]
    assert isinstance(refused.value, RecipientChanged)
    assert any(title in str(refused.value) for title in titles)
    (ended,) = house.consents.of_case(case)
    assert set(ended.changed) <= set(change)
    assert ended.changed


@pytest.mark.parametrize(
    "change",
    [
        {"name": "ໂຮງຫມໍ ມະໂຫສົດ"},
        {"name_latin": "Mahosoth Hospital"},
        {"address": "ban  Mahosot,  road 1"},
        {"phone": "021-214 018", "remarks": "friendly", "verified_on": "today"},
        {"contact_person": "Ms Bounmy"},
        {"contact_person": None},
        {"name_latin": None},
    ],
)
def test_a_corrected_name_changes_nothing(house: House, change: dict[str, Any]) -> None:
    place = house.place("ໂຮງໝໍມະໂຫສົດ", "hospital_central", **MAHOSOT)
    case = house.woman()
    house.ask(case, place, "case_code")
    today = {name: house.today if said == "today" else said for name, said in change.items()}
    assert house.organisations.would_end(place, today) == {}
    house.records.change(place, today)
    assert house.consents.in_force(case, place.id) == {"case_code"}


def test_what_was_changed_before_she_was_asked_is_what_she_was_asked_about(house: House) -> None:
    place = house.place("Factory", "employer")
    house.records.change(place, {"name": "Legal aid", "target": "legal_aid_lba"})
    case = house.woman()
    house.ask(case, place, "case_code")
    assert house.consents.in_force(case, place.id) == {"case_code"}


def test_she_is_not_asked_about_a_place_that_has_ended(house: House) -> None:
    case, gone = house.woman(), house.place(ended_on=house.today)
    with pytest.raises(asking.EndedPlace):
        house.ask(case, gone, "case_code")
    house.ask(case, gone, decision="refused")


# -- limits, and taken back -----------------------------------------------------------------------


def test_the_limits_she_set_are_known_wherever_her_consent_is_used(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    limited: dict[str, Any] = {"decision": "given_with_limits", "limits": "only by telephone"}
    kept = house.ask(case, place, "case_code", **limited)
    assert house.consents.limits(case, place.id) == "only by telephone"
    assert house.consents.limits(case, house.place("Other").id) == ""
    house.consents.withdraw(kept)
    assert house.consents.limits(case, place.id) == ""


def test_taking_back_what_was_replaced_already_stops_nothing(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    old = house.ask(case, place, "case_code")
    draft = house.referrals.start(case, place.id, "legal_aid", "normal", "advice")
    newer = house.ask(case, place, "case_code")
    assert house.consents.withdraw(old).referrals_stopped == ()
    assert house.fresh(draft).state == "draft"
    assert house.consents.in_force(case, place.id) == {"case_code"}
    stopped = house.consents.withdraw(newer).referrals_stopped
    assert [referral.id for referral in stopped] == [draft.id]


HEAD = {"name": "ຫ້ອງການ", "name_latin": "Office", "address": "Road 9", "phone": "021 555 000"}


def printed(
    house: House, place: Organisation, *items: str, **way: Any
) -> tuple[Case, Consent, Any]:
    """Print a letter on a consent; returns the case, the consent and the referral."""
    house.letters.set_letterhead("neutral", HEAD)
    case = house.woman(given_name="Champa")
    kept = house.ask(case, place, *items)
    referral = house.referrals.start(case, place.id, "legal_aid", "normal", "advice")
    keo = house.colleague("Keo", Role.COUNSELLOR) if "basis" in way else None
    if keo:
        act = house.letters.for_what(referral, items, basis=way["basis"], language="en")
        way["second"] = keo.signs(act)
    house.letters.issue(referral, items, "en", **way)
    return case, kept, referral


def test_a_printed_letter_stands_only_on_a_consent_that_covers_all_it_tells(
    house: House, place: Organisation
) -> None:
    case, old, referral = printed(house, place, "case_code", "legal_name")
    house.ask(case, place, "case_code")
    (stopped,) = house.consents.withdraw(old).referrals_stopped
    assert stopped.id == referral.id


def test_a_letter_that_a_law_demanded_is_not_stopped(house: House, place: Organisation) -> None:
    _case, kept, referral = printed(house, place, "case_code", basis=LAW)
    assert house.consents.withdraw(kept).referrals_stopped == ()
    assert house.fresh(referral).state == "issued"
