"""How a name sounds, whoever has written it down: a few letters for each sound, for comparing.

Every office spells Lao names its own way: ສຸລິຍາ is Souliya, Suriya or Soulinha, ສອນໄຊ Sonexay or
Sornsai, and across the river สุริยา. A word in any of the three scripts is put into one letter a
sound, with what the habits of French, English and Thai spelling add taken out. What is left to
differ (`nearness`) is what people hear wrongly as well. Nobody can read it and it is never stored.
"""

import re
from functools import lru_cache
from typing import Final

from shelterdesk.core.lao.latin import TONES, romanised
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.disguises import in_latin
from shelterdesk.core.names.thai import OPEN, thai_sounds

LONGEST: Final = 40
"""Letters of one word that are listened to; no name is longer, and a text is cut before that."""

_THAI: Final = re.compile("[\u0e01-\u0e4e]+")
_THAI_RUNS: Final = re.compile("[\u0e01-\u0e4e]+|[^\u0e01-\u0e4e]+")
_LETTERS: Final = re.compile("[a-z]+")

_BEFORE: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        ("ny(?![aeiou])", "ni"),  # Maliny
        ("khum|(?<=t)hum$", lambda found: found[0].replace("u", "a")),  # an English u: Khumla
        ("s[au]ck", "sak"),
        ("(?<=ng)(?:s|se)$|(?<=[aeiou]n)x$", ""),  # Vongs
        ("tch|dj|tj", "j"),
        (r"([^aeiou])\1+", r"\1"),
        ("([kptcdbg])h(?=[kptcdbg]h)", ""),  # Phethth…
        ("h?r(?=$|[^aeiouyh])", "r"),
        ("er(?![aeiouy])", "eu"),  # Prasert, Ngern
        ("(?<=[aou])r(?![aeiouy])", ""),  # Somphorn
        ("(?<=[pktcs])r|(?<=[^n]g)r|(?<=[pktc]h)r", ""),  # Prasit, Phra
        ("(?<=[aeiou][nmtkplr])e(?=$|[bcdfghjklmnpqrstvwxz]+[aeiouy])", ""),  # Sonexay, Davone
        ("(?<=[aeiou]ng)e(?=$|[bcdfghjklmnpqrstvwxz]+[aeiouy])", ""),
        ("(?<=[aeiou](?:nh|th|kh))e$", ""),
        ("(?<=[aoui]y)e$|(?<=ai)e$|(?<=oi)e$", ""),  # Thongbaye
    )
)
_SPELT: Final = (
    "ngh:Gh ng:G nh:N gn:Y ny:Y ph:p th:t dh:t kh:k gh:k ch:c sh:s bh:p ck:k j:j q:k x:s z:s "
    "r:l w:w g:g c:K y:y eow:eu aeow:eu aeo:eu aew:eu eo:eu eew:iu iw:iu eua:Ma uea:Ma euo:Ma "
    "euea:Ma oue:ue oeu:M eu:M ue:M oe:M ueu:M oua:ua uo:u ua:ua ouo:ua ou:u oo:u o:u ow:au "
    "aw:au ao:au au:au ie:ia ea:ia iea:ia ia:ia ee:i ae:e ai:ai ay:ai ei:ai ey:i oy:ui oi:ui "
    "uy:ui ui:ui ouy:ui oui:ui ouay:uai uay:uai ouai:uai"
)
"""Letters that stand for one sound, as French, English and Thai offices write them."""

_TOKENS: Final = dict(pair.split(":") for pair in _SPELT.split())
_TOKEN: Final = re.compile(
    "|".join(
        f"{letters}(?![aeiou])" if len(letters) > 1 and letters.endswith("w") else letters
        for letters in sorted(_TOKENS, key=len, reverse=True)
    )
    + "|."
)
_AFTER: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        ("N(?![aeiouMy])", "n"),
        ("n*[NY]", "Y"),
        ("g(?![aeiouMyl])", "k"),
        ("g", "k"),
        ("K(?=[iey])", "s"),
        ("K", "k"),
        ("d(?![aeiouMywv])", "t"),
        ("b(?![aeiouMywv])", "p"),
        ("(?<=[aeiouM])w(?![aeiouM])", "u"),
        ("(?<=[^aeiouM])w(?=a)", "u"),  # Dwang
        ("w", "v"),
        ("l$", "n"),
        ("(?<=[aeiouM])[jcs]$", "t"),
        ("(?<!^)h(?![aeiouMy])", ""),
        ("h(?=$)", ""),
        ("y", "i"),
        ("([^aeiuM])([^aeiuM])$", rf"\1{OPEN}\2"),  # a vowel that was not written
        (r"(.)\1+", r"\1"),
    )
)


def _latin_sounds(latin: str) -> str:
    for pattern, new in _BEFORE:
        latin = pattern.sub(new, latin)
    sounds = _TOKEN.sub(lambda found: _TOKENS.get(found[0], found[0]), latin)
    for pattern, new in _AFTER:
        sounds = pattern.sub(new, sounds)
    return sounds


@lru_cache(maxsize=16384)
def sounds(word: str) -> str:
    """Return the sounds of one word of a name, in Lao, Thai or Latin letters.

    Small letters are consonants and vowels much as in Latin; G stands for ng, Y for ny, M for eu,
    `thai.OPEN` for a vowel that is not written. Signs, tones and digits make no sound.
    """
    plain = TONES.sub("", normalised(in_latin(word[:LONGEST])))
    if _THAI.search(plain):
        heard = (_thai_or_not(run) for run in _THAI_RUNS.findall(plain))
        return _AFTER[-1][0].sub(r"\1", "".join(heard))
    return _of_latin(plain)


def _thai_or_not(run: str) -> str:
    """Return the sounds of a run of Thai letters, or of one without any."""
    return thai_sounds(run) if _THAI.match(run) else _of_latin(run)


def _of_latin(plain: str) -> str:
    latin = "".join(_LETTERS.findall(romanised(plain)))
    return _latin_sounds(latin if plain.isascii() else latin.replace("ch", "j"))
