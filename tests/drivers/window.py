"""Drives the real window: what is typed, clicked and read."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.pages.keeping.page_cells import PageCells
from tests.factories import PASSPHRASE, new_shelter


class WindowDriver:
    """One open window; every method is something that a person can do or see.

    Where the program would begin anew as another process, the driver opens a new window on the
    same folder: `anew` counts how often, and `left` is the window that was left covered.
    """

    def __init__(self, qtbot: QtBot, data: Path) -> None:
        self._bot: Any = qtbot  # its keys and mouse come without types
        self._data = data
        self.anew = 0
        self.left: DeskWindow | None = None
        self._open()

    def _open(self) -> None:
        self.window = DeskWindow(self._data, self._begin_anew)
        self._bot.addWidget(self.window)
        self.window.resize(1366, 768)
        with self._bot.waitExposed(self.window):
            self.window.show()
        self._bot.waitUntil(lambda: self.window.door.is_ready or self.window.refusal is not None)
        self.wait()

    def _begin_anew(self) -> None:
        self.anew += 1
        self.left = self.window

    def part(self, kind: type[QWidget], name: str) -> QWidget:
        """Return the visible widget of this name."""
        found = [w for w in self.top().findChildren(kind, name) if w.isVisible()]
        assert found, f"nobody can see {name}"
        return found[0]

    def top(self) -> QWidget:
        """Return the dialogue that waits for an answer, or the window."""
        return QApplication.activeModalWidget() or self.window

    def type_into(self, name: str, text: str) -> None:
        """Clear a field and type into it."""
        field = self.part(QWidget, name)
        if isinstance(field, PageCells):
            self._type_page(field, text)
            return
        if isinstance(field, QPlainTextEdit):
            field.clear()
        self._bot.mouseClick(field, Qt.MouseButton.LeftButton)
        self._bot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._bot.keyClicks(field, text)

    def _type_page(self, page: PageCells, text: str) -> None:
        """Type a recovery page word by word, where the keyboard goes by itself."""
        page.clear()
        page.cells[0].setFocus()
        for letter in text:
            self._bot.keyClicks(self.window.focusWidget(), letter)

    def click(self, name: str) -> None:
        """Click a button and wait until the work it starts is over."""
        self._bot.mouseClick(self.part(QPushButton, name), Qt.MouseButton.LeftButton)
        self.wait()

    def wait(self) -> None:
        """Wait until nothing is being worked on; after a lock, for the new window."""
        self._bot.waitUntil(lambda: not self.window.worker.is_busy)
        for _turn in range(3):  # the page reads anew what was saved, is laid out, and shown
            QCoreApplication.processEvents()
        if self.left is self.window:
            self._open()

    def press_enter(self, name: str) -> None:
        """Press Enter in a field and wait."""
        self.press(Qt.Key.Key_Return, name=name)

    def press(
        self,
        key: Qt.Key,
        with_key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        name: str = "",
    ) -> None:
        """Press a key in a field, or wherever the keyboard is, and wait."""
        here: QWidget | None = self.window.focusWidget()
        field = self.part(QWidget, name) if name else here if here is not None else self.window
        self._bot.keyClick(field, key, with_key)
        self.wait()

    def choose_name(self) -> None:
        """Choose the first name at the door, unless somebody is chosen."""
        names = self.part(QComboBox, "name")
        assert isinstance(names, QComboBox)
        names.setCurrentIndex(max(0, names.currentIndex()))

    def unlock(self, passphrase: str) -> None:
        """Open the records as whoever is chosen, else as the first person of the list."""
        self.choose_name()
        self.type_into("passphrase", passphrase)
        self.press_enter("passphrase")

    def speak(self, language: str) -> None:
        """Choose the language at the foot of the window."""
        box = self.part(QComboBox, "language")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(language))

    def can_see(self, name: str) -> bool:
        """Tell whether a widget of this name is on the screen."""
        return any(w.isVisible() for w in self.top().findChildren(QWidget, name))

    def text(self) -> str:
        """Return everything that labels and buttons show, without invisible break marks."""
        labels = [w.text() for w in self.top().findChildren(QLabel) if w.isVisible()]
        buttons = [w.text() for w in self.top().findChildren(QPushButton) if w.isVisible()]
        return "\n".join(labels + buttons).replace("&&", "&")

    def title(self) -> str:
        """Return the title of the page."""
        label = self.part(QLabel, "title")
        assert isinstance(label, QLabel)
        return label.text()


def when_asked(driver: WindowDriver, pressed: str, passphrase: str = "") -> None:
    """Press a button in the question for the second person, as soon as it is there.

    `passphrase` is typed first where it is `second_sign` that is pressed.
    """
    if QApplication.activeModalWidget() is None:
        QTimer.singleShot(20, lambda: when_asked(driver, pressed, passphrase))
        return
    if pressed == "second_sign":
        driver.type_into("second_passphrase", passphrase)
    driver.click(pressed)


def at_the_desk(qtbot: QtBot, folder: Path) -> WindowDriver:
    """Found records in a folder, and return the window in which its director has opened them."""
    shelter = new_shelter(folder)
    shelter.vault.lock()
    shelter.place.close()
    made = WindowDriver(qtbot, folder)
    made.unlock(PASSPHRASE)
    return made
