"""The door: the only way in which anything about a survivor leaves the program.

Letter, call, copy and court paper ask here with the items that are to leave. What no valid basis
covers is refused; what leaves is a frozen value, written down in the same transaction.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.disclosed import Basis, Disclosed, DisclosedItem, Recipient
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.house_settings import REVIEW_DAYS
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.directing import approving, directed
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.house_time import demand_clock
from shelterdesk.services.consent_law.address_guard import AddressGuard
from shelterdesk.services.consent_law.consent_rules import agreed, picture
from shelterdesk.services.consent_law.grounds import (
    INTERNAL_ITEMS,
    NeedsDirector,
    NotForHouse,
    NothingToSay,
    OnlyForHerself,
    UnknownGround,
    UnknownWay,
    WrongReferral,
    demand_written,
)
from shelterdesk.services.disclosure import demands
from shelterdesk.services.disclosure.acts import act_of, not_agreed
from shelterdesk.services.disclosure.digests import digest_of
from shelterdesk.services.disclosure.door_values import lines_used, values
from shelterdesk.services.disclosure.leaving import How, Leaving, as_listed
from shelterdesk.services.disclosure.reading import Reading
from shelterdesk.services.disclosure.referral_steps import OVER
from shelterdesk.services.disclosure.resting_on import RestingOn
from shelterdesk.services.disclosure.shown import demand_as_shown
from shelterdesk.services.records import Records
from shelterdesk.store.log.log_order import in_log_order
from shelterdesk.store.vault.vault import Vault

_SIGNED: Final = ("law", "vital_interest")
"""Grounds that need a second person or a later look: asked at the act, not for a preview."""

_WHEN_CLOSED: Final = ("own_file", "law", "vital_interest")
"""Grounds on which something leaves from a closed case as well, judged as a withdrawal is."""

_FOR_HERSELF: Final = ("copy_for_her", "in_person")


class Disclosures(Service):
    """Letting out what she agreed to, and showing what has left."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records
        self._address_guard, self.resting_on = AddressGuard(seat), RestingOn(vault)

    @rule(Area.CONSENT)
    def available(
        self, case: Case, referral: Referral | None = None, to: Recipient | None = None
    ) -> list[str]:
        """Return the items that there is something to say about now, in the order of the list.

        What a referral asks for is among them only where one is meant: by name, or as the latest
        that is open to this recipient.
        """
        with self._vault.database.reading() as session:
            stored = self._stored(session, case, Right.READ)
            meant = referral is not None or (to is not None and to.organisation_id is not None)
            place = to if referral is None else None
            about = self._referral(session, stored, referral, place) if meant else None
            reading = Reading(session, self.seat, stored, "en", about)
            said = {**values(reading), **reading.choices}
        return [item for item in codes.labels("disclosure_item", "en") if item in said]

    @rule(None)
    def demand_written(self, basis: Basis) -> None:
        """Raise Unlawful, NotTold or NoReason for what is still to be written down for a ground."""
        demand_written(basis)

    @rule(None)
    def review_by(self) -> date:
        """Return by when a director looks at what leaves today because a life is in danger."""
        return days_after(self.seat.today(), self.seat.settled.number(REVIEW_DAYS))

    @rule(Area.CONSENT)
    def lines(self, case: Case, language: str = "lo") -> dict[str, dict[str, str]]:
        """Return item -> record -> words, for items of which the lines that leave are chosen."""
        with self._vault.database.reading() as session:
            reading = Reading(session, self.seat, self._stored(session, case, Right.READ), language)
            values(reading)
        return {item: lines for item, lines in reading.choices.items() if len(lines) > 1}

    @rule(Area.CONSENT)
    def of_case(self, case: Case) -> list[Disclosure]:
        """Return everything that has left about one person, oldest first."""
        with self._vault.database.reading() as session:
            self._stored(session, case, Right.READ)
        return self._records.of(Disclosure, case_id=case.id)

    @rule(Area.CONSENT)
    def for_what(
        self,
        case: Case,
        items: Iterable[str],
        recipient: Recipient,
        basis: Basis,
        medium: str,
        **how: Unpack[How],
    ) -> Act:
        """Return what a colleague's signature must be given for: this act and no other.

        The words that would leave, their language, the ground and the recipient's line of the
        directory belong to the act; of `how` also the referral, whoever carries it and whether
        names were compared.
        """
        leaving = Leaving(case, tuple(items), recipient, basis, medium, how)
        named = how.get("referral")
        with self._vault.database.reading() as session:
            self._begin(session, leaving, Right.READ, judged=named is None)
            leaving.referral = session.get(Referral, named.id) if named else leaving.referral
            return self._act(session, leaving)

    @rule(Area.CONSENT, Right.WRITE)
    def disclose(
        self,
        case: Case,
        items: Iterable[str],
        recipient: Recipient,
        basis: Basis,
        medium: str,
        **how: Unpack[How],
    ) -> Disclosed:
        """Let exactly these items leave, and write it down; or let nothing leave and say why.

        Raises NoConsent, NothingToSay, Unlawful, NotTold, NeedsDirector, NoReason, NotForHouse,
        Unnamed, OnlyForHerself, UnknownGround, UnknownWay, WrongReferral, AddressUnconfirmed,
        NameAlike, NoApproval, LookAgain; NotVouched and TraceBroken where what it rests on fails.
        """
        leaving = Leaving(case, tuple(items), recipient, basis, medium, how)
        with self._vault.database.writing() as session:
            disclosed, row = self.let_out(session, leaving)
        self._records.tell(row)
        return disclosed

    @rule(Area.CONSENT, Right.WRITE)
    def let_out(self, session: Session, leaving: Leaving) -> tuple[Disclosed, Disclosure]:
        """Let something leave inside a transaction, together with the paper that tells it.

        As `disclose`; for services that print. What they keep is written in the same transaction,
        so that no paper is without its line here and no line without its paper.
        """
        demand_clock(session, self._vault, leaving.basis.code)
        always = leaving.basis.code in _WHEN_CLOSED
        self._begin(session, leaving, Right.READ if always else Right.WRITE)
        self.resting_on.demand(leaving)
        self._take_second(session, leaving)
        self._grounds(leaving)(session, leaving)
        self._address_guard.demand(session, leaving.case, leaving.items, leaving.passing())
        disclosed = self._value(session, leaving)
        leaving.placed = demands.words_tell_where(session, leaving, disclosed)
        self._address_guard.demand(session, leaving.case, leaving.items, leaving.passing())
        return disclosed, self._write_down(session, leaving, disclosed)

    @rule(Area.CONSENT)
    def would_tell(self, session: Session, leaving: Leaving) -> Disclosed:
        """Return what would leave, refused as at the door, for a preview; nothing is written.

        Signatures and the address guard wait for the act itself: what is shown at this desk has
        not left, and shows no more than the person at the desk may see.
        """
        self._begin(session, leaving, Right.READ)
        self.resting_on.demand(leaving)
        if leaving.basis.code not in _SIGNED:
            self._grounds(leaving)(session, leaving)
        return self._value(session, leaving)

    @rule(Area.CONSENT)
    def told_and_kept(
        self, session: Session, leaving: Leaving
    ) -> tuple[tuple[DisclosedItem, ...], tuple[DisclosedItem, ...]]:
        """Return which items would leave on the ground named, and which are known and stay."""
        self._begin(session, leaving, Right.READ)
        said = values(self._reading(session, leaving))
        to = leaving.recipient
        hers = agreed(
            picture(session, leaving.case, self.seat.today()), to.organisation_id, to.person
        )
        going = {i for i in leaving.items if i in hers.items or leaving.basis.code in _SIGNED}
        labels = codes.labels("disclosure_item", leaving.how.get("language", "lo"))
        every = [i for i in labels if i in said or i in leaving.items]
        leaves = (DisclosedItem(i, labels[i], said[i]) for i in every if i in said and i in going)
        stays = (DisclosedItem(i, labels[i], "") for i in every if i not in said or i not in going)
        return tuple(leaves), tuple(stays)

    @rule(Area.CONSENT)
    def asked_of_her(
        self, session: Session, consent: Consent, language: str
    ) -> tuple[Disclosed, frozenset[str]]:
        """Return the items of a consent by name only, and what she refused, for her sheet.

        Of her it bears the case code only; nothing leaves, nothing is written down.
        """
        stored = self._stored(session, session.get(Case, consent.case_id), Right.READ)
        known = picture(session, stored, self.seat.today())
        allowed = known.allowed.get(consent.id, frozenset())
        labels = codes.labels("disclosure_item", language)
        to = Recipient(consent.organisation_id, "", consent.recipient_person or "")
        asked = Disclosed(
            items=tuple(DisclosedItem(i, labels[i], "") for i in labels if i in allowed),
            recipient=as_listed(session, to),
            medium="copy_for_her",
            basis="own_file",
            language=language,
            at=self._vault.clock(),
            until=consent.valid_until,
            agreed_on=consent.valid_from,
            reference=stored.code,
        )
        return asked, known.refused.get(consent.id, frozenset())

    # -- judged -----------------------------------------------------------------------------

    def _begin(
        self, session: Session, leaving: Leaving, right: Right, *, judged: bool = True
    ) -> None:
        """Look up case, recipient and, to be judged, referral as stored; raises WrongReferral."""
        if leaving.medium not in codes.labels("disclosure_medium", "en"):
            raise UnknownWay
        leaving.case = self._stored(session, leaving.case, right)
        leaving.items = tuple(dict.fromkeys(leaving.items))
        place = None if leaving.basis.code == "own_file" else leaving.recipient
        if judged:
            about = leaving.how.get("referral")
            leaving.referral = self._referral(session, leaving.case, about, place)
        leaving.recipient = as_listed(session, leaving.recipient)

    def _grounds(self, leaving: Leaving) -> Callable[[Session, Leaving], None]:
        """Return what judges on the ground that was named; raises UnknownGround."""
        grounds = {
            "consent": self._by_consent,
            "own_file": self._own_file,
            "law": self._by_law,
            "vital_interest": self._for_life,
            "internal_work": self._inside,
        }
        if not leaving.items:
            raise NothingToSay(items="–")
        if leaving.basis.code not in grounds:
            raise UnknownGround
        return grounds[leaving.basis.code]

    def _take_second(self, session: Session, leaving: Leaving) -> None:
        given = leaving.how.get("second")
        if given is not None:
            leaving.second = self.seat.approvals.use(given, self._act(session, leaving))

    def _act(self, session: Session, leaving: Leaving) -> Act:
        return act_of(session, leaving, values(self._reading(session, leaving, leaving.items)))

    def _by_consent(self, session: Session, leaving: Leaving) -> None:
        to, known = leaving.recipient, picture(session, leaving.case, self.seat.today())
        leaving.grounds = agreed(known, to.organisation_id, to.person)
        stray = bool(to.organisation and not to.organisation_id)  # she was not asked of it
        agreed_items = frozenset() if stray else leaving.grounds.items
        missing = [item for item in leaving.items if item not in agreed_items]
        if missing:
            raise not_agreed(known, to, missing)

    def _own_file(self, _session: Session, leaving: Leaving) -> None:
        to = leaving.recipient
        if leaving.medium not in _FOR_HERSELF or to.organisation_id or to.organisation or to.person:
            raise OnlyForHerself

    def _by_law(self, _session: Session, leaving: Leaving) -> None:
        demand_written(leaving.basis)
        demands.demand_named(leaving.recipient)
        directed(self.seat, leaving.second, NeedsDirector)

    def _for_life(self, _session: Session, leaving: Leaving) -> None:
        demand_written(leaving.basis)
        demands.demand_named(leaving.recipient)
        leaving.review_by = self.review_by()

    def _inside(self, _session: Session, leaving: Leaving) -> None:
        to = leaving.recipient
        outside = to.organisation_id or to.organisation or to.person
        if outside or not INTERNAL_ITEMS.issuperset(leaving.items):
            raise NotForHouse

    def _value(self, session: Session, leaving: Leaving) -> Disclosed:
        language = leaving.how.get("language", "lo")
        reading = self._reading(session, leaving, leaving.items)
        said = values(reading)
        demand_as_shown(leaving.how.get("shown", {}), reading.choices)
        demands.demand_said(leaving.items, said, reading.choices, reading.overtaken)
        leaving.lines = lines_used(reading, leaving.items)
        labels = codes.labels("disclosure_item", language)
        hers = leaving.grounds.hers
        return Disclosed(
            items=tuple(DisclosedItem(code, labels[code], said[code]) for code in leaving.items),
            recipient=leaving.recipient,
            medium=leaving.medium,
            basis=leaving.basis.code,
            language=language,
            at=self._vault.clock(),
            until=leaving.grounds.until,
            reference=(leaving.referral.reference or "") if leaving.referral else "",
            agreed_on=hers.valid_from if hers else None,
            agreed_in=demands.explained_in(hers, leaving.items, language),
            law=leaving.basis.law,
            by_both=len(leaving.grounds.consents) > 1,
            approved_by=approving(self.seat, leaving.second) if leaving.basis.code == "law" else "",
            told_on=leaving.basis.told_on,
        )

    def _reading(
        self, session: Session, leaving: Leaving, wanted: Iterable[str] | None = None
    ) -> Reading:
        how, masked = leaving.how, leaving.basis.code == "own_file"
        return Reading(
            session,
            self.seat,
            leaving.case,
            how.get("language", "lo"),
            leaving.referral,
            masked,
            frozenset(how.get("lines", ())),
            None if wanted is None else frozenset(wanted),
        )

    def _write_down(self, session: Session, leaving: Leaving, left: Disclosed) -> Disclosure:
        hers, referral = leaving.grounds.hers, leaving.referral
        row = Disclosure(
            case_id=leaving.case.id,
            at=left.at,
            items=leaving.items,
            lines=" ".join(leaving.lines) or None,
            organisation_id=leaving.recipient.organisation_id,
            recipient_person=demands.written(leaving.recipient) or None,
            medium=leaving.medium,
            basis=leaving.basis.code,
            consent_id=hers.id if hers else None,
            law=leaving.basis.law or None,
            reason=leaving.basis.reason or None,
            referral_id=referral.id if referral else None,
            second_person=leaving.second.name if leaving.second else None,
            review_by=leaving.review_by,
            warned="yes" if leaving.how.get("warned") else None,
            told_on=leaving.basis.told_on,
            content_digest=digest_of(session, leaving.case, left, referral.id if referral else ""),
        )
        session.add(row)  # weighed here; a life in danger is written down in a closed case as well
        session.flush()
        return row

    # -- found ------------------------------------------------------------------------------

    def _stored(self, session: Session, case: Case | None, right: Right) -> Case:
        stored = session.get(Case, case.id) if case else None
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(Area.CONSENT, right, stored)
        return stored

    def _referral(
        self, session: Session, case: Case, named: Referral | None, to: Recipient | None
    ) -> Referral | None:
        """Return the referral that is spoken of: the named one, or the latest open to this place.

        Raises WrongReferral for one of another person or to another place.
        """
        if named is not None:
            found = session.get(Referral, named.id)
            if found is None or found.case_id != case.id or not demands.goes_to(found, to):
                raise WrongReferral
            return found
        wanted = select(Referral).where(Referral.case_id == case.id, Referral.state.not_in(OVER))
        if to is not None:
            wanted = wanted.where(Referral.organisation_id == to.organisation_id)
        return session.scalar(wanted.order_by(in_log_order(Referral).desc()).limit(1))
