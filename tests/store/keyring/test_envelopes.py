"""Envelopes: anybody seals to a compartment, any one of several opens, nobody else does."""

import os

import pytest

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.permissions import Compartment
from shelterdesk.store.keyring.envelopes import (
    Slot,
    compartments_in,
    open_envelope,
    private_half,
    public_half,
    seal_envelope,
    slots_of,
)
from shelterdesk.store.keyring.seals import context, new_private_key, public_key_of

VALUE = b"She is pregnant"
HERE, ELSEWHERE = context("value", "release", "1"), context("value", "release", "2")
MEDICAL, TESTIMONY = Slot("medical", 3), Slot("testimony", 1)
PERSON = Slot("0123456789abcdef" * 2)

KEYS = {MEDICAL: os.urandom(32), TESTIMONY: os.urandom(32)}
PERSONAL = new_private_key()
PRIVATE = {slot: private_half(key) for slot, key in KEYS.items()} | {PERSON: PERSONAL}
PUBLIC = {slot: public_half(key) for slot, key in KEYS.items()} | {PERSON: public_key_of(PERSONAL)}


def _is_refused(sealed: bytes) -> bool:
    """Tell whether the medical key opens nothing here: damage, or another slot than its own."""
    try:
        return _opened(sealed, MEDICAL) is None
    except DamagedFile:
        return True


def _opened(sealed: bytes, *held: Slot, where: bytes = HERE) -> bytes | None:
    return open_envelope({slot: PRIVATE[slot] for slot in held}.get, sealed, where, "It")


def test_each_of_those_it_was_sealed_to_opens_it_alone_and_nobody_else() -> None:
    sealed = seal_envelope(PUBLIC, VALUE, HERE)
    assert {slot: _opened(sealed, slot) for slot in PUBLIC} == dict.fromkeys(PUBLIC, VALUE)
    assert _opened(sealed) is None
    assert _opened(seal_envelope({MEDICAL: PUBLIC[MEDICAL]}, VALUE, HERE), TESTIMONY) is None


def test_the_pair_of_a_key_is_always_the_same_and_another_keys_is_another() -> None:
    key = KEYS[MEDICAL]
    assert public_half(key) == public_half(key) == public_key_of(private_half(key))
    assert private_half(key) != key
    assert public_half(key) != public_half(KEYS[TESTIMONY])


def test_it_says_who_may_open_it_and_nothing_of_what_is_in_it() -> None:
    sealed = seal_envelope(PUBLIC, VALUE, HERE)
    assert set(slots_of(sealed, "It")) == set(PUBLIC)
    assert compartments_in(slots_of(sealed, "It")) == (Compartment.TESTIMONY, Compartment.MEDICAL)
    assert VALUE not in sealed
    assert len(sealed) == len(seal_envelope(PUBLIC, VALUE[::-1], HERE))


def test_in_another_place_it_does_not_open() -> None:
    sealed = seal_envelope(PUBLIC, VALUE, HERE)
    for slot in PUBLIC:
        with pytest.raises(DamagedFile):
            _opened(sealed, slot, where=ELSEWHERE)


def test_every_byte_counts_and_what_is_cut_is_damage() -> None:
    sealed = seal_envelope({MEDICAL: PUBLIC[MEDICAL]}, VALUE, HERE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        assert _is_refused(bytes(changed)), at
    for cut in (b"", sealed[:1], sealed[:2], sealed[:4], sealed[:60], sealed[:100], sealed[:-1]):
        with pytest.raises(DamagedFile):
            _opened(cut, MEDICAL)


def test_a_slot_given_to_one_cannot_be_passed_off_as_anothers() -> None:
    sealed = seal_envelope({MEDICAL: PUBLIC[MEDICAL]}, VALUE, HERE)
    renamed = sealed[:2] + Slot("medical", 4).to_bytes() + sealed[5:]
    with pytest.raises(DamagedFile):
        open_envelope(lambda _slot: PRIVATE[MEDICAL], renamed, HERE, "It")
