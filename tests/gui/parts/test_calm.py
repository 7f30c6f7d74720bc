"""What changes nothing by itself: the wheel over a choice, Tab through a moment, Esc in a form."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.lines import ChoiceBox
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.task import Task
from shelterdesk.services.desk import Desk


def wheel(over: ChoiceBox) -> None:
    """Turn the wheel by one notch over the middle of a box."""
    middle = QPointF(over.rect().center())
    QApplication.sendEvent(
        over,
        QWheelEvent(
            middle, over.mapToGlobal(middle), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


@pytest.mark.parametrize("kind", [ChoiceBox, CalmCombo])
def test_the_wheel_never_changes_a_choice(qtbot: QtBot, kind: type[ChoiceBox]) -> None:
    box = kind()
    qtbot.addWidget(box)
    box.addItems(["Parent", "Legal guardian", "Authority"])
    box.show()
    box.setFocus()
    wheel(box)
    assert box.currentText() == "Parent"


def test_a_blank_behind_a_moment_is_not_a_press_on_now(qtbot: QtBot) -> None:
    form = RecordForm(HealthVisit)
    qtbot.addWidget(form)
    form.show()
    at: Any = form.editor("at")
    at.set_raw("29/11/2026 | 23:50")
    form.activateWindow()
    at.now.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(at.now.hasFocus)
    QTest.keyClick(at.now, Qt.Key.Key_Space)
    assert at.raw() == "29/11/2026 | 23:50"
    at.set_raw("")
    QTest.keyClick(at.now, Qt.Key.Key_Space)
    assert at.raw() != ""
    at.set_raw("29/11/2026 | 23:50")
    at.line.setFocus()
    QTest.mouseClick(at.now, Qt.MouseButton.LeftButton)
    assert at.raw() != "29/11/2026 | 23:50"


@pytest.mark.parametrize("typed", ["", "buy shoes"])
def test_esc_closes_an_empty_form_and_leaves_a_typed_one(
    qtbot: QtBot, desk: Desk, typed: str
) -> None:
    form = RecordForm(Task, ["title_text"])
    editor = RecordEditor(desk, form, lambda _values: None, may_leave=True)
    qtbot.addWidget(editor)
    editor.show()
    form.editor("title_text").set_raw(typed)
    left: list[bool] = []
    editor.given_up.connect(lambda: left.append(True))
    QTest.keyClick(form.editor("title_text").inner, Qt.Key.Key_Escape)
    assert left == ([] if typed else [True])
