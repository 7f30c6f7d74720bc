"""A bar or a birthday that comes after two share a room is told, until somebody has decided."""

from collections.abc import Callable

import pytest

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.beds import Bed
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.stops import MayBeKeptApart
from tests.services.asked import statements
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, CHILD, lives_here, room_with

WHY = "there is no other bed in the house tonight"


def told(desk: Desk) -> list[str]:
    """Return who My day names, and of which line."""
    lines = desk.side_by_side.day_lines(desk.today())
    return [
        f"{line.who.split()[-1]} {'apart' if 'apart' in line.words else 'grown'}" for line in lines
    ]


@pytest.fixture
def beds(desk: Desk) -> list[Bed]:
    """Three beds of a room of children, and two of one for women."""
    ours = room_with(desk, "1", "2", "3", for_whom="children")
    return ours + room_with(desk, "4", "5", name="Upper")


@pytest.fixture
def two(desk: Desk, beds: list[Bed]) -> tuple[Case, Case]:
    """Two girls in the room of children."""
    one, other = lives_here(desk, "Dok", CHILD), lives_here(desk, "Bua", CHILD)
    desk.beds.move(one.id, beds[0].id)
    desk.beds.move(other.id, beds[1].id)
    return one, other


def grows_up(desk: Desk, case: Case) -> None:
    """Put her birthday right: she turned eighteen lately."""
    person = desk.records.get(Person, str(case.person_id))
    today = desk.today()
    desk.records.change(person, {"birth_date": PartialDate(today.year - 19)})


def barred(desk: Desk, one: Case, other: Case) -> Relation:
    line = Relation(person_id=one.person_id, other_id=other.person_id, involved="suspected")
    return desk.records.save(line)


def accused(desk: Desk, one: Case, _other: Case) -> None:
    person = desk.records.get(Person, str(one.person_id))
    desk.records.change(person, {"kind": "alleged_perpetrator"})


@pytest.mark.usefixtures("two")
def test_where_nothing_has_come_nothing_is_told(desk: Desk) -> None:
    assert told(desk) == []


def test_who_grows_up_among_children_is_told_until_she_moves(
    desk: Desk, two: tuple[Case, Case], beds: list[Bed]
) -> None:
    grows_up(desk, two[0])
    assert told(desk) == ["Dok grown"]
    assert [line.who.split()[-1] for line in desk.home.my_day() if line.record_id == two[0].id]
    desk.beds.move(two[0].id, beds[3].id)
    assert told(desk) == []


def test_whose_age_is_not_certain_is_a_child(desk: Desk, two: tuple[Case, Case]) -> None:
    person = desk.records.get(Person, str(two[0].person_id))
    told_age = PartialDate(desk.today().year - 18, precision=Precision.TOLD)
    desk.records.change(person, {"birth_date": told_age})
    assert told(desk) == []


def test_a_mother_beside_her_child_is_not_told(desk: Desk, two: tuple[Case, Case]) -> None:
    one, other = two
    grows_up(desk, one)
    line = Relation(person_id=other.person_id, other_id=one.person_id, relation="mother")
    desk.records.save(line)
    assert told(desk) == []


def test_a_director_signs_that_she_stays_and_it_is_told_no_more(
    desk: Desk, two: tuple[Case, Case], beds: list[Bed]
) -> None:
    grows_up(desk, two[0])
    row = desk.beds.move(two[0].id, beds[0].id, reason=WHY)
    assert row.until is None
    assert told(desk) == []


@pytest.mark.parametrize("bar", [barred, accused])
def test_a_bar_that_came_later_is_told_until_a_director_signs(
    desk: Desk, two: tuple[Case, Case], beds: list[Bed], bar: Callable[[Desk, Case, Case], object]
) -> None:
    bar(desk, *two)
    assert len(told(desk)) == 1
    assert told(desk)[0].endswith("apart")
    desk.beds.move(two[1].id, beds[1].id, reason=WHY)
    assert told(desk) == []


def test_a_bar_after_the_signature_is_told_again(
    desk: Desk, two: tuple[Case, Case], beds: list[Bed]
) -> None:
    barred(desk, *two)
    desk.beds.move(two[0].id, beds[0].id, reason=WHY)
    barred(desk, two[1], two[0])
    assert len(told(desk)) == 1


def names(desk: Desk, case: Case, **known: str) -> None:
    desk.records.change(desk.records.get(Person, str(case.person_id)), known)


def barred_elsewhere(desk: Desk, one: Case, **known: str) -> None:
    """Write down somebody from whom she is kept apart, in a record of its own."""
    him = desk.records.save(Person(kind="family", **known))
    desk.records.save(Relation(person_id=one.person_id, other_id=him.id, involved="yes"))


@pytest.mark.parametrize("known", [{"given_name": "ວິໄລ"}, {"given_name": "Bua"}])
def test_who_is_like_one_she_is_kept_apart_from_is_told_until_they_were_compared(
    desk: Desk, two: tuple[Case, Case], beds: list[Bed], known: dict[str, str]
) -> None:
    one, other = two
    names(desk, other, given_name="Vilay", family_name="Vongsa")
    barred_elsewhere(desk, one, given_name="Vilay", family_name="Sisouk")
    assert told(desk) == []
    barred_elsewhere(desk, one, **known)
    assert len(told(desk)) == 1
    assert told(desk)[0].endswith("apart")
    with pytest.raises(MayBeKeptApart):
        desk.beds.move(other.id, beds[1].id)
    desk.beds.move(other.id, beds[1].id, reason="they come from two villages and never met")
    assert told(desk) == []
    barred_elsewhere(desk, other, given_name="Dok")
    assert len(told(desk)) == 1


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.HOUSE_MOTHER, {"grown"}), (Role.DIRECTOR, {"grown", "apart"})],
)
def test_the_house_learns_of_a_birthday_and_not_of_a_bar(
    sit: Sit, role: Role, sees: set[str]
) -> None:
    at = sit(role)
    bed, other = room_with(at.desk, "1", "2", for_whom="children")
    girl, woman = lives_here(at.desk, "Dok"), lives_here(at.desk, "Bua")
    at.desk.beds.move(girl.id, bed.id)
    at.desk.beds.move(woman.id, other.id)
    with at.vault.database.writing() as session:
        grown, child = Person(kind="survivor", birth_date=ADULT), Person(kind="survivor")
        session.get_one(Case, woman.id).person_id = grown.id
        session.get_one(Case, girl.id).person_id = child.id
        line = Relation(person_id=child.id, other_id=grown.id, involved="yes")
        session.add_all([grown, child, line])
    assert {words.split()[1] for words in told(at.desk)} == sees


def test_more_residents_cost_no_more_statements(desk: Desk, beds: list[Bed]) -> None:
    counted = []
    more = room_with(desk, *map(str, range(10, 20)), name="Lower", for_whom="girls")
    for some in (beds[:1], more):
        for bed in some:
            desk.beds.move(lives_here(desk, f"N{bed.code}", CHILD).id, bed.id)
        with statements() as sent:
            desk.side_by_side.day_lines(desk.today())
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 6
