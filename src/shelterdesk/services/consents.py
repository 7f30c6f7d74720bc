"""Her consents: recorded item by item, in force by the clock, taken back at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.presets import ON_BY_DEFAULT, ceiling
from shelterdesk.records.case import Case
from shelterdesk.records.case_note import CaseNote
from shelterdesk.records.consent import Consent
from shelterdesk.records.consent_item import ConsentItem
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.organisation import Organisation
from shelterdesk.services.approvals import Approval
from shelterdesk.services.asking import ABOVE_CEILING, AboveCeiling, demand_valid, is_sentence
from shelterdesk.services.consent_rules import (
    GIVEN,
    REFERRAL,
    WITHOUT_HER,
    Picture,
    agreed,
    picture,
)
from shelterdesk.services.directing import directed
from shelterdesk.services.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.services.reviews import look_at
from shelterdesk.services.withdrawals import Effects, take_back
from shelterdesk.store.vault import Vault

REFERRAL_DAYS: Final = 90
"""How long a consent to a referral runs when she names no other day."""

EMERGENCY_DAYS: Final = 3
"""How long what was done without asking her, for danger to life, stands before it is asked."""


@dataclass(frozen=True)
class Agreement:
    """A consent as it stands now: what she allowed and refused, to whom, and its state."""

    consent: Consent
    items: frozenset[str]
    refused: frozenset[str]
    state: str
    recipient: str

    def __repr__(self) -> str:
        return "<Agreement>"


class Consents(Service):
    """Asking her, keeping her answer, and doing what she says when she changes her mind."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    # -- what stands ------------------------------------------------------------------------

    @rule(Area.CONSENT)
    def of_case(self, case: Case) -> list[Agreement]:
        """Return every decision of a case, refusals too, the newest first."""
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            made = [self._agreement(session, known, consent) for consent in known.consents]
            session.expunge_all()
        return sorted(made, key=_when, reverse=True)

    def _agreement(self, session: Session, known: Picture, consent: Consent) -> Agreement:
        to = consent.organisation_id and session.get(Organisation, consent.organisation_id)
        nothing: frozenset[str] = frozenset()
        return Agreement(
            consent,
            known.allowed.get(consent.id, nothing),
            known.refused.get(consent.id, nothing),
            known.state(consent),
            to.shown if to else consent.recipient_person or "",
        )

    @rule(Area.CONSENT)
    def in_force(
        self, case: Case, organisation_id: str | None, recipient_person: str = ""
    ) -> frozenset[str]:
        """Return what may be told to one recipient today; for a child, what both sides allow."""
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            return agreed(known, organisation_id, recipient_person).items

    @rule(Area.CONSENT)
    def offered(self, organisation: Organisation) -> tuple[tuple[str, bool], ...]:
        """Return what may be asked for with such a recipient, and whether it is ticked at first."""
        return tuple((item, item in ON_BY_DEFAULT) for item in ceiling(organisation.target))

    @rule(Area.CONSENT)
    def is_child(self, case: Case) -> bool:
        """Tell whether she is protected as a child, so that two sides have to agree."""
        with self._vault.database.reading() as session:
            return self._picture(session, self._stored(session, case, Right.READ)).is_child

    # -- asked and answered -----------------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def record(
        self,
        case: Case,
        values: Mapping[str, Any],
        items: Mapping[str, bool],
        second: Approval | None = None,
        reason: str = "",
    ) -> Consent:
        """Keep one decision with her answer to every item; what was not asked is not allowed.

        More than the usual items for this recipient need a director, at the desk or by her
        signature for `ABOVE_CEILING`, and a `reason`, which is kept as a note. Raises Unexplained,
        NoRecipient, UnknownItem, WrongDecider, InvolvedGuardian, PanelUnnamed, AboveCeiling.
        """
        return self.record_together(case, [(values, items)], second, reason)[0]

    @rule(Area.CONSENT, Right.WRITE)
    def record_together(
        self,
        case: Case,
        decisions: Iterable[tuple[Mapping[str, Any], Mapping[str, bool]]],
        second: Approval | None = None,
        reason: str = "",
    ) -> list[Consent]:
        """Keep decisions that belong together, hers first and then a guardian's: all or none.

        Each comes with its answers; the later ones are linked to the first. One signature and one
        reason do for all of them. Raises as `record`.
        """
        made: list[Consent] = []
        above = False
        with self._vault.database.writing() as session:
            stored = self._stored(session, case, Right.WRITE)
            for values, items in decisions:
                together = {"together_id": made[0].id} if made else {}
                consent = Consent(case_id=stored.id, **self._completed({**values, **together}))
                demand_valid(session, stored, consent, items, self.seat.today())
                above = self._is_above(session, consent, items) or above
                made.append(self._written(session, consent, items))
            if above:
                self._demand_director(second, reason)
                self._note(session, stored, reason)
            kept_ids = [kept.id for kept in made]
        self._records.tell(*made)
        return [self._records.get(Consent, kept_id) for kept_id in kept_ids]

    def _written(self, session: Session, consent: Consent, items: Mapping[str, bool]) -> Consent:
        kept = self._records.keep_weighed(session, consent)
        for item, is_allowed in items.items():
            answer = "yes" if is_allowed and consent.decision in GIVEN else "no"
            row = ConsentItem(
                case_id=consent.case_id, consent_id=kept.id, item=item, allowed=answer
            )
            self._records.keep_weighed(session, row)
        return kept

    def _completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values with the days filled in that she did not name."""
        whole = {name: value for name, value in values.items() if value != ""}
        begins = whole.setdefault("valid_from", self.seat.today())
        latest = begins + timedelta(days=EMERGENCY_DAYS)
        if whole.get("form") in WITHOUT_HER:
            whole["valid_until"] = min(whole.get("valid_until") or latest, latest)
        elif whole.get("purpose") == REFERRAL and not whole.get("valid_until"):
            whole["valid_until"] = begins + timedelta(days=REFERRAL_DAYS)
        return whole

    @staticmethod
    def _is_above(session: Session, consent: Consent, items: Mapping[str, bool]) -> bool:
        """Tell whether more is allowed than is usual for this recipient."""
        if consent.purpose != REFERRAL or consent.decision not in GIVEN:
            return False
        to = consent.organisation_id and session.get(Organisation, consent.organisation_id)
        usual = ceiling(to.target if to else None)
        return bool({item for item, is_allowed in items.items() if is_allowed} - set(usual))

    def _demand_director(self, second: Approval | None, reason: str) -> None:
        """Raise AboveCeiling unless a director has a part in it and the reason says something."""
        if not is_sentence(reason) or not (self.seat.is_director or second):
            raise AboveCeiling
        if not self.seat.is_director:
            directed(self.seat, self.seat.approvals.use(second, ABOVE_CEILING), AboveCeiling)

    def _note(self, session: Session, case: Case, reason: str) -> None:
        note = CaseNote(case_id=case.id, at=self._vault.clock(), kind="other", text=reason)
        self._records.keep(session, note)

    # -- taken back -------------------------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def withdraw(self, consent: Consent, how: str = "") -> Effects:
        """Take a consent back, now; letters under way stop, and whoever was told is told of it.

        Works in a closed case as well: nothing may stand between her and her no.
        """
        with self._vault.database.writing() as session:
            row = session.get(Consent, consent.id)
            if row is None:
                raise ChangedElsewhere
            case = session.get(Case, row.case_id)
            self.seat.demand(Area.CONSENT, Right.READ, case)
            effects = take_back(session, row, how, self.seat, self._vault.clock())
            saved = effects.everything()
            session.flush()
            for record in saved:
                session.refresh(record)
                session.expunge(record)
        self._records.tell(*saved)
        return effects

    # -- looked at again --------------------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def mark_reviewed(self, left: Disclosure) -> None:
        """Note for ever that a director has looked at what left without consent.

        The task that reminded of it is done with. Raises NotAllowed for anybody but a director.
        """
        if not self.seat.is_director:
            raise NotAllowed
        with self._vault.database.writing() as session:
            row = session.get(Disclosure, left.id)
            if row is None:
                raise ChangedElsewhere
            tasks = look_at(session, row, self._vault.clock())
        self._records.tell(left, *tasks)

    # -- read once, judged once -------------------------------------------------------------

    def _picture(self, session: Session, case: Case) -> Picture:
        return picture(session, case, self.seat.today())

    def _stored(self, session: Session, case: Case, right: Right) -> Case:
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(Area.CONSENT, right, stored)
        return stored


def _when(agreement: Agreement) -> tuple[Any, str]:
    written = agreement.consent.created_at
    return agreement.consent.valid_from, written.isoformat() if written else ""
