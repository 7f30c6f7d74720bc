"""Keeps a fault of the Qt binding from ending the program in the middle of the day.

PySide6 6.12.0 gives back one reference too many to `None` whenever a method returns nothing
(`QLabel.setText` and `QWidget.repaint` were seen to, on every call), and at times to `True` and
`False`. `None` has some thousands of references; when they are used up the process ends at once.
From Python 3.12 on these three are never counted and nothing happens; before, they are given more
references than can be used up.
"""

import ctypes
import sys
from typing import Final

PLENTY: Final = 1 << 40
"""More than a call a microsecond for ten days."""


def hold_constants() -> None:
    """Give `None`, `True` and `False` references that last; harmless when it is done again."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False):
        if sys.getrefcount(constant) < PLENTY // 2:
            ctypes.c_ssize_t.from_address(id(constant)).value += PLENTY
