"""Nobody comes to sleep beside a child, or beside one she is kept apart from, by a way around."""

from typing import Any

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.beds import Bed, Bedroom, BedStay
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from shelterdesk.services.house import stops
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, CHILD, lives_here, room_with, where

WHY = "there is no other bed in the house tonight"


def is_to(desk: Desk, child: Case, other: Case, **facts: Any) -> None:
    """Write down what somebody is to a child."""
    line = Relation(person_id=child.person_id, other_id=other.person_id, **facts)
    desk.records.save(line)


@pytest.fixture
def beds(desk: Desk) -> list[Bed]:
    """Three beds of a room of children, and two of one for women."""
    ours = room_with(desk, "1", "2", "3", for_whom="children")
    return ours + room_with(desk, "4", "5", name="Upper")


@pytest.fixture
def girl(desk: Desk, beds: list[Bed]) -> Case:
    girl = lives_here(desk, "Dok", CHILD)
    desk.beds.move(girl.id, beds[0].id)
    return girl


def test_a_bed_takes_nobody_into_a_room_of_children(
    desk: Desk, girl: Case, beds: list[Bed]
) -> None:
    woman, mother = lives_here(desk, "Bua", ADULT), lives_here(desk, "Noy", ADULT)
    is_to(desk, girl, mother, relation="mother")
    desk.beds.move(woman.id, beds[3].id)
    desk.beds.move(mother.id, beds[4].id)
    with pytest.raises(stops.SomebodySleepsHere):
        desk.beds.change_bed(beds[3], {"room_id": beds[0].room_id})
    moved = desk.beds.change_bed(beds[4], {"room_id": beds[0].room_id})
    assert moved.room_id == beds[0].room_id
    assert desk.records.get(Bed, beds[3].id).room_id != beds[0].room_id


@pytest.mark.parametrize("for_whom", sorted(stops.CHILDREN))
def test_a_room_does_not_become_one_of_children_around_a_grown_up(
    desk: Desk, beds: list[Bed], for_whom: str
) -> None:
    room, woman = desk.records.get(Bedroom, beds[3].room_id), lives_here(desk, "Bua", ADULT)
    desk.beds.move(woman.id, beds[3].id)
    with pytest.raises(stops.SomebodySleepsHere):
        desk.beds.change_room(room, {"for_whom": for_whom})
    with pytest.raises(NotAllowed):
        desk.records.change(room, {"for_whom": for_whom})
    desk.beds.move(woman.id, desk.beds.add_bed(_mat(desk)).id)
    assert desk.beds.change_room(room, {"for_whom": for_whom}).for_whom == for_whom
    with pytest.raises(stops.ForChildren):
        desk.beds.move(woman.id, beds[3].id)


def _mat(desk: Desk) -> dict[str, str]:
    room = desk.beds.add_room({"name": "Hall"})
    return {"code": "M1", "room_id": room.id, "kind": "adult", "extra": "yes"}


@pytest.mark.parametrize(
    "line", [{"involved": "yes"}, {"involved": "suspected"}, {"safe_to_contact": "never"}]
)
@pytest.mark.parametrize("way", ["to her", "to another child there", "the other way round"])
def test_who_is_kept_apart_is_put_into_no_room_together(
    desk: Desk, girl: Case, beds: list[Bed], line: dict[str, str], way: str
) -> None:
    mother, second = lives_here(desk, "Noy", ADULT), lives_here(desk, "Bua", CHILD)
    is_to(desk, girl, mother, relation="mother")
    desk.beds.move(second.id, beds[1].id)
    desk.beds.move(mother.id, beds[2].id)
    desk.beds.move(mother.id, beds[4].id)
    pairs = {
        "to her": (girl, mother),
        "to another child there": (second, mother),
        "the other way round": (mother, second),
    }
    of, other = pairs[way]
    is_to(desk, of, other, **line)
    with pytest.raises(stops.ApartWithReason):
        desk.beds.move(mother.id, beds[2].id)
    with pytest.raises(stops.SomebodySleepsHere):
        desk.beds.change_bed(beds[4], {"room_id": beds[0].room_id})
    desk.beds.move(mother.id, beds[2].id, reason=WHY)
    assert where(desk)["Noy"] == "3"
    with desk.beds._vault.database.reading() as session:
        told = [line.action for line in session.query(AuditEvent)]
    assert told.count("signed for a room") == 1


def test_in_any_room_two_are_kept_apart(desk: Desk, beds: list[Bed]) -> None:
    one, other = lives_here(desk, "Dok", ADULT), lives_here(desk, "Bua", ADULT)
    is_to(desk, one, other, involved="yes")
    desk.beds.move(one.id, beds[3].id)
    with pytest.raises(stops.KeptApart):
        desk.beds.move(other.id, beds[4].id)


ALIKE: dict[str, dict[str, str]] = {
    "written by another": {"given_name": "Noi", "family_name": "Sisouk"},
    "in Lao": {"given_name": "ນ້ອຍ"},
    "by her chosen name": {"given_name": "Noy B."},
    "by her paper": {"given_name": "Keo", "id_number": "P 01234-56"},
    "by her telephone": {"given_name": "Keo", "telephone": "+856 20 5555 1234"},
}


