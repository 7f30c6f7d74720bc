"""What one run of an operation wrote, in order, with its data: by file, not by path.

A file keeps its number when it is renamed, and a new file at an old path gets a number of its own;
a log by paths would see corruption where there is none.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults.tracer import ACK, Call
from tests.faults.trials import Scene, performed

ROOT: Final = 0
"""Number of the folder that everything lies in."""

Taker = Callable[[Call, int], None]
"""Takes down one kind of call, told what it returned."""

_HERE: Final = 1 << 31
"""Handles from here on stand for the working folder: AT_FDCWD, a negative number."""

UNSEEN: Final = "-shm"
"""SQLite's shared memory: written through a mapping, and never trusted after a restart."""


@dataclass(frozen=True)
class Step:
    """One thing that happened; which of the fields are used depends on `kind`.

    `create` and `folder`: number, in parent, name. `write`: number, at, data. `size`: number, at.
    `sync`: number. `remove`: parent, name. `rename`: number from parent, name to parent, name.
    `ack`: name is the word that was said.
    """

    kind: str
    number: int = 0
    parent: int = 0
    name: str = ""
    at: int = 0
    data: bytes = b""
    to_parent: int = 0
    to_name: str = ""


@dataclass
class Tree:
    """Folders with their entries, and files with their content, by number."""

    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})
    files: dict[int, bytes] = field(default_factory=dict)

    def find(self, relative: Path) -> int | None:
        """Return the number of what lies at a path, None where nothing does."""
        number: int | None = ROOT
        for part in relative.parts:
            number = self.folders.get(number, {}).get(part) if number is not None else None
        return number

    def written_to(self, target: Path) -> None:
        """Make the files and folders of this tree below `target`, which is there and empty."""
        self._write(ROOT, target)

    def _write(self, folder: int, target: Path) -> None:
        for name, number in self.folders[folder].items():
            if number in self.folders:
                (target / name).mkdir(mode=0o700)
                self._write(number, target / name)
            else:
                (target / name).write_bytes(self.files[number])


@dataclass
class Recording:
    """The tree before an operation, and every step of it."""

    before: Tree
    steps: list[Step]
    after: dict[str, bytes]
    """What really lay there afterwards, to compare the steps with."""


