"""What is kept in the repository speaks of the product, not of the computer it was written on."""

import re
from pathlib import Path

import pytest

from tests.quality.source import PROJECT, kept_files

LARGEST_TEXT = 1_000_000
RULES = {
    "a path of somebody's computer": (
        r"(?<![\w.*])/(?:home|root|Users|work|mnt|media)/\w|[A-Z]:\\Users\\"
    ),
    "the address of a package index": (
        r"(?i)(?<!no-emit-)index[-_]url|https?://[^\s/]*(?:pypi|pythonhosted|simple/)"
    ),
    "a note to self": r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b",
    "a private key": r"BEGIN (?:[A-Z]+ )?PRIVATE KEY",
    "an unfinished merge": r"(?m)^(?:<{7}|>{7}) ",
}
PLANTED = {
    "a path of somebody's computer": "see /ho" + "me/noy/x",
    "the address of a package index": "--extra-index" + "-url x",
    "a note to self": "# TO" + "DO later",
    "a private key": "-----BEGIN " + "PRIVATE KEY-----",
    "an unfinished merge": "<" * 7 + " HEAD",
}


def text_of(path: Path) -> str:
    """Return the text of a file, or nothing when it is not text."""
    try:
        return path.read_text(encoding="utf-8") if path.stat().st_size < LARGEST_TEXT else ""
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("rule", RULES)
def test_kept_files_hold_none_of(rule: str) -> None:
    assert len(kept_files()) > 1
    found = [
        path.relative_to(PROJECT).as_posix() for path in kept_files() if finds(rule, text_of(path))
    ]
    assert found == []


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_line_is_found(rule: str) -> None:
    assert finds(rule, PLANTED[rule])


def finds(rule: str, text: str) -> bool:
    """Tell whether `text` breaks `rule`."""
    return re.search(RULES[rule], text) is not None


def test_large_files_are_kept_on_purpose() -> None:
    large = {path.suffix for path in kept_files() if path.stat().st_size >= LARGEST_TEXT}
    assert large <= {".ttf", ".zip"}  # fonts, and stores of earlier programs
