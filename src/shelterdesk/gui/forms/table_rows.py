"""The rows of a list: texts in memory, quick with a hundred thousand of them.

Texts are sorted as in a Lao dictionary; a cell that sorts by something else than its words is an
`Ordered`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, Self, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from shelterdesk.gui.forms.sorting import sorting_key

Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, tuple[str, ...]]
"""The id of a record and the texts of its cells."""

_NO_INDEX: Final = QModelIndex()


class Ordered(str):
    """Text of a cell that is sorted by `key`: dates, numbers, states in their own order."""

    __slots__ = ("key", "sign")

    key: object
    sign: QIcon | None

    def __new__(cls, text: str, key: object, sign: QIcon | None = None) -> Self:
        """Return `text` that is sorted by `key`, with a drawing before it if there is one.

        Keys of one column must compare.
        """
        made = super().__new__(cls, text)
        made.key, made.sign = key, sign
        return made


T = TypeVar("T")


class CellsWhenSeen(Mapping[str, tuple[str, ...]], Generic[T]):
    """Rows of which the cells are made when one is looked at, and kept: few of many ever are."""

    def __init__(self, told: dict[str, T], cells: Callable[[T], tuple[str, ...]]) -> None:
        self._told, self._cells = told, cells
        self._made: dict[str, tuple[str, ...]] = {}

    @override
    def __getitem__(self, record_id: str) -> tuple[str, ...]:
        if record_id not in self._made:
            self._made[record_id] = self._cells(self._told[record_id])
        return self._made[record_id]

    @override
    def __contains__(self, record_id: object) -> bool:
        return record_id in self._told

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    @override
    def __len__(self) -> int:
        return len(self._told)


Rows = Iterable[Row] | CellsWhenSeen[Any]


class RecordTableModel(QAbstractTableModel):
    """Rows of texts with their ids, sorted by any column, narrowed to a list of ids."""

    def __init__(self, headers: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers = tuple(headers)
        self._in_two: dict[int, str] = {}
        self._rows: Mapping[str, tuple[str, ...]] = {}
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
        if role == Qt.ItemDataRole.DecorationRole:
            return self.sign_at(index)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._in_two.get(section, self._headers[section])
        return self._headers[section] if role == Qt.ItemDataRole.AccessibleTextRole else None

    def heading(self, column: int) -> str:
        """Return the heading of a column as it was given."""
        return self._headers[column]

    def show_in_two(self, headings: Mapping[int, str]) -> bool:
        """Show these headings in two lines, by their columns, and the others in one.

        False where they are shown so already.
        """
        if headings == self._in_two:
            return False
        self._in_two = dict(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headers) - 1)
        return True

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

    def set_rows(self, rows: Rows) -> None:
        """Show these rows, in this order until a column is chosen to sort by."""
        self.beginResetModel()
        self._rows = rows if isinstance(rows, CellsWhenSeen) else dict(rows)
        self._order = None
        self._arrange()
        self.endResetModel()

    def update_row(self, record_id: str, cells: tuple[str, ...]) -> None:
        """Change the texts of one row where it stands; a row that is new is put at the end."""
        if record_id not in self._rows:
            self.set_rows([*self._rows.items(), (record_id, cells)])
            return
        self._rows = {**self._rows, record_id: cells}
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

    def sign_at(self, index: Index) -> QIcon | None:
        """Return the drawing that stands before the words of a cell."""
        return sign_of(self._rows[self._shown[index.row()]][index.column()])

    def first(self, most: int) -> list[tuple[str, ...]]:
        """Return the cells of the first rows that are shown."""
        return [self._rows[record_id] for record_id in self._shown[:most]]

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


def sign_of(cell: str) -> QIcon | None:
    """Return the drawing that stands before the words of a cell."""
    return cell.sign if isinstance(cell, Ordered) else None


def _is_blank(cell: str) -> bool:
    return cell.key is None if isinstance(cell, Ordered) else not cell


def _key(cell: str) -> tuple[bool, Any]:
    """Return what a cell is sorted by; empty ones come last, whichever way round."""
    if isinstance(cell, Ordered):
        return cell.key is None, "" if cell.key is None else cell.key
    return not cell, sorting_key(cell)
