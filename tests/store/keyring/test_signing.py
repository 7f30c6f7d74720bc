"""Signatures: whose they are, over what, and in which place."""

import pytest

from shelterdesk.store.keyring.seals import context, new_private_key, public_key_of
from shelterdesk.store.keyring.signing import is_signed, signed, verifying_key_of

HERE = context("log", "store", 7)


@pytest.fixture
def private_key() -> bytes:
    return new_private_key()


def test_a_signature_holds_for_its_own_words_place_and_signer_only(private_key: bytes) -> None:
    signature = signed(private_key, b"she agreed", HERE)
    mine, others = verifying_key_of(private_key), verifying_key_of(new_private_key())
    assert is_signed(mine, signature, b"she agreed", HERE)
    assert not is_signed(mine, signature, b"she refused", HERE)
    assert not is_signed(mine, signature, b"she agreed", context("log", "store", 8))
    assert not is_signed(others, signature, b"she agreed", HERE)


def test_words_cannot_slip_into_the_place(private_key: bytes) -> None:
    signature = signed(private_key, b"bc", b"a")
    assert not is_signed(verifying_key_of(private_key), signature, b"c", b"ab")


@pytest.mark.parametrize("spoilt", [b"", b"short", bytes(64), bytes(65)])
def test_what_is_no_signature_or_no_key_is_refused_quietly(
    private_key: bytes, spoilt: bytes
) -> None:
    assert not is_signed(verifying_key_of(private_key), spoilt, b"", HERE)
    assert not is_signed(spoilt, signed(private_key, b"", HERE), b"", HERE)


def test_the_two_pairs_of_one_secret_have_nothing_in_common(private_key: bytes) -> None:
    assert verifying_key_of(private_key) != public_key_of(private_key)
    assert verifying_key_of(private_key) == verifying_key_of(private_key)
