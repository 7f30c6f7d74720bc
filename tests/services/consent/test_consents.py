"""Consents: item by item, by the clock, by two sides for a child, and taken back at once."""

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.disclosed import Basis
from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS, ON_BY_DEFAULT
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.consent_law import asking
from tests.factories import Shelter, add_person
from tests.services.house import CHILD, House, at
from tests.services.settling import AN_ACT

ASSENT = "self_assent_under_18"
FOR_LIFE = Basis("vital_interest", reason="she has taken a box of pills")
OFFICE = "Ms Dao, District social welfare office"
PANEL = "Noy, Keo\nshe cannot go to anybody of her family"


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


def states(house: House, case: Any) -> list[str]:
    return [agreement.state for agreement in house.consents.of_case(case)]


def test_only_what_was_allowed_is_in_force_and_only_for_this_recipient(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.ask(case, place, "legal_name", no=("age_years",))
    (found,) = house.consents.of_case(case)
    assert [found.items, found.refused] == [{"legal_name"}, {"age_years"}]
    assert (found.state, found.recipient) == ("given", "Legal aid")
    assert house.consents.in_force(case, place.id) == {"legal_name"}
    assert house.consents.in_force(case, house.place("Other").id) == frozenset()
    assert house.consents.in_force(house.woman(), place.id) == frozenset()


def test_a_consent_to_a_person_is_for_that_person(house: House) -> None:
    case = house.woman()
    house.ask(case, None, "need_requested", recipient_person="ທ້າວ ຄຳ")
    assert house.consents.in_force(case, None, "ທ້າວ ຄຳ") == {"need_requested"}
    assert house.consents.in_force(case, None, "ທ້າວ ແກ້ວ") == frozenset()
    assert house.consents.in_force(case, None, "") == frozenset()


def test_a_consent_ends_on_its_day_and_after_ninety_without_one(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    consent = house.ask(case, place, "legal_name")
    assert consent.valid_until == house.today + timedelta(days=90)
    house.shelter.clock.pass_days(90)
    assert states(house, case) == ["given"]
    house.shelter.clock.pass_days(1)
    assert states(house, case) == ["expired"]
    assert house.consents.in_force(case, place.id) == frozenset()


def test_a_newer_decision_takes_the_place_of_the_older_even_when_it_is_a_refusal(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.ask(case, place, "legal_name")
    newer = house.ask(case, place, decision="refused")
    assert states(house, case) == ["refused", "superseded"]
    assert house.consents.in_force(case, place.id) == frozenset()
    house.consents.withdraw(newer)
    assert states(house, case) == ["withdrawn", "superseded"]
    assert house.consents.in_force(case, place.id) == frozenset()


def test_a_decision_put_off_is_kept_and_allows_nothing(house: House, place: Organisation) -> None:
    case = house.woman()
    house.ask(case, place, "legal_name", decision="deferred")
    (found,) = house.consents.of_case(case)
    assert (found.state, found.items) == ("deferred", frozenset())


def test_a_child_needs_both_sides_and_only_what_both_allow_may_leave(
    house: House, place: Organisation
) -> None:
    case = house.woman(CHILD)
    mother = house.relative(case, "Mali", relation="mother", is_guardian="yes")
    house.ask(case, place, "legal_name", "age_years", actor=ASSENT)
    assert house.consents.in_force(case, place.id) == frozenset()
    hers: dict[str, Any] = {"actor": "parent", "actor_person_id": mother.id}
    guardian = house.ask(case, place, "age_years", "legal_matter", **hers)
    assert house.consents.in_force(case, place.id) == {"age_years"}
    house.consents.withdraw(guardian)
    assert house.consents.in_force(case, place.id) == frozenset()


def test_a_refusal_by_the_child_is_nothing(house: House, place: Organisation) -> None:
    case = house.woman(CHILD)
    house.ask(case, place, "legal_name", actor="authority_in_loco_parentis", panel=OFFICE)
    house.ask(case, place, decision="refused", actor=ASSENT)
    assert house.consents.in_force(case, place.id) == frozenset()


@pytest.mark.parametrize("born", [None, PartialDate(2008)])
def test_whose_age_is_uncertain_is_protected_as_a_child(
    house: House, place: Organisation, born: PartialDate | None
) -> None:
    case = house.woman(born)
    with pytest.raises(asking.WrongDecider):
        house.ask(case, place, "legal_name")
    assert house.consents.is_child(case)


def test_treated_as_a_child_she_is_one(house: House, place: Organisation) -> None:
    case = house.woman(treat_as_child="yes")
    with pytest.raises(asking.WrongDecider):
        house.ask(case, place, "legal_name")


def test_on_the_day_she_turns_18_both_parts_end_and_hers_is_asked_anew(
    house: House, place: Organisation
) -> None:
    tomorrow = house.today + timedelta(days=1)
    case = house.woman(PartialDate.of(tomorrow.replace(year=tomorrow.year - 18)))
    house.ask(case, place, "legal_name", actor=ASSENT)
    house.ask(case, place, "legal_name", actor="authority_in_loco_parentis", panel=OFFICE)
    assert house.consents.in_force(case, place.id) == {"legal_name"}
    house.shelter.clock.pass_days(1)
    assert house.consents.in_force(case, place.id) == frozenset()
    assert states(house, case) == ["expired", "expired"]
    house.ask(case, place, "age_years")
    assert house.consents.in_force(case, place.id) == {"age_years"}


@pytest.mark.parametrize(
    "flag", [{"involved": "yes"}, {"involved": "suspected"}, {"safe_to_contact": "never"}]
)
def test_a_guardian_who_is_flagged_cannot_decide_now_nor_later(
    house: House, place: Organisation, flag: dict[str, str]
) -> None:
    case = house.woman(CHILD)
    uncle = house.relative(case, "Somchit", relation="aunt_uncle", **flag)
    by: dict[str, Any] = {"actor": "legal_guardian", "actor_person_id": uncle.id}
    with pytest.raises(asking.InvolvedGuardian):
        house.ask(case, place, "legal_name", **by)
    aunt = house.relative(case, "Bounmy", relation="aunt_uncle", is_guardian="yes")
    house.ask(case, place, "legal_name", actor=ASSENT)
    house.ask(case, place, "legal_name", **(by | {"actor_person_id": aunt.id}))
    assert house.consents.in_force(case, place.id) == {"legal_name"}
    house.put(Relation(person_id=case.person_id, other_id=aunt.id, **flag))
    assert house.consents.in_force(case, place.id) == frozenset()


def test_the_accused_and_strangers_cannot_be_guardians(house: House, place: Organisation) -> None:
    case = house.woman(CHILD)
    accused = house.relative(case, "Kong", kind="alleged_perpetrator")
    stranger = house.relative(house.woman(), "Dao")
    by: dict[str, Any] = {"actor": "legal_guardian"}
    with pytest.raises(asking.InvolvedGuardian):
        house.ask(case, place, "legal_name", actor_person_id=accused.id, **by)
    for somebody in (stranger.id, None):
        with pytest.raises(asking.UnnamedGuardian):
            house.ask(case, place, "legal_name", actor_person_id=somebody, **by)


@pytest.mark.parametrize(
    "panel", ["", "Noy, Keo", "Noy\nher family is not safe for her", "Noy, Keo\nno"]
)
def test_a_panel_needs_members_and_reasons(house: House, place: Organisation, panel: str) -> None:
    case = house.woman(CHILD)
    with pytest.raises(asking.PanelUnnamed):
        house.ask(case, place, "legal_name", actor="best_interest_panel", panel=panel)
    house.ask(case, place, "legal_name", actor="best_interest_panel", panel=PANEL)
    house.ask(case, place, "legal_name", actor=ASSENT)
    assert house.consents.in_force(case, place.id) == {"legal_name"}


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"language": None}, asking.Unexplained),
        ({"explained_by_id": None}, asking.Unexplained),
        ({"organisation_id": None}, asking.NoRecipient),
        ({"recipient_person": "Kham"}, asking.NoRecipient),
        ({"decision": "expired"}, asking.WrongDecision),
        ({"actor": "legal_guardian"}, asking.WrongDecider),
    ],
)
def test_what_is_no_consent_is_refused_and_leaves_nothing(
    house: House, place: Organisation, values: dict[str, Any], refusal: type[DeskError]
) -> None:
    case = house.woman()
    with pytest.raises(refusal):
        house.ask(case, place, "legal_name", **values)
    assert house.consents.of_case(case) == []


