"""Recovery pages as people type them back: with numbers, full stops and all, and what is wrong.

A page shows for each of its 33 words the place, the word and the word's number of four digits. Any
of that may be typed, in any mixture: "1. academic 0002", "academic", "0002". What does not fit is
named by page and place, so that one word is looked at again and not sixty-six.
"""

import re
from collections.abc import Collection, Sequence
from itertools import combinations, pairwise
from typing import Final
from unicodedata import normalize

from shamir_mnemonic import MnemonicError, Share
from shamir_mnemonic.constants import (
    CHECKSUM_LENGTH_WORDS,
    CUSTOMIZATION_STRING_EXTENDABLE,
    RADIX_BITS,
)
from shamir_mnemonic.rs1024 import create_checksum
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.core.errors import WrongPages
from shelterdesk.core.i18n import N_

WORDS_ON_A_PAGE: Final = 33

_MOST_TYPED: Final = 8192
"""Characters that are looked at: a page with everything on it is about 700."""

_MOST_DOUBLED: Final = 2
"""Words that may stand twice in a row on one page, and be typed once as word and once as number."""

_LONGEST_SHOWN: Final = 16
_PLACES: Final = {word: place for place, word in enumerate(WORDLIST, start=1)}
_SOFT_HYPHEN: Final = "\u00ad"
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_FOUR: Final = 4

_WHICH: Final = (N_("the first page"), N_("the second page"))


class UnknownWord(WrongPages):
    """A word that stands in no list."""

    sentence = N_(
        "In {page}, word {place} (“{word}”) is no word of the list. Compare it with the paper."
    )


class WrongWord(WrongPages):
    """A word of the list that cannot stand at this place: the page's checksum says so."""

    sentence = N_(
        "In {page}, word {place} (“{word}”) is not what the paper says. Compare it with the paper."
    )


class MovedWords(WrongPages):
    """Two neighbours that changed places."""

    sentence = N_("In {page}, the words {place} and {after} have changed places.")


class WordCount(WrongPages):
    """More or fewer words than a page has."""

    sentence = N_(
        "In {page} there are {count} words; a page has 33. Look for one left out or double."
    )


class SeveralWrong(WrongPages):
    """More than one word is wrong, so that nobody can say which."""

    sentence = N_("In {page}, more than one word is wrong. Compare each word with the paper.")


class SamePage(WrongPages):
    """One page was typed twice."""

    sentence = N_("This is the same page twice. Type two different pages.")


class OtherSet(WrongPages):
    """Two pages that do not belong together."""

    sentence = N_(
        "The first page is of set {one}, the second of set {other}; the set number stands at the "
        "top of every page. Type two pages of one set."
    )


# -- read ----------------------------------------------------------------------------------------


def read_words(typed: str, before: int = 0) -> tuple[str, ...]:
    """Return the words of one page as typed, or of a part of it that `before` words precede.

    A number of four digits stands for its word, also beside it; a smaller one that counts on is a
    place. What is neither stays as it is, and `page_fault` names it.
    """
    plain = normalize("NFKC", typed[:_MOST_TYPED]).replace(_SOFT_HYPHEN, "")
    tokens = _TOKEN.findall(plain.lower())
    words = _read(tokens, before, beside=False)
    if not page_problem(words):
        return words
    doubled = _doubled(tokens) if not before else None
    return doubled or (_read(tokens, before, beside=True) if _stand_beside(tokens) else words)


def _doubled(typed: Sequence[str]) -> tuple[str, ...] | None:
    """Return the page in which a word and its own number are the same word twice, if one fits."""
    tokens = [each for each in typed if not each.isdecimal() or len(each) == _FOUR]  # no places
    missing = WORDS_ON_A_PAGE - len(_read(tokens, 0, beside=False))
    if not 0 < missing <= _MOST_DOUBLED:
        return None
    alike = [place for place, pair in enumerate(pairwise(tokens), 1) if _same(*pair)]
    for apart in combinations(alike, missing):
        words = _read(tokens, 0, beside=False, apart=apart)
        if not page_problem(words):
            return words
    return None


def _read(
    tokens: Sequence[str], before: int, *, beside: bool, apart: Collection[int] = ()
) -> tuple[str, ...]:
    """Return the words; with `beside`, a number behind a word always belongs to that word.

    The tokens at the places `apart` stand for a word of their own, whatever stands before them.
    """
    words: list[str] = []
    last = ""
    for at, (token, after) in enumerate(pairwise((*tokens, ""))):
        number = _number(token)
        last = "" if at in apart else last
        if (
            number == before + len(words) + 1 and len(token) < _FOUR - 1 and _begins_word(after)
        ) or (last and _same(last, token)):
            last = ""
        elif beside and number and last and not _number(last):
            words[-1] = f"{last} {token}"
            last = ""
        else:
            words.append(_word(token))
            last = token
    return tuple(words)


