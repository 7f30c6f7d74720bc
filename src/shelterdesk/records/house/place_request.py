"""That somebody asks for a place in the house: counted each time, and without a name."""

from datetime import datetime

from sqlalchemy import Index, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.codes import label
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field

ADMITTED, WAITING = "admitted", "waiting"
TURNED_AWAY = ("not_admitted", "sent_on")
"""What became of it where the house took nobody in."""


class PlaceRequest(Record):
    """One asking: how, for how many, what became of it, and why not; a case has its own.

    What belongs to a case that was not admitted stands here as well: where she was sent, what she
    was given, and whether she knows how to come back.
    """

    __tablename__ = "place_request"
    __table_args__ = (
        Index("ix_place_request_at", "at"),
        Index("ix_place_request_waits", "at", sqlite_where=column("outcome") == WAITING),
    )
    title = N_("Asking for a place")
    area = Area.HOUSE
    own_path = True
    happenings = (Happening("at", N_("Asked for a place"), ("way", "outcome")),)
    sections = (
        (N_("Who asks"), ("at", "way", "from_id", "adults", "children")),
        (
            N_("Afterwards"),
            ("outcome", "reason", "sent_to_id", "got", "told_way_back"),
        ),
    )
    columns = ("at", "way", "from_id", "outcome", "reason")

    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    way: Mapped[str | None] = field(Kind.CHOICE, N_("How they asked"), codes="request_way")
    from_id: Mapped[str | None] = field(Kind.LINK, N_("Which office asks"), links_to="organisation")
    adults: Mapped[int | None] = field(Kind.NUMBER, N_("Adults"))
    children: Mapped[int | None] = field(Kind.NUMBER, N_("Children"))
    outcome: Mapped[str] = field(
        Kind.CHOICE, N_("What became of it"), required=True, codes="request_outcome"
    )
    reason: Mapped[str | None] = field(
        Kind.CHOICE, N_("Why not admitted"), codes="not_admitted_reason"
    )
    sent_to_id: Mapped[str | None] = field(Kind.LINK, N_("Sent where"), links_to="organisation")
    got: Mapped[tuple[str, ...] | None] = field(
        Kind.CHOICES, N_("What they were given here"), codes="service_type"
    )
    told_way_back: Mapped[str | None] = field(Kind.YES_NO, N_("Told how to come back"))
    case_id: Mapped[str | None] = field(Kind.LINK, N_("Case"), links_to="case")
    corrects_id: Mapped[str | None] = field(
        Kind.LINK, N_("Asking that this one corrects"), links_to="place_request"
    )
    why_corrected: Mapped[str | None] = field(Kind.TEXT, N_("Why it is corrected"))

    @property
    @override
    def shown(self) -> str:
        return label("request_way", self.way, screen_language()) if self.way else ""

    @property
    @override
    def happened(self) -> bool:
        """Whether it is told in her timeline: what her case wrote by itself stands there anyway."""
        return self.way is not None
