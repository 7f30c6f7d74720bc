"""A backup that somebody has opened: by two pages, by the travel passphrase, or from its vault.

Opening checks that the backup was written by the vault whose paper is in the hand. Checking reads
every byte, decrypts the database copy and opens it; nothing is ever decrypted to plain text on a
disk, because the copy inside the container is itself an encrypted database.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import (
    BackupDamaged,
    BackupNotGood,
    DamagedFile,
    DeskError,
    MediumGone,
    NoBackup,
    StrangeFile,
    WrongPages,
    WrongPassphrase,
    WrongTravelPassphrase,
)
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import canonical as canonical_passphrase
from shelterdesk.core.permissions import Area, Right, reach
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.store.backup.backup_copy import CopyPlace
from shelterdesk.store.backup.manifest import (
    BackupKeys,
    Body,
    Manifest,
    check_sums,
    read_backup_keys,
    read_manifest,
)
from shelterdesk.store.backup.stick import (
    COPIES,
    DATABASE,
    MANIFEST,
    Generation,
    PartReader,
    entered_generation,
)
from shelterdesk.store.database.attachments import opened_key
from shelterdesk.store.database.database import DriverConnection, close_whole, connect
from shelterdesk.store.database.integrity import demand_whole, row_counts
from shelterdesk.store.database.schema import demand_expected
from shelterdesk.store.database.snapshot import remove_database
from shelterdesk.store.disk.container import read_chunks, read_header
from shelterdesk.store.disk.durable import open_private
from shelterdesk.store.disk.faults import THE_DISK, THE_STICK, place_faults
from shelterdesk.store.disk.kept_files import ATTACHMENT_NAME, KeptFiles
from shelterdesk.store.keyholders.proposals import travel_witness_key
from shelterdesk.store.keyring.keyring import HolderKind, Keyholder, Keyring
from shelterdesk.store.keyring.keys import Keys, demand_as_locked, held_by, open_holder
from shelterdesk.store.keyring.recovery import RecoverySecret, combined
from shelterdesk.store.keyring.seals import context, open_sealed, open_value, public_key_of
from shelterdesk.store.vault.backup_keys import backup_key_context, opened
from shelterdesk.store.vault.vault import Vault

_COPY_NAME: Final = N_("the copy of the records in it")
_NOT_OURS: Final = N_(
    "This backup was not written by the records that this paper or passphrase belongs to. Nothing "
    "was changed. Do not use this stick; tell the director."
)


@dataclass(frozen=True)
class OpenedBackup:
    """A generation, the key that opens it, and who opened it."""

    generation: Path
    manifest: Manifest
    key: bytes
    opened_by: str
    """Keyholder id, for the log."""
    private_key: bytes = b""
    """Of the recovery set, or of the director who opened it: the way to every compartment."""
    kind: HolderKind = HolderKind.PERSON
    """By what it was opened: the pages, the travel passphrase, or a director."""

    def __repr__(self) -> str:
        return "<OpenedBackup>"

    @contextlib.contextmanager
    def held(self) -> Iterator[Generation]:
        """Hold its folder, to read in it; raises MediumGone, StrangeFile."""
        with place_faults(THE_STICK), entered_generation(self.generation) as generation:
            yield generation

    def body(self) -> Body:
        """Return what only the key shows; raises BackupDamaged."""
        with damage_told_as(BackupDamaged):
            return self.manifest.opened(self.key)

    def keys(self) -> Keys:
        """Return the secrets that the opener holds beside the backup key; of that day, or none."""
        keyring = Keyring.from_content(self.body().keyring)
        holder = keyring.holder(self.opened_by)
        mine = public_key_of(self.private_key) if self.private_key else None
        if holder is None or holder.public_key != mine:
            return Keys(keyring.store_id, self.opened_by, self.private_key)
        return held_by(keyring, holder, self.private_key)


@contextlib.contextmanager
def damage_told_as(kind: type[DeskError]) -> Iterator[None]:
    """Tell damage found inside the block as damage of the backup."""
    try:
        yield
    except DamagedFile as fault:
        raise kind(what=fault.facts.get("what", _COPY_NAME)) from fault


def demand_generation(folder: Path) -> Path:
    """Return `folder` if it holds a finished backup; raises NoBackup."""
    try:
        with entered_generation(folder) as generation:
            lying = generation.folder.look(MANIFEST)
    except (FileNotFoundError, MediumGone, StrangeFile) as fault:
        raise NoBackup from fault
    if lying is None:
        raise NoBackup
    return folder


def open_by_pages(folder: Path, typed: Sequence[Sequence[str]]) -> OpenedBackup:
    """Open a generation with two recovery pages as typed; raises WrongPages, BackupDamaged."""
    manifest, keys = _outside(folder)
    holder = _holder(keys, HolderKind.RECOVERY)
    secret: RecoverySecret = combined(typed, holder.set_number)
    if secret.public_key != holder.public_key:
        raise WrongPages(wanted=holder.set_number)
    return _opened(folder, manifest, keys, holder, secret.private_key, secret.witness_key)


def open_by_travel(folder: Path, passphrase: str) -> OpenedBackup:
    """Open a generation with the travel passphrase; raises WrongTravelPassphrase."""
    manifest, keys = _outside(folder)
    holder = next((h for h in keys.holders if h.kind is HolderKind.TRAVEL), None)
    if holder is None:
        raise WrongTravelPassphrase
    try:
        private_key, used = open_holder(keys.store_id, holder, canonical_passphrase(passphrase))
    except WrongPassphrase:
        raise WrongTravelPassphrase from None
    witness = travel_witness_key(private_key)
    opened = _opened(folder, manifest, keys, holder, private_key, witness)
    demand_as_locked("packed_chain" in opened.body().keyring, used)
    return opened


def open_by_vault(folder: Path, vault: Vault) -> OpenedBackup:
    """Open a generation that this vault has made, for a director, who holds its key.

    Raises NoBackup for one it does not know, NotYoursToOpen for whoever does not direct.
    """
    manifest, keys = _outside(folder)
    with vault.database.reading() as session:
        known = session.get(BackupGeneration, manifest.backup_id)
    if known is None:
        raise NoBackup(
            N_("These records do not know this backup. Open it with two recovery pages.")
        )
    for holder in keys.holders:
        _demand_witnessed(manifest, holder, vault.backup_witness_key(holder))
    key = opened(known, vault.keys)
    backup = OpenedBackup(folder, manifest, key, vault.me.id, vault.keys.private_key)
    _demand_made_by_one_of_us(backup)
    return backup


def _outside(folder: Path) -> tuple[Manifest, BackupKeys]:
    demand_generation(folder)
    manifest, keys = read_manifest(folder), read_backup_keys(folder)
    if manifest.backup_id != keys.backup_id:
        raise BackupDamaged(what=N_("The keyring of the backup"))
    return manifest, keys


def _holder(keys: BackupKeys, kind: HolderKind) -> Keyholder:
    holder = next((h for h in keys.holders if h.kind is kind), None)
    if holder is None:
        raise BackupDamaged(what=N_("The keyring of the backup"))
    return holder


def _opened(
    folder: Path,
    manifest: Manifest,
    keys: BackupKeys,
    holder: Keyholder,
    private_key: bytes,
    witness_key: bytes,
) -> OpenedBackup:
    where = backup_key_context(manifest.backup_id, holder.id)
    sealed = keys.sealed.get(holder.id, b"")
    with damage_told_as(BackupDamaged):
        key = open_sealed(private_key, sealed, where, N_("The keyring of the backup"))
    _demand_witnessed(manifest, holder, witness_key)
    opened = OpenedBackup(folder, manifest, key, holder.id, _kept(holder, private_key), holder.kind)
    _demand_made_by_one_of_us(opened)
    return opened


def _kept(holder: Keyholder, private_key: bytes) -> bytes:
    """Return what is kept of the opener's key: a travel pair opens nothing more."""
    return private_key if holder.kind is HolderKind.RECOVERY else b""


