"""What happens on every save, before the first statement leaves: check, seal, log.

Everything goes through the session's flush, so nothing can be saved without its line in the log.
A statement that writes a record table from anywhere else is refused (bulk statements would pass
these hooks by).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, event, inspect
from sqlalchemy.orm import Session, attributes

from shelterdesk.core.errors import InvalidFields, NotAllowed
from shelterdesk.core.fields import Field, SealedValue
from shelterdesk.core.signs import UNSEEN
from shelterdesk.records import when
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.ledger import DigestKey, FieldHistory
from shelterdesk.store.database.same_case import strange_links
from shelterdesk.store.database.sealed_fields import (
    is_sealed,
    open_field,
    opened_json,
    place_of,
    sealed_value,
)
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.vouching import AwaitsTwo
from shelterdesk.store.log import audit
from shelterdesk.store.log.row_digests import (
    digest_key,
    digest_of_earlier,
    digest_of_row,
    kept_form,
    stored_row,
)

_IN_FLUSH = "in_flush"
_CHANGES = "changes"
_SEALED_NOW = "sealed_now"
MAINTENANCE = "maintenance"
"""Key in `Connection.info` while the store itself moves rows (restore, renewing of keys)."""

_GAP = r"(?:\s|/\*.*?\*/|--[^\n]*\n)+"
_WRITES = re.compile(
    rf"\b(?:insert(?:{_GAP}or{_GAP}\w+)?{_GAP}into|replace{_GAP}into"
    rf"|update(?:{_GAP}or{_GAP}\w+)?|delete{_GAP}from){_GAP}"
    r"(?:[\"'`\[]?\w+[\"'`\]]?\s*\.\s*)?[\"'`\[]?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
"""Finds the table that a statement writes, wherever in the statement the writing stands."""

_OWN_COLUMNS = {"created_at", "created_by", "changed_at", "changed_by", "version"}


class UnauditedWrite(RuntimeError):
    """A record table was written without the log knowing: a bug, never a person's mistake."""


class VaultSession(Session):
    """A session of the vault; its hooks are below."""


@dataclass(frozen=True)
class Change:
    """One record's part in a save."""

    record: Record
    action: str
    old: dict[str, Any]
    """Names of the changed columns with the values before; for a new record all set columns."""


def changes_in(session: Session) -> Iterator[Change]:
    """Yield what a flush is about to write, records only."""
    for record in session.new:
        if isinstance(record, Record):
            yield Change(record, "created", dict.fromkeys(_set_columns(record)))
    for record in session.dirty:
        if isinstance(record, Record) and (old := _old_values(record)):
            yield Change(record, "changed", old)
    for record in session.deleted:
        if isinstance(record, Record):
            yield Change(record, "deleted", dict.fromkeys(_set_columns(record)))


def _set_columns(record: Record) -> list[str]:
    names = (attribute.key for attribute in inspect(type(record)).column_attrs)
    return [n for n in names if n not in _OWN_COLUMNS and getattr(record, n) is not None]


def _old_values(record: Record) -> dict[str, Any]:
    """Return changed columns with their values before; a sealed value entered alike is none."""
    old = {}
    for attribute in inspect(record).attrs:
        history = attribute.history
        if not history.has_changes() or attribute.key in _OWN_COLUMNS:
            continue
        before = history.deleted[0] if history.deleted else None
        if _same_sealed(before, attribute.value):
            attributes.set_committed_value(record, attribute.key, before)
            continue
        old[attribute.key] = _as_stored(record, attribute.key, before)
    return old


def _as_stored(record: Record, name: str, before: Any) -> Any:
    """Return the value of an envelope with the payload it had; any other as it is."""
    payload = record.payloads.get(name)
    opened = payload is not None and before is not None and not isinstance(before, SealedValue)
    return SealedValue(before, payload) if opened else before


def _same_sealed(before: object, now: object) -> bool:
    if not isinstance(before, SealedValue) or not isinstance(now, SealedValue):
        return False
    return before.value is not None and before.value == now.value


