"""What makes two spellings the same name, in Lao and in Latin letters.

Every office writes Lao names its own way: ວຽງໄຊ is Viengxay, Viangsai or Wiengxai. A name is
therefore compared in two forms: as it was written, without tones and titles, and in Latin letters
from which the habits of spelling are taken. Alike is not the same: a person looks at both and
decides, and nothing is ever merged by itself. These forms are for comparing and never stored.
"""

import re
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from rapidfuzz.distance import JaroWinkler

from shelterdesk.core.lao.latin import SIGNS, TONES, romanised
from shelterdesk.core.lao.letters import normalised

SAME_PERSON: Final = 0.90
"""Likeness from which two people are shown side by side as perhaps one."""

_TITLE: Final = re.compile(f"^(?:ນາງສາວ|ນາງ|ທາວ|ບານ|ເມືອງ|ແຂວງ|ນະຄອນ)(?![{SIGNS}])")
"""Titles before a name, without tones; a last letter with a vowel is the name's, as in ນາງາມ."""

_LATIN_TITLES: Final = frozenset({"nang", "thao", "ban", "muang", "meuang", "mr", "mrs", "ms"})

_PUNCTUATION: Final = re.compile("[!-/:-@\\[-`{-~\u2010-\u2019]+")
_RULES: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"([^\W\daeiou])\1+", r"\1"),
        ("nh\\b", "n"),  # Houaphanh
        ("(?<![aeiou])nh|(?<!n)gn", "ny"),  # Nhommalath; but Phon-hong and Nong-nok
        ("([aeiou])w(?![aeiou])", r"\1o"),  # Kaew as Keo
        ("er(?![aeiouy])", "eu"),  # Ngern as Ngeun
        ("([ao])r(?![aeiouy])", r"\1"),  # Parkou as Pakou
        ("([aeiou])h(?![aeiou])", r"\1"),
        ("([^n])g(?=[^aeiouyghlrn\\s]|\\b)", r"\1k"),
        ("d(?=[^aeiouydhlr\\s]|\\b)", "t"),
        ("b(?=[^aeiouybhlr\\s]|\\b)", "p"),
        ("([aeiou]n)e\\b", r"\1"),  # Khoune as Khoun
    )
)
_LETTERS: Final = tuple(
    pair.split(":")
    for pair in [
        "ph:p",
        "th:t",
        "kh:k",
        "ch:c",
        "sh:s",
        "ck:k",
        "j:c",
        "q:k",
        "x:s",
        "z:s",
        "r:l",
        "w:v",
        "kv:ku",
        "ee:i",
        "oe:eu",
        "ou:u",
        "oo:u",
        "o:u",
        "y:i",
        "ie:ia",
        "ae:e",
        "ue:eu",
        "uai:ui",
        "uei:ui",
    ]
)
_OPEN_RULES: Final = tuple(rule for rule in _RULES if "\\b" not in rule[0].pattern)
_DOUBLE: Final = re.compile(r"([^\W\d])\1+")


def _spelt_plainly(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, new in rules:
        text = pattern.sub(new, text)
    for old, new in _LETTERS:
        text = text.replace(old, new)
    return _DOUBLE.sub(r"\1", text)


def _words(latin: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", normalised(latin)).split())


def folded(latin: str) -> str:
    """Return a Latin spelling without what every office writes differently.

    The habits of French, English and Thai spellings of Lao: ph, th, kh and ch as single letters,
    nh and gn as ny, ou and oo as u, x as s, r as l, w as v, y as i, single for double letters,
    last d, b and g as t, p and k, no accents and no signs between words. Nobody can read it.
    """
    return _spelt_plainly(_words(latin), _RULES)


def folded_beginning(latin: str) -> str:
    """Return `folded` for a word that may go on: its last letters are no ending yet."""
    return _spelt_plainly(_words(latin), _OPEN_RULES)


@dataclass(frozen=True, slots=True, repr=False)
class NameKey:
    """The forms in which the names of one person or place are compared.

    For each name, as written and folded, the orders in which its words may stand, run together;
    the sorted order comes first. It does not show itself in an error text: it holds names.
    """

    written: tuple[tuple[str, ...], ...]
    folded: tuple[tuple[str, ...], ...]


def _orders(words: list[str]) -> tuple[str, ...]:
    """Return the orders of up to three words, sorted first; of more, only the sorted one."""
    words = sorted(words)
    if len(words) > 3:
        return ("".join(words),)
    return tuple(dict.fromkeys(map("".join, permutations(words))))


def _without_titles(name: str) -> list[str]:
    """Return the words of a normalised name without tones and titles, unless titles are all."""
    words = _PUNCTUATION.sub(" ", TONES.sub("", name)).split()
    named = [_TITLE.sub("", word) for word in words if word not in _LATIN_TITLES]
    return [word for word in named if word] or words


def name_keys(*names: str) -> NameKey:
    """Return the key of somebody's names: each a whole name, in any script and order of words.

    Her given and family name go into one text; her Latin name, a nickname and a former name are
    names of their own, and one that agrees is enough.
    """
    parts = [words for name in names if (words := _without_titles(normalised(name)))]
    latin = [folded(romanised(" ".join(words))).split() for words in parts]
    return NameKey(
        tuple(dict.fromkeys(map(_orders, parts))), tuple(dict.fromkeys(map(_orders, latin)))
    )


def _closest(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """Return how alike the closest pair of names is, whichever of the two has its words moved."""
    return max(
        (
            JaroWinkler.similarity(left, right)
            for lefts in one
            for rights in other
            for left, right in (*((a, rights[0]) for a in lefts), *((lefts[0], b) for b in rights))
        ),
        default=0.0,
    )


def likeness(a: NameKey, b: NameKey) -> float:
    """Return how alike the closest names of two keys are: 0 nothing in common, 1 the same.

    From `SAME_PERSON` on, two people should be looked at side by side. Nobody without a name is
    like anybody.
    """
    return max(_closest(a.written, b.written), _closest(a.folded, b.folded))
