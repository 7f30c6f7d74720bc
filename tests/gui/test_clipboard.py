"""What is copied goes one way, is kept out of histories, and is gone after the lock."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTableWidget
from PySide6.QtWidgets import QTableWidgetItem as Item
from pytestqt.qtbot import QtBot

from shelterdesk.gui.clipboard import NOT_KEPT, OneWay, clear_clipboard, copy, is_ours, lead
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.parts.lao_text import LaoTextEdit

Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def one_way(qapp: QApplication) -> Iterator[None]:
    """Stand before Qt's own copies, as the window does."""
    before = OneWay(qapp)
    qapp.clipboard().clear()
    yield
    qapp.removeEventFilter(before)
    qapp.clipboard().dataChanged.disconnect(before._mark)
    before.deleteLater()
    qapp.clipboard().clear()


def lies_there() -> QMimeData:
    there: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if there is None else there


def is_kept_out(data: QMimeData) -> bool:
    """Tell whether everything lies there that keeps a text out of histories."""
    return is_ours(data) and all(bytes(data.data(f).data()) == c for f, c in NOT_KEPT.items())


def test_the_formats_are_those_that_windows_reads() -> None:
    windows = 'application/x-qt-windows-mime;value="{}"'
    assert NOT_KEPT[windows.format("CanIncludeInClipboardHistory")] == bytes(4)
    assert NOT_KEPT[windows.format("CanUploadToCloudClipboard")] == bytes(4)
    assert windows.format("ExcludeClipboardContentFromMonitorProcessing") in NOT_KEPT


def line(qtbot: QtBot, text: str) -> QLineEdit:
    made = QLineEdit(text)
    qtbot.addWidget(made)
    made.selectAll()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_X])
def test_a_line_is_copied_our_way(qtbot: QtBot, key: Qt.Key) -> None:
    made = line(qtbot, "ຈັນ\u200bດາ")
    QTest.keyClick(made, key, Control)
    assert lies_there().text() == "ຈັນດາ"
    assert is_kept_out(lies_there())
    assert made.text() == ("" if key is Qt.Key.Key_X else "ຈັນ\u200bດາ")
    made.undo()
    assert made.text() == "ຈັນ\u200bດາ"


def test_a_passphrase_is_never_copied(qtbot: QtBot) -> None:
    made = line(qtbot, "secret words")
    made.setEchoMode(QLineEdit.EchoMode.Password)
    QTest.keyClick(made, Qt.Key.Key_C, Control)
    assert lies_there().text() == ""


@pytest.mark.parametrize("kind", [QPlainTextEdit, LaoTextEdit])
def test_a_note_is_copied_our_way(qtbot: QtBot, kind: type[QPlainTextEdit]) -> None:
    made = kind()
    qtbot.addWidget(made)
    made.setPlainText("one\ntwo")
    made.selectAll()
    QTest.keyClick(made, Qt.Key.Key_X, Control)
    assert (lies_there().text(), made.toPlainText()) == ("one\ntwo", "")
    assert is_kept_out(lies_there())
    made.setReadOnly(True)
    QTest.keyClick(made, Qt.Key.Key_V, Control)
    assert made.toPlainText() == ""


def test_the_menu_of_an_editor_goes_the_same_way(qtbot: QtBot) -> None:
    for made in (line(qtbot, "words"), QPlainTextEdit("words")):
        qtbot.addWidget(made)
        made.selectAll()
        menu = made.createStandardContextMenu()
        lead(menu, made)
        for name, left in (("edit-copy", "words"), ("edit-cut", "")):
            QGuiApplication.clipboard().clear()
            next(action for action in menu.actions() if action.objectName() == name).trigger()
            assert lies_there().text() == "words"
            assert is_kept_out(lies_there())
            text = made.text() if isinstance(made, QLineEdit) else made.toPlainText()
            assert text == left
        menu.deleteLater()


def test_the_menu_that_opens_is_the_one_that_was_led(qtbot: QtBot) -> None:
    made = line(qtbot, "words")
    made.show()
    middle = made.rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(made, QContextMenuEvent(reason, middle, made.mapToGlobal(middle)))
    menu = made.findChild(QMenu) or QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.objectName() == "edit-copy").trigger()
    assert is_kept_out(lies_there())
    menu.close()


def test_of_a_list_only_the_code_is_copied(qtbot: QtBot) -> None:
    table = RecordTable(("Code", "Name"), "rows", "Rows")
    qtbot.addWidget(table)
    table.set_rows([("1", ("DEMO-0001", "Chanda")), ("2", ("DEMO-0002", "Noy"))])
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Control)
    assert "Chanda" not in lies_there().text()
    assert "DEMO-000" in lies_there().text()
    assert is_kept_out(lies_there())


def test_another_list_copies_no_name_either(qtbot: QtBot) -> None:
    table = QTableWidget(1, 2)
    qtbot.addWidget(table)
    table.setItem(0, 0, Item("DEMO-0001"))
    table.setItem(0, 1, Item("Chanda"))
    table.setCurrentCell(0, 1)
    QTest.keyClick(table, Qt.Key.Key_C, Control)
    assert lies_there().text() == "DEMO-0001"
    assert is_kept_out(lies_there())


def test_what_qt_puts_there_by_itself_is_kept_out_afterwards(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    made = line(qtbot, "words")
    made.copy()
    qtbot.waitUntil(lambda: is_kept_out(lies_there()))
    assert lies_there().text() == "words"


def test_what_is_ours_is_taken_away(qapp: QApplication) -> None:
    copy("ours")
    assert qapp.clipboard().text() == "ours"
    clear_clipboard()
    assert qapp.clipboard().text() == ""


def test_what_somebody_else_has_put_there_stays(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = QMimeData()
    theirs.setText("theirs")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: False)
    qapp.clipboard().setMimeData(theirs)
    clear_clipboard()
    assert qapp.clipboard().text() == "theirs"


COPIES_AND_ENDS = """
import gc
from PySide6.QtWidgets import QApplication
from shelterdesk.gui import clipboard
application = QApplication(["ends", "-platform", "offscreen"])
if {ours}:
    clipboard.copy("SD-0001")
else:
    clipboard.QGuiApplication.clipboard().setMimeData(clipboard.marked("SD-0001"))
if {how!r} == "before":
    del application
    gc.collect()
elif {how!r} == "shut":
    application.shutdown()
"""


@pytest.mark.parametrize("how", ["with Python", "before", "shut"])
@pytest.mark.parametrize("ours", [True, False])
def test_a_process_that_ends_with_a_code_copied_ends_well(how: str, *, ours: bool) -> None:
    """Qt keeps the clipboard longer than the application and than Python.

    However the application goes: what lies there then would ask a dead Python.
    """
    ended = subprocess.run(
        [sys.executable, "-c", COPIES_AND_ENDS.format(ours=ours, how=how)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode == 0) is ours, ended.stderr
