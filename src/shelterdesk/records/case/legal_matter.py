"""A legal matter: a claim, a criminal case, papers."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.records.base import Happening, Record, field


class LegalMatter(Record):
    """When the next date is, for whoever goes with her; the strategy, for the legal officer."""

    __tablename__ = "legal_matter"
    title = N_("Legal matter")
    happenings = (Happening("next_date"),)
    of_a_trade = (
        Area.LEGAL,
        ("case_id", "next_date"),
    )
    columns = ("next_date",)

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    next_date: Mapped[datetime | None] = field(Kind.MOMENT, N_("Next date"), disclosure="deadline")
    strategy: Mapped[SealedValue | None] = field(
        Kind.NOTE, N_("Strategy"), compartment=Compartment.LEGAL
    )
