"""Who is called at night: the director, the nurse, a doctor, an ambulance, with their numbers.

What everybody in the house must have at hand is told to everybody who works there, whoever else
may read the directory; nothing but names and telephone numbers.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Role
from shelterdesk.core.scripts import on_screen
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.store.vault.vault import Vault

DIRECTOR, NURSE, DOCTOR = N_("Director"), N_("Nurse"), N_("Doctor, ambulance")
_OF_STAFF: Final = ((Role.DIRECTOR, DIRECTOR), (Role.NURSE, NURSE))
_URGENT: Final = "emergency_medical"


@dataclass(frozen=True, slots=True)
class Called:
    """One line of the card: what she is, her name, her number; "" where none is written down."""

    what: str
    name: str
    number: str

    def __repr__(self) -> str:
        return "<Called>"


class WhoToCall(Service):
    """Reads the card out of the staff and the directory."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    @rule(Area.HOUSE)
    def lines(self) -> list[Called]:
        """Return who is called, in the order in which they are called."""
        with self._vault.database.reading() as session:
            return [*self._staff(session), *_doctors(session)]

    def _staff(self, session: Session) -> list[Called]:
        holders = self._vault.keyring.persons()
        present = select(StaffMember).where(StaffMember.ended_on.is_(None))
        members = {one.holder_id: one for one in session.scalars(present)}
        return [
            Called(what, members[holder.id].name, members[holder.id].phone or "")
            for role, what in _OF_STAFF
            for holder in holders
            if role in holder.roles and holder.id in members
        ]


def _doctors(session: Session) -> list[Called]:
    """Return the organisations that help at once, by day and by night."""
    offers = select(ServiceOffer.organisation_id).where(ServiceOffer.service == _URGENT)
    has_number = or_(Organisation.phone_all_day.is_not(None), Organisation.phone.is_not(None))
    wanted = select(Organisation).where(
        Organisation.id.in_(offers), Organisation.ended_on.is_(None), has_number
    )
    return [
        Called(DOCTOR, on_screen(one.name, one.name_latin), one.phone_all_day or one.phone or "")
        for one in session.scalars(wanted.order_by(Organisation.name))
    ]
