"""One ear for keys and presses: who listened last is asked first; nobody while a page is made."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from typing_extensions import override

from shelterdesk.gui import hearing
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.hearing import Listener, unheard
from shelterdesk.gui.room import Room
from tests.drivers.window import at_the_desk


class Ear(Listener):
    """Notes what it hears, and lets it go on or not."""

    def __init__(self, said: list[str], name: str, *, keeps: bool = False) -> None:
        super().__init__()
        self._said, self._name, self._keeps = said, name, keeps

    @override
    def heard(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and event.type() is QEvent.Type.KeyPress:
            self._said.append(self._name)
            return self._keeps
        return False


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_who_listened_last_is_asked_first_and_may_keep_a_key(line: QLineEdit) -> None:
    said: list[str] = []
    first, second = Ear(said, "first"), Ear(said, "second", keeps=True)
    first.listen()
    QTest.keyClicks(line, "a")
    second.listen()
    QTest.keyClicks(line, "b")
    second.listen_no_more()
    QTest.keyClicks(line, "c")
    first.listen_no_more()
    QTest.keyClicks(line, "d")
    assert said == ["first", "second", "first"]
    assert line.text() == "acd"


def test_who_has_gone_is_not_asked(line: QLineEdit) -> None:
    said: list[str] = []
    gone, kept = Ear(said, "gone"), Ear(said, "kept")
    gone.listen()
    kept.listen()
    kept.deleteLater()
    del gone
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.keyClicks(line, "a")
    assert said == []


def test_what_is_no_press_costs_no_listener_anything(line: QLineEdit) -> None:
    heard: list[QEvent.Type] = []

    class All(Listener):
        @override
        def heard(self, watched: QObject, event: QEvent) -> bool:
            heard.append(event.type())
            return False

    ear = All()
    ear.listen()
    line.resize(300, 40)
    QCoreApplication.processEvents()
    ear.listen_no_more()
    assert set(heard) <= hearing._HEARD


def test_while_parts_are_made_the_ear_is_off_also_after_a_fault(line: QLineEdit) -> None:
    said: list[str] = []
    ear = Ear(said, "heard")
    ear.listen()
    with pytest.raises(ValueError), unheard():  # noqa: PT011, PT012 - what is raised is the test's own
        QTest.keyClicks(line, "a")
        raise ValueError
    assert said == []
    QTest.keyClicks(line, "b")
    ear.listen_no_more()
    assert said == ["heard"]


def test_a_page_is_made_unheard(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = at_the_desk(qtbot, tmp_path / "data")
    said: list[str] = []
    ear = Ear(said, "heard")

    def make(_room: Room, _record_id: str) -> QLineEdit:
        page = QLineEdit()
        QTest.keyClicks(page, "a")
        return page

    monkeypatch.setitem(PAGES, "help", make)
    place = driver.window.workplace
    assert place is not None
    ear.listen()
    place.go("help")
    assert said == []
    QTest.keyClicks(place.page, "b")
    ear.listen_no_more()
    assert said == ["heard"]
