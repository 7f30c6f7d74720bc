"""Something that is to be done, by somebody, by a day."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field


class Task(Record):
    """A task of the house or of a case; it is finished, postponed or handed over in its list."""

    __tablename__ = "task"
    title = N_("Task")
    area = Area.TASKS
    happenings = (Happening("done_at", N_("Done"), ("title_text",)),)
    columns = (
        "due_on",
        "title_text",
        "case_id",
        "assignee_id",
        "priority",
        "state",
    )

    case_id: Mapped[str | None] = field(Kind.LINK, N_("Case"), links_to="case")
    title_text: Mapped[str] = field(Kind.TEXT, N_("What is to be done"), required=True)
    due_on: Mapped[date | None] = field(Kind.DATE, N_("By when"))
    assignee_id: Mapped[str | None] = field(Kind.LINK, N_("Who does it"), links_to="staff_member")
    priority: Mapped[str | None] = field(Kind.CHOICE, N_("Priority"), codes="referral_priority")
    state: Mapped[str | None] = field(Kind.CHOICE, N_("State"), codes="task_state")
    done_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Done"), past=True)
    blocked_reason: Mapped[str | None] = field(Kind.TEXT, N_("What stands in the way"))
    referral_id: Mapped[str | None] = field(Kind.LINK, N_("Referral"), links_to="referral")
