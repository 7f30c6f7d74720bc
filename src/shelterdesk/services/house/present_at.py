"""Who lived in the house at a moment that is over, in which bed, and who was out of it then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.beds import Bed, BedStay
from shelterdesk.records.house.leave import Absence
from shelterdesk.services.access.away import STANDS, times_out

_NO_BED: Final[tuple[str | None, str]] = (None, "")
_END: Final = func.coalesce(Absence.back_at, Absence.ended_at)


@dataclass(frozen=True, slots=True, repr=False)
class LivedThen:
    """One who lived here at a moment."""

    case_id: str
    code: str
    alias: str
    bed_id: str | None
    bed: str
    out_since: datetime | None
    """Since when she was out then; None for who was in the house."""

    @property
    def who(self) -> str:
        """Return her code and the name that she chose."""
        return " ".join(filter(None, (self.code, self.alias)))


def present_at(session: Session, moment: datetime) -> dict[str, LivedThen]:
    """Return by case everybody whose stay had begun and not ended; a handful of statements."""
    came = or_(Stay.admitted_at.is_(None), Stay.admitted_at <= moment)
    here = and_(came, _lasts(Stay.left_at, moment))
    wanted = select(Case.id, Case.code, Case.alias).join(Stay, Stay.case_id == Case.id).where(here)
    beds, out = _beds(session, moment), _out(session, moment)
    return {
        row.id: LivedThen(
            row.id, row.code, row.alias or "", *beds.get(row.id, _NO_BED), out.get(row.id)
        )
        for row in session.execute(wanted.order_by(Case.code))
    }


def _lasts(until: InstrumentedAttribute[Any] | Any, moment: datetime) -> ColumnElement[bool]:
    return or_(until.is_(None), until > moment)


def _beds(session: Session, moment: datetime) -> Mapping[str, tuple[str | None, str]]:
    slept = and_(BedStay.since <= moment, _lasts(BedStay.until, moment))
    wanted = select(BedStay.case_id, Bed.id, Bed.code).join(Bed, Bed.id == BedStay.bed_id)
    rows = session.execute(wanted.where(slept).order_by(BedStay.since))
    return {case_id: (bed_id, code) for case_id, bed_id, code in rows}


def _out(session: Session, moment: datetime) -> Mapping[str, datetime]:
    wanted = select(Absence.case_id, Absence.out_at)
    rows = session.execute(
        wanted.where(Absence.out_at <= moment, _lasts(_END, moment), STANDS)
    ).all()
    recurring = {
        one.case_id: one.out_at
        for one in times_out(session, moment)
        if not one.absence_id and one.out_at <= moment
    }
    return recurring | {row.case_id: row.out_at for row in rows}
