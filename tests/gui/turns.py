"""One process that does the day's work over and over while long work goes on in other threads.

    python -m tests.gui.turns [--turns 200] [--times 1] [--as-before]

A turn opens the records, then opens, fills and leaves every page, and locks. Meanwhile the worker
makes one backup after another, and a second one derives keys without a pause; it also switches
Python's own collector on again, with its thresholds at their lowest, and asks for collections, as a
careless library might. Each page leaves behind, on purpose, what only the collector can break: a
circle that holds a running timer and a widget.

Where anything of that goes in another thread, or Qt says a word of threads, the process ends with 4
and says so; a crash ends it by itself. `--as-before` lets the collector run in whatever thread
allocates, as Python does by itself: that must not end well. `--times` starts so many processes one
after the other, and stops at the first that does not end well.
"""

import argparse
import faulthandler
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.gui.collecting import Collecting, collect
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.tasks import Worker
from shelterdesk.store.keyring.passphrase_lock import close_lock
from tests.factories import CHEAP, OTHER_PASSPHRASE
from tests.gui.every_page import Ids, full_house, visits
from tests.patience import PATIENCE
from tests.stories.hand import any_day

REPORTED: Final = 4
"""Exit code when something of Qt went, or spoke, in a wrong thread."""

_WINDOWS_THREAD: Final = threading.get_ident()


def end(words: str) -> None:
    """End the process at once: nothing that comes later would be trustworthy."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
    os._exit(REPORTED)


def hear(_kind: QtMsgType, _context: object, words: str) -> None:
    """Hear what Qt says."""
    if "thread" in words:
        end(f"Qt says: {words}")


def until(condition: Callable[[], object]) -> None:
    """Let the program go on until a condition holds; raises TimeoutError."""
    last = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > last:
            raise TimeoutError
        QTest.qWait(2)


class Careless:
    """What a careless page leaves behind: a circle with a running timer and a widget in it."""

    left = 0

    def __init__(self) -> None:
        self.itself = self
        self.timer, self.label = QTimer(), QLabel("forgotten")
        self.timer.start(60_000)
        type(self).left += 1
        weakref.finalize(self, self._gone)

    @classmethod
    def _gone(cls) -> None:
        cls.left -= 1
        if threading.get_ident() != _WINDOWS_THREAD:
            end("What a page has left was destroyed in another thread.")


class Turns:
    """Takes turns at the windows of one data folder, one window after the other."""

    def __init__(self, root: Path, ids: Ids) -> None:
        self._root = root
        self._visits = list(visits(ids))
        self._deriving = Worker()
        self.pages = self.backups = self.keys = 0
        (root / "stick").mkdir()

    def take(self, turns: int) -> None:
        """Take so many turns."""
        self._derive()
        for _turn in range(turns):
            self._turn()
        self._deriving.stop_and_wait()

    def _turn(self) -> None:
        left: list[bool] = []
        window = DeskWindow(self._root / "data", lambda: left.append(True))
        window.show()
        until(lambda: window.door.is_ready)
        self._unlock(window)
        self._back_up(window)
        for page, record_id in self._visits:
            window.idle.begin()  # somebody is at the desk, however busy the computer is
            self._visit(window.workplace, page, record_id)
        window.lock()
        until(lambda: left)
        window.close()
        window.deleteLater()

    def _unlock(self, window: DeskWindow) -> None:
        page: Any = window.door.page
        page.name.setCurrentText("Dao")
        page.passphrase.setText(f"{OTHER_PASSPHRASE} dao")
        page.findChild(QAbstractButton, "main").click()
        until(lambda: window.workplace is not None)

    def _visit(self, place: Any, page: str, record_id: str) -> None:
        place.go(page, record_id)
        assert place.where[0] == page, place.where
        fill(place.page)
        QCoreApplication.processEvents()
        Careless()
        self.pages += 1

    # -- what goes on meanwhile ---------------------------------------------------------------

    def _back_up(self, window: DeskWindow) -> None:
        room = window.room
        if room is None:
            return
        backups, target = room.desk.backups, self._root / "stick"

        def again(_result: object) -> None:
            self.backups += 1
            if not window.cover.isVisible():
                self._back_up(window)

        def wait(_fault: BaseException) -> None:  # two within one second are refused
            QTimer.singleShot(100, window, lambda: self._back_up(window))

        window.worker.do(lambda progress: backups.back_up(target, progress), again, wait)

    def _derive(self) -> None:
        def again(_result: object) -> None:
            self.keys += 1
            self._derive()

        self._deriving.do(derive, again, again)


def derive(progress: Progress) -> None:
    """Derive some keys, and do to the collector what a careless library may."""
    gc.enable()
    gc.set_threshold(1, 1, 1)
    for number in range(10):
        progress.step(number, 10)
        close_lock(b"x" * 32, b"passphrase", b"", CHEAP)
    gc.collect()


def fill(page: QWidget) -> None:
    """Put something into every field of a page that can be seen."""
    for field in page.findChildren(QWidget):
        if field.isVisible() and field.isEnabled():
            put_something_into(field)


def put_something_into(field: QWidget) -> None:
    """Type a letter, choose the last of what is offered, turn a tick over."""
    if isinstance(field, QLineEdit):
        field.insert("x")
    elif isinstance(field, QPlainTextEdit):
        field.insertPlainText("x")
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(field.count() - 1)
    elif isinstance(field, QCheckBox):
        field.toggle()


def as_before() -> None:
    """Let Python collect in whatever thread allocates, as if nobody had thought of it."""
    gc.callbacks.clear()
    for looks in ("look", "look_behind"):
        setattr(Collecting, looks, lambda _self: gc.enable())


def take_turns(turns: int) -> str:
    """Take the turns at invented records, and say what was done."""
    number = count()
    with tempfile.TemporaryDirectory() as folder:
        texts = [lambda: f"word {next(number)}"]
        ids = full_house(Path(folder) / "data", texts, roles=tuple(Role))
        taken = Turns(Path(folder), ids)
        taken.take(turns)
    collect()
    assert Careless.left == 0
    return f"{turns} turns: {taken.pages} pages, {taken.backups} backups, {10 * taken.keys} keys"


def many_times(times: int, line: list[str]) -> int:
    """Do it in one process after the other; returns the exit code of the first that went wrong."""
    for time_ in range(times):
        began = time.monotonic()
        code = subprocess.run(
            [sys.executable, "-m", "tests.gui.turns", *line], check=False
        ).returncode
        print(f"{time_ + 1} of {times}: {code}, {time.monotonic() - began:.0f} s", flush=True)
        if code:
            return code
    return 0


def main() -> int:
    """Do what the command line says."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--turns", type=int, default=200)
    options.add_argument("--times", type=int, default=1)
    options.add_argument("--as-before", action="store_true")
    wished = options.parse_args()
    if wished.times > 1:
        return many_times(wished.times, ["--turns", str(wished.turns)])
    any_day()
    faulthandler.enable()
    application = QApplication(sys.argv[:1])
    qInstallMessageHandler(hear)
    dress(application)
    use_language("en")
    if wished.as_before:
        as_before()
    print(take_turns(wished.turns), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
