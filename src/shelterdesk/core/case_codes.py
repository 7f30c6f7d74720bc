"""Case codes: how a person is called on paper, on the telephone and in lists.

Five random characters and a check character, as in `K7Q-42L`: nothing of her name, her day or her
province, and no count to be read from it. The alphabet leaves out what is mistaken by hand (I, O,
0, 1). The check is Luhn's algorithm modulo 32, which finds every single wrong character and nearly
all swapped neighbours.
"""

import re
import secrets
import unicodedata
from typing import Final

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_SHAPE: Final = re.compile(rf"[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}")
_DEMO: Final = re.compile(r"DEMO-[0-9]{4}")


def new_code() -> str:
    """Draw a case code; whether it is taken is for the caller to ask."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(5))
    whole = drawn + _check(drawn)
    return f"{whole[:3]}-{whole[3:]}"


def is_code(text: str) -> bool:
    """Tell whether `text` is a case code, its check character included; demo codes are."""
    if _DEMO.fullmatch(text):
        return True
    letters = text.replace("-", "")
    return bool(_SHAPE.fullmatch(text)) and letters[-1] == _check(letters[:-1])


def read_code(typed: str) -> str | None:
    """Return the code that somebody has typed, or None.

    Small letters, blanks and other strokes make no difference; a wrong letter does.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    letters = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in plain)
    cut = 4 if letters.startswith("DEMO") else 3
    code = f"{letters[:cut]}-{letters[cut:]}"
    return code if is_code(code) else None


def _check(letters: str) -> str:
    size, total = len(ALPHABET), 0
    for place, letter in enumerate(reversed(letters)):
        value = ALPHABET.index(letter) * (2 - place % 2)
        total += value // size + value % size
    return ALPHABET[-total % size]
