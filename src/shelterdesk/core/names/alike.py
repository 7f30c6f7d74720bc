"""Whether a name that somebody has typed may be that of one certain person.

Here it is asked whether a man who must not get near her hides in a line such as "Mr. Khamla,
driver", "Boun and K. Phommavong" or ທ່ານຄຳຫຼ້າ: word by word, in Lao, Thai and Latin letters,
without what people are called besides. A word of his own name is enough unless another family's
name stands beside it; his family's name alone is not, unless nothing else stands there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.called import BESIDE, TRADES, plain, without_titles
from shelterdesk.core.names.disguises import readings
from shelterdesk.core.names.nearness import Heard, is_close, is_same
from shelterdesk.core.names.sounds import LONGEST, sounds
from shelterdesk.core.places import named

_LONG: Final = 4
"""Sounds from which somebody's own name is enough in the name of a place."""

_PARTS: Final = re.compile(r"[,;()/&+\n]|\band\b|\bc/o\b|ແລະ|\bກັບ\b")
_NO_BLANKS: Final = re.compile("[\u0e01-\u0e4e\u0e81-\u0ecd]")
_LETTER: Final = re.compile(
    "[\u0e40-\u0e44\u0ec0-\u0ec4]*[^\u0e40-\u0e44\u0ec0-\u0ec4]"
    "[\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ebd\u0ec6\u0ec8-\u0ece]*"
)
_HAS_LETTER: Final = re.compile(r"[^\W\d_]")
"""What a word has that may be a name; a number beside a name is no family."""

_INSIDE: Final = 4
"""Sounds of a name that is looked for inside of letters without blanks."""

_BEFORE_IT: Final = 3
_AFTER_IT: Final = 5
"""Letters that must stand before or after a name which is written in one with others."""

_MOST_PIECES: Final = 6
"""Pieces into which a name is torn at most, where one of them is a single letter."""

_INITIAL: Final = re.compile(
    "[a-z]|[ckpstdgb]h|n[hgy]|gn|[\u0e81-\u0eae\u0edc-\u0edf]|ຫ[\u0e81-\u0eaf\u0ebc]"
    "|ห?[\u0e01-\u0e2e]"
)
"""One letter, or the two by which an office writes one sound: Ch., Kh., Ph., ຫຼ."""

_STAND_FOR: Final = (
    "c:cjs ch:cjs j:cj z:js x:cs s:cs y:Yi n:nYG nh:nY ny:Y ng:G gn:Y g:kYG p:pf ph:pf f:pf "
    "h:hl d:dt t:td o:uMa u:uMa e:eiM ຈ:jc ຊ:sc ຟ:fp ຍ:Yi ຮ:hl ອ:aeiuM ຫ:hlnmYGv ຫຼ:l ຫລ:l "
    "จ:jc ช:cjs ย:Yi ร:lh อ:aeiuM ห:hlnmYGv"
)
"""Which sounds an initial may stand for, besides the one that it has before a vowel."""

_READ_AS: Final = dict(pair.split(":") for pair in _STAND_FOR.split())


@dataclass(frozen=True, slots=True, repr=False)
class _Word:
    """One word of a name: as written without tones, and as it sounds."""

    written: str
    sound: str


def _word(written: str) -> _Word:
    return _Word(written, sounds(written))


def _words(text: str) -> list[_Word]:
    return [_word(word) for word in without_titles(text)]


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """The names of one certain person, taken apart: her own and her family's."""

    own: tuple[_Word, ...]
    family: tuple[_Word, ...]
    whole: tuple[_Word, ...] = ()
    """Own and family name written in one, in both orders."""


def known(
    own: Iterable[str | None], family: Iterable[str | None], others: str | None = ""
) -> Known:
    """Return the names of somebody: each in all scripts, and nicknames and former names.

    Of a name that stands in one field with a family name, the first word is the own one.
    """
    families = [word for name in family for word in _words(name or "")]
    owns: list[_Word] = []
    called = (others or "").replace(";", ",").split(",")
    for name in own:
        words = _words(name or "")
        owns += words[:1] if not families else [*words, *_in_one(words)]
        families = families or words[1:]
    for name in called:
        words = _words(name)
        owns += words[:1]
        families += words[1:]
    whole = [w for o in owns for f in families for w in (_in_one([o, f]) + _in_one([f, o]))]
    return Known(tuple(owns), tuple(families), tuple(whole))