def _stand_beside(tokens: Sequence[str]) -> bool:
    """Tell whether the numbers were typed beside the words, by how often they agree."""
    written = sum(not token.isdecimal() for token in tokens)
    agreeing = sum(_same(*pair) for pair in pairwise(tokens))
    return agreeing > 0 and 2 * agreeing >= written


def _number(token: str) -> int:
    """Return the number that a token is, 0 for a word and for a number that stands for none."""
    if not token.isdecimal() or len(token) > _FOUR:
        return 0
    number = int(token)
    return number if number <= len(WORDLIST) else 0


def _begins_word(token: str) -> bool:
    return bool(token) and (not token.isdecimal() or len(token) == _FOUR)


def _same(one: str, other: str) -> bool:
    """Tell whether a word and a number, in either order, are the same entry of the list."""
    if one.isdecimal() == other.isdecimal():
        return False
    word, number = (other, one) if one.isdecimal() else (one, other)
    return len(number) == _FOUR and _PLACES.get(word) == _number(number)


def _word(token: str) -> str:
    number = _number(token)
    return str(WORDLIST[number - 1]) if number else token[: 2 * _LONGEST_SHOWN]


def words_from(letters: str) -> tuple[str, ...]:
    """Return the words of the list that begin with some letters; all of them for none."""
    return tuple(word for word in WORDLIST if word.startswith(letters))


def unknown_word(word: str) -> bool:
    """Tell whether a word stands in no list."""
    return word not in _PLACES


# -- looked at -----------------------------------------------------------------------------------


def page_problem(words: Sequence[str]) -> bool:
    """Tell whether one typed page fails its checksum, so that it can be mended at once."""
    try:
        Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return True
    return False


def page_fault(words: Sequence[str], page: int = 1) -> WrongPages | None:
    """Return what is wrong with the first or second typed page, in words; None if nothing is."""
    which = _WHICH[page - 1]
    for place, word in enumerate(words, 1):
        if word not in _PLACES:
            return UnknownWord(page=which, place=place, word=word[:_LONGEST_SHOWN])
    if len(words) != WORDS_ON_A_PAGE:
        return WordCount(page=which, count=len(words))
    if not page_problem(words):
        return None
    places = [_PLACES[word] - 1 for word in words]
    wrong = _wrong_place(places)
    if wrong is not None:
        return WrongWord(page=which, place=wrong + 1, word=words[wrong])
    for place in range(len(words) - 1):
        moved = [*words[:place], words[place + 1], words[place], *words[place + 2 :]]
        if not page_problem(moved):
            return MovedWords(page=which, place=place + 1, after=place + 2)
    return SeveralWrong(page=which)


def pages_fault(pages: Sequence[Sequence[str]]) -> WrongPages | None:
    """Return what is wrong with two typed pages, each for itself and together; None if nothing."""
    for number, words in enumerate(pages, 1):
        fault = page_fault(words, number)
        if fault is not None:
            return fault
    shares = [Share.from_mnemonic(" ".join(words)) for words in pages]
    numbers = [share.identifier for share in shares]
    if len(set(numbers)) > 1:
        return OtherSet(one=numbers[0], other=numbers[1])
    return SamePage() if len({share.index for share in shares}) < len(shares) else None


def _wrong_place(places: Sequence[int]) -> int | None:
    """Return which one word alone could be wrong; None if no single one explains the checksum.

    The checksum (RS1024 of SLIP-39) is linear: the difference that a change of one word makes is
    put together from those of its ten bits, and no two words can make the same one.
    """
    body, told = list(places[:-CHECKSUM_LENGTH_WORDS]), _packed(places[-CHECKSUM_LENGTH_WORDS:])
    due = _checksum(body)
    difference = due ^ told
    for place in range(len(body)):
        steps = []
        for bit in range(RADIX_BITS):
            other = [*body[:place], body[place] ^ (1 << bit), *body[place + 1 :]]
            steps.append(_checksum(other) ^ due)
        if _is_made_of(difference, steps):
            return place
    for back in range(CHECKSUM_LENGTH_WORDS):
        if difference >> (RADIX_BITS * back) << (RADIX_BITS * back) == difference and (
            difference >> (RADIX_BITS * (back + 1)) == 0
        ):
            return len(places) - 1 - back
    return None


def _checksum(body: Sequence[int]) -> int:
    return _packed(create_checksum(body, CUSTOMIZATION_STRING_EXTENDABLE))


def _packed(words: Sequence[int]) -> int:
    packed = 0
    for word in words:
        packed = packed << RADIX_BITS | word
    return packed


def _is_made_of(wanted: int, steps: Sequence[int]) -> bool:
    """Tell whether some of the steps, taken together bit by bit, are what is wanted."""
    basis: list[int] = []
    for step in steps:
        rest = _reduced(step, basis)
        if rest:
            basis.append(rest)
            basis.sort(reverse=True)
    return _reduced(wanted, basis) == 0


def _reduced(value: int, basis: Sequence[int]) -> int:
    for each in basis:
        value = min(value, value ^ each)
    return value
