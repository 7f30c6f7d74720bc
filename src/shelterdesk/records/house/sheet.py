"""Paper for days without power: a sheet as it was printed, until what was written is typed in.

Who stood on it, in which bed and in which order is kept as it was printed: whoever moves, takes
another name or leaves meanwhile stands where the hand has written beside her.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, and_, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class SheetState(StrEnum):
    """How far a sheet is."""

    OUT = "out"
    TYPED = "typed"
    VOID = "void"


class PaperSheet(Record):
    """One sheet with a code of its own; it is typed in once, or made void with a reason."""

    __tablename__ = "sheet"
    __table_args__ = (
        Index("ix_sheet_code", "code", unique=True),
        Index(
            "ix_sheet_out",
            "printed_at",
            sqlite_where=and_(column("typed_at").is_(None), column("voided_at").is_(None)),
        ),
        Index("ix_sheet_printed_at", "printed_at"),
    )
    title = N_("Paper sheet")
    area = Area.LOGBOOK
    own_path = True
    order = (("printed_at", "typed_at"), ("printed_at", "voided_at"))
    columns = ("code", "kind", "for_day", "printed_at", "typed_at", "voided_at")

    code: Mapped[str] = field(Kind.TEXT, N_("Code of the sheet"), required=True)
    kind: Mapped[str] = field(
        Kind.CHOICE, N_("What is written on it"), required=True, codes="sheet_kind"
    )
    for_day: Mapped[date] = field(Kind.DATE, N_("Day or night"), required=True, past=True)
    printed_at: Mapped[datetime] = field(Kind.MOMENT, N_("Printed"), required=True, past=True)
    rows: Mapped[str] = field(Kind.NOTE, N_("Lines as they were printed"), required=True)
    writer_id: Mapped[str | None] = field(
        Kind.LINK, N_("Whose initials stand on the paper"), links_to="staff_member"
    )
    typed_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Typed in"), past=True)
    typed_by_id: Mapped[str | None] = field(Kind.LINK, N_("Typed in by"), links_to="staff_member")
    voided_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Made void"), past=True)
    why_void: Mapped[str | None] = field(Kind.TEXT, N_("Why it is void"))

    @property
    @override
    def shown(self) -> str:
        return self.code or ""

    @property
    def state(self) -> SheetState:
        """Return how far it is."""
        if self.voided_at is not None:
            return SheetState.VOID
        return SheetState.OUT if self.typed_at is None else SheetState.TYPED
