"""Her consents: recorded item by item, in force by the clock, taken back at once."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.house_settings import CONSENT_BY_LAW, CONSENT_DAYS
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.presets import ON_BY_DEFAULT, ceiling
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.case_papers import CasePapers
from shelterdesk.services.consent.answers import Agreement, Question, agreement_of, questions_of
from shelterdesk.services.consent.directors_part import (
    Decision,
    DirectorsWord,
    ToBeSigned,
    director_of,
    to_be_signed,
)
from shelterdesk.services.consent.ending import ending_lines
from shelterdesk.services.consent.reviews import look_at, review_lines
from shelterdesk.services.consent.withdrawals import Effects, take_back
from shelterdesk.services.consent_law.answering import may_answer
from shelterdesk.services.consent_law.around_her import barred, relations
from shelterdesk.services.consent_law.asking import demand_all, demand_lawful, demand_valid
from shelterdesk.services.consent_law.consent_rules import (
    ADULT_HERSELF,
    ASSENT,
    REFERRAL,
    Picture,
    picture,
)
from shelterdesk.services.consent_law.given import GIVEN, WITHOUT_HER
from shelterdesk.services.consent_law.verdicts import Verdict, verdict
from shelterdesk.services.day_lines import DayLine
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

__all__ = ["EMERGENCY_DAYS", "Consents", "SheWasTold", "Verdict"]

EMERGENCY_DAYS: Final = 3
"""How long what was done without asking her, for danger to life, stands before it is asked."""

_AGREED: Final = N_("A director has agreed to this consent: {name}.")

Asked = tuple[Mapping[str, Any], Mapping[str, bool]]
"""What a decision holds by field, and the answer to every item."""


_SHUFFLED: Final = random.SystemRandom()
"""Items are kept in no order: the place of a row would tell what is sealed in it."""


@dataclass(frozen=True)
class SheWasTold:
    """How she was told what is asked: in which language, by whom, and whether she was free."""

    language: str | None = None
    by: str | None = None
    freely: str | None = None
    """Whether she understood and decided freely, a code of `yes_no`."""


class Consents(Service):
    """Asking her, keeping her answer, and doing what she says when she changes her mind."""

    def __init__(self, vault: Vault, seat: Seat, records: Records, papers: CasePapers) -> None:
        super().__init__(vault, seat)
        self._records, self._papers = records, papers

    # -- what stands ------------------------------------------------------------------------

    @rule(Area.CONSENT)
    def of_case(self, case: Case) -> list[Agreement]:
        """Return every decision of a case, refusals too, the newest first."""
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            made = [agreement_of(session, known, consent) for consent in known.consents]
            session.expunge_all()
        return list(reversed(made))

    @rule(Area.CONSENT)
    def questions(self, case: Case) -> list[Question]:
        """Return what was asked in a case, each with both answers and one verdict, newest first."""
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            made = list(questions_of(session, known))
            session.expunge_all()
        return made

    @rule(Area.CONSENT)
    def verdict(
        self, case: Case, organisation_id: str | None, recipient_person: str = ""
    ) -> Verdict:
        """Return what may be told to one recipient today, or nothing and why, as the door says it.

        For a child, what both sides allow.
        """
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            return verdict(known, organisation_id, recipient_person)

    @rule(Area.CONSENT)
    def in_force(
        self, case: Case, organisation_id: str | None, recipient_person: str = ""
    ) -> frozenset[str]:
        """Return what may be told to one recipient today; for a child, what both sides allow."""
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            return verdict(known, organisation_id, recipient_person).items

    @rule(Area.CONSENT)
    def limits(self, case: Case, organisation_id: str | None, recipient_person: str = "") -> str:
        """Return the limits she or her guardian has set to what this recipient is told, as written.

        They stand beside the items wherever her consent is used: only she knows what they mean.
        """
        with self._vault.database.reading() as session:
            known = self._picture(session, self._stored(session, case, Right.READ))
            return verdict(known, organisation_id, recipient_person).limits

    @rule(Area.CONSENT)
    def offered(self, organisation: Organisation) -> tuple[tuple[str, bool], ...]:
        """Return what may be asked for with such a recipient, and whether it is ticked at first."""
        return tuple((item, item in ON_BY_DEFAULT) for item in ceiling(organisation.target))

    @rule(Area.CONSENT)
    def is_child(self, case: Case) -> bool:
        """Tell whether she is protected as a child, so that two sides have to agree."""
        with self._vault.database.reading() as session:
            return self._picture(session, self._stored(session, case, Right.READ)).is_child

    @rule(Area.CONSENT)
    def may_answer(self, case: Case) -> frozenset[str]:
        """Return who of those around a child may decide for her today, by their ids as people."""
        with self._vault.database.reading() as session:
            stored = self._stored(session, case, Right.READ)
            return may_answer(session, relations(session, stored), barred(session, stored))

    @rule(Area.CONSENT, Right.WRITE)
    def decide_herself(self, case: Case, purpose: str, answer: str, told: SheWasTold) -> Consent:
        """Keep what she answers for herself about one purpose inside the house; as `record`.

        A child's own answer is her assent.
        """
        values = {
            "purpose": purpose,
            "decision": answer,
            "actor": ASSENT if self.is_child(case) else ADULT_HERSELF,
            "language": told.language,
            "explained_by_id": told.by,
            "capacity_checked": told.freely,
        }
        return self.record(case, values, {})

    # -- asked and answered -----------------------------------------------------------------

    @rule(Area.CONSENT)
    def usual_until(self, begins: date | None = None) -> date:
        """Return until when a consent to a referral runs when she names no other day."""
        usual, by_law = self.seat.settled.number(CONSENT_DAYS), self._by_law()
        days = usual if by_law is None else min(usual, by_law)
        return days_after(begins or self.seat.today(), days)

    def _by_law(self) -> int | None:
        return self.seat.settled.number_or_none(CONSENT_BY_LAW)

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
        signature for what `to_be_signed` returns, and a `reason`, which is kept as a note with her
        name. Raises whatever `demand_valid` does, AboveCeiling, PartAlike, NoApproval.
        """
        return self.record_together(case, [(values, items)], second, reason)[0]

    @rule(Area.CONSENT, Right.WRITE)
    def record_together(
        self,
        case: Case,
        decisions: Iterable[Asked],
        second: Approval | None = None,
        reason: str = "",
        *,
        looked: bool = False,
    ) -> list[Consent]:
        """Keep decisions that belong together, hers first and then a guardian's: all or none.

        Each comes with its answers; the later ones are linked to the first. One signature and one
        reason do for all of them. A name like that of somebody who must not get near her is let
        through only when a director has `looked`. Raises as `record`, and OneRecipient.
        """
        word = DirectorsWord(reason, looked, second)
        with self._vault.database.writing() as session:
            stored = self._stored(session, case, Right.WRITE)
            made = self._weighed(session, stored, decisions)
            wanted = to_be_signed(session, stored, made, word)
            kept = [self._written(session, consent, items) for consent, items in made]
            if wanted is not None:
                agreed_by = _(_AGREED).format(name=director_of(self.seat, wanted, word))
                self._note(session, stored, f"{reason}\n{agreed_by}".strip())
            kept_ids = [consent.id for consent in kept]
        self._records.tell(*kept)
        return [self._records.get(Consent, kept_id) for kept_id in kept_ids]

    @rule(Area.CONSENT, Right.WRITE)
    def to_be_signed(
        self, case: Case, decisions: Iterable[Asked], reason: str = "", *, looked: bool = False
    ) -> ToBeSigned | None:
        """Return what a director is to sign for before these decisions can be kept, or None.

        None also where a director is at the desk. The signature is for these decisions of this
        woman whole, each field and each side's answers, and for this reason. Raises as
        `record_together`, so that nobody is fetched for what could not be kept.
        """
        with self._vault.database.reading() as session:
            stored = self._stored(session, case, Right.WRITE)
            made = self._weighed(session, stored, decisions)
            wanted = to_be_signed(session, stored, made, DirectorsWord(reason, looked))
        return None if self.seat.is_director else wanted

    def _weighed(self, session: Session, case: Case, decisions: Iterable[Asked]) -> list[Decision]:
        """Return decisions as they would be kept, the later ones linked to the first."""
        made: list[Decision] = []
        for values, items in decisions:
            together = {"together_id": made[0][0].id} if made else {}
            consent = Consent(case_id=case.id, **self._completed({**values, **together}))
            made.append((consent, items))
        demand_all(*(partial(self._demand, session, case, *one) for one in made))
        return made

    def _demand(
        self, session: Session, case: Case, consent: Consent, items: Mapping[str, bool]
    ) -> None:
        demand_valid(session, case, consent, items, self.seat.today())
        demand_lawful(consent, self._by_law())

    def _written(self, session: Session, consent: Consent, items: Mapping[str, bool]) -> Consent:
        kept = self._records.keep_weighed(session, consent)
        for item, is_allowed in _SHUFFLED.sample(list(items.items()), len(items)):
            answer = "yes" if is_allowed and consent.decision in GIVEN else "no"
            row = ConsentItem(
                case_id=consent.case_id, consent_id=kept.id, item=item, allowed=answer
            )
            self._records.keep_weighed(session, row)
        return kept

    def _completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values with the days filled in that she did not name."""
        whole = {name: value for name, value in values.items() if value not in ("", None)}
        begins = whole.setdefault("valid_from", self.seat.today())
        latest = days_after(begins, EMERGENCY_DAYS)
        if whole.get("form") in WITHOUT_HER:
            whole["valid_until"] = min(whole.get("valid_until") or latest, latest)
        elif whole.get("purpose") == REFERRAL and not whole.get("valid_until"):
            whole["valid_until"] = self.usual_until(begins)
        return whole

    def _note(self, session: Session, case: Case, reason: str) -> None:
        note = CaseNote(case_id=case.id, at=self._vault.clock(), kind="other", text=reason)
        self._records.keep(session, note)

    @rule(Area.CONSENT, Right.WRITE)
    def keep_sheet(self, consent: Consent, name: str, pages: int | None, content: bytes) -> Consent:
        """Keep the sheet that she signed with her consent; a newer scan takes the place of an old.

        The old one stays among the papers. Raises as `CasePapers.add`.
        """
        with self._vault.database.writing() as session:
            row = session.get(Consent, consent.id)
            case = session.get(Case, row.case_id) if row else None
            if row is None or case is None:
                raise ChangedElsewhere
            self.seat.demand(Area.CONSENT, Right.WRITE, case)
            sheet = self._papers.take_in(session, case, name, pages, content)
            row.evidence_id = sheet.id
        self._records.tell(sheet, row)
        return self._records.get(Consent, row.id)

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

    @rule(Area.CONSENT)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day which consents end, and what left without one and is to be seen."""
        with self._vault.database.reading() as session:
            ending = list(ending_lines(session, self.seat, today))
            return ending + list(review_lines(session, self._vault, self._records))

    # -- looked at again --------------------------------------------------------------------

    @rule(Area.CONSENT, Right.WRITE)
    def mark_reviewed(self, left: Disclosure) -> None:
        """Note for ever that a director has looked at what left without consent.

        Raises NotAllowed for anybody but a director, and OwnDisclosure for the one who told it
        where there is another.
        """
        if not self.seat.is_director:
            raise NotAllowed
        with self._vault.database.writing() as session:
            row = session.get(Disclosure, left.id)
            if row is None:
                raise ChangedElsewhere
            look_at(session, self._vault, row)
        self._records.tell(left)

    # -- read once, judged once -------------------------------------------------------------

    def _picture(self, session: Session, case: Case) -> Picture:
        return picture(session, case, self.seat.today())

    def _stored(self, session: Session, case: Case, right: Right) -> Case:
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(Area.CONSENT, right, stored)
        return stored
