"""Long work takes nothing of Qt into its thread, and may outlive whoever waits for it."""

import gc
import threading
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.gui import tasks
from shelterdesk.gui.collecting import collect
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.tasks import Worker, wait_for_all
from tests.drivers.window import WindowDriver
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, new_shelter


class Page(QLabel):
    """A page with a method, and a signal of its own by inheritance."""

    def work(self, _progress: Progress) -> str:
        return self.text()


def with_page(page: Page) -> list[Callable[[Progress], Any]]:
    """Return work that takes the page along, in each way there is."""

    def named(_progress: Progress) -> str:
        return page.text()

    def given(page: Page, _progress: Progress) -> str:
        return page.text()

    return [
        page.work,
        named,
        lambda _progress: page.text(),
        lambda progress: named(progress) + "!",
        partial(given, page),
        partial(given, page=page),
        lambda _progress: page.linkActivated.emit(""),
        page.linkActivated.emit,
    ]


@pytest.mark.parametrize("way", range(8))
def test_work_that_takes_a_widget_along_is_refused(qtbot: QtBot, way: int) -> None:
    page = Page()
    qtbot.addWidget(page)
    worker = Worker(page)
    with pytest.raises(TypeError):
        worker.do(with_page(page)[way], print, print)
    assert not worker.is_busy


def held_up() -> tuple[threading.Event, Callable[[Progress], str]]:
    """Return work that waits for an event."""
    go_on = threading.Event()

    def work(_progress: Progress) -> str:
        go_on.wait(60)
        return "done"

    return go_on, work


def test_whoever_is_gone_is_told_nothing(qtbot: QtBot) -> None:
    go_on, work = held_up()
    page, worker, heard = Page(), Worker(), list[str]()

    def done(answer: str) -> None:
        page.setText(answer)
        heard.append(answer)

    worker.do(work, done, print)
    delete(page)
    with qtbot.waitSignal(worker.freed):
        go_on.set()
    assert heard == []


def test_a_dialogue_may_go_while_its_work_goes_on(qtbot: QtBot) -> None:
    go_on, work = held_up()
    dialogue, heard = QWidget(), list[str]()
    worker = Worker(dialogue)
    worker.do(work, heard.append, print)
    dialogue.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    qtbot.waitUntil(lambda: not tasks._at_work)
    assert heard == []


def fail(_progress: Progress) -> None:
    raise ValueError


def test_neither_answer_nor_fault_leaves_a_circle(qtbot: QtBot) -> None:
    worker, faults = Worker(), list[str]()
    collect()
    gc.disable()
    for work in (fail, lambda _progress: "done"):
        worker.do(work, print, lambda fault: faults.append(type(fault).__name__))
        task = weakref.ref(worker._task)
        with qtbot.waitSignal(worker.freed):
            pass
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert task() is None
    gc.enable()
    assert faults == ["ValueError"]


def test_the_next_work_may_begin_when_the_answer_is_heard(qtbot: QtBot) -> None:
    worker, heard = Worker(), list[str]()

    def done(answer: str) -> None:
        heard.append(answer)
        if len(heard) < 3:
            assert worker.do(lambda _progress: "next", done, print)

    worker.do(lambda _progress: "first", done, print)
    assert not worker.do(lambda _progress: "too early", done, print)
    with qtbot.waitSignal(worker.freed):
        pass
    assert heard == ["first", "next", "next"]


def test_what_long_work_saves_is_heard_in_the_windows_thread(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    monkeypatch.setattr(DeskWindow, "_changed", lambda *_what: heard.append(threading.get_ident()))
    shelter = new_shelter(tmp_path / "data")
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.unlock(PASSPHRASE)
    assert driver.window.room is not None
    staff = driver.window.room.desk.staff
    driver.window.worker.do(
        lambda _progress: staff.add("Mali", OTHER_PASSPHRASE, [Role.COUNSELLOR]), print, print
    )
    driver.wait()
    assert heard
    assert set(heard) == {threading.get_ident()}


def test_nothing_is_left_at_work_after_waiting_for_all(qtbot: QtBot) -> None:
    worker, told = Worker(), list[str]()

    def work(progress: Progress) -> None:
        while True:
            progress.step(0, 1)

    worker.do(work, print, lambda fault: told.append(type(fault).__name__))
    wait_for_all()
    with qtbot.waitSignal(worker.freed):
        pass
    assert told == ["Cancelled"]
