"""What is printed or told is what was looked at before, word for word, or nothing leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.disclosure.shown import LookAgain
from tests.services.disclosure.letter_house import ITEMS, refused
from tests.services.house import House

Changed = Callable[[House, Case, Organisation], object]

HERS: dict[str, Changed] = {
    "her name": lambda house, case, _to: house.write(house.fresh_person(case), family_name="ວົງສາ"),
    "our letterhead": lambda house, _case, _to: house.write(
        house.records.of(Letterhead)[0], phone="020 999"
    ),
}


@pytest.mark.parametrize("name", HERS)
def test_a_letter_is_printed_as_it_was_seen_or_not_at_all(
    house: House, case: Case, place: Organisation, referral: Referral, name: str
) -> None:
    seen = house.letters.preview(referral, ITEMS, "lo").seen
    assert seen == house.letters.preview(referral, ITEMS, "lo").seen
    HERS[name](house, case, place)
    refused(house, LookAgain, lambda: house.letters.issue(referral, ITEMS, "lo", seen=seen))
    again = house.letters.preview(referral, ITEMS, "lo").seen
    assert house.letters.issue(referral, ITEMS, "lo", seen=again).pdf


@pytest.mark.parametrize(
    "other",
    [
        (("case_code", "legal_name"), "lo"),
        (ITEMS, "en"),
    ],
)
def test_the_preview_is_of_these_items_in_this_language(
    house: House, referral: Referral, other: tuple[tuple[str, ...], str]
) -> None:
    seen = house.letters.preview(referral, ITEMS, "lo").seen
    items, language = other
    refused(house, LookAgain, lambda: house.letters.issue(referral, items, language, seen=seen))


@pytest.mark.parametrize("name", HERS)
def test_her_own_page_is_printed_as_it_was_seen_or_not_at_all(
    house: House, case: Case, place: Organisation, name: str
) -> None:
    seen = house.letters.her_page_preview(case, ["legal_name"]).seen
    HERS[name](house, case, place)
    refused(house, LookAgain, lambda: house.letters.her_page(case, ["legal_name"], seen=seen))
    again = house.letters.her_page_preview(case, ["legal_name"]).seen
    assert house.letters.her_page(case, ["legal_name"], seen=again)


def test_a_signature_is_not_used_up_by_a_look_that_is_out_of_date(
    house: House, case: Case, referral: Referral
) -> None:
    colleague = house.colleague("Dara")
    seen = house.letters.preview(referral, ITEMS, "lo").seen
    house.write(house.fresh_person(case), family_name="ວົງສາ")
    second = colleague.signs(house.letters.for_what(referral, ITEMS))
    with pytest.raises(LookAgain):
        house.letters.issue(referral, ITEMS, "lo", seen=seen, second=second)
    again = house.letters.preview(referral, ITEMS, "lo").seen
    assert house.letters.issue(referral, ITEMS, "lo", seen=again, second=second).pdf


def test_a_signature_is_not_used_up_by_her_own_page_that_is_out_of_date(
    house: House, case: Case
) -> None:
    colleague = house.colleague("Dara", Role.COUNSELLOR)
    house.write(house.fresh_person(case), home_village="ບ້ານໜອງ")
    seen = house.letters.her_page_preview(case, ["legal_name", "home_village"]).seen
    house.write(house.fresh_person(case), family_name="ວົງສາ")
    hers = Recipient()
    second = colleague.looks(
        case, hers, "legal_name", "home_village", basis=Basis("own_file"), medium="copy_for_her"
    )
    with pytest.raises(LookAgain):
        house.letters.her_page(case, ["legal_name", "home_village"], second=second, seen=seen)
    again = house.letters.her_page_preview(case, ["legal_name", "home_village"]).seen
    assert house.seat.approvals.waited(second.for_what) == second
    assert house.letters.her_page(case, ["legal_name", "home_village"], second=second, seen=again)
    assert house.seat.approvals.waited(second.for_what) is None
    refused(
        house,
        NoApproval,
        lambda: house.letters.her_page(case, ["legal_name", "home_village"], second=second),
    )


def test_a_line_that_was_chosen_is_told_in_the_words_that_were_shown(
    house: House, case: Case, place: Organisation
) -> None:
    begin = house.vault.clock() - timedelta(days=90)
    first = Stay(case_id=case.id, admitted_at=begin, left_at=begin + timedelta(days=9))
    second = Stay(case_id=case.id, admitted_at=begin + timedelta(days=30))
    house.put(first)
    house.put(second)
    house.ask(case, place, "stay_period")
    lines = house.disclosures.lines(case, "lo")["stay_period"]
    shown = {"stay_period": {first.id: lines[first.id]}}

    def call(shown: dict[str, dict[str, str]]) -> object:
        to = Recipient(place.id, place.shown)
        chosen = [first.id]
        return house.disclosures.disclose(
            case, ["stay_period"], to, Basis(), "phone", language="lo", lines=chosen, shown=shown
        )

    house.write(first, left_at=begin + timedelta(days=12))
    refused(house, LookAgain, lambda: call(shown))
    lines = house.disclosures.lines(case, "lo")["stay_period"]
    assert call({"stay_period": {first.id: lines[first.id]}})
