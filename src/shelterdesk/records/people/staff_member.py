"""Somebody who works in the house."""

from datetime import date

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class StaffMember(Record):
    """A member of staff as others see her; her keys lie in the keyring under `holder_id`."""

    __tablename__ = "staff_member"
    title = N_("Member of staff")
    area = Area.STAFF
    columns = (
        "name",
        "position",
        "phone",
    )

    holder_id: Mapped[str | None] = field(Kind.TEXT, N_("Her place in the keyring"))
    name: Mapped[str] = field(Kind.TEXT, N_("Name"), required=True)
    position: Mapped[str | None] = field(Kind.TEXT, N_("Position"))
    position_latin: Mapped[str | None] = field(Kind.TEXT, N_("Position in Latin letters"))
    phone: Mapped[str | None] = field(Kind.TEXT, N_("Telephone"))
    ended_on: Mapped[date | None] = field(Kind.DATE, N_("Left on"), past=True)

    @property
    @override
    def shown(self) -> str:
        return self.name or ""
