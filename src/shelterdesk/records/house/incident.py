"""Something that went wrong in the house: what happened, who was in it, what was done since.

The state of an incident follows from its moments: it is new until somebody else than its writer has
reviewed it, then it is closed, and it can be opened again.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.codes import label
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field


class IncidentState(StrEnum):
    """How far an incident is."""

    OPEN = "open"
    REOPENED = "reopened"
    REVIEWED = "reviewed"
    CLOSED = "closed"


class Incident(Record):
    """One thing that happened, as whoever was there wrote it down."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_open", "at", sqlite_where=column("closed_at").is_(None)),
        Index("ix_incident_at", "at"),
    )
    title = N_("Incident")
    area = Area.INCIDENT
    own_path = True
    order = (("at", "reviewed_at"), ("reviewed_at", "closed_at"))
    sections = (
        (N_("What happened"), ("kind", "words", "at", "place")),
        (N_("Done at once"), ("done", "injuries", "told")),
        (N_("Looked at afterwards"), ("reviewed_by_id", "reviewed_at", "lesson", "closed_at")),
    )
    columns = ("at", "kind", "place", "reviewed_at", "closed_at")

    kind: Mapped[str] = field(
        Kind.CHOICE, N_("What kind"), required=True, codes="shelter_incident_type"
    )
    words: Mapped[str] = field(Kind.NOTE, N_("What happened"), required=True)
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    place: Mapped[str | None] = field(Kind.TEXT, N_("Where"))
    done: Mapped[str | None] = field(Kind.NOTE, N_("What was done at once"))
    injuries: Mapped[str | None] = field(Kind.YES_NO, N_("Somebody was hurt"))
    told: Mapped[tuple[str, ...] | None] = field(
        Kind.CHOICES, N_("Who was told"), codes="told_whom"
    )
    reviewed_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Looked at by"), links_to="staff_member"
    )
    reviewed_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Looked at"), past=True)
    lesson: Mapped[str | None] = field(Kind.NOTE, N_("What is done otherwise from now on"))
    reopened_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Opened again"), past=True)
    closed_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Closed"), past=True)

    @property
    @override
    def shown(self) -> str:
        return self.shown_in(screen_language())

    @override
    def shown_in(self, _language: str) -> str:
        return label("shelter_incident_type", self.kind, _language) if self.kind else ""

    @property
    def state(self) -> IncidentState:
        """Return how far it is."""
        if self.closed_at is not None:
            return IncidentState.CLOSED
        if self.reviewed_at is not None:
            return IncidentState.REVIEWED
        return IncidentState.OPEN if self.reopened_at is None else IncidentState.REOPENED

    @property
    def waits_since(self) -> datetime:
        """Return from when on it waits for somebody to look at it."""
        return self.reopened_at or self.created_at or self.at


class IncidentPerson(Record):
    """That somebody who lives here was in it, and how; her own timeline tells it of nobody else."""

    __tablename__ = "incident_person"
    title = N_("Person in an incident")
    area = Area.INCIDENT
    own_path = True
    happenings = (Happening("at", N_("Incident"), ("incident_id", "part")),)
    columns = ("case_id", "part")

    case_id: Mapped[str] = field(Kind.LINK, N_("Who was in it"), required=True, links_to="case")
    incident_id: Mapped[str] = field(Kind.LINK, N_("Incident"), required=True, links_to="incident")
    part: Mapped[str] = field(
        Kind.CHOICE, N_("How she was in it"), required=True, codes="incident_part"
    )
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)


class IncidentStep(Record):
    """What was done about an incident later on; a correction is a step as well."""

    __tablename__ = "incident_step"
    title = N_("Step after an incident")
    area = Area.INCIDENT
    own_path = True
    columns = ("at", "what", "by_id")
    about_columns = ("incident_id", "id")

    incident_id: Mapped[str] = field(Kind.LINK, N_("Incident"), required=True, links_to="incident")
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    what: Mapped[str] = field(Kind.TEXT, N_("What was done"), required=True)
    by_id: Mapped[str] = field(Kind.LINK, N_("By"), required=True, links_to="staff_member")