def _in_one(words: list[_Word]) -> list[_Word]:
    return [_word("".join(word.written for word in words))] if len(words) > 1 else []


def _same(one: _Word, other: _Word) -> bool:
    """Tell whether two words are the same name, whoever has written them down."""
    return one.written == other.written or is_same(one.sound, other.sound)


def _any_same(ones: Iterable[_Word], others: Iterable[_Word]) -> bool:
    kept = tuple(others)
    return any(_same(one, other) for one in ones for other in kept)


def may_be_same(one: Known, other: Known) -> bool:
    """Tell whether two people who are written down may be one: own names alike, families too.

    Where the family of either is not known, the own name decides.
    """
    if not _any_same((*one.own, *one.whole), (*other.own, *other.whole)):
        return False
    return not (one.family and other.family) or _any_same(one.family, other.family)


def are_same_words(one: str, other: str) -> bool:
    """Tell whether two texts are the same name word by word, each in its own spelling.

    A word more, another number and another order are another name. For names of places.
    """
    pairs = zip(plain(one).split(), plain(other).split(), strict=False)
    same_count = len(plain(one).split()) == len(plain(other).split())
    return same_count and all(_is_spelt_alike(*pair) for pair in pairs)


def _is_spelt_alike(one: str, other: str) -> bool:
    short = max(len(one), len(other)) <= LONGEST
    has_digit = any(map(str.isdigit, one + other))
    return one == other or (short and not has_digit and is_same(sounds(one), sounds(other)))


def may_mean(typed: str, somebody: Known, *, person: bool = True) -> bool:
    """Tell whether a typed line may name somebody; `person` is false for the name of a place."""
    return Barred([somebody]).may_be_meant(typed, person=person)


@dataclass(slots=True, repr=False)
class _Line:
    """What one part of a typed line may be read as."""

    words: list[_Word]
    """The words that may be names."""
    joined: list[_Word] = field(default_factory=list)
    """Two words read as one: Kham La."""
    inside: list[_Word] = field(default_factory=list)
    """Pieces of letters that are written without blanks."""


