"""New keys for the vault and every compartment, when somebody has left who should read no more.

The database is copied under the new key, checked, and takes the old one's place in one step. The
keyring holds both vault keys from before that step until after it, so that a power cut at any
moment leaves a vault that opens. Then every sealed text is sealed anew, under one line of the log
for each kind that vouches for its rows; and the old compartment keys are forgotten.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Table, func, literal, select, type_coerce, update
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.database.attachments import key_place
from shelterdesk.store.database.database import close_whole, connect
from shelterdesk.store.database.integrity import demand_whole
from shelterdesk.store.database.sealed_fields import Place, is_sealed, resealed
from shelterdesk.store.database.snapshot import copy_database, remove_database, room_for_copies
from shelterdesk.store.database.unit_of_work import MAINTENANCE
from shelterdesk.store.disk.durable import replace_file, sync_file
from shelterdesk.store.disk.faults import disk_faults
from shelterdesk.store.disk.outside import entered
from shelterdesk.store.keyholders import proposals
from shelterdesk.store.keyholders.next_list import KEYS_DUE, RENEWED, commit
from shelterdesk.store.keyholders.proposals import demand_director
from shelterdesk.store.keyring import told_halves
from shelterdesk.store.keyring.keyring_chain import Signature
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import KEY_SIZE
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.moved_rows import moving
from shelterdesk.store.log.sealed_lines import sealed_under
from shelterdesk.store.vault.opening import STORE
from shelterdesk.store.vault.vault import Vault

_COPY: Final = "renewed.db"
_EARLIER: Final = re.compile(r"before-[0-9a-z]+\.db(-wal|-shm|-journal)?")


@disk_faults()
def renew_keys(vault: Vault, progress: Progress, signatures: Iterable[Signature] = ()) -> None:
    """Give vault and compartments new keys; needs a director, who holds them all.

    Raises NotAllowed, NotLookedAt, NoSpace, DiskFailing, Cancelled; the vault opens with the same
    passphrases whatever happens. Copies of files taken earlier stay readable to whoever took them;
    the file kept from before the last change of schema is under the old key and is removed.
    """
    demand_director(vault)
    vault.demand_looked_at()
    demand_room(vault)
    commit(vault, proposals.renewing_keys(vault), signatures)
    take_up_new_keys(vault, progress)


@disk_faults()
def demand_room(vault: Vault) -> None:
    """Raise NoSpace unless the records can be copied under new keys."""
    room_for_copies(vault.folder / STORE)


@disk_faults()
def take_up_new_keys(vault: Vault, progress: Progress) -> None:
    """Put the records under the newest keys, which the list names already.

    The fact that the keys are due goes in the same transaction as the line that says it was done.
    """
    demand_room(vault)
    with vault.database.replacing():
        _rekey_by_copy(vault, progress)
    vault.drop_other_vault_keys()
    progress.begin(N_("Sealing texts anew"))
    with vault.database.writing() as session:
        told_halves.tell(session, vault.keys, vault.keyring)
        reseal_all(session, vault.keys, progress)
        audit.note(session, [LogEntry(RENEWED)])
        due = session.get(StoreFact, KEYS_DUE)
        if due is not None:
            session.delete(due)
    _forget_old_compartment_keys(vault)
    with entered(vault.folder) as folder:
        folder.remove_all(_EARLIER)


def reseal_all(
    session: Session, keys: Keys, progress: Progress, signers: Signers | None = None
) -> None:
    """Seal everything of an older key anew, with the lines that vouch for the moved rows.

    `signers` are those of the log, where the hand that writes does not know them.
    """
    with moving(session, _moved_kinds(), signers):
        reseal_everything(session, keys, progress)


def _rekey_by_copy(vault: Vault, progress: Progress) -> None:
    progress.begin(N_("Copying the records under the new key"))
    copy = vault.folder / _COPY
    remove_database(copy)
    key = vault.keys.vault_key()
    try:
        with vault.database.driver() as connection:
            copy_database(connection, copy, key, progress)
        _demand_whole_copy(copy, key)
        with vault.closed_database():
            remove_database_journal(vault)
            replace_file(copy, vault.folder / STORE)
    finally:
        remove_database(copy)


def _demand_whole_copy(copy: Any, key: bytes) -> None:
    connection = connect(copy, key)
    try:
        demand_whole(connection)
    finally:
        close_whole(connection)
    sync_file(copy)


def remove_database_journal(vault: Vault) -> None:
    """Remove what is left of the old file's journal, which a checked checkpoint has emptied."""
    for ending in ("-wal", "-shm"):
        (vault.folder / (STORE + ending)).unlink(missing_ok=True)


