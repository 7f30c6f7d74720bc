"""What is done for many at once: a course, a talk, a kit; and who of the house was there."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.codes import label
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field, open_questions

SERVED = ("there", "part")
"""How somebody came whom the service has reached."""


class GroupService(Record):
    """One service for many, or one kit for whoever gets it: it counts once."""

    __tablename__ = "group_service"
    __table_args__ = (Index("ix_group_service_on_day", "on_day", "service"),)
    title = N_("Group or kit")
    area = Area.HOUSE
    own_path = True
    columns = ("on_day", "service", "theme", "minutes")

    service: Mapped[str] = field(
        Kind.CHOICE, N_("What was done"), required=True, codes="service_type"
    )
    on_day: Mapped[date] = field(Kind.DATE, N_("On which day"), required=True, past=True)
    minutes: Mapped[int | None] = field(Kind.NUMBER, N_("Minutes"))
    theme: Mapped[str | None] = field(Kind.TEXT, N_("What it was called"))
    led_by_id: Mapped[str | None] = field(Kind.LINK, N_("Led by"), links_to="staff_member")
    led_by_office_id: Mapped[str | None] = field(
        Kind.LINK, N_("Led by an office"), links_to="organisation"
    )
    corrects_id: Mapped[str | None] = field(
        Kind.LINK, N_("Entry that this one corrects"), links_to="group_service"
    )
    why_corrected: Mapped[str | None] = field(Kind.TEXT, N_("Why it is corrected"))

    @property
    @override
    def shown(self) -> str:
        return self.shown_in(screen_language())

    @override
    def shown_in(self, _language: str) -> str:
        kind = label("service_type", self.service, _language) if self.service else ""
        return ": ".join(filter(None, (kind, self.theme)))


class Attendance(Record):
    """How somebody who lives here came to it; in her own timeline it names nobody else."""

    __tablename__ = "attendance"
    title = N_("At a group")
    area = Area.HOUSE
    own_path = True
    happenings = (Happening("on_day", "", ("group_id", "came")),)
    columns = ("case_id", "came")

    case_id: Mapped[str] = field(Kind.LINK, N_("Who was there"), required=True, links_to="case")
    group_id: Mapped[str] = field(
        Kind.LINK, N_("Group or kit"), required=True, links_to="group_service"
    )
    came: Mapped[str] = field(
        Kind.CHOICE, N_("How she came"), required=True, codes="attendance_state"
    )
    on_day: Mapped[date] = field(Kind.DATE, N_("On which day"), required=True, past=True)
    replaced: Mapped[str | None] = field(Kind.YES_NO, N_("A corrected entry stands in its place"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @property
    @override
    def happened(self) -> bool:
        """Whether it is told in her timeline: that she was there, not that she was away."""
        return self.came in SERVED and self.replaced != "yes"
