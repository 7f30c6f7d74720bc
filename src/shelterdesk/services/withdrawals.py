"""What follows when she takes a consent back: what stops, and who has to be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_, _
from shelterdesk.records.base import Record
from shelterdesk.records.case import Case
from shelterdesk.records.consent import Consent
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.organisation import Organisation
from shelterdesk.records.referral import Referral
from shelterdesk.records.task import Task
from shelterdesk.records.withdrawal import Withdrawal
from shelterdesk.services.consent_rules import REFERRAL
from shelterdesk.services.guard import Seat
from shelterdesk.services.letters_rules import NOTICE, SHRED
from shelterdesk.services.referrals import NOT_DELIVERED

_NEVER_LEFT: Final = ("consent_withdrawn", "recalled")
_TELL: Final = N_("Tell {recipient} that the consent was withdrawn, and have it confirmed")


@dataclass(frozen=True)
class Effects:
    """What a withdrawal has done, and what is left for people to do."""

    withdrawal: Withdrawal
    referrals_stopped: tuple[Referral, ...] = ()
    papers_due: tuple[Task, ...] = ()
    """Printed letters that are brought back and shredded."""
    notices_due: tuple[Task, ...] = ()
    """Recipients who know already and are told that it is over."""

    def __repr__(self) -> str:
        return "<Effects>"

    def everything(self) -> tuple[Record, ...]:
        """Return every record that was made or changed."""
        stopped, papers, notices = self.referrals_stopped, self.papers_due, self.notices_due
        return (self.withdrawal, *stopped, *papers, *notices)


def take_back(session: Session, consent: Consent, how: str, seat: Seat, at: datetime) -> Effects:
    """Put a withdrawal and all that follows from it into a transaction; the log stays as it is."""
    taken = Withdrawal(case_id=consent.case_id, consent_id=consent.id, at=at, how=how or None)
    taken.told_by_id = seat.staff_id
    work = _Work(session, consent, seat)
    under_way = [r for r in work.referrals() if (r.state or "draft") in NOT_DELIVERED]
    printed = [r for r in under_way if r.state == "issued" or r.copies]
    gone = [r for r in work.referrals() if r not in under_way and r.state not in _NEVER_LEFT]
    for referral in under_way:
        referral.state = "consent_withdrawn"
    effects = Effects(
        taken,
        tuple(under_way),
        tuple(work.task(SHRED, r, reference=r.reference or "") for r in printed),
        (
            *(work.task(NOTICE, r, reference=r.reference or "") for r in gone),
            *(work.task(_TELL, None, recipient=name) for name in work.told_otherwise()),
        ),
    )
    session.add_all(effects.everything())
    return effects


class _Work:
    """One withdrawal being carried out."""

    def __init__(self, session: Session, consent: Consent, seat: Seat) -> None:
        self._session, self._consent, self._seat = session, consent, seat

    def referrals(self) -> list[Referral]:
        """Return the referrals that rest on this consent: by its name, or by its recipient."""
        consent = self._consent
        ground = Referral.consent_id == consent.id
        if consent.purpose == REFERRAL and consent.organisation_id:
            ground = or_(ground, Referral.organisation_id == consent.organisation_id)
        wanted = select(Referral).where(Referral.case_id == consent.case_id, ground)
        return list(self._session.scalars(wanted.order_by(Referral.created_at)))

    def told_otherwise(self) -> Iterable[str]:
        """Return who was told on this consent without a letter, each once."""
        consent = self._consent
        ground = Disclosure.consent_id == consent.id
        if consent.purpose == REFERRAL:  # a guardian's part lies beside hers, which the log names
            same_place = Disclosure.organisation_id == consent.organisation_id
            same_person = Disclosure.recipient_person == consent.recipient_person
            ground = or_(ground, same_place if consent.organisation_id else same_person)
        wanted = select(Disclosure).where(
            Disclosure.case_id == consent.case_id,
            Disclosure.basis == "consent",
            Disclosure.referral_id.is_(None),
            ground,
        )
        return dict.fromkeys(map(self._recipient, self._session.scalars(wanted)))

    def _recipient(self, told: Disclosure) -> str:
        to = told.organisation_id and self._session.get(Organisation, told.organisation_id)
        return to.shown if to else told.recipient_person or ""

    def task(self, title: str, referral: Referral | None, **names: str) -> Task:
        """Return a task for whoever works on the case, due tomorrow."""
        case = self._session.get(Case, self._consent.case_id)
        return Task(
            case_id=self._consent.case_id,
            title_text=_(title).format(**names),
            due_on=self._seat.today() + timedelta(days=1),
            assignee_id=(case.owner_id if case else None) or self._seat.staff_id,
            priority="urgent",
            state="open",
            referral_id=referral.id if referral else None,
        )
