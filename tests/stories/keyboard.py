"""Somebody at the real window who has no mouse: Tab, letters and shortcuts, and how many of them.

An action is what a person would count: a shortcut, a press on a button, a field that is filled in.
Tabs on the way there are counted apart, as keys.
"""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QWidget
from typing_extensions import override

from shelterdesk.gui.parts.place_choice import PlaceChoice
from tests.drivers.window import WindowDriver

_MOST_TABS: Final = 250
_PRESSES: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class NoMouse(QObject):
    """Counts the presses of the mouse, of which there shall be none."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.presses += event.type() in _PRESSES
        return False


class Keyboard:
    """Two hands at the keys of the window that a driver has opened."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        self.actions = self.tabs = 0
        self.journeys: dict[str, tuple[int, int]] = {}

    def journey(self, name: str, steps: Callable[[], None]) -> None:
        """Do what belongs together, and note how many actions and tabs it took."""
        self.actions = self.tabs = 0
        steps()
        self.journeys[name] = (self.actions, self.tabs)

    # -- keys -------------------------------------------------------------------------------

    def _surface(self) -> Any:
        top = QApplication.activePopupWidget() or self.driver.top()
        if not isinstance(top, QDialog) and top is self.driver.window:
            top.activateWindow()
        return top.windowHandle()

    def _strike(self, keys: str) -> None:
        sequence: Any = QKeySequence(keys)
        pressed = sequence[0]
        QTest.keyClick(self._surface(), pressed.key(), pressed.keyboardModifiers())
        self.driver.wait()

    def press(self, keys: str) -> None:
        """Press a shortcut, or a key where the keyboard is."""
        self.actions += 1
        self._strike(keys)

    def type(self, text: str) -> None:
        """Type where the keyboard is: Latin key by key, other letters as an input method does."""
        for is_latin, run in groupby(text, key=str.isascii):
            if is_latin:
                for letter in run:
                    QTest.keyClick(self._surface(), ord(letter))
                continue
            event = QInputMethodEvent("", [])
            event.setCommitString("".join(run))
            at = self.driver.top().focusWidget()
            assert at is not None
            QApplication.sendEvent(at, event)
        QCoreApplication.processEvents()

    # -- where the keyboard is ----------------------------------------------------------------

    def to(self, name: str, says: str = "") -> QWidget:
        """Go by Tab to what is called so, or to the part of it that says something."""
        for _tab in range(_MOST_TABS):
            at: QWidget | None = self.driver.top().focusWidget()
            if at is not None and _is_it(at, name, says):
                return at
            self.tabs += 1
            self._strike("Tab")
        raise AssertionError(f"Tab does not lead to {name} {says}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and put a text in the place of what stands there."""
        self.to(name)
        self.actions += 1
        self._strike("Ctrl+A")
        self.type(text)

    def push(self, name: str, says: str = "") -> None:
        """Go to a button and press it."""
        self.to(name, says)
        self.press("Space")

    def choose(self, name: str, code: str) -> None:
        """Go to a box and choose a line by its code: by letters in a long list, else by arrows."""
        box: Any = self.to(name)
        box = box if isinstance(box, QComboBox) else box.parentWidget()
        self.actions += 1
        wanted = box.findData(code)
        assert wanted >= 0, f"{code} is not offered in {name}"
        if box.isEditable():
            self._strike("Ctrl+A")
            self.type(box.itemText(wanted))
            self._strike("Return")
        for _step in range(box.count()):
            if box.currentData() == code:
                return
            self._strike("Down" if box.currentIndex() < wanted else "Up")
        raise AssertionError(f"{code} cannot be reached in {name}")

    def name_place(self, keys: str, place: Path) -> None:
        """Press what asks for a file or folder, type where it is, and press Enter."""

        def answer() -> None:
            asked = QApplication.activeModalWidget()
            if isinstance(asked, PlaceChoice):  # no stick is in: any folder lies behind a button
                QTimer.singleShot(10, answer)
                QTest.keyClick(asked.other, Qt.Key.Key_Space)
                return
            if not isinstance(asked, QFileDialog):
                QTimer.singleShot(10, answer)
                return
            line: Any = asked.findChild(QWidget, "fileNameEdit")
            line.setFocus()
            QTest.keyClick(asked.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            for letter in str(place):
                QTest.keyClick(asked.windowHandle(), ord(letter))
            QTest.keyClick(asked.windowHandle(), Qt.Key.Key_Return)

        QTimer.singleShot(0, answer)
        self.actions += 1
        self.press(keys)


def _is_it(at: QWidget, name: str, says: str) -> bool:
    """Tell whether a widget is what is called so, or stands in it."""
    if says and at.property("says") != says:
        return False
    here: QWidget | None = at
    while here is not None:
        if here.objectName() == name:
            return True
        here = here.parentWidget()
    return False
