"""The whole way of a letter, and the papers beside it: sheet, page, notice, slip."""

from datetime import timedelta

from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import DeskError
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law import grounds
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed
from shelterdesk.services.disclosure.letters_beside import NothingWithdrawn
from shelterdesk.services.disclosure.letters_rules import (
    LetterNotPrinted,
    NotDelivered,
    NoWhy,
    WrongMoment,
)
from tests.services.disclosure.letter_house import ITEMS, WHY, refused, words
from tests.services.house import House

# -- the whole way --------------------------------------------------------------------------------


def test_referred_to_legal_aid_with_her_name_but_not_her_health(
    house: House, case: Case, place: Organisation
) -> None:
    """The story: she agrees to her name, goes, is taken, and then takes her consent back."""
    nurse = house.colleague("Mala", Role.NURSE)
    consent = house.ask(case, place, *ITEMS, no=("health_reason",))
    referral = house.referrals.start(case, place.id, "legal_information", "urgent", "her wages")
    refused(
        house,
        grounds.NoConsent,
        lambda: house.letters.issue(referral, (*ITEMS, "health_reason")),
    )
    issued = house.letters.issue(referral, ITEMS, "lo", delivery="escorted_with_survivor")
    refused(house, NotDelivered, lambda: house.referrals.answered(referral, "accepted", {}))
    house.shelter.clock.pass_days(1)
    out = house.referrals.delivered(referral, nurse.name)
    assert (out.state, out.delivered_by) == ("delivered", "Mala")
    assert out.delivered_at
    assert out.delivered_at.date() == house.today

    typed = (referral.reference or "").lower().replace("sd-", "").replace("-", " ")
    found = house.referrals.by_number(f" {typed} ")
    assert found is not None
    assert found.id == referral.id
    slip = {"received_by": "Mr Phon", "answer": "come on Monday", "next_step": "bring papers"}
    done = house.referrals.answered(found, "accepted", slip)
    assert (done.state, done.received_by, done.next_step) == ("accepted", "Mr Phon", "bring papers")
    assert done.answered_at
    assert done.answered_at > out.delivered_at

    refused(house, NothingWithdrawn, lambda: house.letters.withdrawal_notice(referral))
    effects = house.consents.withdraw(consent, "she said so at breakfast")
    assert [task.referral_id for task in effects.notices_due] == [referral.id]
    notice = words(house.letters.withdrawal_notice(referral, "en"))
    assert (referral.reference or "") in notice
    for name in ("ຈັນດາ", "ສີສຸກ", case.code):
        assert name not in notice
    refused(house, grounds.NoConsent, lambda: house.letters.reprint(issued.letter, WHY))
    another = house.referrals.start(case, place.id, "legal_information", "normal", "again")
    refused(house, grounds.NoConsent, lambda: house.letters.issue(another, ITEMS))
    refused(house, grounds.NoConsent, lambda: house.letters.preview(another, ITEMS))


