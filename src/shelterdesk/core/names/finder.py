"""Finding somebody while her name is being typed: in Lao, in Latin letters, and misspelt.

All names, codes and aliases are held in memory, in two forms: as written, and by their sound in
Latin letters. Whatever is typed is looked for first as it stands, then by its sound, then by the
measure of the same name (`nearness`), and only when that finds hardly anybody among words that may
be misspelt. Nothing is written anywhere; the
finder goes with the vault when it is locked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from shelterdesk.core.lao.latin import romanised
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.called import without_titles
from shelterdesk.core.names.disguises import readings
from shelterdesk.core.names.keys import folded, folded_beginning
from shelterdesk.core.names.nearness import Heard
from shelterdesk.core.names.sounds import sounds

ENOUGH: Final = 5
"""Hits from which nobody is looked for under other spellings."""

SHORTEST: Final = 3
"""Letters of a word from which it can be told that it is misspelt."""

NEARLY: Final = 0.86
"""Likeness from which a word counts as a misspelling of another."""

_ALL_BEGINNINGS: Final = 50_000
"""Words up to which a wrong first letter is looked through too; with more it would take long."""

_BLOCK: Final = 64
"""Rows that are looked through at once, as one text: ten times as quick as row by row."""

_DIGIT: Final = re.compile("[0-9]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\u2043\u30fc\ufe58\ufe63\uff0d_]")
_BETWEEN: Final = re.compile("[-.\\s/]+")

_NO_NAME: Final = re.compile(r"([^\W\d])\1\1")
"""The same letter three times: no name is written so, and its sound would be a single letter."""

_MOST_WORDS: Final = 300
"""Words nearly the same that are followed up, the closest ones."""


def _sounds(texts: Sequence[str]) -> list[str]:
    """Return the sounds of texts, each with its blanks and once more in one word.

    A text with a digit is a code or a number: it is looked for as it is written.
    """
    spoken = (romanised(text) for text in texts if not _DIGIT.search(text))
    sounds = [sound for latin in dict.fromkeys(spoken) if (sound := folded(latin))]
    joined = [sound.replace(" ", "") for sound in sounds if " " in sound]
    return list(dict.fromkeys([*sounds, *joined]))


class _Lines:
    """Row -> its texts, one a line; the rows that hold a text are found block by block."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._blocks: list[tuple[str, list[str]]] = []

    def __contains__(self, row: str) -> bool:
        return row in self._of

    def __getitem__(self, row: str) -> str:
        return self._of[row]

    def put(self, row: str, texts: Iterable[str]) -> None:
        """Keep the texts of a row, with a line feed at both ends, so that beginnings show."""
        self._of[row] = "\n".join(("", *texts, ""))
        self._blocks = []

    def drop(self, row: str) -> None:
        """Let go of the texts of a row."""
        del self._of[row]
        self._blocks = []

    def ranked(self, words: list[str]) -> Iterator[str]:
        """Yield the rows that hold all the words: whole lines, beginnings, then parts, once each.

        It goes on only as far as somebody asks, so that one letter that everybody has is quick.
        """
        phrase = " ".join(words)
        hits = self._holding(max(words, key=len))
        for word in words:
            hits = [row for row in hits if word in self._of[row]]
        parts = (f"\n{phrase}\n", f"\n{phrase}", f" {phrase}", phrase, "")
        every = (row for part in parts for row in hits if part in self._of[row])
        yield from _once(every)

    def _holding(self, word: str) -> list[str]:
        self._blocks = self._blocks or list(self._joined())
        blocks = (rows for text, rows in self._blocks if word in text)
        return [row for rows in blocks for row in rows if word in self._of[row]]

    def _joined(self) -> Iterator[tuple[str, list[str]]]:
        rows = list(self._of)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            yield "".join(map(self._of.__getitem__, block)), block


