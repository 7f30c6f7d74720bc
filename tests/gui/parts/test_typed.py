"""What is typed is kept by standing on the page; Ctrl+S saves the innermost form."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.drafting import Drafting
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.plain import button, press_by
from shelterdesk.gui.parts.typed import keepers, restore_to, typed_on
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk

pytestmark = pytest.mark.usefixtures("in_english")


def page_with(qtbot: QtBot, *parts: QWidget) -> QWidget:
    """Return a page that knows nothing of what is typed on it."""
    page = QWidget()
    around = QVBoxLayout(page)
    for part in parts:
        deep = QWidget()
        QVBoxLayout(deep).addWidget(part)
        around.addWidget(deep)
    qtbot.addWidget(page)
    return page


def test_a_form_takes_part_by_standing_on_a_page(qtbot: QtBot, desk: Desk) -> None:
    form = RecordForm(Organisation, ("name", "phone"))
    page = page_with(qtbot, form, RecordForm(Stay, ("bed",)))
    drafting = Drafting(desk)
    drafting.follow(page, "somewhere")
    form.editor("phone").set_raw("021 1")
    drafting.end()
    (kept,) = desk.drafts.mine()
    again = RecordForm(Organisation, ("name", "phone"))
    other = page_with(qtbot, again)
    restore_to(other, kept.values)
    assert again.editor("phone").raw() == "021 1"


def test_what_was_taken_off_the_page_has_no_part_in_it_any_more(qtbot: QtBot) -> None:
    form = RecordForm(Organisation, ("name",))
    page = page_with(qtbot, form)
    form.editor("name").set_raw("Clinic")
    assert typed_on(page)["organisation.name"] == "Clinic"
    around = page.layout()
    assert around is not None
    emptied(around)
    assert list(keepers(page)) == []
    QCoreApplication.processEvents()
    assert typed_on(page) == {}


def test_the_innermost_form_has_the_key_and_the_page_has_it_elsewhere(
    qtbot: QtBot, desk: Desk
) -> None:
    kept: list[str] = []
    form = RecordForm(Organisation, ("name",))
    inner = RecordEditor(desk, form, lambda values: kept.append(values["name"]))
    other, outer = button("elsewhere"), button("Save")
    page = page_with(qtbot, inner, other, outer)
    outer.clicked.connect(lambda: kept.append("page"))
    press_by(outer, "Ctrl+S")
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    form.editor("name").set_raw("Clinic")
    for _twice in range(2):
        form.go_to("name")
        qtbot.waitUntil(form.editor("name").inner.hasFocus)
        qtbot.keyClick(form.editor("name").inner, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    assert kept == ["Clinic", "Clinic"]
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    assert kept[2:] == ["page"]
    inner.leave_saving()
    form.go_to("name")
    qtbot.keyClick(form.editor("name").inner, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    assert kept[3:] == ["page"]
