"""What follows when she takes a consent back: who is told, which paper comes home, who reads it."""

from datetime import timedelta

import pytest

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.disclosure.letters_beside import NothingWithdrawn
from shelterdesk.services.disclosure.letters_rules import (
    LetterNotPrinted,
    LetterOut,
    NotDelivered,
    StoppedBefore,
    WrongMoment,
)
from tests.services.disclosure.letter_house import ITEMS, WHY, case, house, place, referral, refused
from tests.services.house import House, at

__all__ = ["case", "house", "place", "referral"]


def withdrawn(house: House, case: Case) -> None:
    """Let her take back every consent that stands."""
    for one in house.consents.of_case(case):
        house.consents.withdraw(one.consent)


def titles(house: House, case: Case) -> list[str]:
    """Return the titles of the open tasks of a case."""
    return [t.title_text for t in house.records.of(Task, case_id=case.id) if t.state == "open"]


# -- told by telephone ----------------------------------------------------------------------------


@pytest.mark.parametrize("printed", [False, True])
def test_who_was_told_by_telephone_is_told_although_a_referral_is_open(
    house: House, case: Case, place: Organisation, referral: Referral, printed: bool
) -> None:
    house.tell(case, at(place), "case_code", medium="phone")
    if printed:
        house.letters.issue(referral, ITEMS)
    (consent,) = (one.consent for one in house.consents.of_case(case))
    effects = house.consents.withdraw(consent)
    assert effects.to_tell == ("Legal aid",)
    assert [task.referral_id for task in effects.notices_due] == [None]
    assert len(effects.papers_due) == printed


