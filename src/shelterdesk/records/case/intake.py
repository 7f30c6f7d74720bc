"""The first days: what was asked, what was offered, what she wants."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import COUNSELLING, Area
from shelterdesk.records.base import Happening, Record, Telling, field, open_questions


class Intake(Record):
    """Asked in pieces over 72 hours; every question may stay open, none is a condition."""

    __tablename__ = "intake"
    telling = Telling.NEWEST
    title = N_("Intake")
    area = Area.HOUSE
    happenings = (Happening("began_at"),)
    written_in: ClassVar[Mapping[str, Area]] = {"immediate_steps": Area.HOUSE}
    """Whoever opens the door at night writes what was done at once; it is sealed as she saves it,
    and those who work on the case read it."""
    sections = (
        (
            N_("Needs of the first hour"),
            (
                "began_at",
                "urgent_health",
                "thoughts_of_death",
                "in_danger_now",
                "child_waiting",
                "immediate_steps",
            ),
        ),
        (
            N_("Explained to her"),
            (
                "rights_explained",
                "explained_language",
                "interpreter",
                "house_rules_explained",
            ),
        ),
        (
            N_("Offered to her"),
            (
                "belongings_received",
                "health_check_offered",
            ),
        ),
        (
            N_("Her side"),
            (
                "guardian_question",
                "her_wishes",
            ),
        ),
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    began_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Begun"), past=True)
    urgent_health: Mapped[str | None] = field(Kind.YES_NO, N_("Needs a doctor today"))
    thoughts_of_death: Mapped[str | None] = field(Kind.YES_NO, N_("Speaks of not wanting to live"))
    in_danger_now: Mapped[str | None] = field(Kind.YES_NO, N_("Is in danger now"))
    child_waiting: Mapped[str | None] = field(Kind.YES_NO, N_("Has a child waiting elsewhere"))
    immediate_steps: Mapped[str | None] = field(
        Kind.NOTE, N_("What was done at once"), area=Area.CASE_WORK, envelope=COUNSELLING
    )
    rights_explained: Mapped[str | None] = field(Kind.YES_NO, N_("Her rights were explained"))
    explained_language: Mapped[str | None] = field(
        Kind.CHOICE, N_("In which language"), codes="language"
    )
    interpreter: Mapped[str | None] = field(Kind.TEXT, N_("Interpreter"))
    house_rules_explained: Mapped[str | None] = field(
        Kind.YES_NO, N_("The house rules were explained; she may leave")
    )
    belongings_received: Mapped[str | None] = field(
        Kind.YES_NO, N_("Her belongings were listed and kept")
    )
    health_check_offered: Mapped[str | None] = field(Kind.YES_NO, N_("A health check was offered"))
    guardian_question: Mapped[str | None] = field(
        Kind.NOTE, N_("Who decides with her"), area=Area.CASE_WORK, envelope=COUNSELLING
    )
    her_wishes: Mapped[str | None] = field(
        Kind.NOTE,
        N_("What she wants, in her words"),
        area=Area.CASE_WORK,
        envelope=COUNSELLING,
        disclosure="her_wish",
    )
    unanswered: Mapped[dict[str, str] | None] = open_questions()
