"""B21: the main job by key and mouse, from source and from the built folder, if there is one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from shelterdesk.gui.walk.main_job import PREVIEW
from tests.bench.figures import Figure, at_most, count, missing
from tests.bench.rounds import Work, by_turns, ready
from tests.bench.stock import Stock

_BUILT: Final = Path(__file__).parents[2] / "dist" / "shelterdesk"
_PROGRAM: Final = _BUILT / ("shelterdesk-cli.exe" if sys.platform == "win32" else "shelterdesk")
_SOURCE: Final = [sys.executable, "-m", "shelterdesk"]
_NOT_BUILT: Final = "not built"


def main_job(stock: Stock) -> list[Figure]:
    """B21: click to painted preview, and what the folder for computers without Python costs."""
    out = stock.work.memory.folder / "demo"
    waits = [_preview(_SOURCE, out / f"source {turn}") for turn in range(stock.work.many(3, 1))]
    return [
        Figure(
            "click to painted preview of the first letter",
            median(waits),
            "wall",
            "ms",
            at_most(250),
            rounds=tuple(waits),
        ),
        *_bundle(),
    ]


def _preview(program: list[str], out: Path) -> float:
    """Go through the main job; return the milliseconds that the preview was waited for."""
    line = [*program, "demo", "--headless", "--out", str(out)]
    subprocess.run(line, env=_drawn_nowhere(), check=True, capture_output=True)
    report: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return next(float(step["ms"]) for step in report["steps"] if step["step"] == PREVIEW)


def _bundle() -> Iterator[Figure]:
    size, start = "the built folder", "start of the built folder : from source"
    if not _PROGRAM.exists():
        yield missing(size, _NOT_BUILT)
        yield missing(start, _NOT_BUILT)
        return
    held = sum(
        part.stat().st_size
        for part in _BUILT.rglob("*")
        if part.is_file() and not part.is_symlink()
    )
    yield count(size, held / 1e6, at_most(150), "MB")
    turns = by_turns(ready(_help([str(_PROGRAM)])), ready(_help(_SOURCE)), 9)
    yield turns.figure(start, at_most(1.3), at_most(1.0), measure="wall")


def _help(program: list[str]) -> Work:
    """Return the shortest thing the program can do: say how it is used."""

    def work() -> None:
        subprocess.run([*program, "--help"], check=True, capture_output=True)

    return work


def _drawn_nowhere() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