def test_an_item_that_is_not_in_the_list_is_refused(house: House, place: Organisation) -> None:
    with pytest.raises(asking.UnknownItem, match="whole_file"):
        house.ask(house.woman(), place, "whole_file")


@pytest.mark.parametrize("days", [(1, 5), (0, -1)])
def test_dates_that_cannot_be_are_refused(
    house: House, place: Organisation, days: tuple[int, int]
) -> None:
    begin, end = (house.today + timedelta(days=number) for number in days)
    with pytest.raises(asking.WrongDates):
        house.ask(house.woman(), place, "legal_name", valid_from=begin, valid_until=end)


def test_an_emergency_needs_no_explaining_lasts_three_days_and_never_opens_the_door(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    made: dict[str, Any] = {
        "form": "emergency_vital_interest",
        "language": None,
        "explained_by_id": None,
    }
    consent = house.ask(case, place, "legal_name", **made)
    assert consent.valid_until == house.today + timedelta(days=3)
    assert house.consents.in_force(case, place.id) == frozenset()
    house.ask(case, place, "legal_name", form="emergency_vital_interest")
    assert house.consents.in_force(case, place.id) == frozenset()


def test_a_consent_that_was_never_explained_does_not_count_however_it_came_in(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    consent = house.ask(case, place, "legal_name")
    with house.vault.database.writing() as session:  # as an import or an older version would
        session.get_one(Consent, consent.id).language = None
    assert house.consents.in_force(case, place.id) == frozenset()


def test_offered_are_the_preset_items_and_only_two_are_ticked(house: House) -> None:
    offered = dict(house.consents.offered(house.place(target="hospital_central")))
    assert {item for item, is_on in offered.items() if is_on} == set(ON_BY_DEFAULT)
    assert "health_reason" in offered
    assert "exploitation_summary" not in offered
    legal = dict(house.consents.offered(house.place(target="legal_aid_moj")))
    assert legal["safe_contact"] is False
    assert not {item for item, is_on in legal.items() if is_on} & ADDRESS_ITEMS


def test_more_than_usual_needs_a_director_and_a_reason(shelter: Shelter) -> None:
    house = House(shelter)
    director = house.colleague("Dara", Role.DIRECTOR)
    helping = house.colleague("Mone", Role.COUNSELLOR)
    place = house.place()
    passphrase = add_person(shelter.vault, "Keo", Role.COUNSELLOR)
    with pytest.raises(asking.AboveCeiling):
        house.ask(house.woman(), place, "sex", reason="no")
    house.ask(house.woman(), place, "sex")  # the director herself is at the desk
    shelter.vault.lock()
    mine = House(shelter, shelter.unlock("Keo", passphrase))
    director.house = helping.house = mine
    case = mine.woman()
    with pytest.raises(asking.AboveCeiling):
        mine.ask(case, place, "sex")
    wanted = mine.act_above(case, place, "sex")
    with pytest.raises(asking.AboveCeiling):
        mine.ask(case, place, "sex", second=helping.signs(wanted))
    with pytest.raises(NoApproval):
        mine.ask(case, place, "sex", second=director.signs(AN_ACT))
    mine.ask(case, place, "sex", second=director.signs(wanted))
    assert mine.consents.in_force(case, place.id) == {"sex"}
    mine.ask(case, place, "age_years", reason="")


def test_old_consents_do_not_revive_when_a_case_is_opened_again(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    house.ask(case, place, "legal_name", valid_until=house.today + timedelta(days=300))
    closed = house.records.change(case, {"state": "closed", "closed_on": house.today})
    assert house.consents.in_force(closed, place.id) == frozenset()
    house.shelter.clock.pass_days(20)
    with house.vault.database.writing() as session:
        row = session.get(type(case), case.id)
        assert row
        row.closed_on, row.state = None, "reopened_to_assessment"
    assert house.consents.in_force(case, place.id) == frozenset()
    assert states(house, case) == ["expired"]
    before = house.today - timedelta(days=1)
    house.ask(case, place, "legal_name", valid_from=before)
    assert house.consents.in_force(case, place.id) == frozenset()
    house.ask(case, place, "legal_name")
    assert house.consents.in_force(case, place.id) == {"legal_name"}


def sent(house: House, case: Any, place: Organisation, state: str, **facts: Any) -> Referral:
    made = house.referrals.start(case, place.id, "legal_aid", "normal", "advice")
    return house.write(made, state=state, **facts)


def test_withdrawal_stops_what_is_under_way_and_tells_whoever_knows(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    consent = house.ask(case, place, "case_code")
    draft, printed = sent(house, case, place, "ready"), sent(house, case, place, "issued", copies=1)
    gone, over = sent(house, case, place, "accepted"), sent(house, case, place, "recalled")
    elsewhere = sent(house, case, house.place("Other"), "ready")
    left = house.tell(case, at(house.place("Unrelated")), "case_code", basis=FOR_LIFE)
    effects = house.consents.withdraw(consent, "said so at breakfast")
    assert {r.id for r in effects.referrals_stopped} == {draft.id, printed.id}
    assert {house.fresh(r).state for r in (draft, printed)} == {"consent_withdrawn"}
    assert [house.fresh(r).state for r in (gone, over, elsewhere)] == [
        "accepted",
        "recalled",
        "ready",
    ]
    (paper,), (notice,) = effects.papers_due, effects.notices_due
    assert (paper.referral_id, notice.referral_id) == (printed.id, gone.id)
    assert "shred" in paper.title_text
    assert (paper.due_on, paper.state) == (house.today + timedelta(days=1), "open")
    assert effects.withdrawal.how == "said so at breakfast"
    assert house.consents.in_force(case, place.id) == frozenset()
    assert len(house.disclosures.of_case(case)) == 1
    assert left.items


def test_who_was_told_by_telephone_is_told_of_the_withdrawal(
    house: House, place: Organisation
) -> None:
    case = house.woman()
    consent = house.ask(case, place, "case_code")
    house.tell(case, at(place), "case_code", medium="phone")
    effects = house.consents.withdraw(consent)
    (notice,) = effects.notices_due
    assert effects.to_tell == ("Legal aid",)
    assert "Legal aid" not in notice.title_text


def test_withdrawing_works_in_a_closed_case(house: House, place: Organisation) -> None:
    case = house.woman()
    consent = house.ask(case, place, "case_code")
    house.records.change(case, {"closed_on": house.today})
    house.consents.withdraw(consent)
    assert states(house, case) == ["withdrawn"]
    with pytest.raises(NotAllowed):
        house.ask(case, place, "case_code")


def test_a_counsellor_sees_and_asks_in_her_own_cases_only(shelter: Shelter) -> None:
    director = House(shelter)
    case, place = director.woman(), director.place()
    consent = director.ask(case, place, "case_code")
    passphrase = add_person(shelter.vault, "Keo", Role.COUNSELLOR)
    shelter.vault.lock()
    house = House(shelter, shelter.unlock("Keo", passphrase))
    asked = (
        lambda: house.consents.of_case(case),
        lambda: house.consents.in_force(case, place.id),
        lambda: house.ask(case, place, "case_code"),
        lambda: house.consents.withdraw(consent),
    )
    for question in asked:
        with pytest.raises(NotAllowed):
            question()
