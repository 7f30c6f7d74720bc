"""The process that draws, as the window starts and ends it: this program with one word more."""

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QProcess, QProcessEnvironment

from shelterdesk.core.system.own_program import own_program

_WINDOWS: Final = os.name == "nt"
_NAME, _ENDED = "drawing", "ended"
_GONE: Final = 2_000
"""Milliseconds for the system to take away a process that was killed."""


def new_process() -> QProcess:
    """Return a process to be started; it belongs to the program and goes when it has ended.

    Windows shows no window of its own for it: Qt says CREATE_NO_WINDOW where we have no console.
    """
    process = QProcess(QCoreApplication.instance())
    process.setObjectName(_NAME)
    process.setProcessEnvironment(_environment())
    process.setStandardErrorFile(QProcess.nullDevice())
    process.finished.connect(process.deleteLater)
    program, *arguments = command()
    process.setProgram(program)
    process.setArguments(arguments)
    return process


def end_all() -> None:
    """End every process that draws, at once: the records are being locked."""
    application = QCoreApplication.instance()
    if application is None:
        return
    for process in application.findChildren(QProcess, _NAME):
        process.setProperty(_ENDED, True)
        process.kill()
        process.waitForFinished(_GONE)


def was_ended(process: QProcess) -> bool:
    """Tell whether `end_all` ended this process: nothing is to be drawn any more."""
    return bool(process.property(_ENDED))


def command() -> list[str]:
    """Return what starts this very program as the process that draws."""
    program, *arguments = own_program("--draw", python=_python())
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        program = str(Path(program).with_name("shelterdesk-cli.exe"))
    return [program, *arguments]


def _python() -> str:
    """Return the Python to start; on Windows that of an environment would only start another."""
    return (
        str(getattr(sys, "_base_executable", "")) or sys.executable if _WINDOWS else sys.executable
    )


def _environment() -> QProcessEnvironment:
    """Return this process's own surroundings, with the bundle told to begin anew."""
    around = QProcessEnvironment.systemEnvironment()
    around.insert("PYINSTALLER_RESET_ENVIRONMENT", "1")
    if _WINDOWS and not getattr(sys, "frozen", False):
        around.insert("__PYVENV_LAUNCHER__", sys.executable)
    return around
