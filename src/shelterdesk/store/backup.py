"""Writing a backup: it counts only after it has been read back from the medium and opened.

Copy under writers → check → encrypt onto the medium under an unfinished name → sync → read back,
compare, decrypt, open → manifest → rename → only then prune. A pulled stick at any moment leaves
the earlier backups untouched and one unfinished folder that the next backup removes.
"""

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import select

from shelterdesk import __version__
from shelterdesk.core.clock import folder_stamp, stamp, system_clock
from shelterdesk.core.errors import (
    BackupNotGood,
    CannotWrite,
    DeskError,
    DiskFailing,
    MediumGone,
    NoSpace,
    SetupUnfinished,
    TraceBroken,
    UnsafePlace,
)
from shelterdesk.core.i18n import N_
from shelterdesk.core.paths import resources
from shelterdesk.core.work import Progress
from shelterdesk.records.base import new_id
from shelterdesk.records.vault_room import BackupGeneration
from shelterdesk.store import audit
from shelterdesk.store.audit import Entry, LogState, Writer
from shelterdesk.store.backup_files import Carried, carry_attachments, prune
from shelterdesk.store.backup_keys import kept_for, sealed_for
from shelterdesk.store.container import container_size, write_container
from shelterdesk.store.database import Database, close_whole, connect
from shelterdesk.store.durable import (
    clear_away,
    forget_cached,
    private_folder,
    remove_folder,
    rename,
    room_for,
    sync_file,
    sync_folder,
    write_file,
)
from shelterdesk.store.faults import THE_STICK, disk_faults, place_faults
from shelterdesk.store.integrity import demand_whole, row_counts
from shelterdesk.store.keyring import HolderKind, Keyholder
from shelterdesk.store.keys import DATABASE_KEY_SIZE
from shelterdesk.store.manifest import (
    BackupKeys,
    Body,
    Manifest,
    sealed_body,
)
from shelterdesk.store.opened_backup import read_back
from shelterdesk.store.schema import demand_expected
from shelterdesk.store.seals import KEY_SIZE, context, mac, seal_value
from shelterdesk.store.snapshot import copy_database, room_for_copies
from shelterdesk.store.stick import (
    DATABASE,
    FILES,
    KEYS,
    MANIFEST,
    PART_SIZE,
    README,
    SCRIPT,
    UNFINISHED,
    Listed,
    PartWriter,
    free_name,
    generations,
    store_folder,
)
from shelterdesk.store.vault import Vault

_SNAPSHOT_NAME: Final = N_("The copy of the records")


@dataclass(frozen=True)
class BackupResult:
    """A backup that was read back and found good."""

    generation: Path
    bytes_written: int
    pruned: tuple[str, ...]
    damaged: tuple[str, ...]
    """Attached files that are damaged on the computer and therefore not in the backup."""
    unknown: tuple[str, ...]
    """Finished backups on the medium that these records know nothing of."""
    warnings: tuple[DeskError, ...] = ()
    """What could not be done beside the backup, which is good all the same."""


@dataclass(frozen=True)
class _Snapshot:
    path: Path
    key: bytes
    revision: str
    counts: dict[str, int]
    log: LogState
    names: tuple[tuple[str, str], ...]


@disk_faults()
def make_backup(
    vault: Vault, target: Path, progress: Progress, part_size: int = PART_SIZE
) -> BackupResult:
    """Write one backup generation onto the medium at `target` and prove it.

    Raises SetupUnfinished before the pages were typed back, NoSpace, MediumGone, DiskFailing,
    BackupNotGood, Cancelled. In every one of these cases earlier backups are as they were.
    """
    if not vault.setup_finished:
        raise SetupUnfinished
    _demand_elsewhere(vault, target)
    room_for_copies(vault.database.path)
    staging = vault.place.staging()
    try:
        snapshot = _snapshot(vault, staging, progress)
        with place_faults(THE_STICK):
            return _Backup(vault, target, snapshot, staging, progress, part_size).run()
    finally:
        clear_away(staging)


def _demand_elsewhere(vault: Vault, target: Path) -> None:
    if not target.is_dir():
        raise MediumGone(where=THE_STICK)
    inside = vault.place.root.resolve()
    if target.resolve() == inside or inside in target.resolve().parents:
        raise UnsafePlace(why=N_("the folder of the records itself"))


