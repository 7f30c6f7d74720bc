"""Rooms, their beds, which beds can be slept in, and who sleeps in which from when to when.

A night bears the date on which it begins; who sleeps in a bed has it from one moment until before
another. Nothing here is a state that somebody types: what is free is computed from these rows.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, and_, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field, open_questions


class Bedroom(Record):
    """A room of the house, and for whom it is meant; only that it is for children stops anybody."""

    __tablename__ = "room"
    title = N_("Room")
    area = Area.HOUSE
    own_path = True
    columns = ("name", "building", "for_whom")

    name: Mapped[str] = field(Kind.TEXT, N_("Name of the room"), required=True)
    building: Mapped[str | None] = field(Kind.TEXT, N_("Building or floor"))
    for_whom: Mapped[str | None] = field(Kind.CHOICE, N_("For whom"), codes="room_for")

    @property
    @override
    def shown(self) -> str:
        return self.name or ""


class Bed(Record):
    """A bed, a cot, or a mat for a full house; its number is on it, and no two have the same."""

    __tablename__ = "bed"
    __table_args__ = (UniqueConstraint("code"),)
    title = N_("Bed")
    area = Area.HOUSE
    own_path = True
    columns = ("code", "room_id", "kind")

    code: Mapped[str] = field(Kind.TEXT, N_("Number of the bed"), required=True)
    room_id: Mapped[str] = field(Kind.LINK, N_("Room"), required=True, links_to="room")
    kind: Mapped[str] = field(Kind.CHOICE, N_("Kind of bed"), required=True, codes="bed_kind")
    extra: Mapped[str | None] = field(Kind.YES_NO, N_("A mat, only for a full house"))

    @property
    @override
    def shown(self) -> str:
        return self.code or ""


class BedState(Record):
    """From which day on a bed can be slept in, or cannot; the newest that has begun holds."""

    __tablename__ = "bed_state"
    title = N_("Use of a bed")
    area = Area.HOUSE
    own_path = True
    columns = ("bed_id", "usable", "reason", "since")

    bed_id: Mapped[str] = field(Kind.LINK, N_("Bed"), required=True, links_to="bed")
    usable: Mapped[str] = field(Kind.YES_NO, N_("Can be slept in"), required=True)
    reason: Mapped[str | None] = field(
        Kind.CHOICE, N_("Why it cannot be slept in"), codes="bed_out_reason"
    )
    since: Mapped[date] = field(Kind.DATE, N_("From which day"), required=True)


class BedStay(Record):
    """From when until when somebody slept in a bed; one that has not ended is where she sleeps.

    A baby in her mother's bed shares it. All others have a bed each: their own service sees to it.
    """

    __tablename__ = "bed_stay"
    __table_args__ = (
        Index(
            "uq_bed_stay_one_each",
            "bed_id",
            unique=True,
            sqlite_where=and_(column("until").is_(None), column("shares").is_distinct_from("yes")),
        ),
    )
    title = N_("Where she sleeps")
    area = Area.HOUSE
    own_path = True
    happenings = (Happening("since", N_("Sleeps in"), ("bed_id",)),)
    order = (("since", "until"),)
    columns = ("bed_id", "since", "until")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    stay_id: Mapped[str] = field(Kind.LINK, N_("Stay"), required=True, links_to="stay")
    bed_id: Mapped[str] = field(Kind.LINK, N_("Bed"), required=True, links_to="bed")
    since: Mapped[datetime] = field(Kind.MOMENT, N_("Since when"), required=True, past=True)
    until: Mapped[datetime | None] = field(Kind.MOMENT, N_("Until when"), past=True)
    shares: Mapped[str | None] = field(Kind.YES_NO, N_("Shares it, as a baby does"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()
