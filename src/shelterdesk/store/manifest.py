"""What one backup consists of: checksums for everybody, the rest under the backup's own key.

Outside: random names, padded sizes, SHA-256 of every file, the number of the recovery set. Inside,
under the backup key: what state the records were in, the keyring of all staff, and the key of the
database copy. `witness` proves to the recovery pages and the travel passphrase, each by a key of
its own, that the backup was written by the vault and not by somebody who found the stick.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import BackupDamaged, DamagedFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.store.checked_json import Content, canonical, decode, encode, from_text, to_text
from shelterdesk.store.durable import sha256_of
from shelterdesk.store.faults import THE_STICK, place_faults
from shelterdesk.store.keyring import Keyholder
from shelterdesk.store.seals import context, mac, open_value, same, seal_value
from shelterdesk.store.stick import KEYS, MANIFEST, Listed

MANIFEST_FORMAT: Final = "shelterdesk-backup"
KEYS_FORMAT: Final = "shelterdesk-backup-keys"
VERSION: Final = 1
_MANIFEST_NAME: Final = N_("The manifest of the backup")
_KEYS_NAME: Final = N_("The keyring of the backup")
_LARGEST: Final = 64 << 20
_NAMES: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}|\.\./files/[0-9a-f]{2}/[0-9a-f]{64}\.sdf")
MISSING: Final = N_(
    "This backup is incomplete: {what} is missing. Nothing was changed. Choose another backup on "
    "this or another stick."
)


@dataclass(frozen=True)
class Body:
    """What only the holder of the backup key reads."""

    made_at: str
    epoch: int
    seq: int
    head: str
    revision: str
    program: str
    database_size: int
    database_key: str
    counts: dict[str, int]
    keyring: Content
    damaged: list[str] = field(default_factory=list)
    """Attached files that were already damaged on the computer, and are not in the backup."""

    def __repr__(self) -> str:
        return "<Body>"


@dataclass(frozen=True)
class Manifest:
    """One backup, as a stranger sees it."""

    backup_id: str
    recovery_set: int
    files: tuple[Listed, ...]
    body: bytes
    witness: dict[str, str]

    def bound(self) -> bytes:
        """Return what the witness macs cover: everything but themselves."""
        listed = [line.to_content() for line in self.files]
        return canonical([self.backup_id, self.recovery_set, listed, self.body.hex()])

    def is_witnessed(self, holder: Keyholder, key: bytes) -> bool:
        """Tell whether the vault that this keyholder knows has written this backup."""
        return same(self.witness.get(holder.id, ""), mac(key, self.bound()))

    def opened(self, backup_key: bytes) -> Body:
        """Return the body; raises DamagedFile when the key does not open it."""
        plain = open_value(backup_key, self.body, body_context(self.backup_id), _MANIFEST_NAME)
        return Body(**json.loads(plain))

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        content = {
            "backup_id": self.backup_id,
            "recovery_set": self.recovery_set,
            "files": [line.to_content() for line in self.files],
            "body": to_text(self.body),
            "witness": self.witness,
        }
        return encode(MANIFEST_FORMAT, VERSION, content)


def body_context(backup_id: str) -> bytes:
    """Return what a manifest's body is bound to."""
    return context("manifest", backup_id)


def sealed_body(body: Body, backup_id: str, backup_key: bytes) -> bytes:
    """Encrypt the body under the backup key."""
    return seal_value(backup_key, canonical(vars(body)), body_context(backup_id))


def read_manifest(generation: Path) -> Manifest:
    """Read a generation's manifest; raises BackupDamaged, NewerFile."""
    content = _checked(generation / MANIFEST, MANIFEST_FORMAT, _MANIFEST_NAME)
    try:
        return Manifest(
            backup_id=str(content["backup_id"]),
            recovery_set=int(content["recovery_set"]),
            files=tuple(_listed(line) for line in content["files"]),
            body=from_text(content["body"]),
            witness={str(k): str(v) for k, v in content["witness"].items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise BackupDamaged(what=_MANIFEST_NAME) from fault


def _listed(line: Content) -> Listed:
    """Read one line; a name that leads out of the store's folder on the stick is refused."""
    listed = Listed(str(line["name"]), int(line["size"]), str(line["sha256"]))
    if not _NAMES.fullmatch(listed.name):
        raise BackupDamaged(what=_MANIFEST_NAME)
    return listed


def _checked(path: Path, name: str, what: str) -> Content:
    try:
        with place_faults(THE_STICK):
            if path.stat().st_size > _LARGEST:
                raise BackupDamaged(what=what)
            return decode(path.read_bytes(), name, VERSION, what)
    except DamagedFile as fault:
        raise BackupDamaged(what=what) from fault


@dataclass(frozen=True)
class BackupKeys:
    """Who can open a backup: recovery pages and travel passphrase, with its key sealed to each."""

    backup_id: str
    store_id: str
    """The random id that a travel passphrase's lock is bound to."""
    holders: tuple[Keyholder, ...]
    sealed: dict[str, bytes]

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        content = {
            "backup_id": self.backup_id,
            "store_id": self.store_id,
            "holders": [holder.to_content() for holder in self.holders],
            "sealed": {holder: to_text(sealed) for holder, sealed in self.sealed.items()},
        }
        return encode(KEYS_FORMAT, VERSION, content)


def read_backup_keys(generation: Path) -> BackupKeys:
    """Read who can open a generation; raises BackupDamaged, NewerFile."""
    content = _checked(generation / KEYS, KEYS_FORMAT, _KEYS_NAME)
    try:
        return BackupKeys(
            backup_id=str(content["backup_id"]),
            store_id=str(content["store_id"]),
            holders=tuple(Keyholder.from_content(h) for h in content["holders"]),
            sealed={str(k): from_text(v) for k, v in content["sealed"].items()},
        )
    except (AttributeError, DamagedFile, KeyError, TypeError, ValueError) as fault:
        raise BackupDamaged(what=_KEYS_NAME) from fault


def check_sums(generation: Path, manifest: Manifest, progress: Progress) -> None:
    """Compare every listed file with its size and checksum.

    Finds any single changed or missing byte without a secret. Raises BackupDamaged.
    """
    progress.begin(N_("Comparing checksums"))
    total = sum(line.size for line in manifest.files) or 1
    done = 0
    for line in manifest.files:
        _check_file(generation, line)
        done += line.size
        progress.step(done, total)


def _check_file(generation: Path, line: Listed) -> None:
    path = generation / line.name
    with place_faults(THE_STICK):
        if not path.is_file():
            raise BackupDamaged(MISSING, what=path.name)
        if path.stat().st_size != line.size or sha256_of(path) != line.sha256:
            raise BackupDamaged(what=path.name)
