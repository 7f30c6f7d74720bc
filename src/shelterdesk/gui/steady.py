"""Keeps a fault of the Qt binding from ending the program in the middle of the day.

PySide6 6.12.0 gives back one reference to `None` too many whenever a method that lets other threads
run returns nothing (`repaint` and `processEvents` were seen to, on every call). `None` has some
thousands of references; when they are used up the process is ended at once. From Python 3.12 on
`None` is never counted; before, it is given more references than can be used up.
"""

import ctypes
import sys
from typing import Final

PLENTY: Final = 1 << 40
"""More than a call a microsecond for ten days."""


def hold_none() -> None:
    """Give `None` references that last; to be called once at the start, and harmless twice."""
    if sys.version_info < (3, 12) and sys.getrefcount(None) < PLENTY // 2:
        ctypes.c_ssize_t.from_address(id(None)).value += PLENTY
