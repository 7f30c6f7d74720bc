"""A process that opens the real window, or a bare one, and says when it was painted.

    python -m tests.bench.window_hand bare
    python -m tests.bench.window_hand door DATA
    python -m tests.bench.window_hand desk DATA

It prints one line of JSON. `door` stops at the unlock window; `desk` opens the records, looks at
the first page and at one case, and tells how long each took and how much memory is in use.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from typing_extensions import override

from shelterdesk.gui.steady import hold_constants
from tests.factories import DIRECTOR, PASSPHRASE


class Painted(QObject):
    """Notes the moment when a window was painted for the first time."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.at = 0.0
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.at:
            self.at = time.time()
        return False


def until(condition: Callable[[], object]) -> None:
    """Let the program go on until a condition holds."""
    end = time.monotonic() + 120
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        QCoreApplication.processEvents()


def shown(window: QWidget) -> float:
    """Show a window and return the moment it was painted."""
    painted = Painted(window)
    window.show()
    until(lambda: painted.at)
    return painted.at


def bare() -> dict[str, float]:
    """Show an empty window of the same toolkit."""
    window = QMainWindow()
    window.setCentralWidget(QLabel("ລາວ"))
    return {"painted": shown(window), **memory()}


def door(data: Path) -> dict[str, float]:
    """Show the unlock window of the program."""
    return {"painted": shown(opened(data)), **memory()}


def opened(data: Path) -> QWidget:
    """Return the window on a data folder, dressed as the program dresses it."""
    from shelterdesk.gui.style import dress
    from shelterdesk.gui.window import DeskWindow

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application)
    return DeskWindow(data, lambda: None)


def desk(data: Path) -> dict[str, float]:
    """Open the records and a case, and measure from the accepted passphrase on."""
    from shelterdesk.services.desk import unlock

    window = opened(data)
    window.resize(1366, 768)
    shown(window)
    until(lambda: window.door.is_ready)  # type: ignore[attr-defined]
    opened_desk = unlock(window.door.place, DIRECTOR, PASSPHRASE)  # type: ignore[attr-defined]
    began = time.perf_counter()
    window.door.opened.emit(opened_desk)  # type: ignore[attr-defined]
    window.repaint()
    home = time.perf_counter() - began
    place = window.workplace  # type: ignore[attr-defined]
    case = opened_desk.cases.rows()[0].id
    opening = []
    for _time in range(5):
        began = time.perf_counter()
        place.go("case", case)
        window.repaint()
        opening.append(time.perf_counter() - began)
        place.go("home")
    return {"home": 1000 * home, "case": 1000 * sorted(opening)[2], **memory()}


def memory() -> dict[str, float]:
    """Return the megabytes that this process holds."""
    return {"megabytes": psutil.Process().memory_info().rss / 1e6}


def main() -> None:
    """Do what is asked and print what was seen."""
    hold_constants()
    _application = QApplication(sys.argv[:1])
    places = [Path(argument) for argument in sys.argv[2:]]
    told = {"bare": bare, "door": door, "desk": desk}[sys.argv[1]](*places)  # type: ignore[operator]
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)  # what is measured is over; how the process ends is not


if __name__ == "__main__":
    main()
