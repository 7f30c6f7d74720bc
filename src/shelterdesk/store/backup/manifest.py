"""What one backup consists of: checksums for everybody, the rest under the backup's own key.

Outside: random names, padded sizes, SHA-256 of every file, the number of the recovery set. Inside,
under the backup key: what state the records were in, the keyring of all staff, and the key of the
database copy. `witness` proves to the recovery pages and the travel passphrase, each by a key of
its own, that the backup was written by the vault and not by somebody who found the stick.
"""

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import BackupDamaged, DamagedFile, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.stick import (
    DATABASE,
    KEYS,
    MANIFEST,
    PART_SIZE,
    Generation,
    ListedFile,
    entered_generation,
)
from shelterdesk.store.disk.checked_json import (
    Content,
    canonical,
    decode,
    encode,
    from_text,
    parsed_object,
    to_text,
    whole_number,
)
from shelterdesk.store.disk.faults import THE_STICK, place_faults
from shelterdesk.store.disk.kept_files import LARGEST_KEPT
from shelterdesk.store.disk.outside import Folder
from shelterdesk.store.keyring.keyring import MOST_HOLDERS, Keyholder
from shelterdesk.store.keyring.seals import context, mac, open_value, same, seal_value
from shelterdesk.store.keyring.signing import is_signed, signed

MANIFEST_FORMAT: Final = "shelterdesk-backup"
KEYS_FORMAT: Final = "shelterdesk-backup-keys"
VERSION: Final = 1
_MANIFEST_NAME: Final = N_("The manifest of the backup")
_KEYS_NAME: Final = N_("The keyring of the backup")
_LARGEST: Final = 32 << 20
"""Bytes of the largest manifest: a hundred thousand lines and the body."""

MOST_FILES: Final = 100_000
"""Lines of the longest manifest; a house of ten years has some thousands."""

_LARGEST_TEXT: Final = 4 << 20
_LARGEST_DATABASE: Final = 1 << 40
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
    maker: str = ""
    """Id of the keyholder who made it, in the list of `keyring`; "" in format 1."""
    signature: str = ""
    """Hers over everything else in the manifest and in here, as hexadecimal digits."""

    def __repr__(self) -> str:
        return "<Body>"


@dataclass(frozen=True)
class Manifest:
    """One backup, as a stranger sees it."""

    backup_id: str
    recovery_set: int
    files: tuple[ListedFile, ...]
    body: bytes
    witness: dict[str, str]
    mark: bytes = b""
    """How far the log went, sealed and signed by the maker; none in backups of earlier versions."""

    def bound(self) -> bytes:
        """Return what the witness macs cover: everything but themselves."""
        listed = [line.to_content() for line in self.files]
        return canonical([self.backup_id, self.recovery_set, listed, self.body.hex()])

    def is_witnessed(self, holder: Keyholder, key: bytes) -> bool:
        """Tell whether the vault that this keyholder knows has written this backup."""
        return same(self.witness.get(holder.id, ""), mac(key, self.bound()))

    def is_signed_by(self, maker: Keyholder, body: Body) -> bool:
        """Tell whether this keyholder has made the backup, with these files and this body."""
        if not re.fullmatch(r"[0-9a-f]{128}", body.signature):
            return False
        signature, where = bytes.fromhex(body.signature), _maker_context(self.backup_id)
        return is_signed(maker.signing_key, signature, self._for_maker(body), where)

    def signed_body(self, body: Body, private_key: bytes) -> Body:
        """Return the body with its maker's signature over it and over what this manifest lists."""
        where = _maker_context(self.backup_id)
        return replace(body, signature=signed(private_key, self._for_maker(body), where).hex())

    def _for_maker(self, body: Body) -> bytes:
        listed = [line.to_content() for line in self.files]
        unsigned = vars(replace(body, signature=""))
        return canonical([self.backup_id, self.recovery_set, listed, unsigned])

    def opened(self, backup_key: bytes) -> Body:
        """Return the body; raises DamagedFile when the key does not open it."""
        plain = open_value(backup_key, self.body, body_context(self.backup_id), _MANIFEST_NAME)
        try:
            return _body(parsed_object(plain))
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise DamagedFile(what=_MANIFEST_NAME) from fault

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        content = {
            "backup_id": self.backup_id,
            "recovery_set": self.recovery_set,
            "files": [line.to_content() for line in self.files],
            "body": to_text(self.body),
            "witness": self.witness,
        }
        content |= {"mark": to_text(self.mark)} if self.mark else {}
        return encode(MANIFEST_FORMAT, VERSION, content)


def _maker_context(backup_id: str) -> bytes:
    return context("manifest maker", backup_id)


def body_context(backup_id: str) -> bytes:
    """Return what a manifest's body is bound to."""
    return context("manifest", backup_id)


def sealed_body(body: Body, backup_id: str, backup_key: bytes) -> bytes:
    """Encrypt the body under the backup key."""
    return seal_value(backup_key, canonical(vars(body)), body_context(backup_id))


