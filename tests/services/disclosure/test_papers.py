"""What papers say beside the items: who writes and to whom, who agreed, what may still be wrong."""

import re
from datetime import date, timedelta

import pytest

from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.documents.page import NoLetter
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.consent_law.grounds import NotReleased
from shelterdesk.services.disclosure import letters_beside as beside
from shelterdesk.services.disclosure.letters_paper import NoLetterhead
from shelterdesk.store.log.moved_rows import take_digests
from tests.services.disclosure.letter_house import HEAD, ITEMS, refused, words
from tests.services.house import House

SHEET = ("case_code", "need_requested")


def named(house: House, **facts: str) -> StaffMember:
    """Give the person at the desk a record among the staff."""
    member = house.records.get(StaffMember, house.seat.staff_id or "")
    return house.records.change(member, facts)


# -- the head -------------------------------------------------------------------------------------


@pytest.mark.parametrize("empty", ["name", "address", "phone"])
def test_an_office_that_cannot_be_answered_is_no_letterhead(house: House, empty: str) -> None:
    parts = HEAD | {empty: "  "} | ({"name_latin": ""} if empty == "name" else {})
    with pytest.raises(InvalidFields) as told:
        house.letters.set_letterhead("official", parts)
    assert set(told.value.problems) == {empty}
    assert house.letters.letterhead("official") is None


def test_a_letterhead_of_older_records_that_lacks_a_part_makes_no_paper(
    house: House, referral: Referral
) -> None:
    with house.vault.database.driver() as connection:
        connection.execute("UPDATE letterhead SET phone = NULL")
    with house.vault.database.writing() as session:
        take_digests(session)  # as a director does with rows from before lines were signed
    refused(house, NoLetterhead, lambda: house.letters.issue(referral, ITEMS))
    refused(house, NoLetterhead, lambda: house.letters.return_slip(referral))


def test_head_recipient_and_position_are_written_as_the_language_writes_them(
    house: House, case: Case
) -> None:
    house.letters.set_letterhead("neutral", {"address": "ຖະໜົນ ໙", "address_latin": "Road 9"})
    named(house, position="ທີ່ປຶກສາ", position_latin="Counsellor")
    court = house.place("ສານ", name_latin="The Court")
    house.ask(case, court, *SHEET)
    draft = house.referrals.start(case, court.id, "", "normal", "an answer")
    english, lao = (words(house.letters.preview(draft, SHEET, each)) for each in ("en", "lo"))
    for said in ("TheCourt", "Road9", "Counsellor", "ServiceOffice"):
        assert said in english
        assert said not in lao
    for said in ("ສານ", "ຖະໜົນ", "ທີ່ປຶກສາ"):
        assert said in lao
        assert said not in english


# -- what is said ---------------------------------------------------------------------------------


def test_her_name_in_two_scripts_reads_as_one_name(house: House, place: Organisation) -> None:
    case = house.woman(
        given_name="ຈັນດາ",
        family_name="ສີສຸກ",
        given_name_latin="Chanda",
        family_name_latin="Sisouk",
    )
    house.ask(case, place, "legal_name")
    draft = house.referrals.start(case, place.id, "", "normal", "")

    def name(language: str) -> str:
        (item,) = house.letters.sides(draft, ["legal_name"], language).leaves
        return item.text

    assert name("en") == "Chanda Sisouk (ຈັນດາ ສີສຸກ)"
    assert name("lo") == "ຈັນດາ ສີສຸກ (Chanda Sisouk)"


def test_the_day_by_which_we_want_an_answer_is_not_told_as_her_deadline(
    house: House, case: Case, place: Organisation
) -> None:
    house.ask(case, place, "deadline")
    draft = house.referrals.start(case, place.id, "", "urgent", "")
    assert draft.answer_by is not None
    refused(house, NotReleased, lambda: house.letters.issue(draft, ["deadline"]))


def test_a_day_is_written_out_in_words(house: House, place: Organisation) -> None:
    from shelterdesk.core.calendar.dates import PartialDate

    case = house.woman(born=PartialDate.of(date(1999, 3, 9)))
    house.ask(case, place, "birth_date")
    draft = house.referrals.start(case, place.id, "", "normal", "")
    (item,) = house.letters.sides(draft, ["birth_date"], "en").leaves
    assert item.text == "9 March 1999"


