"""`python3 run.py faults`: every operation, every call, every power cut; writes RESULTS.md.

python -m tests.faults [--every N] [--states N] [--seed N] [--only NAME ...] [--processes N]
python -m tests.faults --sample     a minute's worth, as JSON on the standard output
python -m tests.faults --forged     what a colleague forges alone; renews that part of the page
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.attack import long_form, long_list
from tests.attack.series import Series
from tests.faults import campaigns, controls, damage, results, shelter
from tests.faults.campaigns import Figures, Stage, Task
from tests.faults.tracer import why_not

FOLDERS = (Path("/dev/shm"), Path("/var/tmp"), Path("/tmp"))  # noqa: S108 - only invented data


@dataclass
class Report:
    """Everything that one run of the command found out."""

    seed: int
    figures: list[Figures] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)
    ignoring: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Operation -> states looked at and broken, on a disk that ignores syncs."""
    damage: dict[str, Counter[str]] = field(default_factory=dict)
    forged: list[Series] = field(default_factory=list)
    """What a colleague has forged, by the way she did it."""
    seconds: float = 0

    def good(self) -> bool:
        """Tell whether nothing was wrong and every control was found out."""
        quiet = not any(figures.wrong for figures in self.figures)
        caught = all(self.controls.values()) and sum(b for _, b in self.ignoring.values()) > 0
        sound = all(v in ("refused", "healed") for found in self.damage.values() for v in found)
        return quiet and caught and sound and all(series.good for series in self.forged)


def wishes(line: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser("tests.faults", description=__doc__)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--forged", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="strike at every n-th call")
    parser.add_argument("--states", type=int, default=500, help="power cuts of each operation")
    parser.add_argument("--bytes", type=int, default=6000, help="bytes flipped in a large file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="names of operations")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(line)


@contextmanager
def place_for_trials() -> Iterator[Path]:
    """Give a folder for the trials, in memory where there is room, and remove it."""
    root = next(f for f in FOLDERS if f.is_dir() and shutil.disk_usage(f).free > 1 << 30)
    folder = root / f"shelterdesk-faults-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def tasks_for(stages: dict[str, Stage], wished: argparse.Namespace) -> list[Task]:
    """Return what is to be done; a disk that is full from some call on is tried at every fourth."""
    tasks: list[Task] = []
    for stage in stages.values():
        for mode in campaigns.MODES:
            thinned = {"full once": 2, "full from then on": 4}.get(mode, 1) * wished.every
            few = 1 if mode.startswith("full") else 2
            step = max(1, stage.points(mode) // few) if wished.sample else thinned
            tasks += campaigns.syscall_tasks(stage, mode, step)
        tasks += campaigns.power_tasks(stage, wished.states, wished.seed)
    return tasks


def carry_out(report: Report, stages: dict[str, Stage], wished: argparse.Namespace) -> None:
    """Do the trials and put their figures together."""
    rows: dict[tuple[str, str], Figures] = {}
    for stage in stages.values():
        for mode in campaigns.MODES:
            name = stage.scene.operation.name
            rows[name, mode] = Figures(name, mode, stage.points(mode))
    for part in campaigns.all_carried_out(stages, tasks_for(stages, wished), wished.processes):
        key = (part.operation, part.series)
        rows.setdefault(key, Figures(*key)).merge(part)
    report.figures = [row for row in rows.values() if row.trials]


def try_controls(report: Report, stages: dict[str, Stage], wished: argparse.Namespace) -> None:
    """Try the stores that are broken on purpose, and disks that ignore syncs."""
    states = 24 if wished.sample else wished.states // 5
    for control in controls.CONTROLS:
        if control.grounds_of in stages:
            found = controls.tried(control, stages[control.grounds_of].scene)
            report.controls[control.name] = control.expected in found
    for name in ["save"] if wished.sample else stages:
        ignoring = controls.disk_that_ignores_syncs(stages[name], states, report.seed)
        report.ignoring[name] = ignoring


def damage_files(report: Report, folder: Path, most: int) -> None:
    """Damage every kind of file."""
    there = damage.ward(folder / "ward")
    for patient in damage.patients(there):
        report.damage[patient.name] = damage.every_damage(patient, most, report.seed)
    for patient in damage.carried(there):
        found = damage.every_damage(patient, most // 4, report.seed)
        name = f"{damage.plainly(patient.name)}, checked without a secret"
        report.damage[name] = found


def forge_rows(report: Report, folder: Path, wished: argparse.Namespace) -> None:
    """Let a colleague forge the list, the log, and what a letter rests on: every third of these."""
    report.forged = long_list.whole(folder / "listed", wished.every)
    report.forged += long_form.whole(folder / "forged", 3 * wished.every, wished.processes)


def whole(wished: argparse.Namespace) -> Report:
    """Do everything and return what was found out."""
    report, begun = Report(wished.seed), time.monotonic()
    shelter.warm()
    with place_for_trials() as folder:
        stages = campaigns.stages(folder, wished.only)
        carry_out(report, stages, wished)
        try_controls(report, stages, wished)
        if not wished.sample:
            damage_files(report, folder, wished.bytes)
            forge_rows(report, folder, wished)
    report.seconds = time.monotonic() - begun
    return report


def plain(report: Report) -> dict[str, Any]:
    """Return a report as JSON values."""
    content: dict[str, Any] = json.loads(json.dumps(report, default=vars))
    return content


def forged_alone(wished: argparse.Namespace) -> int:
    """Print what becomes of a colleague's forgeries, and keep it; returns 0 when none counted."""
    report = Report(wished.seed)
    with place_for_trials() as folder:
        forge_rows(report, folder, wished)
    series = plain(report)["forged"]
    print("\n".join(results.forged(series)))
    if wished.every == 1:
        page = results.renewed(results.FILE.read_text(encoding="utf-8"), series)
        results.FILE.write_text(page, encoding="utf-8")
    return 0 if all(series.good for series in report.forged) else 1


def main(line: Sequence[str]) -> int:
    """Run the command; returns 0 when everything was as it must be."""
    wished = wishes(line)
    if wished.forged:
        return forged_alone(wished)
    if reason := why_not():
        print(f"left out: {reason}")
        return 0
    if wished.sample:
        wished.states = 12
    report = whole(wished)
    if wished.sample:
        print(json.dumps(plain(report)))
        return 0
    text = results.written(plain(report), report.good())
    print(text)
    if not wished.only and wished.every == 1:
        results.FILE.write_text(text, encoding="utf-8")
    return 0 if report.good() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
