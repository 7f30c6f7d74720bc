"""A process that opens the real window, or a bare one, and says when it was painted.

    python -m tests.bench.window_hand en bare
    python -m tests.bench.window_hand lo door DATA
    python -m tests.bench.window_hand lo desk DATA
    python -m tests.bench.window_hand en full DATA

It prints one line of JSON. `door` stops at the unlock window; `desk` opens the records, looks at
the first page, at one case and at the list of all of them, and tells how long each took and how
much memory is in use then, the names for the search read as well. The first word is the language.
`bare` imports nothing of the program but what every window here needs.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from typing_extensions import override

from shelterdesk.gui.steady import hold_constants

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

    from shelterdesk.gui.frame.window import DeskWindow
    from shelterdesk.services.desk import Desk

_TIMES: Final = 9
_FRAMES: Final = 60


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
    return {"painted": shown(opened(data, sys.argv[1])), **memory()}


def opened(data: Path, language: str) -> "DeskWindow":
    """Return the window on a data folder in a language, dressed as the program dresses it."""
    from shelterdesk.core.i18n import use_language
    from shelterdesk.gui.frame.window import DeskWindow
    from shelterdesk.gui.parts.style import dress

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    use_language(language)
    dress(application)
    return DeskWindow(data, lambda: None)


def desk(data: Path) -> dict[str, float]:
    """Open the records, and measure from the accepted passphrase on."""
    window = opened(data, sys.argv[1])
    window.resize(1366, 768)
    shown(window)
    desk, home = unlocked(window)
    case = desk.cases.rows()[0].id
    opening = [_opened(window, "case", case) for _time in range(_TIMES)]
    listing = [_opened(window, "people") for _time in range(3)]
    table = window.workplace.page.table  # type: ignore[union-attr]
    window.workplace.page._choose("all")  # type: ignore[union-attr]
    longest = _ready_to_search(desk)
    return {
        "home": home,
        "first case": opening[0],
        "case": median(opening[1:]),
        "people": median(listing[1:]),
        "frame": _frame(table),
        "search": longest,
        **memory(),
    }


def full(data: Path) -> dict[str, float]:
    """Open the notes and the stays of a case with few of them, and of one with many."""
    window = opened(data, sys.argv[1])
    window.resize(1366, 768)
    shown(window)
    desk, _home = unlocked(window)
    case = {row.alias: row.id for row in desk.cases.rows()}
    return {
        name: median(_area(window, case[alias], area) for _time in range(_TIMES))
        for name, alias, area in (
            ("few notes", "Few", "plan"),
            ("notes", "Full", "plan"),
            ("few lines", "Few", "house"),
            ("lines", "Full", "house"),
        )
    }


def _area(window: "DeskWindow", case: str, area: str) -> float:
    """Return the milliseconds that an area of a case takes, all its cards made and painted."""
    _opened(window, "case", case)
    QCoreApplication.processEvents()
    page = window.workplace.page  # type: ignore[union-attr]
    began = time.perf_counter()
    page.show_tab(area)
    page.tabs.currentWidget().complete()
    window.repaint()
    return 1000 * (time.perf_counter() - began)


def unlocked(window: "DeskWindow") -> "tuple[Desk, float]":
    """Return the open records, and how long it took from there to the first page.

    The day of the computer is taken as it is: these records were written on an invented one.
    """
    from shelterdesk.core.calendar.clock import SessionClock
    from shelterdesk.services.desk import unlock
    from tests.factories import DIRECTOR, PASSPHRASE

    until(lambda: window.door.is_ready)
    place = window.door.place
    assert place is not None
    desk = unlock(place, DIRECTOR, PASSPHRASE, clock=SessionClock())
    began = time.perf_counter()
    window.door.opened.emit(desk)
    window.repaint()
    return desk, 1000 * (time.perf_counter() - began)


def _opened(window: "DeskWindow", page: str, record: str = "") -> float:
    """Return the milliseconds that a page takes, and leave it again."""
    place = window.workplace
    assert place is not None
    place.go("home")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    began = time.perf_counter()
    place.go(page, record)
    window.repaint()
    return 1000 * (time.perf_counter() - began)


def _frame(area: "QAbstractScrollArea") -> float:
    """Return the milliseconds within which 95 of 100 frames of scrolling are painted."""
    bar, spent = area.verticalScrollBar(), []
    for _frame in range(_FRAMES):
        began = time.perf_counter()
        bar.setValue(bar.value() + 3)
        area.viewport().repaint()
        spent.append(1000 * (time.perf_counter() - began))
    return quantiles(spent, n=20)[-1]


def _ready_to_search(desk: "Desk") -> float:
    """Return the milliseconds of the longest piece in which the names are read ahead."""
    spent, over = [], False
    while not over:
        began = time.perf_counter()
        over = desk.search.read_ahead()
        spent.append(1000 * (time.perf_counter() - began))
    return max(spent)


def memory() -> dict[str, float]:
    """Return the megabytes that this process holds."""
    return {"megabytes": psutil.Process().memory_info().rss / 1e6}


def main() -> None:
    """Do what is asked and print what was seen."""
    hold_constants()
    _application = QApplication(sys.argv[:1])
    places = [Path(argument) for argument in sys.argv[3:]]
    told = {"bare": bare, "door": door, "desk": desk, "full": full}[sys.argv[2]](*places)  # type: ignore[operator]
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)  # what is measured is over; how the process ends is not


if __name__ == "__main__":
    main()
