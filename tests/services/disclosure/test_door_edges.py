"""The edges of the door: what is closed to the person at the desk, not safe, or of somebody else.

The list of what tells where she is stands here once more, copied by hand from the design, so that
an item cannot drop out of the program's own list without a test that says so.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed
from shelterdesk.services.consent_law.asking import AboveCeiling
from shelterdesk.services.consent_law.grounds import NoConsent, NothingToSay, WrongReferral
from tests.factories import Shelter
from tests.services.disclosure.letter_house import refused, words
from tests.services.house import CHILD, Colleague, House, at

OFFICE = "Ms Dao, District social welfare office"
WISH = "she wants to become a nurse"
WHERE_SHE_IS = (
    *("current_location_general", "home_village", "new_address", "return_plan", "travel_needs"),
    *("phone_safe", "safe_contact", "family_contact"),
)
"""Where she is or will be, and how she can be reached (design: consents and letters)."""

HER_OWN = Basis("own_file")


@pytest.fixture
def keo(house: House) -> Colleague:
    return house.colleague("Keo", Role.COUNSELLOR)


# -- closed to the person at the desk -------------------------------------------------------------


@pytest.fixture
def wished(house: House, case: Case, place: Organisation) -> Referral:
    """A referral of a woman whose wish is written down and may be told."""
    house.put(Intake(case_id=case.id, her_wishes=WISH))
    house.ask(case, place, "need_requested", "her_wish")
    return house.referrals.start(case, place.id, "legal_information", "normal", "advice on wages")


def with_legal_officer(house: House, case: Case) -> House:
    """Let the legal officer of a case sit down in the director's place."""
    lin = house.colleague("Lin", Role.LEGAL_OFFICER)
    desk = House(house.shelter)  # makes her place among the staff
    staff_id = next(row.id for row in desk.staff_rows() if row.name == "Lin")
    desk.write(case, legal_officer_id=staff_id)
    house.shelter.vault.lock()
    return House(house.shelter, house.shelter.unlock("Lin", lin.passphrase))


def test_what_she_may_not_read_is_not_even_offered_to_a_legal_officer(
    house: House, case: Case, place: Organisation, wished: Referral
) -> None:
    assert "her_wish" in house.disclosures.available(case, wished)
    legal = with_legal_officer(house, case)
    hers, row = legal.fresh(case), legal.fresh(wished)
    assert legal.seat.may(Area.CONSENT, Right.READ, hers)
    for offered in (
        legal.disclosures.available(hers),
        legal.disclosures.available(hers, row),
        legal.disclosures.available(hers, to=at(place)),
    ):
        assert "need_requested" in offered or "legal_name" in offered
        assert "her_wish" not in offered


def test_what_she_may_not_read_is_on_neither_side_and_in_no_preview(
    house: House, case: Case, wished: Referral
) -> None:
    both = ("need_requested", "her_wish")
    assert "".join(WISH.split()) in words(house.letters.preview(wished, both, "en"))
    legal = with_legal_officer(house, case)
    row = legal.fresh(wished)
    sides = legal.letters.sides(row, both, "en")
    assert [item.code for item in sides.leaves] == []  # a counsellor's words, closed to her
    assert WISH not in repr((sides.leaves, sides.stays))
    for items in (both, ("her_wish",), ("need_requested",)):
        with pytest.raises(NothingToSay):
            legal.letters.preview(row, items, "en")


def test_a_sealed_field_is_told_by_a_released_sentence_only() -> None:
    """What stands in a compartment leaves as a sentence that somebody released, or not at all."""
    both = [
        f"{kind.kind_name()}.{name}"
        for kind in Record.kinds
        for name, declared in kind.fields().items()
        if declared.compartment and declared.disclosure and declared.disclosure not in RELEASED_IN
    ]
    assert both == []


# -- where she is ---------------------------------------------------------------------------------


def ways_out(house: House, case: Case, place: Organisation) -> dict[str, Callable[[str], object]]:
    """Return the four ways by which an item can leave, each without a second look."""
    referral = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    return {
        "door": lambda item: house.tell(case, at(place), item),
        "call": lambda item: house.tell(case, at(place), item, medium="phone"),
        "letter": lambda item: house.letters.issue(referral, (item,)),
        "her page": lambda item: house.letters.her_page(case, (item,)),
    }


@pytest.mark.parametrize("way", ["door", "call", "letter", "her page"])
@pytest.mark.parametrize("item", WHERE_SHE_IS)
def test_what_tells_where_she_is_waits_for_a_second_look_by_every_way(
    house: House, case: Case, place: Organisation, item: str, way: str
) -> None:
    house.ask(case, place, "case_code", *WHERE_SHE_IS)
    leave = ways_out(house, case, place)[way]
    refused(house, AddressUnconfirmed, lambda: leave(item))
    assert leave("case_code")


