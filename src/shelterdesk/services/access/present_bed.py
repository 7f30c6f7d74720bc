"""Where somebody sleeps now: her bed in the plan, or what was typed before there was a plan."""

from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_, select
from sqlalchemy.orm import Session

from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.beds import Bed, BedStay

_HERS: Final = BedStay.stay_id == Stay.id
_ANY: Final = select(BedStay.id).where(_HERS).correlate(Stay).exists()


def _of_now(wanted: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Return what is asked of the bed in which she sleeps now, for a statement about stays."""
    joined = select(wanted).select_from(Bed).join(BedStay, BedStay.bed_id == Bed.id)
    return joined.where(_HERS, BedStay.until.is_(None)).limit(1).correlate(Stay).scalar_subquery()


BED: Final[ColumnElement[str | None]] = func.coalesce(
    _of_now(Bed.code.expression), case((_ANY, None), else_=Stay.bed)
)
"""The number of the bed of a stay; an older text counts while the plan knows nothing of her."""

IS_IN_PLAN: Final[ColumnElement[bool]] = _of_now(Bed.id.expression).is_not(None)
"""Whether the bed of a stay is one of the plan."""

SHARES: Final = _of_now(BedStay.shares.expression)


def has_beds(session: Session) -> bool:
    """Tell whether the house has a plan of its beds."""
    return session.scalar(select(Bed.id).limit(1)) is not None


def end_sleeping(session: Session, record: Record) -> None:
    """Let a bed be free from the moment at which a stay has ended; nothing while it has not.

    Asked where every save ends, so that it holds whichever page or service ends a stay.
    """
    if not isinstance(record, Stay) or record.left_at is None:
        return
    beyond = or_(BedStay.until.is_(None), BedStay.until > record.left_at)
    wanted = select(BedStay).where(BedStay.stay_id == record.id, beyond)
    for one in session.scalars(wanted):
        one.until = max(one.since, record.left_at)
    session.flush()
