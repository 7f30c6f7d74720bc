"""Lists: sorted as Lao reads, narrowed, opened by key and mouse, copied as codes alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered, RecordTableModel
from shelterdesk.gui.parts.style import SIZES, dress
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


def test_a_list_without_codes_gives_nothing_to_copy(qtbot: QtBot) -> None:
    table = RecordTable(HEADERS, copied=None)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.selectAll()
    QGuiApplication.clipboard().setText("before")
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"


def test_home_and_end_go_to_the_first_and_the_last_row(table: RecordTable) -> None:
    press(table, Qt.Key.Key_End)
    assert table.chosen() == "c"
    press(table, Qt.Key.Key_Home)
    assert table.chosen() == "a"


def test_another_chosen_row_is_told_and_none_as_well(table: RecordTable) -> None:
    told: list[str] = []
    table.chosen_another.connect(told.append)
    table.choose_or_first("b")
    table.choose_or_first("gone")
    table.choose_none()
    assert told == ["b", "a", ""]


def test_a_list_is_as_high_as_its_rows_until_there_are_too_many(qtbot: QtBot) -> None:
    table = RecordTable(HEADERS, wraps=True, lines=(2, 4))
    qtbot.addWidget(table)
    table.resize(600, 400)
    heights = []
    for count in (0, 1, 2, 3, 4, 9):
        table.set_rows((str(n), (f"SD-{n}", "ນາງ ຄຳແກ້ວ", "")) for n in range(count))
        heights.append(table.height())
    nothing, one, two, three, four, nine = heights
    assert nothing <= one <= two < three < four == nine
    table.set_rows([("1", ("SD-1", "ນາງ ຄຳແກ້ວ " * 40, ""))])
    assert table.height() > one


def test_where_rows_wrap_no_word_is_cut_and_what_may_yield_goes_first(qtbot: QtBot) -> None:
    table = RecordTable(HEADERS, wraps=True)
    table.let_yield(2)
    qtbot.addWidget(table)
    table.show()
    table.set_rows([("a", ("SD-2026-123456", "Legal representation, interpreting", "30/11/2026"))])
    words = table.fontMetrics().horizontalAdvance
    for width in (700, words("SD-2026-123456") + words("representation") + 120):
        table.resize(width, 300)
        assert table.columnWidth(0) > words("SD-2026-123456")
        assert table.columnWidth(1) > words("representation,")
        assert sum(map(table.columnWidth, range(3))) <= table.viewport().width()
    assert table.isColumnHidden(2)
    table.resize(700, 300)
    assert not table.isColumnHidden(2)


def test_rows_that_wrap_keep_their_heights_when_they_are_sorted(qtbot: QtBot) -> None:
    table = RecordTable(HEADERS, wraps=True)
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.set_rows([("a", ("SD-1", "Noy " * 90, "")), ("b", ("SD-2", "Dao", ""))])
    assert table.rowHeight(0) > table.rowHeight(1)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.rowHeight(0) < table.rowHeight(1)


def test_an_empty_list_says_what_to_do_next(table: RecordTable) -> None:
    table.set_empty_text("Press Ctrl+N to admit somebody.")
    assert not table._empty.isVisible()
    table.set_rows([])
    assert table._empty.isVisible()
    assert table._empty.text() == "Press Ctrl+N to admit somebody."


@pytest.mark.parametrize("width", [260, 700, 1060])
def test_columns_fit_the_window_even_with_a_very_long_name(table: RecordTable, width: int) -> None:
    table.set_rows([*ROWS, ("d", ("SD-0004", "ນາງ ຄຳແກ້ວ " * 40, "3/11/2026"))])
    table.resize(width, 400)
    widths = [table.columnWidth(column) for column in range(3)]
    assert sum(widths) <= table.viewport().width()
    strong = QFont(table.font())
    strong.setWeight(QFont.Weight.DemiBold)
    assert QFontMetrics(strong).horizontalAdvance("SD-0003") < widths[0]


@pytest.fixture(params=SIZES)
def in_every_size(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    dress(qapp, request.param)
    yield
    dress(qapp)


@pytest.mark.usefixtures("in_every_size")
def test_a_code_or_a_moment_is_whole_where_all_is_too_much_for_a_line(qtbot: QtBot) -> None:
    table = RecordTable(["When", "What", "Who"], "list", "List", copied=None, lines=(3, 8))
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    moments = [f"3{n % 2}/1{n % 3}/2026 1{n % 10}:4{n % 7}" for n in range(9)]
    for moment in moments:
        table.set_rows([("a", (moment, "a long kind of thing " * 3, "DEMO-0002 Somebody, " * 5))])
        needed = table.sizeHintForIndex(table.records.index(0, 0)).width()
        assert needed <= table.columnWidth(0), moment


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
