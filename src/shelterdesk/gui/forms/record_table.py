"""Lists of records: a table over texts in memory, quick with a hundred thousand rows.

A page hands over ready texts and, to filter, the ids that are to be seen. Texts are sorted as in a
Lao dictionary; a cell that sorts by something else than its words is an `Ordered`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Self

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.clipboard import copy
from shelterdesk.gui.parts.delegates import PlainDelegate, WrappingDelegate
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.sorting import sorting_key

Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, tuple[str, ...]]
"""The id of a record and the texts of its cells."""

_NO_INDEX: Final = QModelIndex()
_SAMPLE: Final = 200
"""Rows that are measured to find the widths of the columns."""
_GAP: Final = 28


class Ordered(str):
    """Text of a cell that is sorted by `key`: dates, numbers, states in their own order."""

    __slots__ = ("key",)

    key: object

    def __new__(cls, text: str, key: object) -> Self:
        """Return `text` that is sorted by `key`; keys of one column must compare."""
        made = super().__new__(cls, text)
        made.key = key
        return made


class RecordTableModel(QAbstractTableModel):
    """Rows of texts with their ids, sorted by any column, narrowed to a list of ids."""

    def __init__(self, headers: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers = tuple(headers)
        self._rows: dict[str, tuple[str, ...]] = {}
        self._only: list[str] | None = None
        self._shown: list[str] = []
        self._places: dict[str, int] | None = None
        self._order: tuple[int, list[str]] | None = None
        self._sorted_by = -1
        self._descending = False
        self._strong = QFont()
        self._strong.setWeight(QFont.Weight.DemiBold)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._headers)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return str(self._rows[self._shown[index.row()]][index.column()])
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return self._strong
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        along = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._headers[section] if along and section < len(self._headers) else None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = column if 0 <= column < len(self._headers) else -1
        self._descending = order is Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._shown[index.row()] for index in before]
        self._arrange()
        after = [
            self.index(self._place_of(record_id), index.column())
            for record_id, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def set_headers(self, headers: Sequence[str]) -> None:
        """Put words over the columns, as many as the rows have cells."""
        self.beginResetModel()
        self._headers = tuple(headers)
        self.endResetModel()

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows, in this order until a column is chosen to sort by."""
        self.beginResetModel()
        self._rows = dict(rows)
        self._order = None
        self._arrange()
        self.endResetModel()

    def update_row(self, record_id: str, cells: tuple[str, ...]) -> None:
        """Change the texts of one row where it stands; a row that is new is put at the end."""
        if record_id not in self._rows:
            self.set_rows([*self._rows.items(), (record_id, cells)])
            return
        self._rows[record_id] = cells
        self._order = None
        place = self._place_of(record_id)
        if place >= 0:
            last = self.index(place, self.columnCount() - 1)
            self.dataChanged.emit(self.index(place, 0), last)

    def show_only(self, ids: Sequence[str] | None) -> None:
        """Show only these records, in this order unless sorted by a column; None shows all."""
        self.beginResetModel()
        self._only = None if ids is None else list(ids)
        self._arrange()
        self.endResetModel()

    def id_at(self, index: Index) -> str:
        """Return the id of the record in a row; "" outside of the table."""
        return self._shown[index.row()] if index.isValid() else ""

    def index_of(self, record_id: str) -> QModelIndex:
        """Return the first cell of a record's row; an invalid index when it is not shown."""
        place = self._place_of(record_id)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def all_rows(self) -> int:
        """Return how many rows there are, those that are filtered out included."""
        return len(self._rows)

    def _place_of(self, record_id: str) -> int:
        if self._places is None:
            self._places = {shown: place for place, shown in enumerate(self._shown)}
        return self._places.get(record_id, -1)

    def _arrange(self) -> None:
        rows = self._rows
        self._places = None
        self._shown = list(rows) if self._only is None else [i for i in self._only if i in rows]
        column = self._sorted_by
        if column >= 0:
            wanted = None if self._only is None else set(self._shown)
            ordered = self._in_order(column)
            if self._descending:
                blank = [i for i in ordered if _is_blank(rows[i][column])]
                ordered = [*reversed(ordered[: len(ordered) - len(blank)]), *blank]
            self._shown = [i for i in ordered if wanted is None or i in wanted]

    def _in_order(self, column: int) -> list[str]:
        """Return all ids sorted by a column; kept until a text or the column changes."""
        if self._order is None or self._order[0] != column:
            by_text = {cells[column]: _key(cells[column]) for cells in self._rows.values()}
            keys = {record_id: by_text[cells[column]] for record_id, cells in self._rows.items()}
            self._order = (column, sorted(keys, key=keys.__getitem__))
        return self._order[1]


def _is_blank(cell: str) -> bool:
    return cell.key is None if isinstance(cell, Ordered) else not cell


def _key(cell: str) -> tuple[bool, Any]:
    """Return what a cell is sorted by; empty ones come last, whichever way round."""
    if isinstance(cell, Ordered):
        return cell.key is None, "" if cell.key is None else cell.key
    return not cell, sorting_key(cell)


