"""Lists: sorted as Lao reads, narrowed, opened by key and mouse, copied as codes alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered, RecordTableModel
from tests.drivers.form import press

ROWS = [
    ("a", ("SD-0003", "ໝາ", "3/11/2026")),
    ("b", ("SD-0001", "ນ້ຳ", "")),
    ("c", ("SD-0002", "Noy", "1/2/2026")),
]
HEADERS = ("Code", "Name", "Since")


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """What was copied is let go while Python still lives; offscreen, Qt does so too late."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    made = RecordTable(HEADERS)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_rows(ROWS)
    made.show()
    return made


def ids(model: RecordTableModel) -> list[str]:
    return [model.id_at(model.index(row, 0)) for row in range(model.rowCount())]


def test_the_model_keeps_qts_rules_whatever_is_done_to_it(qapp: QApplication) -> None:
    assert qapp is QApplication.instance()
    model = RecordTableModel(HEADERS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(ROWS)
    model.sort(1)
    model.update_row("b", ("SD-0001", "ໃໝ່", ""))
    model.update_row("d", ("SD-0004", "<b>", ""))
    model.show_only(["c", "a", "gone"])
    model.sort(-1)
    model.set_headers(("A", "B", "C"))
    model.show_only(None)
    model.set_rows([])
    assert isinstance(tester.model(), QAbstractItemModel)


def test_rows_stand_as_given_until_a_column_is_chosen(table: RecordTable) -> None:
    assert ids(table.records) == ["a", "b", "c"]
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert ids(table.records) == ["a", "c", "b"]
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert ids(table.records) == ["a", "b", "c"]


def test_words_that_look_the_same_stand_together_and_empty_ones_last() -> None:
    model = RecordTableModel(["Name"])
    model.set_rows([("1", ("",)), ("2", ("ຫມາ",)), ("3", ("ນ້ຳ",)), ("4", ("ໝາ",)), ("5", ("noy",))])
    model.sort(0)
    assert ids(model) == ["3", "2", "4", "5", "1"]


def test_a_date_is_sorted_by_its_day_and_not_by_its_letters() -> None:
    model = RecordTableModel(["Since"])
    shown = {"late": ("3/11/2026", 20261103), "early": ("21/2/2026", 20260221), "none": ("", None)}
    model.set_rows([(name, (Ordered(*cell),)) for name, cell in shown.items()])
    model.sort(0)
    assert ids(model) == ["early", "late", "none"]


def test_a_narrowed_list_has_the_order_of_the_search(table: RecordTable) -> None:
    table.show_only(["c", "a"])
    assert ids(table.records) == ["c", "a"]
    assert table.count_label.text() == "2 of 3"
    table.show_only(None)
    assert table.count_label.text() == "3"


def test_the_chosen_row_stays_chosen_when_the_list_is_read_anew(table: RecordTable) -> None:
    table.choose("c")
    table.set_rows([*reversed(ROWS)])
    assert table.chosen() == "c"
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert table.chosen() == "c"
    table.show_only(["a"])
    assert table.chosen() == ""


def test_a_changed_row_shows_its_new_words(table: RecordTable) -> None:
    table.records.update_row("a", ("SD-0003", "ດາວ", ""))
    assert table.records.index(0, 1).data() == "ດາວ"


def test_enter_and_a_double_click_open_the_record(table: RecordTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.choose("b")
    press(table, Qt.Key.Key_Return)
    table.doubleClicked.emit(table.records.index(2, 1))
    assert opened == ["b", "c"]


def test_a_copy_holds_codes_and_no_name(table: RecordTable) -> None:
    table.selectAll()
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "SD-0003\nSD-0001\nSD-0002"


def test_an_empty_list_says_what_to_do_next(table: RecordTable) -> None:
    table.set_empty_text("Press Ctrl+N to admit somebody.")
    assert not table._empty.isVisible()
    table.set_rows([])
    assert table._empty.isVisible()
    assert table._empty.text() == "Press Ctrl+N to admit somebody."


@pytest.mark.parametrize("width", [700, 1060])
def test_columns_fit_the_window_even_with_a_very_long_name(table: RecordTable, width: int) -> None:
    table.set_rows([*ROWS, ("d", ("SD-0004", "ນາງ ຄຳແກ້ວ " * 40, "3/11/2026"))])
    table.resize(width, 400)
    widths = [table.columnWidth(column) for column in range(3)]
    assert sum(widths) <= table.viewport().width()
    assert table.fontMetrics().horizontalAdvance("SD-0003") < widths[0]


def test_a_hundred_thousand_rows_are_narrowed_by_asking_for_those_that_are_seen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, data = list[int](), RecordTableModel.data

    def counted(model: RecordTableModel, index: QModelIndex, role: int = 0) -> object:
        asked.append(role)
        return data(model, index, role)

    monkeypatch.setattr(RecordTableModel, "data", counted)
    table = RecordTable(HEADERS)
    qtbot.addWidget(table)
    table.set_rows([(str(n), (f"SD-{n:06}", "ນາງ ຄຳແກ້ວ", "")) for n in range(100_000)])
    table.show()
    found = [str(n) for n in range(0, 100_000, 2)]
    qtbot.waitUntil(lambda: len(asked) > 0)
    asked.clear()
    table.show_only(found)
    QApplication.processEvents()
    assert 0 < len(asked) < 5_000
    assert table.count_label.text() == "50000 of 100000"
