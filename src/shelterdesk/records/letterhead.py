"""The head of a letter: what the house calls itself on paper, and where answers go."""

from typing import ClassVar

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class Letterhead(Record):
    """Name, address and telephone of an office; never those of the house where women live.

    There is one for each code of the list `letterhead`: the neutral one does not say that letters
    come from a shelter. Whoever works in the house reads it; a director sets it.
    """

    __tablename__ = "letterhead"
    title: ClassVar[str] = N_("Letterhead")
    area: ClassVar[Area] = Area.STAFF
    columns: ClassVar[tuple[str, ...]] = (
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
    phone: Mapped[str | None] = field(Kind.TEXT, N_("Telephone of the office"))
