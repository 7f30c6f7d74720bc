"""What an attacker, or a slip of the keys, may put into a record is shown letter by letter.

Qt takes text for markup when it looks like it, and opens the files that such markup names. Here
forty such texts go through everything that shows data.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.lao.breaks import plain
from shelterdesk.gui.forms.editors import editor_for
from shelterdesk.gui.forms.editors.written import NoteEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.parts.delegates import PlainDelegate
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.records.people.person import Person
from tests.payloads import PAYLOADS, planted_in

EVERY = pytest.mark.parametrize("planted", PAYLOADS)


@pytest.fixture
def payload(planted: str, tmp_path: Path) -> str:
    """The planted text, with the path of a picture that really is there."""
    picture = QImage(300, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("magenta"))
    file = tmp_path / "planted.png"
    assert picture.save(str(file))
    return planted_in(planted, file)


def painted_nothing_planted(widget: QWidget) -> bool:
    """Tell whether the planted picture is missing from what the widget looks like."""
    widget.resize(700, max(120, widget.sizeHint().height()))
    widget.show()
    QApplication.processEvents()
    seen = widget.grab().toImage()
    magenta = QColor("magenta").rgb()
    places = ((x, y) for x in range(0, seen.width(), 4) for y in range(0, seen.height(), 4))
    return all(seen.pixel(x, y) != magenta for x, y in places)


def test_there_are_forty_and_a_label_of_qts_own_would_fall_for_them(
    qtbot: QtBot, tmp_path: Path
) -> None:
    assert len(set(PAYLOADS)) == 40
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("magenta"))
    picture.save(str(tmp_path / "planted.png"))
    trusting = QLabel(f"<img src='{tmp_path / 'planted.png'}'>")
    qtbot.addWidget(trusting)
    assert not painted_nothing_planted(trusting)


@EVERY
def test_a_label_shows_every_letter(qtbot: QtBot, payload: str) -> None:
    for wraps in (True, False):
        label = plain_label(payload, wraps=wraps)
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == payload
        assert plain(QLabel.text(label)) == payload
        assert label.accessibleName() == payload
        assert label.toolTip() == ""
        assert painted_nothing_planted(label)


@EVERY
def test_a_button_shows_every_letter_and_makes_no_shortcut(qtbot: QtBot, payload: str) -> None:
    made = button(payload)
    qtbot.addWidget(made)
    assert made.text().replace("&&", "&") == payload
    assert made.accessibleName() == payload
    assert made.shortcut().isEmpty()


@EVERY
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NOTE])
def test_an_editor_shows_every_letter_and_gives_it_back(
    qtbot: QtBot, payload: str, kind: Kind
) -> None:
    editor = editor_for("a", Field(kind, payload))
    qtbot.addWidget(editor)
    editor.set_value(payload)
    editor.set_problem(payload)
    assert editor.raw() == payload
    if isinstance(editor, NoteEditor):
        assert plain(editor.text.document().toRawText()) == payload
    assert editor.shown_problem() == payload
    assert editor.label.text() == payload.replace("&", "&&")
    assert editor.label.textFormat() is Qt.TextFormat.PlainText
    assert editor.inner.accessibleName() == payload
    assert painted_nothing_planted(editor)


@EVERY
def test_a_box_to_choose_from_shows_every_letter(qtbot: QtBot, payload: str) -> None:
    editor = editor_for("a", Field(Kind.LINK, "Label"), lambda: [("ab12", payload)])
    qtbot.addWidget(editor)
    editor.set_value("ab12")
    box = editor.inner
    assert isinstance(box, QComboBox)
    assert box.currentText() == payload
    assert painted_nothing_planted(editor)


@EVERY
@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.CHOICES])
def test_a_code_from_elsewhere_is_shown_letter_by_letter(
    qtbot: QtBot, payload: str, kind: Kind
) -> None:
    editor = editor_for("a", Field(kind, "Label", codes="gender"))
    qtbot.addWidget(editor)
    editor.set_value(payload if kind is Kind.CHOICE else (payload,))
    assert editor.value() == (payload if kind is Kind.CHOICE else (payload,))
    assert painted_nothing_planted(editor)


@EVERY
def test_a_table_shows_every_letter_in_its_cells_and_headings(qtbot: QtBot, payload: str) -> None:
    table = RecordTable(["Code", payload])
    qtbot.addWidget(table)
    table.set_rows([("a", ("SD-0001", payload))])
    table.set_empty_text(payload)
    index = table.records.index(0, 1)
    roles = Qt.ItemDataRole
    assert index.data() == payload
    assert index.data(roles.AccessibleTextRole) == payload
    assert index.data(roles.ToolTipRole) is None
    assert table._empty.text() == payload
    assert painted_nothing_planted(table)


@EVERY
def test_a_form_full_of_it_shows_every_letter(qtbot: QtBot, payload: str) -> None:
    form = RecordForm(Person)
    qtbot.addWidget(form)
    form.load(Person(kind=payload, given_name=payload, access_needs=payload, gender=payload))
    form.show_problems({"given_name": payload})
    assert form.values()["access_needs"] == payload
    for label in form.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.toolTip() == ""
    assert all(w.toolTip() == "" for w in form.findChildren(QAbstractButton))
    assert painted_nothing_planted(form)


def test_line_ends_in_a_cell_stay_in_one_line(qtbot: QtBot) -> None:
    table = RecordTable(["Name"])
    qtbot.addWidget(table)
    table.set_rows([("a", ("one\ntwo\u2028three",))])
    delegate = table.itemDelegate()
    assert isinstance(delegate, PlainDelegate)
    shown = delegate.displayText(table.records.index(0, 0).data(), table.locale())
    assert shown == "one¶two¶three"
