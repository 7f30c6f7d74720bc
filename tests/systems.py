"""What the systems differ in for the tests: what one of them lacks is skipped with its reason.

The tests are written for Linux, on which they are run most; those that lay a link or a pipe, read
the mode of a file, or type at a terminal would fall on Windows for reasons of their own.
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

WINDOWS: Final = sys.platform == "win32"

NO_LINKS: Final = "on Windows links need a right that few accounts have"
NO_PIPES: Final = "Windows has no pipes and sockets among the files"
NOT_MOVED: Final = "on Windows a folder that is held cannot be moved away"
NO_TERMINAL: Final = "Windows has no terminal that another program can hold"


def skipped(reason: str) -> Callable[..., NoReturn]:
    """Return what skips the test in which it is called."""

    def skip(*_arguments: Any, **_named: Any) -> NoReturn:
        pytest.skip(reason)

    return skip


def leave_out_what_windows_lacks() -> None:
    """Let a test that lays a link or a pipe be skipped on Windows, by that very call."""
    if WINDOWS:
        os.symlink = _no_link
        os.mkfifo = skipped(NO_PIPES)


def _no_link(*_arguments: Any, **_named: Any) -> NoReturn:
    """Skip the test; pytest itself, which also lays links where it can, is told that it cannot."""
    caller = sys._getframe(2).f_globals["__name__"]  # above `Path.symlink_to`
    if caller.startswith("_pytest."):
        raise OSError(NO_LINKS)
    pytest.skip(NO_LINKS)


def closed_to_others(path: Path) -> bool:
    """Tell whether only this account may read: by its mode, which says nothing on Windows.

    What access lists do there is tried by the tests of `access_windows`.
    """
    return WINDOWS or not stat.S_IMODE(path.stat().st_mode) & 0o077


def places_of_windows(home: Path) -> dict[str, str]:
    """Return what a process of Windows must be told before it can start at all."""
    if not WINDOWS:
        return {}
    own = ("USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP")
    system = ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR")
    return {name: str(home / "tmp") for name in own} | {
        name: os.environ[name] for name in system if name in os.environ
    }
