"""Who sleeps where: moves, what stops them, and what is free in a night."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.beds import BedStay
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from shelterdesk.services.house import stops
from shelterdesk.services.house.plan import Night
from tests.factories import Shelter
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, CHILD, at, lives_here, room_with, where

WHY = "her own child is ill and cries at night"


def rows(desk: Desk, case_id: str) -> list[BedStay]:
    found = desk.records.of(BedStay, case_id=case_id)
    return sorted(found, key=lambda one: (one.since, one.until is None))


def test_two_moves_in_a_day_leave_three_rows_without_a_gap(desk: Desk, shelter: Shelter) -> None:
    dok = lives_here(desk, "Dok")
    for bed in room_with(desk, "1", "2", "3"):
        desk.beds.move(dok.id, bed.id)
        shelter.clock.pass_days(0.1)
    first, second, third = rows(desk, dok.id)
    assert (first.until, second.until, third.until) == (second.since, third.since, None)
    assert where(desk) == {"Dok": "3"}
    told = [e.text for e in desk.cases.timeline(dok) if e.kind == "bed_stay"]
    assert told == ["Sleeps in: Bed 3", "Sleeps in: Bed 2", "Sleeps in: Bed 1"]


def test_a_bed_is_for_one(desk: Desk) -> None:
    dok, bua = lives_here(desk, "Dok"), lives_here(desk, "Bua")
    one, two = room_with(desk, "1", "2")
    desk.beds.move(dok.id, one.id)
    with pytest.raises(stops.BedTaken, match=r"Bed 1 is \S+ Dok’s\. Move her first"):
        desk.beds.move(bua.id, one.id)
    desk.beds.move(bua.id, two.id)
    with pytest.raises(stops.BedTaken):
        desk.beds.move(bua.id, one.id)
    assert where(desk) == {"Dok": "1", "Bua": "2"}


def test_until_when_is_said_where_it_is_known(desk: Desk) -> None:
    until = days_after(desk.today(), 4)
    dok, bua = lives_here(desk, "Dok", expected_until=until), lives_here(desk, "Bua")
    [bed] = room_with(desk, "1")
    desk.beds.move(dok.id, bed.id)
    with pytest.raises(stops.BedTakenUntil, match=r"until 7/11/2026\. Move her first"):
        desk.beds.move(bua.id, bed.id)
    planned = desk.beds.plan().bed(bed.id)
    assert planned is not None
    assert planned.free_from == until
    assert (planned.on(days_after(until, -1)), planned.on(until)) == (Night.HELD, Night.FREE)


def test_two_who_write_at_once_do_not_get_one_bed(desk: Desk) -> None:
    [bed], told, start = room_with(desk, "1"), list[DeskError](), Barrier(2)
    cases = [lives_here(desk, "Dok"), lives_here(desk, "Bua")]

    def move(case_id: str) -> None:
        start.wait()
        try:
            desk.beds.move(case_id, bed.id)
        except DeskError as fault:
            told.append(fault)

    threads = [Thread(target=move, args=(case.id,)) for case in cases]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [type(fault) for fault in told] == [stops.BedTaken]
    assert sorted(where(desk).values()) == ["", "1"]


def test_a_broken_bed_is_for_nobody_and_stays_while_somebody_sleeps_in_it(desk: Desk) -> None:
    dok = lives_here(desk, "Dok")
    one, two = room_with(desk, "1", "2")
    desk.beds.move(dok.id, one.id)
    with pytest.raises(stops.SomebodySleepsHere):
        desk.beds.take_out(one.id, "broken")
    desk.beds.take_out(two.id, "broken")
    assert desk.beds.capacity(desk.today()) == 1
    with pytest.raises(stops.OutOfUseBecause, match="Bed 2 is out of use: Broken"):
        desk.beds.move(dok.id, two.id)
    desk.beds.put_back(two.id)
    desk.beds.move(dok.id, two.id)
    assert where(desk) == {"Dok": "2"}


def test_a_bed_taken_out_from_a_day_on_counts_in_the_nights_before(desk: Desk) -> None:
    today = desk.today()
    one, _two = room_with(desk, "1", "2")
    desk.beds.take_out(one.id, since=days_after(today, 2))
    desk.beds.put_back(one.id, since=days_after(today, 5))
    nights = [desk.beds.capacity(days_after(today, count)) for count in range(6)]
    assert nights == [2, 2, 1, 1, 1, 2]


def test_a_night_is_counted_at_midnight(desk: Desk) -> None:
    day = desk.today()
    dok = lives_here(desk, "Dok", admitted_at=at(days_after(day, -3)))
    one, two = room_with(desk, "1", "2")
    desk.beds.move(dok.id, one.id, at(days_after(day, -2)))
    desk.beds.move(dok.id, two.id, at(days_after(day, -1)))
    plan = desk.beds.plan()
    first, second = plan.bed(one.id), plan.bed(two.id)
    assert first is not None
    assert second is not None
    nights = [days_after(day, -count) for count in (4, 3, 2, 1)]
    assert [first.on(n) is Night.HELD for n in nights] == [False, True, False, False]
    assert [second.on(n) is Night.HELD for n in nights] == [False, False, True, True]


def test_a_mother_of_sixteen_shares_her_bed_with_her_baby(desk: Desk) -> None:
    mother, baby = lives_here(desk, "Dok", CHILD), lives_here(desk, "Little one")
    other = lives_here(desk, "Bua", ADULT)
    [bed] = room_with(desk, "1")
    desk.beds.move(mother.id, bed.id)
    with pytest.raises(stops.BedTaken):
        desk.beds.move(baby.id, bed.id)
    desk.beds.move(baby.id, bed.id, shares=True)
    with pytest.raises(stops.NoBaby):
        desk.beds.move(other.id, bed.id, shares=True)
    assert where(desk) == {"Dok": "1", "Little one": "1", "Bua": ""}
    told = [line.who.split()[-1] for line in desk.residence.day_lines(desk.today())]
    assert told == ["Bua"]


def test_a_room_of_children_is_for_children_and_their_mothers(desk: Desk) -> None:
    girl, woman, mother = (
        lives_here(desk, "Dok", CHILD),
        lives_here(desk, "Bua", ADULT),
        lives_here(desk, "Noy", ADULT),
    )
    beds = room_with(desk, "1", "2", "3", for_whom="children")
    desk.beds.move(girl.id, beds[0].id)
    desk.records.save(
        Relation(person_id=girl.person_id, other_id=mother.person_id, relation="mother")
    )
    desk.beds.move(mother.id, beds[1].id)
    with pytest.raises(stops.SignWithReason):
        desk.beds.move(woman.id, beds[2].id)
    desk.beds.move(woman.id, beds[2].id, reason=WHY)
    assert where(desk) == {"Dok": "1", "Noy": "2", "Bua": "3"}
    assert "signed for a room" in [line.action for line in _log(desk)]


def _log(desk: Desk) -> list[AuditEvent]:
    with desk.beds._vault.database.reading() as session:
        return list(session.scalars(select(AuditEvent)))


def test_the_house_mother_cannot_sign_for_it(sit: Sit) -> None:
    sitting = sit(Role.HOUSE_MOTHER)
    setting = sitting.setting("other")
    with sitting.vault.database.writing() as session:
        person = session.get_one(type(setting.person), setting.person.id)
        person.birth_date = ADULT
    [bed] = room_with(sitting.desk, "1", for_whom="children")
    with pytest.raises(stops.ForChildren) as refused:
        sitting.desk.beds.move(setting.case.id, bed.id, reason=WHY)
    assert not isinstance(refused.value, stops.SignWithReason)


def test_a_full_house_stops_no_arrival(desk: Desk) -> None:
    dok, bua = lives_here(desk, "Dok"), lives_here(desk, "Bua")
    [bed] = room_with(desk, "1")
    desk.beds.move(dok.id, bed.id)
    mat = desk.beds.add_bed({"code": "M1", "room_id": bed.room_id, "kind": "adult", "extra": "yes"})
    assert [one.code for one in desk.beds.free()] == ["M1"]
    desk.beds.move(bua.id, mat.id)
    plan = desk.beds.plan()
    assert (plan.capacity(desk.today()), plan.free(desk.today())) == (1, 0)


def test_her_bed_is_free_when_her_stay_has_ended(desk: Desk, shelter: Shelter) -> None:
    dok, bua = lives_here(desk, "Dok"), lives_here(desk, "Bua")
    [bed] = room_with(desk, "1")
    desk.beds.move(dok.id, bed.id)
    shelter.clock.pass_days(1)
    [stay] = desk.residence.stays_of(dok)
    desk.residence.leave(stay, "died")
    [row] = rows(desk, dok.id)
    [ended] = desk.residence.stays_of(dok)
    assert row.until == ended.left_at
    desk.beds.move(bua.id, bed.id)
    with pytest.raises(stops.NotInHouse):
        desk.beds.move(dok.id, bed.id)


def test_a_stay_that_ended_earlier_than_was_written_frees_the_bed_earlier(
    desk: Desk, shelter: Shelter
) -> None:
    dok = lives_here(desk, "Dok")
    [bed] = room_with(desk, "1")
    desk.beds.move(dok.id, bed.id)
    shelter.clock.pass_days(3)
    [stay] = desk.residence.stays_of(dok)
    left = desk.residence.leave(stay, "returned_to_family")
    earlier = desk.now() - timedelta(days=1)
    desk.records.change(left, {"left_at": earlier})
    assert [row.until for row in rows(desk, dok.id)] == [earlier]


def test_no_move_lies_ahead_nor_before_the_last_one(desk: Desk) -> None:
    dok = lives_here(desk, "Dok")
    one, two = room_with(desk, "1", "2")
    with pytest.raises(InvalidFields):
        desk.beds.move(dok.id, one.id, desk.now() + timedelta(minutes=6))
    desk.beds.move(dok.id, one.id)
    with pytest.raises(InvalidFields):
        desk.beds.move(dok.id, two.id, desk.now() - timedelta(hours=1))
    assert where(desk) == {"Dok": "1"}


def test_no_two_beds_have_one_number(desk: Desk) -> None:
    one, two = room_with(desk, "1", "2")
    with pytest.raises(InvalidFields):
        room_with(desk, "Bed 01", name="Upper")
    with pytest.raises(InvalidFields):
        desk.beds.change_bed(two, {"code": "1"})
    assert desk.beds.change_bed(one, {"code": "Bed 7"}).code == "7"


def test_the_plan_costs_as_much_for_many_as_for_one(desk: Desk) -> None:
    def statements() -> int:
        told: list[str] = []

        def hear(*given: Any) -> None:
            told.append(given[2])

        event.listen(Engine, "before_cursor_execute", hear)
        desk.beds.plan()
        event.remove(Engine, "before_cursor_execute", hear)
        return sum(text.lstrip().upper().startswith("SELECT") for text in told)

    beds = room_with(desk, *map(str, range(12)))
    desk.beds.move(lives_here(desk, "Dok").id, beds[0].id)
    before = statements()
    for number, bed in enumerate(beds[1:4]):
        desk.beds.move(lives_here(desk, f"N{number}").id, bed.id)
    assert before == statements() <= 6


def test_nothing_of_a_refused_move_is_kept(desk: Desk) -> None:
    dok, bua = lives_here(desk, "Dok"), lives_here(desk, "Bua")
    one, two = room_with(desk, "1", "2")
    desk.beds.move(dok.id, one.id)
    desk.beds.move(bua.id, two.id)
    with pytest.raises(stops.BedTaken):
        desk.beds.move(bua.id, one.id)
    with desk.beds._vault.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BedStay)) == 2
        assert session.scalar(select(func.count()).select_from(Stay)) == 2
