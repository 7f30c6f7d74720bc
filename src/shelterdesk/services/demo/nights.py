"""The last nights of the invented shelter as somebody saw them, and who came to its door."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from shelterdesk.records.base import Record
from shelterdesk.records.house.roll import Roll, RollLine
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.services.demo.story import moment
from shelterdesk.services.desk import Desk

_NIGHTS: Final = (6, 5, 4, 2, 1)
"""Nights back that were seen by eye; between them one that nobody saw."""


def nights_of_demo(desk: Desk, staff_id: str) -> Iterator[Record]:
    """Yield the rolls, each agreeing with the records of its night, then the visitors."""
    here = desk.residence.in_house()
    for back in _NIGHTS:
        night = desk.today() - timedelta(days=back)
        [counted] = desk.census.nights(night, 1)
        at = moment(night, 22)
        roll = Roll(night=night, at=at, by_id=staff_id, in_house=counted.in_house, missing=0)
        roll.away = sum(counted.away.values())
        yield roll
        seen = [one for one in here if one.since is not None and one.since <= night]
        for one in seen[: counted.in_house]:
            yield RollLine(case_id=one.case_id, roll_id=roll.id, seen="in_bed")
    yield from _visitors(desk, staff_id)


def _visitors(desk: Desk, staff_id: str) -> Iterator[Visitor]:
    yesterday = desk.today() - timedelta(days=1)
    for who, kind, hour, minutes in (
        ("ທ້າວ ສົມພອນ", "repairs", 9, 50),
        ("ນາງ ວັນນາ", "lawyer", 14, 75),
    ):
        came = moment(yesterday, hour)
        gone = came + timedelta(minutes=minutes)
        yield Visitor(who=who, kind=kind, came_at=came, went_at=gone, let_in_by_id=staff_id)
    inside = Visitor(who="ນາງ ບຸນທະວີ", kind="office", let_in_by_id=staff_id)
    inside.came_at = desk.now() - timedelta(minutes=40)
    inside.paper_seen = inside.silence_promised = "yes"
    yield inside
