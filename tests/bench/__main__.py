"""The command line of the bench; see `python -m tests.bench --help`."""

import argparse
import json
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import psutil
from sqlcipher3 import dbapi2

from shelterdesk import __version__
from tests.bench import (
    rows_case,
    rows_collecting,
    rows_container,
    rows_database,
    rows_demo,
    rows_files,
    rows_house,
    rows_log,
    rows_old,
    rows_paper,
    rows_people,
    rows_snapshot,
    rows_window,
)
from tests.bench.figures import Figure, compared, table
from tests.bench.stock import Stock
from tests.bench.workplace import Workplace, workplace

ROWS: Final[dict[str, Callable[[Stock], list[Figure]]]] = {
    "B1": rows_database.opening,
    "B2": rows_database.saving,
    "B3": rows_database.reading_warm,
    "B4": rows_database.joining_cold,
    "B5": rows_database.joining_warm,
    "B6": rows_database.filling,
    "B10": rows_database.sizes,
    "B11": rows_snapshot.copying,
    "B12": rows_container.speed,
    "B13": rows_container.memory,
    "B14": rows_files.papers_and_blobs,
    "B15": rows_files.papers_and_files,
    "B16": rows_files.second_backup,
    "B17": rows_people.finding,
    "B18": rows_window.starting,
    "B19": rows_window.at_the_desk,
    "B20": rows_paper.printing,
    "B21": rows_demo.main_job,
    "B22": rows_log.walking,
    "B23": rows_log.looking_over,
    "B24": rows_collecting.pauses,
    "B25": rows_case.full_case,
    "B26": rows_old.on_an_old_computer,
    "B27": rows_house.ten_years,
}
"""By the numbers of the design; a row that is no longer measured leaves its number free."""

HERE: Final = Path(__file__).parent
Measured = list[tuple[str, Figure]]

_TITLE: Final = "# Speed, size and memory\n\n"
_EXPLAINED: Final = (
    "Each ratio is of two things measured by turns in one run, the median of the rounds; the gates"
    " are those of the design. On a busy computer (load above half its processors) the rounds lie"
    " far apart and single verdicts mean little. Made by `run.py bench`.\n\n"
)


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for, print it, and keep it; returns 0 also when a gate is passed."""
    asked = _parser().parse_args(arguments)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a program in use is compiled once
    began, figures = time.monotonic(), Measured()
    with workplace(quick=asked.quick) as work:
        facts = _facts(work)
        try:
            _measure(Stock(work), asked.rows, figures)
        finally:
            facts["seconds"] = round(time.monotonic() - began)
            print(f"\n{_page(facts, figures)}")
    whole = not asked.quick and asked.rows == list(ROWS)
    folder = asked.out or (HERE if whole else None)
    if folder:
        _keep(folder, facts, figures)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py bench", description="Measure speed, size and memory beside references."
    )
    parser.add_argument("--quick", action="store_true", help="small amounts: under a minute")
    parser.add_argument(
        "--rows", type=_rows, default=list(ROWS), metavar="B1,B4", help="only these rows"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where bench.json and RESULTS.md are kept; a whole run goes to tests/bench",
    )
    return parser


def _rows(text: str) -> list[str]:
    names = [name.strip().upper() for name in text.split(",")]
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"there are rows {', '.join(ROWS)}, not {', '.join(unknown)}"
        )
    return names


def _measure(stock: Stock, rows: Sequence[str], figures: Measured) -> None:
    for row in rows:
        began = time.monotonic()
        found = [(row, figure) for figure in ROWS[row](stock)]
        figures += found
        verdicts = ", ".join(figure.verdict for _, figure in found)
        print(f"{row:4} {time.monotonic() - began:5.1f} s  {verdicts}", flush=True)


def _facts(work: Workplace) -> dict[str, object]:
    """Return what the figures depend on, and nothing that names this computer."""
    return {
        "version": __version__,
        "quick": work.quick,
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load": round(psutil.getloadavg()[0], 1),
        "python": platform.python_version(),
        "plain SQLite": sqlite3.sqlite_version,
        "SQLCipher's SQLite": dbapi2.sqlite_version,
        "files": work.memory.kind,
        "disk": work.disk.kind,
    }


def _page(facts: dict[str, object], figures: Measured) -> str:
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    return f"{_TITLE}{_EXPLAINED}{told}.\n\n{table(figures)}{_since_last(facts, figures)}"


def _since_last(facts: dict[str, object], figures: Measured) -> str:
    """Return what has become worse than in the whole run that lies beside this file."""
    try:
        kept = json.loads((HERE / "bench.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return compared(figures, kept["figures"]) if kept["quick"] == facts["quick"] else ""


def _keep(folder: Path, facts: dict[str, object], figures: Measured) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content = {**facts, "figures": [figure.content(row) for row, figure in figures]}
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (folder / "bench.json").write_text(text, encoding="utf-8")
    (folder / "RESULTS.md").write_text(_page(facts, figures), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
