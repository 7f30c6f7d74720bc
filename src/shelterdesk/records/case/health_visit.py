"""A visit to a doctor or the nurse's own findings."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.records.base import Happening, Record, field


class HealthVisit(Record):
    """That a visit took place is known in the house; what was found is the nurse's."""

    __tablename__ = "health_visit"
    title = N_("Health visit")
    happenings = (Happening("at"),)
    of_a_trade = (Area.MEDICAL, ("case_id", "at"))
    """A nurse changes nothing of the house, but a visit begins with what she writes."""
    columns = ("at",)

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    at: Mapped[datetime | None] = field(Kind.MOMENT, N_("When"), past=True, asked_after=1)
    findings: Mapped[SealedValue | None] = field(
        Kind.NOTE,
        N_("Findings"),
        compartment=Compartment.MEDICAL,
        disclosure="health_reason",
    )
