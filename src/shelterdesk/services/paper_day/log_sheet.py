"""The day log on paper: hour, kind, words; each becomes a line of the log with its own hour."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute
from shelterdesk.records.base import Record
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.house.leave_stops import is_ahead
from shelterdesk.services.logbook.log import DayLog
from shelterdesk.services.paper_day.kinds import (
    LINES,
    AlreadyWritten,
    FrozenRow,
    HandColumn,
    HourWanted,
    NotYet,
    Typed,
    WordsWanted,
    read_hour,
)

_HOUR, _KIND, _TEXT, _MUST = "hour", "kind", "text", "must_read"


class LogSheet:
    """Empty lines, one for each thing that happens."""

    code = "log"
    area = Area.LOGBOOK
    printed: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()
    by_hand = (
        HandColumn(_HOUR, N_("Hour"), share=2),
        HandColumn(_KIND, N_("What about"), codes="log_entry_type", share=2),
        HandColumn(_TEXT, N_("What was there"), share=11, is_long=True),
        HandColumn(_MUST, N_("Must be read"), codes="yes_no", only=("yes",), share=2),
    )

    def __init__(self, day_log: DayLog) -> None:
        self._day_log = day_log

    def rows(self, _language: str) -> list[FrozenRow]:
        """Return so many empty lines as a sheet has room for."""
        return [FrozenRow()] * LINES

    def write(self, session: Session, typed: Typed) -> list[Record]:
        """Keep each line with when it was; when it is written down is now."""
        kept = [line for row in typed.written() if (line := self._line(session, typed, row))]
        typed.demand_right()
        return list(kept)

    def _line(self, session: Session, typed: Typed, row: int) -> LoggedLine | None:
        """Return the line of the log that a line of the paper becomes; None where one is wrong."""
        at, words = read_hour(typed.at(row, _HOUR), typed.sheet.printed_at), typed.at(row, _TEXT)
        if at is None or is_ahead(at, typed.now):
            typed.wrong(row, _HOUR, HourWanted() if at is None else NotYet())
            return None
        if not words:
            typed.wrong(row, _TEXT, WordsWanted())
            return None
        if (again := _again(session, at, words)) is not None:
            typed.wrong(row, _TEXT, again)
            return None
        try:
            said = {"at": at, _KIND: typed.at(row, _KIND), _MUST: typed.at(row, _MUST)}
            return self._day_log.put(session, words, said)
        except DeskError as fault:
            typed.wrong(row, _TEXT, fault)
            return None


def _again(session: Session, at: datetime, words: str) -> AlreadyWritten | None:
    """Return what is said where the same words stand in the log at that minute."""
    wanted = (
        select(LoggedLine.text, LoggedLine.created_at, StaffMember.name)
        .outerjoin(StaffMember, StaffMember.holder_id == LoggedLine.created_by)
        .where(LoggedLine.at == at)
    )
    for row in session.execute(wanted):
        if normalised(row.text) == normalised(words):
            return AlreadyWritten(at=minute(row.created_at), who=row.name or "")
    return None
