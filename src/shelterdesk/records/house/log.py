"""The day log of the house: one line at a time, and whom of the residents a line is about."""

from datetime import datetime

from sqlalchemy import Index, and_, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field


class LoggedLine(Record):
    """One line: when it was, of what kind, what it says; some must be read, some stay open."""

    __tablename__ = "log_line"
    __table_args__ = (
        Index("ix_log_line_at", "at"),
        Index("ix_log_line_created_at", "created_at"),
        Index("ix_log_line_kind", "kind", "at"),
        Index(
            "ix_log_line_open",
            "at",
            sqlite_where=and_(column("stays_open") == "yes", column("done_at").is_(None)),
        ),
        Index("ix_log_line_done_at", "done_at", sqlite_where=column("done_at").is_not(None)),
    )
    title = N_("Line of the day log")
    area = Area.LOGBOOK
    own_path = True
    order = (("at", "done_at"),)
    columns = ("at", "kind", "text", "must_read", "stays_open", "done_at")

    at: Mapped[datetime] = field(Kind.MOMENT, N_("When it was"), required=True, past=True)
    kind: Mapped[str] = field(Kind.CHOICE, N_("What about"), required=True, codes="log_entry_type")
    text: Mapped[str] = field(Kind.TEXT, N_("What was there"), required=True)
    must_read: Mapped[str | None] = field(Kind.YES_NO, N_("Must be read"))
    stays_open: Mapped[str | None] = field(Kind.YES_NO, N_("Open until done"))
    done_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Done"), past=True)
    done_by_id: Mapped[str | None] = field(Kind.LINK, N_("Done by"), links_to="staff_member")
    corrects_id: Mapped[str | None] = field(
        Kind.LINK, N_("Entry that this one corrects"), links_to="log_line"
    )
    why_corrected: Mapped[str | None] = field(Kind.TEXT, N_("Why it is corrected"))

    @property
    @override
    def shown(self) -> str:
        return self.text or ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.stays_open == "yes" and self.done_at is None


class LogMention(Record):
    """That a line speaks of somebody who lives in the house: it stands in her timeline too."""

    __tablename__ = "log_mention"
    title = N_("In the day log")
    area = Area.LOGBOOK
    own_path = True
    happenings = (Happening("at", "", ("line_id",)),)
    columns = ("line_id", "case_id")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    line_id: Mapped[str] = field(
        Kind.LINK, N_("Line of the day log"), required=True, links_to="log_line"
    )
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When it was"), required=True, past=True)
