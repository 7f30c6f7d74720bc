"""The keyring: who can open the vault, and everybody's secrets sealed to their public keys.

Without any secret it shows names to choose from, what a guess costs, and ids of people who left;
roles and dates are in the signed list (`keyring_chain`), sealed under the vault key. Two copies lie
beside the database; `mac`, under a key derived from the vault key, finds damage and no more.
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
from shelterdesk.store.disk.checked_json import (
    Content,
    canonical,
    decode,
    encode,
    from_text,
    to_text,
    whole_number,
)
from shelterdesk.store.disk.durable import write_file
from shelterdesk.store.disk.faults import place_faults
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder, Pin
from shelterdesk.store.keyring.keyring_chain import Chain
from shelterdesk.store.keyring.passphrase_lock import KEYRING_NAME
from shelterdesk.store.keyring.seals import context, derived_key, mac, open_value, same, seal_value

__all__ = ["HolderKind", "Keyholder", "Keyring", "Seal", "read_keyring", "write_keyring"]

FORMAT: Final = "shelterdesk-keyring"
VERSION: Final = 2
"""1: a list that the vault key vouched for, and so everybody; 2: see `keyring_chain`."""
FILE: Final = "keyring.json"
SECOND_FILE: Final = "keyring.bak.json"
LARGEST: Final = 1 << 20
MOST_HOLDERS: Final = 1000
"""Keyholders of one store, those who left among them."""

VAULT: Final = "vault"
"""Name of the vault key among the secrets; the others are named by their compartment."""

MAC_KEY: Final = "keyring mac"
_CHAIN_KEY: Final = "keyring chain"


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
    """All keyholders of one store; a changed keyring is a new value with the next epoch.

    As it is read it is closed: everybody's door line, without roles, and the chain still sealed.
    `opened` gives the list in force, from the chain alone. In format 1 there is no chain.
    """

    store_id: str
    created: str
    epoch: int
    keyholders: tuple[Keyholder, ...]
    seals: tuple[Seal, ...]
    mac: str = ""
    chain: Chain | None = None
    """The entries that hold; None in format 1, and while the keyring is closed."""
    sealed_chain: bytes = b""
    sealed_under: int = 0
    """Generation of the vault key that the chain is sealed under; 0 in format 1."""

    @property
    def is_signed_list(self) -> bool:
        """Whether this keyring is of format 2, in which people vouch for the list."""
        return self.chain is not None or self.sealed_under > 0

    def persons(self) -> list[Keyholder]:
        """Return the people who can open the vault, in the order they joined."""
        return [h for h in self.keyholders if h.kind is HolderKind.PERSON and h.active]

    def find(self, kind: HolderKind) -> Keyholder | None:
        """Return the active recovery set or travel passphrase, if there is one."""
        return next((h for h in self.keyholders if h.kind is kind and h.active), None)

    def holder(self, holder_id: str) -> Keyholder | None:
        """Return a keyholder by id, also one who has left."""
        return next((h for h in self.keyholders if h.id == holder_id), None)

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

    def without_seals_of(self, holder_id: str) -> "Keyring":
        """Return the keyring in which nothing is sealed to this keyholder."""
        return replace(self, seals=tuple(s for s in self.seals if s.holder != holder_id))

    # -- the signed list ----------------------------------------------------------------------

    def opened(self, vault_key: bytes) -> "Keyring":
        """Return the keyring with its chain opened, whatever of it holds; raises DamagedFile."""
        if not self.sealed_under:
            return self
        packed = open_value(
            derived_key(vault_key, _CHAIN_KEY), self.sealed_chain, self._place(), KEYRING_NAME
        )
        return replace(self, chain=Chain.unpacked(self.store_id, packed))

    def in_force(self, chain: Chain) -> "Keyring":
        """Return the keyring whose list is the newest of `chain`, with the locks of the door.

        Whoever stands at the door and not in the list is nobody.
        """
        at_door = {h.id: h for h in self.keyholders}
        holders = tuple(_with_lock(h, at_door.get(h.id)) for h in chain.newest.holders)
        kept = self.sealed_chain if chain == self.chain else b""
        return replace(self, chain=chain, keyholders=holders, sealed_chain=kept)

    def _place(self) -> bytes:
        return context("keyring chain", self.store_id)

    # -- written and read -----------------------------------------------------------------------

    def to_content(self) -> Content:
        """Return the keyring as JSON values, as they lie readable in the file."""
        return self._unsigned() | {"mac": self.mac}

    def _unsigned(self) -> Content:
        if not self.is_signed_list:
            return self._common() | {"keyholders": [h.to_content() for h in self.keyholders]}
        return self._common() | {
            "door": [holder.at_the_door() for holder in self.keyholders if holder.active],
            "left": [holder.id for holder in self.keyholders if not holder.active],
            "chain": to_text(self.sealed_chain),
            "sealed_under": self.sealed_under,
        }

    def _common(self) -> Content:
        return {
            "store_id": self.store_id,
            "created": self.created,
            "epoch": self.epoch,
            "seals": [seal.to_content() for seal in self.seals],
        }

    def to_backup(self) -> Content:
        """Return the whole keyring for a manifest, whose own key hides everything in it."""
        content = self._common() | {
            "keyholders": [holder.to_content() for holder in self.keyholders],
            "mac": "",
        }
        if self.chain is None:
            return content
        pins = {h.id: h.pin.to_content() for h in self.keyholders if h.pin}
        return content | {"packed_chain": to_text(self.chain.packed()), "pins": pins}

    @classmethod
    def from_content(cls, content: Content) -> "Keyring":
        """Read a keyring from JSON values; raises DamagedFile when something is amiss."""
        try:
            return cls._read(content)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise DamagedFile(what=KEYRING_NAME) from fault

    @classmethod
    def _read(cls, content: Content) -> "Keyring":
        read = Keyholder.from_content if "keyholders" in content else Keyholder.from_door
        lines = content["keyholders"] if "keyholders" in content else content["door"]
        keyring = cls(
            store_id=str(content["store_id"]),
            created=str(content["created"]),
            epoch=whole_number(content["epoch"]),
            keyholders=tuple(read(line) for line in _at_most(lines)),
            seals=tuple(Seal.from_content(s) for s in content["seals"]),
            mac=str(content["mac"]),
        )
        if "packed_chain" in content:
            return keyring._from_backup(content)
        if "door" not in content:
            return keyring
        left = tuple(_who_left(str(holder)) for holder in _at_most(content["left"]))
        return replace(
            keyring,
            keyholders=keyring.keyholders + left,
            sealed_chain=from_text(content["chain"]),
            sealed_under=max(whole_number(content["sealed_under"]), 1),
        )

    def _from_backup(self, content: Content) -> "Keyring":
        chain = Chain.unpacked(self.store_id, from_text(content["packed_chain"])).holding()
        if not chain.entries:
            raise DamagedFile(what=KEYRING_NAME)
        pins = {str(h): Pin.from_content(pin) for h, pin in content["pins"].items()}
        holders = tuple(replace(h, pin=pins.get(h.id)) for h in self.keyholders)
        return replace(self, keyholders=holders, chain=chain).in_force(chain)

    def signed(self, vault_key: bytes, generation: int) -> "Keyring":
        """Return this keyring as it is written: chain sealed, and the mac that finds damage.

        Whoever holds the vault key can make the mac; the list rests on signatures, not on it.
        """
        keyring = self
        if self.chain is not None and (not self.sealed_chain or self.sealed_under != generation):
            key = derived_key(vault_key, _CHAIN_KEY)
            sealed = seal_value(key, self.chain.packed(), self._place())
            keyring = replace(self, sealed_chain=sealed, sealed_under=generation)
        content = canonical(keyring._unsigned())
        return replace(keyring, mac=mac(derived_key(vault_key, MAC_KEY), content))

    def is_whole(self, vault_key: bytes) -> bool:
        """Tell whether no byte has changed since somebody with this vault key wrote it."""
        key = derived_key(vault_key, MAC_KEY)
        return same(self.mac, mac(key, canonical(self._unsigned())))

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        return encode(FORMAT, VERSION if self.is_signed_list else 1, self.to_content())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Keyring":
        """Read the file's content; raises DamagedFile or NewerFile."""
        return cls.from_content(decode(data, FORMAT, VERSION, KEYRING_NAME))


def _at_most(lines: list[Content]) -> list[Content]:
    if len(lines) > MOST_HOLDERS:
        raise DamagedFile(what=KEYRING_NAME)
    return lines


def _with_lock(listed: Keyholder, at_door: Keyholder | None) -> Keyholder:
    """Return a line of the list with the locks that lie at the door for it."""
    if at_door is None or not listed.active:
        return listed
    return replace(listed, locks=at_door.locks, pin=at_door.pin)


def _who_left(holder_id: str) -> Keyholder:
    return Keyholder(holder_id, HolderKind.PERSON, "", b"", "", active=False)


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
        return all(
            read_one(folder / name).to_bytes() == keyring.to_bytes() for name in (FILE, SECOND_FILE)
        )
    except DeskError:
        return False
