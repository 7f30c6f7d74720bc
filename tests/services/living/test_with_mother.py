"""A mother leaves: her child goes with her, or stays where a director signs."""

import pytest
from sqlalchemy import select

from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.with_child import ChildLivesHere
from shelterdesk.services.case.with_children import WhyStays
from shelterdesk.services.consent_law.around_her import is_child
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, CHILD, lives_here

TOLD = "Her child {} lives here too: goes with her, or stays (a director signs)."
WHY = "her aunt comes for the child on Friday"


@pytest.fixture
def mother(desk: Desk) -> Case:
    return lives_here(desk, "Dok", ADULT)


@pytest.fixture
def child(desk: Desk, mother: Case) -> Case:
    made = lives_here(desk, "Noy", CHILD)
    facts = {"population": "came_along", "with_case_id": mother.id}
    return desk.records.change(desk.cases.get(made.id), facts)


def stay_of(desk: Desk, case: Case) -> Stay:
    return desk.residence.stays_of(case)[-1]


def here(desk: Desk) -> set[str]:
    return {one.alias for one in desk.residence.in_house()}


def by_leaving(desk: Desk, case: Case) -> object:
    return desk.residence.leave(stay_of(desk, case), "returned_to_family")


def by_her_decision(desk: Desk, case: Case) -> object:
    return desk.leave.left_for_good(case.id)


def by_saving(desk: Desk, case: Case) -> object:
    ending = {"state": "exited", "left_at": desk.now()}
    return desk.records.change(stay_of(desk, case), ending)


def by_closing(desk: Desk, case: Case) -> object:
    return desk.cases.close(case, "other", left={"exit_type": "died"})


@pytest.mark.parametrize("way", [by_leaving, by_her_decision, by_saving, by_closing])
@pytest.mark.usefixtures("child")
def test_whichever_way_she_leaves_her_child_is_asked_about(
    desk: Desk, mother: Case, child: Case, way: object
) -> None:
    with pytest.raises(ChildLivesHere) as stopped:
        way(desk, mother)  # type: ignore[operator]
    assert str(stopped.value) == TOLD.format(child.shown)
    assert here(desk) == {"Dok", "Noy"}


def test_both_go_at_one_moment(desk: Desk, mother: Case, child: Case) -> None:
    at = desk.now()
    said = {"children": {child.id: "goes"}}
    desk.residence.leave(stay_of(desk, mother), "returned_to_family", at, children=said)
    assert [stay_of(desk, one).left_at for one in (mother, child)] == [at, at]
    assert here(desk) == set()


def test_that_it_stays_is_signed_with_a_reason_that_is_sealed(
    desk: Desk, mother: Case, child: Case
) -> None:
    stay = stay_of(desk, mother)
    said: dict[str, object] = {"children": {child.id: "stays"}}
    with pytest.raises(WhyStays):
        desk.residence.leave(stay, "returned_to_family", children=said)
    desk.residence.leave(stay, "returned_to_family", children=said | {"why_stays": WHY})
    assert here(desk) == {"Noy"}
    with desk.seat.vault.database.reading() as session:
        wanted = select(AuditEvent).where(AuditEvent.action == "signed for a child")
        [line] = session.scalars(wanted)
        assert line.record_id == stay_of(desk, child).id
        assert WHY not in str(line.fields)


def test_a_house_mother_does_not_sign_it(desk: Desk, shelter: Shelter, mother: Case) -> None:
    words = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    made = lives_here(desk, "Noy", CHILD)
    desk.records.change(desk.cases.get(made.id), {"with_case_id": mother.id})
    desk.lock()
    hers = Desk(shelter.unlock("Pa", words))
    said: dict[str, object] = {"children": {made.id: "stays"}, "why_stays": WHY}
    with pytest.raises(ChildLivesHere):
        hers.residence.leave(stay_of(hers, mother), "returned_to_family", children=said)
    said = {"children": {made.id: "goes"}}
    hers.residence.leave(stay_of(hers, mother), "returned_to_family", children=said)
    assert here(hers) == set()
    hers.lock()


def test_nobody_goes_with_one_who_has_died(desk: Desk, mother: Case, child: Case) -> None:
    goes, stays = ({"children": {child.id: what}, "why_stays": WHY} for what in ("goes", "stays"))
    with pytest.raises(ChildLivesHere):
        desk.residence.leave(stay_of(desk, mother), "died", children=goes)
    desk.cases.close(mother, "other", left={"exit_type": "died"} | stays)
    assert here(desk) == {"Noy"}


def test_a_child_that_has_left_is_not_asked_about(desk: Desk, mother: Case, child: Case) -> None:
    desk.residence.leave(stay_of(desk, child), "returned_to_family")
    desk.residence.leave(stay_of(desk, mother), "returned_to_family")
    assert here(desk) == set()


def test_a_minor_mother_and_her_child_both_have_guardian_questions(desk: Desk) -> None:
    """Each is protected as a child by her own age: nothing of the mother passes to the other."""
    mother, child = lives_here(desk, "Dok", CHILD), lives_here(desk, "Noy", CHILD)
    desk.records.change(desk.cases.get(child.id), {"with_case_id": mother.id})
    with desk.seat.vault.database.reading() as session:
        cases = [session.get_one(Case, one.id) for one in (mother, child)]
        assert [is_child(session, one, desk.today()) for one in cases] == [True, True]
