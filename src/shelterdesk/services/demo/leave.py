"""Who of the invented residents is out, what recurs, and some times out that have ended."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from shelterdesk.records.base import Record
from shelterdesk.records.house.leave import Absence, StandingLeave
from shelterdesk.services.access.away import alert_after
from shelterdesk.services.demo.story import moment

_AT_SCHOOL: Final = (1, 3, 8, 12)
"""Residents who go to school from Monday to Friday, by their number."""

_NOT_BACK: Final = 8
"""Who of them has not come back yet where the day of school is over."""

_WEEK: Final = ("mon", "tue", "wed", "thu", "fri")
_IN_HOSPITAL, _WITH_FAMILY, _ERRAND, _WAS_OUT = 6, 11, 10, (2, 7, 15)


def leave_of(
    number: int, case_id: str, today: date, now: datetime, escort_id: str
) -> Iterator[Record]:
    """Yield the leave of one resident, by her number."""
    if number in _AT_SCHOOL:
        begun = today - timedelta(days=1)
        since = {"since": today, "agreed_by_id": escort_id}
        yield StandingLeave(
            **{"case_id": case_id, "reason": "school", "days": _WEEK, **since},
            out_hour="07:00",
            back_hour="16:00",
        )
        yield _was_out(case_id, "school", moment(begun, 8), 8, escort_id)
        if now >= moment(today, 16) and number == _NOT_BACK:
            yield _goes(case_id, "school", moment(today, 7), moment(today, 16))
    if number == _IN_HOSPITAL:
        stay = Absence(case_id=case_id, reason="hospital", escort_id=escort_id)
        stay.out_at, stay.place = moment(today - timedelta(days=2), 20), "ໂຮງໝໍສູນກາງ"
        yield stay
    if number == _WITH_FAMILY:
        out, due = moment(today - timedelta(days=1), 9), moment(today + timedelta(days=1), 16)
        yield _goes(case_id, "family", out, due, goes_with="ປ້າ")
    if number == _ERRAND:
        out = now - timedelta(hours=2)
        yield _goes(case_id, "own_errand", out, now - timedelta(minutes=20), place="ຕະຫຼາດ")
    if number in _WAS_OUT:
        on = moment(today - timedelta(days=number % 5 + 1), 9)
        yield _was_out(case_id, "health", on, 3, escort_id)


def _goes(case_id: str, reason: str, out: datetime, due: datetime, **said: str) -> Absence:
    row = Absence(case_id=case_id, reason=reason, out_at=out, due_at=due, **said)
    row.reach, row.alert_minutes = "020 0000 0000", alert_after(reason, is_child=False)
    return row


def _was_out(case_id: str, reason: str, out: datetime, hours: int, escort_id: str) -> Absence:
    row = Absence(case_id=case_id, reason=reason, out_at=out, escort_id=escort_id)
    row.due_at = row.back_at = out + timedelta(hours=hours)
    return row