@event.listens_for(VaultSession, "before_flush")
def _before_flush(session: Session, *_: object) -> None:
    changes = list(changes_in(session))
    if changes and audit.writer_of(session).only_reads:
        raise AwaitsTwo
    first = audit.next_seq(session) if changes else 0
    for seq, change in enumerate(changes, start=first):
        if change.action == "deleted":
            _purge(session, change.record)
        else:
            _prepare(session, change, seq)
    session.info[_CHANGES] = changes
    session.connection().info[_IN_FLUSH] = True


@event.listens_for(VaultSession, "after_flush")
def _log(session: Session, _context: object) -> None:
    """Write the lines, over the rows as they were stored just now."""
    changes: list[Change] = session.info.pop(_CHANGES, [])
    audit.note(session, [_entry(session, change) for change in changes])


def _problems(change: Change) -> dict[str, str]:
    """Return why a record cannot be kept.

    Hidden signs that an untouched text has had from before stop nobody from working on the rest.
    """
    found = change.record.problems()
    if change.action != "changed":
        return found
    return {name: why for name, why in found.items() if why != UNSEEN or name in change.old}


def _prepare(session: Session, change: Change, seq: int) -> None:
    record, writer = change.record, audit.writer_of(session)
    now = writer.clock()
    problems = when.problems(record, change.old, now) | _problems(change)
    problems |= strange_links(session, record, change.old)
    if problems:
        raise InvalidFields(problems)
    _stamp(record, writer.actor, now, new=change.action == "created")
    if writer.keys is not None:
        _seal_fields(session, record, writer.keys)
    if change.action == "changed":
        _keep_old(session, change, seq)


def _stamp(record: Record, actor: str, now: datetime, *, new: bool) -> None:
    if new:
        record.created_at, record.created_by = now, actor
    record.changed_at, record.changed_by = now, actor


def _seal_fields(session: Session, record: Record, keys: Keys) -> None:
    """Seal what is new; all of it before any is put back, for one may say who opens another."""
    sealed = {
        name: _sealed(keys, record, name, value) for name, value in _new_values(record).items()
    }
    for name, value in sealed.items():
        setattr(record, name, value)
        if record.fields()[name].envelope:
            session.info.setdefault(_SEALED_NOW, []).append((record, name))


def _new_values(record: Record) -> dict[str, object]:
    """Return the sealed fields that are to be written, with what was put into them."""
    found = {}
    for name, _declared in record.sealed_fields():
        history = attributes.get_history(record, name)
        before = history.deleted[0] if history.deleted else None
        if history.added and history.added[0] is not None and history.added[0] != before:
            found[name] = history.added[0]
    return found


def _sealed(keys: Keys, record: Record, name: str, value: object) -> SealedValue | None:
    """Seal a new value; a payload from elsewhere is refused, since nobody here has read it."""
    value = value.value if isinstance(value, SealedValue) else value
    if value is None:
        raise ValueError("a payload cannot be put into a sealed field, only a value")
    if value == "":
        return None
    return SealedValue(value, sealed_value(keys, record, name, value))


def _show_values(session: Session) -> None:
    """Put the values of envelopes back in the place of what was sealed for the table."""
    for record, name in session.info.pop(_SEALED_NOW, []):
        value = inspect(record).dict.get(name)
        if isinstance(value, SealedValue) and value.payload is not None:
            record.payloads[name] = value.payload
            attributes.set_committed_value(record, name, value.value)


def _keep_old(session: Session, change: Change, seq: int) -> None:
    record = change.record
    for name, old in change.old.items():
        kept = change.old[name] = _sealed_old(session, record, name, old)
        session.add(
            FieldHistory(
                seq=seq,
                about=record.about,
                kind=record.kind_name(),
                record_id=record.id,
                field=name,
                old=kept_form(kept),
            )
        )


def _sealed_old(session: Session, record: Record, name: str, old: object) -> object:
    """Return a value as it was stored; one from before its field was sealed is sealed now."""
    declared, keys = record.fields().get(name), audit.writer_of(session).keys
    if old is None or declared is None or not declared.sealed:
        return old
    if isinstance(old, SealedValue) and old.payload is not None:
        return old
    if keys is None:
        raise NotAllowed
    value = old.value if isinstance(old, SealedValue) else old
    return SealedValue(value, sealed_value(keys, record, name, value))


