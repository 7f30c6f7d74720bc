"""What many of the invented shelter shared: who asked for a place."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from shelterdesk.records.base import Record
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
