"""Starts the real window with a hand before it, and ends when the main job is done."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from shelterdesk.gui.frame.window import DeskWindow, show_window
from shelterdesk.gui.walk.hand import Hand, WalkStopped
from shelterdesk.gui.walk.main_job import DemoPerson, MainJob, Walked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SIZE = (1366, 768)
"""The smallest screen that everything has to fit on."""

__all__ = ["DemoPerson", "Walked", "walk"]


def walk(
    out: Path,
    counsellor: DemoPerson,
    director: DemoPerson,
    told: Callable[[str, int], None],
    kind: type[MainJob] = MainJob,
) -> Walked:
    """Do the main job in the window on `out/shelter`; returns how it went.

    `kind` may look at its stages in another way.

    The window is drawn nowhere: it needs no display, and nothing that lies on one disturbs it.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_tell_of_qt)
    (out / "screenshots").mkdir(exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    job = kind(Hand(), out, counsellor, director)
    data = out / "shelter"

    def begin_anew() -> None:
        """Take the place of the process that would begin anew: another window on the same door."""
        job.hand.window.hide()
        _windows.append(DeskWindow(data, begin_anew))
        _windows[-1].resize(*_SIZE)
        _windows[-1].show()

    def go() -> None:
        try:
            job.hand.window.resize(*_SIZE)
            job.hand.rest()
            job.go(told)
        except WalkStopped as stopped:
            job.walked.problem = str(stopped)
        finally:
            for window in QApplication.topLevelWidgets():
                window.close()
            application.quit()

    _windows: list[DeskWindow] = []
    QTimer.singleShot(0, application, go)
    show_window(data, "en", begin_anew)
    return job.walked


def _tell_of_qt(_kind: object, _where: object, text: str) -> None:
    """Pass on what Qt says, but for the complaint that nowhere is not a screen."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
