"""Drives one page of the desk on the real store: what is typed, clicked, read and spoken."""

from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.lao.breaks import plain
from shelterdesk.services.desk import Desk
from tests.factories import Shelter

W = TypeVar("W", bound=QWidget)
Key, Modifier = Qt.Key, Qt.KeyboardModifier

QT_OWN = {"qt_spinbox_lineedit", "qt_scrollarea_viewport"}
"""Parts inside Qt's own widgets, which answer under the name of the whole."""


def type_letters(widget: QWidget, text: str) -> None:
    """Type letters of any script, one key event each, as a keyboard for Lao sends them."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Key.Key_unknown, Modifier.NoModifier, letter)
            QCoreApplication.sendEvent(widget, event)


def as_somebody(shelter: Shelter, name: str, passphrase: str) -> Desk:
    """Let the person at the desk get up and another one sit down."""
    shelter.vault.lock()
    return Desk(shelter.unlock(name, passphrase))


class PageDriver:
    """A page on the screen; every method is something that a person can do or see."""

    def __init__(self, qtbot: QtBot, page: QWidget) -> None:
        self.bot: Any = qtbot  # its keys and mouse come without types
        self.page = page
        self.went: list[tuple[str, str]] = []
        go = getattr(page, "go", None)
        if go is not None:
            go.connect(lambda name, what: self.went.append((name, what)))
        qtbot.addWidget(page)
        page.resize(1150, 700)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()

    def parts(self, kind: type[W], name: str) -> list[W]:
        """Return the widgets of a name that can be seen, in the order in which they were made."""
        return [part for part in self.page.findChildren(kind, name) if part.isVisible()]

    def part(self, kind: type[W], name: str) -> W:
        """Return the first widget of a name that can be seen."""
        found = self.parts(kind, name)
        assert found, f"nobody can see {name}"
        return found[0]

    def can_see(self, name: str) -> bool:
        """Tell whether a widget of this name is on the screen."""
        return bool(self.parts(QWidget, name))

    def click(self, name: str, number: int = 0) -> None:
        """Click a button, the first of its name or another one."""
        self.bot.mouseClick(self.parts(QAbstractButton, name)[number], Qt.MouseButton.LeftButton)
        QCoreApplication.processEvents()

    def can_do_with_case(self, name: str) -> bool:
        """Tell whether something stands in the head of a case, or behind its dots."""
        return self.can_see(name) or bool(self.page.findChildren(QAction, f"more-{name}"))

    def do_with_case(self, name: str) -> None:
        """Do what lies behind the dots in the head of a case, or beside them."""
        behind = [one for one in self.page.findChildren(QAction, f"more-{name}") if one.isVisible()]
        if behind:
            behind[0].trigger()
            QCoreApplication.processEvents()
        else:
            self.click(name)

    def press(self, widget: QWidget, key: Qt.Key, modifier: Any = Modifier.NoModifier) -> None:
        """Press a key in a widget."""
        self.bot.keyClick(widget, key, modifier)
        QCoreApplication.processEvents()

    def type_into(self, name: str, text: str) -> None:
        """Clear a field and type into it, letter by letter."""
        field = self.part(QWidget, name)
        field.setFocus()
        self.press(field, Key.Key_A, Modifier.ControlModifier)
        self.press(field, Key.Key_Delete)
        type_letters(field, text)

    def typed(self, name: str) -> str:
        """Return what stands in a field, without invisible break marks."""
        field = self.part(QWidget, name)
        if isinstance(field, QPlainTextEdit):
            return plain(field.toPlainText())
        assert isinstance(field, QLineEdit)
        return field.text()

    def choose(self, name: str, code: str) -> None:
        """Choose a line of a box by its code, as a person does: with the keyboard."""
        box = self.part(QComboBox, name)
        wanted = box.findData(code)
        assert wanted >= 0, f"{code} is not offered"
        box.setFocus()
        if (completer := box.completer()) is not None and box.isEditable():
            self.press(box, Key.Key_Down)
            listed: Any = completer.popup()
            listed.setCurrentIndex(listed.model().index(wanted, 0))
            self.press(listed, Key.Key_Return)
            return
        self.press(box, Key.Key_Home)
        for _step in range(wanted):
            self.press(box, Key.Key_Down)

    def text(self) -> str:
        """Return everything that labels and buttons show, without invisible break marks."""
        labels = [part.text() for part in self.page.findChildren(QLabel) if part.isVisible()]
        buttons = self.page.findChildren(QAbstractButton)
        shown = [part.text() for part in buttons if part.isVisible()]
        return plain("\n".join(labels + shown)).replace("&&", "&")

    def nameless(self) -> list[QWidget]:
        """Return the visible widgets that take the focus and tell a screen reader nothing."""
        return [
            part
            for part in self.page.findChildren(QWidget)
            if part.isVisible()
            and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            and part.objectName() not in QT_OWN
            and not part.accessibleName()
        ]
