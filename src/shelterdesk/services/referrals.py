"""Referrals: begun under a random number, delivered, answered, and chased until they are."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.core.references import new_reference, read_reference
from shelterdesk.records.case import Case
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.letter import Letter
from shelterdesk.records.referral import Referral
from shelterdesk.services.address_guard import NameAlike, Passing, is_alike
from shelterdesk.services.asking import is_sentence
from shelterdesk.services.guard import Seat, Service, rule
from shelterdesk.services.letters_rules import (
    NOTICE,
    SHRED,
    LetterOut,
    NotDelivered,
    NotPrinted,
    NoWhy,
    WrongMoment,
    case_for,
    demand_in_force,
    last_out,
    paper_task,
)
from shelterdesk.services.records import Records
from shelterdesk.store.vault import Vault

ANSWER_WITHIN: Final = {"emergency": 1, "urgent": 3, "normal": 14}
"""Days until an answer is asked for again (inter-agency form: 24 h, 72 h, 2 weeks)."""

NOT_DELIVERED: Final = ("draft", "awaiting_consent", "awaiting_approval", "ready", "issued")
OVER: Final = (
    *("declined_by_provider", "declined_by_survivor", "completed", "consent_withdrawn"),
    *("recalled", "expired"),
)
ANSWERS: Final = (
    *("acknowledged", "accepted", "waitlisted", "declined_by_provider", "declined_by_survivor"),
    *("service_started", "completed"),
)
"""States that a return slip or a call can bring."""

_BEFORE: Final = ("draft", "awaiting_consent", "awaiting_approval", "ready")
_PREPARED: Final = frozenset(
    {"service", "priority", "need", "already_given", "answer_by", "delivery", "delivered_by"}
)
_WAITING: Final = (
    *("delivered", "no_response", "acknowledged", "accepted", "waitlisted"),
    "service_started",
)
_ON_SLIP: Final = frozenset(
    {
        *("received_by", "answer", "appointment", "next_step", "waiting_until"),
        *("decline_reason", "service_from", "service_until", "outcome"),
    }
)
_SILENT: Final = ("issued", "delivered", "no_response")


class Referrals(Service):
    """Beginning a referral with her, and never losing sight of one."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.CONSENT, Right.WRITE)
    def start(
        self, case: Case, organisation_id: str, service: str, priority: str, need: str
    ) -> Referral:
        """Begin a draft under a fresh number; nothing has left by it."""
        today = self.seat.today()
        days = ANSWER_WITHIN.get(priority, ANSWER_WITHIN["normal"])
        with self._vault.database.writing() as session:
            self._demand(session, case, Right.WRITE)
            draft = Referral(case_id=case.id, organisation_id=organisation_id, state="draft")
            draft.reference = _free_reference(session, today.year)
            draft.service, draft.priority = service or None, priority or None
            draft.need, draft.answer_by = need or None, today + timedelta(days=days)
            kept_id = self._records.keep(session, draft).id
        self._records.tell(draft)
        return self._records.get(Referral, kept_id)

    @rule(Area.CONSENT)
    def of_case(self, case: Case) -> list[Referral]:
        """Return the referrals of a case, oldest first."""
        with self._vault.database.reading() as session:
            self._demand(session, case, Right.READ)
        return self._records.of(Referral, case_id=case.id)

    @rule(Area.CONSENT)
    def open_ones(self) -> list[Referral]:
        """Return every referral that has not come to an end, the most pressing first."""
        wanted = select(Referral).where(or_(Referral.state.is_(None), Referral.state.not_in(OVER)))
        with self._vault.database.reading() as session:
            return self._records.seen(session, session.scalars(wanted.order_by(Referral.answer_by)))

    @rule(Area.CONSENT)
    def unanswered(self) -> list[Referral]:
        """Return the letters that are out and overdue for an answer, the longest waiting first."""
        today = self.seat.today()
        return [
            referral
            for referral in self.open_ones()
            if referral.state in _SILENT
            and referral.answered_at is None
            and (referral.answer_by is None or referral.answer_by < today)
        ]

    @rule(Area.CONSENT)
    def by_number(self, typed: str) -> Referral | None:
        """Return the referral of a number as it is read from a slip, however it is typed.

        A wrong digit is found by the check character and gives None, like an unknown number.
        """
        reference = read_reference(typed)
        if reference is None:
            return None
        wanted = select(Referral).where(Referral.reference == reference)
        with self._vault.database.reading() as session:
            return next(iter(self._records.seen(session, session.scalars(wanted).all())), None)

    # -- prepared, delivered, answered ------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def change(self, referral: Referral, values: Mapping[str, Any]) -> Referral:
        """Change what is asked for, how urgently and by which way, while no letter is printed.

        Raises LetterOut afterwards, ChangedElsewhere for an outdated copy.
        """
        if not _PREPARED.issuperset(values):
            raise KeyError(*(values.keys() - _PREPARED))
        with self._vault.database.writing() as session:
            row = self._records.row(session, referral)
            case_for(session, self.seat, row, Right.WRITE)
            if (row.state or "draft") not in _BEFORE or last_out(session, row) is not None:
                raise LetterOut
            self._records.put(session, row, values)
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def delivered(self, referral: Referral, by: str = "", at: datetime | None = None) -> Referral:
        """Note that the letter is in the recipient's hands: from this moment it has left.

        Asks once more whether her consent holds, and for a letter that tells where she is whether
        whoever carried it may know. Raises NotPrinted, WrongMoment, NoConsent, NameAlike.
        """
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            letter = last_out(session, row) if row.state == "issued" else None
            if letter is None:
                raise NotPrinted
            moment = self._moment(letter, at)
            self._demand_deliverable(session, row, letter, by, moment)
            row.state, row.delivered_at = "delivered", moment
            row.delivered_by = by or row.delivered_by
        return self._told(row)

    def _moment(self, letter: Letter, at: datetime | None) -> datetime:
        """Return when a letter was delivered; raises WrongMoment for what cannot be."""
        now = self._vault.clock()
        moment = at or now
        if moment > now or (letter.made_at is not None and moment < letter.made_at):
            raise WrongMoment
        return moment

    def _demand_deliverable(
        self, session: Session, row: Referral, letter: Letter, by: str, moment: datetime
    ) -> None:
        told = session.get(Disclosure, letter.disclosure_id) if letter.disclosure_id else None
        if told is None:
            raise ChangedElsewhere
        demand_in_force(session, told, moment.astimezone().date())
        carried = by and by != row.delivered_by and not ADDRESS_ITEMS.isdisjoint(told.items)
        if carried:
            case = case_for(session, self.seat, row, Right.WRITE)
            if is_alike(session, case, Passing(Recipient(), by)):
                raise NameAlike

    @rule(Area.CONSENT, Right.WRITE)
    def answered(self, referral: Referral, state: str, values: Mapping[str, Any]) -> Referral:
        """Note what came back by slip or telephone: a code of `ANSWERS` and what the slip says.

        Raises NotDelivered for a letter that nobody has delivered or that is over.
        """
        if state not in ANSWERS or not _ON_SLIP.issuperset(values):
            raise KeyError(state, *(values.keys() - _ON_SLIP))
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            if row.state not in _WAITING:
                raise NotDelivered
            for name, value in values.items():
                setattr(row, name, value if value != "" else None)
            row.state, row.answered_at = state, row.answered_at or self._vault.clock()
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def no_answer(self, referral: Referral, why: str) -> Referral:
        """Note that nobody answers, and what was tried; it stays in the queue of the unanswered."""
        _demand_why(why)
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            if row.state not in _WAITING:
                raise NotDelivered
            row.state, row.closing_reason = "no_response", why
        return self._told(row)

    @rule(Area.CONSENT, Right.WRITE)
    def recall(self, referral: Referral, why: str) -> Referral:
        """Call a referral back: nothing more leaves by it, and what is out has to come back.

        A printed letter leaves a task to shred it, a delivered one a task to send notice. Raises
        NoWhy, NotDelivered for one that is over.
        """
        _demand_why(why)
        with self._vault.database.writing() as session:
            row = self._row(session, referral)
            if row.state in OVER:
                raise NotDelivered
            case = case_for(session, self.seat, row, Right.WRITE)
            title = NOTICE if row.delivered_at else SHRED if last_out(session, row) else ""
            task = paper_task(self.seat, case, row, title) if title else None
            session.add_all(filter(None, [task]))
            row.state, row.closing_reason = "recalled", why
        self._records.tell(*filter(None, [task]))
        return self._told(row)

    def _row(self, session: Session, referral: Referral) -> Referral:
        row = session.get(Referral, referral.id)
        if row is None:
            raise ChangedElsewhere
        case_for(session, self.seat, row, Right.WRITE)
        return row

    def _told(self, row: Referral) -> Referral:
        self._records.tell(row)
        return self._records.get(Referral, row.id)

    def _demand(self, session: Session, case: Case, right: Right) -> None:
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(Area.CONSENT, right, stored)


def _free_reference(session: Session, year: int) -> str:
    reference = new_reference(year)
    while session.scalar(select(Referral.id).where(Referral.reference == reference)) is not None:
        reference = new_reference(year)
    return reference


def _demand_why(why: str) -> None:
    if not is_sentence(why):
        raise NoWhy