class RecordTable(QTableView):
    """The table on the screen: Enter or a double click opens, Ctrl+C copies codes and no more.

    A row is one line; where it `wraps`, it is as high as its words need in the columns as they are.
    """

    opened = Signal(str)

    def __init__(
        self,
        headers: Sequence[str] = (),
        name: str = "table",
        spoken: str = "",
        *,
        wraps: bool = False,
    ) -> None:
        super().__init__()
        named(self, name, spoken or _("List"))
        self.records = RecordTableModel(headers, self)
        self.setModel(self.records)
        self._empty = plain_label("", "empty")
        self._empty.setParent(self.viewport())
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count_label: QLabel = plain_label("", "count", wraps=False)
        self._set_up()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self.resizeRowsToContents)
        if wraps:
            self._wrap()
        self.doubleClicked.connect(self._open)
        self.records.modelReset.connect(self._tell)
        self._tell()

    def _set_up(self) -> None:
        self.setItemDelegate(PlainDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.setSortIndicatorClearable(True)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setStretchLastSection(True)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(round(self.fontMetrics().lineSpacing() * 1.7))

    def _wrap(self) -> None:
        """Let words go on in a next line, and keep each row as high as that needs."""
        self.setItemDelegate(WrappingDelegate(self))
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().sectionResized.connect(lambda *_widths: self._settling.start(0))

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows, give the columns their widths, and keep the chosen row chosen."""
        chosen = self.chosen()
        self.records.set_rows(rows)
        self.fit_columns()
        if self.wordWrap():
            self.resizeRowsToContents()
        self.choose(chosen)

    def show_only(self, ids: Sequence[str] | None) -> None:
        """Narrow the list to these records; None shows all."""
        chosen = self.chosen()
        self.records.show_only(ids)
        self.choose(chosen)

    def chosen(self) -> str:
        """Return the id of the record on which the cursor stands; "" for none."""
        return self.records.id_at(self.currentIndex())

    def shown_ids(self) -> list[str]:
        """Return the ids of the records that are seen, in the order in which they stand."""
        return [
            self.records.id_at(self.records.index(n, 0)) for n in range(self.records.rowCount())
        ]

    def choose(self, record_id: str) -> None:
        """Put the cursor on a record and bring it into view, if it is in the list."""
        index = self.records.index_of(record_id)
        if index.isValid():
            self.setCurrentIndex(index)

    def set_empty_text(self, text: str) -> None:
        """Say what to do next when the list is empty."""
        self._empty.setText(text)
        self._tell()

    def fit_columns(self) -> None:
        """Give each column the width of its longest text; if there is no room, long ones yield.

        Where rows wrap, room that is left belongs to all columns: words then need fewer lines.
        """
        seen = [n for n in range(self.records.columnCount()) if not self.isColumnHidden(n)]
        wanted = [self._wanted(column) for column in seen]
        room = self.viewport().width()
        if self.wordWrap() and seen:
            more = max(0, room - sum(wanted)) // len(seen)
            wanted = [width + more for width in wanted]
        for column, width in zip(seen, _shared(wanted, room), strict=True):
            self.setColumnWidth(column, width)

    def _wanted(self, column: int) -> int:
        """Return the width that the first rows of a column and its heading need."""
        model, metrics = self.records, self.fontMetrics()
        rows = range(min(_SAMPLE, model.rowCount()))
        texts = {t for r in rows for t in str(model.index(r, column).data()).split("\n")}
        header = (
            self.horizontalHeader()
            .fontMetrics()
            .horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal)))
        )
        return max([header + _GAP // 2, *map(metrics.horizontalAdvance, texts)]) + _GAP

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_codes()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect().adjusted(24, 24, -24, -24))
        self.fit_columns()

    def _open(self, index: QModelIndex) -> None:
        if record_id := self.records.id_at(index):
            self.opened.emit(record_id)

    def copy_codes(self) -> None:
        """Copy the first column of the chosen rows: codes, never names."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        codes = [str(self.records.index(row, 0).data()) for row in rows]
        copy("\n".join(codes))

    def _tell(self) -> None:
        """Say how many rows are shown, and what to do when there are none."""
        shown, all_rows = self.records.rowCount(), self.records.all_rows()
        if shown == all_rows:
            text = str(all_rows)
        else:
            text = _("{shown} of {all}").format(shown=shown, all=all_rows)
        self.count_label.setText(text)
        show_if(self._empty, shown == 0)


def _shared(wanted: list[int], room: int) -> list[int]:
    """Return a width for each column: what it wants, or of those above a fair share less."""
    fair = room // len(wanted) if wanted else 0
    spare = max(0, room - sum(min(width, fair) for width in wanted))
    long_ones = sum(max(0, width - fair) for width in wanted) or 1
    return [
        width if width <= fair else fair + min(width - fair, spare * (width - fair) // long_ones)
        for width in wanted
    ]
