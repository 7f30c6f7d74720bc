"""Bringing a backup back: always beside what is there, never over it, and never opened in place.

A database that comes from outside may carry triggers that fire in spite of every setting. So its
schema is compared object by object before anything is run, and its rows are copied one table
after the other into a fresh vault with a fresh key. The new vault then takes over by one rename;
the old one stays, and `go_back` returns to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.clock import Clock, lived_moment, moment, stamp, system_clock
from shelterdesk.core.errors import BackupDamaged, DamagedFile, NoBackup
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.records.base import new_id
from shelterdesk.records.vault_room import BackupGeneration, StoreFact
from shelterdesk.store import audit, backup_keys
from shelterdesk.store.audit import Entry, Writer
from shelterdesk.store.backup_files import carry_attachments
from shelterdesk.store.checked_json import LARGEST_NUMBER, whole_number
from shelterdesk.store.data_folder import DataFolder
from shelterdesk.store.database import Database, DriverConnection, close_whole, connect, create_file
from shelterdesk.store.durable import (
    private_folder,
    room_for,
    sync_file,
    sync_folder,
)
from shelterdesk.store.faults import THE_DISK, disk_faults
from shelterdesk.store.founding import FILES, LINE, LOG_KEY, WITNESS_KEY
from shelterdesk.store.house_clock import not_doubted
from shelterdesk.store.integrity import demand_whole, row_counts
from shelterdesk.store.kept_files import files_below
from shelterdesk.store.keyring import VAULT, Keyring, write_keyring
from shelterdesk.store.keys import Keys, new_secrets, resealed
from shelterdesk.store.manifest import Body, check_sums, sha256_of_manifest
from shelterdesk.store.opened_backup import (
    OpenedBackup,
    check_attachments,
    damage_told_as,
    demand_described,
    extract_database,
)
from shelterdesk.store.opening import STORE
from shelterdesk.store.schema import HEAD, bring_to, expected_objects, revision_of
from shelterdesk.store.snapshot import RESERVE, remove_database
from shelterdesk.store.stick import DATABASE, Listed
from shelterdesk.store.witness import Note, Seen

_ROWS_A_STEP: Final = 500
_RESTORED: Final = "restored"
_COPY: Final = "from-backup.db"
_COPY_NAME: Final = N_("the copy of the records in it")


class AttachedDamaged(BackupDamaged):
    """Only attached files of a backup are damaged: the rest can be brought back without them."""

    sentence = N_(
        "An attached file in this backup is damaged ({what}). Nothing was changed. Try another "
        "backup; if there is none, everything else can be restored without it."
    )


@dataclass(frozen=True)
class Restored:
    """How the records of now came out of a backup, kept inside them and in every later backup."""

    seq: int
    """The line of the log that tells of it: what stands in an earlier one came from the backup."""
    at: datetime
    made_at: datetime
    """When the backup was made."""


_SOME_TIME: Final = datetime(1970, 1, 2, tzinfo=UTC)
_RESTORED_AT_SOME_TIME: Final = Restored(LARGEST_NUMBER, _SOME_TIME, _SOME_TIME)
"""For a mark that says nothing: everything came from a backup, so everything is asked anew."""


def restored(session: Session) -> Restored | None:
    """Return when these records were last brought back; None for those that never were."""
    known = session.get(StoreFact, _RESTORED)
    if known is None:
        return None
    try:
        seq, at, made_at = known.value.split(" ")
        return Restored(whole_number(int(seq)), lived_moment(at), lived_moment(made_at))
    except ValueError:
        return _RESTORED_AT_SOME_TIME


@disk_faults()
def restore(
    place: DataFolder,
    opened: OpenedBackup,
    progress: Progress,
    clock: Clock = system_clock,
    *,
    accept_damaged: bool = False,
) -> Path:
    """Make a vault out of a backup and let it take over; returns its folder.

    Everybody's passphrase of the day of the backup opens it. The vault that was there stays.
    With `accept_damaged`, attached files that are damaged on the stick are left out (a check of
    the records names them); the database itself must be whole. Raises BackupDamaged, NewerFile,
    NoSpace, Cancelled; nothing has then changed.
    """
    body = opened.body()
    room_for(place.root, 3 * body.database_size + RESERVE, THE_DISK)
    _demand_sums(
        opened, [f for f in opened.manifest.files if f.name.startswith(DATABASE)], progress
    )
    if not accept_damaged:
        _demand_attached(opened, progress)
    staging = place.staging()
    try:
        with damage_told_as(BackupDamaged):
            _build(staging, opened, body, progress, clock, accept_damaged=accept_damaged)
        return place.install(staging)
    except BaseException:
        place.clear_away(staging)
        raise


@disk_faults()
def go_back(place: DataFolder) -> Path:
    """Let the vault that the last restore replaced take over again; raises NoBackup if none."""
    vaults = place.vaults()
    if len(vaults) < 2:
        raise NoBackup(N_("There are no earlier records in this folder to go back to."))
    return place.install(vaults[-2])


def _demand_attached(opened: OpenedBackup, progress: Progress) -> None:
    """Raise BackupDamaged, with the way out, when an attached file does not fit its checksum.

    What only explains the backup (README and script) is not looked at: it restores nothing.
    """
    try:
        _demand_sums(opened, [f for f in opened.manifest.files if f.is_shared], progress)
    except BackupDamaged as fault:
        raise AttachedDamaged("", **fault.facts) from fault


def _demand_sums(opened: OpenedBackup, listed: Iterable[Listed], progress: Progress) -> None:
    with opened.held() as generation:
        check_sums(generation, replace(opened.manifest, files=tuple(listed)), progress)


def _build(
    staging: Path,
    opened: OpenedBackup,
    body: Body,
    progress: Progress,
    clock: Clock,
    *,
    accept_damaged: bool,
) -> None:
    """Make the whole new vault in `staging`."""
    keyring, keys = _fresh_keyring(body, opened)
    source = _outside_copy(staging, opened, body, progress)
    try:
        if not accept_damaged:
            _check_files(source, opened, body, progress)
        _copy_rows(source, staging / STORE, keys.vault_key(), progress)
        missing = _carry_files(source, staging, opened, progress)
        if missing and not accept_damaged:
            raise DamagedFile(what=N_("An attached file"))
    finally:
        source.close()
        remove_database(staging / _COPY)
    _bring_up_to_date(staging / STORE, keys.vault_key(), body)
    note, seen = _begin_line(staging / STORE, keyring, keys, opened, clock, body)
    replace(note, folders=(staging,)).remember(seen)
    write_keyring(staging, keyring)
    sync_folder(staging)


def _fresh_keyring(body: Body, opened: OpenedBackup) -> tuple[Keyring, Keys]:
    """Give everybody of the day of the backup a fresh vault key; compartments stay as they are."""
    keyring = Keyring.from_content(body.keyring)
    generation = max((seal.generation for seal in keyring.seals), default=0)
    fresh = new_secrets(Keys(keyring.store_id, opened.opened_by, b"", {("", generation): b""}))
    only_vault = {p: key for p, key in fresh.secrets.items() if p[0] == VAULT}
    keys = replace(fresh, secrets=only_vault)
    keyring = resealed(replace(keyring, epoch=keyring.epoch + 1), keys, [VAULT])
    return keyring.signed(keys.vault_key(), keys.newest(VAULT)), keys


def _outside_copy(
    staging: Path, opened: OpenedBackup, body: Body, progress: Progress
) -> DriverConnection:
    """Return the backup's database, opened for reading after it was compared with its schema."""
    copy = staging / _COPY
    with opened.held() as generation:
        extract_database(generation, opened.manifest, opened.key, copy, progress)
    connection = connect(copy, bytes.fromhex(body.database_key))
    try:
        connection.execute("PRAGMA query_only = ON")
        demand_described(connection, body)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_files(
    source: DriverConnection, opened: OpenedBackup, body: Body, progress: Progress
) -> None:
    with opened.held() as generation:
        check_attachments(source, generation.files, opened.keys(), body, progress)


