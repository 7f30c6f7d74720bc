"""One sign for nothing: where nothing is chosen, on every page, stands the same."""

from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.records.base import Record
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")

_AN_ACT: Final = ("hand-over", "paper_place")
"""Boxes whose first line says what choosing does, or is a choice as any other."""


def shown_for_nothing(box: QComboBox) -> set[str]:
    """Return what a box shows for nothing: in its list, and closed where nothing is chosen."""
    if not box.count() or box.itemData(0) not in ("", None) or box.objectName() in _AN_ACT:
        return set()
    line = box.lineEdit()
    if line is None:
        return {box.itemText(0)}
    searched = box.completer()
    listed: Any = searched.popup() if searched else box.view()
    told = listed.itemDelegate().displayText(box.itemText(0), box.locale())
    return {told, line.placeholderText()}


def signs_on(around: QWidget) -> dict[str, set[str]]:
    """Return the boxes and lists of choices that show another sign than the one."""
    found = {box.objectName(): shown_for_nothing(box) for box in around.findChildren(QComboBox)}
    for words in around.findChildren(QLabel, "chosen"):
        if words.property("empty"):
            found[words.accessibleName()] = {words.text()}
    return {name: signs for name, signs in found.items() if signs - {NOTHING}}


@pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.__name__)
def test_nothing_has_one_sign_in_the_form_of_every_kind(qtbot: QtBot, kind: type[Record]) -> None:
    form = RecordForm(kind, list(kind.fields()))
    qtbot.addWidget(form)
    form.load(None)
    form.show()
    QCoreApplication.processEvents()
    assert signs_on(form) == {}
    for box in form.findChildren(CalmCombo):
        line = box.lineEdit()
        if line is not None and box.itemData(0) == "":
            assert (line.text(), line.displayText()) == ("", "")


@pytest.mark.slow
def test_nothing_has_one_sign_on_every_page(qtbot: QtBot, tmp_path: Path) -> None:
    ids: Ids = full_house(tmp_path / "data", [lambda: "Champa"], roles=tuple(Role))
    window: Any = at_the_desk(qtbot, tmp_path / "data", "Dao").window
    window.idle.end()
    found: dict[str, dict[str, set[str]]] = {}
    for page, record_id in visits(ids):
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            if wrong := signs_on(window.workplace.page):
                found[f"{page} {part}"] = wrong
    window.close()
    assert found == {}
