"""How values lie in the table: as sortable text, as JSON, and sealed text as an opaque payload."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Date, Dialect, Integer, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from shelterdesk.core.calendar import dates
from shelterdesk.core.calendar.clock import moment, stamp
from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import Field, Kind, Money, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.plain_values import typed

_Read = TypeVar("_Read")
_RECORDS = N_("The file with the records")
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


def _understood(read: Callable[[Any], _Read], value: Any) -> _Read | None:
    """Read a value of a table, which another program may have written; raises DamagedFile."""
    if value is None:
        return None
    try:
        return read(value)
    except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError) as fault:
        raise DamagedFile(what=_RECORDS) from fault


def _whole(value: int) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value


def _codes(value: str) -> tuple[str, ...]:
    codes = json.loads(value)
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise TypeError("a list of codes was expected")
    return tuple(codes)


def _reasons(value: str) -> dict[str, str]:
    reasons = json.loads(value)
    if not isinstance(reasons, dict) or not all(isinstance(r, str) for r in reasons.values()):
        raise TypeError("a reason for each name was expected")
    return reasons


def _money(value: str) -> Money:
    currency, _, amount = value.partition(" ")
    return Money(currency, Decimal(amount))


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _text(value: Any) -> str | None:
    return value if value.__class__ is str else _understood(_words, value)


class Words(TypeDecorator[str]):
    """A text; SQLite would hand on bytes where somebody has put some."""

    impl: type[String] = Text
    cache_ok = True

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:
        """Ask one thing of each text, and no more: a list of all cases reads 100,000 of them."""
        return _text


class ShortWords(Words):
    """A code, or the id of another record."""

    impl = String
    cache_ok = True


class Day(TypeDecorator[date]):
    """A date without time, kept as 2026-11-03."""

    impl = Date
    cache_ok = True

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """Read it here and not below, where what is no date would end as our own fault."""
        return lambda value: value and _understood(date.fromisoformat, value)


class Whole(TypeDecorator[int]):
    """A whole number; SQLite would hand on whatever else lies there."""

    impl = Integer
    cache_ok = True

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        return _understood(_whole, value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as the 27 characters of `stamp`, so that text order is time order."""

    impl = String(27)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else stamp(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return _understood(moment, value)


class LoggedMoment(Moment):
    """The moment of a line of the log; what is no moment is read as one before all others.

    Everybody who opens the records can write a line. Its order is that of its number, and the walk
    through the log finds it broken; but one such line must not keep the whole house out.
    """

    cache_ok = True

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        try:
            return super().process_result_value(value, dialect)
        except DamagedFile:
            return _BEFORE_ALL


class Payload(LargeBinary):
    """Bytes as they lie in the table; text from before a field was sealed is handed on as text."""

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class Sealed(TypeDecorator[SealedValue]):
    """A value of any kind sealed under compartments' keys; only the payload reaches the table.

    Sealing and opening happen in the unit of work, which knows the record and the keys. Binding a
    value that is not sealed is refused, so plaintext cannot slip through, nor be asked for. What
    was kept before the field was sealed lies there as text (SQLite keeps the class of each value)
    until it is sealed as well; it comes as a value without a payload.
    """

    impl = Payload
    cache_ok = True

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    @override
    def process_bind_param(self, value: SealedValue | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        payload = getattr(value, "payload", None)  # whatever is bound: plain values have none
        if payload is None:
            raise ValueError("a value reached the table without being sealed")
        return bytes(payload)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> SealedValue | None:
        return _understood(self._read, value)

    def _read(self, value: Any) -> SealedValue:
        """Read a payload, or what stood there before; a number would be taken for a length."""
        if isinstance(value, bytes):
            return SealedValue(payload=value)
        if not isinstance(value, str):
            raise TypeError("a sealed payload is bytes")
        return SealedValue(from_column(self.field, value))


def from_column(field: Field, value: Any) -> object:
    """Return a value as it lay in a column before its field was sealed, typed."""
    if field.kind is Kind.CHOICES:
        return _codes(value)
    return _money(value) if field.kind is Kind.MONEY else typed(field, value)


class PartialDay(TypeDecorator[PartialDate]):
    """A date known in part, kept as `core.dates.stored` writes it: 2026-11-03d, 2009y, 2010t."""

    impl = String(16)
    cache_ok = True

    @override
    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        return None if value is None else dates.stored(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> PartialDate | None:
        return _understood(dates.from_stored, value)


class Chosen(TypeDecorator[tuple[str, ...]]):
    """Several codes of one list, kept as a JSON array in the order they were chosen."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return json.dumps(value) if value else None

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        return _understood(_codes, value)


class OpenQuestions(TypeDecorator[dict[str, str]]):
    """Names of fields that were left open on purpose, each with the code of the reason."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: dict[str, str] | None, dialect: Dialect) -> str | None:
        return json.dumps(value, sort_keys=True) if value else None

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, str] | None:
        return _understood(_reasons, value)


class Amount(TypeDecorator[Money]):
    """Money as currency and exact decimal text, like `LAK 150000.00`."""

    impl = String(40)
    cache_ok = True

    @override
    def process_bind_param(self, value: Money | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.currency} {value.amount}"

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Money | None:
        return _understood(_money, value)
