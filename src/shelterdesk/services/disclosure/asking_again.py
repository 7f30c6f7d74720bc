"""The lines of My day about referrals: one for each that is out, with what is due next."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.house_settings import (
    ASKED_AGAIN_DAYS,
    CARRIED_OUT_DAYS,
    GOING_ON_DAYS,
    NOTICE_DAYS,
    PAPER_BACK_DAYS,
)
from shelterdesk.core.i18n import LANGUAGES, in_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.scripts import on_screen
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.cases_read import OF_CASE, falls_to, named, rows_seen
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.access.settled import Settled
from shelterdesk.services.day_lines import REFERRAL, DayLine
from shelterdesk.services.disclosure.letters_rules import NOTICE
from shelterdesk.services.disclosure.next_due import (
    OUT,
    STOPPED,
    AskingTimes,
    NextDue,
    OutReferral,
    next_due,
)

_IS_PAPER_OUT: Final = (
    select(Letter.id).where(Letter.referral_id == Referral.id, Letter.state == "issued").exists()
)


def referral_lines(session: Session, seat: Seat, today: date) -> Iterator[DayLine]:
    """Yield what is due next of every referral that is out, for whoever has to see to it."""
    times = asking_times(seat.settled)
    for row in rows_seen(session, seat, Area.CONSENT, _wanted()):
        due = next_due(_known(row), times, today)
        if due is not None and falls_to(seat, row, late=due.on < today):
            yield _line(row, due)


def due_of(session: Session, seat: Seat, case: Case, today: date) -> dict[str, DayLine]:
    """Return what is due next of each referral of one case, by its id; as My day counts it."""
    times, wanted = asking_times(seat.settled), _wanted().where(Referral.case_id == case.id)
    rows = rows_seen(session, seat, Area.CONSENT, wanted)
    dues = {row.referral_id: (row, next_due(_known(row), times, today)) for row in rows}
    return {known: _line(row, due) for known, (row, due) in dues.items() if due is not None}


def asking_times(settled: Settled) -> AskingTimes:
    """Return after how many days this house asks again."""
    return AskingTimes(
        settled.number(CARRIED_OUT_DAYS),
        settled.number(ASKED_AGAIN_DAYS),
        settled.number(GOING_ON_DAYS),
        settled.number(PAPER_BACK_DAYS),
        settled.number(NOTICE_DAYS),
    )


def _wanted() -> Select[*tuple[Any, ...]]:
    """Return the statement that reads them all at once, with nothing of what is sealed."""
    notice = select(func.max(Task.created_at)).where(
        Task.referral_id == Referral.id,
        Task.title_text.in_([in_language(NOTICE, language) for language in LANGUAGES]),
    )
    still_about = and_(Referral.state.in_(STOPPED), _IS_PAPER_OUT)
    return (
        select(
            *OF_CASE,
            Referral.id.label("referral_id"),
            Referral.reference,
            Referral.state,
            Referral.changed_at,
            Referral.answer_by,
            Referral.appointment,
            Referral.waiting_until,
            Referral.service_from,
            Referral.delivered_at,
            _IS_PAPER_OUT.label("is_paper_out"),
            notice.scalar_subquery().label("notice_at"),
            Organisation.name,
            Organisation.name_latin,
        )
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(Organisation, Organisation.id == Referral.organisation_id)
        .where(or_(Referral.state.in_(OUT), still_about))
    )


def _known(row: Any) -> OutReferral:
    return OutReferral(
        state=row.state,
        noted_on=house_day(row.changed_at),
        answer_by=row.answer_by,
        appointment=row.appointment,
        waiting_until=row.waiting_until,
        service_from=row.service_from,
        is_delivered=row.delivered_at is not None,
        is_paper_out=row.is_paper_out,
        notice_on=house_day(row.notice_at) if row.notice_at else None,
    )


def _line(row: Any, due: NextDue) -> DayLine:
    return DayLine(
        words=due.words,
        facts={"to": on_screen(row.name, row.name_latin) or "–"},
        when=due.on,
        hour=due.hour,
        who=named(row),
        number=row.reference or "",
        page=REFERRAL,
        record_id=row.referral_id,
        waits=due.waits,
    )
