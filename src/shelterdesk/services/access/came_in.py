"""Whoever comes in waits for a place no more.

Asked where every save ends, inside its transaction, so that it holds whichever page or service
writes a stay.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.records.base import Record
from shelterdesk.records.house.place_request import ADMITTED, WAITING, PlaceRequest
from shelterdesk.services.access.open_stays import is_open_stay


def end_waiting(session: Session, record: Record) -> None:
    """Write of everybody who lives here now that she was admitted; nothing for other records."""
    if not is_open_stay(record):
        return
    hers = PlaceRequest.case_id == getattr(record, "case_id", None)
    waits = select(PlaceRequest).where(hers, PlaceRequest.outcome == WAITING)
    for asked in session.scalars(waits):
        asked.outcome = ADMITTED
    session.flush()
