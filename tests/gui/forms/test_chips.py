"""One of several stays pressed: by hand, by key, and when other ones are offered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.chips import Chips


def test_one_is_pressed_at_a_time_and_stays_while_others_come(qtbot: QtBot) -> None:
    told: list[str] = []
    chips = Chips("kind-", {"a": "A", "b": "B"})
    qtbot.addWidget(chips)
    chips.pressed.connect(told.append)
    chips.show()
    assert chips.chosen() == ""
    chips.choose("a")
    chips.buttons["b"].click()
    chips.buttons["b"].click()
    assert (chips.chosen(), told) == ("b", ["b", "b"])
    chips.offer({"b": "B (2)", "c": "C"})
    assert (chips.chosen(), chips.buttons["b"].text()) == ("b", "B (2)")
    chips.resize(400, 40)
    QApplication.processEvents()
    chips.buttons["b"].setFocus()
    QTest.keyClick(chips.buttons["b"], Qt.Key.Key_Right)
    assert chips.chosen() == "c"
    assert told[-1] == "c"


def test_they_go_on_in_the_next_line_where_there_is_no_room(qtbot: QtBot) -> None:
    chips = Chips("kind-", {str(n): "A kind of record" for n in range(6)})
    qtbot.addWidget(chips)
    assert chips.heightForWidth(200) > 2 * chips.heightForWidth(2000)
