"""Starts the program as a person does: a process of its own, with or without a terminal."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.patience import PATIENCE
from tests.systems import NO_TERMINAL, WINDOWS, places_of_windows, skipped

PROJECT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = (sys.executable, "-m", "shelterdesk")
_AGAIN: Final = 5.0
"""Seconds after which somebody presses the same key once more."""

# Whoever started the tests behind other work had Ctrl-C ignored, and with it whatever they start.
_TAKE_TERMINAL: Final = (
    "import fcntl, os, signal, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


@dataclass(frozen=True)
class Ended:
    """A process that has ended: its exit code and everything it said."""

    code: int
    said: str
    complained: str = ""


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that lives in `home` and knows no other place.

    Compiled source is Python's own matter: it is kept where the caller's environment says, for
    all processes of a test run, or nowhere.
    """
    for folder in ("tmp", "runtime"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join((str(PROJECT / "src"), str(PROJECT))),
        **_compiled_source(),
        **places,
        **places_of_windows(home),
        **more,
    }


def _compiled_source() -> dict[str, str]:
    kept = os.environ.get("PYTHONPYCACHEPREFIX")
    return {"PYTHONPYCACHEPREFIX": kept} if kept else {"PYTHONDONTWRITEBYTECODE": "1"}


def run(arguments: Sequence[object], env: Mapping[str, str]) -> Ended:
    """Run one command without a terminal, to its end."""
    ended = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    said, complained = (text.decode(errors="replace") for text in (ended.stdout, ended.stderr))
    assert "Traceback" not in said + complained, complained
    return Ended(ended.returncode, said, complained)


class Typist:
    """A process at a terminal of its own, and somebody who reads and types there."""

    def __init__(self, arguments: Sequence[object], env: Mapping[str, str]) -> None:
        if WINDOWS:
            skipped(NO_TERMINAL)()
        import pty

        self._screen, theirs = pty.openpty()
        line = [sys.executable, "-S", "-c", _TAKE_TERMINAL, *PROGRAM, *map(str, arguments)]
        self.process = subprocess.Popen(
            line, env=dict(env), stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self.shown = ""
        self._read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._screen)

    def reads(self, awaited: str) -> str:
        """Wait until `awaited` stands on the screen; returns what was new up to its end."""
        until = time.monotonic() + PATIENCE
        while awaited not in self.shown[self._read :]:
            if not self._waits_for_words(until) or not self._reads_on():
                raise AssertionError(f"waited for {awaited!r}, but read:\n{self.shown}")
        end = self.shown.index(awaited, self._read) + len(awaited)
        new, self._read = self.shown[self._read : end], end
        return new

    def types(self, line: str) -> None:
        """Type one line and press Enter."""
        os.write(self._screen, f"{line}\n".encode())

    def stops_by(self, key: bytes) -> Ended:
        """Press a key, Ctrl-C for one, again and again as one does, until the program ends.

        A Ctrl-C that comes in the moment before Python waits for a key is heard with the next one.
        """
        until = time.monotonic() + PATIENCE
        while True:
            os.write(self._screen, key)
            if self._ends_by(min(until, time.monotonic() + _AGAIN)):
                return self._ended()
            if time.monotonic() >= until:
                raise AssertionError(f"the program stands still at:\n{self.shown}")

    def ends(self) -> Ended:
        """Read to the end and wait for the process."""
        if not self._ends_by(time.monotonic() + PATIENCE):
            raise AssertionError(f"the program stands still at:\n{self.shown}")
        return self._ended()

    def _ended(self) -> Ended:
        code = self.process.wait(PATIENCE)
        assert "Traceback" not in self.shown, self.shown
        return Ended(code, self.shown)

    def _ends_by(self, until: float) -> bool:
        """Read what is said up to a moment; true if there is nothing more to come, ever."""
        while self._waits_for_words(until):
            if not self._reads_on():
                return True
        return False

    def _waits_for_words(self, until: float) -> bool:
        ready, _, _ = select.select([self._screen], [], [], max(0, until - time.monotonic()))
        return bool(ready)

    def _reads_on(self) -> bool:
        try:
            piece = os.read(self._screen, 65536)
        except OSError:  # the other side of the terminal was closed: the process has ended
            return False
        self.shown += piece.decode(errors="replace")
        return bool(piece)
