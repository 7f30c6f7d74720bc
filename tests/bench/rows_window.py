"""B18 and B19: the window: its start, its first page, a case, and the memory it takes."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

import psutil

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.i18n import LANGUAGES
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from tests.bench.figures import NOT_INSTALLED, Figure, at_most, count
from tests.bench.stock import Stock
from tests.factories import new_shelter

_ROUNDS: Final = 7
_PEER: Final = "keepassxc"
_OURS: Final = (sys.executable, "-m", "shelterdesk")
_PATIENCE: Final = 30.0
_SETTLED: Final = 0.5
"""Seconds: how long a window is waited for, and how long it is left alone before it is weighed."""


def starting(stock: Stock) -> list[Figure]:
    """B18: from the start of the process to the painted unlock window, beside a bare window."""
    data = shelter_with(stock.work.memory.folder / "start", 1)
    for what, *places in (("bare",), ("door", data)):
        _started(str(what), *map(Path, places))  # what is read from the disk once is read now
    return [
        *(figure for language in LANGUAGES for figure in _start_in(language, data)),
        *_beside_keepassxc(data),
    ]


def _start_in(language: str, data: Path) -> Iterator[Figure]:
    pairs = [(_started("door", data, language=language), _started("bare")) for _ in range(_ROUNDS)]
    ratios = tuple(ours / theirs for ours, theirs in pairs)
    ours = tuple(1000 * seconds for seconds, _bare in pairs)
    what = f"start to unlock window, warm, {language}"
    yield Figure(what, median(ours), "wall", "ms", at_most(250), rounds=ours)
    what = f"the same : an empty Qt window, {language}"
    yield Figure(what, median(ratios), "wall", "×", rounds=ratios)


def _started(what: str, *places: Path, language: str = "en") -> float:
    """Return the seconds from the start of a process to its painted window."""
    began = time.time()
    return told(what, *places, language=language)["painted"] - began


def told(
    what: str, *places: Path, language: str = "en", limit: Callable[[], None] | None = None
) -> dict[str, float]:
    """Let the window's own process show something of the records there, and return its figures.

    `limit` is called in that process before it begins.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.window_hand", language, what, *map(str, places)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        preexec_fn=limit,
    )
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures


def _beside_keepassxc(data: Path) -> Iterator[Figure]:
    """Start both on a virtual screen, where the peer and the tools for it are installed."""
    what = "start to window on a virtual screen : KeePassXC"  # Debian: apt-get install keepassxc
    if not all(map(shutil.which, (_PEER, "Xvfb", "xdotool"))):
        yield Figure(what, None, "wall", note=NOT_INSTALLED)
        return
    ours = {
        language: [*_OURS, "--data", str(data), "--language", language] for language in LANGUAGES
    }
    home = data.parent / "home"
    home.mkdir(exist_ok=True)
    try:
        with _screen() as display:
            for line in (*ours.values(), [_PEER]):
                _to_window(display, home, line)
            pairs = {
                language: [
                    (_to_window(display, home, line), _to_window(display, home, [_PEER]))
                    for _round in range(_ROUNDS)
                ]
                for language, line in ours.items()
            }
    except TimeoutError:
        yield Figure(what, None, "wall", note=f"no window of the peer in {_PATIENCE} s")
        return
    for language, seen in pairs.items():
        ratios = tuple(mine[0] / theirs[0] for mine, theirs in seen)
        spoken = f"{what}, {language}"
        yield Figure(spoken, median(ratios), "wall", "×", at_most(1.3), at_most(1.0), ratios)
        memory = median(mine[1] / theirs[1] for mine, theirs in seen)
        yield count(f"memory at the unlock window : KeePassXC, {language}", memory, None, "×")