def _copy_rows(source: DriverConnection, target: Path, key: bytes, progress: Progress) -> None:
    """Copy every row into a fresh database of the same revision."""
    progress.begin(N_("Copying the records"))
    revision = revision_of(source)
    create_file(target, key)
    bring_to(target, key, revision)
    connection = connect(target, key)
    tables = list(_tables(revision))
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        for done, table in enumerate(tables):
            progress.step(done, len(tables))
            _copy_table(source, connection, table, progress)
        connection.execute("COMMIT")
    finally:
        close_whole(connection)


def _tables(revision: str) -> Iterator[str]:
    """Yield our tables, the full-text table among them, without what SQLite keeps for itself."""
    for kind, name in sorted(expected_objects(revision)):
        own = name.startswith(("sqlite_", "search_words_")) or name == "alembic_version"
        if kind == "table" and not own:
            yield name


def _copy_table(
    source: DriverConnection, target: DriverConnection, table: str, progress: Progress
) -> None:
    """Copy one table; its name and columns come from our own migrations."""
    row_number = "rowid, " if table == "search_words" else ""
    rows = source.execute(f'SELECT {row_number}* FROM "{table}"')  # noqa: S608 - our own names
    columns = ", ".join(f'"{column[0]}"' for column in rows.description)
    marks = ", ".join("?" for _ in rows.description)
    insert = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - our own names
    while batch := rows.fetchmany(_ROWS_A_STEP):
        target.executemany(insert, batch)
        progress.step(0, 1)


