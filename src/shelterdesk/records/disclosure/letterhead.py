"""The head of a letter: what the house calls itself on paper, and where answers go."""

from typing import Final

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field

_NO_NAME: Final = N_("A letter needs the name of the office, in one of the two scripts.")
_NO_ADDRESS: Final = N_("A letter needs the address of the office, so that the slip comes back.")
_NO_PHONE: Final = N_("A letter needs the telephone of the office, so that it can be called.")


class Letterhead(Record):
    """Name, address and telephone of an office; never those of the house where women live.

    There is one for each code of the list `letterhead`: the neutral one does not say that letters
    come from a shelter. Whoever works in the house reads it; a director sets it.
    """

    __tablename__ = "letterhead"
    title = N_("Letterhead")
    area = Area.STAFF
    columns = (
        "profile",
        "name",
        "phone",
    )

    profile: Mapped[str] = field(
        Kind.CHOICE, N_("Which letterhead"), required=True, codes="letterhead"
    )
    name: Mapped[str | None] = field(Kind.TEXT, N_("Name of the office"))
    name_latin: Mapped[str | None] = field(Kind.TEXT, N_("Name in Latin letters"))
    address: Mapped[str | None] = field(Kind.NOTE, N_("Address of the office, not of the house"))
    address_latin: Mapped[str | None] = field(Kind.NOTE, N_("Address in Latin letters"))
    phone: Mapped[str | None] = field(Kind.TEXT, N_("Telephone of the office"))

    @override
    def check(self) -> dict[str, str]:
        """Whoever gets a letter must be able to answer it, and she to call and take back."""
        known = {
            "name": (_NO_NAME, f"{self.name or ''}{self.name_latin or ''}"),
            "address": (_NO_ADDRESS, f"{self.address or ''}{self.address_latin or ''}"),
            "phone": (_NO_PHONE, self.phone or ""),
        }
        return {name: why for name, (why, text) in known.items() if not text.strip()}
