"""Patience with programs that hold a file for a moment, as virus scanners do on Windows.

Linux lets a file be renamed and deleted while another program reads it. Windows refuses, and most
scanners look at every new file just when it is to be put in its place.
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

HELD: Final = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED (a file that is being deleted), SHARING_VIOLATION, LOCK_VIOLATION."""

PAUSES: Final = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between the tries: two and a half together, after which the fault is told."""


def patiently(act: Callable[[], T], sleep: Callable[[float], object] = time.sleep) -> T:
    """Return what `act` returns; where Windows says that a file is held, try again for a while.

    Every other fault is raised at once, and so is this one after the last pause.
    """
    for pause in PAUSES:
        try:
            return act()
        except OSError as fault:
            if getattr(fault, "winerror", None) not in HELD:
                raise
        sleep(pause)
    return act()