class _screen:  # noqa: N801 - reads as a sentence where it is used
    """A virtual screen for the block."""

    _number = ":97"

    def __enter__(self) -> str:
        self._server = subprocess.Popen(
            ["Xvfb", self._number, "-noreset", "-screen", "0", "1366x768x24"],
            stderr=subprocess.DEVNULL,
        )
        socket = Path("/tmp/.X11-unix/X97")  # noqa: S108 - where X servers stand
        end = time.monotonic() + 10
        while not socket.exists() and time.monotonic() < end:
            time.sleep(0.05)
        return self._number

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()


def _to_window(display: str, home: Path, line: list[str]) -> tuple[float, float]:
    """Start a program; return the seconds until its window is there, and its megabytes then."""
    around = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", **_home(home)}
    began = time.perf_counter()
    process = subprocess.Popen(line, env=around, stderr=subprocess.DEVNULL)
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
    try:
        while subprocess.run(search, env=around, check=False, capture_output=True).returncode:
            if time.perf_counter() > began + _PATIENCE:
                raise TimeoutError
        passed = time.perf_counter() - began
        time.sleep(_SETTLED)
        return passed, psutil.Process(process.pid).memory_info().rss / 1e6
    finally:
        process.terminate()  # not killed: the peer would take its own lock for another program's
        process.wait(_PATIENCE)


def _home(folder: Path) -> dict[str, str]:
    """Return the settings by which a program finds no settings of whoever runs the bench."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    return dict.fromkeys(names, str(folder))


def at_the_desk(stock: Stock) -> list[Figure]:
    """B19: first page, a case and the list with 20,000 cases in the vault, and the memory then."""
    folder = stock.work.memory.folder
    many, few = stock.work.many(20_000, 1_000), stock.work.many(2_000, 100)
    large, usual = shelter_with(folder / "desk", many), shelter_with(folder / "usual", few)
    empty, in_use = told("bare")["megabytes"], "memory in use"
    of_few = _median("desk", usual)["megabytes"]
    return [
        *(figure for language in LANGUAGES for figure in _desk_in(language, large, many)),
        count(f"{in_use}, {few:,} cases", of_few, at_most(110), "MB"),
        count(f"{in_use}, {few:,} cases : an empty Qt window", of_few / empty, None, "×"),
    ]


def _median(what: str, data: Path, language: str = "en") -> dict[str, float]:
    seen = [told(what, data, language=language) for _round in range(3)]
    return {name: median(one[name] for one in seen) for name in seen[0]}


def _desk_in(language: str, data: Path, many: int) -> list[Figure]:
    at_desk = _median("desk", data, language)
    in_use = f"memory in use, {many:,} cases, {language}"
    return [
        _wall(f"passphrase accepted to home, {many:,} cases, {language}", at_desk["home"], 400),
        _wall(f"open a case, {language}", at_desk["case"], 100),
        _wall(f"open a case, the first of the day, {language}", at_desk["first case"], 150),
        _wall(f"open the list, {many:,} cases, {language}", at_desk["people"]),
        _wall(f"scroll the list, a frame, 95th percentile, {language}", at_desk["frame"], 16),
        _wall(f"read the names ahead, the longest piece, {language}", at_desk["search"]),
        count(in_use, at_desk["megabytes"], at_most(150), "MB"),
    ]


def _wall(what: str, milliseconds: float, gate: float | None = None) -> Figure:
    return Figure(what, milliseconds, "wall", "ms", at_most(gate) if gate else None)


def shelter_with(root: Path, many: int) -> Path:
    """Make a locked shelter with so many cases, a note in each of the first hundred."""
    shelter = new_shelter(root)
    cases = [Case(code=code, alias=f"Champa {number}") for number, code in enumerate(_codes(many))]
    with shelter.vault.database.writing() as session:
        session.add_all(cases)
        session.add_all(CaseNote(case_id=case.id, text="ນາງນອນຫຼັບດີ") for case in cases[:100])
    shelter.vault.lock()
    shelter.place.close()
    return root


def _codes(many: int) -> list[str]:
    codes: set[str] = set()
    while len(codes) < many:
        codes.add(new_code())
    return sorted(codes)