class Barred:
    """The names of everybody who must not get near her, to ask whether a line names one of them."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._people = list(people)
        self._has: dict[str, dict[int, None]] = {}
        for number, somebody in enumerate(self._people):
            for word in (*somebody.own, *somebody.family, *somebody.whole):
                self._has.setdefault(word.sound or word.written, {})[number] = None
        self._heard = Heard(self._has)

    def __repr__(self) -> str:
        return "<Barred>"

    def may_be_meant(self, typed: str, *, person: bool = True) -> bool:
        """Tell whether a typed line may name one of them; see `may_mean`."""
        lines = map(normalised_lines, readings(typed))
        parts = dict.fromkeys(part for read in lines for part in _PARTS.split(read) if part.strip())
        return any(self._names_one(_line(part, person=person), person=person) for part in parts)

    def may_be_one(self, somebody: Known) -> bool:
        """Tell whether somebody who is written down may be one of them; see `may_be_same`."""
        near = self._near((*somebody.own, *somebody.whole))
        return any(may_be_same(somebody, one) for one in near)

    def _names_one(self, line: _Line, *, person: bool) -> bool:
        near = self._near((*line.words, *line.joined, *line.inside))
        return any(_names(line, one, person=person) for one in near)

    def _near(self, words: Iterable[_Word]) -> list[Known]:
        """Return those who have a name that is one of these words: all others are out."""
        numbers = {
            number
            for sound in dict.fromkeys(word.sound or word.written for word in words)
            for one in self._heard.same(sound)
            for number in self._has[one]
        }
        return [self._people[number] for number in sorted(numbers)]


def normalised_lines(text: str) -> str:
    """Return a text of several lines as `normalised`, its lines kept apart."""
    return "\n".join(map(normalised, text.splitlines()))


def _line(part: str, *, person: bool) -> _Line:
    every = _words(part)
    typed = [word for word in every if _HAS_LETTER.search(word.written)] or every
    words = [word for word in typed if word.written not in TRADES] or typed
    if not person:
        words = _without_places(words)
    joined = [one for pair in pairwise(words) for one in _in_one(list(pair))]
    joined += [one for apart in _torn(words) for one in _in_one(apart)]
    inside = [piece for word in words for piece in _pieces(word.written, person=person)]
    return _Line(words, joined, inside)


def _torn(words: list[_Word]) -> Iterator[list[_Word]]:
    """Yield words beside each other that may be one name torn apart: So m sak, Som s a k."""
    for size in range(3, _MOST_PIECES + 1):
        for at in range(len(words) - size + 1):
            piece = words[at : at + size]
            if any(len(word.written) == 1 for word in piece):
                yield piece


def _without_places(words: list[_Word]) -> list[_Word]:
    """Return words without the names of provinces and districts, as the list spells them."""
    kept: list[_Word] = []
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if _is_place(words[at : at + n])), 0)
        kept += [] if size else [words[at]]
        at += size or 1
    return kept


def _is_place(words: list[_Word]) -> bool:
    return _named(" ".join(word.written for word in words))


@lru_cache(maxsize=4096)
def _named(written: str) -> bool:
    return bool(named(written))


def _pieces(written: str, *, person: bool) -> Iterator[_Word]:
    """Yield what may be a name inside of letters that are written without blanks.

    It stands between titles and words of places, at the end or, where a person is meant, at the
    beginning of them.
    """
    if not _NO_BLANKS.match(written):
        return
    end = len(written)
    around = [found.span() for found in BESIDE.finditer(written)]
    starts = [0, *(after for _before, after in around)]
    ends = [*(before for before, _after in around), end]
    letters = [found.start() for found in _LETTER.finditer(written)]
    spans = {(start, stop) for start in starts for stop in ends if 0 < stop - start <= LONGEST}
    spans |= {(start, end) for start in letters if max(_BEFORE_IT, end - LONGEST) <= start}
    spans |= {(0, at) for at in letters if person and 0 < at <= min(LONGEST, end - _AFTER_IT)}
    pieces = {written[start:stop] for start, stop in spans - {(0, end)}}
    yield from map(_word, sorted(pieces))


def _names(line: _Line, somebody: Known, *, person: bool) -> bool:
    """Tell whether a part of a line names somebody."""
    if _is_in_one(line, somebody, person=person):
        return True
    own = [word for word in line.words if _any_same([word], somebody.own)]
    if any(_any_same([pair], somebody.own) for pair in line.joined):
        own = own or line.words[:]
    if not own:
        return _is_by_family(line.words, somebody)
    beside = [word for word in line.words if word not in own]
    if not beside or _has_family(beside, somebody):
        return True
    return not somebody.family if person else any(len(word.sound) >= _LONG for word in own)


def _is_in_one(line: _Line, somebody: Known, *, person: bool) -> bool:
    """Tell whether his names stand written in one, with each other or with words beside them."""
    inside = [word for word in line.inside if len(word.sound) >= _INSIDE]
    if _any_same((*line.words, *line.joined, *inside), somebody.whole):
        return True
    is_alone = not person or not somebody.family or len(line.words) == 1
    return is_alone and _any_same(inside, somebody.own)


def _has_family(beside: list[_Word], somebody: Known) -> bool:
    """Tell whether the family's name or its first letter stands beside the own one."""
    return any(_any_same([word], somebody.family) for word in beside) or any(
        _is_initial(name, word) for name in somebody.family for word in beside
    )


def _is_by_family(words: list[_Word], somebody: Known) -> bool:
    """Tell whether the family's name stands alone, or beside nearly the own name or its letter."""
    ours = [word for word in words if _any_same([word], somebody.family)]
    beside = [word for word in words if word not in ours]
    if ours and not beside:
        return True
    return bool(ours) and any(
        is_close(own.sound, word.sound) or _is_initial(own, word)
        for own in somebody.own
        for word in beside
    )


def _is_initial(name: _Word, word: _Word) -> bool:
    """Tell whether a word is the first letter of a name, or the two that write its first sound."""
    found = _INITIAL.fullmatch(word.written)
    if found is None or not name.sound:
        return False
    heard = sounds(f"{word.written}a")[:1] + _READ_AS.get(word.written, "")
    return name.sound[0] in heard
