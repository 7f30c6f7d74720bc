"""A director's part in a decision: more than is usual for a recipient, or a name that is alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.presets import ceiling
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.act import ABOVE_USUAL, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.directing import directed
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.asking import (
    AboveCeiling,
    OneRecipient,
    PartAlike,
    has_danger,
)
from shelterdesk.services.consent_law.consent_rules import REFERRAL
from shelterdesk.services.consent_law.given import GIVEN
from shelterdesk.services.disclosure.digests import checksum

Decision = tuple[Consent, Mapping[str, bool]]
"""What was decided, and the answer to every item."""


@dataclass(frozen=True)
class ToBeSigned:
    """What a director at another place in the house signs for, and reads before she does."""

    act: Act
    above: tuple[str, ...]
    """The items that are more than usual for this recipient."""
    alike: bool
    """Whether she signs that she has compared the names."""


@dataclass(frozen=True)
class DirectorsWord:
    """What a director gives to a decision: why, that she compared the names, and a signature."""

    reason: str = ""
    looked: bool = False
    signed: Approval | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return "<DirectorsWord>"


def to_be_signed(
    session: Session, case: Case, made: Sequence[Decision], given: DirectorsWord
) -> ToBeSigned | None:
    """Return what a director must have a part in; None where nobody need.

    Raises PartAlike until the names were compared, AboveCeiling without a reason, OneRecipient.
    """
    above = items_above(session, made)
    alike = any(has_danger(session, case, consent) for consent, _items in made)
    if alike and not given.looked:
        raise PartAlike
    if above and not is_sentence(given.reason):
        raise AboveCeiling
    if not (above or alike):
        return None
    if len({_about(consent) for consent, _items in made}) > 1:
        raise OneRecipient
    return ToBeSigned(_act(session, case, made, given), above, alike)


def director_of(seat: Seat, wanted: ToBeSigned, given: DirectorsWord) -> str:
    """Return the name of the director who has a part in it, at the desk or by signature.

    Raises AboveCeiling or PartAlike without one, NoApproval, UnfitToLook.
    """
    otherwise = AboveCeiling if wanted.above else PartAlike
    if seat.is_director:
        return seat.vault.me.name
    if given.signed is None:
        raise otherwise
    approval = seat.approvals.use(given.signed, wanted.act)
    directed(seat, approval, otherwise)
    return approval.name


def items_above(session: Session, made: Iterable[Decision]) -> tuple[str, ...]:
    """Return the items that anybody allows beyond what is usual for the recipient."""
    found: set[str] = set()
    for consent, items in made:
        if consent.purpose == REFERRAL:
            to = consent.organisation_id and session.get(Organisation, consent.organisation_id)
            found |= _allowed(consent, items) - set(ceiling(to.target if to else None))
    return tuple(sorted(found))


def _allowed(consent: Consent, items: Mapping[str, bool]) -> set[str]:
    given = consent.decision in GIVEN
    return {item for item, is_allowed in items.items() if is_allowed and given}


def _about(consent: Consent) -> tuple[str, str, str]:
    person = normalised(consent.recipient_person or "")
    return consent.purpose, consent.organisation_id or "", person


def _act(session: Session, case: Case, made: Sequence[Decision], given: DirectorsWord) -> Act:
    """Return the act of letting this woman decide so: every decision whole, why, and what compared.

    With the key of her case: the log keeps it, and names that can be guessed stay unknown.
    """
    decisions = [[_whole(consent), sorted(items.items())] for consent, items in made]
    signed = [decisions, given.reason.strip(), given.looked]
    return Act(ABOVE_USUAL, digest=checksum(session, case, signed))


def _whole(consent: Consent) -> dict[str, str]:
    """Return every field of a decision; its place in the row says with which it belongs together.

    (The id of the first is drawn anew each time, so the link itself says nothing.)
    """
    names = [name for name in Consent.fields() if name != "together_id"]
    person = normalised(consent.recipient_person or "")
    return {name: _plain(getattr(consent, name)) for name in names} | {"recipient_person": person}


def _plain(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
