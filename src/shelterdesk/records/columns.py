"""How values lie in the table: as sortable text, as JSON, and sealed text as an opaque payload."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Dialect, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from shelterdesk.core import dates
from shelterdesk.core.clock import moment, stamp
from shelterdesk.core.dates import PartialDate
from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import Money, SealedText
from shelterdesk.core.i18n import N_

_Read = TypeVar("_Read")
_RECORDS = N_("The file with the records")


def _understood(read: Callable[[Any], _Read], value: Any) -> _Read | None:
    """Read a value of a table, which another program may have written; raises DamagedFile."""
    if value is None:
        return None
    try:
        return read(value)
    except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError) as fault:
        raise DamagedFile(what=_RECORDS) from fault


def _payload(value: Any) -> SealedText:
    """Read a sealed payload; a number in its place would be taken for a length."""
    if not isinstance(value, bytes):
        raise TypeError("a sealed payload is bytes")
    return SealedText(payload=value)


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


class Sealed(TypeDecorator[SealedText]):
    """Text sealed under a compartment's key; only the payload ever reaches the table.

    Sealing and opening happen in the unit of work, which knows the record and the keys. Binding a
    value that has text but no payload is refused, so plaintext cannot slip through.
    """

    impl = LargeBinary
    cache_ok = True

    @override
    def process_bind_param(self, value: SealedText | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        if value.payload is None and value.text is not None:
            raise ValueError("sealed text reached the table without being sealed")
        return value.payload

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> SealedText | None:
        return _understood(_payload, value)


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
