"""Enter and Space press the button that has the keyboard, wherever it is; a double click once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.presses import Presses
from tests.drivers.window import WindowDriver

KEYS = [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space]
BUTTONS: list[Callable[[], QAbstractButton]] = [QPushButton, QToolButton, QCheckBox, QRadioButton]


def pressed(around: QWidget, made: QAbstractButton, key: Qt.Key) -> int:
    """Return how often a button of a window was pressed by one key."""
    column = around.layout() or QVBoxLayout(around)
    column.addWidget(made)
    hits: list[bool] = []
    made.clicked.connect(lambda _on=False: hits.append(True))
    around.show()
    made.setFocus()
    QTest.keyClick(made, key)
    return len(hits)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("make", BUTTONS)
def test_every_button_of_the_window_is_pressed_once(
    qtbot: QtBot, tmp_path: Path, make: Callable[[], QAbstractButton], key: Qt.Key
) -> None:
    driver = WindowDriver(qtbot, tmp_path / "data")
    assert pressed(driver.window.door.page, make(), key) == 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("make", BUTTONS)
def test_in_a_dialogue_it_is_that_button_and_not_the_main_one(
    qtbot: QtBot, make: Callable[[], QAbstractButton], key: Qt.Key
) -> None:
    asked, main = QDialog(), QPushButton("Print")
    qtbot.addWidget(asked)
    Presses(asked)
    QVBoxLayout(asked).addWidget(main)
    main.setDefault(True)
    main.clicked.connect(asked.accept)
    made = make()
    if isinstance(made, QPushButton):
        made.setAutoDefault(False)
    assert pressed(asked, made, key) == 1
    assert asked.result() == QDialog.DialogCode.Rejected


def test_in_a_line_enter_takes_the_main_button(qtbot: QtBot) -> None:
    asked, main, line = QDialog(), QPushButton("Print"), QLineEdit()
    qtbot.addWidget(asked)
    Presses(asked)
    column = QVBoxLayout(asked)
    column.addWidget(line)
    column.addWidget(main)
    main.setDefault(True)
    main.clicked.connect(asked.accept)
    asked.show()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize("make", BUTTONS)
def test_a_double_click_presses_once(
    qtbot: QtBot, make: Callable[[], QAbstractButton], *, heard: bool
) -> None:
    around, made, hits = QWidget(), make(), list[bool]()
    qtbot.addWidget(around)
    if heard:
        Presses(around)
    QVBoxLayout(around).addWidget(made)
    made.clicked.connect(lambda _on=False: hits.append(True))
    around.show()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(made, left)
    QTest.mouseDClick(made, left)
    QTest.mouseRelease(made, left)
    assert len(hits) == (1 if heard else 2)
    QTest.mouseClick(made, left)
    assert len(hits) == (2 if heard else 3)
