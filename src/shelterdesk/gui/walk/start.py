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
    stage = _Stage(kind(Hand(), out, counsellor, director), out / "shelter")
    QTimer.singleShot(0, application, lambda: stage.go(told))
    show_window(stage.data, "en", stage.begin_anew)
    return stage.job.walked


class _Stage:
    """Where the job is done: the windows on one door, one after the other."""

    def __init__(self, job: MainJob, data: Path) -> None:
        self.job, self.data = job, data
        self._windows: list[DeskWindow] = []

    def begin_anew(self) -> None:
        """Take the place of the process that would begin anew: another window on the same door."""
        self.job.hand.window.hide()
        self._windows.append(DeskWindow(self.data, self.begin_anew))
        self._windows[-1].resize(*_SIZE)
        self._windows[-1].show()

    def go(self, told: Callable[[str, int], None]) -> None:
        """Do the job; whatever becomes of it, no window stays and the program ends."""
        try:
            self.job.hand.window.resize(*_SIZE)
            self.job.hand.rest()
            self.job.go(told)
        except WalkStopped as stopped:
            self.job.walked.problem = str(stopped)
        finally:
            for window in QApplication.topLevelWidgets():
                window.close()
            QApplication.quit()


def _tell_of_qt(_kind: object, _where: object, text: str) -> None:
    """Pass on what Qt says, but for the complaint that nowhere is not a screen."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
