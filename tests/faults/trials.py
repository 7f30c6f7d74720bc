"""One trial: copy the grounds, run an operation with faults injected, look at what is left.

Operation and check each run in a process of their own, forked from one in which everything is
loaded already, so that nothing is remembered from one to the other.
"""

import json
import os
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shelterdesk.core.errors import DeskError
from tests.faults.invariants import Aftermath, Finding, findings
from tests.faults.operations import LAST, Operation
from tests.faults.shelter import Grounds, Known
from tests.faults.tracer import ACK, KILL, Call, Decide, Watch, traced

_ERROR = "!"
"""Begins the line that tells of an error, on the pipe of acknowledgements."""


@dataclass
class Outcome:
    """How an operation ended: what it acknowledged, and the error it told of, if any."""

    acknowledged: tuple[str, ...] = ()
    error: str = ""
    """Class of the DeskError, or `raw` and the traceback's end for any other."""
    status: int = 0
    hit: str = ""
    """The call that the fault was injected at; empty when the operation ended before."""
    found: list[Finding] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether the operation said that it came to its end."""
        return LAST in self.acknowledged


@dataclass(frozen=True)
class Scene:
    """An operation, the grounds it begins in, and where its trials take place."""

    operation: Operation
    known: Known
    template: Grounds
    place: Path

    def fresh(self) -> Grounds:
        """Return a copy of the grounds."""
        return self.template.copied(self.place)


def set_up(operation: Operation, folder: Path) -> Scene:
    """Prepare an operation's grounds in `folder`."""
    template = Grounds(folder / "template")
    template.root.mkdir(parents=True)
    return Scene(operation, operation.prepare(template), template, folder / "trial")


def performed(
    scene: Scene, grounds: Grounds, decide: Decide, watch: Watch | None = None
) -> Outcome:
    """Run the operation in its own process under the tracer."""
    reading, writing = os.pipe()
    os.dup2(writing, ACK)
    os.close(writing)
    outcome = Outcome()
    try:
        outcome.status = traced(lambda: _told(scene, grounds), decide, watch)
    finally:
        os.close(ACK)
    _read_acknowledgements(reading, outcome)
    return outcome


def _told(scene: Scene, grounds: Grounds) -> int:
    try:
        scene.operation.run(grounds, scene.known, acknowledge, 3)
    except DeskError as fault:
        acknowledge(_ERROR + type(fault).__name__)
    except BaseException as fault:  # noqa: BLE001 - the trial is about any of them
        acknowledge(f"{_ERROR}raw {_where(fault)}")
    return 0


def acknowledge(word: str) -> None:
    """Say that something is saved, to the process that watches."""
    os.write(ACK, f"{word}\n".encode())


def _where(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [f for f in frames if "shelterdesk" in f.filename]
    last = ours[-1] if ours else frames[-1]
    name = f"{type(fault).__module__}.{type(fault).__name__}"
    code = getattr(fault, "sqlite_errorcode", getattr(fault, "errno", ""))
    return f"{name} {code} at {Path(last.filename).name}:{last.name}".replace("\n", " ")


def _read_acknowledgements(reading: int, outcome: Outcome) -> None:
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().splitlines()
    outcome.acknowledged = tuple(line for line in lines if not line.startswith(_ERROR))
    outcome.error = next((line[1:] for line in lines if line.startswith(_ERROR)), "")


def looked_at(scene: Scene, grounds: Grounds, outcome: Outcome, *, again: bool = True) -> None:
    """Fill in what is wrong in the grounds after an operation."""
    after = Aftermath(scene.operation, grounds, scene.known, outcome.acknowledged)
    found = in_own_process(lambda: [vars(f) for f in findings(after, again=again)])
    outcome.found += [Finding(**one) for one in found]


def in_own_process(work: Callable[[], Any]) -> Any:
    """Return what `work` returns (JSON values), computed in a forked process."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _answer(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    if not answer:
        return [vars(Finding("raw", "the check itself ended without an answer"))]
    return json.loads(answer)


def _answer(work: Callable[[], Any], writing: int) -> None:
    try:
        os.write(writing, json.dumps(work()).encode())
    finally:
        os._exit(0)


# -- what is done to the calls --------------------------------------------------------------------


@dataclass
class At:
    """Counts the calls and gives the verdict for the one whose turn it is."""

    turn: int
    verdict: int | None = None
    onwards: bool = False
    only: frozenset[str] | None = None
    seen: int = 0
    hit: str = ""
    names: Counter[str] = field(default_factory=Counter)

    def __call__(self, call: Call) -> int | None:
        """Decide on the next call."""
        if self.only is not None and call.name not in self.only:
            return None
        self.seen += 1
        self.names[call.name] += 1
        if self.seen == self.turn or (self.onwards and self.seen > self.turn):
            self.hit = self.hit or call.name
            return self.verdict
        return None


def counted(scene: Scene, *, look: bool = True) -> tuple[Counter[str], Outcome]:
    """Run the operation undisturbed; returns how many calls of each name there are, and its end."""
    count = At(0)
    grounds = scene.fresh()
    outcome = performed(scene, grounds, count)
    if look:
        looked_at(scene, grounds, outcome)
    return count.names, outcome


def killed_at(scene: Scene, turn: int) -> Outcome:
    """Kill the operation before its call number `turn`, from 1."""
    return _disturbed(scene, At(turn, KILL))


def failed_at(
    scene: Scene, turn: int, number: int, only: frozenset[str] | None = None, *,
    onwards: bool = False,
) -> Outcome:  # fmt: skip
    """Answer call number `turn` (and with `onwards` all later ones) with an error number."""
    outcome = _disturbed(scene, At(turn, number, onwards, only))
    if outcome.error.startswith("raw"):
        outcome.found.append(Finding("raw", outcome.error))
    if not outcome.error and not outcome.finished:
        outcome.found.append(Finding("silent", f"ended with status {outcome.status}"))
    return outcome


def _disturbed(scene: Scene, at: At) -> Outcome:
    grounds = scene.fresh()
    outcome = performed(scene, grounds, at)
    outcome.hit = at.hit
    looked_at(scene, grounds, outcome)
    return outcome
