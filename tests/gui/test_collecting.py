"""Garbage goes in the window's thread only, and at moments that cost no picture."""

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from shelterdesk.gui.collecting import QUIET_SECONDS, Collecting, collect
from shelterdesk.gui.frame.window import DeskWindow
from tests.cli.terminal import surroundings


class Circle:
    """Something that only the collector can break; it notes in which thread it goes."""

    def __init__(self, gone_in: list[int]) -> None:
        self._itself, self._gone_in = self, gone_in

    def __del__(self) -> None:
        self._gone_in.append(threading.get_ident())


@pytest.fixture
def lowest() -> Iterator[None]:
    """Let the collector run as often as it can."""
    before = gc.get_threshold()
    gc.set_threshold(1, 1, 1)
    yield
    gc.set_threshold(*before)


def in_another_thread(work: object) -> None:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    thread.join()


def work_hard() -> None:
    """Do what makes Python look for garbage, and ask for it besides."""
    gc.enable()
    kept = [[number] for number in range(5_000)]
    for generation in range(3):
        gc.collect(generation)
    assert len(kept) == 5_000


@pytest.mark.usefixtures("lowest")
def test_no_other_thread_destroys_garbage() -> None:
    gone_in: list[int] = []
    gc.disable()
    for _number in range(3):
        Circle(gone_in)
    in_another_thread(work_hard)
    assert gone_in == []
    collect()
    assert gone_in == [threading.get_ident()] * 3


def test_what_was_kept_from_another_thread_is_not_kept_for_good() -> None:
    before = gc.get_freeze_count()
    in_another_thread(work_hard)
    assert gc.get_freeze_count() <= before


@pytest.mark.usefixtures("qapp")
def test_while_a_window_stands_python_looks_for_no_garbage_by_itself(tmp_path: Path) -> None:
    gc.enable()
    window = DeskWindow(tmp_path / "data", lambda: None)
    assert not gc.isenabled()
    gc.enable()
    window.collecting.look()
    assert not gc.isenabled()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not gc.isenabled()  # Qt may be destroying something still, and hold a lock


@pytest.mark.usefixtures("lowest", "around")
def test_once_a_window_has_stood_nobody_else_destroys_garbage() -> None:
    gone_in: list[int] = []
    Circle(gone_in)
    work_hard()  # as a library may, in the window's own thread
    assert gone_in == []
    assert not gc.isenabled()
    collect()
    assert gone_in == [threading.get_ident()]


DESTROYED_WITHIN = """
import faulthandler, gc, sys
from PySide6.QtCore import QCoreApplication, QObject
from shelterdesk.gui.collecting import Collecting

class Teller(QObject):
    def disconnectNotify(self, signal):
        \"\"\"Asked by Qt while it destroys what heard this, and holds a lock.\"\"\"
        kept = [[number] for number in range(2_000)]
    def hear(self):
        pass

def leave_garbage():
    gc.disable()
    left = [QObject() for _number in range(1_000)]
    for one in left:
        one.objectNameChanged.connect(one.deleteLater)
    left.append(left)

faulthandler.dump_traceback_later(20, exit=True)
application = QCoreApplication([])
if sys.argv[1] == "guarded":
    Collecting(lambda: 0.0, application)
teller, hearer = Teller(), Teller()
teller.objectNameChanged.connect(hearer.hear)
leave_garbage()
gc.enable()
del hearer
print("over")
"""


@pytest.mark.parametrize("how", ["guarded", "as Python does by itself"])
def test_nothing_waits_for_ever_for_a_lock_that_qt_holds_meanwhile(
    tmp_path: Path, how: str
) -> None:
    line = [sys.executable, "-c", DESTROYED_WITHIN, how]
    ended = subprocess.run(
        line, env=surroundings(tmp_path), capture_output=True, text=True, check=False
    )
    assert (ended.returncode == 0) == (how == "guarded"), ended.stderr
    assert ended.stdout == ("over\n" if how == "guarded" else "")


@pytest.fixture
def around() -> QObject:
    """What stands for the window."""
    collect()
    return QObject()


def test_what_is_new_goes_at_the_next_look_once_there_is_enough(around: QObject) -> None:
    collecting, gone_in = Collecting(lambda: 0.0, around), list[int]()
    Circle(gone_in)
    collecting.look()
    assert gone_in == []
    kept = [[number] for number in range(1_000)]
    collecting.look()
    assert len(gone_in) == 1
    assert len(kept) == 1_000


def test_what_a_page_has_left_goes_once_the_next_one_is_painted(
    qtbot: QtBot, around: QObject
) -> None:
    collecting, gone_in = Collecting(lambda: 0.0, around), list[int]()
    Circle(gone_in)
    collect(0)
    Circle(gone_in)
    gone_in.clear()
    collecting.page_closed()
    assert gone_in == []
    qtbot.waitUntil(lambda: gone_in == [threading.get_ident()])


def test_everything_is_looked_at_when_nobody_touches_anything(around: QObject) -> None:
    quiet, gone_in = [0.0], list[int]()
    collecting = Collecting(lambda: quiet[0], around)
    old = Circle(gone_in)
    collect(1)
    del old
    collecting.look()
    assert gone_in == []
    quiet[0] = QUIET_SECONDS
    collecting.look()
    assert len(gone_in) == 1


def test_the_libraries_are_looked_through_once_only(around: QObject) -> None:
    collecting = Collecting(lambda: QUIET_SECONDS, around)
    collecting.look()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    gc.unfreeze()
