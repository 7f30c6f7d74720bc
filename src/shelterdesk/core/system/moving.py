"""Giving a finished file or folder its name, in one step that lasts."""

import ctypes
import sys
from pathlib import Path
from typing import Final

from shelterdesk.core.system.patience import patiently

_REPLACE: Final = 0x1
_WRITE_THROUGH: Final = 0x8
"""MOVEFILE_REPLACE_EXISTING, MOVEFILE_WRITE_THROUGH: the call returns once the disk has it."""


def put_over(source: Path, target: Path) -> None:
    """Let a file take the place of another, or of nothing; raises OSError."""
    patiently(lambda: _moved(source, target, _REPLACE))


def put_beside(source: Path, target: Path) -> None:
    """Give a file or folder a name that nothing has; raises OSError.

    On Linux an empty folder in that place would be replaced, as rename(2) does.
    """
    patiently(lambda: _moved(source, target, 0))


def _moved(source: Path, target: Path, replacing: int) -> None:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        move = kernel.MoveFileExW
        move.argtypes = [ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint32]
        if not move(str(source), str(target), replacing | _WRITE_THROUGH):
            number = ctypes.get_last_error()
            raise OSError(None, ctypes.FormatError(number), str(source), number)
    else:
        source.replace(target)
