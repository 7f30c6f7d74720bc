"""What was written before its field was sealed: sealed by the first who can and opens the records.

Who can is whoever works with what is told: her line in the log vouches for the rows afterwards. In
records with a signed list only a director's line may do that, so there it is a director.
Rows, their earlier values and the keys of papers are sealed, a kind of record in one transaction
with one line; a power cut leaves the rest for the next time. At the end our own copies from before
go as well. What lies on sticks stays there (`told_before`).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import LargeBinary, Table, func, literal, select, type_coerce, update
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import moment, stamp
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.core.plain_values import typed
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.records.keeping.vault_room import BackupGeneration, StoreFact
from shelterdesk.store.database.attachments import sealed_key
from shelterdesk.store.database.sealed_fields import sealed_value
from shelterdesk.store.database.snapshot import remove_database
from shelterdesk.store.database.unit_of_work import MAINTENANCE, history_text
from shelterdesk.store.disk.durable import sync_folder
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import KEY_SIZE
from shelterdesk.store.log.moved_rows import moving
from shelterdesk.store.vault.founding import SEALED_SINCE
from shelterdesk.store.vault.vault import Vault

_PAYLOAD_BEGINS: Final = [literal(begin, LargeBinary) for begin in (b"\1", b"\2", b"\3")]
"""With what payloads begin in the history, and JSON never does."""


class _Sealed(NamedTuple):
    """A payload that takes the place of a value in a row."""

    row_id: str
    column: str
    payload: bytes


def seal_old_texts(vault: Vault, progress: Progress) -> bool:
    """Seal what is not sealed yet; True when nothing is left.

    Nothing is done by somebody who may not, and while the public half of a compartment is not
    known: its next holder to open the records tells it. Raises NoSpace, DiskFailing, Cancelled;
    what was sealed by then stays so.
    """
    if vault.fact_or_none(SEALED_SINCE) is not None:
        return True
    if not (_may_vouch(vault) and vault.keys.knows_all()):
        return False
    progress.begin(N_("Sealing older texts"))
    kinds: list[type[Any]] = [*Record.kinds, FieldHistory]
    for done, kind in enumerate(kinds):
        progress.step(done, len(kinds))
        with vault.database.writing() as session:
            _seal_kind(session, vault.keys, kind)
    _remove_copies(vault.folder)
    vault.keep_fact(SEALED_SINCE, stamp(vault.clock()))
    return True


def _may_vouch(vault: Vault) -> bool:
    """Tell whether the line over the sealed rows may be written by whoever has opened the vault."""
    directs = Role.DIRECTOR in vault.me.roles
    counsels = vault.keys.holds(Compartment.TESTIMONY.value)
    return counsels and (directs or not vault.keyring.is_signed_list)


def told_before(session: Session) -> list[BackupGeneration]:
    """Return the backups that hold old texts under the key of the records alone, oldest first."""
    since = _sealed_since(session)
    wanted = select(BackupGeneration).order_by(BackupGeneration.made_at)
    if since is not None:
        wanted = wanted.where(BackupGeneration.made_at < since)
    return list(session.scalars(wanted))


def _sealed_since(session: Session) -> datetime | None:
    """Return from when on no text is open; None where that is not known, or told in no moment."""
    known = session.get(StoreFact, SEALED_SINCE)
    with suppress(ValueError):
        return moment(known.value) if known is not None else None
    return None


def _seal_kind(session: Session, keys: Keys, kind: type[Any]) -> None:
    found, table = list(_waiting(session, keys, kind)), _table(kind)
    if not found:
        return
    connection = session.connection()
    with moving(session, [table.name]):
        connection.info[MAINTENANCE] = True
        try:
            for row_id, column, payload in found:
                values = {column: literal(payload, LargeBinary)}
                connection.execute(update(table).where(table.c.id == row_id).values(values))
        finally:
            connection.info[MAINTENANCE] = False


def _waiting(session: Session, keys: Keys, kind: type[Any]) -> Iterator[_Sealed]:
    """Yield what is to take the place of the values of one kind that are not sealed yet."""
    if kind is FieldHistory:
        for other in Record.kinds:
            yield from _of_history(session, keys, other)
        return
    if kind is Attachment:
        yield from _of_papers(session, keys)
    for name in _names(kind):
        yield from _of_field(session, keys, kind, name)


def _names(kind: type[Record]) -> list[str]:
    return [name for name, declared in kind.sealed_fields() if declared.envelope]


def _of_field(session: Session, keys: Keys, kind: type[Record], name: str) -> Iterator[_Sealed]:
    table = _table(kind)
    old = select(table.c.id).where(func.typeof(table.c[name]) == "text")
    for record in session.scalars(select(kind).where(table.c.id.in_(old))).all():
        yield _Sealed(record.id, name, sealed_value(keys, record, name, getattr(record, name)))
        session.expunge(record)


def _of_history(session: Session, keys: Keys, kind: type[Record]) -> Iterator[_Sealed]:
    """Yield earlier values of fields that are sealed by now."""
    table = _table(FieldHistory)
    old = type_coerce(table.c.old, LargeBinary)
    wanted = select(table.c.id, table.c.record_id, table.c.field, old).where(
        table.c.kind == kind.kind_name(),
        table.c.field.in_(_names(kind)),
        table.c.old.is_not(None),
        func.substr(table.c.old, 1, 1).not_in(_PAYLOAD_BEGINS),
    )
    for row_id, record_id, name, kept in session.connection().execute(wanted).all():
        record = session.get(kind, record_id) or kind(id=record_id)
        value = typed(kind.fields()[name], history_text(kept))
        yield _Sealed(row_id, "old", sealed_value(keys, record, name, value))


def _of_papers(session: Session, keys: Keys) -> Iterator[_Sealed]:
    """Yield the keys of papers of case work that lie there as they are."""
    table = _table(Attachment)
    kept = type_coerce(table.c.file_key, LargeBinary)
    wanted = select(table.c.id, kept).where(
        table.c.compartment == "", func.length(table.c.file_key) == KEY_SIZE
    )
    for row_id, key in session.connection().execute(wanted).all():
        yield _Sealed(row_id, "file_key", sealed_key(keys, row_id, "", key))


def _table(kind: Any) -> Table:
    table: Table = kind.__table__
    return table


def _remove_copies(folder: Path) -> None:
    """Remove the files kept from before changes of the schema: the old texts are in them."""
    for earlier in folder.glob("before-*.db"):
        remove_database(earlier)
    sync_folder(folder)
