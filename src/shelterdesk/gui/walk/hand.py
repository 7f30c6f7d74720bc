"""A hand at the window: it clicks where a button is, and types where the cursor stands.

Every click goes to a point of the window, through the same queue as the mouse of a person; a button
that is covered, outside or switched off is not reached. Lao comes as an input method sends it.
"""

from __future__ import annotations

import time
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.place_choice import PlaceChoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QWindow

W = TypeVar("W", bound=QWidget)
Key, Modifier = Qt.Key, Qt.KeyboardModifier

_PATIENCE: Final = 60.0
"""Seconds to wait for something on the screen before the walk is given up."""
_NOTCH: Final = 120
"""One step of a mouse wheel, in Qt's eighths of a degree."""


class WalkStopped(DeskError):
    """Something that the walk needs was not on the screen, or could not be reached."""

    sentence = N_("The walk through the window stopped: {what}.")


class Hand:
    """Presses keys and buttons in the window that is open now."""

    _fault: Exception | None = None
    """What went wrong inside a dialogue that a click has opened."""

    @property
    def window(self) -> DeskWindow:
        """The window on the screen."""
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, DeskWindow)]
        return next(w for w in windows if w.isVisible())

    def top(self) -> QWidget:
        """Return the dialogue that waits for an answer, or the window."""
        return QApplication.activeModalWidget() or self.window

    # -- looked at ----------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program go on until a condition holds; raises WalkStopped."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise WalkStopped(what=what)
            QTest.qWait(2)

    def rest(self) -> None:
        """Wait until nothing is being worked on and the page has been laid out."""
        self.until(lambda: not self.window.worker.is_busy, "the work does not end")
        for _turn in range(4):
            QCoreApplication.processEvents()

    def seen(self, name: str, kind: type[W] | None = None) -> list[W]:
        """Return the widgets of a name that are on the screen."""
        found: Any = self.top().findChildren(kind or QWidget, name)
        return [widget for widget in found if widget.isVisible()]

    def part(self, name: str, kind: type[W] | None = None) -> W:
        """Wait for a widget to be on the screen, and return it."""
        self.until(lambda: bool(self.seen(name, kind)), f"nobody can see {name}")
        return self.seen(name, kind)[0]

    def inside(self, around: str, name: str, kind: type[W]) -> W:
        """Return a visible widget inside another one."""
        parts: Any = self.part(around).findChildren(kind, name)
        found: list[W] = [widget for widget in parts if widget.isVisible()]
        if not found:
            raise WalkStopped(what=f"nobody can see {name} in {around}")
        return found[0]

    def picture(self, path: Path) -> None:
        """Keep what the window shows as a picture."""
        self.rest()
        self.window.grab().save(str(path))

    # -- the mouse ----------------------------------------------------------------------------

    def click(self, name: str) -> None:
        """Click the button of a name once it can be pressed, and wait for what it starts."""
        self.press_button(self.part(name, QAbstractButton))

    def press_button(self, target: QAbstractButton) -> None:
        """Click a button and wait for what it starts."""
        self.until(target.isEnabled, f"{target.objectName()} cannot be pressed")
        self._click(target)
        self.rest()

    def click_then(self, name: str, then: Callable[[], None]) -> None:
        """Click a button that opens a dialogue, and do something with that."""
        self._fault = None
        self._soon(then)
        self.click(name)
        if self._fault is not None:
            raise self._fault

    def _soon(self, then: Callable[[], None]) -> None:
        """Do something with the next dialogue, from inside its own loop; a fault waits outside."""

        def answer() -> None:
            try:
                self.until(lambda: QApplication.activeModalWidget() is not None, "no dialogue")
                then()
            except Exception as stopped:  # noqa: BLE001 - it is raised again once the dialogue is gone
                self._fault = stopped
                self._leave_dialogues()

        QTimer.singleShot(0, answer)

    def show_tab(self, name: str, area: str) -> None:
        """Click the tab of an area of the work."""
        bar = self.part(name, QTabWidget).tabBar()
        place = next(place for place in range(bar.count()) if bar.tabData(place) == area)
        where = bar.mapTo(bar.window(), bar.tabRect(place).center())
        QTest.mouseClick(_surface(bar), Qt.MouseButton.LeftButton, Modifier.NoModifier, where)
        self.rest()

    def _leave_dialogues(self) -> None:
        dialogue = QApplication.activeModalWidget()
        if dialogue is not None:
            dialogue.close()

    def _click(self, target: QWidget) -> None:
        self._bring_up(target)
        top = target.window()
        place = target.mapTo(top, self._middle(target))
        found = top.childAt(place)
        if found is not target and not (found and target.isAncestorOf(found)):
            raise WalkStopped(what=f"{target.objectName()} is covered")
        QTest.mouseClick(_surface(top), Qt.MouseButton.LeftButton, Modifier.NoModifier, place)

    @staticmethod
    def _middle(target: QWidget) -> QPoint:
        """Return the middle of what can be seen of a widget."""
        seen = target.visibleRegion().boundingRect()
        return (seen if seen.isValid() else target.rect()).center()

    def _bring_up(self, target: QWidget) -> None:
        """Turn the wheel over every page that scrolls, until a widget is in the open."""
        around = target.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                self._scroll(around, target)
            around = around.parentWidget()

    def _scroll(self, area: QScrollArea, target: QWidget) -> None:
        for _turn in range(200):
            view = area.viewport()
            top = target.mapTo(view, QPoint(0, 0)).y()
            below = top + min(target.height(), view.height()) > view.height()
            if top >= 0 and not below:
                return
            before = area.verticalScrollBar().value()
            _turn_wheel(view, -_NOTCH if below else _NOTCH)
            if area.verticalScrollBar().value() == before:
                return

    # -- the keyboard -------------------------------------------------------------------------

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press a key where the keyboard is: in the open list, the dialogue or the window."""
        popup = QApplication.activePopupWidget()
        QTest.keyClick(_surface(popup or self.top()), key, modifier)

    def write(self, name: str, text: str, kind: type[QWidget] = QWidget) -> None:
        """Click into a field and put a text in the place of what stands there."""
        self._click(self.part(name, kind))
        self.press(Key.Key_A, Modifier.ControlModifier)
        self.press(Key.Key_Delete)
        self.type(text)

    def type(self, text: str) -> None:
        """Type at the cursor: Latin letters key by key, others as an input method does."""
        for is_latin, run in groupby(text, key=lambda letter: letter.isascii()):
            for piece in run if is_latin else ("".join(run),):
                self._send(piece, composed=not is_latin)

    def _send(self, piece: str, *, composed: bool) -> None:
        if not composed:
            QTest.keyClick(_surface(self.top()), ord(piece))
            return
        field = self.top().focusWidget()
        if field is None:
            raise WalkStopped(what="the keyboard is nowhere")
        QApplication.sendEvent(field, QInputMethodEvent(piece, []))  # as a proposal, underlined
        event = QInputMethodEvent("", [])
        event.setCommitString(piece)
        QApplication.sendEvent(field, event)

    def choose(self, name: str, code: str) -> None:
        """Choose a line of a box: open its list and go down with the arrow keys."""
        self.choose_in(self.part(name, QComboBox), code)

    def choose_in(self, box: QComboBox, code: str) -> None:
        """Choose a line of this box."""
        self.until(lambda: box.findData(code) >= 0, f"{code} is not offered in {box.objectName()}")
        self.go_to_line(box, box.findData(code))

    def choose_text(self, name: str, text: str) -> None:
        """Choose the line of a box that begins with a text."""
        box = self.part(name, QComboBox)
        begins = Qt.MatchFlag.MatchStartsWith
        self.until(lambda: box.findText(text, begins) >= 0, f"{text} is not offered in {name}")
        self.go_to_line(box, box.findText(text, begins))

    def choose_first(self, name: str) -> None:
        """Choose the first that a box offers, after its line for nothing."""
        box = self.part(name, QComboBox)
        self.until(lambda: box.count() > 1, f"nothing is offered in {name}")
        self.go_to_line(box, 1)

    def go_to_line(self, box: QComboBox, line: int) -> None:
        """Go to a line of a box by its number."""
        self._click(box.lineEdit() or box)
        if QApplication.activePopupWidget() is None:
            self.press(Key.Key_Down)
        self.until(lambda: QApplication.activePopupWidget() is not None, "no list opens")
        completer = box.completer()
        listed = (completer.popup() if completer else None) or box.view()
        at = listed.currentIndex().row()
        for row in range(min(at, line), max(at, line)):
            if _can_be_chosen(box, row if line < at else row + 1):
                self.press(Key.Key_Down if line > at else Key.Key_Up)
        self.press(Key.Key_Return)
        self.rest()
        if box.currentIndex() not in (line, -1):
            raise WalkStopped(what=f"line {line} of {box.objectName()} cannot be reached")

    def name_file(self, path: Path) -> None:
        """Type a path into the dialogue that asks for a file or a folder, and press Enter.

        Where a stick is plugged in its drives are asked for first; another folder is behind them.
        """
        self.until(lambda: isinstance(self.top(), QFileDialog | PlaceChoice), "nothing asks where")
        if isinstance(self.top(), PlaceChoice):
            self._click(self.part("place_other", QAbstractButton))
            self._soon(lambda: self.name_file(path))
            return
        dialogue = self.top()  # held: Qt's own parts go with their dialogue
        line = dialogue.findChild(QLineEdit, "fileNameEdit")
        if line is None:
            raise WalkStopped(what="the dialogue has no line to type into")
        self._click(line)
        self.press(Key.Key_A, Modifier.ControlModifier)
        self.type(str(path))
        self.press(Key.Key_Return)


def _surface(widget: QWidget) -> QWindow:
    """Return the system's window under a widget; raises WalkStopped before it is shown."""
    handle = widget.window().windowHandle()
    if handle is None:
        raise WalkStopped(what="the window is not on the screen")
    return handle


def _can_be_chosen(box: QComboBox, line: int) -> bool:
    flags = box.model().flags(box.model().index(line, 0))
    return bool(flags & Qt.ItemFlag.ItemIsEnabled)


def _turn_wheel(view: QWidget, notches: int) -> None:
    middle = QPointF(view.rect().center())
    event = QWheelEvent(
        middle,
        view.mapToGlobal(middle),
        QPoint(),
        QPoint(0, notches),
        Qt.MouseButton.NoButton,
        Modifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
