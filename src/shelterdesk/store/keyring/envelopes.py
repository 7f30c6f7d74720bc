"""Envelopes: sealed to several compartments or people, opened by any one of them.

Every generation of a compartment's key has an X25519 pair that is derived from it. Its public half
stands in the keyring, so that anybody can seal *to* a compartment, and only its holders open.

An envelope is a content key, given to each of those who may open it, and what it opens:

    3 | n (1 byte) | n times (slot | 80 bytes) | nonce | AES-256-GCM under the content key

A slot is the number of a compartment (1 byte, `Compartment.number`) and the generation of its key
(2 bytes), or 0 and the 16 bytes of a person's id. The 80 bytes are the content key sealed to that
slot's public key (HPKE of RFC 9180: 32 bytes sent, 32 of key, 16 of tag). Both parts are bound to
the place of the value and the first also to its slot, so that nothing can be moved and still open.
"""

import os
import struct
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Final, NamedTuple

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.permissions import Compartment
from shelterdesk.store.keyring.seals import (
    KEY_SIZE,
    context,
    derived_key,
    open_sealed,
    open_value,
    public_key_of,
    seal_to,
    seal_value,
)

FORMAT: Final = 3
"""First byte of an envelope; 1 and 2 are values under one key (`store.sealed_fields`)."""

_PURPOSE: Final = "envelope pair"
_COUNT: Final = struct.Struct(">BB")
_GENERATION: Final = struct.Struct(">H")
_ID_BYTES: Final = 16
_GIVEN: Final = 80
"""Bytes of a content key as it is given to one slot."""

_NUMBERS: Final = {compartment.number: compartment.value for compartment in Compartment}


class Slot(NamedTuple):
    """Who may open an envelope: a generation of a compartment's key, or a person (0)."""

    name: str
    """Name of the compartment, or the person's id in the keyring (32 hexadecimal digits)."""
    generation: int = 0

    def to_bytes(self) -> bytes:
        """Return the slot as it stands in an envelope."""
        if self.generation:
            number = Compartment(self.name).number
            return bytes([number]) + _GENERATION.pack(self.generation)
        return b"\0" + bytes.fromhex(self.name)


class _Given(NamedTuple):
    """One slot of an envelope, with the content key as it is given to it."""

    slot: Slot
    sealed: bytes


def private_half(compartment_key: bytes) -> bytes:
    """Return the private half, 32 bytes, of the pair that belongs to a compartment's key."""
    return derived_key(compartment_key, _PURPOSE)


def public_half(compartment_key: bytes) -> bytes:
    """Return the public half, 32 bytes, of the pair that belongs to a compartment's key."""
    return public_key_of(private_half(compartment_key))


def seal_envelope(to: Mapping[Slot, bytes], value: bytes, where: bytes) -> bytes:
    """Seal `value` as standing in the place `where` to everybody in `to` (slot -> public key)."""
    content_key = os.urandom(KEY_SIZE)
    given = (
        slot.to_bytes() + seal_to(public_key, content_key, _bound(where, slot))
        for slot, public_key in sorted(to.items())
    )
    return _COUNT.pack(FORMAT, len(to)) + b"".join(given) + seal_value(content_key, value, where)


def open_envelope(
    private_key: Callable[[Slot], bytes | None],
    sealed: bytes,
    where: bytes,
    what: str,
    known: MutableMapping[bytes, bytes] | None = None,
) -> bytes | None:
    """Open an envelope with whatever private key is held of it; None when none is.

    `known` keeps content keys that were opened before, which costs a tenth of opening them again.
    Raises DamagedFile, naming `what`, when a byte has changed or it lies in another place.
    """
    known = {} if known is None else known
    given, body = _parts(sealed, what)
    for slot, content_key in given:
        key = private_key(slot)
        if key is not None:
            if content_key not in known:
                known[content_key] = open_sealed(key, content_key, _bound(where, slot), what)
            return open_value(known[content_key], body, where, what)
    return None


def slots_of(sealed: bytes, what: str) -> tuple[Slot, ...]:
    """Return who may open an envelope, as it says itself; raises DamagedFile naming `what`."""
    return tuple(given.slot for given in _parts(sealed, what)[0])


def _bound(where: bytes, slot: Slot) -> bytes:
    return context("envelope", where.hex(), slot.name, slot.generation)


def _parts(sealed: bytes, what: str) -> tuple[list[_Given], bytes]:
    """Take an envelope apart: who was given what, and the sealed value."""
    try:
        number, count = _COUNT.unpack_from(sealed)
        if number != FORMAT or not count:
            raise DamagedFile(what=what)
        rest, given = sealed[_COUNT.size :], []
        for _ in range(count):
            slot, rest = _slot(rest)
            given.append(_Given(slot, rest[:_GIVEN]))
            rest = rest[_GIVEN:]
    except (struct.error, KeyError, IndexError) as fault:
        raise DamagedFile(what=what) from fault
    return given, rest


def _slot(rest: bytes) -> tuple[Slot, bytes]:
    if rest[0]:
        generation = _GENERATION.unpack_from(rest, 1)[0]
        after = 1 + _GENERATION.size
        return Slot(_NUMBERS[rest[0]], generation), rest[after:]
    after = 1 + _ID_BYTES
    return Slot(rest[1:after].hex()), rest[after:]


def compartments_in(slots: Iterable[Slot]) -> tuple[Compartment, ...]:
    """Return the compartments among those who may open an envelope, in their fixed order."""
    names = {slot.name for slot in slots if slot.generation}
    return tuple(compartment for compartment in Compartment if compartment.value in names)