def test_the_list_of_what_tells_where_she_is_is_that_of_the_design() -> None:
    assert frozenset(WHERE_SHE_IS) == ADDRESS_ITEMS


# -- ways to her that are not safe ----------------------------------------------------------------

NOT_TOLD: dict[str, dict[str, Any]] = {
    "nobody asked": {"safe_to_call": None},
    "not safe": {"safe_to_call": "no"},
    "over since yesterday": {"safe_to_call": "yes", "expires": -1},
}
SAFE, UNSAFE, HOURS = "020 5555 0101", "020 9999 0202", "at the noodle stall"


def way_to(house: House, person_id: str, value: str, **facts: Any) -> ContactPoint:
    """Return a way to reach somebody; `expires` counts days from today."""
    days = facts.pop("expires", None)
    over = None if days is None else house.today + timedelta(days=days)
    return ContactPoint(person_id=person_id, value=value, kind="phone", expires=over, **facts)


@pytest.fixture(params=NOT_TOLD)
def reached(request: pytest.FixtureRequest, house: House, case: Case) -> Case:
    """A woman and her aunt, each with one safe way to reach her today and one that is not."""
    unsafe = NOT_TOLD[request.param]
    aunt = house.relative(case, "Boua", relation="aunt_uncle", safe_to_contact="yes")
    for person_id in (case.person_id or "", aunt.id):
        good = way_to(house, person_id, SAFE, safe_to_call="yes", expires=0)
        bad = way_to(house, person_id, UNSAFE, safe_hours=HOURS, **unsafe)
        house.put(good, bad)
    return case


def solid(text: str) -> str:
    return "".join(text.split())


REACHED_BY = ("phone_safe", "family_contact")


@pytest.mark.parametrize("medium", ["letter", "phone", "in_person"])
def test_a_way_that_is_not_safe_or_over_is_not_told(
    house: House, keo: Colleague, reached: Case, place: Organisation, medium: str
) -> None:
    house.ask(reached, place, *REACHED_BY, "safe_contact")
    assert "safe_contact" not in house.disclosures.available(reached)
    look = keo.looks(reached, at(place), *REACHED_BY, basis=Basis(), medium=medium)
    how: dict[str, Any] = {"confirm_address": True, "second": look, "medium": medium}
    left = house.tell(reached, at(place), *REACHED_BY, **how)
    for item in REACHED_BY:
        assert SAFE in left.text_of(item)
    assert UNSAFE not in repr([item.text for item in left.items])
    assert HOURS not in repr([item.text for item in left.items])


def test_a_way_that_is_not_safe_or_over_is_on_no_paper(
    house: House, keo: Colleague, reached: Case, place: Organisation
) -> None:
    house.ask(reached, place, *REACHED_BY)
    referral = house.referrals.start(reached, place.id, "legal_information", "normal", "advice")
    sides = house.letters.sides(referral, REACHED_BY)
    signed = keo.signs(house.letters.for_what(referral, REACHED_BY))
    made = house.letters.issue(referral, REACHED_BY, second=signed, confirm_address=True)
    own = keo.looks(reached, Recipient(), *REACHED_BY, basis=HER_OWN, medium="copy_for_her")
    hers = house.letters.her_page(reached, REACHED_BY, second=own)
    told = (repr([item.text for item in sides.leaves]), words(made.pdf), words(hers))
    for text in told:
        assert solid(SAFE) in solid(text)
        assert solid(UNSAFE) not in solid(text)
        assert solid(HOURS) not in solid(text)


# -- of somebody else -----------------------------------------------------------------------------


def test_a_referral_of_another_woman_to_the_same_place_speaks_for_nobody_else(
    house: House, case: Case, place: Organisation
) -> None:
    other = house.woman(given_name="Bounmy")
    hers = house.referrals.start(other, place.id, "legal_information", "normal", "her secret need")
    house.ask(case, place, "need_requested", "case_code")
    for items in (("need_requested",), ("case_code",)):
        refused(
            house, WrongReferral, lambda i=items: house.tell(case, at(place), *i, referral=hers)
        )
    with pytest.raises(WrongReferral):
        house.disclosures.available(case, hers)
    assert house.tell(case, at(place), "case_code").items


# -- consents that look as if they counted --------------------------------------------------------


