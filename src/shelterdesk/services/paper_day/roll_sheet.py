"""The roll on paper: who lives here, seen or not, and at which hour; written for its own night."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import at_house, wall_time
from shelterdesk.core.case_codes import read_code
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.alike import are_same_words
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute
from shelterdesk.records.base import Record
from shelterdesk.records.house.roll import Roll, RollLine
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.case.residence import Residence
from shelterdesk.services.house.leave_stops import is_ahead
from shelterdesk.services.house.present_at import LivedThen, present_at
from shelterdesk.services.house.roll import put_roll
from shelterdesk.services.paper_day.kinds import (
    EMPTY,
    AlreadyWritten,
    FrozenRow,
    HandColumn,
    HourWanted,
    NotYet,
    Typed,
    read_hour,
)
from shelterdesk.services.records import Records

_WHO, _SEEN, _HOUR = "who", "seen", "hour"
_MORNING: Final = time(6)
_SAME_WALK: Final = timedelta(minutes=30)
"""Two rolls of one night that lie closer to each other are one walk through the house."""


class NobodyOf(DeskError):
    """On an empty line stands somebody who did not live here at that hour."""

    sentence = N_("Nobody who lived here then is called “{who}”. Write her case code.")


class TwiceOnPaper(DeskError):
    """Somebody stands on two lines of one paper."""

    sentence = N_("{who} stands on this paper twice.")


class OutByRecords(DeskError):
    """Somebody was seen who was out, as the records say."""

    sentence = N_(
        "{who} was out from {since}, as the records say. Sign her in with her hour, or take what "
        "was seen away here."
    )


class GoneByRecords(DeskError):
    """Somebody was seen who did not live here any more, as the records say."""

    sentence = N_("{who} did not live here any more at that hour, as the records say.")


class NothingSaid(DeskError):
    """Of somebody who was in the house nothing was written."""

    sentence = N_(
        "{who} was in the house, as the records say. Was she seen? If she had gone out, sign her "
        "out with her hour."
    )


class NothingSeen(DeskError):
    """A roll was to be kept on which nobody was seen."""

    sentence = N_("Nobody is marked as seen. If the roll was not made, make the sheet void.")


class NotOnPaper(DeskError):
    """Somebody lived here who stands on no line."""

    sentence = N_(
        "{who} lived here at that hour and stands on no line. Write her code into an empty one."
    )


class RollSheet:
    """Whoever lives here by bed, and four empty lines for who comes after it was printed."""

    code = "roll"
    area = Area.HOUSE
    printed = (N_("Bed"), N_("Case code"), N_("Name she chose"), N_("The records say"))
    shares = (2, 4, 5, 4)
    by_hand = (
        HandColumn(_WHO, N_("Case code"), only_empty=True),
        HandColumn(_SEEN, N_("Seen"), codes="roll_seen", share=3),
        HandColumn(_HOUR, N_("Hour"), share=3),
    )

    def __init__(self, records: Records, residence: Residence) -> None:
        self._records, self._residence = records, residence

    def rows(self, language: str) -> list[FrozenRow]:
        """Return whoever lives here now, by bed, and the empty lines."""
        told = [
            FrozenRow(
                one.case_id,
                (
                    *(one.bed, one.code, one.alias),
                    codes.label("absence_reason", one.out.reason, language) if one.out else "",
                ),
            )
            for one in self._residence.in_house()
        ]
        return [*told, *[FrozenRow()] * EMPTY]

    def write(self, session: Session, typed: Typed) -> list[Record]:
        """Keep the roll of that night, at the hour on the paper, as the records were then."""
        hours = _hours(typed)
        if not hours:
            typed.wrong(0, _SEEN, NothingSeen())
        typed.demand_right()
        at = max(hours.values())
        _demand_first(session, typed, at)
        there = present_at(session, at)
        seen = _seen(typed, there)
        typed.demand_right()
        roll = Roll(night=typed.sheet.for_day, at=at, by_id=typed.writer_id)
        roll.away = sum(one.out_since is not None for one in there.values())
        lines = []
        for case_id, row in seen.items():
            line = RollLine(case_id=case_id, seen=typed.at(row, _SEEN))
            line.bed_id = there[case_id].bed_id
            line.remark = wall_time(hours[row]) if hours.get(row, at) != at else None
            lines.append(line)
        return [put_roll(session, self._records, roll, lines)]


def _seen(typed: Typed, there: Mapping[str, LivedThen]) -> dict[str, int]:
    """Return by case the line in which she was seen, where the records agree with it."""
    by_line = _people(typed, there)
    for row, case_id in by_line.items():
        fault = _fault(there.get(case_id), typed.at(row, _SEEN), _called(typed, row))
        if fault is not None:
            typed.wrong(row, _SEEN, fault)
    for case_id, one in there.items():
        if one.out_since is None and case_id not in by_line.values():
            typed.wrong(len(typed.rows) - EMPTY, _WHO, NotOnPaper(who=one.who))
    return {case_id: row for row, case_id in by_line.items() if typed.at(row, _SEEN)}


def _hours(typed: Typed) -> dict[int, datetime]:
    """Return the hour of each line in which somebody was seen.

    Where none is written it is that of the line above, or of the first one that has an hour.
    """
    written = {row: at for row in range(len(typed.rows)) if (at := _hour(typed, row)) is not None}
    seen = [row for row in range(len(typed.rows)) if typed.at(row, _SEEN)]
    if not written:
        typed.wrong(next(iter(seen), 0), _HOUR, HourWanted())
        return {}
    first = written[min(written)]
    above = {row: max((one for one in written if one <= row), default=None) for row in seen}
    return {row: first if one is None else written[one] for row, one in above.items()}


def _hour(typed: Typed, row: int) -> datetime | None:
    """Return the hour that is written in a line; None for none, and where it is wrong."""
    text = typed.at(row, _HOUR)
    found = read_hour(text, at_house(typed.sheet.for_day, _MORNING)) if text else None
    if text and found is None:
        typed.wrong(row, _HOUR, HourWanted())
    if found is not None and is_ahead(found, typed.now):
        typed.wrong(row, _HOUR, NotYet())
    return found


def _demand_first(session: Session, typed: Typed, at: datetime) -> None:
    """Raise AlreadyWritten where this walk through the house is in the records."""
    wanted = (
        select(Roll.at, StaffMember.name)
        .join(StaffMember, StaffMember.id == Roll.by_id)
        .where(Roll.night == typed.sheet.for_day)
        .where(Roll.at.between(at - _SAME_WALK, at + _SAME_WALK))
    )
    found = session.execute(wanted.order_by(Roll.at)).first()
    if found is not None:
        raise AlreadyWritten(at=minute(found.at), who=found.name)


def _people(typed: Typed, there: Mapping[str, LivedThen]) -> dict[int, str]:
    """Return by line whom it is about, also those whom a hand has written there."""
    people: dict[int, str] = {}
    for row, printed in enumerate(typed.rows):
        who = typed.at(row, _WHO)
        if not printed.case_id and not who:
            if typed.at(row, _SEEN):
                typed.wrong(row, _WHO, NobodyOf(who=""))
            continue
        case_id = printed.case_id or _called_so(who, there)
        if not case_id:
            typed.wrong(row, _WHO, NobodyOf(who=who))
        elif case_id in people.values():
            typed.wrong(row, _WHO, TwiceOnPaper(who=_called(typed, row)))
        else:
            people[row] = case_id
    return people


def _called_so(who: str, there: Mapping[str, LivedThen]) -> str:
    """Return the case of the one who is called so; "" for nobody, or for two."""
    code = read_code(who)
    found = [
        one.case_id
        for one in there.values()
        if one.code == code or (code is None and are_same_words(one.alias, who))
    ]
    return found[0] if len(found) == 1 else ""


def _called(typed: Typed, row: int) -> str:
    _bed, *name = typed.rows[row].cells[:3] or ("",)
    return " ".join(filter(None, name)) or typed.at(row, _WHO)


def _fault(one: LivedThen | None, said: str, who: str) -> DeskError | None:
    """Return why what was written of somebody does not agree with the records."""
    if one is None:
        return GoneByRecords(who=who) if said else None
    if one.out_since is not None:
        return OutByRecords(who=one.who, since=minute(one.out_since)) if said else None
    return None if said else NothingSaid(who=one.who)
