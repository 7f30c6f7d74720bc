"""Letters on a real store: what leaves by them, what is kept of them, what they refuse."""

import re
from typing import Any

import pytest

from shelterdesk.core.errors import ChangedElsewhere, DeskError, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.documents.column import TooLong
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access import invented
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent_law import grounds
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed, NameAlike
from shelterdesk.services.disclosure.letters_paper import NoLetterhead
from shelterdesk.services.disclosure.letters_rules import (
    LetterNotPrinted,
    LetterOut,
    NewWords,
    NoWhy,
)
from tests.factories import Shelter, add_person
from tests.services.disclosure.letter_house import HEAD, ITEMS, WHY, count, refused, words
from tests.services.house import House

# -- printed --------------------------------------------------------------------------------------


def test_a_letter_its_line_in_the_log_and_its_archived_copy_are_made_together(
    house: House, case: Case, referral: Referral
) -> None:
    issued = house.letters.issue(referral, ITEMS, "en", delivery="hand_by_staff")
    (row,) = house.letters.of_referral(referral)
    (told,) = house.disclosures.of_case(case)
    assert (row.copy, row.state, row.language) == (1, "issued", "en")
    assert (row.disclosure_id, told.items, told.medium) == (told.id, ITEMS, "letter")
    assert told.referral_id == referral.id
    assert house.letters.pdf_of(row) == issued.pdf
    fresh = house.fresh(referral)
    assert (fresh.state, fresh.copies, fresh.letter_id) == ("issued", 1, row.file)
    assert (fresh.delivery, fresh.consent_id) == ("hand_by_staff", told.consent_id)
    assert issued.file_name == f"{referral.reference}-1.pdf"
    assert re.fullmatch("[0-9A-F]{4}(-[0-9A-F]{4}){2}", row.code or "")
    assert {("letter", row.id), ("referral", referral.id), ("disclosure", told.id)} <= {*house.told}


def test_the_letter_says_what_was_agreed_and_nothing_else(house: House, referral: Referral) -> None:
    said = words(house.letters.issue(referral, ITEMS, "lo").pdf)
    (row,) = house.letters.of_referral(referral)
    assert "ຈັນດາສີສຸກ" in said
    assert "adviceonwages" in said
    assert (row.code or "") in said
    assert (referral.reference or "") in said
    assert "Officeroad9" in said
    assert "WHEELCHAIR" not in said
    assert "DEMO" not in said


def test_the_archived_copy_cannot_be_read_beside_the_program(
    house: House, referral: Referral
) -> None:
    issued = house.letters.issue(referral, ITEMS, "en")
    raw = b"".join(p.read_bytes() for p in house.vault.folder.rglob("*") if p.is_file())
    assert b"%PDF" not in raw
    assert issued.pdf[:64] not in raw


def test_a_preview_writes_nothing_and_is_no_letter(house: House, referral: Referral) -> None:
    before = count(house)
    shown = house.letters.preview(referral, ITEMS, "en")
    assert count(house) == before
    assert "adviceonwages" in words(shown)
    assert house.fresh(referral).state == "draft"
    assert shown != house.letters.issue(referral, ITEMS, "en").pdf


def test_what_the_door_refuses_neither_preview_nor_letter_makes(
    house: House, referral: Referral
) -> None:
    for items in ((*ITEMS, "disability_access_need"), ("birth_date",)):
        for made in (house.letters.preview, house.letters.issue):
            refused(house, grounds.NoConsent, lambda m=made, i=items: m(referral, i, "en"))
    refused(house, grounds.NothingToSay, lambda: house.letters.issue(referral, ()))
    refused(house, grounds.NothingToSay, lambda: house.letters.preview(referral, ["home_village"]))


def test_without_a_letterhead_no_paper_is_made_and_nothing_leaves(shelter: Shelter) -> None:
    house = House(shelter)
    case, place = house.woman(), house.place()
    house.ask(case, place, "case_code")
    referral = house.referrals.start(case, place.id, "", "normal", "")
    refused(house, NoLetterhead, lambda: house.letters.issue(referral, ["case_code"]))
    assert house.fresh(referral).state == "draft"


