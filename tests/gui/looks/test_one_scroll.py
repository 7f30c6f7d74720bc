"""One place scrolls at a time: what lies in a page that scrolls is as high as what it holds."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.parts.scrolled import scrolling_column
from shelterdesk.gui.parts.style import dress
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

_CROWD = 14
"""People in the house: more than a list that scrolls by itself would show."""


def settled() -> None:
    for _turn in range(6):
        QCoreApplication.processEvents()


def scrolls(part: Any) -> bool:
    return bool(part.isVisible() and part.verticalScrollBar().maximum() > 0)


def inner_scrolls(page: QWidget) -> set[str]:
    """Return what scrolls by itself inside what scrolls; a text that is typed may."""
    inside: list[Any] = [*page.findChildren(QAbstractItemView), *page.findChildren(QScrollArea)]
    found = set()
    for one in (one for one in inside if scrolls(one) and not isinstance(one, QPlainTextEdit)):
        above = one.parentWidget()
        while above is not None and above is not page:
            if isinstance(above, QScrollArea) and scrolls(above):
                found.add(f"{type(one).__name__} {one.objectName()}")
            above = above.parentWidget()
    return found


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    root = tmp_path_factory.mktemp("crowd") / "data"
    texts = [lambda number=number: f"Champa {number}" for number in range(_CROWD)]
    return root, full_house(root, list(texts), roles=tuple(Role), crowded=True)


@pytest.mark.slow
def test_nothing_scrolls_inside_what_scrolls(
    qtbot: QtBot, qapp: QApplication, crowd: tuple[Path, Ids]
) -> None:
    dress(qapp)
    root, ids = crowd
    window: Any = at_the_desk(qtbot, root, "Dao").window
    window.idle.end()
    window.resize(1024, 700)
    found: dict[str, set[str]] = {}
    for page, record_id in visits({kind: first[:1] for kind, first in ids.items()}):
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            settled()
            if wrong := inner_scrolls(window.workplace.page):
                found[f"{page} {part}"] = wrong
    window.close()
    assert found == {}


def listed(qtbot: QtBot, lines: tuple[int, int | None] | None) -> tuple[QWidget, RecordTable]:
    page = QWidget()
    area, column = scrolling_column("Page")
    QVBoxLayout(page).addWidget(area)
    table = RecordTable(["Code"], lines=lines)
    table.setMinimumHeight(400)
    column.addWidget(table)
    qtbot.addWidget(page)
    page.resize(500, 300)
    page.show()
    table.set_rows((str(number), (f"SD-{number}",)) for number in range(40))
    settled()
    return page, table


def test_a_list_that_scrolls_in_a_page_is_found(qtbot: QtBot) -> None:
    page, _table = listed(qtbot, None)
    assert inner_scrolls(page) == {"RecordTable table"}


@pytest.mark.parametrize("lines", [(3, None), (3, 8)])
def test_in_a_page_that_scrolls_a_list_is_as_high_as_its_rows(
    qtbot: QtBot, lines: tuple[int, int | None]
) -> None:
    page, table = listed(qtbot, lines)
    assert inner_scrolls(page) == set()
    assert table.height() > 40 * table.rowHeight(0)


def test_the_page_goes_along_with_the_cursor_of_a_list(qtbot: QtBot) -> None:
    page, table = listed(qtbot, (3, None))
    table.setFocus()
    page.activateWindow()
    qtbot.waitUntil(table.hasFocus)
    for row in (39, 0, 25):
        table.selectRow(row)
        settled()
        at = table.visualRect(table.currentIndex())
        assert table.viewport().visibleRegion().boundingRect().contains(at), row
