"""Numbers that stand on paper and are typed again from it: of referrals, and of paper sheets.

A referral has `SD-2026-493127-X`: year, six random digits, a check character. Nothing of her case
code, and no count to be read from it. The check character is the number's remainder by 23, a prime:
every single wrong digit and every pair of swapped neighbours is found. A sheet has `P-572493-6`:
six random digits and Damm's check digit, which finds the same; figures alone, because they are what
is typed at seven in the morning after a night without power.
"""

import re
import secrets
import unicodedata
from typing import Final

from shelterdesk.core.case_codes import read_code

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


_TABLE: Final = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)
_DIGITS: Final = 6
_SHEET: Final = re.compile(r"P([0-9]+)")
_LAO_KEYS: Final = str.maketrans("ຢຟໂຖຸູຄຕຈຂຽຍ", "1234567890PP", "ຊ")
"""What the keys of the figures, of P and of the dash type while the keyboard writes Lao.

A scanner types keys, not letters: it does not know which language the keyboard is set to.
"""


def _damm(digits: str) -> str:
    row = 0
    for digit in digits:
        row = int(_TABLE[row][int(digit)])
    return str(row)


def new_sheet_code() -> str:
    """Draw a code; whether it is taken is for the caller to ask."""
    drawn = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    return f"P-{drawn}-{_damm(drawn)}"


def read_sheet_code(typed: str) -> str | None:
    """Return the code that somebody has typed or scanned from a sheet, or None.

    Small letters, blanks, other strokes, Lao and Thai figures make no difference; a wrong figure
    does.
    """
    digits = _digits(typed)
    if len(digits) != _DIGITS + 1 or _damm(digits[:-1]) != digits[-1]:
        return None
    return f"P-{digits[:-1]}-{digits[-1]}"


def is_mistyped(typed: str) -> bool:
    """Tell whether this is meant as the code of a sheet, whole, and cannot be one."""
    return len(_digits(typed)) > _DIGITS and read_sheet_code(typed) is None


def as_printed(typed: str) -> str:
    """Return the number of a slip, or the code of a case, as it stands on paper; else the words."""
    return read_reference(typed) or read_code(typed) or typed


def _digits(typed: str) -> str:
    """Return the figures of what begins as a code of a sheet; "" for anything else."""
    text = typed.strip()
    return _after_p(text) or _after_p(text.translate(_LAO_KEYS))


def _after_p(text: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in letters)
    found = _SHEET.fullmatch(plain)
    return found[1] if found else ""
