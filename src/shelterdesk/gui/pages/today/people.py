"""One list of people and cases: typed into, filtered, opened with Enter."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.clipboard import copy
from shelterdesk.gui.pages.today.people_list import (
    AGE_COLUMNS,
    ALL,
    COLUMNS,
    FILTERS,
    IN_HOUSE,
    OPEN,
    PeopleModel,
)
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import Elided
from shelterdesk.gui.parts.look import dress_page, label_as
from shelterdesk.gui.parts.plain import DOES, button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.rows import chip
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.case.case_rows import CaseRow
from shelterdesk.services.desk import Desk

_FOUND_AT_MOST: Final = 200

_NO_CASE: Final = N_("There is no case yet. When somebody arrives, admit her: a code is enough.")
_NOT_FOUND: Final = N_(
    "Nobody found. Part of the code, of the name she chose or of her name is enough, in Lao or "
    "Latin letters; or choose All above."
)
_NOBODY_HERE: Final = N_("Nobody stands in this list now. Choose All above to see everybody.")


class CaseTable(QTableView):
    """The table; Enter opens the line, Ctrl+C copies the code and nothing else."""

    wanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_codes()
        else:
            super().keyPressEvent(event)

    def copy_codes(self) -> None:
        """Copy the code of the chosen line."""
        model = self.model()
        if isinstance(model, PeopleModel):
            copy(model.code(self.currentIndex().row()))


class SearchLine(WrittenLine):
    """The line that is typed into; the arrow down goes on into the list below it."""

    down = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class PeoplePage(QWidget):
    """Everybody the person at the desk may know of, found as she types."""

    go = Signal(str, str)
    page_name = "people"
    only_searches = True
    """What is typed here is no unfinished text: it is not kept, nor offered on other pages."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._all: list[CaseRow] = []
        self._filter = IN_HOUSE
        dress_page(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(32, 24, 32, 24)
        around.setSpacing(14)
        around.addLayout(self._head())
        around.addLayout(self._filters())
        around.addWidget(self._table_card(), 1)
        self.setFocusProxy(self.search)
        self.refresh()
        if not any(row.in_house for row in self._all):
            self._choose(OPEN)

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(plain_label(_("People and cases"), "title", wraps=False))
        self.search = named(SearchLine(), "search", _("Find a person or case"))
        self.search.setPlaceholderText(_("Code or name, in Lao or Latin letters"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._open)
        self.search.down.connect(self._into_list)
        line.addWidget(self.search, 1)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setProperty(DOES, _("Find a person or case"))
        find.activated.connect(self.search.setFocus)
        if self._desk.may(Area.HOUSE, Right.WRITE):
            admit = button(_("Admit somebody"), "main")
            press_by(admit, "Ctrl+N")
            admit.clicked.connect(lambda: self.go.emit("admission", ""))
            line.addWidget(admit)
        return line

    def _filters(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        for name in FILTERS:
            made = chip("", f"filter-{name}")
            made.clicked.connect(lambda _on, chosen=name: self._choose(chosen))
            group.addButton(made)
            line.addWidget(made)
            self._chips[name] = made
        line.addStretch(1)
        line.addWidget(Elided(_("Enter opens the case"), "quiet"))
        return line

    def _table_card(self) -> Card:
        card = Card()
        card.inside.setContentsMargins(6, 4, 6, 6)
        self._model = PeopleModel(self)
        self.table = named(CaseTable(), "cases", _("People and cases"))
        self.table.setModel(self._model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSortingEnabled(True)
        self._widths()
        self.table.wanted.connect(self._open)
        self.table.activated.connect(self._open_at)
        self.table.doubleClicked.connect(self._open_at)
        self.empty = label_as("", "quiet", "empty", wraps=True)
        self.empty.setMargin(18)
        card.inside.addWidget(self.table, 1)
        card.inside.addWidget(self.empty, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        return card

    def _widths(self) -> None:
        metrics = self.table.fontMetrics()
        rows = self.table.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(round(metrics.height() * 1.85))
        heads = self.table.horizontalHeader()
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(metrics.averageCharWidth() * 5)
        for place, (title, _shown, widest) in enumerate(COLUMNS):
            if widest:
                letters = max(widest, _(title), key=metrics.horizontalAdvance)
                room = metrics.horizontalAdvance(letters) + metrics.averageCharWidth() * 4
                self.table.setColumnWidth(place, room)
            else:
                heads.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        for place in () if self._desk.may(Area.AGE) else AGE_COLUMNS:
            self.table.setColumnHidden(place, True)

    # -- which rows -------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; what was typed and chosen stays."""
        self._all = self._desk.cases.rows()
        for name, (title, fits) in FILTERS.items():
            count = sum(1 for row in self._all if fits(row))
            self._chips[name].setText(_(title).format(count=count))
            self._chips[name].setAccessibleName(_(title).format(count=count))
        self._chips[self._filter].setChecked(True)
        self._show()

    def _choose(self, name: str) -> None:
        self._filter = name
        self._chips[name].setChecked(True)
        self._show()

    def _show(self) -> None:
        typed = self.search.text().strip()
        _title, fits = FILTERS[self._filter]
        chosen = [row for row in self._all if fits(row)]
        if typed:
            chosen = self._found(typed, chosen)
        self._model.show_rows(chosen)
        if chosen:
            self.table.selectRow(0)
        show_if(self.table, bool(chosen))
        show_if(self.empty, not chosen)
        why = _NOT_FOUND if typed else _NOBODY_HERE
        self.empty.setText(_(why if self._all else _NO_CASE))

    def _found(self, typed: str, chosen: list[CaseRow]) -> list[CaseRow]:
        """Return those of the chosen rows that fit what is typed, best first.

        When none of them fits, the rest of the list is looked through: who was typed is wanted,
        whichever filter happens to be on.
        """
        hits = self._desk.search.find(typed, _FOUND_AT_MOST)
        order = {hit.id: place for place, hit in enumerate(hits) if hit.kind == "case"}
        found = [row for row in chosen if row.id in order]
        if not found and self._filter != ALL:
            found = [row for row in self._all if row.id in order]
        return sorted(found, key=lambda row: order[row.id])

    # -- into the case ----------------------------------------------------------------------

    def _into_list(self) -> None:
        if self._model.rowCount():
            self.table.setFocus()

    def _open(self) -> None:
        self._open_at(self.table.currentIndex())

    def _open_at(self, index: QModelIndex) -> None:
        case_id = self._model.case_id(index.row())
        if case_id:
            self.go.emit("case", case_id)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and chosen, so that it survives a change of language."""
        return {"search": self.search.text(), "filter": self._filter}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed and chosen."""
        if values.get("filter") in FILTERS:
            self._choose(values["filter"])
        self.search.setText(values.get("search", ""))
