"""Where names stand in a text: as whole words, in Lao or in Latin letters, however they are spelt.

Lao puts no blank between words, so a short name is looked for among the words that the word list
finds, and only where a name can stand: ຄຳ is a name in ນາງຄຳ and a part of a word in ຄຳອະທິບາຍ. A
name of several syllables is looked for from letter to letter as well, since no word list holds it.
Where the two scripts differ, or where both are Latin, sounds are compared instead of letters.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise, permutations
from typing import Final

from shelterdesk.core.lao.breaks import breaks
from shelterdesk.core.lao.latin import TONES
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.called import PLACES_BEFORE, plain, without_titles
from shelterdesk.core.names.disguises import figured, scripts, without_figures_inside
from shelterdesk.core.names.nearness import MOST, Heard
from shelterdesk.core.names.sounds import sounds

_LAO: Final = re.compile("[\u0e81-\u0ecf\u0edc-\u0edf]")
_NO_BLANKS: Final = re.compile("[\u0e01-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf]")
_RUNS: Final = re.compile(
    "[\u0e81-\u0ecf\u0edc-\u0edf]+|[\u0e01-\u0e4e]+|(?:[^\\W\\d\u0e00-\u0eff_]|[\u0300-\u036f])+"
)
_CLUSTERS: Final = re.compile(
    "[\u0e40-\u0e44\u0ec0-\u0ec4]*.[\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6\u0ec8-\u0ece]*"
)
_LAST: Final = frozenset("ກງດບນມຍວ")
"""Consonants that end a syllable: before one that stands bare, a name is not over yet."""

_SIGNS: Final = re.compile("[!-/:-@\\[-`{-~\u2010-\u2019]+")
_GAP: Final = re.compile("[\\s.,·_'\u200b-\u200d\u2010-\u2019-]{0,2}")
_LONG: Final = 5
"""Letters or sounds from which a name is looked for inside of Lao and Thai words as well."""

_SOUNDS: Final = 3
"""Sounds from which two names are compared by their sound."""

_MORE: Final = 6
"""Letters by which a name may be longer in the text than where it was written down."""

_ALMOST: Final = 0.2
"""What a name inside of words may differ by: across two words much sounds like a name."""

_MOST_WORDS: Final = 3
"""Words of one name that are looked for in any order."""

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


class _Wanted:
    """What is looked for: names as written and as they sound."""

    def __init__(self, names: Iterable[str], most: float = MOST) -> None:
        self._most = most
        self.written: set[str] = set()
        heard: set[str] = set()
        for name in filter(str.strip, names):
            words = without_titles(PLACES_BEFORE.sub("", plain(name)))
            forms = ["".join(order) for order in permutations(words[:_MOST_WORDS])]
            self.written.update(forms)
            heard.update(sound for form in forms if len(sound := sounds(form)) >= _SOUNDS)
        self._heard = Heard(heard)
        self.longest = max(map(len, (*self.written, *heard)), default=0) + _MORE
        self._found: dict[str, bool] = {}

    def holds(self, text: str) -> bool:
        """Tell whether a piece of text is one of the names."""
        if text not in self._found:
            written = {_written(form).replace(" ", "") for form in scripts(text)}
            read = (form for one in written for form in scripts(one))
            self._found[text] = any(map(self._is_one, read))
        return self._found[text]

    def _is_one(self, written: str) -> bool:
        if len(written) > 1 and written in self.written:
            return True
        if any(map(str.isdigit, written)):
            return False  # a number beside a name is no part of it
        sound = sounds(written)
        return len(sound) >= _SOUNDS and bool(self._heard.same(sound, self._most))

    def only_long(self) -> "_Wanted":
        """Return those that are looked for inside of words as well."""
        return _Wanted((name for name in self.written if len(sounds(name)) >= _LONG), _ALMOST)


@lru_cache(maxsize=8192)
def _written(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", _toneless(text)).split())


def _toneless(text: str) -> str:
    return TONES.sub("", normalised(text))


def names_within(text: str, names: Iterable[str], spared: Iterable[str] = ()) -> list[Span]:
    """Return where one of the names stands in a text, ascending and apart from each other.

    The longest name wins. Where one of `spared` stands, nothing is found: it is hers.
    """
    return looking_for(names, spared)(text)


def looking_for(names: Iterable[str], spared: Iterable[str] = ()) -> Callable[[str], list[Span]]:
    """Return what finds these names in a text, as `names_within`: made once for many texts."""
    wanted, own = _Wanted(names), _Wanted(spared)
    inside = wanted.only_long()

    def found_in(text: str) -> list[Span]:
        found = plainly(text)
        bare, places = without_figures_inside(text)
        more = [
            (places[one[0]], places[one[1] - 1] + 1) for one in (plainly(bare) if places else ())
        ]
        return sorted([*found, *(one for one in more if not any(_meet(one, it) for it in found))])

    def plainly(text: str) -> list[Span]:
        found, hers = _among(text, _words(text), wanted, own)
        others = [(_letters(text), inside)] if inside.written else []
        for pieces, looked_for in (*others, (_with_figures(text), wanted)):
            more, _hers = _among(text, pieces, looked_for, own)
            taken = [*found, *hers]
            found += [one for one in more if not any(_meet(one, other) for other in taken)]
        return sorted(found)

    return found_in


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


def _with_figures(text: str) -> list[Span]:
    """Return the words of a text in which some have figures for letters; none where none has."""
    found = figured(text)
    others = _words(text) if found else ()
    return sorted([*found, *(w for w in others if not any(_meet(w, one) for one in found))])


def _letters(text: str) -> list[Span]:
    """Return the letters of Lao and Thai, each with the vowels and tones that belong to it."""
    runs = (run for run in _RUNS.finditer(text) if _NO_BLANKS.search(run[0]))
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
        size, is_hers = _longest(text, pieces, at, (own, wanted))
        if size:
            (hers if is_hers else found).append((pieces[at][0], pieces[at + size - 1][1]))
        at += size or 1
    return found, hers


def _longest(
    text: str, pieces: list[Span], at: int, kinds: tuple[_Wanted, _Wanted]
) -> tuple[int, bool]:
    """Return how many pieces from here are one name, 0 for none, and whether it is her own."""
    longest = max(kind.longest for kind in kinds)
    for size in range(_reach(text, pieces, at, longest), 0, -1):
        start, end = pieces[at][0], pieces[at + size - 1][1]
        if _goes_on(text, pieces, at + size) or not _can_stand(text, pieces, at, size):
            continue
        for kind, is_hers in zip(kinds, (True, False), strict=True):
            if kind.holds(text[start:end]):
                return size, is_hers
    return 0, False


def _reach(text: str, pieces: list[Span], at: int, longest: int) -> int:
    """Return how many pieces from here stand together closely enough for one name."""
    size, letters = 1, pieces[at][1] - pieces[at][0]
    while size < _MOST * 2 and at + size < len(pieces):
        letters += pieces[at + size][1] - pieces[at + size][0]
        if letters > longest:
            break
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
