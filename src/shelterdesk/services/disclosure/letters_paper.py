"""From records to paper: letterhead, sender and facts of a letter, and the code at its foot.

The modules that draw are loaded when a paper is made: they are slow to load.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Disclosed, DisclosedItem, Recipient
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Right
from shelterdesk.core.scripts import written
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.keeping.ledger import DigestKey
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.access.invented import is_demo
from shelterdesk.services.consent_law.consent_rules import GUARDIANS, REFERRAL
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import mac
from shelterdesk.store.log.log_order import in_log_order

if TYPE_CHECKING:
    from shelterdesk.documents.consent_sheet import ConsentTerms
    from shelterdesk.documents.letterhead import PrintedHead as PaperHead
    from shelterdesk.documents.letterhead import Sender
    from shelterdesk.documents.referral_letter import LetterFacts

_MARK: Final = "DEMO"
_CODE_LENGTH: Final = 12
_SOON: Final = ("emergency", "urgent")


class NoLetterhead(DeskError):
    """A paper was to be made before anybody said what stands at its head."""

    sentence = N_(
        "There is no whole letterhead yet. A director enters name, address and telephone of the "
        "office in the settings; never those of the house."
    )


@dataclass(frozen=True)
class Copy:
    """One copy of a letter that is being made: its number, its way, and whether it is a preview."""

    number: int
    delivery: str = ""
    delivered_by: str = ""
    code: str = ""
    is_preview: bool = False


def mark(seat: Seat) -> str:
    """Return what stands at the head of every sheet of an invented shelter, "" of a real one."""
    return _MARK if is_demo(seat.vault) else ""


def stored_head(session: Session, profile: str) -> Letterhead | None:
    """Return the letterhead of a profile, or None before a director has set it."""
    wanted = select(Letterhead).where(Letterhead.profile == profile)
    return session.scalar(wanted.order_by(in_log_order(Letterhead)).limit(1))


def head(session: Session, language: str, profile: str = "neutral") -> "PaperHead":
    """Return a letterhead for paper; the neutral one stands in for an official one, never back.

    Raises NoLetterhead, also while name, address or telephone is empty.
    """
    from shelterdesk.documents.letterhead import PrintedHead as PaperHead

    found = stored_head(session, profile) or stored_head(session, "neutral")
    if found is None or found.check():
        raise NoLetterhead
    name = written((found.name, found.name_latin), language)
    address = written((found.address, found.address_latin), language)
    return PaperHead(name, address, found.phone or "", found.profile == "official")


def addressed(session: Session, to: Recipient, language: str) -> Recipient:
    """Return a recipient with the name of the organisation as the language of a paper writes it."""
    found = session.get(Organisation, to.organisation_id) if to.organisation_id else None
    if found is None:
        return to
    return replace(to, organisation=found.shown_in(language))


def profile_for(session: Session, organisation_id: str | None) -> str:
    """Return which letterhead an organisation gets: neutral unless its entry says otherwise."""
    to = session.get(Organisation, organisation_id) if organisation_id else None
    return (to.letterhead if to else None) or "neutral"


def sender(session: Session, seat: Seat, language: str) -> "Sender":
    """Return name and position of the person at the desk, as they stand under a letter."""
    from shelterdesk.documents.letterhead import Sender

    me = session.get(StaffMember, seat.staff_id) if seat.staff_id else None
    if me is None:
        return Sender(seat.vault.me.name, "")
    return Sender(me.name, written((me.position, me.position_latin), language))


def facts(
    session: Session, seat: Seat, referral: Referral, left: Disclosed, copy: Copy
) -> "LetterFacts":
    """Return what a letter says besides the items: our own dates, their unit, who comes along."""
    from shelterdesk.documents.referral_letter import LetterFacts

    to = session.get(Organisation, referral.organisation_id)
    asked = any(item.code == "need_requested" for item in left.items)
    service = referral.service if asked else None  # the service is a part of what she asks for
    escorted = copy.delivery == "escorted_with_survivor"
    return LetterFacts(
        made_on=seat.today(),
        copy=copy.number,
        service=_label("service_type", service, left.language),
        priority=_label("referral_priority", referral.priority, left.language),
        answer_by=referral.answer_by,
        unit=(to.unit if to else None) or "",
        contact_person=left.recipient.person,
        contact_phone=(to.phone if to else None) or "",
        sender=sender(session, seat, left.language),
        accompanied_by=copy.delivered_by if escorted else "",
        code=copy.code,
        mark=mark(seat),
        is_preview=copy.is_preview,
        is_urgent=referral.priority in _SOON,
        target=(to.target if to else None) or "",
    )


def of_any_copy(said: "LetterFacts") -> "LetterFacts":
    """Return those facts without what differs from copy to copy of the same letter."""
    day = date.min
    return replace(said, made_on=day, copy=0, code="", is_preview=False, accompanied_by="")


def _label(list_name: str, code: str | None, language: str) -> str:
    return codes.label(list_name, code, language) if code else ""


def foot_code(
    session: Session, case_id: str, reference: str, copy: int, items: Iterable[DisclosedItem]
) -> str:
    """Return the short code of one copy: it fits number, copy and items, and tells nothing.

    It is keyed with the key of the person it is about, and silent when that key is destroyed.
    """
    key = session.scalar(select(DigestKey.key).where(DigestKey.about == case_id))
    if key is None:
        raise ChangedElsewhere
    content = ["letter", reference, copy, [[item.code, item.text] for item in items]]
    digits = mac(key, canonical(content))[:_CODE_LENGTH].upper()
    return "-".join(digits[n : n + 4] for n in range(0, _CODE_LENGTH, 4))


def terms(
    session: Session,
    seat: Seat,
    consent: Consent,
    refused: frozenset[str],
    language: str,
    *,
    for_her: bool = False,
) -> "ConsentTerms":
    """Return how a consent was asked and answered, in words, for the sheet that she signs."""
    from shelterdesk.documents.consent_sheet import ConsentTerms
    from shelterdesk.documents.words.wording import neutral

    explained = (
        session.get(StaffMember, consent.explained_by_id) if consent.explained_by_id else None
    )
    labels = codes.labels("disclosure_item", language)
    purpose = _label("consent_purpose", consent.purpose, language)
    return ConsentTerms(
        purpose=neutral(consent.purpose, purpose, language),
        decision=_label("consent_decision", consent.decision, language),
        form=_label("consent_form_of", consent.form, language),
        actor=_label("consent_actor", consent.actor, language),
        language=_label("language", consent.language, language),
        interpreter=consent.interpreter or "",
        explained_by=explained.name if explained else "",
        witness=consent.witness or "",
        valid_from=consent.valid_from,
        valid_until=consent.valid_until,
        refused=tuple(neutral(i, labels[i], language) for i in labels if i in refused),
        limits=consent.limits or "",
        questions=consent.questions or "",
        made_on=seat.today(),
        mark=mark(seat),
        shares=consent.purpose == REFERRAL,
        by_guardian=_for_child(consent),
        guardian=_guardian(session, seat, consent),
        for_her=for_her,
    )


def _for_child(consent: Consent) -> bool:
    return consent.actor in GUARDIANS


def _guardian(session: Session, seat: Seat, consent: Consent) -> str:
    """Return the name of whoever decided for a child, as far as the desk may read it.

    Of an authority or a panel it is what stands in the first line of what was written down.
    """
    case = session.get(Case, consent.case_id)
    person = session.get(Person, consent.actor_person_id) if consent.actor_person_id else None
    if person is None:
        return (consent.panel or "").strip().partition("\n")[0] if _for_child(consent) else ""
    if not seat.may(Person.area_of("given_name"), Right.READ, case):
        return ""
    own, latin = (
        " ".join(filter(None, names))
        for names in (
            (person.given_name, person.family_name),
            (person.given_name_latin, person.family_name_latin),
        )
    )
    return own or latin
