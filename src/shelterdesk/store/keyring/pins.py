"""Pins: what each keyholder has seen of the signed list, and four words that name its beginning.

A pin lies beside her lock, where everybody can write; its mac is under a key derived from her own
private key. So nobody can make her take another beginning, or a shorter chain, for what she saw.
"""

import hashlib
from typing import Final

from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.keyholder import Pin
from shelterdesk.store.keyring.keyring import Keyring
from shelterdesk.store.keyring.keyring_chain import Chain
from shelterdesk.store.keyring.passphrase_lock import KdfCost, stretched
from shelterdesk.store.keyring.seals import context, derived_key, mac, same

WORDS: Final = 4
"""Words of ten bits each, stretched: to find another beginning with the same four, 2^39 of the
derivations below are needed on average."""

_STRETCH: Final = KdfCost(memory_kib=64 * 1024, passes=2, lanes=1)


def pin_of(chain: Chain, private_key: bytes) -> Pin:
    """Pin a chain as its owner has just seen it."""
    first, newest = chain.first.digest, chain.newest.digest
    return Pin(first, newest, _mac(chain.store_id, first, newest, private_key))


def is_hers(pin: Pin, store_id: str, private_key: bytes) -> bool:
    """Tell whether the owner of this private key has made the pin, for these records."""
    return same(pin.mac, _mac(store_id, pin.first, pin.newest, private_key))


def _mac(store_id: str, first: str, newest: str, private_key: bytes) -> str:
    key = derived_key(private_key, "keyring pin")
    return mac(key, canonical([store_id, first, newest]))


def first_words(chain: Chain) -> tuple[str, ...]:
    """Return the four words that name the first entry; they are printed on the recovery pages.

    They never change, whatever comes after it. Takes a tenth of a second on purpose.
    """
    salt = hashlib.sha256(context("four words", chain.store_id)).digest()[:16]
    number = int.from_bytes(stretched(bytes.fromhex(chain.first.digest), salt, _STRETCH)[:8])
    return tuple(str(WORDLIST[number >> (10 * place) & 1023]) for place in range(WORDS))


def chain_in(keyring: Keyring) -> Chain:
    """Return the chain of an opened keyring; one of format 1 has none, and is asked before."""
    if keyring.chain is None:
        raise RuntimeError("this keyring has no chain, or is closed")
    return keyring.chain
