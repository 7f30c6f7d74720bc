"""A box in a narrow place: opened it shows every choice whole, closed it tells its own."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.parts.lines import ChoiceBox

LONG = "Demo Counsellor who has a long name & <b>another</b>"


def narrow(qtbot: QtBot, kind: type[ChoiceBox]) -> ChoiceBox:
    box = kind()
    qtbot.addWidget(box)
    box.addItems(["Noy", LONG])
    box.setFixedWidth(90)
    box.show()
    return box


@pytest.mark.parametrize("kind", [ChoiceBox, CalmCombo])
def test_the_opened_list_has_room_for_the_longest_choice(
    qtbot: QtBot, kind: type[ChoiceBox]
) -> None:
    box = narrow(qtbot, kind)
    box.showPopup()
    room = box.view().viewport().width()
    box.hidePopup()
    assert box.fontMetrics().horizontalAdvance(LONG) < room


def test_what_is_cut_is_told_whole_and_is_never_markup(qtbot: QtBot) -> None:
    said: list[str] = []
    box = narrow(qtbot, ChoiceBox)
    for number in (0, 1):
        box.setCurrentIndex(number)
        asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
        QApplication.sendEvent(box, asked)
        said.append(box.toolTip())
    assert said == ["", LONG.replace("<", "").replace(">", "")]
