"""What is read of referrals: those of a case, one by its number, how each stands, what is due."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.house_settings import ANSWER_DAYS
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.references import read_reference
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.consent_law.telltales import given_away
from shelterdesk.services.day_lines import DayLine
from shelterdesk.services.disclosure.asking_again import due_of, referral_lines
from shelterdesk.services.disclosure.letters_rules import case_for, enclosed_with
from shelterdesk.services.disclosure.referral_steps import BEGUN, OVER, ReferralSteps, steps_of
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault


class ReferralsRead(Service):
    """Looking at referrals; nothing is changed by it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.CONSENT)
    def of_case(self, case: Case) -> list[Referral]:
        """Return the referrals of a case, oldest first."""
        with self._vault.database.reading() as session:
            self._demand(session, case, Right.READ)
        return self._records.of(Referral, case_id=case.id)

    @rule(Area.CONSENT)
    def asked_already(self, case: Case, organisation_id: str, service: str) -> Referral | None:
        """Return the newest referral that asks the same of the same place and is still out."""
        same = (
            one
            for one in reversed(self.of_case(case))
            if (one.organisation_id, one.service) == (organisation_id, service)
        )
        return next((one for one in same if (one.state or "draft") not in (*OVER, *BEGUN)), None)

    @rule(Area.CONSENT)
    def next_due(self, case: Case) -> dict[str, DayLine]:
        """Return what is due next of each letter of a case that is out, by the referral's id."""
        with self._vault.database.reading() as session:
            self._demand(session, case, Right.READ)
            return due_of(session, self.seat, case, self.seat.today())

    @rule(Area.CONSENT)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day what is due next of every letter that is out."""
        with self._vault.database.reading() as session:
            return list(referral_lines(session, self.seat, today))

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

    @rule(Area.CONSENT)
    def steps(self, referral: Referral) -> ReferralSteps:
        """Return how a referral stands today, and so what can be done with it."""
        with self._vault.database.reading() as session:
            row = self._row(session, referral)
            case = case_for(session, self.seat, row, Right.READ)
            return steps_of(session, case, row, self.seat.today())

    @rule(None)
    def answer_by(self, priority: str) -> date:
        """Return by when an answer is wanted at the latest, for something as urgent as this."""
        urgency = ANSWER_DAYS.get(priority, ANSWER_DAYS["normal"])
        return days_after(self.seat.today(), self.seat.settled.number(urgency))

    @rule(Area.CONSENT)
    def tells(self, case: Case, text: str) -> tuple[str, ...]:
        """Return what a text gives away whatever is ticked: names, numbers, places, as they stand.

        For a warning while it is typed. Nothing is refused: an aunt's name may be what is needed.
        """
        with self._vault.database.reading() as session:
            return given_away(session, self._demand(session, case, Right.READ), text)

    @rule(Area.CONSENT)
    def enclosed(self, referral: Referral) -> list[Attachment]:
        """Return the papers that go along with a letter, as far as she may see them."""
        with self._vault.database.reading() as session:
            case_for(session, self.seat, referral, Right.READ)
            return self._records.seen(session, enclosed_with(session, referral.id))

    def _row(self, session: Session, referral: Referral, right: Right = Right.READ) -> Referral:
        """Return a referral as it is stored.

        What happens to a paper that is out is noted in a closed case as well, so the right to read
        there is enough; that she may write at all is asked by the rule of each method.
        """
        row = session.get(Referral, referral.id)
        if row is None:
            raise ChangedElsewhere
        case_for(session, self.seat, row, right)
        return row

    def _demand(self, session: Session, case: Case, right: Right) -> Case:
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(Area.CONSENT, right, stored)
        return stored
