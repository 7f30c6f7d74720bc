"""One list of people and cases: typed into, filtered, opened with Enter."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.chips import Chips
from shelterdesk.gui.forms.list_page import list_page, table_card, title_line
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import CellsWhenSeen
from shelterdesk.gui.pages.today.people_list import (
    AGE_COLUMNS,
    ALL,
    COLUMNS,
    FILTERS,
    IN_HOUSE,
    OPEN,
    cells,
)
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import DOES, button, named, press_by
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.case.case_rows import CaseRow
from shelterdesk.services.day_lines import CASE
from shelterdesk.services.desk import Desk

_FOUND_AT_MOST: Final = 200

_NO_CASE: Final = N_("There is no case yet. When somebody arrives, admit her: a code is enough.")
_NOT_FOUND: Final = N_(
    "Nobody found. Part of the code, of the name she chose or of her name is enough, in Lao or "
    "Latin letters; or choose All above."
)
_NOBODY_HERE: Final = N_("Nobody stands in this list now. Choose All above to see everybody.")


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
        around = list_page(self)
        around.addLayout(self._head())
        around.addLayout(self._filters())
        around.addWidget(self._table_card(), 1)
        self.setFocusProxy(self.search)
        self.refresh()
        if not any(row.in_house for row in self._all):
            self._choose(OPEN)

    def _head(self) -> QHBoxLayout:
        line = title_line(_("People and cases"))
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
        self.print = print_button("print-people", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        if self._desk.may(Area.HOUSE, Right.WRITE):
            admit = button(_("Admit somebody"), "main")
            press_by(admit, "Ctrl+N")
            admit.clicked.connect(lambda: self.go.emit("admission", ""))
            line.addWidget(admit)
        return line

    def _filters(self) -> QHBoxLayout:
        self.chips = Chips("filter-", dict.fromkeys(FILTERS, ""))
        self.chips.choose(IN_HOUSE)
        self.chips.pressed.connect(self._choose)
        line = QHBoxLayout()
        line.addWidget(self.chips, 1)
        line.addWidget(Elided(_("Enter opens the case"), "quiet"))
        return line

    def _table_card(self) -> Card:
        heads = [_(heading) for heading, _told in COLUMNS]
        self.table = RecordTable(heads, "cases", _("People and cases"))
        for place in () if self._desk.may(Area.AGE) else AGE_COLUMNS:
            self.table.setColumnHidden(place, True)
        self.table.opened.connect(lambda case_id: self.go.emit("case", case_id))
        return table_card(self.table)

    # -- which rows -------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; what was typed and chosen stays."""
        self._all = self._desk.cases.rows()
        self.table.set_rows(CellsWhenSeen({row.id: row for row in self._all}, cells))
        self.chips.offer(
            {
                name: _(title).format(count=sum(map(fits, self._all)))
                for name, (title, fits) in FILTERS.items()
            }
        )
        self._show()

    def _choose(self, name: str) -> None:
        self.chips.choose(name)
        self._show()

    def _show(self) -> None:
        typed = self.search.text().strip()
        _title, fits = FILTERS[self.chips.chosen()]
        chosen = [row for row in self._all if fits(row)]
        if typed:
            chosen = self._found(typed, chosen)
        self.table.show_only([row.id for row in chosen])
        if chosen:
            self.table.selectRow(0)
        why = _NOT_FOUND if typed else _NOBODY_HERE
        self.table.set_empty_text(_(why if self._all else _NO_CASE))

    def _found(self, typed: str, chosen: list[CaseRow]) -> list[CaseRow]:
        """Return those of the chosen rows that fit what is typed, best first.

        When none of them fits, the rest of the list is looked through: who was typed is wanted,
        whichever filter happens to be on.
        """
        hits = self._desk.search.find(typed, _FOUND_AT_MOST)
        order = {hit.id: place for place, hit in enumerate(hits) if hit.page == CASE}
        found = [row for row in chosen if row.id in order]
        if not found and self.chips.chosen() != ALL:
            found = [row for row in self._all if row.id in order]
        return sorted(found, key=lambda row: order[row.id])

    # -- into the case ----------------------------------------------------------------------

    def _into_list(self) -> None:
        if self.table.records.rowCount():
            self.table.setFocus()

    def _open(self) -> None:
        if chosen := self.table.chosen():
            self.go.emit("case", chosen)

    def _print(self) -> None:
        """Print the list as it is seen: codes and chosen names."""
        draw = partial(self._desk.sheets.people, self.table.shown_ids())
        show_before_print([OnPaper("list", _("The list"), partial(draw, preview=True), draw)], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and chosen, so that it survives a change of language."""
        return {"search": self.search.text(), "filter": self.chips.chosen()}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed and chosen."""
        if values.get("filter") in FILTERS:
            self._choose(values["filter"])
        self.search.setText(values.get("search", ""))