@pytest.mark.parametrize("line", [{"involved": "suspected"}, {"safe_to_contact": "never"}, {}])
@pytest.mark.parametrize("whose", ["of whoever sleeps there", "of whoever comes"])
@pytest.mark.parametrize("how", ALIKE)
def test_whoever_is_barred_under_another_record_is_looked_at(
    desk: Desk, beds: list[Bed], how: str, whose: str, line: dict[str, str]
) -> None:
    """She recruited the one, who knows her by a name; to the house she is somebody with a code."""
    victim, other = lives_here(desk, "Dok", ADULT), lives_here(desk, "Noy", ADULT)
    hers = desk.records.get(Person, other.person_id or "")
    names = {"given_name": "Noy", "family_name": "Sisouk"} if "paper" not in how else {}
    desk.records.change(hers, {**names, "id_number": "P0123456"})
    desk.records.save(ContactPoint(person_id=hers.id, kind="phone", value="020 55551234"))
    known = dict(ALIKE[how])
    number = known.pop("telephone", "")
    kind = "family" if line else "alleged_perpetrator"
    barred = desk.records.save(Person(kind=kind, **known))
    if number:
        desk.records.save(ContactPoint(person_id=barred.id, kind="phone", value=number))
    desk.records.save(
        Relation(person_id=victim.person_id, other_id=barred.id, relation="other", **line)
    )
    first, second = (victim, other) if whose == "of whoever sleeps there" else (other, victim)
    desk.beds.move(first.id, beds[3].id)
    with pytest.raises(stops.MayBeKeptApart):
        desk.beds.move(second.id, beds[4].id)
    [mat] = room_with(desk, "9", name="Hall")
    desk.beds.move(second.id, mat.id)
    with pytest.raises(stops.SomebodySleepsHere):
        desk.beds.change_bed(mat, {"room_id": beds[3].room_id})
    desk.beds.move(second.id, beds[4].id, reason="they came from two villages and never met")
    assert where(desk)[second.alias or ""] == "5"
    with desk.beds._vault.database.reading() as session:
        told = [one.action for one in session.query(AuditEvent)]
    assert told.count("compared for a room") == 1
    assert "signed for a room" not in told


def test_whoever_is_like_nobody_barred_sleeps_where_there_is_a_bed(
    desk: Desk, beds: list[Bed]
) -> None:
    victim, other = lives_here(desk, "Dok", ADULT), lives_here(desk, "Bua", ADULT)
    hers = desk.records.get(Person, other.person_id or "")
    desk.records.change(hers, {"given_name": "Noy", "family_name": "Sisouk"})
    for name, family in (("Noy", "Vongsa"), ("Kham", "Sisouk")):
        barred = desk.records.save(
            Person(kind="alleged_perpetrator", given_name=name, family_name=family)
        )
        desk.records.save(Relation(person_id=victim.person_id, other_id=barred.id, involved="yes"))
    desk.beds.move(victim.id, beds[3].id)
    desk.beds.move(other.id, beds[4].id)
    assert where(desk) == {"Dok": "4", "Bua": "5"}


def test_the_house_mother_learns_that_they_are_kept_apart_and_not_why(sit: Sit) -> None:
    sitting = sit(Role.HOUSE_MOTHER)
    setting = sitting.setting("other")
    beds = room_with(sitting.desk, "1", "2")
    other = lives_here(sitting.desk, "Bua")
    with sitting.vault.database.writing() as session:
        her = Person(kind="survivor")
        session.get_one(Case, other.id).person_id = her.id
        line = {"person_id": setting.case.person_id, "other_id": her.id, "involved": "yes"}
        session.add_all([her, Relation(**line)])
    sitting.desk.beds.move(setting.case.id, beds[0].id)
    with pytest.raises(stops.KeptApart) as refused:
        sitting.desk.beds.move(other.id, beds[1].id, reason=WHY)
    assert not isinstance(refused.value, stops.ApartWithReason)
    assert "involved" not in str(refused.value)


def test_a_baby_left_alone_in_a_bed_has_it(desk: Desk, beds: list[Bed]) -> None:
    mother, baby = lives_here(desk, "Dok", ADULT), lives_here(desk, "Little one", CHILD)
    other = lives_here(desk, "Bua", ADULT)
    desk.beds.move(mother.id, beds[3].id)
    desk.beds.move(baby.id, beds[3].id, shares=True)
    desk.beds.move(mother.id, beds[4].id)
    with pytest.raises(stops.BedTaken, match="Little one"):
        desk.beds.move(other.id, beds[3].id)
    is_to(desk, baby, mother, relation="mother")
    desk.beds.move(mother.id, beds[3].id)
    assert where(desk) == {"Dok": "4", "Little one": "4", "Bua": ""}


def test_nobody_writes_past_the_plan(desk: Desk, girl: Case, beds: list[Bed]) -> None:
    [row] = desk.records.of(BedStay, case_id=girl.id)
    for change in (
        lambda: desk.records.change(row, {"bed_id": beds[3].id}),
        lambda: desk.records.save(Bedroom(name="Yard", for_whom="children")),
    ):
        with pytest.raises(NotAllowed):
            change()
