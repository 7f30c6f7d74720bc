"""What follows when she takes a consent back: what stops, and who has to be told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.lao.letters import normalised
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.consent_rules import REFERRAL, agreed, picture
from shelterdesk.services.disclosure.letters_rules import (
    NOTICE,
    SHRED,
    copies_of,
    last_out,
    paper_task,
    printed_at,
)
from shelterdesk.services.disclosure.referral_steps import DISCARDED
from shelterdesk.services.disclosure.referrals import NOT_DELIVERED

_NEVER_LEFT: Final = ("consent_withdrawn", "recalled", DISCARDED)


@dataclass(frozen=True)
class Effects:
    """What a withdrawal has done, and what is left for people to do."""

    withdrawal: Withdrawal
    referrals_stopped: tuple[Referral, ...] = ()
    papers_due: tuple[Task, ...] = ()
    """Printed letters that are brought back and shredded."""
    notices_due: tuple[Task, ...] = ()
    """Recipients who know already and are told that it is over."""
    to_tell: tuple[str, ...] = ()
    """Who was told without a letter, for the page of her consents: no task names anybody."""

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
    printed += [r for r in gone if work.is_printed_since(r)]
    for referral in under_way:
        referral.state = "consent_withdrawn"
    to_tell = tuple(work.told_otherwise())
    effects = Effects(
        taken,
        tuple(under_way),
        tuple(work.task(SHRED, r) for r in printed),
        tuple(work.task(NOTICE, r) for r in (*gone, *([None] if to_tell else []))),
        to_tell,
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
        found = self._session.scalars(wanted.order_by(Referral.created_at)).all()
        return [referral for referral in found if not self._stands_anyhow(referral)]

    def _stands_anyhow(self, referral: Referral) -> bool:
        """Tell whether a referral does not need this consent: a law or another one carries it."""
        letter = last_out(self._session, referral)
        left_by = letter.disclosure_id if letter else None
        told = self._session.get(Disclosure, left_by) if left_by else None
        if told is not None and told.basis != "consent":
            return True
        still = self._still_agreed(referral.organisation_id)
        return bool(still) and still.issuperset((told.items or ()) if told else ())

    def _still_agreed(self, organisation_id: str | None) -> frozenset[str]:
        """Return what she agrees to tell a place when this consent is gone."""
        case = self._session.get_one(Case, self._consent.case_id)
        known = picture(self._session, case, self._seat.today())
        gone = {self._consent.id: self._seat.today()}
        without = replace(known, withdrawn={**known.withdrawn, **gone})
        return agreed(without, organisation_id).items

    def told_otherwise(self) -> Iterable[str]:
        """Return who was told on this consent without a printed letter, each once."""
        printed = select(Letter.disclosure_id).where(Letter.disclosure_id.is_not(None))
        wanted = select(Disclosure).where(
            Disclosure.case_id == self._consent.case_id,
            Disclosure.basis == "consent",
            Disclosure.id.not_in(printed),
        )
        told = filter(self._was_on_it, self._session.scalars(wanted.order_by(Disclosure.at)))
        return dict.fromkeys(map(self._recipient, told))

    def _was_on_it(self, told: Disclosure) -> bool:
        """Tell whether somebody was told on this consent, or on the part that lies beside it.

        The log names hers only, so a guardian's is known by the recipient of both.
        """
        consent = self._consent
        if told.consent_id == consent.id or consent.purpose != REFERRAL:
            return told.consent_id == consent.id
        if consent.organisation_id:
            return told.organisation_id == consent.organisation_id
        named = normalised(consent.recipient_person or "")
        return named != "" and named == normalised(told.recipient_person or "")

    def is_printed_since(self, referral: Referral) -> bool:
        """Tell whether a copy was printed after the letter was delivered, and is still about."""
        at = referral.delivered_at
        copies = copies_of(self._session, referral)
        out = [printed_at(self._session, c) for c in copies if c.state == "issued"]
        return at is not None and any(made > at for made in out if made is not None)

    def _recipient(self, told: Disclosure) -> str:
        to = told.organisation_id and self._session.get(Organisation, told.organisation_id)
        return to.shown if to else told.recipient_person or ""

    def task(self, title: str, referral: Referral | None) -> Task:
        """Return a task for whoever works on the case, due tomorrow."""
        case = self._session.get_one(Case, self._consent.case_id)
        return paper_task(self._seat, case, referral, title)