def test_a_letter_that_never_left_gives_nobody_notice(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    (consent,) = (one.consent for one in house.consents.of_case(case))
    effects = house.consents.withdraw(consent)
    assert (effects.to_tell, effects.notices_due) == ((), ())


def test_a_person_is_told_however_the_name_was_spelt(house: House) -> None:
    girl = house.woman()
    consent = house.ask(girl, None, "case_code", recipient_person="teacher  Bee")
    house.write(consent, recipient_person="Teacher Bee")
    house.tell(girl, Recipient(person="teacher bee"), "case_code", medium="phone")
    assert house.consents.withdraw(consent).to_tell == ("teacher bee",)


# -- neutral titles -------------------------------------------------------------------------------


def test_no_task_names_to_whom_for_what_or_why(
    house: House, case: Case, place: Organisation, referral: Referral
) -> None:
    house.tell(case, at(place), "case_code", medium="phone")
    house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    other = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    house.letters.issue(other, ITEMS)
    withdrawn(house, case)
    said = titles(house, case)
    assert len(said) == 3
    for words in ("Legal aid", "Ms Vong", "egal", "wages", "advice"):
        assert not any(words in title for title in said), words


# -- handed over before she took it back ----------------------------------------------------------


def test_a_letter_that_was_handed_over_before_is_noted_afterwards(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.shelter.clock.pass_days(2)
    handed = house.vault.clock()
    house.shelter.clock.pass_days(1)
    withdrawn(house, case)
    house.shelter.clock.pass_days(1)
    refused(house, LetterNotPrinted, lambda: house.referrals.delivered(referral, "Dao"))
    late = house.vault.clock()
    refused(house, StoppedBefore, lambda: house.referrals.delivered(referral, "Dao", late))
    early = handed - timedelta(days=5)
    refused(house, WrongMoment, lambda: house.referrals.delivered(referral, "Dao", early))

    there = house.referrals.delivered(referral, "Dao", handed)
    assert (there.state, there.delivered_at) == ("consent_withdrawn", handed)
    assert there.delivered_by == "Dao"
    assert house.letters.withdrawal_notice(referral, "en")
    assert [title.split()[0] for title in titles(house, case)] == ["Give"]
    refused(house, LetterNotPrinted, lambda: house.referrals.delivered(referral, "Dao", handed))


def test_a_day_alone_means_some_time_before_she_took_it_back(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.shelter.clock.now += timedelta(minutes=20)
    withdrawn(house, case)
    taken_back = house.vault.clock()
    house.shelter.clock.now += timedelta(minutes=20)
    there = house.referrals.delivered(referral, "Dao", house.today)
    assert there.delivered_at
    assert timedelta(0) < taken_back - there.delivered_at < timedelta(minutes=1)
    assert house.letters.withdrawal_notice(referral)


def test_a_letter_that_has_left_is_called_back_after_she_took_it_back(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.shelter.clock.pass_days(1)
    handed = house.vault.clock()
    house.shelter.clock.pass_days(1)
    withdrawn(house, case)
    refused(house, NotDelivered, lambda: house.referrals.recall(referral, WHY))
    house.referrals.delivered(referral, "Dao", handed)
    assert house.referrals.recall(referral, WHY).state == "recalled"
    assert len(titles(house, case)) == 1


def test_a_letter_that_was_called_back_may_have_been_there_already(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.shelter.clock.pass_days(1)
    handed = house.vault.clock()
    house.shelter.clock.pass_days(1)
    house.referrals.recall(referral, WHY)
    house.shelter.clock.pass_days(1)
    assert house.referrals.delivered(referral, "Dao", handed).state == "recalled"
    assert house.letters.withdrawal_notice(referral)
    assert [title.split()[0] for title in titles(house, case)] == ["Give"]


def test_a_refusal_that_came_later_does_not_unmake_what_was_agreed_then(
    house: House, case: Case, place: Organisation, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.shelter.clock.pass_days(1)
    handed = house.vault.clock()
    house.shelter.clock.pass_days(1)
    house.ask(case, place, decision="refused")
    with pytest.raises(DeskError):
        house.referrals.delivered(referral, "Dao")
    assert house.referrals.delivered(referral, "Dao", handed).state == "delivered"


# -- copies ---------------------------------------------------------------------------------------


def test_a_copy_printed_after_delivery_is_brought_back_as_well(
    house: House, case: Case, referral: Referral
) -> None:
    first = house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    house.shelter.clock.pass_days(1)
    house.letters.reprint(first.letter, WHY)
    (consent,) = (one.consent for one in house.consents.of_case(case))
    effects = house.consents.withdraw(consent)
    assert [task.referral_id for task in effects.papers_due] == [referral.id]
    assert [task.referral_id for task in effects.notices_due] == [referral.id]


def test_the_copy_that_has_left_is_never_void_and_a_later_one_may_be(
    house: House, referral: Referral
) -> None:
    first = house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    house.shelter.clock.pass_days(1)
    second = house.letters.reprint(first.letter, WHY)
    refused(house, LetterOut, lambda: house.letters.void(first.letter, WHY))
    assert house.letters.void(second.letter, WHY).state == "void"
    assert house.letters.shredded(first.letter, WHY).state == "shredded"


# -- a closed case --------------------------------------------------------------------------------


def test_papers_of_a_closed_case_come_to_their_end(
    house: House, case: Case, place: Organisation, referral: Referral
) -> None:
    first = house.letters.issue(referral, ITEMS)
    other = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    spoilt = house.letters.issue(other, ITEMS)
    third = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    house.letters.issue(third, ITEMS)
    house.shelter.clock.pass_days(1)
    handed = house.vault.clock()
    house.shelter.clock.pass_days(1)
    house.records.change(house.fresh(case), {"closed_on": house.today})
    house.shelter.clock.pass_days(1)
    assert house.letters.void(spoilt.letter, WHY).state == "void"
    assert house.referrals.delivered(referral, "Dao", handed).state == "delivered"
    refused(house, NothingWithdrawn, lambda: house.letters.withdrawal_notice(referral))
    assert house.referrals.no_answer(referral, WHY).state == "no_response"
    assert house.referrals.answered(referral, "accepted", {}).state == "accepted"
    assert house.referrals.recall(third, WHY).state == "recalled"
    withdrawn(house, case)
    assert house.letters.withdrawal_notice(referral)
    assert house.letters.shredded(first.letter, WHY).state == "shredded"
