"""Fields under a compartment's key: sealed on the way in, opened on the way out.

Stored payload: 1 byte format | 2 bytes key generation | nonce | AES-256-GCM. Additional data are
kind, record id, field, compartment and generation, so that a sealed value cannot be moved to
another woman's record, and a database tool cannot pass one compartment's text off as another's.
"""

import struct
from typing import Final

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import SealedText
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Record
from shelterdesk.store.keys import Keys
from shelterdesk.store.seals import context, open_value, seal_value

_FORMAT: Final = 1
_FRONT: Final = struct.Struct(">BH")
SEALED_NAME: Final = N_("A sealed text")

Place = tuple[str, str, str]
"""Kind, record id and field that a payload is bound to."""


def seal(keys: Keys, compartment: Compartment, place: Place, value: bytes) -> bytes:
    """Seal under the newest generation of the compartment's key; raises NotAllowed without it."""
    generation = keys.newest(compartment.value)
    key = keys.secrets[compartment.value, generation]
    where = _where(place, compartment, generation)
    return _FRONT.pack(_FORMAT, generation) + seal_value(key, value, where)


def generation_of(payload: bytes) -> int:
    """Return the key generation a payload was sealed under; raises DamagedFile."""
    if len(payload) < _FRONT.size or payload[0] != _FORMAT:
        raise DamagedFile(what=SEALED_NAME)
    return int(_FRONT.unpack_from(payload)[1])


def unseal(keys: Keys, compartment: Compartment, place: Place, payload: bytes) -> bytes | None:
    """Open a payload; None for somebody without the key; raises DamagedFile when changed."""
    generation = generation_of(payload)
    key = keys.secrets.get((compartment.value, generation))
    if key is None:
        return None
    where = _where(place, compartment, generation)
    return open_value(key, payload[_FRONT.size :], where, SEALED_NAME)


def _where(place: Place, compartment: Compartment, generation: int) -> bytes:
    return context("value", *place, compartment.value, generation)


def open_field(
    keys: Keys | None, compartment: Compartment, place: Place, value: SealedText
) -> SealedText:
    """Return `value` with its text where the keys allow it."""
    if keys is None or value.payload is None:
        return value
    plain = unseal(keys, compartment, place, value.payload)
    return value if plain is None else SealedText(plain.decode(), value.payload)


def place_of(record: Record, name: str) -> Place:
    """Return the place that this record's field is bound to."""
    return record.kind_name(), record.id, name
