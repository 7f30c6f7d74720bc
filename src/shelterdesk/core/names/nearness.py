"""How far apart two names sound: what an ear or a clerk mixes up costs little, all else much.

The one measure of the same name. Sounds are compared one by one, as in an edit distance, with
prices: n and ny, or a vowel that Thai does not write, cost next to nothing; another consonant costs
one. Two words are the same name up to a price that grows with their length.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from shelterdesk.core.names.thai import OPEN

_A_SOUND: Final = 0.12
"""What two names may differ by, for each sound of the shorter one."""

MOST: Final = 0.95
"""What they may differ by at the most: less than one sound that nobody mixes up."""

_ONE_SOUND: Final = 1.2

_VOWELS: Final = frozenset("aeiuM" + OPEN)

_MIXED_UP: Final = {
    frozenset(pair): price
    for price, pairs in {
        0.05: ["*a", "*u", "Tt", "Td", "Pp", "Pb", "Cc", "Cj", "cj", "Ln", "Ll"],
        0.1: ["Yi"],
        0.15: ["nY", "cs", "Ct", "Cs", "TC", "*e", "*M", "*i"],
        0.25: ["uv", "GY", "Mu", "fp"],
        0.3: ["Me"],
        0.6: ["ie", "Ma", "js"],
        0.8: ["ae", "Mi", "bp", "dt", "hl", "nl", "kG", "mn", "nG"],
    }.items()
    for pair in pairs
}
_LEFT_OUT: Final = {"*": 0.03, "Y": 0.3, "h": 0.4, "v": 0.6, "l": 0.7, "n": 0.8, "e": 0.5}
_BETWEEN: Final = {"a": 0.35, "e": 0.5, "i": 0.7, "u": 0.8, "M": 0.7}
"""Vowels that are left out between two consonants: Rassamy, Rasmy."""

_BESIDE: Final = 0.6
"""The price of a vowel beside another one."""


@lru_cache(maxsize=1024)
def _changed(one: str, other: str) -> float:
    """Return the price of one sound for another."""
    if one == other:
        return 0.0
    price = _MIXED_UP.get(frozenset((one, other)))
    if price is not None:
        return price
    return 1.0 if one in _VOWELS and other in _VOWELS else 1.2


@lru_cache(maxsize=4096)
def _gone(sound: str, before: str, after: str) -> float:
    """Return the price of a sound that the other word has not."""
    if sound in "tT" and after not in _VOWELS and after != " ":
        return 0.1 if after in "scjC" else 0.6  # Lasamy, Latsamy
    if sound in _BETWEEN and " " not in (before, after):
        return _gone_vowel(sound, before, after)
    return _LEFT_OUT.get(sound, 1.0)


def _gone_vowel(sound: str, before: str, after: str) -> float:
    if after in _VOWELS:
        return 0.9  # Somchai is not Somsy
    return _BESIDE if before in _VOWELS else _BETWEEN[sound]


@lru_cache(maxsize=65536)
def nearness(one: str, other: str) -> float:
    """Return what it costs to take one row of sounds for another, 0 when they are the same."""
    if one == other:
        return 0.0
    lost, added = _prices(one), _prices(other)
    row = [0.0, *accumulate(added)]
    for at, sound in enumerate(one):
        above, row = row, [row[0] + lost[at]]
        for place, its in enumerate(other):
            changed = above[place] + _changed(sound, its)
            row.append(min(changed, above[place + 1] + lost[at], row[place] + added[place]))
    return row[-1]


@lru_cache(maxsize=16384)
def _prices(sounds: str) -> tuple[float, ...]:
    """Return what it costs to leave out each of a row of sounds."""
    beside = f" {sounds} "
    return tuple(_gone(sound, beside[at], beside[at + 2]) for at, sound in enumerate(sounds))


def is_same(one: str, other: str) -> bool:
    """Tell whether two rows of sounds are one name."""
    if one == other:
        return bool(one)
    shorter = min(len(one) - one.count(OPEN), len(other) - other.count(OPEN))
    return nearness(one, other) <= min(_A_SOUND * shorter, MOST)


def is_close(one: str, other: str) -> bool:
    """Tell whether two rows of sounds differ by one sound at the most: enough beside a family."""
    return min(len(one), len(other)) > 2 and nearness(one, other) <= _ONE_SOUND


class Heard:
    """Many names by their sounds, to ask which of them one word may be: quick, and the same answer.

    What cannot be near is left out by its consonants alone, before anything is priced.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._of: dict[str, list[str]] = {}
        for one in dict.fromkeys(known):
            self._of.setdefault(_bones(one), []).append(one)
        self._bones = list(self._of)

    def __repr__(self) -> str:
        return "<Heard>"

    def same(self, sound: str, most: float = MOST) -> list[str]:
        """Return the names that one row of sounds may be, `most` apart."""
        near = (one for one in self._perhaps(sound) if is_same(sound, one))
        return [one for one in near if most == MOST or nearness(sound, one) <= most]

    def _perhaps(self, sound: str) -> list[str]:
        bones = _bones(sound)
        near = process.extract(
            bones,
            self._bones,
            scorer=Levenshtein.distance,
            score_cutoff=1 if len(bones) < _SHORT else 2,
            limit=None,
        )
        return [one for known, _score, _at in near for one in self._of[known]]


_BONES: Final = str.maketrans("cjCbPfdTL", "ssspppttn", "aeiuM*Yhv")
_SHORT: Final = 4


@lru_cache(maxsize=16384)
def _bones(sound: str) -> str:
    """Return the consonants of a row of sounds, those alike made one."""
    return sound.translate(_BONES)
