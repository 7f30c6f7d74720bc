"""B26: an old computer: one core, four gigabytes, a disk whose syncs are counted.

How slow a disk is cannot be set everywhere; how often it is asked to sync, and how many bytes it
is given, can be counted, and with them the seconds on any disk are worked out: one that turns takes
some 10 ms for a sync and writes 50 MB a second.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.figures import NOT_HERE, Figure, at_most, count
from tests.bench.rows_window import shelter_with, told
from tests.bench.stock import Stock

_MEMORY: Final = 4 << 30
_SAVES: Final = 20
_CASES: Final = 2_000
"""As many as the memory is measured with: the house has hundreds."""
_SYNC_MS: Final = 10
_MEGABYTES_A_SECOND: Final = 50


def on_an_old_computer(stock: Stock) -> list[Figure]:
    """B26: what is done all day, by one core within four gigabytes."""
    if not sys.platform.startswith("linux"):
        return [Figure("on one core, in 4 GB", None, "wall", note=NOT_HERE)]
    data = shelter_with(stock.work.disk.folder / "old", stock.work.many(_CASES, 100))
    window = [told("desk", data, limit=limited) for _round in range(3)]
    seen = {name: median(one[name] for one in window) for name in window[0]}
    stick = stock.work.disk.folder / "old-stick"
    stick.mkdir(exist_ok=True)
    did = _done(data, stick, _SAVES)
    return [
        _wall("unlock", did["unlock"]),
        _wall("unlocked to my day", seen["home"], 1_000),
        _wall("open a case", seen["case"], 300),
        _wall("open the list", seen["people"], 500),
        _wall("save a note", did["save"], 200),
        _wall("a letter", did["letter"], 250),
        _wall("a backup", did["backup"]),
        count("one core, 4 GB: memory of the window", seen["megabytes"], at_most(160), "MB"),
        count("bytes given to the disk by a save", did["bytes of a save"] / 1e3, None, "kB"),
        *_synced(data, stick, did),
    ]


def _wall(what: str, milliseconds: float, gate: float | None = None) -> Figure:
    bound = at_most(gate) if gate else None
    return Figure(f"one core, 4 GB: {what}", milliseconds, "wall", "ms", bound)


def limited() -> None:
    """Leave this process one core and so much memory; for a process that is about to start."""
    if sys.platform.startswith("linux"):
        import resource

        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def _line(data: Path, stick: Path, saves: int) -> list[str]:
    return [sys.executable, "-m", "tests.bench.old_hand", str(data), str(stick), str(saves)]


def _done(data: Path, stick: Path, saves: int) -> dict[str, float]:
    ended = subprocess.run(
        _line(data, stick, saves), preexec_fn=limited, stdout=subprocess.PIPE, check=True
    )
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures


def _synced(data: Path, stick: Path, did: dict[str, float]) -> list[Figure]:
    """Count the syncs of a save and of a backup, and what they cost on a disk that turns."""
    if not shutil.which("strace"):
        return [Figure("syncs of a save", None, "count", note=NOT_HERE)]
    nowhere = data.parent / "no stick"
    none, some = (_syncs(_line(data, nowhere, saves), data) for saves in (1, 1 + _SAVES))
    backup = _syncs(_line(data, stick, 1), data) - none
    save = (some - none) / _SAVES
    return [
        count("syncs of a save", save, at_most(4), ""),
        count("syncs of a backup", backup, None, ""),
        _reckoned("a save", save, did["bytes of a save"]),
        _reckoned("a backup", backup, did["bytes of a backup"]),
    ]


def _syncs(line: list[str], data: Path) -> int:
    trace = data.parent / "syncs"
    strace = ["strace", "-f", "-e", "trace=fsync,fdatasync,syncfs", "-o", str(trace)]
    subprocess.run([*strace, *line], stdout=subprocess.DEVNULL, check=True)
    return sum("sync(" in call or "syncfs(" in call for call in trace.read_text().splitlines())


def _reckoned(what: str, syncs: float, given: float) -> Figure:
    seconds = syncs * _SYNC_MS / 1e3 + given / (_MEGABYTES_A_SECOND * 1e6)
    return count(f"{what} on a disk that turns, reckoned", 1e3 * seconds, None, "ms")
