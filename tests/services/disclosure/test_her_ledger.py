"""The list of what has left, as her own copy: complete, masked, through the door."""

import pytest

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.presets import ONLY_HERS
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law.grounds import NoConsent, NothingToSay
from tests.services.disclosure.letter_house import HEAD, ITEMS, WHY, count, refused, words
from tests.services.house import House, at

MOTHER = "ຄຳຫຼ້າ"
LIFE = Basis("vital_interest", reason=f"she has taken pills, {MOTHER} has seen it")
LANGUAGES = pytest.mark.parametrize("language", ["lo", "en"])


def squeezed(text: str) -> str:
    return "".join(text.split())


@LANGUAGES
def test_she_reads_when_to_whom_how_what_and_on_whose_yes(
    house: House, case: Case, referral: Referral, language: str
) -> None:
    house.letters.issue(referral, ITEMS, "lo")
    said = words(house.letters.her_ledger(case, language))
    assert squeezed("Legal aid, Ms Vong") in said
    assert (referral.reference or "") in said
    agreed = {"lo": "ເຈົ້າຍິນຍອມ", "en": "you agreed on"}[language]
    asked = {"lo": "ລະຫັດ, ", "en": "Code, "}[language]
    assert squeezed(agreed) in said
    assert squeezed(asked) in said
    assert squeezed(HEAD["name"]) not in said
    assert squeezed(HEAD["address"]) not in said


def test_others_are_masked_also_in_reasons_and_as_recipients(house: House, case: Case) -> None:
    house.relative(case, MOTHER, relation="mother")
    house.tell(case, Recipient(None, "Ambulance", MOTHER), "case_code", basis=LIFE, medium="phone")
    said = words(house.letters.her_ledger(case, "en"))
    assert squeezed("Ambulance") in said
    assert squeezed("a life was in danger: she has taken pills, [another person]") in said
    assert MOTHER not in said


def test_a_copy_that_is_void_says_so(house: House, case: Case, referral: Referral) -> None:
    first = house.letters.issue(referral, ITEMS, "lo").letter
    house.letters.reprint(first, WHY)
    house.letters.void(first, WHY)
    said = words(house.letters.her_ledger(case, "en"))
    assert squeezed(f"no. {referral.reference}, copy 1 – void") in said
    assert squeezed(f"no. {referral.reference}, copy 2 What") in said


def test_what_she_takes_along_stands_in_the_list_itself_and_a_preview_does_not(
    house: House, case: Case
) -> None:
    house.tell(case, Recipient(None, "Ambulance"), "case_code", basis=LIFE, medium="phone")
    before = count(house)
    shown = words(house.letters.her_ledger_preview(case, "en"))
    assert "PREVIEW" in shown
    assert count(house) == before
    house.letters.her_ledger(case, "en")
    *_earlier, last = house.disclosures.of_case(case)
    assert (last.items, last.basis, last.medium) == ((ONLY_HERS,), "own_file", "copy_for_her")
    again = words(house.letters.her_ledger(case, "en"))
    assert squeezed("yourself How: Copy for herself What: Who was told what") in again


def test_while_nothing_has_left_there_is_nothing_to_print(house: House, case: Case) -> None:
    refused(house, NothingToSay, lambda: house.letters.her_ledger(case, "en"))


def test_nobody_else_is_ever_told_who_was_told_what(
    house: House, case: Case, place: Organisation
) -> None:
    house.ask(case, place, "case_code", ONLY_HERS)
    house.tell(case, at(place), "case_code")
    refused(house, NothingToSay, lambda: house.tell(case, at(place), ONLY_HERS))
    elsewhere = house.place(name="ອື່ນ")
    refused(house, NoConsent, lambda: house.tell(case, at(elsewhere), ONLY_HERS))
    assert ONLY_HERS not in house.disclosures.available(case)
