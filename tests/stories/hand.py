"""A hand at the real window in a process of its own: it types, clicks and says what it has done.

    python -m tests.stories.hand DATA ERRAND

The program runs as always; the hand works beside it in the same event loop. What the test waits for
goes through the pipe, a line each. An errand is a function below; it may be ended at any moment by
a kill from outside, which is what several tests want.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

import shelterdesk.app
from shelterdesk.core.calendar import clock
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.scrolled import bring_into_view
from tests.factories import DIRECTOR, PASSPHRASE
from tests.patience import PATIENCE

CANARY: Final = "ຟ້າໝົ່ນ{number:02}Qzüx"
"""What is typed to be looked for in memory; it stands nowhere else."""


def any_day() -> None:
    """Let the shelter, which lives in November 2026, be opened on any later day."""
    clock.SKIPPED = timedelta.max  # type: ignore[misc]


def say(text: str) -> None:
    """Tell the test."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def window() -> DeskWindow:
    """Return the open window."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, DeskWindow)]
    return found[0]


def until(condition: Callable[[], bool]) -> None:
    """Let the program go on until a condition holds; raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        QCoreApplication.processEvents()
        QTest.qWait(5)


def seen(name: str) -> list[QWidget]:
    """Return the widgets of this name that are on the screen."""
    return [w for w in window().findChildren(QWidget, name) if w.isVisible()]


def part(name: str) -> QWidget:
    """Wait for a widget to be on the screen, and return it."""
    until(lambda: bool(seen(name)))
    return seen(name)[0]


def click(name: str) -> None:
    """Click a button once it can be clicked; one that stands below is scrolled to, as people do."""
    target = part(name)
    bring_into_view(target)
    until(lambda: isinstance(target, QAbstractButton) and target.isEnabled())
    until(lambda: not target.visibleRegion().isEmpty())  # it may be scrolled into view just now
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the window, as one does who sits before it."""
    window().activateWindow()
    until(window().isActiveWindow)
    QTest.keyClick(window().windowHandle(), key, modifier)


def write(name: str, text: str) -> None:
    """Type letters of any script into a field, one key event each."""
    target = part(name)
    target.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(target, event)


def unlock() -> None:
    """Open the records as the director."""
    names = part("name")
    assert isinstance(names, QComboBox)
    until(lambda: names.findText(DIRECTOR) >= 0 and names.isEnabled())
    names.setCurrentText(DIRECTOR)
    write("passphrase", PASSPHRASE)
    click("main")
    until(lambda: bool(seen("navigation")))


def to_the_notes() -> None:
    """Go to the notes of the one case there is: find it by its code, open it, press Note."""
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    write("search", "DEMO-0001")
    until(lambda: bool(seen("hits")))
    QTest.keyClick(part("search"), Qt.Key.Key_Return)
    click("note")
    part("note-text")


def has_draft() -> bool:
    """Tell whether the page holds a text that is not saved yet."""
    place = window().workplace
    return place is not None and bool(place.page.draft())


def type_on() -> None:
    """Type a note without end, and say how much of it there is."""
    unlock()
    to_the_notes()
    for number in range(100_000):
        write("note-text", f"ຄຳ{number} ")
        say(f"typed {number} {time.time():.3f}")
        QTest.qWait(20)


def save_on() -> None:
    """Save one note after another, and say which ones the window has called saved."""
    unlock()
    to_the_notes()
    for number in range(100_000):
        write("note-text", f"ບັນທຶກ note {number}.")
        click("main")
        until(lambda: not has_draft())
        say(f"saved {number}")


def type_and_lock() -> None:
    """Fill the screen with canaries, save half of them, and press F12."""
    unlock()
    to_the_notes()
    for number in range(50):
        write("note-text", CANARY.format(number=number) + " ")
        if number == 25:
            click("main")
            until(lambda: not has_draft())
    say("typed")
    sys.stdin.readline()
    press(Qt.Key.Key_F12)


def it_is(day: int, hour: int) -> None:
    """Let it be an hour of November 2026."""
    place = window().workplace
    assert place is not None
    hands = place.room.desk.seat.vault.clock
    assert isinstance(hands, clock.SessionClock)
    hands.set(clock.at_house(date(2026, 11, day), time_of_day(hour)))


def write_lines(first: int, last: int) -> None:
    """Write lines of the log, one after another, and say which the window has kept."""
    for number in range(first, last):
        press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        write("text", f"line {number} of the night")
        QTest.keyClick(part("text"), Qt.Key.Key_Return)
        until(lambda: not has_draft())
        say(f"line {number}")


def night_shift() -> None:
    """Work from six in the evening: shift, lines, a visitor, the roll; then type without end."""
    control = Qt.KeyboardModifier.ControlModifier
    unlock()
    it_is(3, 18)
    press(Qt.Key.Key_H, control)
    click("shift-begin")
    until(lambda: bool(seen("shift-end")))
    say("shift")
    write_lines(0, 3)
    press(Qt.Key.Key_D, control)
    click("visitor-in")
    write("who", "Vanna")
    kind = part("kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("lawyer"))
    kind.activated.emit(kind.currentIndex())
    click("main")
    until(lambda: bool(seen("visitor-gone")))
    say("visitor")
    it_is(3, 22)
    press(Qt.Key.Key_R, control)
    part("roll-told")
    press(Qt.Key.Key_Return, control)
    until(lambda: "in the house" in part("roll-told").property("text"))
    say("roll")
    it_is(4, 1)
    write_lines(3, 5)
    press(Qt.Key.Key_E, control)
    for number in range(100_000):
        write("text", f"w{number} ")
        say(f"typed {number} {time.time():.3f}")
        QTest.qWait(60)


ERRANDS: Final = {
    "type_on": type_on,
    "save_on": save_on,
    "type_and_lock": type_and_lock,
    "night_shift": night_shift,
}


def run_errand(name: str) -> None:
    """Run an errand; whatever stops it ends the process at once, with a line on the screen."""
    try:
        ERRANDS[name]()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test must hear of it
        traceback.print_exception(fault)
        os._exit(3)


def main() -> int:
    """Start the program with a hand beside it."""
    any_day()
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(0, application, lambda: run_errand(sys.argv[2]))
    return shelterdesk.app.run(Path(sys.argv[1]), "en")


if __name__ == "__main__":
    sys.exit(main())
