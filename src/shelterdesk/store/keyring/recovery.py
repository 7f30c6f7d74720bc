"""Recovery pages: a secret that exists only on three printed pages, any two of which suffice.

SLIP-39 (Shamir's sharing with a checksum on every page): 256-bit secret, 33 words a page. The
15-bit identifier that all pages of one sharing carry is the set number printed on them.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.core.errors import WrongPages
from shelterdesk.store.keyring.seals import derived_key, public_key_of
from shelterdesk.store.keyring.signing import verifying_key_of

PAGES = 3
NEEDED = 2
_PLACES = {word: place for place, word in enumerate(WORDLIST, start=1)}


def page_words() -> frozenset[str]:
    """Return the words that recovery pages are made of."""
    return frozenset(WORDLIST)


@dataclass(frozen=True)
class RecoveryPages:
    """The words of one set; shown and printed once, kept nowhere."""

    set_number: int
    pages: tuple[tuple[str, ...], ...]
    of_list: tuple[str, ...] = ()
    """Four words that name the first entry of the signed list; printed on every page."""

    def __repr__(self) -> str:
        return f"<RecoveryPages set {self.set_number}>"


@dataclass(frozen=True)
class RecoverySecret:
    """What two pages give back: the set they belong to and the keys derived from its secret."""

    set_number: int
    private_key: bytes
    witness_key: bytes

    @property
    def public_key(self) -> bytes:
        """The half that may lie in the keyring."""
        return public_key_of(self.private_key)

    @property
    def signing_key(self) -> bytes:
        """The half by which the pages' signatures are known."""
        return verifying_key_of(self.private_key)

    def __repr__(self) -> str:
        return f"<RecoverySecret set {self.set_number}>"


def word_number(word: str) -> int:
    """Return the place of a word in the list of 1,024 (from 1), as printed beside it."""
    return _PLACES[word]


def new_pages() -> tuple[RecoveryPages, RecoverySecret]:
    """Draw a new secret and share it over three pages."""
    master = os.urandom(32)
    [mnemonics] = generate_mnemonics(
        group_threshold=1, groups=[(NEEDED, PAGES)], master_secret=master, iteration_exponent=0
    )
    number = Share.from_mnemonic(mnemonics[0]).identifier
    pages = RecoveryPages(number, tuple(tuple(page.split()) for page in mnemonics))
    return pages, _secret(number, master)


def _secret(number: int, master: bytes) -> RecoverySecret:
    return RecoverySecret(
        set_number=number,
        private_key=derived_key(master, "recovery private key"),
        witness_key=derived_key(master, "recovery witness"),
    )


def combined(pages: Sequence[Sequence[str]], wanted_set: int | None = None) -> RecoverySecret:
    """Return the secret from two pages as typed.

    Raises WrongPages when a word is wrong, pages are the same or of different sets, or the set is
    not `wanted_set`.
    """
    try:
        shares = [Share.from_mnemonic(" ".join(words)) for words in pages[:NEEDED]]
        master = combine_mnemonics([" ".join(words) for words in pages[:NEEDED]])
    except (MnemonicError, IndexError) as fault:
        raise WrongPages(wanted=wanted_set if wanted_set is not None else "?") from fault
    number = shares[0].identifier
    if wanted_set not in (None, number):
        raise WrongPages(wanted=wanted_set)
    return _secret(number, master)
