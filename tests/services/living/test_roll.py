"""The nightly roll and the census: preset, what disagrees, which night it is, nights unseen."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, event

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.roll import RollLine
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.roll import IN_BED, IN_HOUSE, NOT_FOUND, UNSAID, RollDisagrees
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, lives_here, room_with

DAY = date(2026, 11, 3)


def hour(of: int, minute: int = 0, day: date = DAY) -> datetime:
    return at_house(day, time(of, minute))


@pytest.fixture
def people(desk: Desk) -> list[Case]:
    """Dok in bed 1, Bua in bed 2, Mali without one."""
    made = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua", "Mali")]
    for case, bed in zip(made, room_with(desk, "1", "2"), strict=False):
        desk.beds.move(case.id, bed.id)
    return made


def preset(desk: Desk) -> dict[str, str]:
    return {row.case_id: row.expected for row in desk.roll.rows() if row.expected is not None}


def told(desk: Desk) -> list[str]:
    return [line.in_words() for line in desk.roll.day_lines(desk.today())]


def test_it_is_preset_from_beds_and_leave(desk: Desk, people: list[Case]) -> None:
    desk.leave.to_hospital(people[1].id)
    rows = {row.resident.alias: (row.expected, row.is_out) for row in desk.roll.rows()}
    assert rows == {"Dok": (IN_BED, False), "Bua": (None, True), "Mali": (IN_HOUSE, False)}
    roll = desk.roll.keep(preset(desk))
    assert (roll.in_house, roll.away, roll.missing) == (2, 1, 0)
    lines = desk.records.of(RollLine, roll_id=roll.id)
    assert sorted((line.seen, line.bed_id is not None) for line in lines) == [
        (IN_BED, True),
        (IN_HOUSE, False),
    ]
    made = desk.roll.made()
    assert made is not None
    assert made.id == roll.id


def test_what_does_not_agree_is_counted_and_said_first(desk: Desk, people: list[Case]) -> None:
    dok, bua, mali = (case.id for case in people)
    desk.leave.to_hospital(bua)
    wrong = preset(desk) | {dok: UNSAID, bua: IN_BED}
    del wrong[mali]
    with pytest.raises(RollDisagrees, match=r"3 lines do not agree with the records\. Say what"):
        desk.roll.keep(wrong)
    desk.leave.go_out([dok], {"reason": "family"})
    desk.leave.come_back([bua])
    desk.roll.keep({bua: IN_BED, mali: IN_HOUSE})


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (hour(22), DAY),
        (hour(0, 30, days_after(DAY, 1)), DAY),
        (hour(5, 59, days_after(DAY, 1)), DAY),
        (hour(6, 1, days_after(DAY, 1)), days_after(DAY, 1)),
    ],
)
@pytest.mark.usefixtures("people")
def test_until_six_a_roll_is_one_of_the_night_before(
    desk: Desk, shelter: Shelter, at: datetime, night: date
) -> None:
    shelter.clock.now = at
    assert desk.roll.keep(preset(desk)).night == night


@pytest.mark.usefixtures("people")
def test_from_its_hour_on_my_day_asks_for_it_until_it_is_made(desk: Desk, shelter: Shelter) -> None:
    for at, asked in ((hour(21, 59), 0), (hour(22, 1), 1), (hour(3, 0, days_after(DAY, 1)), 1)):
        shelter.clock.now = at
        assert told(desk) == ["The roll of tonight is not made yet."] * asked
    desk.roll.keep(preset(desk))
    assert told(desk) == []


def test_who_is_not_found_is_red_until_somebody_says_where_she_is(
    desk: Desk, people: list[Case], shelter: Shelter
) -> None:
    red = "Not found at the roll. Whom to call stands there."
    shelter.clock.now = hour(23)
    dok, bua = people[0].id, people[1].id
    roll = desk.roll.keep(preset(desk) | {dok: NOT_FOUND, bua: NOT_FOUND})
    assert (roll.in_house, roll.missing) == (1, 2)
    assert told(desk) == [red, red]
    shelter.clock.now = hour(9, day=days_after(DAY, 1))
    assert [case_id for case_id, _who in desk.roll.missing()].count(dok) == 1
    desk.roll.found(dok)
    desk.leave.go_out([bua], {"reason": "family", "out_at": hour(20)})
    assert red not in told(desk)
    with pytest.raises(ChangedElsewhere):
        desk.roll.found(dok)


def test_the_census_is_counted_for_any_night_beside_the_eye(
    desk: Desk, people: list[Case], shelter: Shelter
) -> None:
    """Three live here. The first night one is away, the second two, the third day one has left."""
    dok, bua, mali = people
    shelter.clock.now = hour(20)
    desk.leave.to_hospital(bua.id)
    shelter.clock.now = hour(22)
    desk.roll.keep(preset(desk))
    shelter.clock.now = hour(18, day=days_after(DAY, 1))
    desk.leave.go_out([dok.id], {"reason": "family"})
    shelter.clock.now = hour(1, day=days_after(DAY, 2))
    desk.leave.come_back([dok.id])
    shelter.clock.now = hour(12, day=days_after(DAY, 2))
    [stay] = desk.residence.stays_of(mali)
    desk.residence.leave(stay, "independent_living")
    shelter.clock.now = hour(12, day=days_after(DAY, 3))
    before, *nights = desk.census.nights(days_after(DAY, -1), 4)
    assert (before.living, before.in_house) == (0, 0)
    counted = [(n.living, dict(n.away), n.in_house) for n in nights]
    assert counted == [
        (3, {"hospital": 1}, 2),
        (3, {"hospital": 1, "family": 1}, 1),
        (2, {"hospital": 1}, 1),
    ]
    assert sum(n.in_house for n in nights) == 4  # O1
    assert sum(sum(n.away.values()) for n in nights) == 4  # O2
    assert [n.roll is not None for n in nights] == [True, False, False]  # O5
    assert [n.differs for n in nights] == [False, False, False]


def test_nights_that_nobody_saw_are_told_to_the_director(
    desk: Desk, people: list[Case], shelter: Shelter
) -> None:
    assert len(people) == 3
    shelter.clock.now = hour(22)
    desk.roll.keep(preset(desk))
    shelter.clock.now = hour(12, day=days_after(DAY, 4))
    unseen = "Nights that nobody saw by eye within a week: 3"
    assert unseen in told(desk)
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    shelter.vault.lock()
    mother = Desk(shelter.unlock("Pa", passphrase))
    assert unseen not in told(mother)
    mother.lock()


def test_however_many_live_here_a_roll_is_read_by_a_few_statements(desk: Desk) -> None:
    def asked() -> list[int]:
        count = [0]

        def one_more(*_facts: object) -> None:
            count[0] += 1

        event.listen(Engine, "before_cursor_execute", one_more)
        desk.roll.rows()
        rows, count[0] = count[0], 0
        desk.census.nights(DAY - timedelta(days=30), 31)
        event.remove(Engine, "before_cursor_execute", one_more)
        return [rows, count[0]]

    for number in range(12):
        lives_here(desk, f"N{number}", ADULT)
    desk.roll.keep(preset(desk))
    assert max(asked()) <= 6
