"""Who comes to the door: when, to whom, and when they have gone."""

from datetime import datetime

from sqlalchemy import Index, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class Visitor(Record):
    """One who was let in; whoever has not gone yet is inside."""

    __tablename__ = "visitor"
    __table_args__ = (
        Index("ix_visitor_inside", "came_at", sqlite_where=column("went_at").is_(None)),
    )
    title = N_("Visitor")
    area = Area.HOUSE
    own_path = True
    order = (("came_at", "went_at"),)
    columns = ("who", "kind", "came_at", "went_at")
    about_columns = ("to_see_id", "id")

    who: Mapped[str] = field(Kind.TEXT, N_("Who comes"), required=True)
    kind: Mapped[str] = field(Kind.CHOICE, N_("Comes as"), required=True, codes="visitor_kind")
    from_id: Mapped[str | None] = field(Kind.LINK, N_("From which office"), links_to="organisation")
    to_see_id: Mapped[str | None] = field(Kind.LINK, N_("Wants to see"), links_to="case")
    she_agreed: Mapped[str | None] = field(Kind.YES_NO, N_("She agreed to see them"))
    paper_seen: Mapped[str | None] = field(Kind.YES_NO, N_("Paper or card was seen"))
    silence_promised: Mapped[str | None] = field(
        Kind.YES_NO, N_("Promised to say nothing of this house and who lives here")
    )
    came_at: Mapped[datetime] = field(Kind.MOMENT, N_("Came in"), required=True, past=True)
    went_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Has gone"), past=True)
    let_in_by_id: Mapped[str] = field(
        Kind.LINK, N_("Let in by"), required=True, links_to="staff_member"
    )

    @property
    @override
    def shown(self) -> str:
        return self.who or ""