def _demand_made_by_one_of_us(opened: OpenedBackup) -> None:
    """Raise BackupDamaged unless somebody signed the manifest who may make backups.

    One of format 1 bears no signature: nobody vouches for the list in it either.
    """
    body = opened.body()
    with damage_told_as(BackupDamaged):
        keyring = Keyring.from_content(body.keyring)
    if keyring.chain is None:
        return
    maker = keyring.holder(body.maker)
    may = maker is not None and maker.active and reach(maker.roles, Area.BACKUP, Right.WRITE)
    if maker is None or not may or not opened.manifest.is_signed_by(maker, body):
        raise BackupDamaged(_NOT_OURS)


def _demand_witnessed(manifest: Manifest, holder: Keyholder, key: bytes) -> None:
    if not manifest.is_witnessed(holder, key):
        raise BackupDamaged(_NOT_OURS)


# -- checked --------------------------------------------------------------------------------------


def read_back(
    part: Generation, manifest: Manifest, key: bytes, copies: CopyPlace, progress: Progress
) -> None:
    """Prove a backup that was just written; raises BackupNotGood."""
    try:
        with damage_told_as(BackupDamaged):
            check_sums(part, manifest, progress)
            _open_database(part, manifest, key, copies, progress)
    except BackupDamaged as fault:
        raise BackupNotGood(what=fault.facts.get("what", "")) from fault


