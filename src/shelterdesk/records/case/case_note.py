"""A note in a case: sealed for those who work on it, with a part that its writer alone opens."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import COUNSELLING, Area, Compartment
from shelterdesk.records.base import Happening, Record, field, found_by_day


class CaseNote(Record):
    """What happened, for those who work on the case; each look at a process note is logged."""

    __tablename__ = "case_note"
    __table_args__ = (found_by_day("next_on"),)
    title = N_("Case note")
    area = Area.CASE_WORK
    happenings = (Happening("at", "", ("kind", "aim", "text")),)
    changed_for = timedelta(hours=24)
    """Afterwards a note is corrected, never changed."""
    columns = ("at", "kind", "text")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    at: Mapped[datetime | None] = field(Kind.MOMENT, N_("When"), past=True, asked_after=1)
    kind: Mapped[str | None] = field(Kind.CHOICE, N_("Kind of note"), codes="note_kind")
    text: Mapped[str | None] = field(Kind.NOTE, N_("Note"), envelope=COUNSELLING)
    process_note: Mapped[SealedValue | None] = field(
        Kind.NOTE, N_("Process note"), compartment=Compartment.TESTIMONY
    )
    aim: Mapped[str | None] = field(Kind.TEXT, N_("Aim"), envelope=COUNSELLING)
    next_on: Mapped[date | None] = field(Kind.DATE, N_("Next time"))
    corrects_id: Mapped[str | None] = field(Kind.LINK, N_("Corrects"), links_to="case_note")
    reason: Mapped[str | None] = field(
        Kind.TEXT, N_("Reason for the correction"), envelope=COUNSELLING
    )
