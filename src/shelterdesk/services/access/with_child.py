"""Nobody forgets a child in the house: whose mother leaves is asked about first.

Asked where every save ends, inside its transaction, so that it holds whichever page or service
ends a stay, and however it ended.
"""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.open_stays import OPEN, is_open_stay

SIGNED: Final = "stays without her"
"""Under which name a transaction holds the cases of children for whom a director has signed."""


class ChildLivesHere(DeskError):
    """A stay was to end of somebody whose child lives here, and nobody said what becomes of it."""

    sentence = N_("Her child {name} lives here too: goes with her, or stays (a director signs).")


def children_here(session: Session, case_id: str) -> list[tuple[Case, Stay]]:
    """Return her children who live here, each with the stay that has not ended."""
    wanted = select(Case, Stay).join(Stay, Stay.case_id == Case.id)
    hers = Case.with_case_id == case_id, Case.id != case_id, OPEN
    return [(row[0], row[1]) for row in session.execute(wanted.where(*hers).order_by(Case.code))]


def demand_children(session: Session, record: Record, *, was_open: bool) -> None:
    """Raise ChildLivesHere where a stay has just ended, and a child of hers is left behind."""
    if not was_open or not isinstance(record, Stay) or is_open_stay(record):
        return
    signed = session.info.pop(SIGNED, frozenset())
    for child, _stay in children_here(session, record.case_id):
        if child.id not in signed:
            raise ChildLivesHere(name=child.shown)
