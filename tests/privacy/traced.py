"""What a process did to files and sockets, read from a system-call trace by strace."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_OPENING: Final = frozenset({"open", "openat", "openat2", "creat"})
_CHANGING: Final = frozenset(
    {
        *("rename", "renameat", "renameat2", "mkdir", "mkdirat", "mknod", "mknodat"),
        *("link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "truncate"),
        *("chmod", "fchmodat", "fchmodat2"),
    }
)
_OTHER: Final = frozenset({"socket", "connect", "bind", "memfd_create", "prctl", "execve"})
_LOOKING: Final = frozenset(
    {
        *("stat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2"),
        *("readlink", "readlinkat"),
    }
)
_LINE: Final = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?).*")
_RESUMED: Final = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
_PLACE: Final = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_FOR_WRITING: Final = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")


@dataclass(frozen=True)
class Call:
    """One system call: its name, the text of its arguments, what it returned."""

    name: str
    arguments: str
    returned: str

    def changed(self) -> list[Path]:
        """Return the places that this call would change, or nothing if it only looks.

        A relative path of a call that knows no folder is taken from the root: it is then reported.
        """
        opens = self.name in _OPENING
        if opens and self.name != "creat" and not _FOR_WRITING.search(self.arguments):
            return []
        if not opens and self.name not in _CHANGING:
            return []
        return [Path(folder or "/", name) for folder, name in _PLACE.findall(self.arguments)]


def why_not() -> str:
    """Return why nothing can be traced here, or an empty text where it can."""
    if not shutil.which("strace"):
        return "strace is not installed here"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this system does not let strace trace"


def command(trace: Path, *, looks: bool = False) -> list[str]:
    """Return what to put before a command line so that its calls are written to `trace`.

    With `looks`, also those that only ask whether something is there.
    """
    wanted = _OPENING | _CHANGING | _OTHER | (_LOOKING if looks else frozenset())
    names = ",".join(f"?{name}" for name in sorted(wanted))
    options = ["-f", "-qq", "-y", "-s", "4096", "-e", "signal=none", "-e", f"trace={names}"]
    return ["strace", *options, "-o", str(trace)]


def calls(trace: Path) -> list[Call]:
    """Return the calls in a trace, those put together that another thread interrupted."""
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [(line, _LINE.fullmatch(line)) for line in _whole(lines)]
    unread = [line for line, match in found if match is None]
    assert unread == []
    return [Call(match[2], match[3], match[4]) for _, match in found if match]


def _whole(lines: list[str]) -> Iterator[str]:
    begun: dict[str, str] = {}
    for line in lines:
        resumed = _RESUMED.fullmatch(line)
        if line.endswith(" <unfinished ...>"):
            begun[line.split()[0]] = line.removesuffix(" <unfinished ...>")
        elif resumed:
            yield begun.pop(resumed[1]) + resumed[2]
        elif " +++ " not in line and " --- " not in line:
            yield line


def changed_outside(found: list[Call], allowed: list[Path]) -> list[str]:
    """Return what was opened for writing, made, moved or removed outside the allowed places."""
    return [
        f"{call.name} {place}"
        for call in found
        for place in call.changed()
        if not any(place.is_relative_to(folder) for folder in allowed)
    ]


def named(found: list[Call], text: str) -> list[str]:
    """Return every call in whose arguments a text stands."""
    return [f"{call.name} {call.arguments}" for call in found if text in call.arguments]


def sockets(found: list[Call]) -> list[str]:
    """Return every attempt to make or to use a socket."""
    return [call.arguments for call in found if call.name in {"socket", "connect", "bind"}]