class Recorder:
    """Watches the calls of one run and turns them into steps."""

    def __init__(self, root: Path) -> None:
        self.root, self.steps = root, list[Step]()
        self.tree, self._numbers = Tree(), {root.stat().st_ino: ROOT}
        self._take_in(root, ROOT)
        self.before = Tree({n: dict(e) for n, e in self.tree.folders.items()}, self.tree.files)
        self._takers: dict[str, Taker] = {
            "write": self._written, "pwrite64": self._written_at, "ftruncate": self._cut,
            "fsync": self._synced, "fdatasync": self._synced, "openat": self._opened,
            "rename": self._renamed, "unlink": self._removed, "rmdir": self._removed,
            "mkdir": self._made_folder, "unlinkat": self._removed_in,
            "mkdirat": self._made_folder_in, "renameat": self._renamed_in,
        }  # fmt: skip

    def __call__(self, call: Call, returned: int) -> None:
        """Take down a call that was carried out."""
        if returned < 0:
            return
        if call.name == "write" and call.arguments[0] == ACK:
            self.steps.append(Step("ack", name=self._data(call).decode().strip()))
        elif call.name not in self._takers:
            raise NotImplementedError(f"{call.name} is not known to the recorder")
        else:
            self._takers[call.name](call, returned)

    # -- the state at the beginning ---------------------------------------------------------------

    def _take_in(self, path: Path, number: int) -> None:
        for child in sorted(path.iterdir()):
            if child.name.endswith(UNSEEN):
                continue
            inside = self._new_number(child.stat())
            self.tree.folders[number][child.name] = inside
            if child.is_dir():
                self.tree.folders[inside] = {}
                self._take_in(child, inside)
            else:
                self.tree.files[inside] = child.read_bytes()

    def _new_number(self, found: os.stat_result) -> int:
        number = 1 + max([*self.tree.folders, *self.tree.files, *self._numbers.values()])
        self._numbers[found.st_ino] = number
        return number

    # -- what calls are about ---------------------------------------------------------------------

    def _of_handle(self, call: Call) -> int | None:
        """Return the number of the file behind a handle, None for what lies elsewhere."""
        link = Path(f"/proc/{call.pid}/fd/{call.arguments[0]}")
        found = link.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            return None
        inside = link.readlink().is_relative_to(self.root)
        return self._numbers.get(found.st_ino) if inside else None

    def _data(self, call: Call) -> bytes:
        with Path(f"/proc/{call.pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(call.arguments[1])
            return memory.read(call.arguments[2])

    def _path(self, call: Call, argument: int) -> Path:
        with Path(f"/proc/{call.pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(call.arguments[argument])
            return Path(os.fsdecode(memory.read(4096).partition(b"\0")[0]))

    def _path_in(self, call: Call, argument: int) -> Path:
        """Return a path that is told from a held folder, whose handle is the argument before."""
        path = self._path(call, argument)
        handle = call.arguments[argument - 1]
        if path.is_absolute() or handle >= _HERE:
            return path
        return Path(f"/proc/{call.pid}/fd/{handle}").readlink() / path

    def _place(self, path: Path) -> tuple[int, str] | None:
        """Return folder number and name of a path; None outside, and for what is not followed."""
        if not path.is_relative_to(self.root) or path.name.endswith(UNSEEN):
            return None
        folder = self.tree.find(path.parent.relative_to(self.root))
        if folder is None:
            raise LookupError(f"{path.parent} is not known to the recorder")
        return folder, path.name

    # -- calls ------------------------------------------------------------------------------------

    def _written(self, call: Call, returned: int) -> None:
        number = self._of_handle(call)
        if number is not None:
            facts = Path(f"/proc/{call.pid}/fdinfo/{call.arguments[0]}").read_text()
            end = int(facts.split("pos:")[1].split()[0])
            self._add(Step("write", number, at=end - returned, data=self._data(call)[:returned]))

    def _written_at(self, call: Call, returned: int) -> None:
        number = self._of_handle(call)
        if number is not None:
            data = self._data(call)[:returned]
            self._add(Step("write", number, at=call.arguments[3], data=data))

    def _cut(self, call: Call, _returned: int) -> None:
        number = self._of_handle(call)
        if number is not None:
            self._add(Step("size", number, at=call.arguments[1]))

    def _synced(self, call: Call, _returned: int) -> None:
        number = self._of_handle(call)
        if number is not None:
            self._add(Step("sync", number))

    def _opened(self, call: Call, returned: int) -> None:
        if not call.arguments[2] & (os.O_CREAT | os.O_TRUNC):
            return
        place = self._place(self._path_in(call, 1))
        if place is None:
            return
        folder, name = place
        if name not in self.tree.folders[folder]:
            number = self._new_number(Path(f"/proc/{call.pid}/fd/{returned}").stat())
            self._add(Step("create", number, folder, name))
        elif call.arguments[2] & os.O_TRUNC:
            self._add(Step("size", self.tree.folders[folder][name], at=0))

    def _made_folder(self, call: Call, _returned: int) -> None:
        self._add_folder(self._path(call, 0))

    def _made_folder_in(self, call: Call, _returned: int) -> None:
        self._add_folder(self._path_in(call, 1))

    def _add_folder(self, path: Path) -> None:
        place = self._place(path)
        if place is not None:
            self._add(Step("folder", self._new_number(path.stat()), *place))

    def _removed(self, call: Call, _returned: int) -> None:
        self._remove(self._path(call, 0))

    def _removed_in(self, call: Call, _returned: int) -> None:
        self._remove(self._path_in(call, 1))

    def _remove(self, path: Path) -> None:
        place = self._place(path)
        if place is not None:
            self._add(Step("remove", 0, *place))

    def _renamed(self, call: Call, _returned: int) -> None:
        self._rename(self._path(call, 0), self._path(call, 1))

    def _renamed_in(self, call: Call, _returned: int) -> None:
        self._rename(self._path_in(call, 1), self._path_in(call, 3))

    def _rename(self, path: Path, to: Path) -> None:
        source, target = self._place(path), self._place(to)
        if source is None or target is None:
            raise LookupError("a file was renamed from or to outside")
        number = self.tree.folders[source[0]][source[1]]
        to_parent, to_name = target
        self._add(Step("rename", number, *source, to_parent=to_parent, to_name=to_name))

    def _add(self, step: Step) -> None:
        self.steps.append(step)
        enter(self.tree.folders, step)


def enter(folders: dict[int, dict[str, int]], step: Step) -> None:
    """Carry out on the entries of folders what a step does to them, as far as it applies."""
    if step.kind == "folder":
        folders.setdefault(step.number, {})
    if step.kind in ("create", "folder"):
        folders[step.parent][step.name] = step.number
    elif step.kind == "remove":
        folders[step.parent].pop(step.name, None)
    elif step.kind == "rename":
        folders[step.parent].pop(step.name, None)
        folders[step.to_parent][step.to_name] = step.number


def recorded(scene: Scene) -> Recording:
    """Run an operation undisturbed and take down every step of it."""
    grounds = scene.fresh()
    recorder = Recorder(grounds.root)
    outcome = performed(scene, grounds, lambda _: None, recorder)
    if not outcome.finished:
        raise RuntimeError(f"{scene.operation.name} did not end: {outcome.error}")
    found = {
        path.relative_to(grounds.root).as_posix(): path.read_bytes()
        for path in grounds.root.rglob("*")
        if path.is_file() and not path.name.endswith(UNSEEN)
    }
    return Recording(recorder.before, recorder.steps, found)
