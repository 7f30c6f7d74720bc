"""One whole day as it is typed: 3/11/2026, 3 ພະຈິກ 2026, today, ມື້ອື່ນ.

Dates that may be known in part, such as a birth, are read by `dates.read`; here a part is refused,
and the refusal speaks of days only.
"""

from datetime import date, timedelta
from typing import Final

from shelterdesk.core.dates import Precision, UnreadableDate
from shelterdesk.core.i18n import N_
from shelterdesk.core.lao import normalised
from shelterdesk.core.typed_dates import read


class NotADay(UnreadableDate):
    """What was typed is no whole day; the sentence shows how one is written."""

    sentence = N_(
        "This day was not understood. Write it as 3/11/2026 or 3 November 2026, or as “today” or "
        "“tomorrow”."
    )


_NO_SUCH: Final = N_("This day is not in the calendar. Look at day and month once more.")
_ONLY_A_PART: Final = N_(
    "A whole day is needed here. Please write the day, the month and the year, as 3/11/2026."
)

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


def read_day(typed: str, today: date) -> date:
    """Return the whole day that a person has typed; raises NotADay with what can be typed."""
    near = _NEAR.get(normalised(typed).strip(" ."))
    if near is not None:
        return today + timedelta(days=near)
    try:
        found = read(typed, today)
    except UnreadableDate as fault:
        is_known = fault.sentence == UnreadableDate.sentence
        raise NotADay("" if is_known else _NO_SUCH) from fault
    if found.precision is not Precision.DAY:
        raise NotADay(_ONLY_A_PART)
    return found.earliest()
