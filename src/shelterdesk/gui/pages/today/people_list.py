"""The list of people and cases as a table sees it: what each column shows, and who is in it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.sorting import sorted_by
from shelterdesk.services.case.case_rows import CaseRow

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_Role = Qt.ItemDataRole

IN_HOUSE, OPEN, MINE, CLOSED, ALL = "in_house", "open", "mine", "closed", "all"

FILTERS: Final[dict[str, tuple[str, Callable[[CaseRow], bool]]]] = {
    IN_HOUSE: (N_("In the house ({count})"), lambda row: row.in_house),
    OPEN: (N_("Open ({count})"), lambda row: not row.closed),
    MINE: (N_("Mine ({count})"), lambda row: row.own and not row.closed),
    CLOSED: (N_("Closed ({count})"), lambda row: row.closed),
    ALL: (N_("All ({count})"), lambda _row: True),
}
"""What the small buttons above the list choose, each with its name."""


def _place(row: CaseRow) -> str:
    if not row.in_house:
        return ""
    return row.bed or _("in the house")


COLUMNS: Final[tuple[tuple[str, Callable[[CaseRow], str], str], ...]] = (
    (N_("Case code"), lambda row: row.code, "WWW-WWW"),
    (N_("Name she chose"), lambda row: row.alias, ""),
    (N_("Name"), lambda row: row.name, ""),
    (N_("Age"), lambda row: row.age, "00–00"),
    (N_("State"), lambda row: coded("case_state", row.state), ""),
    (N_("Bed"), _place, "Room 12"),
    (N_("Counsellor"), lambda row: row.owner, ""),
)
"""Heading, what stands below it, and the widest text; without one it shares what room is left."""

AGE_COLUMNS: Final = (2, 3)
"""Columns that are shown only to who may know names and ages."""


class PeopleModel(QAbstractTableModel):
    """The rows that are shown now; the whole list is kept beside it, so that filtering is quick."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[CaseRow] = ()
        self._chosen: tuple[int, Qt.SortOrder] | None = None
        self._strong = QFont()
        self._strong.setWeight(QFont.Weight.DemiBold)

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these rows instead of those before, in the order that was chosen by a heading."""
        self.beginResetModel()
        self._rows = self._in_order(rows)
        self.endResetModel()

    def _in_order(self, rows: Sequence[CaseRow]) -> Sequence[CaseRow]:
        if self._chosen is None:
            return rows
        column, order = self._chosen
        backwards = order is Qt.SortOrder.DescendingOrder
        return sorted_by(rows, COLUMNS[column][1], backwards=backwards)

    def case_id(self, place: int) -> str:
        """Return the id of the case in a line; "" where there is no such line."""
        return self._rows[place].id if 0 <= place < len(self._rows) else ""

    def code(self, place: int) -> str:
        """Return the code of the case in a line; "" where there is no such line."""
        return self._rows[place].code if 0 <= place < len(self._rows) else ""

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return COLUMNS[index.column()][1](self._rows[index.row()])
        if role == _Role.FontRole and index.column() == 0:
            return self._strong
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return _(COLUMNS[section][0])
        if orientation is Qt.Orientation.Horizontal and role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._chosen = (column, order) if 0 <= column < len(COLUMNS) else None
        self.show_rows(self._rows)
