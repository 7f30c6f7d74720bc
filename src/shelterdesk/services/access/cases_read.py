"""Rows of many cases read in one statement, each kept where the person at the desk may see it.

A list over all cases must not ask the database once for every case: whose a case is comes along in
the columns of the row itself.
"""

from typing import Any, Final

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from shelterdesk.core.permissions import Area
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import Seat, Worked

OF_CASE: Final = (
    Case.id.label("case_id"),
    Case.code,
    Case.alias,
    Case.owner_id,
    Case.second_worker_id,
    Case.legal_officer_id,
    Case.closed_on,
)
"""What a statement begins with whose rows belong to cases."""


def rows_seen(session: Session, seat: Seat, area: Area, wanted: Executable) -> list[Any]:
    """Return the rows of a statement in whose cases she may read an area."""
    may_read = seat.judge(area)
    return [row for row in session.execute(wanted) if may_read(row)]


def named(row: Any) -> str:
    """Return code and chosen name of the case of a row, as every page names it."""
    return " ".join(filter(None, (row.code, row.alias)))


def full_names(row: Any) -> tuple[str, ...]:
    """Return the full names in both scripts, without the empty ones."""
    own = f"{row.given_name or ''} {row.family_name or ''}".strip()
    latin = f"{row.given_name_latin or ''} {row.family_name_latin or ''}".strip()
    return tuple(name for name in (own, latin) if name)


def falls_to(seat: Seat, case: Worked, *, late: bool) -> bool:
    """Tell whether something in a case is for the person at the desk to see to.

    It is for those who work on the case; for a director where nobody does, or once it is late.
    """
    is_nobodys = case.owner_id is None and case.second_worker_id is None
    return seat.is_own(case) or (seat.is_director and (late or is_nobodys))
