"""Whether a name that somebody has typed may be that of one certain person.

`name_keys` compares whole names, to show two people side by side. Here it is asked whether a man
who must not get near her hides in a line such as "Mr. Khamla, driver", "Boun and K. Phommavong" or
ທ່ານຄຳຫຼ້າ: word by word, in both scripts, without what people are called besides. One word of his
own name is enough; his family's name alone is not, unless nothing else stands there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from shelterdesk.core.lao import normalised
from shelterdesk.core.lao_latin import SIGNS, TONES, romanised
from shelterdesk.core.name_keys import folded

_LONG: Final = 4
"""Letters from which one word of somebody's own name is enough."""

_SPELT_APART: Final = 7
"""Letters of the plain spelling from which one letter may differ and it is the same word."""

_PARTS: Final = re.compile(r"[,;()/&+]|\band\b|ແລະ|\bກັບ\b")
_SIGNS_BETWEEN: Final = re.compile("[!-/:-@\\[-`{-~\u2010-\u2019]+")
_CALLED: Final = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "sir", "dr", "prof", "khun", "than", "thao", "nang", "nai"),
        *("ajan", "ajarn", "ai", "euay", "nong", "loung", "lung", "pa", "pho", "phor", "mae"),
        *("uncle", "aunt", "auntie", "brother", "sister", "grandfather", "grandmother"),
        *("ທານ", "ທາວ", "ນາງ", "ນາງສາວ", "ນາຍ", "ອາຈານ", "ອາຍ", "ເອືອຍ", "ນອງ", "ລຸງ", "ປາ"),
        *("ພໍ", "ແມ", "ຄູ", "ສຈ", "ດຣ"),
    }
)
"""How people are called besides their names, as written without tones."""

_CALLED_BEFORE: Final = re.compile(
    f"^(?:ນາງສາວ|ນາງ|ທາວ|ທານ|ນາຍ|ອາຈານ|ອາຍ|ເອືອຍ|ລຸງ)(?![{SIGNS}])(?=..)"
)
"""The same, written in one with the name."""

_AFTER_IT: Final = 5
_BEFORE_IT: Final = 3
"""Letters that must stand after or before a Lao name which is written in one with others."""


@dataclass(frozen=True, slots=True, repr=False)
class _Word:
    """One word of a name: as written without tones, and in plain Latin spelling."""

    written: str
    plain: str
    letters: int

    @property
    def forms(self) -> tuple[str, str]:
        return self.written, self.plain


def _word(written: str) -> _Word:
    latin = romanised(written)
    plain = folded(latin).replace(" ", "").replace("c", "s")  # ໄຊ is Xay, Say and Chai
    return _Word(written, plain, len(latin))


def _split(text: str) -> list[str]:
    """Return the words of a text without what she or he is called, unless that is all."""
    words = _SIGNS_BETWEEN.sub(" ", TONES.sub("", text)).split()
    return [word for word in words if word not in _CALLED] or words


def _words(text: str) -> list[_Word]:
    return [_word(_CALLED_BEFORE.sub("", word)) for word in _split(normalised(text))]


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
    if one.written == other.written or (one.plain and one.plain == other.plain):
        return True
    return min(len(one.plain), len(other.plain)) >= _SPELT_APART and _close(one, other)


def _close(one: _Word, other: _Word) -> bool:
    """Tell whether two words differ by one letter at the most: enough beside a family name."""
    shorter = min(len(one.plain), len(other.plain))
    return shorter > 2 and OSA.distance(one.plain, other.plain, score_cutoff=1) <= 1


def _any_same(ones: Iterable[_Word], others: Iterable[_Word]) -> bool:
    kept = tuple(others)
    return any(_same(one, other) for one in ones for other in kept)


def may_mean(typed: str, somebody: Known, *, person: bool = True) -> bool:
    """Tell whether a typed line may name somebody; `person` is false for the name of a place."""
    parts = [_words(part) for part in _PARTS.split(normalised(typed)) if part.strip()]
    return any(words and _names(words, somebody, person=person) for words in parts)


def _names(words: list[_Word], somebody: Known, *, person: bool) -> bool:
    pairs = [pair for at in range(len(words) - 1) for pair in _in_one(words[at : at + 2])]
    every = [*words, *pairs]
    long = [own for own in somebody.own if own.letters >= _LONG]
    if _any_same(every, (*long, *somebody.whole)):
        return True
    if any(_is_glued(own, word, person=person) for own in long for word in words):
        return True
    if len(words) == 1:
        return _any_same(words, (*somebody.own, *somebody.family))
    short = [own for own in somebody.own if own.letters < _LONG]
    if person and not somebody.family and _any_same(words, short):
        return True
    return _is_beside_family(words, somebody)


def _is_beside_family(words: list[_Word], somebody: Known) -> bool:
    """Tell whether the family's name stands there beside an initial or nearly the own name."""
    ours = [word for word in words if _any_same([word], somebody.family)]
    beside = [word for word in words if word not in ours]
    return bool(ours) and any(
        _close(own, word) or _same(own, word) or _is_initial(own, word)
        for own in somebody.own
        for word in beside
    )


def _is_initial(own: _Word, word: _Word) -> bool:
    return len(word.written) == 1 and word.written in (own.written[:1], romanised(own.written)[:1])


def _is_glued(own: _Word, word: _Word, *, person: bool) -> bool:
    """Tell whether a name stands at either end of Lao letters that are written without blanks."""
    if word.written.isascii():
        return False
    pairs = zip(own.forms, word.forms, strict=True)
    return any(_is_at_an_end(name, whole, person=person) for name, whole in pairs)


def _is_at_an_end(name: str, whole: str, *, person: bool) -> bool:
    """Tell whether a longer word ends with a name or, where a person is meant, begins with it."""
    rest = len(whole) - len(name)
    if len(name) <= _LONG or rest < _BEFORE_IT:
        return False
    begins = whole.startswith(name) and whole[len(name)] not in _VOWELS
    return whole.endswith(name) or (person and begins and rest >= _AFTER_IT)


_VOWELS: Final = frozenset(map(chr, (*range(0x0EB0, 0x0EBA), 0x0EBB, 0x0EBD, 0x0ECD)))
"""Signs that belong to the letter before them, so that no name ends there."""


def may_be_same(one: Known, other: Known) -> bool:
    """Tell whether two people who are written down may be one: own names alike, families too.

    Where the family of either is not known, the own name decides.
    """
    if not _any_same(one.own, other.own):
        return False
    return not (one.family and other.family) or _any_same(one.family, other.family)
