"""Fields under the keys of compartments: sealed on the way in, opened on the way out.

Stored payload: 1 byte format | 2 bytes key generation | nonce | AES-256-GCM, where the format is

    1  text as it was typed, or the key of an attachment
    2  the value as JSON in UTF-8, followed by spaces where its length could tell something
    3  an envelope with the same JSON in it (`store.envelopes`), for several, or from somebody who
       does not hold the key herself

Additional data are kind, record id, field, and for 1 and 2 compartment and generation, so that a
sealed value cannot be moved to another woman's record, and a database tool cannot pass one
compartment's value off as another's. Choices, numbers and days have one length for all answers.
"""

import json
import struct
from collections.abc import Iterable
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.errors import DamagedFile, NotAllowed
from shelterdesk.core.fields import Field, Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.core.plain_values import plain, typed
from shelterdesk.records.base import Record
from shelterdesk.store.keyring import envelopes
from shelterdesk.store.keyring.envelopes import (
    compartments_in,
    open_envelope,
    seal_envelope,
    slots_of,
)
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import context, open_value, seal_value

_TEXT: Final = 1
_JSON: Final = 2
_BOUND: Final = {_TEXT: "value", _JSON: "json"}
_FRONT: Final = struct.Struct(">BH")
_STEP: Final = 64
"""Bytes to which the length of a short answer is brought: room for one code of any list."""

_MOST_KEYS: Final = 20_000
"""Content keys that are remembered while the records are open; 3 MB of memory."""

SEALED_NAME: Final = N_("A sealed text")

Place = tuple[str, str, str]
"""Kind, record id and field that a payload is bound to."""


def seal(keys: Keys, compartment: Compartment, place: Place, value: bytes) -> bytes:
    """Seal bytes under the newest generation of a compartment's key; NotAllowed without it."""
    return _seal_under(keys, compartment, place, value, _TEXT)


def seal_json(keys: Keys, to: Iterable[Compartment], place: Place, value: bytes) -> bytes:
    """Seal JSON so that whoever holds the key of one of these compartments opens it.

    Nobody needs to hold any of them to seal. Raises NotAllowed while no public half is known.
    """
    wanted = tuple(to)
    if len(wanted) == 1 and keys.holds(wanted[0].value):
        return _seal_under(keys, wanted[0], place, value, _JSON)
    return enclosed(keys, wanted, place, value)


def enclosed(keys: Keys, to: Iterable[Compartment], place: Place, value: bytes) -> bytes:
    """Put bytes into an envelope to compartments; raises as `seal_json`."""
    slots = dict(keys.slot_of(compartment) for compartment in to)
    return seal_envelope(slots, value, _in_envelope(place))


def _seal_under(
    keys: Keys, compartment: Compartment, place: Place, value: bytes, number: int
) -> bytes:
    generation = keys.newest(compartment.value)
    key = keys.secrets[compartment.value, generation]
    where = _where(place, compartment, generation, number)
    return _FRONT.pack(number, generation) + seal_value(key, value, where)


def resealed(keys: Keys, compartment: Compartment, place: Place, payload: bytes) -> bytes | None:
    """Return a payload under the newest keys, or None when it is already; raises NotAllowed.

    Which compartment a value under one key belongs to is not written in it, and has to be told.
    """
    if _is_envelope(payload):
        slots = slots_of(payload, SEALED_NAME)
        to = compartments_in(slots)
        newest = all(keys.slot_of(Compartment(s.name))[0] == s for s in slots if s.generation)
    else:
        to, newest = (), _front(payload)[1] == keys.newest(compartment.value)
    if newest:
        return None
    inside = unseal(keys, compartment, place, payload)
    if inside is None:
        raise NotAllowed
    if to:
        return enclosed(keys, to, place, inside)
    return _seal_under(keys, compartment, place, inside, payload[0])


def _is_envelope(payload: bytes) -> bool:
    return payload[:1] == bytes([envelopes.FORMAT])


def _front(payload: bytes) -> tuple[int, int]:
    if len(payload) < _FRONT.size or payload[0] not in _BOUND:
        raise DamagedFile(what=SEALED_NAME)
    number, generation = _FRONT.unpack_from(payload)
    return int(number), int(generation)


def unseal(keys: Keys, compartment: Compartment, place: Place, payload: bytes) -> bytes | None:
    """Return what is under the seal; None for somebody without the key.

    Raises DamagedFile when a byte has changed or it lies in another place than its own.
    """
    if _is_envelope(payload):
        known = keys.content_keys
        if len(known) > _MOST_KEYS:
            known.clear()
        return open_envelope(keys.private_half, payload, _in_envelope(place), SEALED_NAME, known)
    number, generation = _front(payload)
    key = keys.secrets.get((compartment.value, generation))
    if key is None:
        return None
    where = _where(place, compartment, generation, number)
    return open_value(key, payload[_FRONT.size :], where, SEALED_NAME)


def _where(place: Place, compartment: Compartment, generation: int, number: int) -> bytes:
    return context(_BOUND[number], *place, compartment.value, generation)


def _in_envelope(place: Place) -> bytes:
    return context("envelope", *place)


# -- values of fields -----------------------------------------------------------------------------


def is_sealed(kept: bytes) -> bool:
    """Tell whether bytes of the history are a payload; JSON begins with no control character."""
    return kept[:1] in (b"\1", b"\2", b"\3")


def packed(field: Field, value: object) -> bytes:
    """Return a value of a field as the JSON that is sealed, short answers at one length."""
    written = json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False).encode()
    if field.kind in (Kind.TEXT, Kind.NOTE):
        return written
    return written.ljust(_longest(field))


def _longest(field: Field) -> int:
    """Return the length to which every answer of a field is brought."""
    if field.kind is not Kind.CHOICES:
        return _STEP + 2
    every = sum(len(code) + 3 for code in codes.labels(field.codes, "en"))
    return -(-every // _STEP) * _STEP + 2


def sealed_value(keys: Keys, record: Record, name: str, value: object) -> bytes:
    """Seal a value for a field of a record; NotAllowed without the key of its own compartment.

    To an envelope everybody may put something, also who cannot take it out again.
    """
    declared, place = record.fields()[name], place_of(record, name)
    if declared.compartment is not None:
        keys.newest(declared.compartment.value)
    to = record.opened_by(name) + (keys.own() if declared.writers_own else ())
    if len(declared.opened_by) > 1:
        return enclosed(keys, to, place, packed(declared, value))
    return seal_json(keys, to, place, packed(declared, value))


def opened_json(keys: Keys, field: Field, place: Place, payload: bytes) -> object:
    """Return what JSON holds of a sealed value; None for somebody without the key."""
    inside = unseal(keys, field.opened_by[0], place, payload)
    if inside is None:
        return None
    try:
        return inside.decode() if payload[0] == _TEXT else json.loads(inside)
    except (RecursionError, ValueError) as fault:
        raise DamagedFile(what=SEALED_NAME) from fault


def open_field(keys: Keys | None, field: Field, place: Place, value: SealedValue) -> SealedValue:
    """Return `value` opened where the keys allow it; raises DamagedFile."""
    if keys is None or value.payload is None:
        return value
    inside = opened_json(keys, field, place, value.payload)
    if inside is None:
        return value
    try:
        return SealedValue(typed(field, inside), value.payload)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        raise DamagedFile(what=SEALED_NAME) from fault


def place_of(record: Record, name: str) -> Place:
    """Return the place that this record's field is bound to."""
    return record.kind_name(), record.id, name
