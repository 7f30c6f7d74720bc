"""Who may be in the records already is told with the reason, and to nobody who may not know it."""

import pytest

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.services.alike import CODE, DAY, NAME, PAPER, PHONE, YEAR, Sought
from shelterdesk.services.desk import Desk
from tests.services.conftest import Sit

BORN = PartialDate(2010, 3, 12, Precision.DAY)


def admit(desk: Desk, alias: str, **person: object) -> Case:
    return desk.cases.admit({"case": {"alias": alias}, "person": person})


def told(desk: Desk, **sought: object) -> list[tuple[str, tuple[str, ...]]]:
    """Return who is found, by title, with the reasons."""
    found = desk.alike.like(Sought(**sought))  # type: ignore[arg-type]
    return [(one.hit.title.split()[-1], one.reasons) for one in found]


@pytest.mark.parametrize("typed", ["ຈັນດາ", "Chanda", "Janda"])
def test_a_like_name_is_told_in_any_script(desk: Desk, typed: str) -> None:
    admit(desk, "Champa", given_name="ຈັນດາ")
    assert told(desk, names=(typed,)) == [("Champa", (NAME,))]


@pytest.mark.parametrize(
    ("known", "typed", "why"),
    [
        (BORN, BORN, DAY),
        (BORN, PartialDate(2010, 3, 13, Precision.DAY), ""),
        (BORN, PartialDate(2010), YEAR),
        (BORN, PartialDate(2010, 3, precision=Precision.MONTH), YEAR),
        (BORN, PartialDate(2010, 4, precision=Precision.MONTH), ""),
        (PartialDate(2010, precision=Precision.TOLD), PartialDate(2010), YEAR),
        (PartialDate(2011), PartialDate(2010), ""),
        (None, PartialDate(2010), ""),
    ],
)
def test_a_birth_is_told_as_far_as_it_is_known(
    desk: Desk, known: PartialDate | None, typed: PartialDate, why: str
) -> None:
    admit(desk, "Champa", given_name="ຈັນດາ", birth_date=known)
    assert told(desk, birth=typed) == ([("Champa", (why,))] if why else [])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("P 123-456", PAPER),
        ("p123456", PAPER),
        ("020 5555 1234", PHONE),
        ("+856 20 5555 1234", PHONE),
        ("໐໒໐ ໕໕໕໕ ໑໒໓໔", PHONE),
        ("5555", ""),
        ("-", ""),
    ],
)
def test_a_number_is_told_however_it_is_written(desk: Desk, typed: str, why: str) -> None:
    case = admit(desk, "Champa", given_name="ຈັນດາ", id_number="P123456")
    desk.records.save(ContactPoint(person_id=case.person_id, value="020-55551234"))
    assert told(desk, numbers=(typed,)) == ([("Champa", (why,))] if why else [])


def test_a_case_code_is_told_with_and_without_its_dash(desk: Desk) -> None:
    case = admit(desk, "Champa")
    for typed in (case.code, case.code.replace("-", "").lower()):
        assert told(desk, numbers=(typed,)) == [("Champa", (CODE,))]
        assert told(desk, numbers=(typed,), but_case=case.id) == []


def test_several_reasons_stand_together_and_come_first(desk: Desk) -> None:
    admit(desk, "First", given_name="ຈັນດາ")
    admit(desk, "Both", given_name="ຈັນດາ", birth_date=BORN, id_number="P123456")
    found = told(desk, names=("Chanda",), birth=BORN, numbers=("P123456",))
    assert found == [("Both", (PAPER, DAY, NAME)), ("First", (NAME,))]


def test_a_year_alone_names_nobody_where_many_are_born_in_it(desk: Desk) -> None:
    for number in range(6):
        admit(desk, f"Girl{number}", birth_date=PartialDate(2010))
    assert told(desk, birth=PartialDate(2010)) == []
    assert told(desk, names=("Girl3",), birth=PartialDate(2010))[0] == ("Girl3", (NAME, YEAR))


def test_somebody_around_another_woman_is_told_too(desk: Desk) -> None:
    case = admit(desk, "Champa", given_name="ຈັນດາ")
    relation = desk.around.note(
        case,
        {"given_name": "ຄຳ", "birth_date": BORN},
        {"relation": "cousin"},
        [{"value": "020 5555 1234"}],
    )
    found = desk.alike.like(Sought(birth=BORN, numbers=("02055551234",)))
    assert [(one.hit.kind, one.hit.person_id) for one in found] == [("relative", relation.other_id)]
    assert found[0].reasons == (PHONE, DAY)
    assert desk.alike.like(Sought(birth=BORN, but_person=relation.other_id)) == []


@pytest.mark.parametrize(
    ("role", "by_name", "by_age", "by_number"),
    [
        (Role.DIRECTOR, True, True, True),
        (Role.COUNSELLOR, False, False, False),
        (Role.NURSE, True, True, False),
        (Role.HOUSE_MOTHER, False, False, False),
        (Role.AUDITOR, False, False, False),
    ],
)
def test_of_anothers_case_only_what_may_be_known_is_told(
    sit: Sit, role: Role, by_name: bool, by_age: bool, by_number: bool
) -> None:
    at = sit(role)
    theirs = at.setting("other")
    with at.vault.database.writing() as session:
        session.get_one(Person, theirs.person.id).id_number = "P123456"
    like = at.desk.alike.like
    assert bool(like(Sought(names=("ຈັນດາ",)))) == by_name
    assert bool(like(Sought(birth=PartialDate(2010)))) == by_age
    assert bool(like(Sought(numbers=("P123456",)))) == by_number
    assert bool(like(Sought(numbers=("020 5555 1234",)))) == by_number


def test_ones_own_case_is_told_by_all_of_it(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    mine = at.setting("own")
    for sought in (
        Sought(names=("ຈັນດາ",)),
        Sought(birth=PartialDate(2010)),
        Sought(numbers=("020 5555 1234",)),
    ):
        assert [one.hit.id for one in at.desk.alike.like(sought)] == [mine.case.id]
