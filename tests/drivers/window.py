"""Drives the real window: what is typed, clicked and read."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.window import DeskWindow
from shelterdesk.services.desk import DataFolder

PATIENCE = 30_000
"""Milliseconds to wait for long work before the test is given up."""


class WindowDriver:
    """One open window; every method is something that a person can do or see."""

    def __init__(self, qtbot: QtBot, data: Path) -> None:
        self._bot: Any = qtbot  # its keys and mouse come without types
        self.place = DataFolder(data).open()
        self.window = DeskWindow(self.place)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.place.close())
        self.window.resize(1366, 768)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def part(self, kind: type[QWidget], name: str) -> QWidget:
        """Return the visible widget of this name."""
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        assert found, f"nobody can see {name}"
        return found[0]

    def type_into(self, name: str, text: str) -> None:
        """Clear a field and type into it."""
        field = self.part(QWidget, name)
        if isinstance(field, QPlainTextEdit):
            field.clear()
        self._bot.mouseClick(field, Qt.MouseButton.LeftButton)
        self._bot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._bot.keyClicks(field, text)

    def click(self, name: str) -> None:
        """Click a button and wait until the work it starts is over."""
        self._bot.mouseClick(self.part(QPushButton, name), Qt.MouseButton.LeftButton)
        self.wait()

    def wait(self) -> None:
        """Wait until nothing is being worked on."""
        self._bot.waitUntil(lambda: self.window._task is None, timeout=PATIENCE)

    def press_enter(self, name: str) -> None:
        """Press Enter in a field and wait."""
        self._bot.keyClick(self.part(QWidget, name), Qt.Key.Key_Return)
        self.wait()

    def speak(self, language: str) -> None:
        """Choose the language at the foot of the window."""
        box = self.part(QComboBox, "language")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(language))

    def can_see(self, name: str) -> bool:
        """Tell whether a widget of this name is on the screen."""
        return any(w.isVisible() for w in self.window.findChildren(QWidget, name))

    def text(self) -> str:
        """Return everything that labels and buttons show, without invisible break marks."""
        labels = [w.text() for w in self.window.findChildren(QLabel) if w.isVisible()]
        buttons = [w.text() for w in self.window.findChildren(QPushButton) if w.isVisible()]
        return "\n".join(labels + buttons).replace("&&", "&")

    def title(self) -> str:
        """Return the title of the page."""
        label = self.part(QLabel, "title")
        assert isinstance(label, QLabel)
        return label.text()
