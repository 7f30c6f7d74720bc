"""How somebody can be reached without harm."""

from datetime import date

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class ContactPoint(Record):
    """A telephone number or another way to reach a person, with what is safe about it."""

    __tablename__ = "contact_point"
    title = N_("Way to reach her")
    area = Area.IDENTITY
    about_columns = ("person_id", "id")
    columns = (
        "kind",
        "value",
        "whose",
        "safe_to_call",
        "safe_hours",
    )

    person_id: Mapped[str] = field(Kind.LINK, N_("Person"), required=True, links_to="person")
    kind: Mapped[str | None] = field(Kind.CHOICE, N_("Kind of contact"), codes="contact_kind")
    value: Mapped[str | None] = field(Kind.TEXT, N_("Number or address"), disclosure="phone_safe")
    whose: Mapped[str | None] = field(Kind.TEXT, N_("Whose it is"))
    safe_to_call: Mapped[str | None] = field(Kind.YES_NO, N_("Safe to call"))
    safe_to_leave_message: Mapped[str | None] = field(Kind.YES_NO, N_("Safe to leave a message"))
    safe_hours: Mapped[str | None] = field(Kind.TEXT, N_("Safe hours"))
    say_who_is_calling: Mapped[str | None] = field(Kind.TEXT, N_("Who we say is calling"))
    expires: Mapped[date | None] = field(Kind.DATE, N_("Good until"))