def verify_sums(folder: Path, progress: Progress) -> Manifest:
    """Check a generation without a secret; raises NoBackup, BackupDamaged naming what is wrong."""
    manifest, _ = _outside(folder)
    with entered_generation(folder) as generation:
        check_sums(generation, manifest, progress)
    return manifest


def verify_whole(opened: OpenedBackup, staging: Path, progress: Progress) -> Body:
    """Check every byte and every authentication tag of a generation, and open its database.

    `staging` takes the still encrypted copy for a moment. Raises BackupDamaged.
    """
    copies = CopyPlace(staging, THE_DISK)
    with damage_told_as(BackupDamaged), opened.held() as generation:
        check_sums(generation, opened.manifest, progress)
        return _open_database(
            generation, opened.manifest, opened.key, copies, progress, opened.keys()
        )


def _open_database(
    generation: Generation,
    manifest: Manifest,
    key: bytes,
    copies: CopyPlace,
    progress: Progress,
    keys: Keys | None = None,
) -> Body:
    body, copy = manifest.opened(key), copies.folder / COPIES[1]
    extract_database(generation, manifest, key, copy, progress, copies.where)
    try:
        with copies.faults():
            connection = connect(copy, bytes.fromhex(body.database_key))
            try:
                demand_described(connection, body)
                if keys is not None:
                    check_attachments(connection, generation.files, keys, body, progress)
            finally:
                close_whole(connection)
    finally:
        remove_database(copy)
    return body


def extract_database(
    generation: Generation,
    manifest: Manifest,
    key: bytes,
    target: Path,
    progress: Progress,
    where: str = THE_DISK,
) -> None:
    """Decrypt the container into `target`, which is still an encrypted database.

    `where` is how the disk of `target` is called when it is full. No more is written than the
    body of the manifest says.
    """
    progress.begin(N_("Opening the copy"))
    parts = [line for line in manifest.files if line.name.startswith(DATABASE)]
    left = size = manifest.opened(key).database_size
    names = (part.name for part in parts)
    with place_faults(THE_STICK), PartReader(generation.folder, names) as source:
        header, front = read_header(source)
        bound = context("container", manifest.backup_id)
        file_key = open_value(key, _wrapped(header), bound, _COPY_NAME)
        with place_faults(where), open_private(target) as plain:
            for chunk in read_chunks(source, file_key, front):
                left -= len(chunk)
                if left < 0:
                    raise DamagedFile(what=_COPY_NAME)
                plain.write(chunk)
                progress.step(size - left, size)


def _wrapped(header: dict[str, object]) -> bytes:
    try:
        return bytes.fromhex(str(header["key"]))
    except (KeyError, ValueError) as fault:
        raise DamagedFile(what=_COPY_NAME) from fault


def demand_described(connection: DriverConnection, body: Body) -> None:
    """Raise DamagedFile unless a database copy is whole and is what the manifest describes."""
    demand_expected(connection, _COPY_NAME)
    demand_whole(connection, _COPY_NAME)
    newest = "SELECT seq, mac FROM audit_event ORDER BY seq DESC LIMIT 1"
    head = connection.execute(newest).fetchone()
    if row_counts(connection) != body.counts or head != (body.seq, body.head):
        raise DamagedFile(what=_COPY_NAME)


def check_attachments(
    connection: DriverConnection, files: KeptFiles, keys: Keys, body: Body, progress: Progress
) -> None:
    """Check the tags of every attached file whose key is held; checksums cover the others."""
    progress.begin(N_("Checking attached files"))
    rows = connection.execute(
        "SELECT id, file_name, compartment, file_key FROM attachment WHERE file_name != ''"
    ).fetchall()
    for done, (record_id, name, compartment, kept) in enumerate(rows):
        progress.step(done, len(rows))
        key = _file_key(keys, record_id, compartment, kept)
        if key is not None and name not in body.damaged:
            _check_attachment(files, name, key)


def _file_key(keys: Keys, record_id: str, compartment: str, kept: bytes) -> bytes | None:
    return opened_key(keys, record_id, compartment, kept)


def _check_attachment(files: KeptFiles, name: str, key: bytes) -> None:
    try:
        with place_faults(THE_STICK), files.opened(name) as file:
            _, front = read_header(file)
            for _ in read_chunks(file, key, front):
                pass
    except StrangeFile as fault:
        raise DamagedFile(what=ATTACHMENT_NAME) from fault
