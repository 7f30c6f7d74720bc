"""Where a line of Lao may break.

Lao puts no space between words, and neither Qt nor ReportLab knows where they end. Here a run of
Lao letters is cut into words by the shortest path over a word list: fewest letters that belong to
no word, then fewest words. U+200B at these places lets every line filler break there; it is for
display only and never stored, searched, copied or compared.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import Final, NamedTuple

from shelterdesk.core.lao.letters import unified
from shelterdesk.core.paths import resources

BREAK: Final = "\u200b"
"""Zero width space: a place where a line may break (Unicode Standard Annex 14, class ZW)."""

LONGEST_UNKNOWN: Final = 24
"""Letters of an unknown run, most often a name, up to which it is never parted."""

_RUNS: Final = re.compile("[\u0e81-\u0ebd\u0ec0-\u0ec4\u0ec6\u0ec8-\u0ece\u0edc-\u0edf]+")

# What is never parted: vowels written before a letter, the letter (with the ຫ before it that only
# changes its tone), and the marks, vowels and repetition signs after it; ຯລຯ is one sign.
_CLUSTERS: Final = re.compile(
    "(?=.)[\u0ec0-\u0ec4]*(?:ຫ[ງຍນມຣລວ]?|[\u0e81-\u0eae\u0edc-\u0edf])?"
    "(?:[\u0eb0-\u0ebd\u0ec6\u0ec8-\u0ece]|ຯ(?:ລຯ)?)*"
)
_REPEATED: Final = re.compile("ໆ+")
_VOWEL: Final = re.compile("[\u0eb0-\u0ebb\u0ebd\u0ec0-\u0ec4\u0ecd]")
_BOUND: Final = frozenset({"ການ", "ຄວາມ"} | {f"{letter}ະ" for letter in "ກຂຄສຊຍດຕຖທບປຜພຟມອຮ"})
"""What never ends a line: the two prefixes that make nouns, and syllables that begin a word."""

_WORD: Final = 10
_OWN_WORD: Final = 9
"""A word of the shelter wins over two others of the same letters: ໄດ້|ຍິນຍອມ, not ໄດ້ຍິນ|ຍອມ."""

_UNKNOWN: Final = 1 << 24
"""The cost of one letter that belongs to no word: more than all words of a run together."""

_FIRST: Final = 3
"""Letters by which words are looked up."""


class _Lengths(dict[str, list[int]]):
    """How long the words are that begin with given letters; found when first asked for."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self._sorted = sorted(words)

    def __missing__(self, start: str) -> list[int]:
        first = bisect_left(self._sorted, start)
        last = bisect_right(self._sorted, f"{start}\uffff", lo=first)
        lengths = self[start] = [2, *{len(word) for word in self._sorted[first:last]}]
        return lengths


class _Words(NamedTuple):
    """The word list: what each word costs, and how long words with the same first letters are."""

    cost: dict[str, int]
    lengths: _Lengths


