"""The lines of My day about cases: the next time with her, and when a plan is looked at again."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.i18n import N_
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.access.cases_read import OF_CASE, falls_to, named, rows_seen
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.day_lines import CASE, NEW, DayLine, Spot, last_day_shown

_NEXT_TIME: Final = N_("Next time with her, as her notes say")
_REVIEW: Final = N_("Look at the case again")

_SPOTS: Final = {_NEXT_TIME: Spot("notes", "text", NEW), _REVIEW: Spot("facts", "next_review")}

_OPEN: Final[ColumnElement[bool]] = Case.closed_on.is_(None)
_Later: Final = aliased(CaseNote)


def case_lines(session: Session, seat: Seat, today: date) -> Iterator[DayLine]:
    """Yield what is due in open cases, for whoever has to see to it."""
    for when, words, row in (*_next_times(session, seat, today), *_reviews(session, seat, today)):
        if falls_to(seat, row, late=False):
            about: dict[str, Any] = {"who": named(row), "page": CASE, "record_id": row.case_id}
            yield DayLine(words=words, when=when, spot=_SPOTS[words], **about)


def _reviews(session: Session, seat: Seat, today: date) -> Iterator[tuple[date, str, Any]]:
    wanted = select(*OF_CASE, Case.next_review)
    wanted = wanted.where(_OPEN, Case.next_review <= last_day_shown(today))
    for row in rows_seen(session, seat, Case.area_of("next_review"), wanted):
        yield row.next_review, _REVIEW, row


def _next_times(session: Session, seat: Seat, today: date) -> Iterator[tuple[date, str, Any]]:
    """Yield the next time of every case, until a note of that day or a later one is written."""
    last = select(func.max(_Later.at)).where(_Later.case_id == CaseNote.case_id)
    wanted = (
        select(*OF_CASE, CaseNote.at, CaseNote.next_on, last.scalar_subquery().label("last_at"))
        .join(Case, Case.id == CaseNote.case_id)
        .where(_OPEN, CaseNote.next_on.is_not(None))
        .order_by(Case.id, CaseNote.at, CaseNote.created_at)
    )
    found = rows_seen(session, seat, CaseNote.area_of("next_on"), wanted)
    for row in _newest(found):
        if row.next_on <= last_day_shown(today) and not _was_met(row):
            yield row.next_on, _NEXT_TIME, row


def _newest(found: Iterable[Any]) -> Iterator[Any]:
    """Yield of every case the row that was written last: it says what was agreed by now."""
    for _case, rows in groupby(found, key=lambda row: row.case_id):
        *_earlier, newest = rows
        yield newest


def _was_met(row: Any) -> bool:
    """Tell whether a note was written on the agreed day or after it."""
    is_later = row.last_at is not None and row.at is not None and row.last_at > row.at
    return is_later and house_day(row.last_at) >= row.next_on
