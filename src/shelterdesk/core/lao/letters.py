"""One form for words that look the same, whatever keys they were typed with.

ນ້ຳ can be stored as three different sequences of characters, ໝາ as two, and many texts carry
invisible characters that other programs put between words. `normalised` unites them for search,
matching and import and is never stored; `stored` is the form in which typed text is kept.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from shelterdesk.core.signs import without_signs

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphen, zero-width space, non-joiner and joiner, word joiner, byte order mark."""

_BREAKS: Final = dict.fromkeys(map(ord, "\u200b\ufeff"))

_DIGITS: Final = {first + value: str(value) for first in (0x0E50, 0x0ED0) for value in range(10)}

_MARKS: Final = re.compile(
    "[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]{2,}"  # Lao
    "|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}"  # Thai
)
_TONES: Final = frozenset(
    map(chr, (*range(0x0EC8, 0x0ECD), 0x0ECE, *range(0x0E48, 0x0E4D), 0x0E4E))
)
_LOW_L: Final = "\u0ebc"
_TWINS: Final = {
    "\u0ec0\u0ec0": "\u0ec1",
    "\u0e40\u0e40": "\u0e41",
    "\u0eab\u0ebc": "\u0eab\u0ea5",
}
"""What looks the same: ເເ and ແ, Thai เเ and แ, ຫຼ and ຫລ. (ໜ and ໝ are taken apart by NFKC.)"""

_ODD: Final = re.compile(
    "[^ a-z0-9.\\-\u0e81-\u0eb2\u0eb4-\u0ebb\u0ebd\u0ec0-\u0ec4\u0ec8-\u0ecd]"
    "|\u0ec0\u0ec0|[\u0eb1\u0eb4-\u0ebb\u0ec8-\u0ecd]{2}"
)
"""What has to be looked at closely; text without it is in its normal form but for blanks."""

_LATIN_MARKS: Final = re.compile("[\u0300-\u036f]+")


def _place(mark: str) -> int:
    if mark == _LOW_L:
        return 0
    return 2 if mark in _TONES else 1


def _ordered(run: re.Match[str]) -> str:
    return "".join(sorted(run[0], key=_place))


def _united(text: str) -> str:
    """Return `text` in NFKC, vowel signs before tone marks, twins made one, digits in ASCII."""
    text = _MARKS.sub(_ordered, unicodedata.normalize("NFKC", text).translate(_DIGITS))
    for twin, one in _TWINS.items():
        text = text.replace(twin, one)
    return text


def _folded(text: str) -> str:
    """Return `text` without capitals and without the accents of Latin, Greek and Cyrillic."""
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return _united(bare.replace("đ", "d"))


def _settled(step: Callable[[str], str], text: str) -> str:
    """Repeat `step` and the folding of blanks until nothing changes: rules make room for others."""
    text = text.translate(_INVISIBLE)
    while (changed := " ".join(step(text).split())) != text:
        text = changed
    return text


def unified(text: str) -> str:
    """Return `text` with every spelling that looks the same made one; capitals and accents stay.

    NFKC (Unicode Standard Annex 15), invisible characters dropped, Lao and Thai vowel signs and
    niggahita before tone marks, ຫຼ as ຫລ, Lao and Thai digits in ASCII, white space as single
    blanks, none at the ends. Doing it twice changes nothing.
    """
    return _settled(_united, text)


def normalised(text: str) -> str:
    """Return the form of `text` for search, matching and import; never for what is stored.

    `unified`, without capitals and without Latin accents (đ as d): "Nguyễn" is found by "nguyen".
    """
    if text.isascii() or not _ODD.search(text):  # codes, Latin names, most of the Lao ones
        return " ".join(text.casefold().split())
    return _settled(_folded, text)


def stored(text: str) -> str:
    """Return `text` as it is kept: NFC, no breaks (U+200B), no unseen signs, no blanks around."""
    return unicodedata.normalize("NFC", without_signs(text).translate(_BREAKS).strip())
