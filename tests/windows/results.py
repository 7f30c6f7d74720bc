"""Writes what was run under Wine, on which commit, and what that shows, into RESULTS.md.

Everything once takes hours, so it is run in parts: each line says on which commit it was run last,
and what is older than the newest change of the program is to be run again before a release.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.windows.stages import Told

FILE: Final = Path(__file__).with_name("RESULTS.md")

_HEAD: Final = """# Under Wine

Made by `python3 run.py windows` and `run.py build --windows`, part by part; not by hand.

Wine carries out the calls of Windows; it is not Windows. What is good here makes the right calls,
in a real Python for Windows with its pinned packages. Only a real Windows shows: that what
was written through to the disk is there after a power cut, that a pulled stick gives the numbers in
`store/disk/faults.py`, access lists as NTFS keeps them, virus scanners, printers, locking by the
session, SmartScreen, and how fast it is.

| stage | how it went | seconds | commit |
|--|--|--|--|
"""


def write(told: Iterable[Told]) -> None:
    """Take the stages that were run now into the file, in the place of their earlier lines."""
    kept = FILE.with_name("results.json")
    known: dict[str, dict[str, object]] = {}
    if kept.exists():
        known = json.loads(kept.read_text(encoding="utf-8"))
    known |= {one.stage: asdict(one) for one in told}
    every = [Told(**one) for one in sorted(known.values(), key=lambda one: str(one["stage"]))]  # type: ignore[arg-type]
    text = json.dumps(known, indent=1, ensure_ascii=False, sort_keys=True)
    kept.write_text(text + "\n", encoding="utf-8")
    FILE.write_text(page(every), encoding="utf-8")


def page(every: Iterable[Told]) -> str:
    """Return the text of RESULTS.md."""
    stages = list(every)
    lines = [
        f"| {one.stage} | {_first(one)} | {one.seconds:.0f} | {one.commit} |" for one in stages
    ]
    faults = [f"### {one.stage}\n\n```\n{one.words}\n```\n" for one in stages if not one.good]
    closing = ["", "## What was not good", "", *faults] if faults else ["", "Nothing was bad."]
    return _HEAD + "\n".join([*lines, *closing]).rstrip() + "\n"


def _line(one: Told) -> str:
    return f"| {one.stage} | {_first(one)} | {one.seconds:.0f} | {one.commit} |"


def _first(one: Told) -> str:
    words = one.words.partition("\n")[0].replace("|", "/")
    return words if one.good else f"**bad**: {words}"
