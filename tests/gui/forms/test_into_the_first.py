"""The keyboard goes into the first question of a part, also where it is answered by buttons."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.fields import Kind
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.case.admission import AdmissionPage
from shelterdesk.gui.parts.scrolled import go_into
from shelterdesk.records.base import Record
from shelterdesk.services.desk import Desk

pytestmark = pytest.mark.usefixtures("in_english")


def question_of(form: RecordForm, one: QWidget | None) -> str:
    """Return the question in which the keyboard is; "" for none."""
    found = (name for name, cell in form.cells.items() if one and cell.isAncestorOf(one))
    return next(found, "")


@pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.__name__)
def test_the_keyboard_goes_into_the_first_question_of_every_kind(
    qtbot: QtBot, kind: type[Record]
) -> None:
    every = [n for n, declared in kind.fields().items() if declared.kind is not Kind.FILE]
    for first in every:
        form = RecordForm(kind, [first, *(name for name in every if name != first)])
        qtbot.addWidget(form)
        form.load(None)
        form.resize(500, 2000)
        form.show()
        QCoreApplication.processEvents()
        assert go_into(form)
        assert question_of(form, form.focusWidget()) == form.names[0]
        form.hide()
        form.deleteLater()


def test_a_key_of_a_step_leads_into_its_first_question(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Saeng"}})
    page = AdmissionPage(desk, case.id)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    found = {}
    for place, name in enumerate(page._names):
        page._go_to_step(place)
        qtbot.wait(50)
        forms = [form for step, _which, form in page._forms if step == name]
        if forms:
            found[name] = (question_of(forms[0], page.focusWidget()), forms[0].names[0])
    assert found
    assert all(here == first for here, first in found.values()), found
