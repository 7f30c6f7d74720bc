"""Who is out of the house: from when, until when she is expected, with whom; and what recurs.

Nothing here is a state that somebody types: whether she is out, due or overdue follows from these
rows and the clock.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Index, and_, column
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.days import read_time
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field, open_questions

_LONGEST_WAIT: Final = 24 * 60
_NO_WAIT: Final = N_("Write the minutes as a number from 0 to 1440.")
_NO_HOUR: Final = N_("This time was not understood. Write it as 14:30.")
_HOURS_TURNED: Final = N_("She comes back after she goes out, on the same day.")


class Absence(Record):
    """One time that somebody is out; it has ended when she is back, or by another end.

    `ended_at` is the end where she did not come back from it: it went on as another one, she left
    the house, or she did not go at all; then it is the moment at which it was to begin.
    """

    __tablename__ = "absence"
    __table_args__ = (
        Index(
            "ix_absence_open",
            "case_id",
            sqlite_where=and_(column("back_at").is_(None), column("ended_at").is_(None)),
        ),
    )
    title = N_("Time out of the house")
    area = Area.HOUSE
    own_path = True
    written_by_trades = (Area.MEDICAL, Area.LEGAL)
    happenings = (
        Happening("out_at", N_("Out"), ("reason",)),
        Happening("back_at", N_("Is back"), ("back_how",)),
    )
    order = (("out_at", "due_at"), ("out_at", "back_at"), ("out_at", "ended_at"))
    columns = ("reason", "out_at", "due_at", "back_at")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    reason: Mapped[str] = field(
        Kind.CHOICE, N_("Why she is out"), required=True, codes="absence_reason"
    )
    out_at: Mapped[datetime] = field(Kind.MOMENT, N_("Goes out"), required=True)
    due_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Expected back"))
    escort_id: Mapped[str | None] = field(
        Kind.LINK, N_("Who of the house goes with her"), links_to="staff_member"
    )
    goes_with: Mapped[str | None] = field(Kind.TEXT, N_("Somebody else who goes with her"))
    agreed_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Goes alone, agreed with"), links_to="staff_member"
    )
    place: Mapped[str | None] = field(Kind.TEXT, N_("Where, roughly"))
    reach: Mapped[str | None] = field(Kind.TEXT, N_("How she can be reached"))
    alert_minutes: Mapped[int | None] = field(Kind.NUMBER, N_("Minutes after that until the alarm"))
    back_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Came back"), past=True)
    back_how: Mapped[str | None] = field(Kind.TEXT, N_("How she came back"))
    ended_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Ended without her coming back"))
    standing_id: Mapped[str | None] = field(
        Kind.LINK, N_("Leave that recurs"), links_to="standing_leave"
    )
    corrects_id: Mapped[str | None] = field(
        Kind.LINK, N_("Entry that this one corrects"), links_to="absence"
    )
    why_corrected: Mapped[str | None] = field(Kind.TEXT, N_("Why it is corrected"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @property
    @override
    def happened(self) -> bool:
        return self.ended_at is None or self.ended_at > self.out_at

    @override
    def check(self) -> dict[str, str]:
        minutes = self.alert_minutes
        within = minutes is None or 0 <= minutes <= _LONGEST_WAIT
        return {} if within else {"alert_minutes": _NO_WAIT}


class StandingLeave(Record):
    """Leave that recurs on days of the week, as school does; a row of its own wins for its day."""

    __tablename__ = "standing_leave"
    title = N_("Leave that recurs")
    area = Area.HOUSE
    own_path = True
    order = (("since", "until"),)
    columns = ("case_id", "reason", "days", "out_hour", "back_hour", "until")

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    reason: Mapped[str] = field(
        Kind.CHOICE, N_("Why she is out"), required=True, codes="absence_reason"
    )
    days: Mapped[tuple[str, ...]] = field(
        Kind.CHOICES, N_("On which days"), required=True, codes="weekday"
    )
    out_hour: Mapped[str] = field(Kind.TEXT, N_("Goes out at"), required=True)
    back_hour: Mapped[str] = field(Kind.TEXT, N_("Expected back at"), required=True)
    since: Mapped[date] = field(Kind.DATE, N_("From which day"), required=True)
    until: Mapped[date | None] = field(Kind.DATE, N_("Until which day"))
    agreed_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Goes alone, agreed with"), links_to="staff_member"
    )
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @override
    def check(self) -> dict[str, str]:
        hours = {name: read_time(getattr(self, name) or "") for name in ("out_hour", "back_hour")}
        wrong = {name: _NO_HOUR for name, hour in hours.items() if hour is None}
        goes, comes = hours.values()
        if goes is not None and comes is not None and comes <= goes:
            return {"back_hour": _HOURS_TURNED}
        return wrong
