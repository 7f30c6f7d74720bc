"""Bringing a backup back: always beside what is there, never over it, and never opened in place.

A database that comes from outside may carry triggers that fire in spite of every setting. So its
schema is compared object by object before anything is run, and its rows are copied one table
after the other into a fresh vault with a fresh key. The new vault then takes over by one rename;
the old one stays, set aside, and `going_back` returns to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import Clock, lived_moment, moment, stamp, system_clock
from shelterdesk.core.errors import BackupDamaged, DamagedFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.records.base import new_id
from shelterdesk.records.keeping.vault_room import BackupGeneration, StoreFact
from shelterdesk.store.backup.backup_files import carry_attachments
from shelterdesk.store.backup.manifest import Body, check_sums, sha256_of_manifest
from shelterdesk.store.backup.opened_backup import (
    OpenedBackup,
    check_attachments,
    damage_told_as,
    demand_described,
    extract_database,
)
from shelterdesk.store.backup.restored_list import (
    Owners,
    given_out,
    has_old,
    signing_hand,
    tell_of_list,
    without_old,
)
from shelterdesk.store.backup.stick import DATABASE, ListedFile
from shelterdesk.store.database.database import (
    Database,
    DriverConnection,
    close_whole,
    connect,
    create_file,
)
from shelterdesk.store.database.integrity import demand_whole, row_counts
from shelterdesk.store.database.schema import HEAD, bring_to, expected_objects, revision_of
from shelterdesk.store.database.snapshot import RESERVE, remove_database
from shelterdesk.store.disk.checked_json import LARGEST_NUMBER, whole_number
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.durable import (
    private_folder,
    room_for,
    sync_file,
    sync_folder,
)
from shelterdesk.store.disk.faults import THE_DISK, disk_faults
from shelterdesk.store.disk.kept_files import files_below
from shelterdesk.store.keyholders.renewal import reseal_all
from shelterdesk.store.keyring.keyring import Keyring, write_keyring
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.keyring.vouching import in_force_from
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogEntry, Writer
from shelterdesk.store.log.sealed_lines import sealed_under
from shelterdesk.store.log.witness import Note, Seen
from shelterdesk.store.vault import backup_keys
from shelterdesk.store.vault.founding import FILES, LINE, LOG_KEY, WITNESS_KEY
from shelterdesk.store.vault.house_clock import not_doubted
from shelterdesk.store.vault.opening import STORE

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
    owners: Owners,
    progress: Progress,
    clock: Clock = system_clock,
    *,
    accept_damaged: bool = False,
) -> Path:
    """Make a vault out of a backup and let it take over; returns its folder.

    Those of `owners` open it (`restored_list`). The vault that was there stays, set aside. With
    `accept_damaged`, attached files that are damaged on the stick are left out (a check of the
    records names them); the database itself must be whole. Raises NotSignedEnough,
    BackupDamaged, NewerFile, NoSpace, Cancelled; nothing has then changed.
    """
    body, given = opened.body(), given_out(owners, signing_hand(opened))
    room_for(place.root, 3 * body.database_size + RESERVE, THE_DISK)
    _demand_sums(
        opened, [f for f in opened.manifest.files if f.name.startswith(DATABASE)], progress
    )
    if not accept_damaged:
        _demand_attached(opened, progress)
    staging = place.staging()
    try:
        with damage_told_as(BackupDamaged):
            made = _Restored(staging, opened, *given, clock)
            made.build(progress, accept_damaged=accept_damaged)
        return place.install(staging)
    except BaseException:
        place.clear_away(staging)
        raise


def _demand_attached(opened: OpenedBackup, progress: Progress) -> None:
    """Raise BackupDamaged, with the way out, when an attached file does not fit its checksum.

    What only explains the backup (README and script) is not looked at: it restores nothing.
    """
    try:
        _demand_sums(opened, [f for f in opened.manifest.files if f.is_shared], progress)
    except BackupDamaged as fault:
        raise AttachedDamaged("", **fault.facts) from fault


def _demand_sums(opened: OpenedBackup, listed: Iterable[ListedFile], progress: Progress) -> None:
    with opened.held() as generation:
        check_sums(generation, replace(opened.manifest, files=tuple(listed)), progress)


class _Restored:
    """One restore: the folder that is being made, and whose it will be."""

    def __init__(
        self, staging: Path, opened: OpenedBackup, keyring: Keyring, keys: Keys, clock: Clock
    ) -> None:
        self.staging, self.opened, self.clock = staging, opened, clock
        self.keyring, self.keys = keyring, keys
        self.body = opened.body()
        self.path = staging / STORE
        self.in_log: frozenset[tuple[str, int]] = frozenset()

    def build(self, progress: Progress, *, accept_damaged: bool) -> None:
        """Make the whole new vault."""
        source = _outside_copy(self.staging, self.opened, self.body, progress)
        try:
            if not accept_damaged:
                _check_files(source, self.opened, self.body, progress)
            copy_rows(source, self.path, self.keys.vault_key(), progress)
            missing = _carry_files(source, self.staging, self.opened, progress)
            if missing and not accept_damaged:
                raise DamagedFile(what=N_("An attached file"))
        finally:
            source.close()
            remove_database(self.staging / _COPY)
        _bring_up_to_date(self.path, self.keys.vault_key(), self.body)
        self._begin_line(progress)
        write_keyring(self.staging, without_old(self.keyring, self.keys, self.in_log))
        sync_folder(self.staging)

    def _begin_line(self, progress: Progress) -> None:
        """Write the restore into the log as its next lines, and seal what is sealed anew.

        A log that was broken before the backup was made is no reason to leave the records lost: it
        is said in the line, and every check of the records says it again.
        """
        database = Database(self.path, self.keys.vault_key(), self._writer())
        try:
            with database.writing() as session:
                database.writer.log_key = bytes.fromhex(session.get_one(StoreFact, LOG_KEY).value)
                self._say_restored(session)
                self.in_log = sealed_under(session)
                if has_old(self.keys):
                    told = in_force_from(session, self.keyring)
                    signers = Signers.of_chain(self.keyring.chain, told)
                    reseal_all(session, self.keys, progress, signers)
            leave_note(database, self.staging, self.keyring, stamp(self.clock()))
        finally:
            database.close()
        sync_file(self.path)

    def _writer(self) -> Writer:
        private_key = self.opened.private_key
        hand = replace(self.keys, holder=self.opened.opened_by, private_key=private_key)
        return Writer(self.opened.opened_by, self.clock, hand)

    def _say_restored(self, session: Session) -> None:
        body, key = self.body, audit.writer_of(session).log_key
        whole = walk.is_whole(session, key, body.seq, body.head)
        session.merge(StoreFact(name=LINE, value=new_id()))
        session.merge(_known(self.opened, body, self.keyring))
        opener = Keys(self.keyring.store_id, self.opened.opened_by, self.opened.private_key)
        backup_keys.hand_on(session, self.keyring, opener)
        at = not_doubted(self.clock(), audit.log_state(session).at)
        audit.writer_of(session).clock = lambda: at
        tell_of_list(session, self.keyring)
        mark = f"{audit.next_seq(session)} {stamp(at)} {body.made_at}"
        session.merge(StoreFact(name=_RESTORED, value=mark))
        action = "restored" if whole else "restored, log broken"
        audit.note(session, [LogEntry(action, "backup", self.opened.manifest.backup_id)])


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


def copy_rows(source: DriverConnection, target: Path, key: bytes, progress: Progress) -> None:
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
    """Yield our tables, until 0014 the index of words too, without what SQLite keeps for itself."""
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


def leave_note(database: Database, folder: Path, keyring: Keyring, at: str) -> None:
    """Note inside a new vault's folder what its state is, as the witness of its first unlocking."""
    with database.reading() as session:
        line = session.get_one(StoreFact, LINE).value
        key = bytes.fromhex(session.get_one(StoreFact, WITNESS_KEY).value)
        state = audit.log_state(session)
    Note((folder,), line, key).remember(Seen(line, keyring.epoch, state.seq, state.head, at))
