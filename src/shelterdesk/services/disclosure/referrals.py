"""Referrals: begun under a random number, delivered, answered, and chased until they are.

What is read of them stands in `referrals_read`; what each state allows in `referral_steps`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import ChangedElsewhere, DeskError, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.references import new_reference
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.act import CARRY, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import rule
from shelterdesk.services.consent_law.address_guard import AddressGuard, Passing
from shelterdesk.services.disclosure.digests import checksum
from shelterdesk.services.disclosure.letters_rules import (
    NOTICE,
    SHRED,
    LetterNotPrinted,
    LetterOut,
    NotDelivered,
    WrongMoment,
    case_for,
    demand_in_force,
    demand_why,
    last_out,
    moment_of,
    open_tasks,
    paper_task,
    printed_at,
    stopped_at,
)
from shelterdesk.services.disclosure.referral_steps import (
    BEGUN,
    DISCARDED,
    OVER,
    WAITING,
    is_draft,
)
from shelterdesk.services.disclosure.referrals_read import ReferralsRead

LONGEST_TEXT: Final = 600
"""Letters of what is asked for and of what was given already: a letter has one page."""

NOT_DELIVERED: Final = ("draft", "awaiting_consent", "awaiting_approval", "ready", "issued")
ANSWERS: Final = (
    *("acknowledged", "accepted", "waitlisted", "declined_by_provider", "declined_by_survivor"),
    *("service_started", "completed"),
)
"""States that a return slip or a call can bring."""

_MAY_HAVE_LEFT: Final = ("issued", "consent_withdrawn", "recalled")
"""States in which a printed letter may be in the recipient's hands without anybody noting it."""

_PREPARED: Final = frozenset(
    {"service", "priority", "need", "already_given", "answer_by", "delivery", "delivered_by"}
)
_ON_SLIP: Final = frozenset(
    {
        *("received_by", "answer", "appointment", "next_step", "waiting_until"),
        *("decline_reason", "service_from", "service_until", "outcome"),
    }
)


class TooMuch(DeskError):
    """What is asked for does not fit on the one page of a letter."""

    sentence = N_("This is too long for one page: {count} letters of {most}.")


