"""Where she will go: the most dangerous line in the house."""

from datetime import date

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Happening, Record, field


class ReturnPlan(Record):
    """The planned day is known in the house; the place and the contact are sealed."""

    __tablename__ = "return_plan"
    title = N_("Return plan")
    happenings = (Happening("planned_on"),)
    columns = ("planned_on",)

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    planned_on: Mapped[date | None] = field(Kind.DATE, N_("Planned for"), disclosure="travel_needs")
    destination: Mapped[SealedValue | None] = field(
        Kind.NOTE,
        N_("Where to, and how she can be reached"),
        compartment=Compartment.RETURN,
        disclosure="new_address",
    )
