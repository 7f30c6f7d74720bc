"""One verdict on both answers: what the window shows is what the door lets out, or says."""

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.i18n import use_language
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent.answers import Question
from shelterdesk.services.consent_law.grounds import NoConsent, NothingAgreed
from tests.services.disclosure.letter_house import house
from tests.services.house import CHILD, House, at

__all__ = ["house"]

ASSENT = "self_assent_under_18"
OFFICE = "the office of the district, three members: it is in her interest"
BOTH = ("case_code", "age_years")


@pytest.fixture
def place(house: House) -> Organisation:
    use_language("en")
    return house.place()


@pytest.fixture
def girl(house: House) -> Case:
    return house.woman(CHILD)


def guardian(house: House, case: Case, place: Organisation, *items: str, **v: Any) -> Consent:
    return house.ask(case, place, *items, actor="authority_in_loco_parentis", panel=OFFICE, **v)


def one(house: House, case: Case) -> Question:
    """Return the only question, after holding its verdict against what the door does."""
    (question,) = house.consents.questions(case)
    told = house.consents.verdict(case, question.organisation_id, question.person)
    assert (told.items, told.why) == (question.verdict.items, question.verdict.why)
    assert question.organisation_id
    place = house.records.get(Organisation, question.organisation_id)
    for item in BOTH:
        if item in told.items:
            house.tell(case, at(place), item)
            continue
        with pytest.raises(NoConsent) as refused:
            house.tell(case, at(place), item)
        assert bool(told.why) == isinstance(refused.value, NothingAgreed)
        if told.refusal:
            assert str(refused.value) == str(told.refusal)
    return question


def test_what_both_allow_is_one_row_with_both_answers(
    house: House, place: Organisation, girl: Case
) -> None:
    house.ask(girl, place, *BOTH, actor=ASSENT)
    guardian(house, girl, place, "case_code")
    row = one(house, girl)
    assert row.verdict.items == {"case_code"}
    assert row.verdict.why == ""
    assert row.hers is not None
    assert row.guardians is not None
    assert row.verdict.why_not("age_years") == "whoever answers for her has not agreed to this"
    assert row.verdict.why_not("legal_name") == "she has not agreed to this"


def test_after_she_took_hers_back_her_guardians_yes_lets_nothing_leave(
    house: House, place: Organisation, girl: Case
) -> None:
    hers = house.ask(girl, place, *BOTH, actor=ASSENT)
    guardian(house, girl, place, *BOTH)
    house.consents.withdraw(hers)
    row = one(house, girl)
    assert row.guardians is not None
    assert row.guardians.state == "given"
    assert row.verdict.items == frozenset()
    day = house.today
    assert row.verdict.why == f"she took it back on {day.day}/{day.month}/{day.year}"
    assert row.verdict.why_not("case_code") == row.verdict.why


@pytest.mark.parametrize(
    ("decision", "why"),
    [("refused", "she said no on"), ("deferred", "she is still thinking it over")],
)
def test_hers_is_said_before_her_guardians(
    house: House, place: Organisation, girl: Case, decision: str, why: str
) -> None:
    house.ask(girl, place, actor=ASSENT, decision=decision)
    guardian(house, girl, place, decision="refused")
    assert one(house, girl).verdict.why.startswith(why)


def test_who_was_not_asked_is_named(house: House, place: Organisation, girl: Case) -> None:
    house.ask(girl, place, "case_code", actor=ASSENT)
    assert one(house, girl).verdict.why == "whoever answers for her has not been asked"


def test_two_answers_with_nothing_in_common_let_nothing_leave(
    house: House, place: Organisation, girl: Case
) -> None:
    house.ask(girl, place, "case_code", actor=ASSENT)
    guardian(house, girl, place, "age_years")
    assert one(house, girl).verdict.why.startswith("she and whoever answers for her")


def test_an_older_answer_stands_among_the_earlier_ones(house: House, place: Organisation) -> None:
    case = house.woman()
    house.ask(case, place, *BOTH)
    house.ask(case, place, "case_code")
    row = one(house, case)
    assert [answer.state for answer in row.earlier] == ["superseded"]
    assert [answer.state for answer in row.answers] == ["given", "superseded"]
    assert row.verdict.items == {"case_code"}


def test_what_has_run_out_says_when(house: House, place: Organisation) -> None:
    case = house.woman()
    consent = house.ask(case, place, "case_code")
    assert consent.valid_until is not None
    house.shelter.clock.pass_days(91)
    last = consent.valid_until
    why = one(house, case).verdict.why
    assert why == f"her agreement ended on {last.day}/{last.month}/{last.year}"


def test_on_her_birthday_the_reason_is_her_age(house: House, place: Organisation) -> None:
    tomorrow = house.today + timedelta(days=1)
    case = house.woman(PartialDate.of(tomorrow.replace(year=tomorrow.year - 18)))
    house.ask(case, place, "case_code", actor=ASSENT)
    guardian(house, case, place, "case_code")
    house.shelter.clock.pass_days(1)
    assert one(house, case).verdict.why.startswith("her age is judged otherwise")


def test_a_changed_recipient_is_said_with_what_has_changed(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.ask(case, place, "case_code")
    house.records.change(place, {"phone": "020 5555 9999"})
    assert one(house, case).verdict.why.endswith("changed since she was asked: Telephone")


def test_a_question_about_the_house_needs_her_guardian_as_well(house: House, girl: Case) -> None:
    house.ask(girl, None, actor=ASSENT, purpose="medical_care")
    (row,) = house.consents.questions(girl)
    assert (row.shares, row.verdict.why) == (False, "whoever answers for her has not been asked")
    house.ask(girl, None, actor="authority_in_loco_parentis", panel=OFFICE, purpose="medical_care")
    (row,) = house.consents.questions(girl)
    assert row.verdict.why == ""
