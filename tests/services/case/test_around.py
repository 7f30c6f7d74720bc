"""Who stands around her is noted, corrected, and linked where she or he is in the records."""

import pytest

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.case.around import AlreadyAround, HerselfAround
from shelterdesk.services.desk import Desk
from tests.services.conftest import Sit

MOTHER = {"given_name": "ຄຳ"}


@pytest.fixture
def case(desk: Desk) -> Case:
    """A girl of whom the name is known."""
    return desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ແສງ"}})


def test_a_mother_is_noted_with_her_telephone(desk: Desk, case: Case) -> None:
    way = {"value": "020 5555 1234", "safe_to_call": "yes"}
    desk.around.note(case, MOTHER, {"relation": "mother"}, [way, {"value": None}])
    (near,) = desk.around.of(case)
    assert (near.person.shown, near.person.kind, near.relation.relation) == (
        "ຄຳ",
        "family",
        "mother",
    )
    assert [one.value for one in near.may_be_called] == ["020 5555 1234"]
    assert (near.is_known, near.is_ours) == (True, True)
    assert (
        desk.records.of(ContactPoint, person_id=case.person_id) == []
    )  # hers are not her mother's


def test_name_relation_and_telephone_are_corrected_together(desk: Desk, case: Case) -> None:
    desk.around.note(case, MOTHER, {"relation": "mother"}, [{"value": "020 5555 1234"}])
    (near,) = desk.around.of(case)
    changed = [
        (near.person, {"given_name": "ຄຳແພງ"}),
        (near.relation, {"relation": "aunt_uncle"}),
        (near.ways[0], {"safe_to_call": "no"}),
    ]
    desk.around.correct(near.relation, changed, [{"value": "021 123 456"}])
    (now,) = desk.around.of(case)
    assert (now.person.shown, now.relation.relation) == ("ຄຳແພງ", "aunt_uncle")
    assert [(w.value, w.safe_to_call) for w in now.ways] == [
        ("020 5555 1234", "no"),
        ("021 123 456", None),
    ]
    with pytest.raises(ChangedElsewhere):  # as it was read before
        desk.around.correct(near.relation, changed)
    assert desk.around.of(case)[0].person.shown == "ຄຳແພງ"


@pytest.mark.parametrize("flag", [{"involved": "suspected"}, {"safe_to_contact": "never"}])
def test_who_is_barred_is_never_safe_to_call_nor_offered(
    desk: Desk, case: Case, flag: dict[str, str]
) -> None:
    way = {"value": "020 5555 1234", "safe_to_call": "yes"}
    with pytest.raises(InvalidFields) as refused:
        desk.around.note(case, MOTHER, flag, [way])
    assert set(refused.value.problems) == {"safe_to_call"}
    assert desk.around.of(case) == []
    assert [one.kind for one in desk.records.of(Person)] == ["survivor"]
    desk.around.note(case, MOTHER, {"relation": "mother"}, [way])
    (near,) = desk.around.of(case)
    with pytest.raises(InvalidFields):
        desk.around.correct(near.relation, [(near.relation, flag)])
    desk.around.correct(
        near.relation, [(near.relation, flag), (near.ways[0], {"safe_to_call": "no"})]
    )
    assert desk.around.of(case)[0].may_be_called == []


def test_somebody_in_the_records_is_linked_once(desk: Desk, case: Case) -> None:
    sister = desk.cases.admit({"case": {"alias": "Lotus"}, "person": {"given_name": "ບົວ"}})
    desk.around.note(case, sister.person_id or "", {"relation": "brother_sister"})
    (near,) = desk.around.of(case)
    assert near.person.id == sister.person_id
    assert len(desk.records.of(Person)) == 2
    with pytest.raises(AlreadyAround):
        desk.around.note(case, sister.person_id or "", {"relation": "cousin"})
    with pytest.raises(HerselfAround):
        desk.around.note(case, case.person_id or "", {"relation": "cousin"})
    with pytest.raises(ChangedElsewhere):
        desk.around.note(case, "nobody", {"relation": "cousin"})


def test_nobody_is_linked_who_may_not_be_known(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    mine, theirs = at.setting("own"), at.setting("other")
    for stranger in (theirs.person, theirs.uncle):
        with pytest.raises(NotAllowed):
            at.desk.around.note(mine.case, stranger.id, {"relation": "cousin"})
        with pytest.raises(NotAllowed):
            at.desk.records.save(Relation(person_id=mine.person.id, other_id=stranger.id))
    mine_too = at.desk.records.get(Relation, mine.relation.id)
    with pytest.raises(NotAllowed):
        at.desk.records.change(mine_too, {"other_id": theirs.person.id})


def test_of_another_case_the_name_and_the_telephone_stay_closed(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    mine, theirs = at.setting("own"), at.setting("other")
    with at.vault.database.writing() as session:
        session.add(Relation(person_id=mine.person.id, other_id=theirs.person.id))
    known = {near.person.id: near for near in at.desk.around.of(mine.case)}
    near = known[theirs.person.id]
    assert (near.person.names, near.ways, near.is_known, near.is_ours) == ((), (), False, False)
    assert known[mine.uncle.id].is_ours
    with pytest.raises(NotAllowed):
        at.desk.around.correct(near.relation, [(near.person, {"given_name": "x"})])
    with pytest.raises(NotAllowed):
        at.desk.around.correct(near.relation, [], [{"value": "020 5555 9999"}])
    assert at.desk.records.of(ContactPoint, person_id=theirs.person.id) == []
