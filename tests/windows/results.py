"""Writes what was run under Wine, and what that shows, into RESULTS.md."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.windows.stages import Told

FILE: Final = Path(__file__).with_name("RESULTS.md")

_HEAD: Final = """# Under Wine

Made by `python3 run.py windows` on commit {commit}.

Wine carries out the calls of Windows; it is not Windows. What is good here makes the right calls,
in a real Python for Windows with its pinned packages. Only a real Windows shows: that what
was written through to the disk is there after a power cut, that a pulled stick gives the numbers in
`store/disk/faults.py`, access lists as NTFS keeps them, virus scanners, printers, locking by the
session, SmartScreen, and how fast it is.

| stage | how it went | seconds |
|--|--|--|
"""


def write(told: Iterable[Told], commit: str) -> None:
    """Write the file anew."""
    every = list(told)
    lines = [f"| {one.stage} | {_first(one)} | {one.seconds:.0f} |" for one in every]
    faults = [f"### {one.stage}\n\n```\n{one.words}\n```\n" for one in every if not one.good]
    closing = ["", "## What was not good", "", *faults] if faults else ["", "Nothing was bad."]
    text = _HEAD.format(commit=commit) + "\n".join([*lines, *closing]).rstrip() + "\n"
    FILE.write_text(text, encoding="utf-8")


def _first(one: Told) -> str:
    words = one.words.partition("\n")[0].replace("|", "/")
    return words if one.good else f"**bad**: {words}"
