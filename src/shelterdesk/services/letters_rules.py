"""What letters and referrals ask alike: printed copies, consent still in force, papers to fetch."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case import Case
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.letter import Letter
from shelterdesk.records.referral import Referral
from shelterdesk.records.task import Task
from shelterdesk.services.consent_rules import agreed, picture
from shelterdesk.services.grounds import NoConsent, item_labels
from shelterdesk.services.guard import Seat

SHRED: Final = N_("Bring the paper {reference} back and shred it")
NOTICE: Final = N_("Send a notice of withdrawal for {reference} and have it confirmed")


class LetterOut(DeskError):
    """A letter of this referral is printed already and is no longer changed."""

    sentence = N_(
        "A letter of this referral is printed already. Print it again as a new copy, or make it "
        "void first."
    )


class NotPrinted(DeskError):
    """A letter was to be delivered that was never printed, or that is void."""

    sentence = N_("No letter of this referral is printed. Print it before it is delivered.")


class NotDelivered(DeskError):
    """An answer came for a letter that nobody has delivered, or that is over."""

    sentence = N_(
        "This referral is not waiting for an answer. Mark the letter as delivered first, or look "
        "whether it has ended already."
    )


class WrongMoment(DeskError):
    """A letter was said to be delivered before it was printed, or in time to come."""

    sentence = N_("A letter is delivered after it was printed and not later than now.")


class NoWhy(DeskError):
    """A reason that is kept for good was not written down."""

    sentence = N_("Write down in a sentence why.")


def case_for(session: Session, seat: Seat, referral: Referral, right: Right) -> Case:
    """Return the case of a referral; raises NotAllowed unless she may read or write there."""
    case = session.get(Case, referral.case_id)
    if case is None:
        raise ChangedElsewhere
    seat.demand(Area.CONSENT, right, case)
    return case


def copies_of(session: Session, referral: Referral) -> list[Letter]:
    """Return every copy that was printed for a referral, void ones too, by number."""
    every = select(Letter).where(Letter.referral_id == referral.id)
    return list(session.scalars(every.order_by(Letter.copy)))


def last_out(session: Session, referral: Referral) -> Letter | None:
    """Return the newest copy that is neither void nor shredded."""
    return next((c for c in reversed(copies_of(session, referral)) if c.state == "issued"), None)


def demand_in_force(session: Session, told: Disclosure, day: date) -> None:
    """Raise NoConsent when what a paper tells is not, or no longer, what she agrees to."""
    case = session.get(Case, told.case_id)
    if told.basis != "consent" or case is None:
        return
    known = picture(session, case, day)
    items = agreed(known, told.organisation_id, told.recipient_person or "").items
    missing = [item for item in told.items if item not in items]
    if missing:
        raise NoConsent(items=item_labels(missing))


def paper_task(seat: Seat, case: Case, referral: Referral, title: str) -> Task:
    """Return a task about a paper, due tomorrow, for whoever works on the case."""
    return Task(
        case_id=case.id,
        title_text=_(title).format(reference=referral.reference or ""),
        due_on=seat.today() + timedelta(days=1),
        assignee_id=case.owner_id or seat.staff_id,
        priority="urgent",
        state="open",
        referral_id=referral.id,
    )
