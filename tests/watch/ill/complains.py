"""A timer that is stopped from another thread: in a test, after one, and after the last one."""

import os
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

WHEN = os.environ["ILL"]


class Circle:
    """Something that only the collector can break; a timer is stopped with it."""

    def __init__(self, timer: QTimer) -> None:
        self.timer, self.itself = timer, self

    def __del__(self) -> None:
        stop_elsewhere(self.timer)


def stop_elsewhere(timer: QTimer) -> None:
    """Stop a timer from another thread."""
    thread = threading.Thread(target=timer.stop)
    thread.start()
    thread.join()


@pytest.fixture
def timer(qapp: QApplication) -> Iterator[QTimer]:
    made = QTimer(qapp)
    made.start(60_000)
    yield made
    if WHEN == "after the test":
        stop_elsewhere(made)


def test_that_passes(timer: QTimer) -> None:
    if WHEN == "in the test":
        stop_elsewhere(timer)


def test_the_last_one(timer: QTimer, monkeypatch: pytest.MonkeyPatch) -> None:
    if WHEN == "after the last test":
        Circle(timer)
        monkeypatch.undo()
