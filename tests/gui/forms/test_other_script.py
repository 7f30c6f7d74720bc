"""A name in the other script than its field is for is said there, and put where it belongs."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.scripts import LATIN
from shelterdesk.gui.forms.other_script import OtherScript, is_latin
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.records.base import Record
from shelterdesk.records.people.person import Person

pytestmark = pytest.mark.usefixtures("in_english")

PAIRS = [
    (kind, name)
    for kind in Record.kinds
    for name in kind.fields()
    if f"{name}{LATIN}" in kind.fields()
]


def form_of(qtbot: QtBot, kind: type[Record], record: Record | None = None) -> RecordForm:
    form = RecordForm(kind, list(kind.fields()))
    qtbot.addWidget(form)
    form.load(record)
    form.show()
    return form


def said(form: RecordForm) -> list[str]:
    """Return the fields below which it is said that something stands in the wrong one."""
    return [
        name
        for name, cell in form.cells.items()
        for line in cell.findChildren(OtherScript)
        if line.isVisible()
    ]


@pytest.mark.parametrize(("kind", "name"), PAIRS, ids=str)
def test_it_is_said_and_offered_in_every_kind_and_the_text_changes_its_place(
    qtbot: QtBot, kind: type[Record], name: str
) -> None:
    form, twin = form_of(qtbot, kind), f"{name}{LATIN}"
    form.editor(twin).set_raw("ນ້ອຍ")
    assert said(form) == [twin]
    assert form.problems().keys().isdisjoint({name, twin})
    put = form.cells[twin].findChild(QPushButton, f"{twin}-to-its-script")
    assert put is not None
    QTest.mouseClick(put, Qt.MouseButton.LeftButton)
    assert (form.editor(name).raw(), form.editor(twin).raw()) == ("ນ້ອຍ", "")
    assert said(form) == []
    assert form.focusWidget() is form.editor(name).inner
    form.editor(name).set_raw("Noy")
    assert said(form) == [name]


def test_two_that_are_each_in_the_place_of_the_other_change_places(qtbot: QtBot) -> None:
    form = form_of(qtbot, Person)
    form.editor("given_name").set_raw("Noy")
    form.editor("given_name_latin").set_raw("ນ້ອຍ")
    assert said(form) == ["given_name", "given_name_latin"]
    put = form.cells["given_name"].findChild(QPushButton, "given_name-to-its-script")
    assert put is not None
    put.click()
    QCoreApplication.processEvents()
    assert form.editor("given_name").raw() == "ນ້ອຍ"
    assert form.editor("given_name_latin").raw() == "Noy"
    assert said(form) == []


def test_what_stands_rightly_in_the_other_field_is_never_put_away(qtbot: QtBot) -> None:
    form = form_of(qtbot, Person)
    form.editor("given_name_latin").set_raw("Noy")
    form.editor("given_name").set_raw("Nguyen")
    put = form.cells["given_name"].findChild(QPushButton, "given_name-to-its-script")
    assert said(form) == ["given_name"]
    assert put is not None
    assert put.isHidden()


def test_what_is_saved_in_one_script_only_is_let_be(qtbot: QtBot) -> None:
    assert said(form_of(qtbot, Person, Person(kind="survivor", given_name="Nguyen"))) == []


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Noy", True),
        ("ນ້ອຍ", False),
        ("Nguyễn", True),
        ("น้อย", False),
        ("", None),
        ("ນ້ອຍ Noy", None),
        ("12", None),
        ("李", False),
    ],
)
def test_letters_are_told_apart(text: str, latin: bool | None) -> None:
    assert is_latin(text) is latin