def test_a_name_that_no_font_has_makes_no_letter_and_nothing_leaves(
    house: House, place: Organisation
) -> None:
    case = house.woman(given_name="प्रिया")
    house.ask(case, place, "legal_name")
    draft = house.referrals.start(case, place.id, "", "normal", "")
    why = refused(house, NoLetter, lambda: house.letters.issue(draft, ["legal_name"], "en"))
    assert "प" in why
    with pytest.raises(NoLetter):
        house.letters.her_page(case, ["legal_name"], "en")


# -- who agreed -----------------------------------------------------------------------------------


def test_of_a_child_letter_and_sheets_say_that_two_have_decided(
    house: House, place: Organisation
) -> None:
    from shelterdesk.core.calendar.dates import PartialDate

    girl = house.woman(born=PartialDate.of(date(2011, 3, 9)))
    mother = house.relative(girl, "Mother Somewhere", relation="mother", is_guardian="yes")
    hers = house.ask(girl, place, *SHEET, actor="self_assent_under_18")
    guardian = house.ask(girl, place, *SHEET, actor="parent", actor_person_id=mother.id)
    draft = house.referrals.start(girl, place.id, "", "normal", "advice")
    letter = words(house.letters.preview(draft, SHEET, "en"))
    assert "thepersonandwhoeverisresponsiblefortheperson" in letter
    assert "Mother" not in letter
    sheet = words(house.letters.consent_sheet(guardian, "en"))
    assert "forthepersonIamresponsiblefor" in sheet
    assert sheet.count("MotherSomewhere") == 2
    assert "forthepersonIamresponsiblefor" not in words(house.letters.consent_sheet(hers, "en"))


def test_a_letter_by_law_is_signed_by_the_director_who_agreed(
    house: House, case: Case, place: Organisation
) -> None:
    keo = house.colleague("Keo", Role.COUNSELLOR)
    law = Basis("law", law="Court order 12/2026", told_on=house.today - timedelta(days=1))
    draft = house.referrals.start(case, place.id, "", "normal", "")
    signed = keo.signs(house.letters.for_what(draft, ("case_code",), basis=law, language="en"))
    issued = house.letters.issue(draft, ("case_code",), "en", basis=law, second=signed)
    text = words(issued.pdf)
    assert "Approvedbythedirector" in text
    assert text.count(house.vault.me.name) == 3  # to be called, the director, the sender
    assert "Thepersonwasinformedon:" in text
    assert "Wekindlyaskyou" not in text
    told = "Thepersonwasinformedon:" + re.split("Thepersonwasinformedon:", text)[1][:12]
    signed = keo.signs(house.letters.again_for_what(issued.letter))
    again = house.letters.reprint(issued.letter, "the printer has jammed", second=signed)
    assert told in words(again.pdf)
    assert {one.told_on for one in house.disclosures.of_case(case)} == {law.told_on}


# -- called back ----------------------------------------------------------------------------------


def test_a_notice_after_a_recall_does_not_say_that_she_took_something_back(
    house: House, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    house.referrals.recall(referral, "it was sent to the wrong office by mistake")
    notice = words(house.letters.withdrawal_notice(referral, "en"))
    assert "Recallofaletter" in notice
    assert "withdrawn" not in notice
    assert f"{referral.reference}of{house.today.day}" in notice


# -- before it is printed -------------------------------------------------------------------------


def test_what_may_be_wrong_with_a_letter_is_said_before_it_is_printed(
    house: House, case: Case, referral: Referral
) -> None:
    named(house, position="ທີ່ປຶກສາ")
    assert house.letters.doubts(referral, ITEMS) == []
    assert house.letters.doubts(referral, ITEMS, "en") == [beside.NOT_IN_LATIN]
    assert house.letters.doubts(referral, ["case_code"]) == [beside.NOTHING_ASKED]
    named(house, position="")
    assert house.letters.doubts(referral, ITEMS) == [beside.NO_POSITION]
    school = house.place("School")
    empty = house.referrals.start(case, school.id, "", "normal", "")
    house.ask(case, school, *SHEET)
    found = [beside.NOBODY_NAMED, beside.NO_POSITION, beside.NOTHING_ASKED]
    assert house.letters.doubts(empty, SHEET) == found


def test_a_copy_in_english_whose_names_are_known_in_latin_letters_raises_no_doubt(
    house: House, referral: Referral
) -> None:
    named(house, position="ທີ່ປຶກສາ", position_latin="Counsellor")
    assert house.letters.doubts(referral, ITEMS, "en") == []
