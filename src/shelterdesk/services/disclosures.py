"""The door: the only way in which anything about a survivor leaves the program.

Letter, call, copy and court paper ask here with the items that are to leave. What no valid basis
covers is refused; what leaves is a frozen value, written down in the same transaction.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import Unpack

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Basis, Disclosed, DisclosedItem, Recipient
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case import Case
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.ledger import DigestKey
from shelterdesk.records.organisation import Organisation
from shelterdesk.records.referral import Referral
from shelterdesk.records.staff_member import StaffMember
from shelterdesk.records.task import Task
from shelterdesk.services.address_guard import AddressGuard, Passing
from shelterdesk.services.approvals import Approval
from shelterdesk.services.asking import is_sentence
from shelterdesk.services.consent_rules import Agreed, agreed, picture
from shelterdesk.services.directing import directed
from shelterdesk.services.door_values import Reading, values
from shelterdesk.services.grounds import (
    INTERNAL_ITEMS,
    NeedsDirector,
    NoConsent,
    NoReason,
    NotForHouse,
    NothingToSay,
    OnlyForHerself,
    UnknownGround,
    Unlawful,
    WrongReferral,
)
from shelterdesk.services.guard import Seat, Service, rule
from shelterdesk.services.records import Records
from shelterdesk.services.referrals import OVER
from shelterdesk.store.checked_json import canonical
from shelterdesk.store.seals import mac
from shelterdesk.store.vault import Vault

REVIEW_AFTER: Final = timedelta(hours=72)
"""When a director looks at what left without consent because a life was in danger."""

_REVIEW: Final = N_("Review what left without consent because of danger to life")
_FOR_HERSELF: Final = ("copy_for_her", "in_person")


class How(TypedDict, total=False):
    """What else can be said about one time that something leaves."""

    second: Approval | None
    """The signature of a colleague, given for `Disclosures.for_what`."""
    confirm_address: bool
    """Recipient and place were looked at once more."""
    looked: bool
    """Names that are alike were compared by a director."""
    language: str
    referral: Referral | None
    delivered_by: str
    warned: bool
    """The recipient was told not to pass it on."""


@dataclass
class _Leaving:
    """One request at the door, while it is being judged."""

    case: Case
    items: tuple[str, ...]
    recipient: Recipient
    basis: Basis
    medium: str
    how: How
    second: Approval | None = None
    referral: Referral | None = None
    grounds: Agreed = field(default_factory=Agreed)
    review_by: date | None = None

    def __repr__(self) -> str:
        return "<_Leaving>"


class Disclosures(Service):
    """Letting out what she agreed to, and showing what has left."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records
        self._address_guard = AddressGuard(seat)

    @rule(Area.CONSENT)
    def available(self, case: Case, referral: Referral | None = None) -> list[str]:
        """Return the items that there is something to say about now, in the order of the list."""
        with self._vault.database.reading() as session:
            stored = self._stored(session, case, Right.READ)
            about = self._referral(session, stored, referral, None)
            said = values(Reading(session, self.seat, stored, "en", about))
        return [item for item in codes.labels("disclosure_item", "en") if item in said]

    @rule(Area.CONSENT)
    def of_case(self, case: Case) -> list[Disclosure]:
        """Return everything that has left about one person, oldest first."""
        with self._vault.database.reading() as session:
            self._stored(session, case, Right.READ)
        return self._records.of(Disclosure, case_id=case.id)

    @rule(Area.CONSENT)
    def for_what(
        self, case: Case, items: Iterable[str], recipient: Recipient, basis: Basis, medium: str
    ) -> str:
        """Return what a colleague's signature must be given for: this act and no other."""
        named = [recipient.organisation_id, recipient.organisation, recipient.person]
        act = [case.id, sorted(set(items)), named, basis.code, basis.law, basis.reason, medium]
        return f"disclosure {hashlib.sha256(canonical(act)).hexdigest()[:16]}"

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

        Raises NoConsent, NothingToSay, Unlawful, NeedsDirector, NoReason, NotForHouse,
        OnlyForHerself, UnknownGround, WrongReferral, AddressUnconfirmed, NameAlike, NoApproval.
        """
        wanted = tuple(dict.fromkeys(items))
        if not wanted:
            raise NothingToSay(items="–")
        codes.label("disclosure_medium", medium, "en")
        with self._vault.database.writing() as session:
            stored = self._stored(session, case, Right.WRITE)
            leaving = _Leaving(stored, wanted, recipient, basis, medium, how)
            self._judge(session, leaving)
            disclosed = self._value(session, leaving)
            row = self._write_down(session, leaving, disclosed)
        self._records.tell(row)
        return disclosed

    # -- judged -----------------------------------------------------------------------------

    def _judge(self, session: Session, leaving: _Leaving) -> None:
        """Raise unless the basis covers every item; take the second signature if there is one."""
        place = None if leaving.basis.code == "own_file" else leaving.recipient
        leaving.referral = self._referral(session, leaving.case, leaving.how.get("referral"), place)
        grounds = {
            "consent": self._by_consent,
            "own_file": self._own_file,
            "law": self._by_law,
            "vital_interest": self._for_life,
            "internal_work": self._inside,
        }
        if leaving.basis.code not in grounds:
            raise UnknownGround
        self._take_second(leaving)
        leaving.recipient = _as_listed(session, leaving.recipient)
        grounds[leaving.basis.code](session, leaving)
        self._address_guard.demand(session, leaving.case, leaving.items, _passing(leaving))

    def _take_second(self, leaving: _Leaving) -> None:
        given = leaving.how.get("second")
        if given is not None:
            wanted = (leaving.case, leaving.items, leaving.recipient, leaving.basis, leaving.medium)
            leaving.second = self.seat.approvals.use(given, self.for_what(*wanted))

    def _by_consent(self, session: Session, leaving: _Leaving) -> None:
        to = leaving.recipient
        known = picture(session, leaving.case, self.seat.today())
        leaving.grounds = agreed(known, to.organisation_id, to.person)
        stray = bool(
            to.organisation and not to.organisation_id
        )  # a place that she was not asked of
        agreed_items = frozenset() if stray else leaving.grounds.items
        missing = [item for item in leaving.items if item not in agreed_items]
        if missing:
            raise NoConsent(items=_labels(missing))

    def _own_file(self, _session: Session, leaving: _Leaving) -> None:
        to = leaving.recipient
        if leaving.medium not in _FOR_HERSELF or to.organisation_id or to.organisation or to.person:
            raise OnlyForHerself

    def _by_law(self, _session: Session, leaving: _Leaving) -> None:
        if len(leaving.basis.law.strip()) < 4:
            raise Unlawful
        directed(self.seat, leaving.second, NeedsDirector)

    def _for_life(self, session: Session, leaving: _Leaving) -> None:
        if not is_sentence(leaving.basis.reason):
            raise NoReason
        leaving.review_by = self.seat.today() + REVIEW_AFTER
        task = Task(case_id=leaving.case.id, title_text=_(_REVIEW), due_on=leaving.review_by)
        task.assignee_id, task.priority = self._director(session), "urgent"
        task.state = "open"
        self._records.keep(session, task)

    def _inside(self, _session: Session, leaving: _Leaving) -> None:
        if leaving.recipient.organisation_id or not INTERNAL_ITEMS.issuperset(leaving.items):
            raise NotForHouse

    def _director(self, session: Session) -> str | None:
        """Return a director's record among the staff, whoever else is at the desk."""
        holders = [h.id for h in self._vault.keyring.persons() if Role.DIRECTOR in h.roles]
        wanted = select(StaffMember.id).where(
            StaffMember.holder_id.in_(holders), StaffMember.ended_on.is_(None)
        )
        return session.scalar(wanted.limit(1))

    # -- said and written down --------------------------------------------------------------

    def _value(self, session: Session, leaving: _Leaving) -> Disclosed:
        language = leaving.how.get("language", "lo")
        masked = leaving.basis.code == "own_file"
        reading = Reading(session, self.seat, leaving.case, language, leaving.referral, masked)
        said = values(reading)
        silent = [item for item in leaving.items if item not in said]
        if silent:
            raise NothingToSay(items=_labels(silent))
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
            law=leaving.basis.law,
        )

    def _write_down(self, session: Session, leaving: _Leaving, left: Disclosed) -> Disclosure:
        hers = leaving.grounds.hers
        row = Disclosure(
            case_id=leaving.case.id,
            at=left.at,
            items=leaving.items,
            organisation_id=leaving.recipient.organisation_id,
            recipient_person=leaving.recipient.person or None,
            medium=leaving.medium,
            basis=leaving.basis.code,
            consent_id=hers.id if hers else None,
            law=leaving.basis.law or None,
            reason=leaving.basis.reason or None,
            referral_id=leaving.referral.id if leaving.referral else None,
            second_person=leaving.second.name if leaving.second else None,
            review_by=leaving.review_by,
            warned="yes" if leaving.how.get("warned") else None,
            content_digest=_digest(session, leaving.case, left),
        )
        return self._records.keep(session, row)

    # -- found ------------------------------------------------------------------------------

    def _stored(self, session: Session, case: Case, right: Right) -> Case:
        stored = session.get(Case, case.id)
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
            if found is None or found.case_id != case.id or not _goes_to(found, to):
                raise WrongReferral
            return found
        wanted = select(Referral).where(Referral.case_id == case.id, Referral.state.not_in(OVER))
        if to is not None:
            wanted = wanted.where(Referral.organisation_id == to.organisation_id)
        return session.scalar(wanted.order_by(Referral.created_at.desc()).limit(1))


