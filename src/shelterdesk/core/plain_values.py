"""Values as JSON and back: what the history keeps of earlier ones, and what a seal is put on."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from shelterdesk.core.calendar.clock import moment, stamp
from shelterdesk.core.calendar.dates import PartialDate, from_stored, stored
from shelterdesk.core.fields import Field, Kind, Money


def plain(value: object) -> object:
    """Return a value of any field as what JSON can hold."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return stored(value)
    return [value.currency, str(value.amount)] if isinstance(value, Money) else value


def typed(field: Field, value: Any) -> object:
    """Return what `plain` gave as a value of its field again; raises ValueError, TypeError."""
    if value is None:
        return None
    if field.kind is Kind.DATE and field.partial:
        return from_stored(value)
    read = _READERS.get(field.kind)
    return read(value) if read else value


_READERS: Final[dict[Kind, Callable[[Any], object]]] = {
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: moment,
    Kind.CHOICES: tuple,
    Kind.MONEY: lambda pair: Money(pair[0], Decimal(pair[1])),
}
