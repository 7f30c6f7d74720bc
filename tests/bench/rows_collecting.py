"""B24: how long the window stands still while garbage is collected.

    python -m tests.bench.rows_collecting DATA

The process opens the records and goes round the pages as a person does; after each it paints the
window once, and collects as the window does (`gui/collecting.py`): what is new, what the page has
left, everything. It prints one line of JSON with the milliseconds of each.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.bench.figures import Figure, at_most
from tests.bench.rows_window import shelter_with
from tests.bench.stock import Stock
from tests.bench.window_hand import opened, shown, unlocked, until

_ROUNDS: Final = 3
_PICTURE: Final = 16
"""Milliseconds that a picture stands on the screen."""

_PAGES: Final = ("people", "case", "admission", "organisations", "settings", "home")


def pauses(stock: Stock) -> list[Figure]:
    """B24: collecting beside painting the window, both in processor time of the window's thread."""
    many = stock.work.many(20_000, 1_000)
    data = shelter_with(stock.work.memory.folder / "collecting", many)
    told = [_told(data) for _round in range(_ROUNDS)]
    paint = tuple(median(one["paint"]) for one in told)
    return [
        _beside(f"look at what is new, after a page, {many:,} cases", told, "new", paint, 1),
        _beside("look at what a page has left", told, "behind", paint, 2),
        _beside("look at everything, the first time", told, "first", paint, None),
        _beside("look at everything, later", told, "all", paint, None),
        _longest("the longest of the two that may come at any moment", told, ("new", "behind")),
        _longest("the longest that comes only when nobody touches anything", told, ("all",), 100),
    ]


def _beside(
    what: str,
    told: list[dict[str, list[float]]],
    name: str,
    paint: tuple[float, ...],
    most: float | None,
) -> Figure:
    """Return the middle one of these looks as a multiple of painting the window once."""
    rounds = tuple(median(one[name]) / p for one, p in zip(told, paint, strict=True))
    gate = at_most(most) if most else None
    return Figure(f"{what} : a painted window", median(rounds), "CPU", gate=gate, rounds=rounds)


def _longest(
    what: str, told: list[dict[str, list[float]]], names: tuple[str, ...], most: float = _PICTURE
) -> Figure:
    """Return the longest look in milliseconds; its gate is the time of a picture, or `most`."""
    rounds = tuple(max(max(one[name]) for name in names) for one in told)
    return Figure(what, median(rounds), "CPU", "ms", at_most(most), rounds=rounds)


def _told(data: Path) -> dict[str, list[float]]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.rows_collecting", str(data)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, list[float]] = json.loads(ended.stdout)
    return told


# -- the process -----------------------------------------------------------------------------


def round_the_pages(data: Path) -> dict[str, list[float]]:
    """Open the records and their pages, and measure after each."""
    window = opened(data, "en")
    window.resize(1366, 768)
    shown(window)
    desk, _home = unlocked(window)
    until(desk.search.read_ahead)
    case = desk.cases.rows()[0].id
    window.collecting._quiet = lambda: 0.0  # somebody is always at work
    found: dict[str, list[float]] = {name: [] for name in ("paint", "new", "behind", "all")}
    found["first"] = [_spent(window.collecting._look_at_all)]
    for page in _PAGES * 2:
        window.workplace.go(page, case if page in ("case", "admission") else "")  # type: ignore[union-attr]
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        found["paint"].append(_spent(window.repaint))
        found["new"].append(_spent(window.collecting.look))
        found["behind"].append(_spent(window.collecting.look_behind))
        found["all"].append(_spent(window.collecting._look_at_all))
    return found


def _spent(work: Callable[[], object]) -> float:
    """Return the processor milliseconds that this thread needs for some work."""
    began = thread_time()
    work()
    return 1000 * (thread_time() - began)


def main() -> None:
    """Print what was measured."""
    _application = QApplication(sys.argv[:1])
    sys.stdout.write(json.dumps(round_the_pages(Path(sys.argv[1]))) + "\n")
    sys.stdout.flush()
    os._exit(0)  # what is measured is over; how the process ends is not


if __name__ == "__main__":
    main()
