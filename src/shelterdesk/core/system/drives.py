"""Which places of this computer a stick can be plugged into."""

import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_REMOVABLE, _FIXED = 2, 3
"""DRIVE_REMOVABLE, DRIVE_FIXED of GetDriveTypeW; large sticks and external disks are fixed."""

_FIRST: Final = 2
"""A: and B: were floppy disks, and asking for one takes seconds."""


def lettered_drives(kernel: Any = None) -> Iterator[Path]:
    """Yield the drives of Windows that hold a disk, by their letters; nothing elsewhere.

    The system is asked which letters there are and of what kind; no drive is touched for it, so a
    network drive whose server is gone holds nothing up.
    """
    if kernel is None and sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
    if kernel is None:
        return
    there = kernel.GetLogicalDrives()
    for number, letter in enumerate(string.ascii_uppercase):
        root = f"{letter}:\\"
        if number >= _FIRST and there >> number & 1 and kernel.GetDriveTypeW(root) in _KINDS:
            yield Path(root)


_KINDS: Final = frozenset({_REMOVABLE, _FIXED})
