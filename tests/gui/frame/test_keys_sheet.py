"""F1 tells the keys of the page; Qt's own dialogs speak our language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.frame.keys_sheet import KeysSheet, keys_of
from shelterdesk.gui.frame.qt_words import _WORDS, QtWords
from shelterdesk.gui.parts.plain import DOES, button, press_by
from tests.drivers.window import WindowDriver

_SHOWN = QKeySequence.SequenceFormat.NativeText


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


def test_keys_are_read_off_the_page_each_once(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    for word, key in (("Save", "Ctrl+S"), ("Hidden", "Ctrl+H"), ("Off", "Ctrl+O")):
        made = button(word)
        press_by(made, key)
        made.setEnabled(word != "Off")
        column.addWidget(made)
        made.setVisible(word != "Hidden")
    for _twice in range(2):
        QShortcut(QKeySequence("F8"), page).setProperty(DOES, "Leave open")
    QShortcut(QKeySequence("F9"), page)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    assert set(keys_of(page)) == {("F8", "Leave open"), ("Ctrl+S", "Save")}
    assert len(list(keys_of(page))) == 2


def test_f1_shows_the_keys_of_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    driver = WindowDriver(qtbot, tmp_path / "data")
    told: list[str] = []

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, KeysSheet)
        told.extend(label.text() for label in sheet.findChildren(QLabel))
        QTest.keyClick(sheet, Qt.Key.Key_Escape)

    QTimer.singleShot(200, look)
    driver.window.keys.click()
    assert {"F1", "Keys on this page"} <= set(told)


def test_the_file_dialog_speaks_lao(qtbot: QtBot, qapp: QApplication) -> None:
    words = QtWords()
    qapp.installTranslator(words)
    try:
        use_language("lo")
        dialog = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        qtbot.addWidget(dialog)
        dialog.show()
        QCoreApplication.processEvents()
        said = [p.text() for p in dialog.findChildren(QLabel)]
        said += [p.text() for p in dialog.findChildren(QPushButton)]
    finally:
        qapp.removeTranslator(words)
    latin = [text for text in said if any("a" <= letter.lower() <= "z" for letter in text)]
    assert said
    assert latin == []


@pytest.mark.parametrize("language", ["en", "lo"])
def test_keys_are_named_whole_whatever_speaks_for_qt(
    qtbot: QtBot, qapp: QApplication, language: str
) -> None:
    words, edit = QtWords(), QPlainTextEdit()
    qtbot.addWidget(edit)
    qapp.installTranslator(words)
    try:
        use_language(language)
        named = [QKeySequence(k).toString(_SHOWN) for k in ("Ctrl+S", "Alt+1", "F12", "Del")]
        menu = edit.createStandardContextMenu()
        told = [action.text() for action in menu.actions()]
    finally:
        qapp.removeTranslator(words)
    assert named[:3] == ["Ctrl+S", "Alt+1", "F12"]
    assert all(named)
    assert any(text.endswith("\tCtrl+Z") for text in told)


def test_what_qt_says_is_said_as_qt_says_it_without_our_words() -> None:
    words = QtWords()
    assert words.translate("QFileDialog", "Nobody knows this") is None
    assert words.translate("QPlatformTheme", "Cancel") == "Not now"
    assert "%1" not in "".join(_WORDS.values())
