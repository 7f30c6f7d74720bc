"""What the program says outside of its window, where somebody can read it, or where nobody can.

At a terminal that is standard output and standard error. The windowed program on Windows has
neither (`sys.stdout` is None there): answers are dropped, and what went wrong is gathered and shown
in a message box, since otherwise a start that fails would be silence.
"""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

_TITLE: Final = "ShelterDesk"
_ERROR_ICON: Final = 0x10
"""MB_ICONERROR of MessageBoxW."""


class Unheard(io.StringIO):
    """Gathers what was said to a standard error that does not exist."""


def ready_streams() -> None:
    """Let every letter pass, and give the program streams where the system gives none.

    A terminal without Lao letters shows their numbers instead of failing on them. What goes into a
    file or to another program is UTF-8 on every system.
    """
    sys.stdout = _ready(sys.stdout) or _nowhere()
    sys.stderr = _ready(sys.stderr) or Unheard()


def _ready(stream: TextIO | None) -> TextIO | None:
    if isinstance(stream, io.TextIOWrapper):
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    return stream


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def show_unheard(show: Callable[[str], object] | None = None) -> None:
    """Show what was said to nobody, if anything was; the words are taken away."""
    heard = sys.stderr
    if isinstance(heard, Unheard) and (words := heard.getvalue().strip()):
        heard.seek(0)
        heard.truncate()
        (show or message_box)(words)


def message_box(words: str) -> None:
    """Show words in a box of the system's own, which needs no window of ours; else do nothing."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, words, _TITLE, _ERROR_ICON)
