"""The guard at the door: nothing reaches whoever must not get near her, her address least of all.

Most of what goes wrong at shelters is an address in a letter that reached the other side. So such
an item is confirmed once more and a colleague looks too. Whatever leaves, the names of whoever
receives and whoever carries it are compared, in Lao and in Latin letters, with everybody who is
involved, accused, or never to be contacted. A name that is alike costs one look of a director
(`Passing.looked`), no more; so does one in letters or signs that nothing here can compare.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.alike import Barred
from shelterdesk.core.names.look_alikes import is_unread
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.directing import demand_fit
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.answering import names_of, people
from shelterdesk.services.consent_law.around_her import barred, is_named_in, relations
from shelterdesk.services.consent_law.doubles import doubles_in


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
        "involved or must never be contacted, or is written so that it cannot be compared. Nothing "
        "has left. Ask a director to look at it."
    )


class ContactAlike(NameAlike):
    """Somebody who is told as her family or guardian may be one who must not get near her."""

    sentence = N_(
        "Somebody who is named here as her guardian or family has a name, a paper or a telephone "
        "like somebody who is involved or must never be contacted. Nothing has left. Ask a "
        "director to look at it."
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
    placed: bool = False
    """The words of some other item tell where she is, or how she is reached, all the same."""
    for_life: bool = False
    """A life is in danger: whoever is there compares the names herself, and it is reviewed."""

    def __repr__(self) -> str:
        return "<Passing>"

    @property
    def goes_out(self) -> bool:
        """Whether somebody else is told; in her own copy nobody around her is named."""
        to = self.recipient
        return bool(to.organisation_id or to.organisation or to.person)


class AddressGuard:
    """Stands before the door: names are compared always, and an address asks a second person."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def __repr__(self) -> str:
        return "<AddressGuard>"

    def _has_looked(self, way: Passing) -> bool:
        """Tell whether the names were compared: by a director, or by who is there in danger."""
        signed = way.second is not None and Role.DIRECTOR in way.second.roles
        return way.looked and (self._seat.is_director or signed or way.for_life)

    def demand(self, session: Session, case: Case, items: Iterable[str], way: Passing) -> None:
        """Raise AddressUnconfirmed, NameAlike or ContactAlike unless the items may pass."""
        if way.placed or not ADDRESS_ITEMS.isdisjoint(items):
            if not way.confirmed or way.second is None:
                raise AddressUnconfirmed
            demand_fit(way.second)
        if self._has_looked(way):
            return
        if is_alike(session, case, way):
            raise NameAlike
        if way.goes_out and names_double(session, case, items):
            raise ContactAlike


def is_alike(session: Session, case: Case, way: Passing) -> bool:
    """Tell whether a name on the way is like that of somebody who must not get near her.

    Of a place everything is read that a letter bears: its names, the unit, the address, and whom to
    ask there.
    """
    to = way.recipient
    place = to.organisation_id and session.get(Organisation, to.organisation_id)
    listed = (place.name, place.name_latin, place.unit, place.address) if place else ()
    contact = (place.contact_person,) if place else ()
    people_named = (to.person, way.delivered_by, *contact)
    return _is_any_alike(session, case, people_named, (to.organisation, *listed))


def names_double(session: Session, case: Case, items: Iterable[str]) -> bool:
    """Tell whether somebody whom these items name may be one who must not get near her.

    The same man is sometimes written down twice, once as involved and once as her uncle.
    """
    around = relations(session, case)
    told = [one.other_id for one in around if is_named_in(one, items)]
    return bool(told) and bool(doubles_in(session, told, barred(session, case, around)))


def are_alike(session: Session, case: Case, names: Iterable[str | None]) -> bool:
    """Tell whether any of these names may be that of somebody who must not get near her."""
    return _is_any_alike(session, case, names, ())


def _is_any_alike(
    session: Session, case: Case, persons: Iterable[str | None], places: Iterable[str | None]
) -> bool:
    named = [name for name in persons if name and name.strip()]
    listed = [text for text in places if text and text.strip()]
    if not (named or listed):
        return False
    never = people(session, barred(session, case))
    if never and _is_any_unread(named, listed):
        return True
    dangers = Barred(names_of(person) for person in never)
    return any(map(dangers.may_be_meant, named)) or any(
        dangers.may_be_meant(text, person=False) for text in listed
    )


def _is_any_unread(persons: Iterable[str], places: Iterable[str]) -> bool:
    """Tell whether anything is written so that it can be compared with nobody's name."""
    return any(map(is_unread, persons)) or any(is_unread(text, person=False) for text in places)
