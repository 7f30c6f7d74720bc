"""Somebody sits down at the real window: she unlocks it, types in her own script, and locks it."""

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QListWidget, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.drivers.pages import type_letters
from tests.drivers.window import WindowDriver

W = TypeVar("W", bound=QWidget)


class Seat(WindowDriver):
    """The chair before the window; every method is something that whoever sits there does."""

    def __init__(self, qtbot: QtBot, data: Path) -> None:
        super().__init__(qtbot, data)
        self.bot = self._bot

    @override
    def click(self, name: str) -> None:
        """Scroll a button into view and click it."""
        self._bring_up(self.one(QPushButton, name))
        super().click(name)

    def do_with_case(self, name: str) -> None:
        """Do what lies behind the dots in the head of a case, or beside them."""
        behind = self.window.findChildren(QAction, f"more-{name}")
        if not behind:
            self.click(name)
            return
        behind[0].trigger()
        self.wait()

    @staticmethod
    def _bring_up(widget: QWidget) -> None:
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget)
            around = around.parentWidget()
        QCoreApplication.processEvents()

    def sit_down(self, name: str, passphrase: str) -> None:
        """Choose one's name, type the passphrase, press Enter."""
        names = self.one(QComboBox, "name")
        names.setFocus()
        names.setCurrentIndex(names.findText(name))
        self.type_into("passphrase", passphrase)
        self.press_enter("passphrase")

    def get_up(self) -> None:
        """Lock the window and leave."""
        self.click("lock")

    def one(self, kind: type[W], name: str) -> W:
        """Return the visible widget of this kind and name."""
        found = self.part(kind, name)
        assert isinstance(found, kind)
        return found

    def write(self, name: str, text: str) -> None:
        """Put text of any script in the place of what stands in a field."""
        field = self.one(QWidget, name)
        field.setFocus()
        self.bot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.bot.keyClick(field, Qt.Key.Key_Delete)
        type_letters(field, text)

    def choose(self, name: str, code: str) -> None:
        """Choose a line of a box by the keyboard."""
        box = self.one(QComboBox, name)
        wanted = box.findData(code)
        assert wanted >= 0, f"{code} is not offered"
        box.setFocus()
        if (completer := box.completer()) is not None and box.isEditable():
            self.bot.keyClick(box, Qt.Key.Key_Down)
            listed: Any = completer.popup()
            listed.setCurrentIndex(listed.model().index(wanted, 0))
            self.bot.keyClick(listed, Qt.Key.Key_Return)
            return
        self.bot.keyClick(box, Qt.Key.Key_Home)
        for _step in range(wanted):
            self.bot.keyClick(box, Qt.Key.Key_Down)

    def find(self, typed: str) -> None:
        """Type into the search box and open the first hit; where it is folded, open it first."""
        if not self.can_see("search"):
            self.click("search_open")
        self.write("search", typed)
        self.press_enter("search")

    def hits(self) -> list[str]:
        """Return the lines that the search box offers."""
        lines = self.one(QListWidget, "hits")
        return [lines.item(row).text() for row in range(lines.count())]

    def click_in(self, around: str, name: str) -> None:
        """Click a button inside a part of the page."""
        inside = self.one(QWidget, around).findChild(QPushButton, name)
        assert inside is not None
        self._bring_up(inside)
        self.bot.mouseClick(inside, Qt.MouseButton.LeftButton)
        self.wait()

    def places(self) -> set[str]:
        """Return the names of the pages that the navigation offers."""
        buttons = self.window.findChildren(QPushButton)
        names = (button.objectName() for button in buttons if button.isVisible())
        return {name.removeprefix("nav_") for name in names if name.startswith("nav_")}
