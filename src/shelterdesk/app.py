"""Puts the parts together: the window on a data folder, and the process that takes its place."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from shelterdesk.core.system.ending import end_at_once
from shelterdesk.core.system.own_program import own_program

if TYPE_CHECKING:
    from pathlib import Path


def run(data: Path, language: str) -> int:
    """Open the window on the records in `data`; returns the exit code."""
    from shelterdesk.gui.frame.window import show_window

    return show_window(
        data,
        language,
        lambda: _begin_anew(data, language),
        lambda elsewhere: _begin_anew(elsewhere, language),
    )


def _begin_anew(data: Path, language: str) -> None:
    """Become a new process at the door of the same records: what was in memory is gone.

    The system ends this process in the same step, but for Windows, which only starts the other one.
    """
    command = own_program("--data", str(data), "--language", language)
    around = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    if sys.platform == "win32":
        subprocess.Popen(command, env=around, close_fds=True)  # noqa: S603 - this very program
        end_at_once(0)
    os.execve(command[0], command, around)  # noqa: S606 - this very program
