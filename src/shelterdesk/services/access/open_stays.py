"""One bed at a time: nobody lives in the house twice.

Asked where every save ends, inside its transaction, so that it holds whichever page or service
writes a stay, and for two who write at the same moment.
"""

from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import Stay

_EXITED: Final = "exited"

OPEN: Final[ColumnElement[bool]] = and_(
    Stay.left_at.is_(None), Stay.state.is_distinct_from(_EXITED)
)
"""What makes a stay one that has not ended."""


class LivesHere(DeskError):
    """Somebody was to come in who, by her stay, lives in the house already."""

    sentence = N_(
        "She lives in the house already: a stay of hers has not ended. Write down first when she "
        "left, or correct that stay."
    )


def is_open_stay(record: Record) -> bool:
    """Tell whether a record is a stay that has not ended."""
    return isinstance(record, Stay) and record.left_at is None and record.state != _EXITED


def demand_only_stay(session: Session, record: Record, *, was_open: bool) -> None:
    """Raise LivesHere when a stay has come to be open beside another of the same case."""
    if was_open or not isinstance(record, Stay) or not is_open_stay(record):
        return
    other = select(Stay.id).where(Stay.case_id == record.case_id, Stay.id != record.id, OPEN)
    if session.scalar(other.limit(1)) is not None:
        raise LivesHere
