"""A note in a case, with a part that only counsellors can open."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind, SealedText
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Record, field


class CaseNote(Record):
    """What happened, for the whole house; and the process note, for counselling only."""

    __tablename__ = "case_note"
    title: ClassVar[str] = N_("Case note")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    at: Mapped[datetime | None] = field(Kind.MOMENT, N_("When"))
    text: Mapped[str | None] = field(Kind.NOTE, N_("Note"), searchable=True)
    process_note: Mapped[SealedText | None] = field(
        Kind.NOTE, N_("Process note"), compartment=Compartment.TESTIMONY
    )

    @property
    @override
    def about(self) -> str:
        return self.case_id
