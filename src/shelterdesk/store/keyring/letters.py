"""A letter of the box: sealed to some people of the route, and no slot says to whom.

    1 | n (1 byte) | n times 80 bytes | nonce | AES-256-GCM under the content key

There are as many slots as the route has members, in random order, and one for the recovery pages.
Each is the content key sealed to a public key (HPKE), bound to the letter. Whoever must not read it
has a slot as well, sealed to a key that nobody holds: from outside no slot differs from another.
What is sealed is padded to steps of 4 KiB.
"""

import os
import random
import struct
from collections.abc import Sequence
from typing import Final

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.i18n import N_
from shelterdesk.store.keyring.seals import (
    KEY_SIZE,
    context,
    new_private_key,
    open_sealed,
    open_value,
    public_key_of,
    seal_to,
    seal_value,
)

FORMAT: Final = 1
STEP: Final = 4096
_HEAD: Final = struct.Struct(">BB")
_LENGTH: Final = struct.Struct(">I")
_SLOT: Final = 80
_NAME: Final = N_("A letter of the box")
_CHANCE: Final = random.SystemRandom()

PublicKey = bytes | None
"""A public key to seal to; None for a slot that nobody opens."""


def seal_letter(to: Sequence[PublicKey], content: bytes, where: bytes) -> bytes:
    """Seal a letter as standing in the place `where`: a slot for each, in random order."""
    content_key = os.urandom(KEY_SIZE)
    slots = [seal_to(key or _nobodys(), content_key, where) for key in to]
    _CHANCE.shuffle(slots)
    return _packed(slots, seal_value(content_key, _padded(content), where))


def open_letter(private_key: bytes, sealed: bytes, where: bytes) -> bytes | None:
    """Open a letter where one of its slots is for this key; None where none is.

    Raises DamagedFile for a letter that is to be opened and has changed.
    """
    slots, body = _parts(sealed)
    for slot in slots:
        content_key = _tried(private_key, slot, where)
        if content_key is not None:
            return _unpadded(open_value(content_key, body, where, _NAME))
    return None


def resealed(old_key: bytes, new_public: bytes, sealed: bytes, where: bytes) -> bytes:
    """Return a letter in which what was for the old key is for a new one.

    The slots lie in another order then, in every letter: which of them were hers is not to be seen.
    """
    slots, body = _parts(sealed)
    opened = ((slot, _tried(old_key, slot, where)) for slot in slots)
    new = [slot if key is None else seal_to(new_public, key, where) for slot, key in opened]
    _CHANCE.shuffle(new)
    return _packed(new, body)


def place_of(store_id: str, letter_id: str) -> bytes:
    """Return the place that a letter is bound to."""
    return context("letter of the box", store_id, letter_id)


def _nobodys() -> bytes:
    return public_key_of(new_private_key())


def _tried(private_key: bytes, slot: bytes, where: bytes) -> bytes | None:
    try:
        return open_sealed(private_key, slot, where, _NAME)
    except DamagedFile:
        return None


def _packed(slots: Sequence[bytes], body: bytes) -> bytes:
    return _HEAD.pack(FORMAT, len(slots)) + b"".join(slots) + body


def _parts(sealed: bytes) -> tuple[list[bytes], bytes]:
    number, count = _HEAD.unpack_from(sealed) if len(sealed) > _HEAD.size else (0, 0)
    end = _HEAD.size + count * _SLOT
    if number != FORMAT or not count or len(sealed) <= end:
        raise DamagedFile(what=_NAME)
    return [sealed[at : at + _SLOT] for at in range(_HEAD.size, end, _SLOT)], sealed[end:]


def _padded(content: bytes) -> bytes:
    whole = _LENGTH.pack(len(content)) + content
    return whole + bytes(-len(whole) % STEP)


def _unpadded(whole: bytes) -> bytes:
    (length,) = _LENGTH.unpack_from(whole)
    return whole[_LENGTH.size : _LENGTH.size + length]