def test_the_official_letterhead_is_used_only_where_the_directory_says_so(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.set_letterhead(
        "official", {"name_latin": "The Shelter House", "address": "1", "phone": "021"}
    )
    assert "TheShelterHouse" not in words(house.letters.preview(referral, ITEMS, "en"))
    court = house.place("Court", letterhead="official")
    house.ask(case, court, "case_code")
    other = house.referrals.start(case, court.id, "", "normal", "")
    assert "TheShelterHouse" in words(house.letters.preview(other, ["case_code"], "en"))


def test_every_paper_of_an_invented_shelter_says_so(
    house: House, request: pytest.FixtureRequest
) -> None:
    invented.mark(house.vault)
    referral = request.getfixturevalue("referral")
    assert "DEMO" in words(house.letters.issue(referral, ITEMS, "en").pdf)
    assert "DEMO" in words(house.letters.return_slip(referral, "en"))


def test_the_service_asked_for_is_a_part_of_what_she_lets_be_asked(
    house: House, case: Case
) -> None:
    clinic = house.place("Clinic", target="hospital_central")
    house.ask(case, clinic, "case_code")
    referral = house.referrals.start(case, clinic.id, "hiv_sti_counselling_test", "normal", "x")
    assert "HIV" not in words(house.letters.preview(referral, ["case_code"], "en"))


def test_a_changed_referral_is_looked_at_again_before_it_is_printed(
    house: House, referral: Referral
) -> None:
    house.referrals.change(referral, {"need": "something else"})
    refused(house, ChangedElsewhere, lambda: house.letters.issue(referral, ITEMS))


# -- copies ---------------------------------------------------------------------------------------


def test_a_second_letter_needs_a_reprint_which_gets_a_number_of_its_own(
    house: House, case: Case, referral: Referral
) -> None:
    first = house.letters.issue(referral, ITEMS, "en")
    refused(house, LetterOut, lambda: house.letters.issue(house.fresh(referral), ITEMS))
    refused(house, NoWhy, lambda: house.letters.reprint(first.letter, "torn"))
    second = house.letters.reprint(first.letter, WHY)
    one, two = house.letters.of_referral(referral)
    assert (one.copy, two.copy, two.why, two.language) == (1, 2, WHY, "en")
    assert one.code != two.code
    assert first.pdf != second.pdf
    assert len(house.disclosures.of_case(case)) == 2
    assert house.fresh(referral).copies == 2


def test_a_copy_tells_the_same_words_or_is_not_printed(
    house: House, case: Case, referral: Referral
) -> None:
    first = house.letters.issue(referral, ITEMS)
    house.write(referral, need="HIV stage three")
    said = refused(house, NewWords, lambda: house.letters.reprint(first.letter, WHY))
    assert "new letter" in said
    house.write(referral, need="advice on wages")
    again = house.letters.reprint(first.letter, WHY)
    house.records.change(house.fresh_person(case), {"given_name": "Other"})
    refused(house, NewWords, lambda: house.letters.reprint(again.letter, WHY))
    for copy in (first, again):
        house.letters.void(copy.letter, WHY)
    assert "Other" in words(house.letters.issue(house.fresh(referral), ITEMS).pdf)


def test_a_copy_goes_to_whom_the_first_one_went(
    house: House, place: Organisation, referral: Referral
) -> None:
    first = house.letters.issue(referral, ITEMS)
    house.records.change(house.fresh(place), {"contact_person": "Mr Khamla"})
    assert house.letters.reprint(first.letter, WHY).letter.copy == 2
    house.records.change(house.fresh(place), {"name": "Golden Garment Factory"})
    with pytest.raises(DeskError):
        house.letters.reprint(first.letter, WHY)


def test_a_void_letter_keeps_its_number(house: House, referral: Referral) -> None:
    first = house.letters.issue(referral, ITEMS)
    refused(house, NoWhy, lambda: house.letters.void(first.letter, ""))
    house.letters.void(first.letter, WHY)
    assert house.fresh(referral).state == "ready"
    refused(house, LetterNotPrinted, lambda: house.letters.void(first.letter, WHY))
    refused(house, LetterNotPrinted, lambda: house.referrals.delivered(referral))
    second = house.letters.issue(house.fresh(referral), ITEMS)
    assert [(c.copy, c.state) for c in house.letters.of_referral(referral)] == [
        (1, "void"),
        (2, "issued"),
    ]
    assert second.letter.copy == 2


def test_a_letter_that_has_left_is_not_made_void(house: House, referral: Referral) -> None:
    issued = house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    refused(house, LetterOut, lambda: house.letters.void(issued.letter, WHY))
    again = house.letters.reprint(issued.letter, WHY)
    assert house.fresh(referral).state == "delivered"
    assert house.letters.void(again.letter, WHY).state == "void"


def test_the_code_at_the_foot_follows_number_copy_and_items(
    house: House, case: Case, referral: Referral, place: Organisation
) -> None:
    one = house.letters.issue(referral, ITEMS)
    other = house.referrals.start(case, place.id, "legal_information", "urgent", "advice on wages")
    two = house.letters.issue(other, ITEMS)
    assert one.letter.code != two.letter.code
    house.letters.void(two.letter, WHY)
    three = house.letters.issue(house.fresh(other), ("case_code",))
    assert len({one.letter.code, two.letter.code, three.letter.code}) == 3


# -- addresses ------------------------------------------------------------------------------------


def test_an_address_waits_for_a_colleague_also_when_it_is_printed_again(
    house: House, case: Case, place: Organisation
) -> None:
    keo = house.colleague("Keo", Role.COUNSELLOR)
    house.records.change(house.fresh_person(case), {"home_village": "Ban Na"})
    house.ask(case, place, "home_village")
    referral, items = house.referrals.start(case, place.id, "", "normal", ""), ("home_village",)
    refused(house, AddressUnconfirmed, lambda: house.letters.issue(referral, items))

    def looked() -> dict[str, Any]:
        signed = keo.signs(house.letters.for_what(referral, items, language="en"))
        return {"second": signed, "confirm_address": True}

    issued = house.letters.issue(referral, items, "en", **looked())
    refused(house, AddressUnconfirmed, lambda: house.letters.reprint(issued.letter, WHY))
    assert house.letters.reprint(issued.letter, WHY, **looked()).letter.copy == 2
    assert house.disclosures.of_case(case)[0].second_person == "Keo"


def test_whoever_carries_an_address_is_compared_once_more_when_it_is_delivered(
    house: House, case: Case, place: Organisation
) -> None:
    keo = house.colleague("Keo", Role.COUNSELLOR)
    house.records.change(house.fresh_person(case), {"home_village": "Ban Na"})
    house.relative(case, "Somchit", involved="yes")
    house.ask(case, place, "home_village")
    referral, items = house.referrals.start(case, place.id, "", "normal", ""), ("home_village",)
    signed = keo.signs(house.letters.for_what(referral, items))
    house.letters.issue(referral, items, second=signed, confirm_address=True)
    refused(house, NameAlike, lambda: house.referrals.delivered(referral, "Somchit"))
    signed = keo.signs(house.referrals.carried_for_what(referral, "Somchit"))
    refused(house, NoApproval, lambda: house.referrals.delivered(referral, "Boun", second=signed))
    assert house.referrals.delivered(referral, "Keo").state == "delivered"


def test_a_carrier_who_has_become_a_danger_stops_the_next_copy_until_a_director_has_looked(
    house: House, case: Case, referral: Referral
) -> None:
    issued = house.letters.issue(referral, ITEMS, delivered_by="Somchit")
    house.relative(case, "ສົມຈິດ", involved="suspected")
    refused(house, NameAlike, lambda: house.letters.reprint(issued.letter, WHY))
    assert house.letters.reprint(issued.letter, WHY, looked=True).letter.copy == 2


def test_a_signature_is_not_used_up_by_a_letter_that_is_too_long(
    house: House, case: Case, place: Organisation
) -> None:
    keo = house.colleague("Keo", Role.COUNSELLOR)
    house.records.change(house.fresh_person(case), {"home_village": "Ban Na"})
    house.ask(case, place, "home_village", "need_requested")
    items = ("home_village", "need_requested")
    begun = house.referrals.start(case, place.id, "", "normal", "help")
    wordy = house.write(begun, need="a great deal of help " * 400)
    act = house.letters.for_what(wordy, items, language="en")
    way: dict[str, Any] = {"second": keo.signs(act), "confirm_address": True}
    refused(house, TooLong, lambda: house.letters.issue(wordy, items, "en", **way))
    assert house.seat.approvals.use(way["second"], act) == way["second"]
    short = house.referrals.change(wordy, {"need": "help"})
    way["second"] = keo.signs(house.letters.for_what(short, items, language="en"))
    assert house.letters.issue(short, items, "en", **way).letter.copy == 1
    house.letters.void(house.letters.of_referral(short)[0], WHY)
    refused(house, NoApproval, lambda: house.letters.issue(house.fresh(short), items, **way))


# -- who ------------------------------------------------------------------------------------------


def test_a_legal_officer_sees_that_a_letter_went_and_not_what_it_tells(
    shelter: Shelter, house: House, case: Case, referral: Referral
) -> None:
    passphrase = add_person(shelter.vault, "Lin", Role.LEGAL_OFFICER)
    house = House(shelter)
    issued = house.letters.issue(referral, ITEMS)
    lin = next(m for m in house.staff_rows() if m.name == "Lin")
    house.records.change(house.fresh(case), {"legal_officer_id": lin.id})
    shelter.vault.lock()
    hers = House(shelter, shelter.unlock("Lin", passphrase))
    (row,) = hers.letters.of_referral(referral)
    assert row.copy == 1
    for call in (
        lambda: hers.letters.pdf_of(row),
        lambda: hers.letters.issue(referral, ITEMS),
        lambda: hers.letters.reprint(issued.letter, WHY),
        lambda: hers.letters.void(issued.letter, WHY),
        lambda: hers.letters.set_letterhead("neutral", HEAD),
        lambda: hers.letters.her_page(case, ["alias"]),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_only_the_service_makes_and_changes_letters(house: House, referral: Referral) -> None:
    forged = Letter(case_id=referral.case_id, referral_id=referral.id, state="issued")
    refused(house, NotAllowed, lambda: house.records.save(forged))
    row = house.letters.issue(referral, ITEMS).letter
    refused(house, NotAllowed, lambda: house.records.change(row, {"state": "void"}))


def test_looking_at_an_archived_letter_is_a_line_in_the_log(
    house: House, referral: Referral
) -> None:
    row = house.letters.issue(referral, ITEMS).letter
    before = count(house)[-1]
    house.letters.pdf_of(row)
    assert count(house)[-1] == before + 1


# -- what leaves and what stays -------------------------------------------------------------------


def test_both_sides_of_the_preview_name_everything_that_is_known(
    house: House, referral: Referral
) -> None:
    sides = house.letters.sides(referral, ("legal_name", "disability_access_need"), "en")
    assert {item.code: item.text for item in sides.leaves} == {"legal_name": "ຈັນດາ ສີສຸກ"}
    stays = dict(sides.stays)
    assert {"disability_access_need", "case_code", "birth_date"} <= stays.keys()
    assert stays["birth_date"] == "Date of birth"
    assert "WHEELCHAIR" not in repr(sides) + repr(sides.stays)


def test_a_letter_that_is_too_long_leaves_nothing_behind(house: House, referral: Referral) -> None:
    wordy = house.write(referral, need="she asks for a great deal of help " * 300)
    for made in (house.letters.preview, house.letters.issue):
        refused(house, TooLong, lambda m=made: m(wordy, ITEMS, "en"))
    assert house.fresh(referral).state == "draft"
    assert house.letters.of_referral(referral) == []


def test_a_letterhead_is_set_once_and_then_changed(house: House) -> None:
    assert house.letters.letterhead("official") is None
    first = house.letters.letterhead("neutral")
    assert first is not None
    house.letters.set_letterhead("neutral", {"phone": "021 9"})
    changed = house.letters.letterhead("neutral")
    assert changed is not None
    assert (changed.id, changed.phone, changed.name) == (first.id, "021 9", HEAD["name"])
    with pytest.raises(KeyError):
        house.letters.set_letterhead("neutral", {"profile": "official"})
