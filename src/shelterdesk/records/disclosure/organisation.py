"""An organisation that helps, that asks, or that letters go to."""

from datetime import date

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.scripts import written
from shelterdesk.records.base import Record, field


class Organisation(Record):
    """An entry of the directory; what has not been verified for ninety days is shown as such."""

    __tablename__ = "organisation"
    title = N_("Organisation")
    area = Area.DIRECTORY
    sections = (
        (
            N_("Name"),
            (
                "name",
                "name_latin",
                "kind",
                "target",
            ),
        ),
        (
            N_("Whom to ask"),
            (
                "unit",
                "contact_person",
                "phone",
                "phone_all_day",
            ),
        ),
        (
            N_("Place"),
            (
                "address",
                "province",
                "district",
            ),
        ),
        (
            N_("Working with it"),
            (
                "letterhead",
                "verified_on",
                "remarks",
                "ended_on",
            ),
        ),
    )
    columns = (
        "name",
        "target",
        "phone",
        "verified_on",
    )

    name: Mapped[str | None] = field(Kind.TEXT, N_("Name"))
    name_latin: Mapped[str | None] = field(Kind.TEXT, N_("Name in Latin letters"))
    kind: Mapped[str | None] = field(
        Kind.CHOICE, N_("Kind of organisation"), codes="organisation_type"
    )
    target: Mapped[str | None] = field(
        Kind.CHOICE, N_("As a recipient of letters"), codes="referral_target"
    )
    unit: Mapped[str | None] = field(Kind.TEXT, N_("Unit"))
    contact_person: Mapped[str | None] = field(Kind.TEXT, N_("Contact person"))
    phone: Mapped[str | None] = field(Kind.TEXT, N_("Telephone"))
    phone_all_day: Mapped[str | None] = field(Kind.TEXT, N_("Telephone, day and night"))
    address: Mapped[str | None] = field(Kind.NOTE, N_("Address"))
    province: Mapped[str | None] = field(Kind.CHOICE, N_("Province"), codes="province")
    district: Mapped[str | None] = field(
        Kind.CHOICE, N_("District"), codes="district", within="province"
    )
    letterhead: Mapped[str | None] = field(
        Kind.CHOICE, N_("Letterhead used with it"), codes="letterhead"
    )
    verified_on: Mapped[date | None] = field(Kind.DATE, N_("Last verified"), past=True)
    remarks: Mapped[str | None] = field(Kind.NOTE, N_("Remarks"))
    ended_on: Mapped[date | None] = field(Kind.DATE, N_("No longer used since"))

    @override
    def check(self) -> dict[str, str]:
        named = self.name or self.name_latin
        return (
            {} if named else {"name": N_("An organisation needs a name in one of the two scripts.")}
        )

    @property
    @override
    def shown(self) -> str:
        """The name in the script of whoever reads the screen, else in the other one."""
        return self.shown_in(screen_language())

    @override
    def shown_in(self, language: str) -> str:
        return written((self.name, self.name_latin), language)

    @property
    def entered(self) -> str:
        """The name that stays whatever the screen speaks: checksums are made of it."""
        return self.name or self.name_latin or ""
