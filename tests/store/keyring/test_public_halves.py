"""To whom is sealed: of a key that is held never what anybody tells, of others what is told."""

import os

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Compartment
from shelterdesk.store.database.sealed_fields import resealed, seal_json, unseal
from shelterdesk.store.keyring.envelopes import Slot, public_half
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import new_private_key, public_key_of

PLACE = ("release", "1", "sentence")
T, M = Compartment.TESTIMONY, Compartment.MEDICAL
FALSE = public_key_of(new_private_key())


def _keys(*held: tuple[str, int]) -> Keys:
    return Keys("s", "h", new_private_key(), {place: os.urandom(32) for place in held})


def test_of_a_key_that_is_held_a_false_public_half_is_not_believed() -> None:
    keys = _keys(("testimony", 1))
    keys.public_halves[Slot("testimony", 1)] = FALSE
    keys.public_halves[Slot("testimony", 2)] = FALSE
    assert keys.slot_of(T) == (Slot("testimony", 1), public_half(keys.secrets["testimony", 1]))


def test_of_others_the_newest_that_is_told_and_without_one_nothing_is_sealed() -> None:
    keys = _keys()
    with pytest.raises(NotAllowed):
        seal_json(keys, [T], PLACE, b'"x"')
    keys.public_halves |= {Slot("testimony", n): public_key_of(new_private_key()) for n in (2, 10)}
    assert keys.slot_of(T)[0] == Slot("testimony", 10)


def test_who_holds_no_key_seals_and_cannot_open_it_and_any_holder_can() -> None:
    counsellor, nurse, house = _keys(("testimony", 1)), _keys(("medical", 1)), _keys()
    for keys in (counsellor, nurse):
        for place, secret in keys.secrets.items():
            house.public_halves[Slot(*place)] = public_half(secret)
    payload = seal_json(house, [T, M], PLACE, b'"x"')
    assert unseal(house, T, PLACE, payload) is None
    assert [unseal(keys, T, PLACE, payload) for keys in (counsellor, nurse)] == [b'"x"', b'"x"']
    assert unseal(counsellor, T, PLACE, payload) == b'"x"'  # from the content keys it remembers


def test_new_keys_take_an_envelope_along_to_the_same_compartments() -> None:
    director = _keys(("testimony", 1), ("medical", 1))
    payload = seal_json(director, [T, M], PLACE, b'"x"')
    assert resealed(director, T, PLACE, payload) is None
    director.secrets |= {("testimony", 2): os.urandom(32), ("medical", 2): os.urandom(32)}
    following = resealed(director, T, PLACE, payload)
    assert following is not None
    for name in ("testimony", "medical"):
        only = Keys("s", "n", new_private_key(), {(name, 2): director.secrets[name, 2]})
        assert unseal(only, T, PLACE, following) == b'"x"'
        assert unseal(only, T, PLACE, payload) is None
