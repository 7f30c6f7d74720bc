"""Texts that stand nowhere else, and the ways in which one of them could lie in a file.

A canary is typed into the program; whoever finds it afterwards in a file, in any of these
encodings, has found a leak.
"""

import base64
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_LAO_DIGITS: Final = "໐໑໒໓໔໕໖໗໘໙"


def _canary(number: int) -> str:
    """Return a Latin text with accents for even numbers, a Lao one for odd numbers."""
    if number % 2 == 0:
        return f"Zürchermöwe{number:03}Quéx"
    return "ຟົກ" + "".join(_LAO_DIGITS[int(digit)] for digit in f"{number:03}") + "ຊຶໝໍ້"


CANARIES: Final = tuple(map(_canary, range(999)))


def written(text: str) -> dict[str, list[bytes]]:
    """Return the byte strings by which `text` would be found, by the name of the encoding."""
    plain, wide = text.encode(), text.encode("utf-16-le")
    return {
        "UTF-8": [plain],
        "UTF-8, decomposed": [unicodedata.normalize("NFD", text).encode()],
        "UTF-16, little end first": [wide],
        "UTF-16, big end first": [text.encode("utf-16-be")],
        "JSON": [json.dumps(text)[1:-1].encode()],
        "hexadecimal": [plain.hex().encode(), plain.hex().upper().encode()],
        "base64": in_base64(plain),
        "base64 of UTF-16": in_base64(wide),
    }


def in_base64(raw: bytes) -> list[bytes]:
    """Return the middle of `raw` in base64 for each of the three places it can begin at."""
    found = []
    for shift, unsure in enumerate((0, 2, 3)):
        whole = (shift + len(raw)) // 3 * 4
        coded = base64.b64encode(bytes(shift) + raw)
        found.append(coded[unsure:whole])
    return found


def key_needles(key: bytes) -> list[bytes]:
    """Return how a secret key would be found: as it is, in hexadecimal, in base64."""
    return [key, key.hex().encode(), key.hex().upper().encode(), *in_base64(key)]


def contents(*roots: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file with its content, its path before it; nothing but zeros is left out."""
    for root in roots:
        for path in sorted(root.rglob("*")):
            content = path.read_bytes() if path.is_file() else b""
            zeros = content.count(0) == len(content)
            yield path, str(path).encode() + (b"" if zeros else content)


def leaks(needles: Iterable[bytes], *roots: Path) -> list[str]:
    """Return the places in which one of the needles lies."""
    wanted = list(needles)
    return [str(path) for path, content in contents(*roots) if any(n in content for n in wanted)]
