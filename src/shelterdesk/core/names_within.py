"""Where names stand in a text: as whole words, in Lao or in Latin letters, however they are spelt.

Lao puts no blank between words, so a short name is looked for among the words that the word list
finds, and only where a name can stand: ຄຳ is a name in ນາງຄຳ and a part of a word in ຄຳອະທິບາຍ. A
name of several syllables is looked for from letter to letter as well, since no word list holds it.
Where the two scripts differ, or where both are Latin, sounds are compared instead of letters.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from shelterdesk.core.lao import normalised
from shelterdesk.core.lao_breaks import breaks
from shelterdesk.core.lao_latin import TONES, romanised
from shelterdesk.core.name_keys import folded, name_keys

_LAO: Final = re.compile("[\u0e81-\u0ecf\u0edc-\u0edf]")
_RUNS: Final = re.compile(
    "[\u0e81-\u0ecf\u0edc-\u0edf]+|[\u0e01-\u0e4e]+|(?:[^\\W\u0e00-\u0eff_]|[\u0300-\u036f])+"
)
_CLUSTERS: Final = re.compile("[\u0ec0-\u0ec4]*.[\u0eb0-\u0ebd\u0ec6\u0ec8-\u0ece]*")
_LAST: Final = frozenset("ກງດບນມຍວ")
"""Consonants that end a syllable: before one that stands bare, a name is not over yet."""

_SIGNS: Final = re.compile("[!-/:-@\\[-`{-~\u2010-\u2019]+")
_GAP: Final = re.compile("[\\s.,·'\u2010-\u2019-]{0,2}")
_LONG: Final = 5
"""Letters from which a Lao name is looked for inside of words as well."""

_SOUNDS: Final = 3
"""Letters from which two names are compared by their sound."""

_MOST: Final = 8
"""Pieces of a text that are put together to one name."""

_BEFORE: Final = frozenset(
    {
        *("ນາງ", "ສາວ", "ນາງສາວ", "ທາວ", "ທານ", "ນາຍ", "ພໍ", "ແມ", "ອາຍ", "ເອືອຍ", "ນອງ", "ລຸງ", "ປາ"),
        *("ນາ", "ອາວ", "ຜົວ", "ເມຍ", "ຊື", "ກັບ", "ແລະ", "ໃຫ", "ຂອງ", "ຫາ", "ຢານ"),
    }
)
"""Words before a name, without tones; after any other word a short name is a part of a word."""

_PREFIX: Final = frozenset({"ຄໍາ", "ການ"})
"""Short names that also make nouns of the word that follows."""

Span = tuple[int, int]


@dataclass(frozen=True, repr=False)
class _Wanted:
    """What is looked for: names as written and as they sound, from Lao and from Latin letters."""

    written: set[str] = field(default_factory=set)
    by_sound: set[str] = field(default_factory=set)
    """Sounds of names in Latin letters, for a text in any script."""
    lao_sounds: set[str] = field(default_factory=set)
    """Sounds of names in Lao, for a text in Latin letters only."""

    def add(self, name: str) -> None:
        """Take in one name, its words in any order."""
        key = name_keys(name)
        plain = _written(name).replace(" ", "")
        short = any(len(form) < _SOUNDS for forms in key.written for form in forms)
        self.written.update([plain] if short else [f for forms in key.written for f in forms])
        sounds = self.lao_sounds if _LAO.search(name) else self.by_sound
        sounds.update(f for forms in key.folded for f in forms if len(f) >= _SOUNDS)

    def holds(self, text: str) -> bool:
        """Tell whether a piece of text is one of the names."""
        written = _written(text).replace(" ", "")
        if len(written) > 1 and written in self.written:
            return True
        if not (self.by_sound or self.lao_sounds):
            return False
        sound = _sound(text)
        return sound in self.by_sound or (sound in self.lao_sounds and not _LAO.search(text))

    def may_begin(self, piece: str) -> bool:
        """Tell whether one of the names begins like a piece of text; quick, so asked first."""
        written, sound = _written(piece)[:1], _sound(piece)[:1]
        sounds = (name[0] for names in (self.by_sound, self.lao_sounds) for name in names)
        return any(name[:1] == written for name in self.written) or sound in sounds


@lru_cache(maxsize=8192)
def _written(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", _toneless(text)).split())


def _toneless(text: str) -> str:
    return TONES.sub("", normalised(text))


@lru_cache(maxsize=8192)
def _sound(text: str) -> str:
    return folded(romanised(_toneless(text))).replace(" ", "")


def names_within(text: str, names: Iterable[str], spared: Iterable[str] = ()) -> list[Span]:
    """Return where one of the names stands in a text, ascending and apart from each other.

    The longest name wins. Where one of `spared` stands, nothing is found: it is hers.
    """
    wanted, own = _Wanted(), _Wanted()
    for name in filter(str.strip, names):
        wanted.add(name)
    for name in filter(str.strip, spared):
        own.add(name)
    found, hers = _among(text, _words(text), wanted, own)
    inside = _Wanted({name for name in wanted.written if _is_long(name)})
    if inside.written:
        more, _hers = _among(text, _letters(text), inside, own)
        taken = [*found, *hers]
        found += [one for one in more if not any(_meet(one, other) for other in taken)]
    return sorted(found)


def _is_long(name: str) -> bool:
    return len(name) >= _LONG and _LAO.search(name) is not None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _words(text: str) -> list[Span]:
    """Return the words of a text; of Lao, the words and the syllables that belong to none."""
    parted = breaks(text, 1)
    return [
        piece
        for run in _RUNS.finditer(text)
        for piece in pairwise(
            [run.start(), *(p for p in parted if run.start() < p < run.end()), run.end()]
        )
    ]


def _letters(text: str) -> list[Span]:
    """Return the letters of the Lao in a text, each with the vowels and tones that belong to it."""
    runs = (run for run in _RUNS.finditer(text) if _LAO.search(run[0]))
    return [
        (run.start() + letter.start(), run.start() + letter.end())
        for run in runs
        for letter in _CLUSTERS.finditer(run[0])
    ]


def _among(
    text: str, pieces: list[Span], wanted: _Wanted, own: _Wanted
) -> tuple[list[Span], list[Span]]:
    """Return where wanted names and where her own stand, going from piece to piece."""
    found: list[Span] = []
    hers: list[Span] = []
    at = 0
    while at < len(pieces):
        piece = text[slice(*pieces[at])]
        begins = own.may_begin(piece) or wanted.may_begin(piece)
        size, is_hers = _longest(text, pieces, at, (own, wanted)) if begins else (0, False)
        if size:
            (hers if is_hers else found).append((pieces[at][0], pieces[at + size - 1][1]))
        at += size or 1
    return found, hers


def _longest(
    text: str, pieces: list[Span], at: int, kinds: tuple[_Wanted, _Wanted]
) -> tuple[int, bool]:
    """Return how many pieces from here are one name, 0 for none, and whether it is her own."""
    for size in range(_reach(text, pieces, at), 0, -1):
        start, end = pieces[at][0], pieces[at + size - 1][1]
        if _goes_on(text, pieces, at + size) or not _can_stand(text, pieces, at, size):
            continue
        for kind, is_hers in zip(kinds, (True, False), strict=True):
            if kind.holds(text[start:end]):
                return size, is_hers
    return 0, False


def _reach(text: str, pieces: list[Span], at: int) -> int:
    """Return how many pieces from here stand together closely enough for one name."""
    size = 1
    while size < _MOST * 2 and at + size < len(pieces):
        between = text[pieces[at + size - 1][1] : pieces[at + size][0]]
        if not _GAP.fullmatch(between):
            break
        size += 1
    return size


def _can_stand(text: str, pieces: list[Span], at: int, size: int) -> bool:
    """Tell whether a short Lao word stands where a name can: alone, or after a word like ນາງ."""
    start, end = pieces[at][0], pieces[at + size - 1][1]
    written = _written(text[start:end])
    if not _LAO.search(written) or len(written) >= _LONG:
        return True
    is_first = not _LAO.search(text[start - 1 : start]) if start else True
    is_last = not _LAO.search(text[end : end + 1])
    if is_first:
        return is_last or written not in _PREFIX
    return bool(at) and _written(text[slice(*pieces[at - 1])]) in _BEFORE


def _goes_on(text: str, pieces: list[Span], after: int) -> bool:
    """Tell whether the syllable before a piece ends in that piece, a bare last consonant."""
    if after >= len(pieces):
        return False
    start, end = pieces[after]
    joined = start == pieces[after - 1][1]
    return joined and text[start:end] in _LAST
