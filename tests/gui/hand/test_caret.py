"""The next letter goes where the last one went: after a save, another language, and the lock."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.fields import Field, Kind
from shelterdesk.gui.forms.editors import Editor, editor_for
from shelterdesk.gui.parts.lao_text import LaoTextEdit
from shelterdesk.gui.parts.written_line import WrittenLine
from tests.drivers.window import WindowDriver, at_the_desk
from tests.factories import PASSPHRASE

pytestmark = pytest.mark.usefixtures("in_english")

LAO = "ນາງບອກວ່າຢາກກັບບ້ານ"
FACE = "\U0001f642 "


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    return at_the_desk(qtbot, tmp_path / "data")


@pytest.fixture
def page(driver: WindowDriver) -> Any:
    driver.window.workplace.go("admission")  # type: ignore[union-attr]
    return driver.window.workplace.page  # type: ignore[union-attr]


def caret(part: QWidget) -> int:
    if isinstance(part, LaoTextEdit):
        return part.caret()
    assert isinstance(part, QLineEdit)
    return part.cursorPosition()


def put(part: QWidget, place: int) -> None:
    assert isinstance(part, LaoTextEdit | QLineEdit)
    part.set_caret(place) if isinstance(part, LaoTextEdit) else part.setCursorPosition(place)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NOTE, Kind.NUMBER, Kind.DATE, Kind.MONEY])
def test_a_value_that_is_shown_again_moves_no_caret(qtbot: QtBot, kind: Kind) -> None:
    made: Editor = editor_for("it", Field(kind, "It"))
    qtbot.addWidget(made)
    made.set_raw({Kind.NUMBER: "123", Kind.DATE: "4/11/2026", Kind.MONEY: "LAK 123"}.get(kind, LAO))
    made.set_value(made.value())
    typed = made.findChildren(QLineEdit) + made.findChildren(QPlainTextEdit)
    put(typed[0], 2)
    made.set_value(made.value())
    assert caret(typed[0]) == 2


@pytest.mark.parametrize("text", [LAO, FACE + LAO, f"{LAO}\n{LAO}", "plain"])
def test_a_caret_is_counted_in_letters_and_comes_back_to_them(qtbot: QtBot, text: str) -> None:
    made = LaoTextEdit()
    qtbot.addWidget(made)
    made.set_text(text)
    for place in range(len(text) + 1):
        made.set_caret(place)
        assert made.caret() == place


def test_a_line_whose_text_is_another_one_is_read_from_its_beginning(qtbot: QtBot) -> None:
    made = editor_for("it", Field(Kind.TEXT, "It"))
    qtbot.addWidget(made)
    made.set_raw("first")
    made.set_raw("second")
    assert made.findChild(WrittenLine).cursorPosition() == 0  # type: ignore[union-attr]


def test_after_a_save_the_next_letter_follows_the_last(driver: WindowDriver, page: Any) -> None:
    page.show_step(4)
    driver.type_into("guardian_question", "Her mother")
    here = driver.window.focusWidget()
    driver.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(here, ", she says")
    assert isinstance(here, LaoTextEdit)
    assert here.text() == "Her mother, she says"


@pytest.mark.parametrize("name", ["guardian_question", "alias"])
def test_in_another_language_one_goes_on_writing(
    driver: WindowDriver, page: Any, name: str, qtbot: QtBot
) -> None:
    page.show_step(4)
    driver.type_into(name, "Mali and")
    driver.speak("lo")
    qtbot.waitUntil(lambda: driver.window.focusWidget().objectName() == name)
    qtbot.wait(20)
    QTest.keyClicks(driver.window.focusWidget(), " Noy")
    part = driver.part(QWidget, name)
    text = part.text() if isinstance(part, LaoTextEdit | QLineEdit) else ""
    assert text == "Mali and Noy"


def test_after_the_lock_one_goes_on_writing(driver: WindowDriver, page: Any, qtbot: QtBot) -> None:
    page.show_step(4)
    driver.type_into("guardian_question", "Mali and")
    driver.press(Qt.Key.Key_F12)
    driver.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: driver.window.focusWidget().objectName() == "guardian_question")
    qtbot.wait(20)
    QTest.keyClicks(driver.window.focusWidget(), " Noy")
    here = driver.part(LaoTextEdit, "guardian_question")
    assert isinstance(here, LaoTextEdit)
    assert here.text() == "Mali and Noy"
