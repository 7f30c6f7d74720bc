"""Fields that are closed to whoever is at the desk: not shown, and not overwritten by absence."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session, attributes

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import UNANSWERED, SealedValue
from shelterdesk.records.base import Record
from shelterdesk.services.access.written_by import written_unread

R = TypeVar("R", bound=Record)


def shown_only(session: Session, record: R, names: tuple[str, ...]) -> R:
    """Return a record, detached, with the fields of these names; its single seals are closed.

    What she may write but not read comes closed as well, so that it is not taken for empty.
    """
    session.expunge(record)
    declared = record.fields()
    for attribute in inspect(type(record)).column_attrs:
        name = attribute.key
        value = getattr(record, name)
        if name in declared and name not in names:
            attributes.set_committed_value(record, name, _unread(record, name, value))
        elif isinstance(value, SealedValue):
            attributes.set_committed_value(record, name, SealedValue(payload=value.payload))
        elif isinstance(value, bytes):
            attributes.set_committed_value(record, name, None)
    _show_reasons(record, names)
    return record


def _unread(record: Record, name: str, value: object) -> SealedValue | None:
    if value is None or not written_unread(type(record), name):
        return None
    return SealedValue(payload=record.payloads.get(name, b""))


def _show_reasons(record: Record, names: tuple[str, ...]) -> None:
    """Take out why questions stay open that she may not see."""
    stands: dict[str, str] = getattr(record, UNANSWERED, None) or {}
    shown = {name: why for name, why in stands.items() if name in names}
    if shown != stands:
        attributes.set_committed_value(record, UNANSWERED, shown or None)


def differs(row: Record, name: str, value: object) -> bool:
    """Tell whether a value is new; a sealed one that was never opened cannot have changed."""
    if isinstance(value, SealedValue) and value.value is None:
        return False
    return bool(value != getattr(row, name))


def demand_readable(row: Record, name: str, readable: tuple[str, ...]) -> None:
    """Raise NotAllowed before a sealed value is written over by somebody who cannot read it."""
    stands = getattr(row, name)
    closed = isinstance(stands, SealedValue) and stands.is_closed
    unread = name not in readable and stands is not None
    if row.fields()[name].envelope and (closed or unread):
        raise NotAllowed


def keep_reasons(row: Record, reasons: Mapping[str, str] | None, names: tuple[str, ...]) -> None:
    """Take over why questions stay open; of fields that are closed to her it stays as it was."""
    if reasons is None or not hasattr(row, UNANSWERED):
        return
    stands: dict[str, str] = getattr(row, UNANSWERED) or {}
    merged = {name: why for name, why in stands.items() if name not in names}
    merged |= {name: why for name, why in reasons.items() if name in names}
    if merged != stands:
        setattr(row, UNANSWERED, merged or None)
