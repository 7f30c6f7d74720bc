"""Writing a backup: it counts only after it has been read back from the medium and opened.

Copy under writers → check → encrypt onto the medium under an unfinished name → sync → read back,
compare, decrypt, open → manifest → rename → only then prune. A pulled stick at any moment leaves
the earlier backups untouched and one unfinished folder that the next backup removes.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from shelterdesk import __version__
from shelterdesk.core.calendar.clock import folder_stamp, stamp
from shelterdesk.core.errors import (
    BackupNotGood,
    CannotWrite,
    DeskError,
    DiskFailing,
    NoSpace,
    SetupUnfinished,
    TraceBroken,
)
from shelterdesk.core.i18n import N_
from shelterdesk.core.paths import resources
from shelterdesk.core.work import Progress
from shelterdesk.records.base import new_id
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.store.backup.backup_copy import (
    CopyPlace,
    Snapshot,
    place_for_copies,
    take_snapshot,
)
from shelterdesk.store.backup.backup_files import Carried, carry_attachments, clear_abandoned, prune
from shelterdesk.store.backup.manifest import (
    BackupKeys,
    Body,
    Manifest,
    sealed_body,
)
from shelterdesk.store.backup.opened_backup import read_back
from shelterdesk.store.backup.stick import (
    DATABASE,
    KEYS,
    MANIFEST,
    OURS,
    PART_SIZE,
    README,
    SCRIPT,
    TOP,
    UNFINISHED,
    Generation,
    ListedFile,
    PartWriter,
    free_name,
    generation_names,
    short_id,
)
from shelterdesk.store.backup.stick_marks import compare, new_mark
from shelterdesk.store.database.snapshot import remove_database
from shelterdesk.store.disk.container import container_size, write_container
from shelterdesk.store.disk.durable import open_ordinary
from shelterdesk.store.disk.faults import THE_STICK, disk_faults, place_faults
from shelterdesk.store.disk.kept_files import KeptFiles, files_below
from shelterdesk.store.disk.outside import Folder
from shelterdesk.store.disk.target import SameDisk, demand_still_there, held_target, same_disk
from shelterdesk.store.keyring.keyring import HolderKind, Keyholder
from shelterdesk.store.keyring.seals import KEY_SIZE, context, mac, seal_value
from shelterdesk.store.keyring.vouching import demand_relied_on
from shelterdesk.store.log import audit, walk
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.log_order import made_in_order
from shelterdesk.store.vault.backup_keys import kept_for, sealed_for
from shelterdesk.store.vault.vault import Vault


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


ELSEWHERE = "backed up on another disk"
"""A fact of the vault: a backup was proved on a disk that is not the one of the records."""


@disk_faults()
def make_backup(
    vault: Vault,
    target: Path,
    progress: Progress,
    part_size: int = PART_SIZE,
    *,
    chosen: int | None = None,
) -> BackupResult:
    """Write one backup generation onto the medium at `target` and prove it.

    `chosen` is the disk that the target lay on when it was chosen (`target.device_of`), if that
    was before now. Raises SetupUnfinished before the pages were typed back, NoSpace, MediumGone,
    DiskFailing, BackupNotGood, StrangeFile, Cancelled. In every one of these cases earlier backups
    are as they were, and nothing lies outside the medium.
    """
    if not vault.setup_finished:
        raise SetupUnfinished
    demand_relied_on(vault.standing)
    warnings: list[DeskError] = []
    with (
        place_faults(THE_STICK),
        held_target(target, vault.place.root, chosen, warnings) as medium,
        medium.made_folder(TOP) as top,
        top.made_folder(short_id(vault.keyring.store_id)) as shelf,
    ):
        is_elsewhere = not same_disk(medium, vault.place.root)
        if not is_elsewhere:
            warnings.append(SameDisk())
        top.write(README, _resource(README))
        run = _Backup(vault, shelf, warnings, progress, part_size)
        result = run.made(lambda: demand_still_there(medium, target))
        demand_still_there(medium, target)
        if is_elsewhere and vault.fact_or_none(ELSEWHERE) is None:
            vault.keep_fact(ELSEWHERE, "yes")
        return result


def _resource(name: str) -> bytes:
    return (resources() / "stick" / name).read_bytes()


class _Backup:
    """One run: what the steps have in common."""

    moment: datetime
    snapshot: Snapshot
    copies: CopyPlace

    def __init__(
        self,
        vault: Vault,
        shelf: Folder,
        warnings: list[DeskError],
        progress: Progress,
        part_size: int,
    ) -> None:
        self.vault, self.shelf, self.warnings = vault, shelf, warnings
        self.progress, self.part_size = progress, part_size
        self.backup_id, self.key = new_id(), os.urandom(KEY_SIZE)
        self.written = 0

    def made(self, still_there: Callable[[], None]) -> BackupResult:
        """Make it; `still_there` is asked before it gets its name."""
        name, self.moment = free_name(self.shelf, self.vault.clock)
        self.warnings += clear_abandoned(self.shelf)
        unfinished = f"{UNFINISHED}{self.backup_id[:12]}"
        try:
            with self.shelf.new_folder(unfinished) as part:
                carried = self._filled(part)
            self._remember(name, proved=False)
            still_there()
            self.shelf.rename(unfinished, name)
        except BaseException:
            self._give_up(unfinished)
            raise
        self._remember(name, proved=True)
        self._look_at_log()
        unknown = self._unknown()
        pruned = self._prune(name)
        place = self.shelf.path / name
        return BackupResult(
            place, self.written, pruned, carried.damaged, unknown, tuple(self.warnings)
        )

    def _filled(self, part: Folder) -> Carried:
        with place_for_copies(self.vault, part) as self.copies:
            self.snapshot = take_snapshot(self.vault, self.copies, self.progress)
            carried = self._write(part)
            self._prove(part, carried)
        part.sync()
        return carried

    def _give_up(self, unfinished: str) -> None:
        """Remove what was begun, if that can be done now; the next backup does the rest."""
        with contextlib.suppress(DeskError, OSError):
            self.shelf.remove_tree(unfinished, OURS)

    def _look_at_log(self) -> None:
        """Warn when the access log is broken, or when this stick has seen more of it than is here.

        The backup holds it as it is.
        """
        writer = self.vault.writer
        try:
            with self.vault.database.reading() as session:
                walk.verify_from_where_it_holds(session, writer.log_key, (), writer.signers)
        except TraceBroken as warning:
            self.warnings.append(warning)
        try:
            self.warnings += compare(self.vault, self.shelf)
        except (CannotWrite, DiskFailing, NoSpace) as warning:
            self.warnings.append(warning)

    def _prune(self, made: str) -> tuple[str, ...]:
        """Remove what is not kept; a fault there does not make the proved backup worse.

        While it is doubted that these are the records of last time, every earlier backup stays.
        """
        if self.vault.doubt() is not None:
            return ()
        try:
            with self.vault.database.reading() as session:
                known = made_in_order(session)
            with place_faults(THE_STICK):
                gone, left = prune(self.shelf, made, known)
        except DeskError as warning:
            self.warnings.append(warning)
            return ()
        self.warnings += left
        return gone

    # -- written ------------------------------------------------------------------------------

    def _write(self, part: Folder) -> Carried:
        """Write everything but the manifest."""
        header = self._header()
        part.demand_room(container_size(self.snapshot.size, header) * 11 // 10)
        parts = self._write_database(part, header)
        with files_below(self.vault.folder) as own:
            carried = carry_attachments(
                own, KeptFiles(self.shelf), self.snapshot.names, self.progress
            )
        texts = self._write_texts(part)
        part.sync()
        self.written += carried.written
        return replace(carried, files=(*parts, *texts, *carried.files))

    def _header(self) -> dict[str, str]:
        self._file_key = os.urandom(KEY_SIZE)
        where = context("container", self.backup_id)
        wrapped = seal_value(self.key, self._file_key, where)
        return {"kind": "database", "backup": self.backup_id, "key": wrapped.hex()}

    def _write_database(self, part: Folder, header: dict[str, str]) -> list[ListedFile]:
        self.progress.begin(N_("Writing to the stick"))
        size, done = self.snapshot.size, 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            self.progress.step(min(done, size), size)

        with (
            open_ordinary(self.snapshot.path) as source,
            PartWriter(part, DATABASE, self.part_size) as target,
        ):
            write_container(source, size, target, self._file_key, header, step)
        remove_database(self.snapshot.path)
        self.written += sum(line.size for line in target.listed())
        return target.listed()

    def _write_texts(self, part: Folder) -> list[ListedFile]:
        texts = {KEYS: self._backup_keys().to_bytes()}
        texts |= {name: _resource(name) for name in (README, SCRIPT)}
        for name, content in texts.items():
            part.write(name, content)
            self.written += len(content)
        return [
            ListedFile(name, len(content), hashlib.sha256(content).hexdigest())
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

    def _prove(self, part: Folder, carried: Carried) -> None:
        """Read everything back from the medium, open it, and only then write the manifest."""
        manifest, generation = self._manifest(carried), Generation(self.shelf, part)
        for line in carried.files:
            generation.forget_cached(line)
        read_back(generation, manifest, self.key, self.copies, self.progress)
        content = manifest.to_bytes()
        part.write(MANIFEST, content)
        self.written += len(content)
        part.forget_cached(MANIFEST)
        if part.read(MANIFEST, len(content)) != content:
            raise BackupNotGood(what=MANIFEST)
        self._manifest_sum = hashlib.sha256(content).hexdigest()

    def _manifest(self, carried: Carried) -> Manifest:
        mark = new_mark(self.vault, self.backup_id, self.snapshot.log)
        own = self.vault.recovery_set
        manifest = Manifest(self.backup_id, own, carried.files, b"", {}, mark)
        body = manifest.signed_body(self._body(carried), self.vault.keys.private_key)
        manifest = replace(manifest, body=sealed_body(body, self.backup_id, self.key))
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
            database_size=self.snapshot.size,
            database_key=self.snapshot.key.hex(),
            counts=self.snapshot.counts,
            keyring=self.vault.keyring.to_backup(),
            damaged=list(carried.damaged),
            maker=self.vault.me.id,
        )

    # -- remembered ---------------------------------------------------------------------------

    def _unknown(self) -> tuple[str, ...]:
        """Return finished backups of this store on the medium that these records do not know."""
        with self.vault.database.reading() as session:
            known = set(session.scalars(select(BackupGeneration.folder)))
        known.add(folder_stamp(self.moment))
        return tuple(name for name in generation_names(self.shelf) if name not in known)

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
                    audit.note(session, [LogEntry("backed up", "backup", self.backup_id)])
            if proved:
                self.vault.settle()
        except (CannotWrite, DiskFailing, NoSpace) as warning:
            self.warnings.append(warning)
