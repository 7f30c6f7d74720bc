"""Which days a record may hold: none to come where something has happened, none before its time.

Only what is new or changed is looked at, so that an old mistake stands in nobody's way.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.calendar.dates import YEARS, PartialDate
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record

LONG_AGO: Final = 90
"""Years back from which a date of birth is asked once more."""

_YEAR: Final = 365
"""Days of a year, where it is only asked once more."""

NOT_YET: Final = N_("This has not come yet. Look at the day once more.")
NO_YEAR: Final = N_("This year cannot be meant. Look at the year once more.")
WRONG_ORDER: Final = N_("This lies before what it ends. Look at both days once more.")


def problems(record: Record, names: Iterable[str], now: datetime) -> dict[str, str]:
    """Return why days of a record cannot be kept, by field name, as translatable sentences."""
    looked_at, fields = set(names), record.fields()
    found = {
        name: why
        for name in looked_at & fields.keys()
        if (why := day_problem(fields[name], getattr(record, name), now))
    }
    for first, last in record.order:
        if looked_at & {first, last} and _is_before(getattr(record, last), getattr(record, first)):
            found.setdefault(last if last in looked_at else first, WRONG_ORDER)
    return found


def day_problem(declared: Field, value: object, now: datetime) -> str:
    """Return why a day cannot stand in a field, as a translatable sentence; "" when it can."""
    if not isinstance(value, date | PartialDate):
        return ""
    if value.year not in YEARS:
        return NO_YEAR
    return NOT_YET if declared.past and _is_ahead(value, now) else ""


def _is_ahead(value: date | PartialDate, now: datetime) -> bool:
    today = house_day(now)
    if isinstance(value, PartialDate):
        return value.year > today.year or value.earliest() > today
    return _day(value) > today


def _is_before(last: object, first: object) -> bool:
    if isinstance(last, datetime) and isinstance(first, datetime):
        return last < first
    if not isinstance(last, date) or not isinstance(first, date):
        return False
    return _day(last) < _day(first)


def _day(value: date) -> date:
    return house_day(value) if isinstance(value, datetime) else value


def far_year(declared: Field, value: object, today: date) -> int | None:
    """Return the year of a day so far from today that it is asked once more, or None."""
    if isinstance(value, PartialDate):
        return value.year if today.year - value.year >= LONG_AGO else None
    if not isinstance(value, date):
        return None
    day = _day(value)
    return day.year if abs((day - today).days) > declared.asked_after * _YEAR else None
