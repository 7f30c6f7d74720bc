"""Tab follows the eye: what a page fills in later is reached where it stands."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from shelterdesk.gui.frame.tab_order import placed, step_on


class Window(QMainWindow):
    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_on(self, forward=forward)


def named(widget: QWidget, name: str) -> QWidget:
    widget.setObjectName(name)
    return widget


def window_with(*parts: QWidget) -> tuple[Window, QVBoxLayout]:
    window, inside = Window(), QWidget()
    column = QVBoxLayout(inside)
    for part in parts:
        column.addWidget(part)
    window.setCentralWidget(inside)
    return window, column


def shown(qtbot: QtBot, window: Window) -> None:
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()


def tabbed(times: int, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    been = []
    for _press in range(times):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)
        there = QApplication.focusWidget()
        been.append(there.objectName() if there else "")
    return been


def test_what_is_filled_in_later_comes_where_it_stands(qtbot: QtBot) -> None:
    first, last = named(QLineEdit(), "first"), named(QPushButton("last"), "last")
    window, column = window_with(first, last)
    shown(qtbot, window)
    row = QHBoxLayout()
    for name in ("left", "right"):
        row.addWidget(named(QPushButton(name), name))
    column.insertLayout(1, row)
    QCoreApplication.processEvents()
    first.setFocus()
    assert tabbed(4) == ["left", "right", "last", "first"]
    assert tabbed(2, Qt.Key.Key_Backtab) == ["last", "right"]


def test_only_what_can_be_seen_and_used_is_reached(qtbot: QtBot) -> None:
    begin, off, gone = (named(QPushButton(n), n) for n in ("begin", "off", "gone"))
    stack, tabs, area = QStackedWidget(), QTabWidget(), QScrollArea()
    named(tabs.tabBar(), "bar")
    for name in ("shown page", "other page"):
        stack.addWidget(named(QPushButton(name), name))
        tabs.addTab(named(QPushButton(name), f"tab {name}"), name)
    area.setWidget(named(QPushButton("inside"), "inside"))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window, _column = window_with(begin, off, gone, stack, tabs, area)
    shown(qtbot, window)
    off.setEnabled(False)
    gone.hide()
    begin.setFocus()
    assert tabbed(5) == ["shown page", "bar", "tab shown page", "inside", "begin"]


def test_every_visible_part_is_placed_once(qtbot: QtBot) -> None:
    loose = QWidget()
    button = QPushButton("loose", loose)
    window, _column = window_with(loose, QLineEdit())
    shown(qtbot, window)
    found = list(placed(window))
    assert found.count(button) == 1
    assert len(found) == len(set(map(id, found)))
