"""Who lived here before the records began is taken down in one line, and is in the house."""

from datetime import date

from shelterdesk.core.calendar.clock import at_house, days_after, house_day
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.services.living.staying import room_with, where


def test_she_is_in_the_house_since_the_day_she_came(desk: Desk) -> None:
    came = days_after(desk.today(), -200)
    case = desk.already_here.take_down("Dok", came)
    [here] = desk.residence.in_house()
    assert (here.alias, here.since, here.code) == ("Dok", came, case.code)
    assert (case.state, case.opened_on) == ("support", came)
    [stay] = desk.residence.stays_of(case)
    assert stay.admitted_at is not None
    assert house_day(stay.admitted_at) == came


def test_whoever_came_today_did_not_come_later_than_now(desk: Desk, shelter: Shelter) -> None:
    shelter.clock.now = at_house(desk.today())
    case = desk.already_here.take_down("Dok", desk.today())
    [stay] = desk.residence.stays_of(case)
    assert stay.admitted_at is not None
    assert stay.admitted_at <= shelter.clock.now


def test_a_bed_is_a_text_until_beds_are_planned(desk: Desk) -> None:
    desk.already_here.take_down("Dok", date(2026, 1, 5), bed="3")
    assert [here.bed for here in desk.residence.in_house()] == ["3"]
    [bed] = room_with(desk, "7")
    bua = desk.already_here.take_down("Bua", date(2026, 1, 5))
    desk.beds.move(bua.id, bed.id)
    assert where(desk) == {"Dok": "3", "Bua": "7"}


def test_her_counsellor_is_said_at_once(desk: Desk) -> None:
    hers = StaffMember(name="Noy")
    desk.records.save(hers)
    case = desk.already_here.take_down("Dok", desk.today(), owner_id=hers.id)
    assert case.owner_id == hers.id
