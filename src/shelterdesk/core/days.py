"""One whole day as it is typed: 3/11/2026, 3 ພະຈິກ 2026, today, ມື້ອື່ນ.

Dates that may be known in part, such as a birth, are read by `dates.read`; here a part is refused,
and the refusal speaks of days only.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.calendar.dates import YEARS, Precision, UnreadableDate
from shelterdesk.core.calendar.typed_dates import TwoReadings, read
from shelterdesk.core.i18n import N_
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.shown import day as shown


class NotADay(UnreadableDate):
    """What was typed is no whole day; the sentence shows how one is written."""

    sentence = N_(
        "This day was not understood. Write it as 3/11/2026 or 3 November 2026, or as “today” or "
        "“tomorrow”."
    )


class NotAMoment(UnreadableDate):
    """What was typed is no day with an hour; the sentence shows how one is written."""

    sentence = N_("Write the day and the hour in figures, as 29/11/2026 10:30.")


_NO_SUCH: Final = N_("This day is not in the calendar. Look at day and month once more.")
_ONLY_A_PART: Final = N_(
    "A whole day is needed here. Please write the day, the month and the year, as 3/11/2026."
)

_TIME: Final = re.compile(r"([0-9]{1,2})[:.h ]?([0-9]{2})")
_YEAR_OF_FOUR: Final = re.compile(r"[0-9]{4}")

_YEARS_NEAR: Final = 4
"""Years around today among which a day without one is looked for: 29 February has one of them."""

_NEAR: Final = {
    normalised(word): days
    for days, words in {
        -1: ("yesterday", "ມື້ວານ", "ມື້ວານນີ້", "ເມື່ອວານ", "เมื่อวาน"),
        0: ("today", "now", "ມື້ນີ້", "วันนี้"),
        1: ("tomorrow", "ມື້ອື່ນ", "ມື້ອຶ່ນ", "พรุ่งนี้"),
        2: ("ມື້ຮື",),
    }.items()
    for word in words
}


def read_day(typed: str, today: date, *, past: bool = False) -> date:
    """Return the whole day that a person has typed; raises NotADay with what can be typed.

    A day without a year is the nearest one, with `past` the last one that has come.
    """
    near = _NEAR.get(normalised(typed).strip(" ."))
    if near is not None:
        return today + timedelta(days=near)
    try:
        found = read(typed, today, near=True)
    except TwoReadings as fault:
        raise NotADay(fault.sentence, **fault.facts) from fault
    except UnreadableDate as fault:
        if (nearest := _without_year(typed, today, past=past)) is not None:
            return nearest
        is_known = fault.sentence == UnreadableDate.sentence
        raise NotADay("" if is_known else _NO_SUCH) from fault
    if found.precision is not Precision.DAY:
        raise NotADay(_ONLY_A_PART)
    return found.earliest()


def _without_year(typed: str, today: date, *, past: bool) -> date | None:
    """Return the nearest day that is meant by day and month alone, None for anything else."""
    if _YEAR_OF_FOUR.search(normalised(typed)):
        return None
    found: list[date] = []
    for year in range(today.year - _YEARS_NEAR, today.year + _YEARS_NEAR + 1):
        for whole in (f"{typed.strip()}/{year}", f"{typed.strip()} {year}"):
            try:
                read_date = read(whole, today, near=True)
            except UnreadableDate:
                continue
            if read_date.precision is Precision.DAY:
                found.append(read_date.earliest())
    come = [day for day in found if day <= today] if past else found
    return min(come, key=lambda day: abs((day - today).days), default=None)


def read_time(typed: str) -> time | None:
    """Return the time of day that was typed (14:30, 14.30, 1430), None when it is none."""
    found = _TIME.fullmatch(normalised(typed))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def read_moment(typed: str) -> datetime:
    """Return the moment of a day and an hour in figures: 29/11/2026 10:30, 29/11/2569 10.30.

    For the question what time it is: words such as today, and years of two digits, say nothing
    there. Raises NotAMoment.
    """
    on, _gap, at = normalised(typed).strip().rpartition(" ")
    hour, whole = read_time(at), _YEAR_OF_FOUR.search(on)
    try:
        day = read(on, date.min.replace(year=YEARS[0])) if hour and whole else None
    except UnreadableDate:
        day = None
    if day is None or hour is None or day.precision is not Precision.DAY:
        raise NotAMoment
    return at_house(day.earliest(), hour)


def kept_day(typed: str, today: date) -> str:
    """Return a day as a draft keeps it: in figures, since tomorrow "tomorrow" means another day."""
    try:
        return shown(read_day(typed, today)) if typed.strip() else typed
    except NotADay:
        return typed
