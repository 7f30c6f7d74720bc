"""The real window over records full of payloads, in a process of its own that can be traced.

    python -m tests.privacy.window_tour ROOT

`ROOT/data` holds the records, `ROOT/ids.json` what the pages are about. The hand unlocks, goes over
every page of the page table and every part of it, lets every list show its lines, and closes the
window. What it saw goes through the pipe.
"""

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox

import shelterdesk.app
from tests.gui.every_page import Ids, parts_of, visits
from tests.stories.hand import any_day, say, unlock, until, window, write


def over_all_pages(ids: Ids) -> None:
    """Open every page, and say of each whether it was opened and how many parts it has."""
    place: Any = window().workplace
    for page, record_id in visits(ids):
        place.go(page, record_id)
        QCoreApplication.processEvents()
        parts = 0
        for _part in parts_of(place):
            parts += 1
            look_closely(place)
        say(f"page {page} {place.where[0] == page} {parts}")
        # what was left goes by itself only where the program waits, and this tour never does
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def look_closely(place: Any) -> None:
    """Paint what is shown, choose the first lines of lists, let boxes show their choices.

    A key is pressed as well: on a busy computer the tour takes longer than a desk may be left.
    """
    QTest.keyClick(window(), Qt.Key.Key_Shift)
    for view in place.page.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None and model.rowCount():
            view.setCurrentIndex(model.index(0, 0))
    for box in place.page.findChildren(QComboBox):
        if box.isVisible() and box.isEnabled():
            box.showPopup()
            box.hidePopup()
    window().grab()
    QCoreApplication.processEvents()


def search(texts: list[str]) -> None:
    """Type the beginning of some payloads into the search, and see what it lists."""
    place: Any = window().workplace
    field = place.search
    for text in texts:
        field.begin()  # as Ctrl+K does, also where it is folded
        field.clear()
        write("search", text)
        QCoreApplication.processEvents()
        window().grab()
    field.clear()


def go(root: Path) -> None:
    """Do everything, then close the window; a fault ends the process with a line on the screen."""
    try:
        unlock()
        until(lambda: window().workplace is not None)
        over_all_pages(json.loads((root / "ids.json").read_text()))
        search(["<img", "<b", "Q", "ນ້ຳ"])
        say("closing")
        window().close()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test must hear of it
        traceback.print_exception(fault)
        os._exit(3)


def main() -> int:
    """Start the program with a hand beside it."""
    any_day()
    root = Path(sys.argv[1])
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(0, application, lambda: go(root))
    return shelterdesk.app.run(root / "data", "en")


if __name__ == "__main__":
    sys.exit(main())