def _body(content: Content) -> Body:
    """Read the body; its numbers are bounded, because they become sizes and places."""
    return Body(
        made_at=str(content["made_at"]),
        epoch=whole_number(content["epoch"]),
        seq=whole_number(content["seq"]),
        head=str(content["head"]),
        revision=str(content["revision"]),
        program=str(content["program"]),
        database_size=whole_number(content["database_size"], _LARGEST_DATABASE),
        database_key=_hexadecimal(content["database_key"]),
        counts={str(table): whole_number(rows) for table, rows in content["counts"].items()},
        keyring=dict(content["keyring"]),
        damaged=[str(name) for name in content["damaged"]],
        maker=str(content.get("maker", "")),
        signature=str(content.get("signature", "")),
    )


def _hexadecimal(text: object) -> str:
    return bytes.fromhex(str(text)).hex()


def read_manifest(generation: Path) -> Manifest:
    """Read a generation's manifest; raises BackupDamaged, NewerFile."""
    with _told_as_damage(_MANIFEST_NAME), entered_generation(generation) as held:
        return manifest_in(held.folder)


def sha256_of_manifest(generation: Path) -> str:
    """Return the SHA-256 of a generation's manifest as it lies there; raises BackupDamaged."""
    with (
        _told_as_damage(_MANIFEST_NAME),
        place_faults(THE_STICK),
        entered_generation(generation) as held,
    ):
        return hashlib.sha256(held.folder.read(MANIFEST, _LARGEST)).hexdigest()


def manifest_in(folder: Folder) -> Manifest:
    """Read the manifest in a generation's folder; raises BackupDamaged, NewerFile."""
    content = _checked(folder, MANIFEST, MANIFEST_FORMAT, _MANIFEST_NAME)
    try:
        return Manifest(
            backup_id=str(content["backup_id"]),
            recovery_set=whole_number(content["recovery_set"]),
            files=_all_listed(content["files"]),
            body=from_text(content["body"]),
            witness={str(k): str(v) for k, v in content["witness"].items()},
            mark=from_text(content.get("mark", "")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise BackupDamaged(what=_MANIFEST_NAME) from fault


def _all_listed(lines: object) -> tuple[ListedFile, ...]:
    """Read all lines; none may name a file a second time, or there would be no end of reading."""
    if not isinstance(lines, list) or len(lines) > MOST_FILES:
        raise BackupDamaged(what=_MANIFEST_NAME)
    listed = tuple(map(_listed, lines))
    if len({line.name for line in listed}) != len(listed):
        raise BackupDamaged(what=_MANIFEST_NAME)
    return listed


def _listed(line: Content) -> ListedFile:
    """Read one line; a name that leads out of the store's folder on the stick is refused.

    So is a size that no such file can have: it would be read to its end.
    """
    name = str(line["name"])
    listed = ListedFile(name, whole_number(line["size"], _largest(name)), str(line["sha256"]))
    if not _NAMES.fullmatch(listed.name):
        raise BackupDamaged(what=_MANIFEST_NAME)
    return listed


def _largest(name: str) -> int:
    if name.startswith(f"{DATABASE}."):
        return PART_SIZE
    return LARGEST_KEPT if name.startswith("../") else _LARGEST_TEXT


def _checked(folder: Folder, file: str, name: str, what: str) -> Content:
    with _told_as_damage(what), place_faults(THE_STICK):
        return decode(folder.read(file, _LARGEST), name, VERSION, what)


@contextlib.contextmanager
def _told_as_damage(what: str) -> Iterator[None]:
    try:
        yield
    except (DamagedFile, StrangeFile) as fault:
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
    with _told_as_damage(_KEYS_NAME), entered_generation(generation) as held:
        content = _checked(held.folder, KEYS, KEYS_FORMAT, _KEYS_NAME)
    try:
        if len(content["holders"]) > MOST_HOLDERS:
            raise BackupDamaged(what=_KEYS_NAME)
        return BackupKeys(
            backup_id=str(content["backup_id"]),
            store_id=str(content["store_id"]),
            holders=tuple(Keyholder.from_content(h) for h in content["holders"]),
            sealed={str(k): from_text(v) for k, v in content["sealed"].items()},
        )
    except (AttributeError, DamagedFile, KeyError, TypeError, ValueError) as fault:
        raise BackupDamaged(what=_KEYS_NAME) from fault


def check_sums(generation: Generation, manifest: Manifest, progress: Progress) -> None:
    """Compare every listed file with its size and checksum.

    Finds any single changed or missing byte without a secret. Raises BackupDamaged.
    """
    progress.begin(N_("Comparing checksums"))
    total = sum(line.size for line in manifest.files) or 1
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress.step(min(done, total), total)

    for line in manifest.files:
        _check_file(generation, line, step)


def _check_file(generation: Generation, line: ListedFile, step: Callable[[int], None]) -> None:
    what = line.name.rpartition("/")[2]
    try:
        with place_faults(THE_STICK):
            found = _sum_of(generation, line, step)
    except StrangeFile as fault:
        raise BackupDamaged(what=what) from fault
    if found is None:
        raise BackupDamaged(MISSING, what=what)
    if found != line.sha256:
        raise BackupDamaged(what=what)


def _sum_of(generation: Generation, line: ListedFile, step: Callable[[int], None]) -> str | None:
    try:
        return generation.sha256(line, step)
    except FileNotFoundError:
        return None
