"""A setting of the house: what two people have settled, and the law that it goes by."""

from typing import Final

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.house_settings import DECLARED
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field

_NO_CITATION: Final = N_(
    "This is what a law says. Write which law and article, or leave the number empty."
)


class Setting(Record):
    """One row for each setting that is not as usual; what each does is in `core.house_settings`.

    The whole house reads it. It is written by its own service only, where two people have signed.
    """

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("name"),)
    title = N_("Setting")
    area = Area.RULES
    own_path = True
    columns = ("name", "value", "citation", "checked_by")

    name: Mapped[str] = field(Kind.TEXT, N_("Name of the setting"), required=True)
    value: Mapped[str | None] = field(Kind.TEXT, N_("What holds"))
    citation: Mapped[str | None] = field(Kind.TEXT, N_("Law or paper it goes by"))
    checked_by: Mapped[str | None] = field(Kind.TEXT, N_("Checked by"))
    second_person: Mapped[str | None] = field(Kind.TEXT, N_("Second person"))

    @override
    def check(self) -> dict[str, str]:
        """Return what is wrong with its value, and that a law is missing where it is one.

        A setting of a later program, which this one does not know, stays as it is.
        """
        known = DECLARED.get(self.name or "")
        if known is None or not self.value:
            return {}
        why = known.problem(self.value)
        found = {"value": why} if why else {}
        if known.by_law and not (self.citation or "").strip():
            found["citation"] = _NO_CITATION
        return found
