"""A letter on its whole way: on every day My day says what is due, until it has come to an end."""

from datetime import date, timedelta

import pytest

from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.services.day_lines import DayLine, DayPart
from shelterdesk.services.disclosure.asking_again import asking_times
from shelterdesk.services.disclosure.next_due import AskingTimes
from tests.services.disclosure.letter_house import ITEMS, WHY
from tests.services.house import House


def told(house: House) -> DayLine | None:
    """Return the one line about referrals, or None."""
    lines = house.referrals.day_lines(house.today)
    assert len(lines) <= 1
    return lines[0] if lines else None


def due(house: House) -> tuple[str, date | None, DayPart | None]:
    """Return what the line says, its day, and where it stands."""
    line = told(house)
    assert line is not None
    return line.in_words(), line.when, line.part(house.today)


def in_days(house: House, count: int) -> date:
    """Return the day so many days from now."""
    return house.today + timedelta(days=count)


def test_a_letter_is_followed_from_the_print_to_the_end(house: House, referral: Referral) -> None:
    assert told(house) is None
    house.letters.issue(referral, ITEMS)
    assert due(house) == (
        "Was the letter to Legal aid handed over?",
        in_days(house, 1),
        DayPart.AHEAD,
    )
    house.shelter.clock.pass_days(1)
    out = house.referrals.delivered(referral)
    assert due(house) == ("Legal aid has not answered yet.", out.answer_by, DayPart.WAITING)
    house.shelter.clock.pass_days(3)
    assert due(house)[2] is DayPart.NOW
    heard = house.referrals.answered(out, "acknowledged", {"answer": "they will see"})
    assert due(house)[:2] == ("Ask Legal aid what they have decided.", in_days(house, 14))
    house.shelter.clock.pass_days(15)
    assert due(house)[2] is DayPart.NOW
    meets = house.vault.clock() + timedelta(days=3)
    heard = house.referrals.answered(heard, "accepted", {"appointment": meets})
    assert due(house) == ("Appointment: Legal aid", in_days(house, 3), DayPart.AHEAD)
    house.shelter.clock.pass_days(5)
    assert due(house)[0] == "Ask Legal aid how the appointment went."
    heard = house.referrals.answered(heard, "service_started", {})
    assert due(house)[:2] == ("Ask Legal aid how the service goes on.", in_days(house, 30))
    house.shelter.clock.pass_days(31)
    assert due(house)[2] is DayPart.NOW
    house.referrals.answered(heard, "completed", {})
    assert told(house) is None


def test_asking_again_without_news_moves_the_next_day(house: House, referral: Referral) -> None:
    house.letters.issue(referral, ITEMS)
    heard = house.referrals.answered(house.referrals.delivered(referral), "acknowledged", {})
    house.shelter.clock.pass_days(15)
    assert due(house)[2] is DayPart.NOW
    house.referrals.answered(heard, "acknowledged", {"answer": "still no decision"})
    assert due(house)[1:] == (in_days(house, 14), DayPart.WAITING)


def test_the_line_names_the_case_and_the_number_and_nothing_that_is_sealed(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    line = told(house)
    assert line is not None
    assert (line.who, line.number) == (case.code, referral.reference)
    assert (line.page, line.record_id, line.record) == ("referral", referral.id, None)
    said = f"{line.in_words()} {line.facts}"
    assert not any(word in said for word in ("wages", "legal_information", "ຈັນດາ"))


def test_a_stopped_paper_is_due_until_it_is_shredded(
    house: House, case: Case, referral: Referral
) -> None:
    issued = house.letters.issue(referral, ITEMS)
    (consent,) = (one.consent for one in house.consents.of_case(case))
    house.consents.withdraw(consent)
    assert due(house)[0].startswith("Has the paper of the stopped letter come back?")
    assert due(house)[1:] == (in_days(house, 3), DayPart.AHEAD)
    house.shelter.clock.pass_days(4)
    assert due(house)[2] is DayPart.NOW
    house.letters.shredded(issued.letter, "shredded in the office")
    assert told(house) is None


def test_after_a_withdrawal_nobody_is_asked_for_an_answer_but_for_the_notice(
    house: House, case: Case, referral: Referral
) -> None:
    issued = house.letters.issue(referral, ITEMS)
    house.referrals.delivered(referral)
    house.shelter.clock.pass_days(2)
    (consent,) = (one.consent for one in house.consents.of_case(case))
    house.consents.withdraw(consent)
    words = "Has Legal aid confirmed that the consent was taken back?"
    assert due(house) == (words, in_days(house, 14), DayPart.WAITING)
    for task in house.records.of(Task):
        house.write(task, state="done", done_at=house.vault.clock())
    house.shelter.clock.pass_days(15)
    assert due(house)[2] is DayPart.NOW
    house.referrals.recall(house.fresh(referral), WHY)
    house.letters.shredded(issued.letter, "they have confirmed and destroyed it")
    assert told(house) is None


@pytest.mark.parametrize("state", ["completed", "declined_by_provider", "expired"])
def test_what_is_over_is_not_read_at_all(house: House, referral: Referral, state: str) -> None:
    house.letters.issue(referral, ITEMS)
    house.write(referral, state=state)
    assert told(house) is None


def test_in_a_case_that_was_closed_an_open_letter_is_still_asked_about(
    house: House, case: Case, place: Organisation
) -> None:
    out = house.referrals.start(case, place.id, "legal_information", "normal", "advice")
    house.write(out, state="delivered")
    house.write(case, closed_on=house.today, state="closed")
    assert due(house)[0] == "Legal aid has not answered yet."


def test_what_is_usual_is_what_the_design_says_until_the_house_settles_it(
    house: House, referral: Referral
) -> None:
    assert asking_times(house.seat.settled) == AskingTimes(1, 14, 30, 3, 14)
    house.letters.issue(referral, ITEMS)
    house.put(Setting(name="carried_out_days", value="4"))
    house.seat.settled.forget()
    assert due(house)[1] == in_days(house, 4)
