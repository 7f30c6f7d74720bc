"""How a referral stands today, and so what can be done with it; who may is asked besides."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law.consent_rules import agreed, picture
from shelterdesk.services.disclosure.letters_rules import copies_of, last_out
from shelterdesk.services.disclosure.next_due import STOPPED

BEGUN: Final = ("draft", "awaiting_consent", "awaiting_approval", "ready")
"""States before a letter is printed."""

WAITING: Final = (
    *("delivered", "no_response", "acknowledged", "accepted", "waitlisted"),
    "service_started",
)
"""States in which an answer, or another one, can come."""

OVER: Final = (
    *("declined_by_provider", "declined_by_survivor", "completed", "consent_withdrawn"),
    *("recalled", "expired", "discarded"),
)

DISCARDED: Final = "discarded"
"""A draft of which no letter was ever printed: nothing has left, so nothing is called back."""


@dataclass(frozen=True)
class ReferralSteps:
    """What is true of one referral today."""

    begun: bool
    """Nothing is printed yet: she goes on preparing it."""
    is_draft: bool
    """No letter was ever printed of it: it can be discarded."""
    discarded: bool
    printed: bool
    """A letter is out, and nobody has noted that it was delivered."""
    delivered: bool
    waits: bool
    """An answer can come."""
    over: bool
    called_back: bool
    """It was called back, or her consent was, before it was delivered."""
    stopped: bool
    """Nothing more leaves by it, whatever has left before."""
    may_be_there: bool
    """It was stopped while a printed copy was out, which may have been handed over before."""
    wanted_by: date | None
    """Until when an answer is waited for."""
    late: bool


def steps_of(session: Session, case: Case, row: Referral, today: date) -> ReferralSteps:
    """Return what is true of a referral today."""
    state, delivered = row.state or "draft", row.delivered_at is not None
    called_back, discarded = state in STOPPED, state == DISCARDED
    stopped = called_back or (not discarded and _is_taken_back(session, case, row, today))
    wanted_by = _answer_wanted(row)
    return ReferralSteps(
        begun=state in BEGUN,
        is_draft=is_draft(session, row),
        discarded=discarded,
        printed=state == "issued",
        delivered=delivered,
        waits=state in WAITING,
        over=state in OVER,
        called_back=called_back,
        stopped=stopped,
        may_be_there=stopped and not delivered and last_out(session, row) is not None,
        wanted_by=wanted_by,
        late=wanted_by is not None and wanted_by < today,
    )


def is_draft(session: Session, row: Referral) -> bool:
    """Tell whether no letter was ever printed of a referral that is still prepared."""
    return (row.state or "draft") in BEGUN and not copies_of(session, row)


def _answer_wanted(referral: Referral) -> date | None:
    """Return until when an answer is waited for; None while nothing is out, and after one came."""
    is_out = (referral.state or "draft") not in (*OVER, *BEGUN)
    return referral.answer_by if is_out and referral.answered_at is None else None


def _is_taken_back(session: Session, case: Case, row: Referral, today: date) -> bool:
    """Tell whether she has withdrawn what this letter stood on."""
    known = picture(session, case, today)
    withdrawn = [one for one in known.consents if known.state(one) == "withdrawn"]
    if any(one.id == row.consent_id for one in withdrawn):
        return True
    theirs = any(one.organisation_id == row.organisation_id for one in withdrawn)
    return theirs and not agreed(known, row.organisation_id).items
