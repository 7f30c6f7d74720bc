"""Shifts: who is on duty, what is handed over to those who come, and that they have read it."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field

WORDS_AT_MOST: Final = 600
"""Letters that are written beside what a handover is assembled from."""

_TOO_LONG: Final = N_("A handover has room for 600 letters: the lines of the log say the rest.")


class Shift(Record):
    """One time that somebody has the house; it bears the day on which it begins."""

    __tablename__ = "shift"
    __table_args__ = (Index("ix_shift_began_at", "began_at"),)
    title = N_("Shift")
    area = Area.LOGBOOK
    own_path = True
    order = (("began_at", "ended_at"),)
    columns = ("day", "kind", "lead_id", "began_at", "ended_at")

    day: Mapped[date] = field(Kind.DATE, N_("Day"), required=True, past=True)
    kind: Mapped[str] = field(Kind.CHOICE, N_("Which shift"), required=True, codes="shift")
    lead_id: Mapped[str] = field(Kind.LINK, N_("Who leads"), required=True, links_to="staff_member")
    began_at: Mapped[datetime] = field(Kind.MOMENT, N_("Began"), required=True, past=True)
    ended_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Ended"), past=True)


class OnDuty(Record):
    """That somebody is on duty in a shift, the one who leads it too."""

    __tablename__ = "on_duty"
    title = N_("On duty")
    area = Area.LOGBOOK
    own_path = True
    columns = ("shift_id", "staff_id")

    shift_id: Mapped[str] = field(Kind.LINK, N_("Shift"), required=True, links_to="shift")
    staff_id: Mapped[str] = field(
        Kind.LINK, N_("Who is on duty"), required=True, links_to="staff_member"
    )


class ShiftHandover(Record):
    """What one shift leaves to the next: assembled from the records, with a few words beside."""

    __tablename__ = "shift_handover"
    __table_args__ = (Index("ix_shift_handover_at", "at"),)
    title = N_("Handover")
    area = Area.LOGBOOK
    own_path = True
    columns = ("at", "by_id", "cash_agrees")

    shift_id: Mapped[str] = field(Kind.LINK, N_("Shift"), required=True, links_to="shift")
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    by_id: Mapped[str] = field(
        Kind.LINK, N_("Handed over by"), required=True, links_to="staff_member"
    )
    words: Mapped[str | None] = field(Kind.NOTE, N_("Words for those who come"))
    cash_agrees: Mapped[str | None] = field(Kind.YES_NO, N_("Keys and cash agree"))

    @override
    def check(self) -> dict[str, str]:
        return {"words": _TOO_LONG} if len(self.words or "") > WORDS_AT_MOST else {}


class ShiftHandoverRead(Record):
    """That somebody has read a handover and signs for it herself."""

    __tablename__ = "shift_handover_read"
    title = N_("Handover read and signed")
    area = Area.LOGBOOK
    own_path = True
    columns = ("handover_id", "by_id", "at")

    handover_id: Mapped[str] = field(
        Kind.LINK, N_("Handover"), required=True, links_to="shift_handover"
    )
    by_id: Mapped[str] = field(
        Kind.LINK, N_("Read and signed by"), required=True, links_to="staff_member"
    )
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