def _listed(name: str) -> list[str]:
    """Return the words of a list in `resources/words`, one a line; lines with # are remarks."""
    text = (resources() / "words" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


@cache
def _words() -> _Words:
    """Return the word list; it is read when the first Lao text is shown."""
    cost = dict.fromkeys(_listed("lao_words.txt"), _WORD)
    own = unified(" ".join(_listed("shelter_words.txt")))
    cost |= dict.fromkeys(own.split(), _OWN_WORD)
    return _Words(cost, _Lengths(cost))


def _shortest(text: str, ends: list[int]) -> list[int]:
    """Return where the words of `text` begin and end on the shortest path, 0 and its length too.

    `ends` are the ends of its clusters; one that belongs to no word counts as a word here. Of two
    paths of one length the one with the longer words first is taken. Most texts consist of words
    alone: what lies behind an unknown letter is looked at only when there is no such path.
    """
    cost, back = _walked(text, ends, _UNKNOWN)
    if cost >= _UNKNOWN:
        _, back = _walked(text, ends, cost)
    path = [len(text)]
    while path[-1]:
        path.append(back[path[-1]])
    return path[::-1]


def _walked(text: str, ends: list[int], limit: int) -> tuple[int, list[int]]:
    """Return the cost of the best path, and for each place where the last word before it begins.

    No word is looked for at a place that costs `limit` or more.
    """
    words, lengths = _words()
    repeated = {sign.start(): sign.end() for sign in _REPEATED.finditer(text)}
    size, start = len(text), 0
    cost, back = [0] + [(size + 1) * _UNKNOWN] * size, [0] * (size + 1)
    for end in ends:
        here = cost[start]
        if (price := here + _UNKNOWN * (end - start)) < cost[end]:
            cost[end], back[end] = price, start
        if here < limit:
            for length in lengths[text[start : start + _FIRST]]:
                stop = start + length
                word = words.get(text[start:stop])
                if word and stop <= size:
                    stop = repeated.get(stop, stop)
                    if here + word <= cost[stop]:
                        cost[stop], back[stop] = here + word, start
        start = end
    return cost[size], back


def _beginnings(text: str, path: list[int], longest_unknown: int) -> Iterator[int]:
    """Yield the places of `path` at which a line may begin, among them mostly its start."""
    before = ""
    for known, spans in groupby(pairwise(path), lambda span: _is_known(text[slice(*span)])):
        for start, end in spans if known else _names(text, list(spans), longest_unknown):
            if before not in _BOUND:
                yield start
            before = text[start:end]


def _is_known(word: str) -> bool:
    """Tell whether a word is in the list, with or without the sign ໆ that repeats it."""
    words = _words().cost
    return word in words or word.rstrip("ໆ") in words


def _names(text: str, spans: list[tuple[int, int]], longest_unknown: int) -> list[tuple[int, int]]:
    """Return the parts of a run of unknown clusters before which a line may break.

    A long run may break before each letter with a vowel. Letters without one are no syllable: they
    stay with what is before them.
    """
    start, end = spans[0][0], spans[-1][1]
    parts = spans if end - start > longest_unknown else [(start, end)]
    return [part for part in parts if _VOWEL.search(text[slice(*part)])]


def _within(run: str, text: str, longest_unknown: int) -> Iterator[int]:
    """Yield where a run of Lao letters may be parted; `text` is its unified form."""
    ends = list(accumulate(map(len, _CLUSTERS.findall(text))))
    written = ends if run == text else accumulate(map(len, _CLUSTERS.findall(run)))
    place = dict(zip(ends, written, strict=True))
    for start in _beginnings(text, _shortest(text, ends), longest_unknown):
        if start:
            yield place[start]


def breaks(text: str, longest_unknown: int = LONGEST_UNKNOWN) -> list[int]:
    """Return, ascending, the offsets inside runs of Lao before which a line may break.

    `text` carries no U+200B. Beside spaces, digits and other scripts the line filler knows its own
    rules. A run that no word explains stays whole up to `longest_unknown` letters.
    """
    runs = list(_RUNS.finditer(text))
    forms = unified(" ".join(run[0] for run in runs)).split()
    return [
        run.start() + place
        for run, form in zip(runs, forms, strict=True)
        for place in _within(run[0], form, longest_unknown)
    ]


@cache
def _at_the_door() -> dict[str, str]:
    """Return the words of the door with their marks, made when the catalogue was made.

    With them the door is painted before the word list is read.
    """
    file = resources() / "locale" / "lo" / "door.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    marked = [line.replace("\\n", "\n") for line in lines if not line.startswith("#")]
    return {plain(line): line for line in marked}


def breakable(text: str) -> str:
    """Return `text` for display: U+200B wherever a line may break, and nowhere else."""
    text = plain(text)
    return _at_the_door().get(text) or marked(text)


def marked(text: str) -> str:
    """Return a text without U+200B with the marks that the word list gives it."""
    places = [0, *breaks(text), len(text)]
    return BREAK.join(text[start:end] for start, end in pairwise(places))


def plain(text: str) -> str:
    """Return `text` without U+200B: what `breakable` was given."""
    return text.replace(BREAK, "")
