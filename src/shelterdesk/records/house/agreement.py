"""What was agreed about living in the house: which rules were explained, and what she asked."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field, open_questions


class HouseAgreement(Record):
    """The few rules were told to her, each with its reason; no help depends on it."""

    __tablename__ = "house_agreement"
    title = N_("House agreement")
    area = Area.HOUSE
    happenings = (Happening("at", N_("The house rules were explained"), ("language",)),)
    sections = (
        (
            N_("How it was explained"),
            ("edition", "at", "language", "explained_by_id", "interpreter"),
        ),
        (N_("Her side"), ("told_may_leave", "copy_given", "questions")),
    )
    columns = ("at", "edition", "language", "explained_by_id", "copy_given")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    edition: Mapped[str] = field(Kind.TEXT, N_("Edition of the rules"), required=True)
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    language: Mapped[str | None] = field(Kind.CHOICE, N_("In which language"), codes="language")
    explained_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Explained by"), links_to="staff_member"
    )
    interpreter: Mapped[str | None] = field(Kind.TEXT, N_("Interpreter"))
    told_may_leave: Mapped[str | None] = field(Kind.YES_NO, N_("Told that she may leave"))
    copy_given: Mapped[str | None] = field(Kind.YES_NO, N_("She was given a copy"))
    questions: Mapped[str | None] = field(Kind.NOTE, N_("What she asked"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()