class Finder:
    """The people, or anything else that has names, as the search box finds them.

    Made from rows of an id and every text under which it is found: code, alias, names in any
    script. It holds names, so whoever locks the vault lets go of it.
    """

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._written = _Lines()
        self._heard = _Lines()
        self._owners: dict[str, dict[str, None]] = {}
        self._beginning: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._named: dict[str, dict[str, None]] = {}
        self._names: Heard | None = None
        for row, texts in rows:
            self.update(row, texts)

    def update(self, row: str, texts: Sequence[str]) -> None:
        """Put `row` under `texts` and nothing else; one that was not there yet is added."""
        self.forget(row)
        written = list(dict.fromkeys(filter(None, map(normalised, texts))))
        self._written.put(row, written)
        self._heard.put(row, _sounds(written))
        for word in self._words(row):
            self._owners.setdefault(word, {})[row] = None
            self._beginning[word[0]][word] = None
        for name in self._sounds_of(row):
            self._named.setdefault(name, {})[row] = None
        self._names = None

    def forget(self, row: str) -> None:
        """Never find `row` again; nothing happens when it is not there."""
        if row not in self._written:
            return
        for word in self._words(row):
            del self._owners[word][row]
            if not self._owners[word]:
                del self._owners[word], self._beginning[word[0]][word]
        for name in self._sounds_of(row):
            del self._named[name][row]
            if not self._named[name]:
                del self._named[name]
        self._names = None
        self._written.drop(row)
        self._heard.drop(row)

    def find(self, typed: str, most: int = 50) -> list[str]:
        """Return the ids found by what was typed, the best first, at most `most`.

        Every word typed must be found. Whole texts come before beginnings, those before beginnings
        of a later word and parts of words; what sounds the same follows what is written the same.
        """
        return [row for row, _far in self.ranked(typed, most)]

    def ranked(self, typed: str, most: int = 50) -> list[tuple[str, int]]:
        """Return what `find` does, each with how far it is from what was typed.

        0 is found as it is typed or sounds, 1 as the same name in other letters, 2 as a misspelt
        one.
        """
        asked = [words for words in _ways(typed) if words]
        found: dict[str, int] = {}
        for words in asked if most > 0 else ():
            if len(found) < most:
                _add(found, self._found(words, most))
        return sorted(found.items(), key=lambda one: one[1])[:most]

    def _found(self, words: list[str], most: int) -> dict[str, int]:
        """Return the rows that have all the words: as written, by sound, then as one name."""
        found: dict[str, int] = {}
        _add(found, dict.fromkeys(islice(self._written.ranked(words), most), 0))
        if any(map(_NO_NAME.search, words)):
            return found
        for sound in _typed_sounds(words) if len(found) < most else ():
            _add(found, dict.fromkeys(islice(self._heard.ranked(sound), most), 0))
        if len(found) < ENOUGH:
            _add(found, dict.fromkeys(self._same(words), 1))
        if len(found) < ENOUGH:
            nearly = self._nearly(folded(romanised(" ".join(words))).split())
            _add(found, dict.fromkeys(nearly, 2))
        return found

    def _same(self, words: list[str]) -> list[str]:
        """Return the rows that have each of `words` as a name, whoever has written it down."""
        if any(map(_DIGIT.search, words)):
            return []
        self._names = self._names or Heard(self._named)
        holders = [self._holders(sounds(word)) for word in words]
        return [row for row in holders[0] if all(row in rows for rows in holders[1:])]

    def _holders(self, sound: str) -> dict[str, None]:
        names = (self._names or Heard(())).same(sound)
        return {row: None for name in names for row in self._named[name]}

    def _words(self, row: str) -> set[str]:
        """Return the words of a row by their sound that can be misspelt: letters only."""
        return {word for word in self._heard[row].split() if _may_be_misspelt(word)}

    def _sounds_of(self, row: str) -> set[str]:
        """Return how the words of a row sound that may be names."""
        words = self._written[row].split()
        return {sounds(word) for word in words if not _DIGIT.search(word)} - {""}

    def _nearly(self, words: list[str]) -> list[str]:
        """Return the rows that have a word nearly the same as each of `words`, closest first."""
        if not words or not all(map(_may_be_misspelt, words)):
            return []
        scores = [self._scores(word) for word in words]
        rows = [row for row in scores[0] if all(row in score for score in scores[1:])]
        return sorted(rows, key=lambda row: -sum(score[row] for score in scores))

    def _scores(self, word: str) -> dict[str, float]:
        """Return row -> how near its nearest word is, for rows that have one."""
        few = len(self._owners) <= _ALL_BEGINNINGS
        near = process.extract(
            word,
            list(self._owners if few else self._beginning.get(word[0], ())),
            scorer=JaroWinkler.similarity,
            score_cutoff=NEARLY,
            limit=_MOST_WORDS,
        )
        scores: dict[str, float] = {}
        for known, score, _ in near:
            for row in self._owners[known]:
                scores.setdefault(row, score)
        return scores


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _typed_sounds(words: list[str]) -> list[list[str]]:
    """Return the words by their sound: as finished ones, and as some that may still go on."""
    latin = romanised(" ".join(words))
    forms = (folded(latin).split(), folded_beginning(latin).split())
    return [list(form) for form in dict.fromkeys(map(tuple, forms)) if form]


def _ways(typed: str) -> list[list[str]]:
    """Return what was typed as words: as it stands, as a code, and without what she is called.

    A code is the same with any dash or none: SD–7, sd 7, SD7.
    """
    ways = [way for read in readings(typed) for way in _ways_of_one(read)]
    return [list(way) for way in dict.fromkeys(map(tuple, ways))]


def _ways_of_one(reading: str) -> list[list[str]]:
    text = _DASHES.sub("-", normalised(reading))
    ways = [text.split()]
    if _DIGIT.search(text) and (code := _BETWEEN.sub("", text)).isalnum():
        ways.append([code])
    elif not _DIGIT.search(text):
        ways.append(without_titles(text))
    return ways


def _add(found: dict[str, int], more: dict[str, int]) -> None:
    """Add rows that were not found before, after those that were."""
    for row, far in more.items():
        found.setdefault(row, far)


def _once(rows: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if row not in seen:
            seen.add(row)
            yield row
