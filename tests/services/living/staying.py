"""People who live in the house, and rooms with beds, for the tests of the plan."""

from datetime import date, datetime, time
from typing import Any

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.beds import Bed
from shelterdesk.services.desk import Desk

DAY = date(2026, 11, 3)
"""The day on which the clock of the tests begins."""

ADULT, CHILD = PartialDate(1990), PartialDate(2010)


def lives_here(desk: Desk, alias: str, born: PartialDate | None = None, **stay: Any) -> Case:
    """Admit somebody; nobody has said yet where she sleeps."""
    person: dict[str, Any] = {"given_name": alias, "birth_date": born} if born else {}
    stay = {"came_from": "self"} | stay
    return desk.cases.admit({"case": {"alias": alias}, "person": person, "stay": stay})


def room_with(desk: Desk, *codes: str, name: str = "Garden", for_whom: str = "women") -> list[Bed]:
    """Make a room with beds of these numbers."""
    room = desk.beds.add_room({"name": name, "for_whom": for_whom})
    facts = {"room_id": room.id, "kind": "adult"}
    return [desk.beds.add_bed({"code": code} | facts) for code in codes]


def at(day: date, hour: int = 0) -> datetime:
    """Return the moment at which it is this hour in the house."""
    return at_house(day, time(hour))


def where(desk: Desk) -> dict[str, str]:
    """Return who sleeps in which bed, by the name she chose."""
    return {one.alias: one.bed for one in desk.residence.in_house()}


def school(desk: Desk) -> dict[str, Any]:
    """Return what is said of school: from Monday to Friday, from today on."""
    days = ("mon", "tue", "wed", "thu", "fri")
    return {"reason": "school", "days": days, "out_hour": "07:00", "back_hour": "16:00"} | {
        "since": desk.today()
    }