def _carry_files(
    source: DriverConnection, staging: Path, opened: OpenedBackup, progress: Progress
) -> set[str]:
    """Copy the attached files whose checksum is that of their row; returns the others' names."""
    names = source.execute(
        "SELECT file_name, file_sha256 FROM attachment WHERE file_name != '' ORDER BY 1"
    ).fetchall()
    private_folder(staging / FILES)
    with opened.held() as generation, files_below(staging) as own:
        carried = carry_attachments(generation.files, own, names, progress, heal=False)
    return set(carried.damaged) - set(opened.body().damaged)


def _bring_up_to_date(path: Path, key: bytes, body: Body) -> None:
    """Compare with what the manifest counted, then run the migrations of later revisions."""
    connection = connect(path, key)
    try:
        same = row_counts(connection) == body.counts
        demand_whole(connection)
    finally:
        close_whole(connection)
    if not same:
        raise DamagedFile(what=_COPY_NAME)
    if body.revision != HEAD:
        bring_to(path, key)


def _known(opened: OpenedBackup, body: Body, keyring: Keyring) -> BackupGeneration:
    """Return the row by which the new records know the backup that they came from."""
    return BackupGeneration(
        id=opened.manifest.backup_id,
        made_at=moment(body.made_at),
        made_by=opened.opened_by,
        folder=opened.generation.name,
        recovery_set=opened.manifest.recovery_set,
        sealed_keys=backup_keys.kept_for(keyring, opened.manifest.backup_id, opened.key),
        manifest_sha256=sha256_of_manifest(opened.generation),
    )


def _begin_line(
    path: Path, keyring: Keyring, keys: Keys, opened: OpenedBackup, clock: Clock, body: Body
) -> tuple[Note, Seen]:
    """Write the restore into the log as its next line, and seal the keys of backups anew.

    A log that was broken before the backup was made is no reason to leave the records lost: it is
    said in the line, and every check of the records says it again. Returns what to note of it.
    """
    hand = Keys(keyring.store_id, opened.opened_by, opened.signs)
    database = Database(path, keys.vault_key(), Writer(opened.opened_by, clock, hand))
    try:
        with database.writing() as session:
            log_key = session.get_one(StoreFact, LOG_KEY).value
            database.writer.log_key = bytes.fromhex(log_key)
            whole = audit.is_whole(session, database.writer.log_key, body.seq, body.head)
            line, key = new_id(), session.get_one(StoreFact, WITNESS_KEY).value
            session.merge(StoreFact(name=LINE, value=line))
            session.merge(_known(opened, body, keyring))
            opener = Keys(keyring.store_id, opened.opened_by, opened.private_key)
            backup_keys.hand_on(session, keyring, opener)
            at = not_doubted(clock(), audit.log_state(session).at)
            database.writer.clock = lambda: at
            mark = f"{audit.next_seq(session)} {stamp(at)} {body.made_at}"
            session.merge(StoreFact(name=_RESTORED, value=mark))
            action = "restored" if whole else "restored, log broken"
            audit.note(session, [Entry(action, "backup", opened.manifest.backup_id)])
            state = audit.log_state(session)
    finally:
        database.close()
    sync_file(path)
    seen = Seen(line, keyring.epoch, state.seq, state.head, stamp(clock()))
    return Note((), line, bytes.fromhex(key)), seen
