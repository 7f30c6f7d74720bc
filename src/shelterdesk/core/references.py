"""Numbers of referrals, as in `SD-2026-493127-X`: year, six random digits, a check character.

Nothing of her case code, and no count to be read from it. The check character is the number's
remainder by 23, a prime: every single wrong digit and every pair of swapped neighbours is found.
"""

import re
import secrets
import unicodedata
from typing import Final

_CHECKS: Final = "ABCDEFGHJKLMNPQRSTVWXYZ"
"""Twenty-three capitals, without those that are mistaken by hand (I, O, U)."""

_SHAPE: Final = re.compile(rf"SD-([0-9]{{4}})-([0-9]{{6}})-([{_CHECKS}])")


def _check(digits: str) -> str:
    return _CHECKS[int(digits) % len(_CHECKS)]


def new_reference(year: int) -> str:
    """Draw a number for a referral of this year; whether it is taken is for the caller to ask."""
    drawn = f"{secrets.randbelow(1_000_000):06d}"
    return f"SD-{year:04d}-{drawn}-{_check(f'{year:04d}{drawn}')}"


def is_reference(text: str) -> bool:
    """Tell whether `text` is a referral's number, its check character included."""
    found = _SHAPE.fullmatch(text)
    return found is not None and _check(found[1] + found[2]) == found[3]


def read_reference(typed: str) -> str | None:
    """Return the number that somebody has read from a slip and typed, or None.

    Small letters, blanks, other strokes, Lao digits and a missing SD make no difference; a wrong
    digit does.
    """
    letters = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    kept = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in letters)
    body = kept.removeprefix("SD")
    reference = f"SD-{body[:4]}-{body[4:10]}-{body[10:]}"
    return reference if is_reference(reference) else None
