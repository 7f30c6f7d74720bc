"""The address guard: where she is and how she is reached needs a second look before it leaves.

Most of what goes wrong at shelters is an address in a letter that reached the other side. So such
an item is confirmed once more, a colleague looks too, and the names of whoever receives and whoever
carries it are compared, in Lao and in Latin letters, with everybody who must not get near her.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.name_keys import SAME_PERSON, likeness, name_keys
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.records.case import Case
from shelterdesk.records.organisation import Organisation
from shelterdesk.records.person import Person
from shelterdesk.services.approvals import Approval
from shelterdesk.services.consent_rules import barred
from shelterdesk.services.guard import Seat

ALIKE: Final = SAME_PERSON
"""Likeness of two names from which they are taken for one person here."""


class AddressUnconfirmed(DeskError):
    """Where she is or how she is reached was to leave without being asked once more."""

    sentence = N_(
        "This would tell where she is or how she can be reached. Look at the name and the place of "
        "the recipient once more and confirm it; a colleague must look as well."
    )


class NameAlike(DeskError):
    """Recipient or carrier has a name like somebody who must not get near her."""

    sentence = N_(
        "The name of the recipient or of whoever delivers it is like the name of somebody who is "
        "involved or must never be contacted. Nothing has left. Ask a director to look at it."
    )


@dataclass(frozen=True)
class Passing:
    """What was looked at before an address may leave."""

    recipient: Recipient
    delivered_by: str = ""
    confirmed: bool = False
    looked: bool = False
    """A director has compared the names that are alike and found two people."""
    second: Approval | None = None
    """The signature of the colleague who looked as well, already taken."""

    def __repr__(self) -> str:
        return "<Passing>"


class AddressGuard:
    """Stands before the door whenever an item would tell where she is."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def __repr__(self) -> str:
        return "<AddressGuard>"

    def _directed(self, second: Approval | None) -> bool:
        return second is not None and (self._seat.is_director or Role.DIRECTOR in second.roles)

    def demand(self, session: Session, case: Case, items: Iterable[str], way: Passing) -> None:
        """Raise AddressUnconfirmed or NameAlike unless the items may pass."""
        if ADDRESS_ITEMS.isdisjoint(items):
            return
        if not way.confirmed or way.second is None:
            raise AddressUnconfirmed
        if is_alike(session, case, way) and not (way.looked and self._directed(way.second)):
            raise NameAlike


def is_alike(session: Session, case: Case, way: Passing) -> bool:
    """Tell whether a name on the way is like that of somebody who must not get near her."""
    receiving = [name_keys(name) for name in _names_of(session, way) if name.strip()]
    flagged = select(Person).where(Person.id.in_(barred(session, case)))
    keys = [name_keys(*_whole_names(person)) for person in session.scalars(flagged)]
    return any(likeness(one, other) >= ALIKE for one in receiving for other in keys)


def _whole_names(person: Person) -> tuple[str, ...]:
    others = (person.other_names or "").replace(";", ",").split(",")
    first = (person.given_name or "", person.given_name_latin or "")
    return tuple(name.strip() for name in (*person.names, *others, *first) if name.strip())


def _names_of(session: Session, way: Passing) -> tuple[str, ...]:
    recipient = way.recipient
    found = recipient.organisation_id and session.get(Organisation, recipient.organisation_id)
    listed = (found.name, found.name_latin, found.contact_person) if found else ()
    named = (recipient.person, recipient.organisation, way.delivered_by, *listed)
    return tuple(name for name in named if name)