class Referrals(ReferralsRead):
    """Beginning a referral with her, and never losing sight of one."""

    @rule(Area.CONSENT, Right.WRITE)
    def start(
        self, case: Case, organisation_id: str, service: str, priority: str, need: str
    ) -> Referral:
        """Begin a draft under a fresh number; nothing has left by it. Raises TooMuch."""
        _demand_short(need)
        with self._vault.database.writing() as session:
            self._demand(session, case, Right.WRITE)
            draft = Referral(case_id=case.id, organisation_id=organisation_id, state="draft")
            draft.reference = _free_reference(session, self.seat.today().year)
            draft.service, draft.priority = service or None, priority or None
            draft.need, draft.answer_by = need or None, self.answer_by(priority)
            kept_id = self._records.keep_weighed(session, draft).id
        self._records.tell(draft)
        return self._records.get(Referral, kept_id)

    # -- prepared, delivered, answered ------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def change(self, referral: Referral, values: Mapping[str, Any]) -> Referral:
        """Change what is asked for, how urgently and by which way, while no letter is printed.

        Raises LetterOut afterwards, ChangedElsewhere for an outdated copy, TooMuch.
        """
        if not _PREPARED.issuperset(values):
            raise KeyError(*(values.keys() - _PREPARED))
        for name in ("need", "already_given"):
            _demand_short(values.get(name) or "")
        with self._vault.database.writing() as session:
            row = self._records.row(session, referral)
            case_for(session, self.seat, row, Right.WRITE)
            _demand_unprinted(session, row)
            self._records.put_weighed(session, row, values)
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def enclose(self, referral: Referral, papers: Iterable[Attachment]) -> None:
        """Say which papers of hers go along with a letter, while none is printed.

        They are named in it only if she has agreed to that item. Raises LetterOut, NotAllowed for
        a paper of somebody else or one that is closed to the person at the desk.
        """
        wanted = {paper.id for paper in papers}
        with self._vault.database.writing() as session:
            row = self._row(session, referral, Right.WRITE)
            _demand_unprinted(session, row)
            kept = _enclosures(session, row.id)
            if wanted == {one.attachment_id for one in kept}:
                return
            for paper_id in wanted - {one.attachment_id for one in kept}:
                self._demand_hers(session, row, paper_id)
                new = Enclosure(case_id=row.case_id, referral_id=row.id, attachment_id=paper_id)
                self._records.keep_weighed(session, new)
            for one in kept:
                if one.attachment_id not in wanted:
                    session.delete(one)
        self._records.tell(row)

    def _demand_hers(self, session: Session, row: Referral, paper_id: str) -> None:
        paper = session.get(Attachment, paper_id)
        is_hers = paper is not None and paper.case_id == row.case_id
        if paper is None or not is_hers or not self._records.open_names(session, paper):
            raise NotAllowed

    @rule(Area.CONSENT, Right.WRITE)
    def delivered(
        self,
        referral: Referral,
        by: str = "",
        at: datetime | date | None = None,
        *,
        looked: bool = False,
        second: Approval | None = None,
    ) -> Referral:
        """Note that the letter is in the recipient's hands: from this moment it has left.

        A day alone means some time on it. Asks whether her consent held then, and whether another
        carrier than the one named at the print may be somebody who must not get near her, unless a
        director has `looked`, at the desk or by the `second` signature. One that was handed over
        before it was stopped is noted as well, with when that was: it stays stopped, and notice is
        to be given. Raises NotPrinted, WrongMoment, StoppedBefore, NoConsent, NameAlike.
        """
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            letter, stopped = _handed_over(session, row)
            if stopped is not None and at is None:
                raise LetterNotPrinted
            moment = self._moment(printed_at(session, letter), at, stopped)
            self._demand_in_force(session, letter, moment)
            self._demand_carrier(session, row, by, looked=looked, second=second)
            row.delivered_at, row.delivered_by = moment, by or row.delivered_by
            tasks = self._after_all(session, row) if stopped else []
            row.state = row.state if stopped else "delivered"
        self._records.tell(*tasks)
        return self._told(row)

    def _moment(
        self, printed: datetime | None, at: datetime | date | None, stopped: datetime | None
    ) -> datetime:
        """Return when a letter was delivered; raises WrongMoment for what cannot be."""
        moment = moment_of(at, self._vault.clock(), stopped)
        if printed is not None and moment < printed:
            raise WrongMoment
        return moment

    def _after_all(self, session: Session, row: Referral) -> list[Task]:
        """Ask for notice instead of shredding: the paper is not in the house."""
        moot = open_tasks(session, row, SHRED)
        for task in moot:
            task.state = "dropped"
        case = case_for(session, self.seat, row, Right.READ)
        notice = paper_task(self.seat, case, row, NOTICE)
        session.add(notice)
        return [*moot, notice]

    def _demand_in_force(self, session: Session, letter: Letter, moment: datetime) -> None:
        told = session.get(Disclosure, letter.disclosure_id) if letter.disclosure_id else None
        if told is None:
            raise ChangedElsewhere
        demand_in_force(session, told, moment)

    def _demand_carrier(
        self, session: Session, row: Referral, by: str, *, looked: bool, second: Approval | None
    ) -> None:
        if not by or by == row.delivered_by:
            return  # compared at the print
        case = case_for(session, self.seat, row, Right.READ)
        wanted = _carried(session, case, row, by)
        signed = self.seat.approvals.use(second, wanted) if second else None
        way = Passing(Recipient(), by, looked=looked, second=signed)
        AddressGuard(self.seat).demand(session, case, (), way)

    @rule(Area.CONSENT)
    def carried_for_what(self, referral: Referral, by: str) -> Act:
        """Return what a director signs for who has compared the name of a carrier."""
        with self._vault.database.reading() as session:
            row = self._row(session, referral)
            return _carried(session, case_for(session, self.seat, row, Right.READ), row, by)

    @rule(Area.CONSENT, Right.WRITE)
    def answered(self, referral: Referral, state: str, values: Mapping[str, Any]) -> Referral:
        """Note what came back by slip or telephone: a code of `ANSWERS` and what the slip says.

        Raises NotDelivered for a letter that nobody has delivered or that is over.
        """
        if state not in ANSWERS or not _ON_SLIP.issuperset(values):
            raise KeyError(state, *(values.keys() - _ON_SLIP))
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            if row.state not in WAITING:
                raise NotDelivered
            for name, value in values.items():
                setattr(row, name, value if value != "" else None)
            row.state, row.answered_at = state, row.answered_at or self._vault.clock()
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def no_answer(self, referral: Referral, why: str) -> Referral:
        """Note that nobody answers, and what was tried; it stays in the queue of the unanswered."""
        demand_why(why)
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            if row.state not in WAITING:
                raise NotDelivered
            row.state, row.closing_reason = "no_response", why
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def discard(self, referral: Referral) -> Referral:
        """Give a draft up; its number stays, and `take_up` goes on with it.

        Raises LetterOut where a letter was ever printed: that one is called back.
        """
        with self._vault.database.writing() as session:
            row = self._row(session, referral, Right.WRITE)
            if not is_draft(session, row):
                raise LetterOut
            row.state = DISCARDED
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def take_up(self, referral: Referral) -> Referral:
        """Go on with a draft that was discarded; any other referral stays as it is."""
        with self._vault.database.writing() as session:
            row = self._row(session, referral, Right.WRITE)
            if row.state == DISCARDED:
                row.state = "draft"
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def recall(self, referral: Referral, why: str) -> Referral:
        """Call a referral back: nothing more leaves by it, and what is out has to come back.

        Of a draft nothing is out: it is discarded. A printed letter leaves a task to shred it, a
        delivered one a task to give notice. Raises NoWhy, NotDelivered for one that is over, unless
        it had left before she took it back.
        """
        demand_why(why)
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            there = row.state == "consent_withdrawn" and row.delivered_at is not None
            if row.state in OVER and not there:
                raise NotDelivered
            case = case_for(session, self.seat, row, Right.READ)
            title = NOTICE if row.delivered_at else SHRED if last_out(session, row) else ""
            asked = not title or open_tasks(session, row, title)
            task = None if asked else paper_task(self.seat, case, row, title)
            session.add_all(filter(None, [task]))
            row.state = DISCARDED if is_draft(session, row) else "recalled"
            row.closing_reason = why
        self._records.tell(*filter(None, [task]))
        return self._told(row)

    def _told(self, row: Referral) -> Referral:
        self._records.tell(row)
        return self._records.get(Referral, row.id)


