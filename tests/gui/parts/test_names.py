"""Whoever cannot see the screen or hold a mouse: a name for every part, Tab to every action."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.parts.rows import line_of, lines_beside
from tests.drivers.pages import QT_OWN
from tests.gui.every_page import ABOUT, Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")

MOST = 400
"""Presses of Tab after which a page is given up."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    root = tmp_path_factory.mktemp("names") / "data"
    return root, full_house(root, [lambda: "Champa"])


def nameless(window: QWidget) -> list[str]:
    """Return the parts that take the keyboard and tell a screen reader nothing."""
    return [
        f"{type(part).__name__} {part.objectName()}"
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.objectName() not in QT_OWN
        and not part.accessibleName().strip()
    ]


def tabbed(window: Any) -> list[QWidget]:
    """Press Tab until the keyboard is where it began; returns where it has been."""
    been: list[QWidget] = []
    for _press in range(MOST):
        here = QApplication.focusWidget() or window
        QTest.keyClick(here, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        if there is None or there in been:
            break
        been.append(there)
    return been


def unreached(window: Any) -> list[str]:
    """Return the actions that Tab does not reach and that no key beside them opens."""
    been = set(tabbed(window))
    return [
        f"{type(action).__name__} {action.objectName()} {action.text()}"
        for action in window.findChildren(QAbstractButton)
        if action.isVisible()
        and action.isEnabled()
        and action.objectName() not in QT_OWN
        and not isinstance(action.parentWidget(), QLineEdit)  # Qt's own: clear a line
        and action not in been
        and not beside(action) & been
        and not has_key(action)
    ]


def beside(action: QAbstractButton) -> set[QWidget]:
    """Return what arrows reach an action from: a choice of one, or the lines of its list."""
    line = line_of(action)
    if line is not None:
        return {part for one in lines_beside(line) for part in (one, *one.findChildren(QWidget))}
    group: QButtonGroup | None = action.group()  # Qt's own stubs know no button without one
    if group is not None and group.exclusive():
        return set(group.buttons())
    around = action.parentWidget()
    if action.autoExclusive() and around is not None:
        return set(around.findChildren(type(action)))
    return set()


def has_key(action: QAbstractButton) -> bool:
    """Tell whether a key stands beside the words, as in the navigation."""
    name = action.accessibleName()
    return any(key in name for key in ("Ctrl+", "Alt+", "F8", "F12"))


def test_every_page_is_known_here() -> None:
    assert set(ABOUT) <= set(PAGES)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Noy", "Dao"])
@pytest.mark.parametrize("language", ["en", "lo"])
def test_on_every_page_every_part_has_a_name_and_tab_reaches_every_action(
    qtbot: QtBot, house: tuple[Path, Ids], name: str, language: str
) -> None:
    root, ids = house
    driver = at_the_desk(qtbot, root, name)
    driver.speak(language)
    place: Any = driver.window.workplace
    found: dict[str, list[str]] = {}
    opened = set()
    for page, record_id in visits(ids):
        place.go(page, record_id)
        QCoreApplication.processEvents()
        if place.where != (page, record_id):
            continue  # closed to her, said in words
        opened.add(page)
        for part in parts_of(place):
            lacking = nameless(driver.window) + unreached(driver.window)
            if lacking:
                found[f"{page} {part}"] = lacking
    driver.window.close()
    assert found == {}
    assert len(opened) >= len(PAGES) - 2


def test_what_has_no_name_or_is_out_of_reach_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second, third = (QPushButton(word, window) for word in ("a", "b", "c"))
    second.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    third.setAccessibleName("Third, Ctrl+3")
    third.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus()
    assert nameless(window) == ["QPushButton "]
    assert unreached(window) == ["QPushButton  b"]