def test_a_printed_letter_whose_consent_is_over_is_not_delivered(
    house: House, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    printed = house.vault.clock()
    house.shelter.clock.pass_days(91)
    refused(house, grounds.NoConsent, lambda: house.referrals.delivered(referral))
    assert house.fresh(referral).state == "issued"
    for moment in (printed - timedelta(hours=1), house.vault.clock() + timedelta(minutes=1)):
        refused(house, WrongMoment, lambda m=moment: house.referrals.delivered(referral, "", m))
    in_time = house.referrals.delivered(referral, "Keo", printed + timedelta(hours=2))
    assert in_time.delivered_at == printed + timedelta(hours=2)


def test_what_is_withdrawn_before_it_is_delivered_is_brought_back_and_shredded(
    house: House, case: Case, place: Organisation
) -> None:
    consent = house.ask(case, place, "case_code")
    referral = house.referrals.start(case, place.id, "", "normal", "")
    issued = house.letters.issue(referral, ["case_code"])
    (task,) = house.consents.withdraw(consent).papers_due
    assert (referral.reference or "–") in task.title_text
    refused(house, LetterNotPrinted, lambda: house.referrals.delivered(referral))
    refused(house, DeskError, lambda: house.letters.reprint(issued.letter, WHY))
    refused(house, NothingWithdrawn, lambda: house.letters.withdrawal_notice(referral))
    assert house.letters.shredded(issued.letter, "shredded in the office").state == "shredded"


def test_a_letter_that_is_called_back_leaves_a_task(house: House, referral: Referral) -> None:
    refused(house, NoWhy, lambda: house.referrals.recall(referral, "no"))
    house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    back = house.referrals.recall(referral, "another organisation takes this on")
    assert back.state == "recalled"
    (task,) = house.records.of(Task, case_id=referral.case_id)
    assert (task.referral_id, task.priority) == (referral.id, "urgent")
    assert (referral.reference or "") in words(house.letters.withdrawal_notice(referral, "en"))
    refused(house, NotDelivered, lambda: house.referrals.recall(referral, WHY))


# -- the papers beside it -------------------------------------------------------------------------


def test_the_consent_sheet_names_the_purpose_and_the_kinds_and_not_her_words(
    house: House, case: Case, place: Organisation
) -> None:
    consent = house.ask(case, place, "legal_name", no=("health_reason",))
    before = len(house.disclosures.of_case(case))
    sheet = words(house.letters.consent_sheet(consent, "en"))
    assert "Onereferraltoonerecipient" in sheet
    assert "Onlythesekindsofinformation" in sheet
    assert "–Legalname" in sheet
    assert "Reason(health)" in sheet
    assert "Reason(health)" not in words(house.letters.consent_sheet(consent, "en", for_her=True))
    assert "Legalaid" in sheet
    assert case.code in sheet
    assert "ຈັນດາ" not in sheet
    assert len(house.disclosures.of_case(case)) == before


def test_her_own_page_goes_through_the_door(house: House, case: Case) -> None:
    page = words(house.letters.her_page(case, ["legal_name"], "en"))
    assert "ຈັນດາສີສຸກ" in page
    (row,) = house.disclosures.of_case(case)
    assert (row.basis, row.medium, row.items) == ("own_file", "copy_for_her", ("legal_name",))
    refused(house, AddressUnconfirmed, lambda: house.letters.her_page(case, ["home_village"]))


def test_a_return_slip_bears_the_number_and_no_name(
    house: House, case: Case, referral: Referral
) -> None:
    slip = words(house.letters.return_slip(referral, "lo"))
    assert (referral.reference or "") in slip
    for hers in ("ຈັນດາ", "ສີສຸກ", case.code, "adviceonwages"):
        assert hers not in slip


def test_a_letter_without_her_consent_names_its_law_and_two_people(
    house: House, case: Case, place: Organisation
) -> None:
    keo, law = (
        house.colleague("Keo", Role.COUNSELLOR),
        Basis("law", "Court order 12/2026", "she was told on Monday"),
    )
    referral = house.referrals.start(case, place.id, "", "normal", "")
    items = ("case_code",)
    refused(house, grounds.NeedsDirector, lambda: house.letters.issue(referral, items, basis=law))
    signed = keo.signs(house.letters.for_what(referral, items, basis=law, language="en"))
    issued = house.letters.issue(referral, items, "en", basis=law, second=signed)
    assert "Courtorder12/2026" in words(issued.pdf)
    assert house.referrals.delivered(referral).state == "delivered"


def test_the_office_of_the_neutral_letterhead_is_the_one_that_is_told(
    house: House, case: Case, place: Organisation
) -> None:
    house.ask(case, place, "shelter_contact_office")
    referral = house.referrals.start(case, place.id, "", "normal", "")
    sides = house.letters.sides(referral, ["shelter_contact_office"], "en")
    assert [item.text for item in sides.leaves] == ["Office road 9, 021 555 000"]
