"""The keyring: who can open the vault, and everybody's secrets sealed to their public keys.

It is readable without any secret and gives none away: names of staff, roles, dates, and what a
guess costs. Two copies lie beside the database; `mac`, under a key derived from the vault key,
shows after unlocking whether anybody without that key has touched it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from shelterdesk.core import ordinary
from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
    MissingKeyring,
    StrangeFile,
    UnknownKeyholder,
)
from shelterdesk.store.checked_json import (
    Content,
    canonical,
    decode,
    encode,
    from_text,
    to_text,
    whole_number,
)
from shelterdesk.store.durable import write_file
from shelterdesk.store.faults import place_faults
from shelterdesk.store.keyholder import HolderKind, Keyholder
from shelterdesk.store.passphrase_lock import KEYRING_NAME
from shelterdesk.store.seals import mac, same

__all__ = ["HolderKind", "Keyholder", "Keyring", "Seal", "read_keyring", "write_keyring"]

FORMAT: Final = "shelterdesk-keyring"
VERSION: Final = 1
FILE: Final = "keyring.json"
SECOND_FILE: Final = "keyring.bak.json"
LARGEST: Final = 1 << 20
MOST_HOLDERS: Final = 1000
"""Keyholders of one store, those who left among them."""

VAULT: Final = "vault"
"""Name of the vault key among the secrets; the others are named by their compartment."""


@dataclass(frozen=True)
class Seal:
    """One generation of one secret, sealed to one keyholder."""

    secret: str
    generation: int
    holder: str
    sealed: bytes

    def to_content(self) -> Content:
        """Return this seal as JSON values."""
        return {
            "secret": self.secret,
            "generation": self.generation,
            "holder": self.holder,
            "sealed": to_text(self.sealed),
        }

    @classmethod
    def from_content(cls, content: Content) -> "Seal":
        """Read a seal from JSON values."""
        return cls(
            secret=str(content["secret"]),
            generation=whole_number(content["generation"]),
            holder=str(content["holder"]),
            sealed=from_text(content["sealed"]),
        )


@dataclass(frozen=True)
class Keyring:
    """All keyholders of one store; a changed keyring is a new value with the next epoch."""

    store_id: str
    created: str
    epoch: int
    keyholders: tuple[Keyholder, ...]
    seals: tuple[Seal, ...]
    mac: str = ""

    def persons(self) -> list[Keyholder]:
        """Return the people who can open the vault, in the order they joined."""
        return [h for h in self.keyholders if h.kind is HolderKind.PERSON and h.active]

    def find(self, kind: HolderKind) -> Keyholder | None:
        """Return the active recovery set or travel passphrase, if there is one."""
        return next((h for h in self.keyholders if h.kind is kind and h.active), None)

    def person(self, name_or_id: str) -> Keyholder:
        """Return an active person by id or by name; raises UnknownKeyholder."""
        wanted = " ".join(unicodedata.normalize("NFC", name_or_id).split()).casefold()
        for holder in self.persons():
            if wanted in (holder.id, holder.name.casefold()):
                return holder
        raise UnknownKeyholder

    def seals_of(self, holder: str) -> list[Seal]:
        """Return what is sealed to one keyholder."""
        return [seal for seal in self.seals if seal.holder == holder]

    def with_holder(self, changed: Keyholder, new_seals: Iterable[Seal] = ()) -> "Keyring":
        """Return the keyring in which `changed` stands for the keyholder of its id."""
        known = [h.id for h in self.keyholders]
        holders = tuple(changed if h.id == changed.id else h for h in self.keyholders)
        if changed.id not in known:
            holders += (changed,)
        return replace(self, keyholders=holders, seals=self.seals + tuple(new_seals))

    def to_content(self) -> Content:
        """Return the keyring as JSON values."""
        return self._unsigned() | {"mac": self.mac}

    def _unsigned(self) -> Content:
        return {
            "store_id": self.store_id,
            "created": self.created,
            "epoch": self.epoch,
            "keyholders": [holder.to_content() for holder in self.keyholders],
            "seals": [seal.to_content() for seal in self.seals],
        }

    @classmethod
    def from_content(cls, content: Content) -> "Keyring":
        """Read a keyring from JSON values; raises DamagedFile when something is amiss."""
        try:
            return cls(
                store_id=str(content["store_id"]),
                created=str(content["created"]),
                epoch=whole_number(content["epoch"]),
                keyholders=_holders(content["keyholders"]),
                seals=tuple(Seal.from_content(s) for s in content["seals"]),
                mac=str(content["mac"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise DamagedFile(what=KEYRING_NAME) from fault

    def signed(self, key: bytes) -> "Keyring":
        """Return this keyring with the mac that belongs to its content."""
        return replace(self, mac=mac(key, canonical(self._unsigned())))

    def is_signed_by(self, key: bytes) -> bool:
        """Tell whether whoever wrote this keyring held `key`."""
        return same(self.mac, mac(key, canonical(self._unsigned())))

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        return encode(FORMAT, VERSION, self.to_content())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Keyring":
        """Read the file's content; raises DamagedFile or NewerFile."""
        return cls.from_content(decode(data, FORMAT, VERSION, KEYRING_NAME))


def _holders(lines: list[Content]) -> tuple[Keyholder, ...]:
    if len(lines) > MOST_HOLDERS:
        raise DamagedFile(what=KEYRING_NAME)
    return tuple(map(Keyholder.from_content, lines))


def read_keyring(folder: Path) -> Keyring:
    """Read the keyring in `folder`, from its second copy where the first is missing or damaged.

    Raises MissingKeyring when there is no copy, DamagedFile when none can be read, NewerFile.
    """
    problem: DeskError = MissingKeyring()
    for name in (FILE, SECOND_FILE):
        try:
            return read_one(folder / name)
        except (MissingKeyring, DamagedFile, StrangeFile) as fault:
            problem = problem if isinstance(fault, MissingKeyring) else fault
    raise problem


def read_one(path: Path) -> Keyring:
    """Read one copy of the keyring; raises MissingKeyring, StrangeFile, DamagedFile, NewerFile."""
    with place_faults(path):
        try:
            content = ordinary.read(path, LARGEST)
        except FileNotFoundError:
            raise MissingKeyring from None
    return Keyring.from_bytes(content)


def write_keyring(folder: Path, keyring: Keyring) -> None:
    """Put both copies in place, one after the other, each whole or not at all."""
    for name in (FILE, SECOND_FILE):
        write_file(folder / name, keyring.to_bytes())


def both_copies_hold(folder: Path, keyring: Keyring) -> bool:
    """Tell whether both copies are there and equal to `keyring`."""
    try:
        return all(read_one(folder / name) == keyring for name in (FILE, SECOND_FILE))
    except DeskError:
        return False
