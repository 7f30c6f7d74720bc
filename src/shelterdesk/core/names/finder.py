"""Finding somebody while her name is being typed: in Lao, in Latin letters, and misspelt.

All names, codes and aliases are held in memory, in two forms: as written, and by their sound in
Latin letters. Whatever is typed is looked for first as it stands, then by its sound, then by the
measure of the same name (`nearness`), and only when that finds hardly anybody among words that may
be misspelt. Nothing is written anywhere; the
finder goes with the vault when it is locked.
"""

import re
from array import array
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

_END: Final = "\f"
"""What stands behind the texts of each row in a block."""

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
    """Place -> its texts, one a line; the places that hold a text are found block by block.

    A block is one long text: some ten thousand short ones would take three times the memory.
    """

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._count = 0

    def __getitem__(self, place: int) -> str:
        return self._blocks[place // _BLOCK].split(_END)[place % _BLOCK]

    def put(self, place: int, texts: Iterable[str]) -> None:
        """Keep the texts of a place, with a line feed at both ends, so that beginnings show.

        A place is one of before, or the next one.
        """
        text = "\n".join(("", *(one.replace(_END, " ") for one in texts), ""))
        if place < self._count:
            parts = self._blocks[place // _BLOCK].split(_END)
            parts[place % _BLOCK] = text
            self._blocks[place // _BLOCK] = _END.join(parts)
            return
        self._count += 1
        if place % _BLOCK:
            self._blocks[-1] += f"{text}{_END}"
        else:
            self._blocks.append(f"{text}{_END}")

    def drop(self, place: int) -> None:
        """Let go of the texts of a place, which can be used again."""
        self.put(place, ())

    def ranked(self, words: list[str]) -> Iterator[int]:
        """Yield the places that hold all the words: whole lines, beginnings, then parts, once each.

        It goes on only as far as somebody asks, so that one letter that everybody has is quick.
        """
        phrase = " ".join(words)
        hits = list(self._holding(max(words, key=len)))
        for word in words:
            hits = [hit for hit in hits if word in hit[1]]
        parts = (f"\n{phrase}\n", f"\n{phrase}", f" {phrase}", phrase, "")
        every = (place for part in parts for place, text in hits if part in text)
        yield from _once(every)

    def _holding(self, word: str) -> Iterator[tuple[int, str]]:
        for number, block in enumerate(self._blocks):
            if word in block:
                for place, text in enumerate(block.split(_END), number * _BLOCK):
                    if word in text:
                        yield place, text


class _Holders:
    """Word -> the places that have it, in the order in which they came to have it."""

    def __init__(self) -> None:
        self._of: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._of)

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __getitem__(self, word: str) -> Sequence[int]:
        return self._of[word]

    def add(self, words: Iterable[str], place: int) -> None:
        """Let a place have words."""
        for word in words:
            self._of.setdefault(word, array("I")).append(place)

    def take(self, words: Iterable[str], place: int) -> None:
        """Let a place have words no longer."""
        for word in words:
            self._of[word].remove(place)
            if not self._of[word]:
                del self._of[word]


class Finder:
    """The people, or anything else that has names, as the search box finds them.

    Made from rows of an id and every text under which it is found: code, alias, names in any
    script. It holds names, so whoever locks the vault lets go of it. Each row has a number, its
    place, by which everything else knows it; that of one who is forgotten goes to the next.
    """

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._places: dict[str, int] = {}
        self._rows: list[str] = []
        self._left: list[int] = []
        self._written, self._heard = _Lines(), _Lines()
        self._owners, self._named = _Holders(), _Holders()
        self._names: Heard | None = None
        for row, texts in rows:
            self.update(row, texts)

    def __contains__(self, row: str) -> bool:
        return row in self._places

    def update(self, row: str, texts: Sequence[str]) -> None:
        """Put `row` under `texts` and nothing else; one that was not there yet is added."""
        self.forget(row)
        written = list(dict.fromkeys(filter(None, map(normalised, texts))))
        place = self._placed(row)
        self._written.put(place, written)
        self._heard.put(place, _sounds(written))
        self._owners.add(self._words(place), place)
        self._named.add(self._sounds_of(place), place)
        self._names = None

    def _placed(self, row: str) -> int:
        if self._left:
            place = self._left.pop()
            self._rows[place] = row
        else:
            place = len(self._rows)
            self._rows.append(row)
        self._places[row] = place
        return place

    def forget(self, row: str) -> None:
        """Never find `row` again; nothing happens when it is not there."""
        place = self._places.pop(row, None)
        if place is None:
            return
        self._owners.take(self._words(place), place)
        self._named.take(self._sounds_of(place), place)
        self._names = None
        self._written.drop(place)
        self._heard.drop(place)
        self._rows[place] = ""
        self._left.append(place)

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
        found: dict[int, int] = {}
        for words in asked if most > 0 else ():
            if len(found) < most:
                _add(found, self._found(words, most))
        nearest = sorted(found.items(), key=lambda one: one[1])[:most]
        return [(self._rows[place], far) for place, far in nearest]

    def _found(self, words: list[str], most: int) -> dict[int, int]:
        """Return the places that have all the words: as written, by sound, then as one name."""
        found: dict[int, int] = {}
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

    def _same(self, words: list[str]) -> list[int]:
        """Return the places that have each of `words` as a name, whoever has written it down."""
        if any(map(_DIGIT.search, words)):
            return []
        self._names = self._names or Heard(self._named)
        holders = [self._holders(sounds(word)) for word in words]
        return [place for place in holders[0] if all(place in others for others in holders[1:])]

    def _holders(self, sound: str) -> dict[int, None]:
        names = (self._names or Heard(())).same(sound)
        return {place: None for name in names for place in self._named[name]}

    def _words(self, place: int) -> set[str]:
        """Return the words of a place by their sound that can be misspelt: letters only."""
        return {word for word in self._heard[place].split() if _may_be_misspelt(word)}

    def _sounds_of(self, place: int) -> set[str]:
        """Return how the words of a place sound that may be names."""
        words = self._written[place].split()
        return {sounds(word) for word in words if not _DIGIT.search(word)} - {""}

    def _nearly(self, words: list[str]) -> list[int]:
        """Return the places that have a word nearly the same as each of `words`, closest first."""
        if not words or not all(map(_may_be_misspelt, words)):
            return []
        scores = [self._scores(word) for word in words]
        places = [place for place in scores[0] if all(place in score for score in scores[1:])]
        return sorted(places, key=lambda place: -sum(score[place] for score in scores))

    def _scores(self, word: str) -> dict[int, float]:
        """Return place -> how near its nearest word is, for those that have one."""
        few = len(self._owners) <= _ALL_BEGINNINGS
        near = process.extract(
            word,
            [known for known in self._owners if few or known[0] == word[0]],
            scorer=JaroWinkler.similarity,
            score_cutoff=NEARLY,
            limit=_MOST_WORDS,
        )
        scores: dict[int, float] = {}
        for known, score, _ in near:
            for place in self._owners[known]:
                scores.setdefault(place, score)
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


def _add(found: dict[int, int], more: dict[int, int]) -> None:
    """Add places that were not found before, after those that were."""
    for place, far in more.items():
        found.setdefault(place, far)


def _once(places: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for place in places:
        if place not in seen:
            seen.add(place)
            yield place
