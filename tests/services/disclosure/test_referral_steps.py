"""How a referral stands, as the window asks it: what is out, what can come, what was stopped."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from shelterdesk.core.house_settings import ANSWER_DAYS
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.disclosure.letters_rules import LetterOut
from tests.services.disclosure.letter_house import ITEMS, WHY
from tests.services.house import House


def true_of(house: House, referral: Referral) -> set[str]:
    """Return what is true of a referral now, by its names."""
    facts = asdict(house.referrals.steps(house.fresh(referral)))
    return {name for name, is_so in facts.items() if is_so is True}


def test_what_is_true_from_the_first_draft_to_the_last_answer(
    house: House, referral: Referral
) -> None:
    assert true_of(house, referral) == {"begun", "is_draft"}
    assert house.referrals.steps(referral).wanted_by is None
    house.letters.issue(referral, ITEMS)
    assert true_of(house, referral) == {"printed"}
    there = house.referrals.delivered(house.fresh(referral))
    assert true_of(house, referral) == {"delivered", "waits"}
    assert house.referrals.steps(there).wanted_by == there.answer_by
    house.shelter.clock.pass_days(40)
    assert true_of(house, referral) == {"delivered", "waits", "late"}
    house.referrals.answered(there, "completed", {})
    assert true_of(house, referral) == {"delivered", "over"}


def test_a_letter_called_back_may_be_there_for_as_long_as_its_paper_is_out(
    house: House, referral: Referral
) -> None:
    letter = house.letters.issue(referral, ITEMS).letter
    house.referrals.recall(house.fresh(referral), WHY)
    assert true_of(house, referral) == {"over", "called_back", "stopped", "may_be_there"}
    house.letters.shredded(letter, WHY)
    assert true_of(house, referral) == {"over", "called_back", "stopped"}


def test_a_draft_is_discarded_and_never_called_back(
    house: House, case: Case, referral: Referral
) -> None:
    gone = house.referrals.discard(referral)
    assert (gone.state, gone.reference) == ("discarded", referral.reference)
    assert true_of(house, referral) == {"over", "discarded"}
    (agreement,) = house.consents.of_case(case)
    effects = house.consents.withdraw(agreement.consent)
    assert (effects.referrals_stopped, effects.notices_due) == ((), ())
    assert true_of(house, referral) == {"over", "discarded"}
    assert house.referrals.take_up(gone).state == "draft"
    assert house.referrals.recall(house.fresh(referral), WHY).state == "discarded"


def test_what_was_ever_printed_is_called_back_and_not_discarded(
    house: House, referral: Referral
) -> None:
    letter = house.letters.issue(referral, ITEMS).letter
    with pytest.raises(LetterOut):
        house.referrals.discard(house.fresh(referral))
    house.letters.void(letter, WHY)
    with pytest.raises(LetterOut):
        house.referrals.discard(house.fresh(referral))
    assert house.referrals.take_up(house.fresh(referral)).state == house.fresh(referral).state
    assert house.referrals.recall(house.fresh(referral), WHY).state == "recalled"


def test_what_she_takes_back_stops_a_letter_that_is_there_already(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.referrals.delivered(house.fresh(referral))
    (agreement,) = house.consents.of_case(case)
    house.consents.withdraw(agreement.consent)
    assert {"delivered", "stopped"} <= true_of(house, referral)
    assert "called_back" not in true_of(house, referral)


@pytest.mark.usefixtures("referral")
def test_another_agreement_with_the_same_place_keeps_a_draft_going(
    house: House, case: Case, place: Organisation
) -> None:
    (first,) = house.consents.of_case(case)
    house.consents.withdraw(first.consent)
    begun = house.referrals.start(case, place.id, "legal_information", "urgent", "advice")
    assert "stopped" in true_of(house, begun)
    house.ask(case, place, *ITEMS)
    assert "stopped" not in true_of(house, begun)


def test_the_day_of_an_answer_is_what_the_house_has_settled(house: House) -> None:
    for urgency, setting in ANSWER_DAYS.items():
        days = house.seat.settled.number(setting)
        assert house.referrals.answer_by(urgency) == house.today + timedelta(days=days)
    assert house.referrals.answer_by("") == house.referrals.answer_by("normal")
