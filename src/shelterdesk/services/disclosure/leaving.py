"""One request at the door: what is to leave, to whom, on which ground, and how."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.consent_law.address_guard import Passing
from shelterdesk.services.consent_law.consent_rules import Agreed
from shelterdesk.services.disclosure.shown import Lines


class Looks(TypedDict, total=False):
    """What of the way is signed for besides the words and the recipient."""

    looked: bool
    """Names that are alike were compared by a director."""
    delivered_by: str
    language: str
    """The language of the words that leave; Lao where none is named."""
    lines: Iterable[str]
    """Ids of the records that are told, where the case has several; see `Disclosures.lines`."""


class How(Looks, total=False):
    """What else can be said about one time that something leaves."""

    second: Approval | None
    """The signature of a colleague, given for `Disclosures.for_what`."""
    confirm_address: bool
    """Recipient and place were looked at once more."""
    referral: Referral | None
    warned: bool
    """The recipient was told not to pass it on."""
    shown: Lines
    """The lines that were chosen, in the words they were shown with: no others may leave."""


class Sending(TypedDict, total=False):
    """How a letter goes, and what the door may need for it; see `How`."""

    delivery: str
    """Code of the list `referral_delivery`."""
    delivered_by: str
    person: str
    """The person at the organisation; without it the one named in the directory."""
    basis: Basis
    """Without it, her consent."""
    second: Approval | None
    confirm_address: bool
    looked: bool
    warned: bool
    lines: Iterable[str]
    """Ids of the records that are told, where the case has several."""
    seen: str
    """Of the preview that was looked at (`Shown.seen`): nothing else may be printed."""


@dataclass
class Leaving:
    """One request at the door: what is to leave to whom, and what was found while judging it."""

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
    lines: list[str] = field(default_factory=list)
    """Ids of the records that were told from."""
    placed: bool = False
    """The words of some item tell where she is, whatever the item is called."""

    def __repr__(self) -> str:
        return "<Leaving>"

    def passing(self) -> Passing:
        """Return what was looked at before an address may leave."""
        how = self.how
        return Passing(
            self.recipient,
            how.get("delivered_by", ""),
            confirmed=how.get("confirm_address", False),
            looked=how.get("looked", False),
            second=self.second,
            for_life=self.basis.code == "vital_interest",
            placed=self.placed,
        )


def as_listed(session: Session, to: Recipient) -> Recipient:
    """Return the recipient with the organisation's name as the directory has it."""
    if to.organisation_id is None:
        return to
    found = session.get(Organisation, to.organisation_id)
    if found is None:
        raise ChangedElsewhere
    return replace(to, organisation=found.entered)
