"""One ear for keys and presses: who listened last is asked first; nobody while a page is made."""

import ast
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from typing_extensions import override

from shelterdesk.gui import hearing
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.hearing import Listener, unheard
from shelterdesk.gui.room import Room
from tests.drivers.window import WindowDriver, at_the_desk
from tests.factories import PASSPHRASE
from tests.gui.every_page import full_house, parts_of, visits

SOURCE: Final = Path(hearing.__file__).parent
_ASKS: Final = (
    *(".exec", ".getOpenFileName", ".getSaveFileName", ".getExistingDirectory"),
    *(".getText", ".getItem", ".getInt", ".question", ".warning", ".information", ".critical"),
)


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


def test_a_question_is_heard_whatever_is_being_made_when_it_is_asked(line: QLineEdit) -> None:
    said: list[str] = []
    ear = Ear(said, "heard")
    ear.listen()
    question = QDialog()

    def answer() -> None:
        with unheard():  # a page is read anew behind the question
            QTest.keyClicks(line, "a")
        QTest.keyClicks(line, "b")
        question.accept()

    QTimer.singleShot(0, answer)
    with unheard():
        with unheard():
            QTest.keyClicks(line, "c")
        assert hearing.ask(question)
        QTest.keyClicks(line, "d")
    QTest.keyClicks(line, "e")
    ear.listen_no_more()
    assert line.text() == "cabde"
    assert said == ["heard", "heard"]  # b and e


def test_every_question_of_the_window_is_opened_where_it_is_heard() -> None:
    """`exec` and the choices of a file stand inside `ask` and `heard`, and nowhere else."""
    unheard_of = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(call)
            for block in ast.walk(tree)
            if isinstance(block, ast.With) and "heard()" in map(ast.unparse, block.items)
            for call in ast.walk(block)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and id(call) not in inside:
                what = ast.unparse(call.func)
                asks = what.endswith(_ASKS) and what != "application.exec"
                unheard_of += [f"{path.name}: {what}"] if asks else []
    assert unheard_of == []


@pytest.mark.slow
def test_no_page_asks_anything_while_it_is_made_or_read_anew(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = full_house(tmp_path / "data", [lambda: "text"])
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.unlock(PASSPHRASE)
    asked: list[str] = []
    place: Any = driver.window.workplace

    def note(question: QDialog) -> int:
        asked.append(f"{place.where} {type(question).__name__}")
        return 0

    monkeypatch.setattr(QDialog, "exec", note)
    opened = 0
    for page, record_id in visits(ids):
        place.go(page, record_id)
        for _part in parts_of(place):
            place.read_anew()
        opened += place.where == (page, record_id)
    assert asked == []
    assert opened > 20
