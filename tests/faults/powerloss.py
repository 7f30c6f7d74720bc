"""What a disk may hold after the power failed: every state that the missing syncs allow.

Of what was written and not synced, any part may be there, down to blocks of 512 bytes. Two disks
are modelled for the entries of folders. On the `strict` one, an entry lasts only once its folder
was synced, and entries that were not are there in any subset. On the `ordered` one (as ext4 with
a journal) entries last in the order they were made, and any sync makes all earlier ones last.
"""

import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from tests.faults.invariants import Finding
from tests.faults.recording import Recording, Step, Tree, enter
from tests.faults.shelter import Grounds
from tests.faults.trials import Outcome, Scene, looked_at

Disk = Literal["strict", "ordered"]
SECTOR: Final = 512
_ENTRIES: Final = ("create", "folder", "remove", "rename")


@dataclass
class _Platter:
    """The disk while the steps pass: what has lasted, and what is still on its way."""

    disk: Disk
    folders: dict[int, dict[str, int]]
    files: dict[int, bytes]
    on_their_way: dict[int, list[Step]] = field(default_factory=dict)
    """Writes and sizes of each file that were not synced."""
    entries: list[Step] = field(default_factory=list)
    """Entries of folders that were not synced, in order."""

    def take(self, step: Step) -> None:
        """Let one step pass."""
        if step.kind in _ENTRIES:
            self.entries.append(step)
        elif step.kind in ("write", "size"):
            self.on_their_way.setdefault(step.number, []).append(step)
        elif step.kind == "sync":
            self._sync(step.number)

    def _sync(self, number: int) -> None:
        steps = self.on_their_way.pop(number, [])
        if steps:
            self.files[number] = _with(self.files.get(number, b""), steps)
        lasting = [s for s in self.entries if self.disk == "ordered" or _touches(s, number)]
        self.entries = [s for s in self.entries if s not in lasting]
        self._enter(lasting)

    def _enter(self, steps: list[Step]) -> None:
        for step in steps:
            for folder in (step.parent, step.to_parent):
                self.folders.setdefault(folder, {})
            enter(self.folders, step)

    def fallen(self, chance: random.Random) -> Tree:
        """Return what is there after the power failed now."""
        keeping = chance.choice((0.0, 0.0, 1.0, 0.5, 0.9, 0.1))
        if self.disk == "ordered":
            kept = self.entries[: chance.randint(0, len(self.entries))]
        else:
            kept = [s for s in self.entries if chance.random() < keeping]
        self._enter(kept)
        for number, steps in self.on_their_way.items():
            self.files[number] = _with(self.files.get(number, b""), _some(steps, keeping, chance))
        return _reachable(self.folders, self.files)


def _touches(step: Step, folder: int) -> bool:
    return folder in ((step.parent, step.to_parent) if step.kind == "rename" else (step.parent,))


def _with(content: bytes, steps: list[Step]) -> bytes:
    changed = bytearray(content)
    for step in steps:
        end = step.at + len(step.data)
        if len(changed) < end:
            changed.extend(bytes(end - len(changed)))
        if step.kind == "size":
            del changed[step.at :]
        changed[step.at : end] = step.data
    return bytes(changed)


def _some(steps: list[Step], keeping: float, chance: random.Random) -> list[Step]:
    """Return what has reached the disk of some writes: whole, in part, or nothing."""
    kept: list[Step] = []
    for step in steps:
        if step.kind == "write" and 0 < keeping < 1 and chance.random() < 0.3:
            kept += [s for s in _sectors(step) if chance.random() < keeping]
        elif chance.random() < keeping:
            kept.append(step)
    return kept


def _sectors(step: Step) -> Iterator[Step]:
    """Cut a write at the borders of the disk's sectors."""
    at, data = step.at, step.data
    while data:
        room = SECTOR - at % SECTOR
        yield Step("write", step.number, at=at, data=data[:room])
        at, data = at + len(data[:room]), data[room:]


def _reachable(folders: dict[int, dict[str, int]], files: dict[int, bytes]) -> Tree:
    found, waiting = Tree(), [0]
    while waiting:
        number = waiting.pop()
        found.folders[number] = folders.get(number, {})
        for inside in found.folders[number].values():
            if inside in folders:
                waiting.append(inside)
            else:
                found.files[inside] = files.get(inside, b"")
    return found


def state_at(recording: Recording, end: int, disk: Disk, chance: random.Random) -> Tree:
    """Return one state that the disk may be in when the power fails before step `end`."""
    before = recording.before
    platter = _Platter(disk, {n: dict(e) for n, e in before.folders.items()}, dict(before.files))
    made = {step.number for step in recording.steps if step.kind == "folder"}
    platter.folders |= {number: {} for number in made}
    for step in recording.steps[:end]:
        platter.take(step)
    return platter.fallen(chance)


def without_syncs(recording: Recording, name: str) -> Recording:
    """Return the recording of a disk that ignores syncs of files whose names start so."""
    numbers = {s.number for s in recording.steps if s.name.startswith(name) and s.kind == "create"}
    for entries in recording.before.folders.values():
        numbers |= {number for entry, number in entries.items() if entry.startswith(name)}
    kept = [s for s in recording.steps if s.kind != "sync" or s.number not in numbers]
    return Recording(recording.before, kept, recording.after)


@dataclass
class Losses:
    """What the power cuts of one operation left behind."""

    states: int = 0
    different: int = 0
    """States that were not the same, byte for byte and word for word, as one before."""
    found: list[Finding] = field(default_factory=list)
    broken: int = 0
    """Different states in which something was wrong."""


def power_cuts(scene: Scene, recording: Recording, disk: Disk, states: int, seed: int) -> Losses:
    """Cut the power at `states` moments drawn by chance, and look at what is there."""
    chance, losses, seen = random.Random(f"{seed} {disk}"), Losses(), set[str]()
    moments = [n + 1 for n, step in enumerate(recording.steps) if step.kind == "ack"]
    for _ in range(states):
        end = chance.randint(0, len(recording.steps))
        if chance.random() < 0.4:
            end = chance.choice(moments)
        said = tuple(step.name for step in recording.steps[:end] if step.kind == "ack")
        tree = state_at(recording, end, disk, chance)
        losses.states += 1
        if (mark := _mark(tree, said)) not in seen:
            seen.add(mark)
            _look(scene, tree, said, losses)
    losses.different = len(seen)
    return losses


def _mark(tree: Tree, said: tuple[str, ...]) -> str:
    digest = hashlib.sha256(repr((said, sorted(tree.folders.items()))).encode())
    for number in sorted(tree.files):
        digest.update(b"%d %d " % (number, len(tree.files[number])) + tree.files[number])
    return digest.hexdigest()


def _look(scene: Scene, tree: Tree, said: tuple[str, ...], losses: Losses) -> None:
    grounds = Grounds(scene.place)
    shutil.rmtree(grounds.root, ignore_errors=True)
    grounds.root.mkdir()
    tree.written_to(grounds.root)
    outcome = Outcome(said)
    looked_at(scene, grounds, outcome, again=False)
    losses.found += outcome.found
    losses.broken += bool(outcome.found)
