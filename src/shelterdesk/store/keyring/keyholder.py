"""Who, or what paper, secrets are sealed to: one line of the list of keyholders.

Everybody's line names two public keys of one secret: `public_key` (X25519) to seal to, and
`signing_key` (Ed25519) to know her signatures by.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.permissions import Role
from shelterdesk.store.disk.checked_json import Content, from_text, to_text, whole_number
from shelterdesk.store.keyring.passphrase_lock import KEYRING_NAME, PassphraseLock

MOST_LOCKS: Final = 2
"""Locks of one keyholder: one, and for the moment of a change the new one. Each may cost 1 GiB."""


@dataclass(frozen=True)
class Pin:
    """What one keyholder has seen of the chain, under a key that only she can derive."""

    first: str
    """Digest of the first entry: the one that the four words on the pages are of."""
    newest: str
    """Digest of the newest entry she has seen."""
    mac: str

    def to_content(self) -> Content:
        """Return this pin as JSON values."""
        return {"first": self.first, "newest": self.newest, "mac": self.mac}

    @classmethod
    def from_content(cls, content: Content) -> "Pin":
        """Read a pin from JSON values."""
        return cls(str(content["first"]), str(content["newest"]), str(content["mac"]))


class HolderKind(StrEnum):
    """What a keyholder is."""

    PERSON = "person"
    RECOVERY = "recovery"
    TRAVEL = "travel"


@dataclass(frozen=True)
class Keyholder:
    """Somebody, or some paper, that secrets can be sealed to."""

    id: str
    kind: HolderKind
    name: str
    public_key: bytes
    since: str
    roles: tuple[Role, ...] = ()
    active: bool = True
    locks: tuple[PassphraseLock, ...] = ()
    """One, or for the moment of a change the new and the old one; none for recovery pages."""
    set_number: int = 0
    confirmed: bool = False
    """For recovery pages: two of them were typed back."""
    signing_key: bytes = b""
    """32 bytes, by which her signatures are known; empty for the travel passphrase, which signs
    nothing, and in older keyrings for who has not opened them since."""
    own_pair: bool = False
    """She has drawn her pair herself: nobody else's program has held her private key."""
    pin: Pin | None = None
    """Lies beside her lock in the readable file; neither is in the signed list."""

    def listed(self) -> "Keyholder":
        """Return her line of the signed list: without lock and pin, which she renews herself."""
        return replace(self, locks=(), pin=None)

    def at_the_door(self) -> Content:
        """Return what of her is readable without a secret: what her passphrase needs, no roles."""
        content: Content = {
            "id": self.id,
            "kind": self.kind.value,
            "name": self.name,
            "public_key": to_text(self.public_key),
            "locks": [lock.to_content() for lock in self.locks],
            "set_number": self.set_number,
        }
        return content | ({"pin": self.pin.to_content()} if self.pin else {})

    @classmethod
    def from_door(cls, content: Content) -> "Keyholder":
        """Read what `at_the_door` wrote; her roles are in the signed list only."""
        return cls(
            id=str(content["id"]),
            kind=HolderKind(content["kind"]),
            name=str(content["name"]),
            public_key=from_text(content["public_key"]),
            since="",
            locks=_locks(content["locks"]),
            set_number=whole_number(content["set_number"]),
            pin=Pin.from_content(content["pin"]) if "pin" in content else None,
        )

    def to_content(self) -> Content:
        """Return this keyholder as JSON values; her pin is not among them."""
        content: Content = {
            "id": self.id,
            "kind": self.kind.value,
            "name": self.name,
            "public_key": to_text(self.public_key),
            "since": self.since,
            "roles": [role.value for role in self.roles],
            "active": self.active,
            "locks": [lock.to_content() for lock in self.locks],
            "set_number": self.set_number,
            "confirmed": self.confirmed,
        }
        # older keyrings have no such lines, and their mac is over what they have
        if self.signing_key:
            content["signing_key"] = to_text(self.signing_key)
        return content | ({"own_pair": True} if self.own_pair else {})

    @classmethod
    def from_content(cls, content: Content) -> "Keyholder":
        """Read a keyholder from JSON values; raises KeyError, TypeError, ValueError."""
        return cls(
            id=str(content["id"]),
            kind=HolderKind(content["kind"]),
            name=str(content["name"]),
            public_key=from_text(content["public_key"]),
            since=str(content["since"]),
            roles=tuple(Role(role) for role in content["roles"]),
            active=bool(content["active"]),
            locks=_locks(content["locks"]),
            set_number=whole_number(content["set_number"]),
            confirmed=bool(content["confirmed"]),
            signing_key=from_text(content.get("signing_key", "")),
            own_pair=bool(content.get("own_pair", False)),
        )


def _locks(lines: list[Content]) -> tuple[PassphraseLock, ...]:
    """Read the locks of one keyholder; too many are refused before one is tried."""
    if len(lines) > MOST_LOCKS:
        raise DamagedFile(what=KEYRING_NAME)
    return tuple(map(PassphraseLock.from_content, lines))
