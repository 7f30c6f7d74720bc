"""Passphrases: the bytes a key is derived from, what is too easy to guess, and generated ones.

Rules after OWASP ASVS 5.0, 6.2 (length, blocklist, words of the place, no rules on composition,
nothing cut off) and NIST SP 800-63B-4, 3.1.1. There is no limit on length and no forced change.
How weak a passphrase is, is judged by what is left of it when everything is taken out that is
tried first: common passwords, names known around the house, years, the alphabet, the keyboard.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Final, Literal

from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.lao.letters import normalised, unified
from shelterdesk.core.paths import resources

Language = Literal["en", "lo"]

SHORTEST: Final = 15
"""Characters of a passphrase that somebody made up (NIST SP 800-63B-4, 3.1.1.2)."""

GENERATED_WORDS: Final = 5
"""Generated words that are enough: 60 bits with lists of 4096 words."""

ENOUGH: Final = 10
"""Points that must be left: a letter that no list explains is one, a common password three."""

COMMON_WORTH: Final = 3.0

JUDGED: Final = 1000
"""Characters that are looked at to judge; all of them go into the key."""

RECOVERY_WORDS: Final = 10
"""Words of a recovery page, close together, that show that a page is being written down."""

RECOVERY_STRETCH: Final = 20

_LISTS: Final = {"en": "english.txt", "lo": "lao.txt"}

_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1234567890",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ",
    "ຢຟໂຖຸູຄຕຈຂຊໍ",
    "ົໄຳພະິີຮນຍບລ",
    "ັຫກດເ້່າສວງ",
    "ຜປແອຶືທມໃຝ",
)
"""The alphabets and the rows of the Latin and of the Lao keyboard (xkb symbols "la")."""

_DISGUISE: Final = str.maketrans("@4301!$57", "aaeoiisst")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
_RECOVERY_TOKEN: Final = re.compile(r"[a-z]+|\d{4}")

TOO_SHORT: Final = N_(
    "This is too short. Use at least 15 characters, a whole sentence for example, or five words "
    "made by the program."
)
TOO_EVEN: Final = N_(
    "This repeats itself, follows the alphabet or the keyboard, or is little but digits. Use a "
    "sentence that only you would think of, or five words made by the program."
)
TOO_COMMON: Final = N_(
    "Passphrases like this one are tried first. Use a sentence that only you would think of, or "
    "five words made by the program."
)
TOO_KNOWN: Final = N_(
    "This is made of names, places or years that others know. Use a sentence that only you would "
    "think of, or five words made by the program."
)


def canonical(passphrase: str) -> bytes:
    """Return the bytes that a key is derived from; part of the file format, never to be changed.

    UTF-8 of `lao.unified`: what looks the same opens the same lock, whichever keyboard it was
    typed on. Lao and Thai digits count as ASCII digits; capitals and accents make a difference.
    """
    return unified(passphrase).encode("utf-8", "surrogatepass")


def _key(text: str) -> str:
    return unified(unified(text).casefold())


def _squeezed(text: str) -> str:
    return "".join(_key(text).split())


@cache
def _listed(name: str) -> tuple[str, ...]:
    lines = (resources() / "words" / name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _keys_of(name: str) -> frozenset[str]:
    return frozenset(map(_squeezed, _listed(name)))


@cache
def _sequences() -> dict[str, float]:
    """Return every part of four or more characters of the rows, in both directions: all free."""
    rows = [_squeezed(row) for row in _ROWS]
    return {
        row[start:end]: 0.0
        for row in (*rows, *(row[::-1] for row in rows))
        for start in range(len(row))
        for end in range(start + 4, len(row) + 1)
    }


def generated(words: int = GENERATED_WORDS, language: Language = "en") -> str:
    """Return `words` words drawn by the system's random source, with a blank between them.

    Raises ValueError for fewer than five.
    """
    if words < GENERATED_WORDS:
        raise ValueError(words)
    return " ".join(secrets.choice(_listed(_LISTS[language])) for _ in range(words))


def offered(words: int = GENERATED_WORDS) -> str:
    """Return a generated passphrase of words in the language of the screen."""
    return generated(words, "lo" if screen_language() == "lo" else "en")


def _is_generated(passphrase: str) -> bool:
    """Tell whether these are five different words, or more, that the program could have made."""
    words = set(re.split(r"[\s-]+", _key(passphrase)))
    lists = (_keys_of(name) for name in _LISTS.values())
    return len(words) >= GENERATED_WORDS and any(words <= known for known in lists)


def _context(words: Iterable[str]) -> frozenset[str]:
    """Return the words of the place and of the given names, whole and in their parts."""
    given = {part for name in words for part in (name, *re.split(r"[\W_]+", name))}
    known = {_squeezed(part) for part in given}
    return _keys_of("local.txt") | {word for word in known if len(word) > 2}


def _unit(key: str) -> str:
    """Return what `key` repeats, or `key` itself when it repeats nothing."""
    for length in range(1, len(key) // 2 + 1):
        if key[length:] == key[:-length]:
            return key[:length]
    return key


def _character_price(character: str) -> float:
    return 0.5 if character.isdigit() else 1


def _cheapest(key: str, prices: Mapping[str, float]) -> list[str]:
    """Cut `key` into words that have a price and single characters, so that it costs least."""
    longest = max(map(len, prices))
    best: list[tuple[float, int]] = [(0, 0)]
    for end in range(1, len(key) + 1):
        single = (best[-1][0] + _character_price(key[end - 1]), end - 1)
        words = (
            (best[start][0] + prices[key[start:end]], start)
            for start in range(max(0, end - longest), end)
            if key[start:end] in prices
        )
        best.append(min((single, *words)))
    pieces, end = [], len(key)
    while end:
        pieces.append(key[best[end][1] : end])
        end = best[end][1]
    return pieces


def _points(key: str, prices: Mapping[str, float]) -> float:
    """Return how much of `key` must be guessed, with the scale of `ENOUGH`.

    Years are free, a word that has a price is paid once. What is left counts one a letter and half
    a digit, and at most twice the number of different characters.
    """
    pieces = _cheapest(_YEAR.sub("", key), prices)
    rest = [piece for piece in pieces if piece not in prices]
    words = sum(prices[piece] for piece in set(pieces) if piece in prices)
    return words + min(sum(map(_character_price, rest)), 2 * len(set(rest)))


def _left(key: str, context: frozenset[str]) -> float:
    """Return the points of a passphrase, read as it is and without its disguise (p@ssw0rd)."""
    prices: dict[str, float] = dict.fromkeys(_keys_of("blocklist.txt"), COMMON_WORTH)
    prices.update(dict.fromkeys(context, 0.0))
    prices.update(_sequences())
    bare = re.sub(r"\W+", "", key) if key.isascii() else key
    return min(_points(text, prices) for text in {key, bare, key.translate(_DISGUISE)})


def weakness(passphrase: str, context_words: Collection[str] = ()) -> str | None:
    """Return why a passphrase would be guessed, as a translatable sentence; None if it is good.

    `context_words` are the names that others know: the house, its people. Length is counted in
    the characters of the canonical form. Five different generated words are always good.
    """
    if _is_generated(passphrase):
        return None
    if len(canonical(passphrase).decode("utf-8", "surrogatepass")) < SHORTEST:
        return TOO_SHORT
    key = _squeezed(passphrase[:JUDGED])
    unit = _unit(key)
    short_unit = unit != key and len(unit) < SHORTEST
    if short_unit or _points(unit, _sequences()) < ENOUGH:
        return TOO_EVEN
    if _left(unit, frozenset()) < ENOUGH:
        return TOO_COMMON
    return TOO_KNOWN if _left(unit, _context(context_words)) < ENOUGH else None


def looks_like_recovery_words(text: str, known: Collection[str]) -> bool:
    """Tell whether `text` holds words of a recovery page: ten of `known` within twenty words.

    Words are the Latin ones and numbers of four digits, so that a page is noticed inside a Lao
    note, and an English report of many pages does not gather ten by chance. Put the four-digit
    numbers into `known` too to notice a page that was written down in numbers.
    """
    words = frozenset(known)
    tokens = _RECOVERY_TOKEN.findall(normalised(text))
    hits = [(place, token) for place, token in enumerate(tokens) if token in words]
    return any(
        len({token for place, token in hits[n : n + RECOVERY_STRETCH] if place < end})
        >= RECOVERY_WORDS
        for n, end in enumerate(place + RECOVERY_STRETCH for place, _ in hits)
    )
