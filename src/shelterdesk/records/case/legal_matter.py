"""A legal matter: a claim, a criminal case, papers."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Record, field


class LegalMatter(Record):
    """When the next date is, for whoever goes with her; the strategy, for the legal officer."""

    __tablename__ = "legal_matter"
    title: ClassVar[str] = N_("Legal matter")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    next_date: Mapped[datetime | None] = field(Kind.MOMENT, N_("Next date"))
    strategy: Mapped[SealedValue | None] = field(
        Kind.NOTE, N_("Strategy"), compartment=Compartment.LEGAL
    )