@dataclass(frozen=True)
class _SealedColumn:
    """A column of sealed payloads: where its rows are bound to, and under which compartment."""

    table: Table
    column: str
    place: Callable[[Any], tuple[Compartment, Place] | None]


def reseal_everything(session: Session, keys: Keys, progress: Progress) -> None:
    """Seal every payload of an older generation under the newest one, earlier values too."""
    connection = session.connection()
    connection.info[MAINTENANCE] = True
    try:
        columns = list(_sealed_columns())
        for done, column in enumerate(columns):
            progress.step(done, len(columns))
            _reseal_column(connection, keys, column)
    finally:
        connection.info[MAINTENANCE] = False


def _sealed_columns() -> Iterator[_SealedColumn]:
    for kind in Record.kinds:
        for name, declared in kind.sealed_fields():
            yield _field_column(kind, name, declared.opened_by[0])
    yield _SealedColumn(_table(Attachment), "file_key", _attachment_place)
    yield _SealedColumn(_table(FieldHistory), "old", _history_place)


def _moved_kinds() -> set[str]:
    return {sealed.table.name for sealed in _sealed_columns()}


def _field_column(kind: type[Record], name: str, compartment: Compartment) -> _SealedColumn:
    return _SealedColumn(
        _table(kind), name, lambda row: (compartment, (kind.kind_name(), row.id, name))
    )


def _table(kind: Any) -> Table:
    table: Table = kind.__table__
    return table


def _history_place(row: Any) -> tuple[Compartment, Place] | None:
    kind = next((kind for kind in Record.kinds if kind.kind_name() == row.kind), None)
    declared = kind.fields().get(row.field) if kind else None
    if declared is None or not declared.sealed or not is_sealed(row.payload):
        return None
    return declared.opened_by[0], (row.kind, row.record_id, row.field)


def _attachment_place(row: Any) -> tuple[Compartment, Place] | None:
    if len(row.payload) == KEY_SIZE:
        return None  # not sealed yet
    return Compartment(row.compartment or Compartment.TESTIMONY), key_place(row.id)


def _reseal_column(connection: Connection, keys: Keys, sealed: _SealedColumn) -> None:
    table, column = sealed.table, sealed.table.c[sealed.column]
    payload = type_coerce(column, LargeBinary).label("payload")
    sealed_ones = func.typeof(column) == "blob"  # what is older than its seal waits for it
    rows = connection.execute(select(table, payload).where(sealed_ones)).all()
    for row in rows:
        bound = sealed.place(row)
        following = resealed(keys, *bound, row.payload) if bound else None
        if following is not None:
            values = {column.name: literal(following, LargeBinary)}
            connection.execute(update(table).where(table.c.id == row.id).values(values))


def _forget_old_compartment_keys(vault: Vault) -> None:
    """Keep the newest generation of each secret, and what lines of the log are sealed under.

    Nothing else is sealed under another any more.
    """
    newest = {(name, vault.keys.newest(name)) for name, _ in vault.keys.secrets}
    with vault.database.reading() as session:
        newest |= sealed_under(session)
    vault.keys.secrets = {p: key for p, key in vault.keys.secrets.items() if p in newest}
    kept = tuple(s for s in vault.keyring.seals if (s.secret, s.generation) in newest)
    vault.save_keyring(replace(vault.keyring, seals=kept))
