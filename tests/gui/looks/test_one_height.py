"""One height for all controls of a form: lines, choices, days, buttons to answer with."""

from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.style import SIZES, dress
from shelterdesk.gui.parts.style.measures import CONTROL, LIST_ROW, grown
from shelterdesk.records.base import Record
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

_SMALL: Final = ("small", "row", "place", "place_close", "step")
"""Looks of buttons that are no control of a form: in a line of a list, in the navigation."""


def other_heights(around: QWidget) -> set[str]:
    """Return the controls that are seen and not as high as a control is."""
    controls: list[QWidget] = []
    for kind in (QLineEdit, QComboBox, QPushButton, QToolButton):
        controls += around.findChildren(kind)
    return {
        f"{type(one).__name__} {one.objectName()}: {one.height()}"
        for one in controls
        if one.isVisible() and _is_control(one) and one.height() != grown(CONTROL)
    }


def _is_control(one: QWidget) -> bool:
    inside = isinstance(one.parentWidget(), QComboBox)
    of_qt = one.objectName().startswith("qt_") or isinstance(one.parentWidget(), QTabBar)
    is_link = one.property("link") or one.objectName() == "link"
    return not (inside or of_qt or is_link or one.property("look") in _SMALL)


@pytest.mark.parametrize("language", ["en", "lo"])
@pytest.mark.parametrize("percent", SIZES)
def test_the_controls_of_every_kind_are_of_one_height(
    qtbot: QtBot, qapp: QApplication, percent: int, language: str
) -> None:
    dress(qapp, percent)
    use_language(language)
    around = QWidget()
    column = QVBoxLayout(around)
    qtbot.addWidget(around)
    for kind in Record.kinds:
        form = RecordForm(kind, list(kind.fields()))
        form.load(None)
        column.addWidget(form)
    around.resize(900, 900)
    around.show()
    QCoreApplication.processEvents()
    assert other_heights(around) == set()
    box = around.findChildren(CalmCombo)[0]
    box.setFocus()
    QCoreApplication.processEvents()
    assert other_heights(around) == set()


def test_the_rows_of_every_list_to_choose_from_are_of_one_height(
    qtbot: QtBot, qapp: QApplication
) -> None:
    dress(qapp)
    found = {}
    for kind in Record.kinds:
        form = RecordForm(kind, list(kind.fields()))
        qtbot.addWidget(form)
        form.load(None)
        form.show()
        for box in form.findChildren(CalmCombo):
            searched = box.completer()
            listed: Any = searched.popup() if searched else box.view()
            if box.count() > 1:
                box.showPopup()
                QCoreApplication.processEvents()
                found[f"{kind.__name__}.{box.objectName()}"] = listed.sizeHintForRow(1)
                listed.hide()
        form.hide()
    assert set(found.values()) == {LIST_ROW}, found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), [("Noy", "en"), ("Dao", "lo")])
def test_the_controls_of_every_page_are_of_one_height(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], name: str, language: str
) -> None:
    root, ids = house
    dress(qapp)
    window: Any = at_the_desk(qtbot, root, name).window
    window.idle.end()
    window.speak(language)
    found: dict[str, set[str]] = {}
    for page, record_id in visits(ids):
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            QCoreApplication.processEvents()
            if wrong := other_heights(window.workplace.page):
                found[f"{page} {part}"] = wrong
    window.close()
    assert not found, "\n".join(f"{where}: {sorted(what)}" for where, what in found.items())
