"""A name behind other signs: other alphabets, figures for letters, letter by letter, an address.

S o m s a k, Ѕomsak with a letter of another alphabet, Сомсак, S0msak with a nought and
somsak@mail.la are Somsak to whoever reads them. Each is given back as it would be read, besides
what stands there: a reading only adds to what is found, and takes nothing away.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from shelterdesk.core.lao.letters import unified
from shelterdesk.core.names.look_alikes import drawn, plain_letters, run_together, upright

_FOREIGN: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")

_LIKE: Final = dict(
    zip(
        "АВСЕНІЈКМОРЅТУХӀԚԜГИПЯавсенһіјкморѕтухӏԁԛԝѵгипьяўґΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγεηικνορςστυχωϲϳΘθΛΔФӨөѲѳ",
        "ABCEHIJKMOPSTYXlQWrNnRabcehhijkmopstyxldqwvrunbryrABEZHIKMNOPTYXabyenikvopcotuxwcjOoAAOOoOo",
        strict=True,
    )
)
"""Letters of Cyrillic and Greek that look like one of Latin, capitals and small ones."""

_NEVER_RUSSIAN: Final = frozenset("ѕјіһԁԛԝѵӏ")
"""Letters with which nobody writes Lao names in Cyrillic: they are there for their looks."""

_SAID_AS: Final = (
    "кх:kh пх:ph тх:th дж:j а:a б:b в:v г:g д:d е:e ё:e ж:j з:z и:i й:i к:k л:l м:m н:n "
    "о:o п:p р:r с:s т:t у:u ф:f х:kh ц:s ч:ch ш:s щ:s ы:eu э:e ю:yu я:ya і:i є:e ї:i ґ:g "
    "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:u "
    "φ:ph χ:kh ψ:ps ω:o μπ:b ντ:d ου:u γκ:ng ѕ:s ј:j һ:h ԁ:d ԛ:k ԝ:w ѵ:v ӏ:l"
)
_SAID: Final = {
    **dict(pair.split(":") for pair in _SAID_AS.split()),
    "ъ": "",
    "ь": "",
}
"""Cyrillic and Greek letters as they sound in a Lao name."""

_SAID_LETTERS: Final = re.compile("|".join(sorted(_SAID, key=len, reverse=True)))

_SIGN: Final = "[\u0300-\u036f\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6\u0ec8-\u0ece]"
_LETTER: Final = (
    f"(?:[\u0e40-\u0e44\u0ec0-\u0ec4]?[\u0e01-\u0e4e\u0e81-\u0edf]{_SIGN}*"
    f"|[^\\W\\d_\u0e01-\u0edf]{_SIGN}*)"
)
_ONE: Final = re.compile(_LETTER)
_SPELT: Final = re.compile(
    f"(?<!\\w)(?<!{_SIGN}){_LETTER}(?:(?:[^\\w\n]|_){{1,2}}{_LETTER}){{2,}}(?!\\w)(?!{_SIGN})"
)
_FIGURES: Final = ("0:o 1:i 3:e 4:a 5:s 6:b 7:t 8:b 9:g @:a $:s !:i |:i", "1:l 6:g !:l |:l")
"""Figures and signs that stand for a letter by their looks, in two ways where there are two."""

_LOOKS: Final = tuple(
    {ord(pair[0]): pair[-1] for way in ways for pair in way.split()}
    for ways in (_FIGURES[:1], _FIGURES)
)
_FIGURED: Final = re.compile(
    r"(?<![^\W_])(?:[013-9@$]{1,2}(?=[a-z]))?"
    r"(?:[a-z]|(?<=[a-z])[013-9@$!|]{1,3}(?=[a-z])){3,40}"
    r"(?:(?<=[a-z]{2})[013457@$](?!\d))?(?=\d{0,4}(?![^\W_]))",
    re.IGNORECASE,
)
"""A word of Latin letters that may have figures in it, one before and one behind: 5omsak, Khaml4.

