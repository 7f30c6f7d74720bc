"""Whole series of trials: every turn of every operation, shared out over the processors.

Scenes are set up once; the processes that take part are forked from the one that did it, and each
has a folder of its own for its trials.
"""

import errno
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from tests.faults.invariants import Finding
from tests.faults.operations import OPERATIONS, Operation
from tests.faults.powerloss import Disk, power_cuts
from tests.faults.recording import Recording, recorded
from tests.faults.tracer import TAKES_SPACE
from tests.faults.trials import Outcome, Scene, counted, failed_at, killed_at, set_up

Mode = Literal["kill", "EIO", "full once", "full from then on"]
MODES: Final[tuple[Mode, ...]] = ("kill", "EIO", "full once", "full from then on")
_SPACE: Final = frozenset(TAKES_SPACE)
_SLICE: Final = 12
"""Trials handed to a process at a time."""


@dataclass
class Figures:
    """What a series came to; the columns of the table of results."""

    operation: str
    series: str
    points: int = 0
    """Calls at which something could be injected, or states that could be looked at."""
    trials: int = 0
    refused: int = 0
    """Trials that ended in a DeskError."""
    finished: int = 0
    """Trials that came to their end although a call had failed."""
    wrong: Counter[str] = field(default_factory=Counter)
    """Findings by kind."""
    examples: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Take in one trial."""
        self.trials += 1
        self.refused += bool(outcome.error)
        self.finished += outcome.finished and bool(outcome.hit)
        self.blame(outcome.found, outcome.hit)

    def blame(self, found: Iterable[Finding], hit: str = "") -> None:
        """Take in what was wrong."""
        for finding in found:
            self.wrong[finding.kind] += 1
            self.examples[f"{finding.kind} ({hit}): {finding.text}"] += 1

    def merge(self, other: "Figures") -> None:
        """Take in the figures of another part of the same series."""
        self.trials += other.trials
        self.points += other.points
        self.refused += other.refused
        self.finished += other.finished
        self.wrong += other.wrong
        self.examples += other.examples


@dataclass(frozen=True)
class Stage:
    """A scene with what is known of its undisturbed run."""

    scene: Scene
    calls: int
    spaced: int
    """Calls that a full disk can refuse."""
    recording: Recording

    def points(self, mode: Mode) -> int:
        """Return at how many calls this mode can strike."""
        return self.spaced if mode.startswith("full") else self.calls


def staged(operation: Operation, folder: Path) -> Stage:
    """Set an operation up in `folder` and count its calls; raises RuntimeError if it goes wrong."""
    scene = set_up(operation, folder)
    calls, outcome = counted(scene)
    if outcome.found or not outcome.finished:
        raise RuntimeError(f"undisturbed, {operation.name} is wrong already: {outcome}")
    spaced = sum(count for name, count in calls.items() if name in _SPACE)
    return Stage(scene, calls.total(), spaced, recorded(scene))


def stages(folder: Path, names: Sequence[str] = ()) -> dict[str, Stage]:
    """Set up the operations of these names, or all, below `folder`."""
    wanted = [o for o in OPERATIONS if not names or o.name in names]
    return {o.name: staged(o, folder / o.name.replace(" ", "-")) for o in wanted}


def struck(scene: Scene, mode: Mode, turn: int) -> Outcome:
    """Carry out one trial."""
    if mode == "kill":
        return killed_at(scene, turn)
    if mode == "EIO":
        return failed_at(scene, turn, errno.EIO)
    onwards = mode == "full from then on"
    return failed_at(scene, turn, errno.ENOSPC, _SPACE, onwards=onwards)


@dataclass(frozen=True)
class Task:
    """A part of a series that one process does in one go."""

    operation: str
    series: str
    turns: tuple[int, ...] = ()
    mode: Mode | None = None
    disk: Disk | None = None
    seed: int = 0


def syscall_tasks(stage: Stage, mode: Mode, every: int) -> Iterator[Task]:
    """Yield the parts of one operation's series in one mode; `every` n-th call is struck."""
    turns = range(1, stage.points(mode) + 1, every)
    for begin in range(0, len(turns), _SLICE):
        part = tuple(turns[begin : begin + _SLICE])
        yield Task(stage.scene.operation.name, mode, part, mode)


def power_tasks(stage: Stage, states: int, seed: int) -> Iterator[Task]:
    """Yield the parts of one operation's power cuts, half on each disk."""
    for disk in ("strict", "ordered"):
        for part in range(0, states // 2, 50):
            turns = tuple(range(part, min(part + 50, states // 2)))
            series = f"power cut, {disk} disk"
            yield Task(
                stage.scene.operation.name, series, turns, disk=disk, seed=seed * 10_000 + part
            )


_stages: dict[str, Stage] = {}
"""Set before the processes are forked, and found by them in their copy of the memory."""


def carried_out(task: Task) -> Figures:
    """Do one part of a series."""
    stage = _stages[task.operation]
    place = stage.scene.place.with_name(f"trial-{os.getpid()}")
    scene = replace(stage.scene, place=place)
    figures = Figures(task.operation, task.series)
    if task.mode is not None:
        for turn in task.turns:
            figures.add(struck(scene, task.mode, turn))
    if task.disk is not None:
        losses = power_cuts(scene, stage.recording, task.disk, len(task.turns), task.seed)
        figures.trials, figures.points = losses.states, losses.different
        figures.blame(losses.found)
    return figures


def all_carried_out(
    set_stages: dict[str, Stage], tasks: Sequence[Task], processes: int
) -> Iterator[Figures]:
    """Do every task and yield its figures as they come."""
    _stages.clear()
    _stages.update(set_stages)
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(carried_out, tasks)
