"""In the intake the keyboard is where the eye is, and never in the code of the case by itself."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.parts.style import dress
from tests.drivers.window import WindowDriver, at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")

_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(params=["en", "lo"])
def driver(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest
) -> WindowDriver:
    """The window on the screen of a small laptop, opened by the director."""
    dress(qapp)
    made = at_the_desk(qtbot, tmp_path / "data")
    use_language(request.param)
    made.window.resize(1366, 740)
    return made


def settled(qtbot: QtBot) -> Any:
    """Return where the keyboard is when all is laid out."""
    qtbot.wait(150)
    return QApplication.focusWidget()


def test_the_keyboard_is_never_in_her_code_by_itself(qtbot: QtBot, driver: WindowDriver) -> None:
    place = driver.window.workplace
    assert place is not None
    place.go("admission")
    driver.press(Qt.Key.Key_5, _ALT)
    assert settled(qtbot).objectName() != "code"
    driver.press(Qt.Key.Key_6, _ALT)  # nothing can be decided before she is saved
    assert settled(qtbot).objectName() == "step-decisions"
    driver.window.close()


def test_somebody_new_is_seen_from_the_first_field_and_saved_where_she_was(
    qtbot: QtBot, driver: WindowDriver
) -> None:
    place: Any = driver.window.workplace
    case = place.room.desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "ນ້ອຍ"}})
    place.go("admission", case.id)
    driver.press(Qt.Key.Key_5, _ALT)
    settled(qtbot)
    driver.click("add-relation")
    name = driver.part(QLineEdit, "given_name")  # what kind of person it is stands there already
    assert settled(qtbot) is name
    assert name.visibleRegion().boundingRect() == name.rect()
    name = driver.part(QLineEdit, "given_name")
    name.setFocus()
    QTest.keyClicks(name, "Kham")
    place.page.save()
    assert settled(qtbot).objectName() == "change-relation"
    driver.window.close()
