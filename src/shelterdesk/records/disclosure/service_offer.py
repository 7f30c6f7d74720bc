"""What an organisation offers."""

from datetime import date

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class ServiceOffer(Record):
    """One service with what it costs, whom it takes and how it treats girls and their data."""

    __tablename__ = "service_offer"
    title = N_("Service")
    area = Area.DIRECTORY
    columns = (
        "service",
        "hours",
        "cost",
        "verified_on",
    )

    organisation_id: Mapped[str] = field(
        Kind.LINK, N_("Organisation"), required=True, links_to="organisation"
    )
    service: Mapped[str] = field(Kind.CHOICE, N_("Service"), required=True, codes="service_type")
    hours: Mapped[str | None] = field(Kind.TEXT, N_("Hours"))
    cost: Mapped[str | None] = field(Kind.TEXT, N_("Cost"))
    eligibility: Mapped[str | None] = field(Kind.NOTE, N_("For whom"))
    bring: Mapped[str | None] = field(Kind.NOTE, N_("What to bring"))
    languages: Mapped[tuple[str, ...] | None] = field(
        Kind.CHOICES, N_("Languages spoken there"), codes="language"
    )
    women_staff: Mapped[str | None] = field(Kind.YES_NO, N_("Women on the staff"))
    child_friendly: Mapped[str | None] = field(Kind.YES_NO, N_("Good with children"))
    data_statement: Mapped[str | None] = field(
        Kind.YES_NO, N_("Has signed a statement on keeping data secret")
    )
    verified_on: Mapped[date | None] = field(Kind.DATE, N_("Last verified"), past=True)
