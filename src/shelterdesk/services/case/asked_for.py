"""A new case is an asking for a place as well: it makes that row itself, in its transaction."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, house_day
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.place_request import ADMITTED, WAITING, PlaceRequest
from shelterdesk.services.records import Records

_OUTCOMES: Final = {"enquiry": WAITING, "intake": ADMITTED}
"""What became of the asking, by the state in which a case begins; a case that was long here when
the records began has asked nobody."""


def ask_for_place(
    session: Session, records: Records, case: Case, now: datetime, request_id: str = ""
) -> PlaceRequest | None:
    """Write down that somebody asks for a place, or bind the asking that was written to her case.

    Raises ChangedElsewhere where that has a case already, or is gone.
    """
    outcome = _OUTCOMES.get(case.state or "")
    if outcome is None:
        return None
    if not request_id:
        row = PlaceRequest(at=_when(case, now), outcome=outcome, case_id=case.id)
        return records.keep_weighed(session, row)
    asked = session.get(PlaceRequest, request_id)
    if asked is None or asked.case_id is not None:
        raise ChangedElsewhere
    return records.put_weighed(session, asked, {"case_id": case.id})


def _when(case: Case, now: datetime) -> datetime:
    """Return when she asked: now, or at the beginning of the day on which her case was opened."""
    day = case.opened_on or house_day(now)
    return now if day >= house_day(now) else at_house(day)
