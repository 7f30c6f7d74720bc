"""What many of the invented shelter shared: who asked, groups and kits, the rules."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from shelterdesk.records.base import Record
from shelterdesk.records.house.agreement import HouseAgreement
from shelterdesk.records.house.group import Attendance, GroupService
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.services.demo.story import moment
from shelterdesk.services.desk import Desk

_ASKED: Final[tuple[tuple[int, int, dict[str, Any]], ...]] = (
    (1, 21, {"way": "telephone", "adults": 1, "outcome": "waiting"}),
    (3, 10, {"way": "brought", "adults": 1, "children": 1, "outcome": "admitted"}),
    (6, 15, {"way": "telephone", "children": 2, "outcome": "not_admitted"}),
    (9, 9, {"way": "letter", "adults": 1, "outcome": "sent_on", "reason": "needs_hospital_first"}),
    (15, 17, {"way": "herself", "adults": 1, "outcome": "her_decision_not"}),
    (24, 11, {"way": "telephone", "adults": 2, "outcome": "did_not_come"}),
    (
        33,
        14,
        {"way": "letter", "adults": 1, "outcome": "not_admitted", "reason": "male_no_unit"},
    ),
    (50, 8, {"way": "brought", "children": 1, "outcome": "admitted"}),
)
"""Days back, the hour, and what was written."""


def asked_in_demo(desk: Desk) -> Iterator[Record]:
    """Yield who asked for a place in the last weeks; one office asked twice in a day."""
    offices = [one.id for one in desk.organisations.all()][:3]
    for number, (back, hour, said) in enumerate(_ASKED):
        at = moment(desk.today() - timedelta(days=back), hour)
        row = PlaceRequest(at=at, from_id=offices[number % 3], **said)
        if said["outcome"] == "not_admitted" and row.reason is None:
            row.reason, row.told_way_back = "shelter_full", "yes"
            again = at + timedelta(hours=2)
            yield PlaceRequest(at=again, from_id=row.from_id, **said, reason="shelter_full")
        yield row


_GROUPS: Final[tuple[tuple[int, dict[str, Any], int], ...]] = (
    (1, {"service": "vocational_training", "theme": "ຫຍິບເຄື່ອງ", "minutes": 90}, 14),
    (2, {"service": "recreation", "theme": "ເຕັ້ນບາສະໂລບ", "minutes": 60}, 9),
    (4, {"service": "legal_information", "minutes": 45}, 11),
    (6, {"service": "clothing_hygiene_kit"}, 1),
    (8, {"service": "vocational_training", "theme": "ຫຍິບເຄື່ອງ", "minutes": 90}, 13),
    (13, {"service": "literacy_life_skills", "minutes": 60}, 6),
    (20, {"service": "clothing_hygiene_kit"}, 2),
)
"""Days back, what was done, and for how many."""


def groups_in_demo(desk: Desk, staff_id: str) -> Iterator[Record]:
    """Yield groups and kits of the last weeks, each with who lived here then."""
    here = desk.residence.in_house()
    for back, said, count in _GROUPS:
        on_day = desk.today() - timedelta(days=back)
        group = GroupService(on_day=on_day, led_by_id=staff_id, **said)
        yield group
        lived = [one for one in here if one.since is not None and one.since <= on_day]
        for place, one in enumerate(lived):
            if place >= count and "minutes" not in said:
                break
            came = "there" if place < count else ("ill", "did_not_want")[place % 2]
            facts = {"case_id": one.case_id, "group_id": group.id, "on_day": on_day}
            yield Attendance(came=came, **facts)


def agreements_in_demo(desk: Desk, staff_id: str) -> Iterator[Record]:
    """Yield that the rules were explained to all but the last two, one of them in Hmong."""
    edition = desk.agreements.edition()
    for number, one in enumerate(desk.residence.in_house()[:-2]):
        if one.since is None:
            continue
        told = HouseAgreement(case_id=one.case_id, edition=edition, explained_by_id=staff_id)
        told.at = moment(one.since, 15)
        told.language, told.told_may_leave = ("hmn" if number == 3 else "lo"), "yes"
        told.copy_given = "no" if number % 5 == 4 else "yes"
        told.interpreter = "ນາງ ໄມ" if number == 3 else None
        told.questions = "ຖາມວ່າໃຊ້ໂທລະສັບຕອນກາງຄືນໄດ້ບໍ." if number == 1 else None
        yield told
