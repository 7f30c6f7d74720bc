"""Values as people read them: one text for list, card and letter, whatever the kind of field.

Nothing gives "". The text is never markup; whoever shows it does so letter by letter.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.calendar.dates import PartialDate, short
from shelterdesk.core.fields import Field, Kind, Money, SealedValue

Link = Callable[[str], str]
"""Gives the words for the id of a record: a name, a code, the title of a task."""


def shown(field: Field, value: object, language: str, link: Link | None = None) -> str:
    """Return `value` as text in `language` ("lo" or "en").

    A link or file is put into words by `link`; without it there is nothing to read in an id, and
    the text is "". A sealed value that could not be opened is "" too. Raises KeyError for a code
    list or a language that we do not have.
    """
    if isinstance(value, SealedValue):
        value = value.value
    if value is None or value in ("", ()):
        return ""
    return _PRINTERS[field.kind](field, value, language, link)


def day(when: date | PartialDate) -> str:
    """Return a date as counsellors write it: 3/11/2026; in part 3/2009, ~2009, 2010?."""
    if isinstance(when, PartialDate):
        return short(when)
    return f"{when.day}/{when.month}/{when.year}"


def minute(moment: datetime) -> str:
    """Return a moment in the time of the house: 3/11/2026 08:30."""
    return f"{day(house_day(moment))} {wall_time(moment)}"


def money(amount: Money) -> str:
    """Return an amount with its currency; whole amounts without decimals: 150,000 LAK."""
    number = amount.amount
    whole = number == number.to_integral_value()
    return f"{number:,.0f} {amount.currency}" if whole else f"{number:,f} {amount.currency}"


def _code(field: Field, value: Any, language: str, _link: Link | None) -> str:
    return codes.label(field.codes, value, language)


def _codes(field: Field, value: Any, language: str, _link: Link | None) -> str:
    return ", ".join(codes.label(field.codes, code, language) for code in value)


def _linked(_field: Field, value: Any, _language: str, link: Link | None) -> str:
    return link(value) if link else ""


def _simple(printed: Callable[[Any], str]) -> Callable[[Field, Any, str, Link | None], str]:
    """Return a printer for what reads the same in every language."""
    return lambda _field, value, _language, _link: printed(value)


_PRINTERS: Final[dict[Kind, Callable[[Field, Any, str, Link | None], str]]] = {
    Kind.TEXT: _simple(str),
    Kind.NOTE: _simple(str),
    Kind.DATE: _simple(day),
    Kind.MOMENT: _simple(minute),
    Kind.CHOICE: _code,
    Kind.CHOICES: _codes,
    Kind.YES_NO: _code,
    Kind.NUMBER: _simple(str),
    Kind.MONEY: _simple(money),
    Kind.LINK: _linked,
    Kind.FILE: _linked,
}