def imported(house: House, case: Case, place: Organisation, **facts: Any) -> Consent:
    """Put a consent to a referral there past the services, as an import would."""
    consent = Consent(
        case_id=case.id,
        purpose="referral",
        decision="given",
        actor="self_adult",
        form="written_signed",
        organisation_id=place.id,
        language="lo",
        explained_by_id=house.seat.staff_id,
        capacity_checked="yes",
        valid_from=house.today,
        **facts,
    )
    item = ConsentItem(case_id=case.id, consent_id=consent.id, item="legal_name", allowed="yes")
    house.put(consent, item)
    return consent


def test_a_consent_to_a_referral_without_an_end_lets_nothing_leave(
    house: House, case: Case, place: Organisation
) -> None:
    imported(house, case, place, valid_until=None)
    assert house.consents.in_force(case, place.id) == frozenset()
    assert [one.state for one in house.consents.of_case(case)] == ["expired"]
    refused(house, NoConsent, lambda: house.tell(case, at(place), "legal_name"))


def test_with_an_end_the_same_consent_counts(house: House, case: Case, place: Organisation) -> None:
    imported(house, case, place, valid_until=house.today)
    assert house.consents.in_force(case, place.id) == {"legal_name"}


USUAL, MORE = {"case_code": True, "legal_name": True}, {"case_code": True, "hiv_sti": True}


@pytest.mark.parametrize(
    ("hers", "guardians", "is_above"),
    [(MORE, USUAL, True), (USUAL, MORE, True), (MORE, MORE, True), (USUAL, USUAL, False)],
)
def test_more_than_usual_in_either_part_needs_a_director(
    shelter: Shelter, hers: dict[str, bool], guardians: dict[str, bool], *, is_above: bool
) -> None:
    passphrase = House(shelter).colleague("Keo", Role.COUNSELLOR).passphrase
    shelter.vault.lock()
    house = House(shelter, shelter.unlock("Keo", passphrase))
    child, place = house.woman(CHILD), house.place()
    together = [(terms(house, place, "self_assent_under_18"), hers)]
    together += [(terms(house, place, "authority_in_loco_parentis") | {"panel": OFFICE}, guardians)]
    if is_above:
        with pytest.raises(AboveCeiling):
            house.consents.record_together(child, together, reason="she wants them to know")
        assert house.consents.of_case(child) == []
    else:
        assert len(house.consents.record_together(child, together)) == 2


def terms(house: House, place: Organisation, actor: str) -> dict[str, Any]:
    return {
        "purpose": "referral",
        "decision": "given",
        "actor": actor,
        "form": "written_signed",
        "organisation_id": place.id,
        "language": "lo",
        "explained_by_id": house.seat.staff_id,
        "capacity_checked": "yes",
    }


# -- taken back by whoever answers for her --------------------------------------------------------


def answer(house: House, child: Case, to: Organisation | None, actor: str, **facts: str) -> Consent:
    """Record what she or an authority in the place of parents allows."""
    panel = OFFICE if actor == "authority_in_loco_parentis" else None
    return house.ask(child, to, "case_code", no=(), actor=actor, panel=panel, **facts)


@pytest.mark.parametrize("is_person", [False, True])
def test_who_was_told_is_told_as_well_when_a_guardian_takes_it_back(
    house: House, place: Organisation, *, is_person: bool
) -> None:
    """The log of what left names her part only; the guardian's is known by the recipient."""
    child = house.woman(CHILD)
    hers, guardians = [
        {"recipient_person": name} if is_person else {} for name in ("Ms Bee", "ms  bee")
    ]
    to = None if is_person else place
    answer(house, child, to, "self_assent_under_18", **hers)
    theirs = answer(house, child, to, "authority_in_loco_parentis", **guardians)
    recipient = Recipient(person="Ms Bee") if is_person else at(place)
    house.tell(child, recipient, "case_code", medium="phone")
    assert house.disclosures.of_case(child)[0].consent_id != theirs.id
    effects = house.consents.withdraw(theirs)
    assert effects.to_tell == ("Ms Bee" if is_person else "Legal aid",)
    assert len(effects.notices_due) == 1


def test_a_guardian_who_takes_back_something_else_makes_nobody_be_told(
    house: House, place: Organisation
) -> None:
    child, other = house.woman(CHILD), house.place("School", target="tvet")
    theirs = []
    for to in (place, other):
        answer(house, child, to, "self_assent_under_18")
        theirs.append(answer(house, child, to, "authority_in_loco_parentis"))
    house.tell(child, at(place), "case_code", medium="phone")
    assert house.consents.withdraw(theirs[1]).to_tell == ()
    assert house.consents.withdraw(theirs[0]).to_tell == ("Legal aid",)
