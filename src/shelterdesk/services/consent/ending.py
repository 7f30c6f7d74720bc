"""The lines of My day about consents that end within the week, so that she is asked in time.

Only what lets something leave today is named: the newest decision of each side about a recipient,
given, not taken back. What ended for another reason needs no reminder; it is asked anew with the
next letter.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.cases_read import OF_CASE, falls_to, named, rows_seen
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.consent_rules import REFERRAL, newest_answers
from shelterdesk.services.consent_law.given import GIVEN
from shelterdesk.services.day_lines import CASE, DayLine, Spot, last_day_shown

_ENDS: Final = N_("Her consent for {to} ends. Ask her whether it goes on.")


def ending_lines(session: Session, seat: Seat, today: date) -> Iterator[DayLine]:
    """Yield for each recipient the first day on which a consent ends, for whoever asks her."""
    soon = _soon(session, seat, today)
    newest = newest_answers(session, {row.case_id for row in soon})
    told = set()
    for row in sorted(soon, key=lambda row: row.Consent.valid_until):
        consent, to = row.Consent, row.Consent.recipient_person or _name(row)
        if consent.id in newest and to and (row.case_id, to) not in told:
            told.add((row.case_id, to))
            yield _line(row, to)


def _soon(session: Session, seat: Seat, today: date) -> list[Any]:
    """Return what was given, not taken back, and ends within the week, in her open cases."""
    taken_back = select(Withdrawal.id).where(Withdrawal.consent_id == Consent.id).exists()
    wanted = (
        select(*OF_CASE, Consent, Organisation)
        .join(Case, Case.id == Consent.case_id)
        .outerjoin(Organisation, Organisation.id == Consent.organisation_id)
        .where(Case.closed_on.is_(None), Consent.purpose == REFERRAL, ~taken_back)
        .where(Consent.decision.in_(GIVEN))
        .where(Consent.valid_until.between(today, last_day_shown(today)))
    )
    found = rows_seen(session, seat, Area.CONSENT, wanted)
    return [row for row in found if falls_to(seat, row, late=False)]


def _name(row: Any) -> str:
    return row.Organisation.shown if row.Organisation else ""


def _line(row: Any, to: str) -> DayLine:
    return DayLine(
        words=_ENDS,
        facts={"to": to},
        when=row.Consent.valid_until,
        who=named(row),
        page=CASE,
        record_id=row.case_id,
        spot=Spot("consents"),
    )
