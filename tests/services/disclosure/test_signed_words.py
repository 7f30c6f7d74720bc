"""What a second signature is for: these words, in this language, to this recipient by this hand."""

import re
from typing import Any

import pytest

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent_law.address_guard import NameAlike
from tests.services.disclosure.letter_house import ITEMS, refused
from tests.services.house import House


def test_a_carrier_who_is_alike_costs_one_look_of_a_director(
    house: House, case: Case, referral: Referral
) -> None:
    house.relative(case, "ສົມຈິດ", involved="yes")
    house.letters.issue(referral, ITEMS)
    refused(house, NameAlike, lambda: house.referrals.delivered(referral, "Mr Somjit"))
    there = house.referrals.delivered(referral, "Mr Somjit", looked=True)  # a director at the desk
    assert there.delivered_by == "Mr Somjit"


SIGNED = ("home_village", "need_requested")


@pytest.mark.parametrize(
    "other",
    ["words", "language", "items", "recipient", "her village", "service", "carrier"],
)
def test_a_signature_is_for_these_words_in_this_language_and_no_others(
    house: House, case: Case, place: Organisation, other: str
) -> None:
    keo = house.colleague("Keo", Role.COUNSELLOR)
    house.records.change(house.fresh_person(case), {"home_village": "Ban Na"})
    house.ask(case, place, *SIGNED)
    begun = house.referrals.start(case, place.id, "legal_aid", "normal", "help")
    signed = keo.signs(house.letters.for_what(begun, SIGNED, language="en"))
    items: tuple[str, ...] = SIGNED
    language, by = "en", ""
    if other == "words":
        house.referrals.change(begun, {"need": "help, she is pregnant"})
    elif other == "language":
        language = "lo"
    elif other == "items":
        items = ("home_village",)
    elif other == "recipient":
        house.records.change(house.fresh(place), {"contact_person": "Mr Kong"})
    elif other == "her village":
        house.records.change(house.fresh_person(case), {"home_village": "Ban Dong"})
    elif other == "service":
        house.referrals.change(begun, {"service": "shelter"})
    else:
        by = "Kong"
    way: dict[str, Any] = {"second": signed, "confirm_address": True, "delivered_by": by}
    now = house.fresh(begun)
    refused(house, NoApproval, lambda: house.letters.issue(now, items, language, **way))
    way["second"] = keo.signs(
        house.letters.for_what(now, items, language=language, delivered_by=by)
    )
    assert house.letters.issue(now, items, language, **way).letter.copy == 1


def test_a_signature_tells_the_log_nothing_that_can_be_guessed(
    house: House, case: Case, place: Organisation
) -> None:
    other = house.woman(given_name="Dao")
    to = Recipient(place.id, place.shown)
    acts = {
        house.disclosures.for_what(one, ("case_code",), to, Basis(), "letter")
        for one in (case, other)
    }
    assert len(acts) == 2
    assert all(re.fullmatch("disclosure: [0-9a-f]{16}", act.written) for act in acts)