More of them behind are a number beside a name, and few letters with figures are a code.
"""

_SPELT_FIGURE: Final = re.compile(
    r"(?<![^\W\d_]{2}[ ._-])(?<=[a-z][ ._-])[013-9](?=[ ._-][a-z](?![^\W_]))", re.IGNORECASE
)
_NO_BLANKS: Final = "[\u0e01-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf]"
_WITHIN_LAO: Final = re.compile(
    f"(?<={_NO_BLANKS})[0-9\u0e50-\u0e59\u0ed0-\u0ed9]{{1,2}}(?={_NO_BLANKS})"
)
"""A figure or two inside a word of Lao or Thai: they stand for no letter, and part a name."""

_SIGNED: Final = re.compile(r"[^\s,;:!?]{3,40}")
_USUAL_BETWEEN: Final = re.compile("[-.'_]")
_NEXT_NAME: Final = re.compile("(?<=[a-z])(?=[A-Z])")
_ADDRESS: Final = re.compile(r"(?<![^\s<(:;,])([^\s@<(:;,]{1,64})@[^\s@>);,]+")
_AT: Final = re.compile(r"@(?=[\w-]+\.\w)")
_PARTS_OF_ADDRESS: Final = re.compile(r"[._-]+")
_IN_ADDRESS: Final = re.compile(r"[\W\d_]+")


def in_latin(text: str) -> str:
    """Return Cyrillic and Greek words in Latin letters: as they sound, or, if mixed, as they look.

    Whatever else there is stays as it is.
    """
    return _put(plain_letters(text), _read)


def scripts(text: str) -> list[str]:
    """Return a text in Latin letters as its words sound, as their letters and figures look."""
    plain = dict.fromkeys(form for way in (text, upright(text)) for form in _signs_read(way))
    found = [_put(form, read) for read in (_read, _looked_at, _said) for form in plain]
    found += [_unfigured(form, letters) for form in found for letters in _LOOKS]
    found += [_WITHIN_LAO.sub("", form) for form in found]
    return list(dict.fromkeys(found))


def _signs_read(text: str) -> tuple[str, ...]:
    """Return a text with letters for its signs: one by one, drawn by several, without the rest."""
    letters = plain_letters(text)
    lines = drawn(letters)
    return letters, lines, run_together(lines), run_together(text)


def figured(text: str) -> list[tuple[int, int]]:
    """Return where figures stand for letters in a text: the words that have some, or they alone."""
    text = _AT.sub(" ", text)
    words = (word for word in _FIGURED.finditer(text) if not word[0].isalpha())
    spelt = [found.span() for found in (*words, *_SPELT_FIGURE.finditer(text))]
    signed = (word.span() for word in _SIGNED.finditer(text) if _is_signed(word[0]))
    return [*(one for one in signed if one not in spelt), *spelt]


def without_figures_inside(text: str) -> tuple[str, list[int]]:
    """Return a text without the figures inside words of Lao and Thai, and where each letter stood.

    No places where there are none.
    """
    figures = {place for found in _WITHIN_LAO.finditer(text) for place in range(*found.span())}
    if not figures:
        return text, []
    places = [place for place in range(len(text)) if place not in figures]
    return "".join(text[place] for place in places), places


def _is_signed(word: str) -> bool:
    """Tell whether a word is read otherwise because of signs in it that are no letters."""
    usual = _USUAL_BETWEEN.sub("", word)
    is_plain = usual.isalnum() and plain_letters(usual) == usual
    return not is_plain and {*_signs_read(word)} != {word}


def readings(text: str) -> list[str]:
    """Return whatever somebody may read in a text of one or several lines, each reading once."""
    lines = "\n".join(map(unified, text.splitlines()))
    addressed = _ADDRESS.sub(lambda found: _PARTS_OF_ADDRESS.sub(" ", found[1]), lines)
    found = list(dict.fromkeys((*scripts(lines), *scripts(addressed))))
    found += [_ADDRESS.sub(_name_in_address, form) for form in found]
    found += [_SPELT.sub(_joined, form) for form in found]
    return list(dict.fromkeys(found))


def _unfigured(text: str, letters: Mapping[int, str]) -> str:
    """Return a text with letters where a figure stands for one: in a word, or in one spelt out."""
    words = _FIGURED.sub(lambda word: word[0].translate(letters), text)
    return _SPELT_FIGURE.sub(lambda figure: figure[0].translate(letters), words)


def _put(text: str, read: Callable[[str], str]) -> str:
    if not _FOREIGN.search(text):
        return text
    return _WORD.sub(lambda word: read(word[0]), unicodedata.normalize("NFC", text))


def _read(word: str) -> str:
    strange = len(_FOREIGN.findall(word))
    if not strange:
        return word
    is_mixed = strange < len(word) or not _NEVER_RUSSIAN.isdisjoint(word.casefold())
    return _looked_at(word) if is_mixed else _said(word)


def _looked_at(word: str) -> str:
    return _said("".join(_LIKE.get(letter, letter) for letter in word))


def _said(word: str) -> str:
    """Return what a word sounds like, its capital first letter kept for telling names apart."""
    if not _FOREIGN.search(word):
        return word
    said = _SAID_LETTERS.sub(lambda found: _SAID[found[0]], word.lower())
    return said.capitalize() if word[0].isupper() else said


def _name_in_address(found: re.Match[str]) -> str:
    return _IN_ADDRESS.sub(" ", found[1])


def _joined(found: re.Match[str]) -> str:
    return _NEXT_NAME.sub(" ", "".join(_ONE.findall(found[0])))