def _goes_to(referral: Referral, to: Recipient | None) -> bool:
    here = to is None or to.organisation_id == referral.organisation_id
    return here and referral.state not in OVER


def _as_listed(session: Session, to: Recipient) -> Recipient:
    """Return the recipient with the organisation's name as the directory has it."""
    if to.organisation_id is None:
        return to
    found = session.get(Organisation, to.organisation_id)
    if found is None:
        raise ChangedElsewhere
    return replace(to, organisation=found.shown)


def _passing(leaving: _Leaving) -> Passing:
    how = leaving.how
    return Passing(
        leaving.recipient,
        how.get("delivered_by", ""),
        confirmed=how.get("confirm_address", False),
        looked=how.get("looked", False),
        second=leaving.second,
    )


def _labels(items: Iterable[str]) -> str:
    return ", ".join(codes.label("disclosure_item", item, screen_language()) for item in items)


def _digest(session: Session, case: Case, left: Disclosed) -> str:
    """Return a keyed checksum of what left: it proves a copy, and tells nothing without her key."""
    to = left.recipient
    content = [
        [[item.code, item.text] for item in left.items],
        [to.organisation_id, to.organisation, to.person, left.medium, left.basis, left.reference],
    ]
    key = session.scalar(select(DigestKey.key).where(DigestKey.about == case.id)) or b""
    return mac(key, canonical(content))
