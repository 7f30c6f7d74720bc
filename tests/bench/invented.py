"""Invented notes and cases: words of the passphrase lists, put together by seeded chance."""

import random
from collections.abc import Sequence
from functools import cache
from typing import Final

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.paths import resources
from tests.factories import BEGINNING

LAO_SHARE: Final = 0.7
"""Part of the notes that is in Lao; the others are in English."""

_NOW: Final = stamp(BEGINNING)
_BY: Final = "b" * 32
Rows = list[tuple[object, ...]]


@cache
def _words(language: str) -> tuple[str, ...]:
    lines = (resources() / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def notes(count: int, words: int = 16, seed: int = 1) -> list[str]:
    """Return `count` notes of some `words` words: Lao, phrases without blanks, or English."""
    chance = random.Random(seed)
    return [_note(chance, chance.randint(words // 2, words * 3 // 2)) for _ in range(count)]


def _note(chance: random.Random, words: int) -> str:
    if chance.random() >= LAO_SHARE:
        return " ".join(chance.choices(_words("english"), k=words)) + "."
    phrases = (chance.choices(_words("lao"), k=6) for _ in range(-(-words // 6)))
    return " ".join("".join(phrase) for phrase in phrases)


def ids(count: int, seed: int) -> list[str]:
    """Return random identifiers in the form of the vault's own."""
    chance = random.Random(seed)
    return [f"{chance.getrandbits(128):032x}" for _ in range(count)]


def case_rows(cases: Sequence[str]) -> Rows:
    """Return rows for CASES."""
    return [
        (case, f"DEMO-{number:06}", f"Champa {number}", BEGINNING.date().isoformat(), *_signed())
        for number, case in enumerate(cases)
    ]


def note_rows(cases: Sequence[str], texts: Sequence[str], seed: int = 3) -> Rows:
    """Return rows for NOTES, dealt out to the cases by turns."""
    own = ids(len(texts), seed)
    return [
        (note, cases[place % len(cases)], _NOW, text, *_signed())
        for place, (note, text) in enumerate(zip(own, texts, strict=True))
    ]


def visit_rows(cases: Sequence[str], seed: int = 4) -> Rows:
    """Return rows for VISITS, one a case."""
    own = ids(len(cases), seed)
    return [(visit, case, _NOW, *_signed()) for visit, case in zip(own, cases, strict=True)]


def _signed() -> tuple[object, ...]:
    return _NOW, _BY, _NOW, _BY, 1


CASES: Final = (
    'INSERT INTO "case"(id, code, alias, opened_on,'
    " created_at, created_by, changed_at, changed_by, version) VALUES (?,?,?,?,?,?,?,?,?)"
)
NOTES: Final = (
    "INSERT INTO case_note(id, case_id, at, text,"
    " created_at, created_by, changed_at, changed_by, version) VALUES (?,?,?,?,?,?,?,?,?)"
)
VISITS: Final = (
    "INSERT INTO health_visit(id, case_id, at,"
    " created_at, created_by, changed_at, changed_by, version) VALUES (?,?,?,?,?,?,?,?)"
)
