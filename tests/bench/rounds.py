"""Two things timed by turns: what disturbs one round disturbs both, and the median forgets it."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from tests.bench.figures import Bound, Figure

ROUNDS: Final = 5
"""Rounds of what takes long; short work takes more of them."""

Work = Callable[[], object]
Side = Callable[[], AbstractContextManager[Work]]
"""Makes ready (untimed), gives the work that is timed, and clears up (untimed)."""


@dataclass(frozen=True)
class Timing:
    """Seconds of one piece of work: of the processors (started programs too), and of the wall."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Turns:
    """The timings of both sides, one pair a round."""

    pairs: tuple[tuple[Timing, Timing], ...]

    def figure(
        self,
        what: str,
        gate: Bound | None = None,
        stretch: Bound | None = None,
        *,
        measure: Literal["CPU", "wall"] = "CPU",
        faster: bool = False,
        note: str = "",
    ) -> Figure:
        """Return the median of our time over theirs; with `faster`, of theirs over ours."""
        seconds = [self._seconds(pair, measure) for pair in self.pairs]
        ratios = tuple(theirs / ours if faster else ours / theirs for ours, theirs in seconds)
        unit = "× as fast" if faster else "×"
        return Figure(what, median(ratios), measure, unit, gate, stretch, ratios, note)

    def difference(self, what: str) -> Figure:
        """Return the median of our CPU time less theirs, in milliseconds."""
        spent = tuple(1000 * (ours.cpu - theirs.cpu) for ours, theirs in self.pairs)
        return Figure(what, median(spent), "CPU", "ms", rounds=spent)

    @staticmethod
    def _seconds(pair: tuple[Timing, Timing], measure: str) -> tuple[float, float]:
        ours, theirs = pair
        return (ours.cpu, theirs.cpu) if measure == "CPU" else (ours.wall, theirs.wall)


def by_turns(ours: Side, theirs: Side, rounds: int = ROUNDS) -> Turns:
    """Time both sides `rounds` times, each beginning every other round."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            second = _timed(theirs)
            pairs.append((_timed(ours), second))
        else:
            pairs.append((_timed(ours), _timed(theirs)))
    return Turns(tuple(pairs))


def ready(work: Work) -> Side:
    """Return a side that needs nothing made ready or cleared up."""

    @contextmanager
    def side() -> Iterator[Work]:
        yield work

    return side


def _timed(side: Side) -> Timing:
    with side() as work:
        gc.collect()
        gc.disable()
        try:
            wall, cpu = time.perf_counter(), _processor_seconds()
            work()
            return Timing(_processor_seconds() - cpu, time.perf_counter() - wall)
        finally:
            gc.enable()


def _processor_seconds() -> float:
    """Return the CPU seconds of this process and of the programs that it has waited for."""
    if sys.platform == "win32":
        return time.process_time()
    import resource

    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + started.ru_utime + started.ru_stime
