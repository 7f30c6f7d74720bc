"""How values lie in the table: moments as sortable UTC text, sealed text as an opaque payload."""

from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from shelterdesk.core.clock import moment, stamp
from shelterdesk.core.fields import SealedText


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as the 27 characters of `stamp`, so that text order is time order."""

    impl = String(27)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else stamp(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


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
        return None if value is None else SealedText(payload=bytes(value))