def _snapshot(vault: Vault, staging: Path, progress: Progress) -> _Snapshot:
    """Copy the live database under a key for this once, and check the copy."""
    progress.begin(N_("Copying the records"))
    path, key = staging / "snapshot.db", os.urandom(DATABASE_KEY_SIZE)
    with vault.database.driver() as connection:
        copy_database(connection, path, key, progress)
    connection = connect(path, key)
    try:
        demand_whole(connection)
        revision = demand_expected(connection, _SNAPSHOT_NAME)
        counts = row_counts(connection)
        names = connection.execute(
            "SELECT file_name, file_sha256 FROM attachment WHERE file_name != '' ORDER BY 1"
        ).fetchall()
    finally:
        close_whole(connection)
    return _Snapshot(path, key, revision, counts, _log_of(path, key), tuple(names))


def _log_of(path: Path, key: bytes) -> LogState:
    copy = Database(path, key, Writer("", system_clock))
    try:
        with copy.reading() as session:
            return audit.log_state(session)
    finally:
        copy.close()


class _Backup:
    """One run: what the steps have in common."""

    def __init__(
        self,
        vault: Vault,
        target: Path,
        snapshot: _Snapshot,
        staging: Path,
        progress: Progress,
        part_size: int,
    ) -> None:
        self.vault, self.snapshot, self.staging = vault, snapshot, staging
        self.progress, self.part_size = progress, part_size
        self.backup_id, self.key = new_id(), os.urandom(KEY_SIZE)
        self.folder = store_folder(target, vault.keyring.store_id)
        self.moment = vault.clock()
        self.written = 0
        self.warnings: list[DeskError] = []

    def run(self) -> BackupResult:
        private_folder(self.folder)
        name = free_name(self.folder, self.moment)
        part = self._fresh_part()
        try:
            carried = self._write(part)
            self._prove(part, carried)
            self._remember(name, proved=False)
            generation = part.with_name(name)
            rename(part, generation)
        except BaseException:
            clear_away(part)
            raise
        self._remember(name, proved=True)
        self._look_at_log()
        unknown = self._unknown()
        pruned = self._prune(generation)
        return BackupResult(
            generation, self.written, pruned, carried.damaged, unknown, tuple(self.warnings)
        )

    def _look_at_log(self) -> None:
        """Warn when the access log is broken: the backup holds it as it is."""
        try:
            with self.vault.database.reading() as session:
                audit.verify(session, self.vault.writer.log_key)
        except TraceBroken as warning:
            self.warnings.append(warning)

    def _prune(self, generation: Path) -> tuple[str, ...]:
        """Remove what is not kept; a fault there does not make the proved backup worse."""
        try:
            with place_faults(THE_STICK):
                return prune(self.folder, generation)
        except DeskError as warning:
            self.warnings.append(warning)
            return ()

    def _fresh_part(self) -> Path:
        for leftover in self.folder.glob(f"{UNFINISHED}*"):
            remove_folder(leftover)
        return private_folder(self.folder / f"{UNFINISHED}{self.backup_id[:12]}")

    # -- written ------------------------------------------------------------------------------

    def _write(self, part: Path) -> Carried:
        """Write everything but the manifest."""
        size = self.snapshot.path.stat().st_size
        header = self._header()
        room_for(self.folder, container_size(size, header) * 11 // 10, THE_STICK)
        parts = self._write_database(part, size, header)
        carried = carry_attachments(
            self.vault.folder / FILES, self.folder / FILES, self.snapshot.names, self.progress
        )
        texts = self._write_texts(part)
        sync_folder(part)
        self.written += carried.written
        return replace(carried, files=(*parts, *texts, *carried.files))

    def _header(self) -> dict[str, str]:
        self._file_key = os.urandom(KEY_SIZE)
        where = context("container", self.backup_id)
        wrapped = seal_value(self.key, self._file_key, where)
        return {"kind": "database", "backup": self.backup_id, "key": wrapped.hex()}

    def _write_database(self, part: Path, size: int, header: dict[str, str]) -> list[Listed]:
        self.progress.begin(N_("Writing to the stick"))
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            self.progress.step(min(done, size), size)

        with (
            self.snapshot.path.open("rb") as source,
            PartWriter(part, DATABASE, self.part_size) as target,
        ):
            write_container(source, size, target, self._file_key, header, step)
        for line in target.listed():
            sync_file(part / line.name)
            self.written += line.size
        return target.listed()

    def _write_texts(self, part: Path) -> list[Listed]:
        texts = {KEYS: self._backup_keys().to_bytes()}
        for name in (README, SCRIPT):
            texts[name] = (resources() / "stick" / name).read_bytes()
        for name, content in texts.items():
            write_file(part / name, content)
            self.written += len(content)
        write_file(self.folder.parent / README, texts[README])
        return [
            Listed(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in texts.items()
        ]

    def _holders(self) -> list[Keyholder]:
        kinds = (HolderKind.RECOVERY, HolderKind.TRAVEL)
        found = (self.vault.keyring.find(kind) for kind in kinds)
        return [holder for holder in found if holder is not None]

    def _backup_keys(self) -> BackupKeys:
        holders, store_id = self._holders(), self.vault.keyring.store_id
        sealed = sealed_for(holders, self.backup_id, self.key)
        return BackupKeys(self.backup_id, store_id, tuple(holders), sealed)

    # -- proved -------------------------------------------------------------------------------

    def _prove(self, part: Path, carried: Carried) -> None:
        """Read everything back from the medium, open it, and only then write the manifest."""
        manifest = self._manifest(carried)
        for line in carried.files:
            forget_cached(part / line.name)
        read_back(part, manifest, self.key, self.staging, self.progress)
        content = manifest.to_bytes()
        write_file(part / MANIFEST, content)
        self.written += len(content)
        forget_cached(part / MANIFEST)
        if (part / MANIFEST).read_bytes() != content:
            raise BackupNotGood(what=MANIFEST)
        self._manifest_sum = hashlib.sha256(content).hexdigest()

    def _manifest(self, carried: Carried) -> Manifest:
        body = sealed_body(self._body(carried), self.backup_id, self.key)
        manifest = Manifest(self.backup_id, self.vault.recovery_set, carried.files, body, {})
        bound = manifest.bound()
        keys = {h.id: self.vault.backup_witness_key(h) for h in self._holders()}
        return replace(manifest, witness={holder: mac(key, bound) for holder, key in keys.items()})

    def _body(self, carried: Carried) -> Body:
        return Body(
            made_at=stamp(self.moment),
            epoch=self.vault.keyring.epoch,
            seq=self.snapshot.log.seq,
            head=self.snapshot.log.head,
            revision=self.snapshot.revision,
            program=__version__,
            database_size=self.snapshot.path.stat().st_size,
            database_key=self.snapshot.key.hex(),
            counts=self.snapshot.counts,
            keyring=self.vault.keyring.to_content(),
            damaged=list(carried.damaged),
        )

    # -- remembered ---------------------------------------------------------------------------

    def _unknown(self) -> tuple[str, ...]:
        """Return finished backups of this store on the medium that these records do not know."""
        with self.vault.database.reading() as session:
            known = set(session.scalars(select(BackupGeneration.folder)))
        known.add(folder_stamp(self.moment))
        return tuple(g.name for g in generations(self.folder) if g.name not in known)

    def _remember(self, name: str, *, proved: bool) -> None:
        """Keep the backup's key, sealed, so that a director can check it here any time.

        Once before the generation gets its name and once after it, so that a power cut between
        the two leaves no backup that its own records do not know. A disk that takes no more is no
        reason to go without a backup: then it is a warning.
        """
        row = BackupGeneration(
            id=self.backup_id,
            made_at=self.moment,
            made_by=self.vault.me.id,
            folder=name,
            recovery_set=self.vault.recovery_set,
            sealed_keys=kept_for(self.vault.keyring, self.backup_id, self.key),
            manifest_sha256=self._manifest_sum if proved else "",
        )
        try:
            with self.vault.database.writing() as session:
                session.merge(row)
                if proved:
                    audit.note(session, [Entry("backed up", "backup", self.backup_id)])
            if proved:
                self.vault.settle()
        except (CannotWrite, DiskFailing, NoSpace) as warning:
            self.warnings.append(warning)