def _purge(session: Session, record: Record) -> None:
    """Take a deleted record's earlier values away; the log keeps only that it was."""
    connection = session.connection()
    connection.execute(delete(FieldHistory).where(FieldHistory.record_id == record.id))
    if record.about == record.id:
        connection.execute(delete(DigestKey).where(DigestKey.about == record.id))


def _entry(session: Session, change: Change) -> audit.LogEntry:
    record = change.record
    entry = audit.LogEntry(change.action, record.kind_name(), record.id, tuple(change.old))
    if change.action == "deleted":
        return entry
    key = digest_key(session, record.about)
    row = digest_of_row(key, stored_row(session, type(record), record.id))
    was = change.old if change.action == "changed" else {}
    return replace(entry, digest=row, kept=digest_of_earlier(key, _as_kept(was)))


def _as_kept(old: dict[str, Any]) -> dict[str, bytes | None]:
    return {name: kept_form(value) for name, value in old.items()}


@event.listens_for(VaultSession, "after_commit")
def _after_commit(session: Session) -> None:
    audit.settled(session)


@event.listens_for(VaultSession, "after_begin")
def _after_begin(session: Session, _transaction: object, connection: Connection) -> None:
    audit.forget_head(session)
    connection.info[_IN_FLUSH] = False


@event.listens_for(VaultSession, "after_flush_postexec")
def _after_flush(session: Session, _context: object) -> None:
    session.connection().info[_IN_FLUSH] = False
    _show_values(session)


@event.listens_for(VaultSession, "after_soft_rollback")
def _after_rollback(session: Session, _transaction: object) -> None:
    _show_values(session)


def _open_fields(record: Record, session: Session | None) -> None:
    if session is None or "writer" not in session.info:
        return
    keys, stands = audit.writer_of(session).keys, inspect(record).dict
    for name, declared in record.sealed_fields():
        value = stands.get(name)
        if isinstance(value, SealedValue):
            opened = open_field(keys, declared, place_of(record, name), value)
            _take_up(record, name, declared, opened)


def _take_up(record: Record, name: str, declared: Field, opened: SealedValue) -> None:
    """Show a value as it was opened: that of an envelope like any other, if it could be."""
    if declared.envelope and opened.payload is not None:
        record.payloads[name] = opened.payload
    shown = opened.value if declared.envelope and not opened.is_closed else opened
    attributes.set_committed_value(record, name, shown)


@event.listens_for(Record, "load", propagate=True)
def _on_load(record: Record, context: Any) -> None:
    if context is not None:  # a merge makes an empty object first and loads nothing
        _open_fields(record, context.session)


@event.listens_for(Record, "refresh", propagate=True)
def _on_refresh(record: Record, context: Any, _names: object) -> None:
    _open_fields(record, context.session)


def guard_statement(connection: Connection, statement: str) -> None:
    """Raise UnauditedWrite for a statement that writes a record table outside a flush."""
    if connection.info.get(_IN_FLUSH) or connection.info.get(MAINTENANCE):
        return
    tables = {kind.__tablename__ for kind in Record.kinds}
    for table in _WRITES.findall(statement):
        if table.lower() in tables:
            raise UnauditedWrite(table)


def history_text(old: bytes | None) -> object:
    """Return an earlier value from the history as plain JSON value (not for sealed fields)."""
    return None if old is None else json.loads(old)


def earlier_value(session: Session, line: FieldHistory) -> object:
    """Return an earlier value as plain JSON value; of a sealed field None without its key."""
    if line.old is None or not is_sealed(line.old):
        return history_text(line.old)
    declared, keys = Record.named(line.kind).fields()[line.field], audit.writer_of(session).keys
    place = (line.kind, line.record_id, line.field)
    return None if keys is None else opened_json(keys, declared, place, line.old)
