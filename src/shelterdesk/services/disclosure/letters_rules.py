"""What letters and referrals ask alike: printed copies, consent still in force, papers to fetch."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, house_day
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import LANGUAGES, N_, _, in_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.consent_rules import REFERRAL, Picture, picture
from shelterdesk.services.consent_law.grounds import NoConsent, item_labels
from shelterdesk.services.consent_law.same_place import changed_places
from shelterdesk.services.consent_law.verdicts import verdict
from shelterdesk.store.log.log_order import begun, happened, last_change, place_at, waited_since

SHRED: Final = N_("Bring the paper {reference} back and shred it")
NOTICE: Final = N_("Give notice that a consent was taken back – open the case")
"""Titles of tasks, which the whole house reads: never to whom, for which service or why."""


class LetterOut(DeskError):
    """A letter of this referral is printed already and is no longer changed."""

    sentence = N_(
        "A letter of this referral is printed already. Print it again as a new copy, or make it "
        "void first."
    )


class LetterNotPrinted(DeskError):
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


class StoppedBefore(WrongMoment):
    """A letter was said to be delivered after she had taken its consent back."""

    sentence = N_(
        "The letter was stopped before that. Give the day on which it was handed over if that was "
        "earlier; otherwise bring the paper back and shred it."
    )


class NewWords(DeskError):
    """A letter was to be printed again, and it would tell something else than the first time."""

    sentence = N_(
        "The words have changed since this copy was printed. Make this copy void and prepare a new "
        "letter, so that you see what it tells."
    )


class NoWhy(DeskError):
    """A reason that is kept for good was not written down."""

    sentence = N_("Write down in a sentence why.")


def demand_why(why: str) -> None:
    """Raise NoWhy unless the reason is a sentence."""
    if not is_sentence(why):
        raise NoWhy


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


def enclosed_with(session: Session, referral_id: str) -> list[Attachment]:
    """Return the papers that go along with a letter, by title; none of another woman."""
    going = select(Enclosure.attachment_id).join(Referral, Referral.id == Enclosure.referral_id)
    hers = going.where(Referral.id == referral_id, Referral.case_id == Attachment.case_id)
    wanted = select(Attachment).where(Attachment.id.in_(hers.correlate(Attachment)))
    return list(session.scalars(wanted.order_by(Attachment.name, Attachment.id)))


def has_left(session: Session, referral: Referral, copy: Letter) -> bool:
    """Tell whether a copy is the one that was handed over: the newest that was printed by then."""
    at = referral.delivered_at
    if at is None or copy.state != "issued":
        return False
    printed = ((c, printed_at(session, c)) for c in copies_of(session, referral))
    there = [c for c, made in printed if made is not None and made <= at]
    out = [c for c in there if c.state == "issued"]
    return bool(out) and out[-1].id == copy.id


def printed_at(session: Session, copy: Letter) -> datetime | None:
    """Return when a copy was printed, at the latest; None for one that was not."""
    return happened(session, copy.id, copy.made_at) if copy.made_at else None


def withdrawn_at(session: Session, referral: Referral, since: int) -> datetime | None:
    """Return when she first took back, since a line of the log, what a referral stands on."""
    own = Consent.id == referral.consent_id
    same = (Consent.purpose == REFERRAL) & (Consent.organisation_id == referral.organisation_id)
    taken_back = (
        select(Withdrawal)
        .join(Consent, Consent.id == Withdrawal.consent_id)
        .where(Withdrawal.case_id == referral.case_id, own | same)
    )
    found = session.scalars(taken_back).all()
    order = begun(session, [row.id for row in found])
    later = [row for row in found if order.get(row.id, 0) > since]
    return min((happened(session, row.id, row.at) for row in later), default=None)


def stopped_at(session: Session, referral: Referral, letter: Letter) -> datetime | None:
    """Return when a printed letter was stopped, by her or by being called back; None if it goes."""
    if referral.state == "recalled":
        return _changed(session, referral)
    if referral.state != "consent_withdrawn" or letter.made_at is None:
        return None
    printed = begun(session, [letter.id]).get(letter.id, 0)
    return withdrawn_at(session, referral, printed) or _changed(session, referral)


def _changed(session: Session, referral: Referral) -> datetime | None:
    """Return when a referral got its state, at the latest."""
    at, line = referral.changed_at, last_change(session, [referral.id], "state")
    return min(at, waited_since(session, line.get(referral.id, 0), at)) if at else None


def moment_of(at: datetime | date | None, now: datetime, stopped: datetime | None) -> datetime:
    """Return a moment that was given, or the latest on a day that was given.

    Raises WrongMoment for one in time to come, StoppedBefore for one after a letter was stopped.
    """
    latest = now if stopped is None else min(now, stopped)
    if at is None:
        return now
    if not isinstance(at, datetime):
        begins, ends = at_house(at), at_house(at, time.max)
        at = min(ends, latest) if begins <= latest else begins
    if at > latest:
        raise WrongMoment if stopped is None or at > now else StoppedBefore
    return at


def demand_in_force(session: Session, told: Disclosure, moment: datetime) -> None:
    """Raise NoConsent when what a paper tells is not what she agreed to at that moment."""
    case = session.get(Case, told.case_id)
    if told.basis != "consent" or case is None:
        return
    known = _as_of(session, case, moment, told.at)
    said = verdict(known, told.organisation_id, told.recipient_person or "")
    missing = [item for item in told.items if item not in said.items]
    if missing:
        raise said.refusal or NoConsent(items=item_labels(missing))


def _as_of(session: Session, case: Case, moment: datetime, printed: datetime) -> Picture:
    """Return what was known of her consents at a moment, without what came later.

    Where the recipient is reached is what the paper bears, and that was `printed` already.
    """
    known, place = picture(session, case, house_day(moment), moment), place_at(session, moment)
    taken_back = session.scalars(select(Withdrawal).where(Withdrawal.case_id == case.id)).all()
    order = begun(session, [row.id for row in taken_back])
    later = {row.consent_id for row in taken_back if order.get(row.id, 0) > place}
    ended = known.ended if known.ended <= place else 0
    return replace(
        known,
        elsewhere=changed_places(session, known.consents, known.today, printed),
        withdrawn={c: on for c, on in known.withdrawn.items() if c not in later},
        ended=ended,
        ended_on=known.ended_on if ended else None,
        consents=tuple(c for c in known.consents if known.place(c) <= place),
    )


def open_tasks(session: Session, referral: Referral, title: str) -> list[Task]:
    """Return the open tasks of a referral with a title, in whichever language it was made."""
    reference = referral.reference or ""
    titles = [in_language(title, language).format(reference=reference) for language in LANGUAGES]
    wanted = select(Task).where(
        Task.referral_id == referral.id, Task.state == "open", Task.title_text.in_(titles)
    )
    return list(session.scalars(wanted))


def paper_task(seat: Seat, case: Case, referral: Referral | None, title: str) -> Task:
    """Return a task about a paper, due tomorrow, for whoever works on the case."""
    return Task(
        case_id=case.id,
        title_text=_(title).format(reference=(referral.reference if referral else None) or ""),
        due_on=seat.today() + timedelta(days=1),
        assignee_id=case.owner_id or seat.staff_id,
        priority="urgent",
        state="open",
        referral_id=referral.id if referral else None,
    )
