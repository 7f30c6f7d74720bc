"""Referrals: begun under a random number, looked up, and chased while nobody has answered."""

from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.references import new_reference
from shelterdesk.records.case import Case
from shelterdesk.records.referral import Referral
from shelterdesk.services.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.store.vault import Vault

ANSWER_WITHIN: Final = {"emergency": 1, "urgent": 3, "normal": 14}
"""Days until an answer is asked for again (inter-agency form: 24 h, 72 h, 2 weeks)."""

NOT_DELIVERED: Final = ("draft", "awaiting_consent", "awaiting_approval", "ready", "issued")
OVER: Final = (
    *("declined_by_provider", "declined_by_survivor", "completed", "consent_withdrawn"),
    *("recalled", "expired"),
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
