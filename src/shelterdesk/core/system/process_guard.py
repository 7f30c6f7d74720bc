"""Keeps what this process holds in memory out of files and away from its neighbours.

An unlocked vault has keys and texts in memory. When a program crashes, the system may write all of
that to a disk, or hand it to a service that sends it away; and another program of the same account
may read it. `guard_process` switches off what a program can switch off for itself. An administrator
can still look in, and what is swapped out is a matter for the disk's own encryption.
"""

import contextlib
import ctypes
import sys
from pathlib import Path
from typing import Final

_SET_DUMPABLE: Final = 4
"""PR_SET_DUMPABLE of prctl(2)."""

_NO_CRASH_WINDOWS: Final = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX of SetErrorMode."""


def guard_process() -> None:
    """Forbid memory dumps of this process, and reading its memory; to be called before all else.

    Lasts until the process becomes another program (execve resets it), so every start calls it.
    What the system does not offer is left out: it is no reason not to open the records.
    """
    if sys.platform == "win32":
        _guard_on_windows()
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _forbid_looking_in()


def _forbid_looking_in() -> None:
    """Clear the "dumpable" mark.

    The limit above does not hold for dumps that are piped into a collecting service (core(5)); the
    mark does, and it closes /proc/PID/mem to programs of the same account (proc(5)).
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def _guard_on_windows() -> None:
    """Keep the error reporting of Windows from storing a dump. Not yet tried on Windows.

    The exclusion names the program's file, and the system keeps it for the account; so it is made
    for the bundled program only and never for a Python that others use too.
    """
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_CRASH_WINDOWS)
        if getattr(sys, "frozen", False):
            name = Path(sys.executable).name
            with contextlib.suppress(OSError):
                ctypes.WinDLL("wer").WerAddExcludedApplication(ctypes.c_wchar_p(name), 0)
