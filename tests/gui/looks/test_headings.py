"""The headings of every list, and what it is looked at for, stand there whole in every size."""

from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.record_table import RecordTable, in_two
from shelterdesk.gui.parts.style import SIZES, dress
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

_NAMES: Final = {1, 2}
_INSIDE: Final = 20
"""Pixels of a cell beside its words."""


def cut_headings(page: QWidget) -> list[str]:
    """Return the headings that are wider than their columns, or higher than their line."""
    found = []
    for table in page.findChildren(RecordTable):
        across = table.horizontalHeader()
        letters = across.fontMetrics()
        for column in range(table.records.columnCount() if table.isVisible() else 0):
            told = str(table.records.headerData(column, Qt.Orientation.Horizontal))
            lines = told.split("\n")
            wide = max(map(letters.horizontalAdvance, lines)) + _INSIDE
            high = len(lines) * letters.lineSpacing()
            is_cut = wide > table.columnWidth(column) or high > across.height()
            if is_cut and not table.isColumnHidden(column):
                found.append(f"{table.objectName()}: {told!r} {wide} > {table.columnWidth(column)}")
    return found


def cut_firsts(page: QWidget) -> list[str]:
    """Return the texts of first columns, a code or a moment, that are wider than these."""
    return [
        f"{table.objectName()}: {index.data()}"
        for table in page.findChildren(RecordTable)
        for row in range(table.records.rowCount() if table.isVisible() else 0)
        if table.sizeHintForIndex(index := table.records.index(row, 0)).width()
        > table.columnWidth(0)
        and not table.wordWrap()
    ]


def cut_cells(table: RecordTable) -> list[str]:
    """Return what is cut of the list of people; names may be, where all is too much for a line."""
    letters, found = table.fontMetrics(), []
    for column in {*range(table.records.columnCount())} - _NAMES:
        for row in range(table.records.rowCount()):
            text = str(table.records.index(row, column).data())
            if letters.horizontalAdvance(text) + _INSIDE > table.columnWidth(column):
                found.append(text)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("percent", SIZES)
def test_no_heading_of_a_list_is_cut_on_any_page(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], percent: int
) -> None:
    root, ids = house
    window: Any = at_the_desk(qtbot, root, "Dao").window
    window.idle.end()
    dress(qapp, percent)
    found: dict[str, list[str]] = {}
    for language in ("en", "lo"):
        window.speak(language)
        for size in ((1366, 768), (1024, 700)):
            window.resize(*size)
            for page, record_id in visits(ids):
                window.workplace.go(page, record_id)
                for part in parts_of(window.workplace):
                    QCoreApplication.processEvents()
                    there = window.workplace.page
                    wrong = cut_headings(there) + cut_firsts(there)
                    if page == "people":
                        wrong += cut_cells(there.table)
                    if wrong:
                        found[f"{page} {part} {language} {size[0]}"] = wrong
    window.close()
    assert found == {}


def test_a_heading_is_broken_between_its_words() -> None:
    assert in_two("Name she chose", len) == "Name she\nchose"
    assert in_two("Counsellor", len) == "Counsellor"
    assert in_two("", len) == ""
