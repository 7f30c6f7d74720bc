"""Which answer is the newer is told by the log; what is past stays past, whatever is shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shelterdesk.core.disclosed import Basis
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.announcements import STANDS, WAITS
from shelterdesk.services.access.approvals import GOOD_FOR, HER_OWN_AFTER, NoApproval, NotHerOwnYet
from shelterdesk.services.access.house_time import ClockMoved
from shelterdesk.services.access.lasting import may_change
from shelterdesk.services.consent_law.grounds import NoConsent
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.letters_rules import StoppedBefore
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.log.audit import TURNED
from tests.factories import Shelter, add_person
from tests.services.disclosure.letter_house import ITEMS, case, house, place, referral
from tests.services.house import CHILD, House, at
from tests.services.settling import AN_ACT, lock_for_what

__all__ = ["case", "house", "place", "referral"]

AHEAD = [0.2, 1, 30, 20_000]
"""Days by which a clock stood ahead, from some hours to fifty years."""


def put_right(house: House, days: float) -> None:
    """Put the clock back, and write something, as every page does."""
    house.shelter.clock.pass_days(-days)
    house.put(CaseNote(case_id=house.woman().id, text="a line after it"))


def states(house: House, case: Case) -> list[str]:
    return [one.state for one in house.consents.of_case(case)]


def may_leave(house: House, case: Case, place: Organisation) -> bool:
    return bool(house.consents.in_force(case, place.id))


ANSWERS: dict[str, Callable[[House, Case, Organisation], Any]] = {
    "refused": lambda house, case, place: house.ask(case, place, decision="refused"),
    "deferred": lambda house, case, place: house.ask(case, place, decision="deferred"),
    "withdrawn": lambda house, case, _place: house.consents.withdraw(
        house.consents.of_case(case)[0].consent
    ),
}


@pytest.mark.parametrize("days", AHEAD)
@pytest.mark.parametrize("answer", ANSWERS)
def test_her_no_stands_although_the_yes_has_a_later_date(
    house: House, case: Case, place: Organisation, answer: str, days: float
) -> None:
    house.shelter.clock.pass_days(days)
    house.ask(case, place, "case_code")
    put_right(house, days)
    ANSWERS[answer](house, case, place)
    assert states(house, case)[0] == answer
    for _month in range(4):
        assert not may_leave(house, case, place)
        with pytest.raises(NoConsent):
            house.tell(case, at(place), "case_code")
        house.shelter.clock.pass_days(min(days, 30) or 1)


@pytest.mark.parametrize("days", AHEAD)
def test_her_yes_after_a_no_that_has_a_later_date_counts(
    house: House, case: Case, place: Organisation, days: float
) -> None:
    house.shelter.clock.pass_days(days)
    house.ask(case, place, decision="refused")
    put_right(house, days)
    house.ask(case, place, "case_code")
    assert states(house, case) == ["given", "superseded"]
    assert may_leave(house, case, place)


def test_the_guardians_no_stands_as_hers_does(house: House, place: Organisation) -> None:
    girl = house.woman(CHILD)
    mother = house.relative(girl, "Mae", relation="mother")
    hers: dict[str, Any] = {"actor": "self_assent_under_18"}
    guardian: dict[str, Any] = {"actor": "parent", "actor_person_id": mother.id}
    house.ask(girl, place, "case_code", **hers)
    house.shelter.clock.pass_days(30)
    house.ask(girl, place, "case_code", **guardian)
    put_right(house, 30)
    house.ask(girl, place, decision="refused", **guardian)
    house.shelter.clock.pass_days(45)
    assert not may_leave(house, girl, place)


@pytest.mark.parametrize("days", AHEAD)
def test_what_lay_in_the_future_does_not_begin_by_itself(
    house: House, case: Case, place: Organisation, days: float
) -> None:
    house.shelter.clock.pass_days(days)
    house.ask(case, place, "case_code")
    assert may_leave(house, case, place)
    put_right(house, days)
    crossed = house.consents.of_case(case)[0].consent.valid_from > house.today
    house.shelter.clock.pass_days(days + 1)
    assert may_leave(house, case, place) != crossed
    assert crossed or days < 1


def test_an_expired_consent_does_not_live_again(
    house: House, case: Case, place: Organisation
) -> None:
    house.ask(case, place, "case_code")
    house.shelter.clock.pass_days(91)
    assert not may_leave(house, case, place)
    put_right(house, 60)
    assert states(house, case) == ["expired"]
    assert not may_leave(house, case, place)


def test_a_sentence_that_has_ended_is_not_told_again(house: House, case: Case) -> None:
    house.releases.release(case, "plan_summary", "She looks for work as a weaver.")
    assert "plan_summary" in house.disclosures.available(case)
    house.shelter.clock.pass_days(91)
    assert "plan_summary" not in house.disclosures.available(case)
    put_right(house, 60)
    assert "plan_summary" not in house.disclosures.available(case)


def test_the_sentence_released_last_is_told(house: House, case: Case, place: Organisation) -> None:
    house.ask(case, place, "plan_summary", second=None)
    house.shelter.clock.pass_days(10)
    house.releases.release(case, "plan_summary", "The plan of the wrong day.")
    put_right(house, 10)
    house.releases.release(case, "plan_summary", "The plan of now.")
    assert house.tell(case, at(place), "plan_summary").items[0].text == "The plan of now."


def test_closing_and_opening_again_ends_consents_whatever_the_clock(
    house: House, case: Case, place: Organisation
) -> None:
    house.shelter.clock.pass_days(30)
    house.ask(case, place, "case_code")
    put_right(house, 30)
    house.write(case, closed_on=house.today)
    house.write(case, closed_on=None)
    house.shelter.clock.pass_days(40)
    assert not may_leave(house, case, place)
    house.ask(case, place, "case_code")
    assert may_leave(house, case, place)


def test_closing_while_the_clock_was_ahead_does_not_end_what_she_agrees_to_later(
    house: House, case: Case, place: Organisation
) -> None:
    house.shelter.clock.pass_days(30)
    house.write(case, closed_on=house.today)
    house.write(case, closed_on=None)
    put_right(house, 30)
    house.ask(case, place, "case_code")
    assert may_leave(house, case, place)


def test_a_withdrawal_with_a_later_date_stops_a_delivery_of_now(
    house: House, case: Case, referral: Referral
) -> None:
    house.letters.issue(referral, ITEMS)
    house.shelter.clock.pass_days(30)
    house.consents.withdraw(house.consents.of_case(case)[0].consent)
    put_right(house, 30)
    house.shelter.clock.now += timedelta(hours=1)
    with pytest.raises(StoppedBefore):
        house.referrals.delivered(referral, at=house.vault.clock())


def test_a_letter_printed_while_the_clock_was_ahead_can_be_delivered(
    house: House, referral: Referral
) -> None:
    house.shelter.clock.pass_days(5)
    house.letters.issue(referral, ITEMS)
    put_right(house, 5)
    house.shelter.clock.now += timedelta(hours=1)
    assert house.referrals.delivered(referral).state == "delivered"


def test_a_note_stays_closed_when_the_clock_is_put_back(house: House, case: Case) -> None:
    note = house.records.save(CaseNote(case_id=case.id, text="as it was"))
    assert may_change(house.seat, note)
    house.shelter.clock.pass_days(2)
    assert not may_change(house.seat, note)
    put_right(house, 1.9)
    assert not may_change(house.seat, note)


# -- second signatures and waits ------------------------------------------------------------------


def signs(house: House, name: str, passphrase: str) -> bool:
    given = house.seat.approvals.sign(name, passphrase, AN_ACT)
    return house.seat.approvals.use(given, AN_ACT) is given


def test_a_signature_is_not_kept_fresh_by_putting_the_clock_back(house: House) -> None:
    passphrase = add_person(house.vault, "Dao", Role.COUNSELLOR)
    assert signs(house, "Dao", passphrase)
    given = house.seat.approvals.sign("Dao", passphrase, AN_ACT)
    house.shelter.clock.now -= timedelta(hours=5)
    with pytest.raises(NoApproval):
        house.seat.approvals.use(given, AN_ACT)


def test_a_signature_ages_by_ticks_as_well(house: House, monkeypatch: Any) -> None:
    passphrase = add_person(house.vault, "Dao", Role.COUNSELLOR)
    ticks = [0.0]
    monkeypatch.setattr(house.seat.approvals, "_ticking", lambda: ticks[0])
    given = house.seat.approvals.sign("Dao", passphrase, AN_ACT)
    ticks[0] = GOOD_FOR.total_seconds() + 1
    with pytest.raises(NoApproval):
        house.seat.approvals.use(given, AN_ACT)


def test_a_clock_put_back_to_the_founding_day_makes_nobody_sign_at_once(house: House) -> None:
    house.shelter.clock.pass_days(7)
    house.put(CaseNote(case_id=house.woman().id, text="a week later"))
    house.shelter.clock.pass_days(-7)
    passphrase = add_person(house.vault, "Ghost", Role.DIRECTOR)
    with pytest.raises(NotHerOwnYet):
        signs(house, "Ghost", passphrase)


def test_who_was_let_in_while_the_clock_was_ahead_signs_a_day_after_it_was_put_right(
    house: House,
) -> None:
    house.shelter.clock.pass_days(9_000)
    passphrase = add_person(house.vault, "Dao", Role.COUNSELLOR)
    put_right(house, 8_990)
    with pytest.raises(NotHerOwnYet):
        signs(house, "Dao", passphrase)
    house.shelter.clock.now += HER_OWN_AFTER + timedelta(minutes=1)
    assert signs(house, "Dao", passphrase)


def test_the_newest_reset_counts_and_not_the_one_with_the_latest_date(house: House) -> None:
    passphrase = add_person(house.vault, "Dao", Role.COUNSELLOR)
    house.shelter.clock.pass_days(30)
    keyholding.reset_passphrase(house.vault, "Dao", f"{passphrase} again")
    put_right(house, 20)
    house.shelter.clock.now += HER_OWN_AFTER - timedelta(hours=1)
    with pytest.raises(NotHerOwnYet):
        signs(house, "Dao", f"{passphrase} again")


def test_an_announced_act_waits_its_day_after_the_clock_was_put_right(
    desk: Desk, shelter: Shelter
) -> None:
    act = lock_for_what(desk, 15)
    shelter.clock.pass_days(400)
    desk.waiting.announce(act)
    shelter.clock.pass_days(-400)
    desk.tasks.add("a line after it")
    assert desk.waiting.waited(act) is None
    shelter.clock.now += WAITS + timedelta(minutes=1)
    assert desk.waiting.waited(act) is not None


def test_an_act_that_was_not_done_in_time_does_not_wait_again(desk: Desk, shelter: Shelter) -> None:
    act = lock_for_what(desk, 15)
    desk.waiting.announce(act)
    shelter.clock.now += WAITS + STANDS + timedelta(hours=1)
    desk.tasks.add("a line after it")
    shelter.clock.now -= STANDS
    desk.tasks.add("and one before")
    assert desk.waiting.waited(act) is None
    assert desk.waiting.all() == []


# -- the log and the door -------------------------------------------------------------------------


def turned(house: House) -> int:
    wanted = select(AuditEvent).where(AuditEvent.action == TURNED)
    with house.vault.database.reading() as session:
        return len(session.scalars(wanted).all())


def test_the_log_says_once_that_the_clock_was_put_back(house: House, case: Case) -> None:
    assert turned(house) == 0
    house.shelter.clock.pass_days(-3)
    for text in ("one", "two"):
        house.put(CaseNote(case_id=case.id, text=text))
    assert turned(house) == 1
    house.shelter.clock.pass_days(3)
    house.put(CaseNote(case_id=case.id, text="three"))
    assert turned(house) == 1


def test_the_door_is_shut_while_the_clock_stands_before_the_log(
    house: House, case: Case, place: Organisation
) -> None:
    house.ask(case, place, "case_code")
    house.shelter.clock.pass_days(-1)
    with pytest.raises(ClockMoved):
        house.tell(case, at(place), "case_code")
    basis = Basis("vital_interest", reason="she is bleeding and cannot be asked")
    assert house.tell(case, at(place), "case_code", basis=basis, medium="phone").items


def test_a_buddhist_year_shuts_the_door(house: House, case: Case, place: Organisation) -> None:
    house.ask(case, place, "case_code")
    house.shelter.clock.now = house.shelter.clock.now.replace(year=2569)
    with pytest.raises(ClockMoved):
        house.tell(case, at(place), "case_code")
