"""Letters of pictures and of far alphabets, and signs in the place of letters, as they are read.

Small capitals, letters in boxes and circles, letters on their heads, a ring for an o and strokes
for a k are read by everybody as the letters they look like. The names of the signs in Unicode say
which letter most of them are. What nothing here can read is told (`is_unread`), so that somebody
looks at it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ORDINARY: Final = re.compile(
    "[\x00-\x7f\u0e01-\u0e4f\u0e81-\u0ecf\u0edc-\u0edf\u2010-\u2019\u201c\u201d\u2026]*"
)
"""Text in which nothing has to be looked at: ASCII, Thai, Lao, the signs between their words."""

_NAMED: Final = re.compile(
    r"(?:NEGATIVE |CROSSED |SQUARED |CIRCLED |PARENTHESIZED |TORTOISE SHELL BRACKETED |MODIFIER )*"
    r"(?:LATIN|REGIONAL INDICATOR SYMBOL)(?: SUBSCRIPT)?"
    r"(?: CAPITAL| SMALL| LETTER| SMALL CAPITAL| TURNED| REVERSED| INVERTED| SIDEWAYS| OPEN| BARRED"
    r"| DOTLESS| SCRIPT| INSULAR| LONG| TAILLESS| HALF| BLACKLETTER| STRETCHED| VOLAPUK| VISIGOTHIC"
    r"| EPIGRAPHIC| TOP| BOTTOM| CLOSED)+ (?P<letter>[A-Z]{1,2})(?: WITH .*)?"
)
_ON_ITS_HEAD: Final = re.compile(" (?:TURNED|REVERSED|INVERTED) ")

_OTHERWISE_UP: Final = str.maketrans("nupdbq", "undpqb")
"""Letters that are others when they stand on their heads."""

_FAR_AS: Final = (
    "ɑ:a ʃ:s ə:e ɩ:i ŋ:n ɣ:y ʊ:u ʌ:a ı:i "
    "օ:o Օ:O ո:n Ո:U ս:u Ս:U Տ:S ց:g հ:h զ:q յ:j ա:w ռ:n ք:p "
    "Ꭰ:D Ꭱ:R Ꭲ:T Ꭵ:i Ꭹ:Y Ꭺ:A Ꭻ:J Ꭼ:E Ꮃ:W Ꮇ:M Ꮋ:H Ꮍ:Y Ꮐ:G Ꮓ:Z Ꮖ:I Ꮙ:V Ꮚ:W Ꮜ:U Ꮞ:4 Ꮟ:b "
    "Ꮢ:R Ꮤ:W Ꮥ:S Ꮪ:S Ꮯ:C Ꮲ:P Ꮶ:K Ꮷ:d Ꮼ:G Ᏼ:B Ꮎ:O Ꭶ:S "
    "ⲁ:a ⲃ:b ⲉ:e ⲓ:i ⲕ:k ⲙ:m ⲛ:n ⲟ:o ⲣ:p ⲥ:c ⲧ:t ⲩ:y ⲭ:x Ⲁ:A Ⲃ:B Ⲉ:E Ⲏ:H Ⲓ:I Ⲕ:K Ⲙ:M Ⲛ:N "
    "Ⲟ:O Ⲣ:P Ⲥ:C Ⲧ:T Ⲩ:Y Ⲭ:X Ⲋ:S ϻ:m Ϻ:M ⵔ:O ㉧:o ឝ:s "
    "°:o •:o ●:o ○:o ◯:o 〇:o ⭕:o ⊙:o ⌀:o ☉:o ◎:o ◉:o ∘:o ⚪:o ⚫:o □:o ■:o ▢:o ¤:o ⓿:0 "
    "§:s ∫:s €:e £:l ¥:y ¢:c ©:c ®:r ∆:a ∂:d ∏:n ∑:e √:v ×:x"
)
_FAR: Final = dict(pair.split(":") for pair in _FAR_AS.split())
"""Letters and signs whose names do not say what they look like."""

_LATIN: Final = "A-Za-z"
_STROKES: Final = {
    "|\\/|": "m", "/\\/\\": "m", "/V\\": "m", "/v\\": "m", "|V|": "m", "|v|": "m", "|\\|": "n",
    "|-|": "h", "|_|": "u", "|<": "k", "|{": "k", "|(": "k", "()": "o", "[]": "o", "{}": "o",
    "<>": "o", "/\\": "a", "\\/": "v",
}  # fmt: skip
"""Letters that are drawn by several signs, where they touch another letter."""

_STROKE: Final = "|".join(map(re.escape, sorted(_STROKES, key=len, reverse=True)))
_DRAWN: Final = re.compile(f"(?<=[{_LATIN}0-9@$])(?:{_STROKE})|(?:{_STROKE})(?=[{_LATIN}0-9@$])")
_BETWEEN: Final = re.compile(f"(?<=[{_LATIN}])[^\\w\\s@]{{1,3}}(?=[{_LATIN}])")
_AT_BEGINNING: Final = re.compile(
    f'(?<![^\\s])[(\\[{{<"“«*](?=[{_LATIN}]{{1,3}}[)\\]}}>"”»*][{_LATIN}])'
)
_NEVER_BETWEEN: Final = re.compile(
    f"(?<=[{_LATIN}])[^\\w\\s@&.,;:'’`´\"“”()/+·$!|_\u2010-\u2015-]+(?=[{_LATIN}])"
)
_LAO_NOUGHT: Final = re.compile(
    "(?<=[\u0e81-\u0ebd\u0ec8-\u0ecd])0(?=[\u0e81-\u0eae\u0ec0-\u0ec4])"
)
_HEARD: Final = ("LATIN", "LAO", "THAI", "CYRILLIC", "GREEK")
_WORD: Final = re.compile(r"\S+")


@lru_cache(maxsize=4096)
def _read_as(sign: str) -> str:
    """Return the letters that one sign is read as; itself where it is no other."""
    if sign in _FAR:
        return _FAR[sign]
    if unicodedata.normalize("NFD", sign)[0].isascii():
        return sign
    found = _NAMED.fullmatch(unicodedata.name(sign, ""))
    if found:
        return (
            found["letter"] if sign.isupper() or "CAPITAL" in found[0] else found["letter"].lower()
        )
    figure = unicodedata.digit(sign, None)
    return sign if figure is None else str(figure)


def plain_letters(text: str) -> str:
    """Return a text with the letters that its signs are read as, one sign after the other."""
    if _ORDINARY.fullmatch(text):
        return _LAO_NOUGHT.sub("ອ", text)
    whole = unicodedata.normalize("NFC", text)
    read = "".join(sign if _ORDINARY.fullmatch(sign) else _read_as(sign) for sign in whole)
    return _LAO_NOUGHT.sub("ອ", read)


def upright(text: str) -> str:
    """Return a text with the words that stand on their heads read from their ends."""
    if _ORDINARY.fullmatch(text):
        return text
    return _WORD.sub(lambda word: _turned(word[0]) if _is_on_its_head(word[0]) else word[0], text)


def _turned(word: str) -> str:
    return word[::-1].translate(_OTHERWISE_UP)


def _is_on_its_head(word: str) -> bool:
    return any(_ON_ITS_HEAD.search(unicodedata.name(sign, "")) for sign in word)


def drawn(text: str) -> str:
    """Return a text with a letter for each that is drawn by several signs."""
    return _DRAWN.sub(lambda found: _STROKES[found[0]], text)


def run_together(text: str) -> str:
    """Return a text without the signs that stand between the letters of a word."""
    return _BETWEEN.sub("", _AT_BEGINNING.sub("", text))


def is_unread(text: str, *, person: bool = True) -> bool:
    """Tell whether something in a line can be compared with no name: far letters, odd signs.

    Of a place a whole word in far letters is its name; mixed with others it is a disguise.
    """
    read = plain_letters(unicodedata.normalize("NFKC", text))
    words = [word for word in _WORD.findall(drawn(read)) if "@" not in word]
    if any(_NEVER_BETWEEN.search(word) for word in words):
        return True
    return any(map(_has_far_letters if person else _is_mixed, words))


def _has_far_letters(word: str) -> bool:
    return any(_is_far(letter) for letter in word)


def _is_mixed(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    far = sum(map(_is_far, letters))
    return 0 < far < len(letters)


@lru_cache(maxsize=4096)
def _is_far(letter: str) -> bool:
    """Tell whether a letter belongs to no alphabet that names are heard in."""
    if letter.isascii() or not letter.isalpha():
        return False
    return not unicodedata.name(unicodedata.normalize("NFKD", letter)[0], "").startswith(_HEARD)