def _free_reference(session: Session, year: int) -> str:
    reference = new_reference(year)
    while session.scalar(select(Referral.id).where(Referral.reference == reference)) is not None:
        reference = new_reference(year)
    return reference


def _carried(session: Session, case: Case, row: Referral, by: str) -> Act:
    """Return the act of one carrier of one letter; the log learns no name by it."""
    return Act(CARRY, digest=checksum(session, case, [row.id, row.letter_id, by]))


def _demand_unprinted(session: Session, row: Referral) -> None:
    """Raise LetterOut when a letter is out, or the referral is past being prepared."""
    if (row.state or "draft") not in BEGUN or last_out(session, row) is not None:
        raise LetterOut


def _handed_over(session: Session, row: Referral) -> tuple[Letter, datetime | None]:
    """Return the letter that may be there by now, and when it was stopped if it was.

    Raises LetterNotPrinted where none is out, or where its arrival is noted already.
    """
    waits = row.state in _MAY_HAVE_LEFT and row.delivered_at is None
    letter = last_out(session, row) if waits else None
    if letter is None:
        raise LetterNotPrinted
    return letter, stopped_at(session, row, letter)


def _enclosures(session: Session, referral_id: str) -> list[Enclosure]:
    return list(session.scalars(select(Enclosure).where(Enclosure.referral_id == referral_id)))


def _demand_short(text: str) -> None:
    """Raise TooMuch for what does not fit on a letter."""
    if len(text) > LONGEST_TEXT:
        raise TooMuch(count=len(text), most=LONGEST_TEXT)
