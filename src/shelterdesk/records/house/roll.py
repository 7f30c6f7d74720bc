"""The roll of a night: who was seen by eye, and where; the census is counted from other rows.

A night bears the date on which it begins.
"""

from datetime import date, datetime

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import day
from shelterdesk.records.base import Record, field


class Roll(Record):
    """That somebody went through the house at night, and how many she saw."""

    __tablename__ = "roll"
    title = N_("Roll of a night")
    area = Area.HOUSE
    own_path = True
    columns = ("night", "at", "by_id", "in_house", "away", "missing")

    night: Mapped[date] = field(Kind.DATE, N_("Night"), required=True, past=True)
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    by_id: Mapped[str] = field(
        Kind.LINK, N_("Who went through the house"), required=True, links_to="staff_member"
    )
    in_house: Mapped[int | None] = field(Kind.NUMBER, N_("Seen in the house"))
    away: Mapped[int | None] = field(Kind.NUMBER, N_("Away"))
    missing: Mapped[int | None] = field(Kind.NUMBER, N_("Not found"))
    remark: Mapped[str | None] = field(Kind.TEXT, N_("Remark"))

    @property
    @override
    def shown(self) -> str:
        return day(self.night)


class RollLine(Record):
    """Where one who lives here was seen; who is away has none."""

    __tablename__ = "roll_line"
    title = N_("Line of a roll")
    area = Area.HOUSE
    own_path = True
    columns = ("case_id", "seen", "bed_id")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    roll_id: Mapped[str] = field(Kind.LINK, N_("Roll of a night"), required=True, links_to="roll")
    seen: Mapped[str] = field(Kind.CHOICE, N_("Seen"), required=True, codes="roll_seen")
    bed_id: Mapped[str | None] = field(Kind.LINK, N_("Bed"), links_to="bed")
    remark: Mapped[str | None] = field(Kind.TEXT, N_("Remark"))
