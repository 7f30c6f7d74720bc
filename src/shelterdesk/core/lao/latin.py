"""Lao names in Latin letters, much as the Ministry of Health's list of places (2020) writes them.

A spelling for comparing, not for papers: tones and the length of vowels are left out, and what a
family writes on its own papers is always entered by hand. A text is read syllable by syllable: a
vowel written before, a first consonant, vowels above, below and after it, a last consonant.
"""

import re
from typing import Final

from shelterdesk.core.lao.letters import unified

TONES: Final = re.compile("[\u0ec8-\u0ecb]")
"""The four tone marks, which people leave out and mix up, and Latin spellings never have."""

SIGNS: Final = "\u0eb0-\u0eb9\u0ebb\u0ebd\u0ecd"
"""Vowels that stand above, below or after a consonant, for use in a character class."""

_LAO: Final = re.compile("[\u0e80-\u0eff]")
_SIGN: Final = f"[{SIGNS}]"
_SILENT: Final = re.compile("[ກ-ຮ][ິີຸູ]?\u0ecc")
_VOWEL_O: Final = f"ອ(?!{_SIGN})"
_CONSONANTS: Final = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"
_LAST: Final = "ກງດບນມຍວຣລ"
_OPENS: Final = f"(?:{_SIGN}|{_VOWEL_O}|ວ[{_LAST}](?!{_SIGN}|{_VOWEL_O}))"
"""What shows that the consonant before it begins a syllable: ນາ|ກາຍ, not ນາກ|າຍ."""

_FINAL: Final = f"[{_LAST}](?!{_OPENS})"
_FIRST: Final = f"ຫ[ງຍນມຣລ]|[ກຂຄປຜພຕທຟສ]ຣ|[{_CONSONANTS}]"

_SYLLABLE: Final = re.compile(
    f"(?P<lead>[ເແໂ])(?P<first>ຫວ|{_FIRST})(?P<glide>ວ(?={_SIGN}|{_FINAL}))?"
    f"(?P<tail>[ິີຶື]ອ|ັຍ|ຍ(?!{_OPENS})|ົາ|າະ|ັຽ|[ະັິີຶືົຽ])?(?P<last>{_FINAL})?"
    f"|(?P<lead_i>[ໄໃ])(?P<first_i>ຫວ|{_FIRST})(?P<glide_i>ວ(?!{_OPENS}))?(?:ຍ(?!{_OPENS}))?"
    f"|(?P<first_p>ຫວ(?={_SIGN})|{_FIRST})(?P<glide_p>ວ(?={_SIGN}))?"
    f"(?P<tail_p>[ັົ]ວະ?|ັຍ|ໍາ|{_VOWEL_O}|ວ(?={_FINAL})|{_SIGN})(?P<last_p>{_FINAL})?"
    f"|(?P<alone>{_FIRST})"
)

_INITIALS: Final = dict(
    zip(
        _CONSONANTS,
        [
            "k",
            "kh",
            "kh",
            "ng",
            "ch",
            "s",
            "x",
            "ny",
            "d",
            "t",
            "th",
            "th",
            "n",
            "b",
            "p",
            "ph",
            "f",
            "ph",
            "f",
            "m",
            "y",
            "r",
            "l",
            "v",
            "h",
            "",
            "h",
        ],
        strict=True,
    )
)
_FINALS: Final = dict(zip(_LAST, ["k", "ng", "t", "p", "n", "m", "y", "o", "n", "n"], strict=True))
_VOWELS: Final = {
    "ເ": "e",
    "ແ": "ae",
    "ໂ": "o",
    "ໄ": "ai",
    **dict.fromkeys(("ເິ", "ເີ", "ຶ", "ື", "ເຶ", "ເື"), "eu"),
    **dict.fromkeys(("ເິອ", "ເີອ", "ເຶອ", "ເືອ"), "eua"),
    **dict.fromkeys(("ເຍ", "ເັຍ", "ເຽ", "ເັຽ", "ຽ"), "ia"),
    **dict.fromkeys(("ົວ", "ົວະ", "ັວ", "ັວະ", "ວ"), "oua"),
    **dict.fromkeys(("ິ", "ີ"), "i"),
    **dict.fromkeys(("ຸ", "ູ"), "ou"),
    **dict.fromkeys(("ະ", "ັ", "າ"), "a"),
    **dict.fromkeys(("ົ", "ໍ", "ອ", "ເາະ"), "o"),
    "ເົາ": "ao",
    "ໍາ": "am",
    "ັຍ": "ai",
}
"""Vowels by what stands before and after the consonant; ຳ is two signs in the unified form."""

_STRAY: Final = str.maketrans(
    dict(
        zip(
            "ະັາິີຶືຸູົຽໍເແໂໄໃ",
            [
                "a",
                "a",
                "a",
                "i",
                "i",
                "eu",
                "eu",
                "ou",
                "ou",
                "o",
                "ia",
                "o",
                "e",
                "ae",
                "o",
                "ai",
                "ai",
            ],
            strict=True,
        )
    )
    | dict.fromkeys("\u0eba\u0ebc\u0ecc\u0eceໆຯ", "")
)
"""Marks that belong to no syllable, as they stand while somebody is still typing."""


def _first(letters: str) -> str:
    """Return the sound of a first consonant; ຫ before a nasal or ລ only changes the tone."""
    if len(letters) == 2 and letters[0] == "ຫ":
        return _INITIALS[letters[1]]
    return "".join(map(_INITIALS.__getitem__, letters))


def _vowel(lead: str, tail: str) -> str:
    return _VOWELS.get(lead + tail) or _VOWELS.get(lead) or _VOWELS[tail]


def _last(letter: str, vowel: str) -> str:
    if not letter:
        return ""
    return "u" if letter == "ວ" and vowel.endswith("i") else _FINALS[letter]


def _syllable(found: re.Match[str]) -> str:
    """Return one syllable in Latin; the groups of the pattern that did not take part are empty."""
    lead, first, glide, tail, last, *others, alone = found.groups("")
    if alone:
        return _first(alone)
    lead_i, first_i, glide_i, first_p, glide_p, tail_p, last_p = others
    begins = _first(first or first_i or first_p) + ("ou" if glide or glide_i or glide_p else "")
    if lead_i:
        return f"{begins}ai"
    vowel = _vowel(lead, tail or tail_p)
    return begins + vowel + _last(last or last_p, vowel)


def romanised(text: str) -> str:
    """Return `text` with its Lao in Latin letters; what is not Lao stays as it is.

    ວຽງໄຊ becomes viangxai, ຫຼວງພະບາງ louangphabang. Spaces are those of the text: Lao sets none
    between words, so a whole name comes as one. Texts without Lao come back untouched.
    """
    if text.isascii() or not _LAO.search(text):
        return text
    bare = _SILENT.sub("", TONES.sub("", unified(text)))
    return _SYLLABLE.sub(_syllable, bare).translate(_STRAY).replace("ainy", "aiy")
