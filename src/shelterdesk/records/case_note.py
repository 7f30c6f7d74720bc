"""A note in a case, with a part that only counsellors can open."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, SealedText
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.records.base import Record, field


class CaseNote(Record):
    """What happened, for those who work on the case; the process note is for counselling only."""

    __tablename__ = "case_note"
    title: ClassVar[str] = N_("Case note")
    area: ClassVar[Area] = Area.CASE_WORK
    columns: ClassVar[tuple[str, ...]] = ("at", "kind", "text")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    at: Mapped[datetime | None] = field(Kind.MOMENT, N_("When"))
    kind: Mapped[str | None] = field(Kind.CHOICE, N_("Kind of note"), codes="note_kind")
    text: Mapped[str | None] = field(Kind.NOTE, N_("Note"), searchable=True)
    process_note: Mapped[SealedText | None] = field(
        Kind.NOTE, N_("Process note"), compartment=Compartment.TESTIMONY
    )
    aim: Mapped[str | None] = field(Kind.TEXT, N_("Aim"))
    next_on: Mapped[date | None] = field(Kind.DATE, N_("Next time"))
    corrects_id: Mapped[str | None] = field(Kind.LINK, N_("Corrects"), links_to="case_note")
    reason: Mapped[str | None] = field(Kind.TEXT, N_("Reason for the correction"))
