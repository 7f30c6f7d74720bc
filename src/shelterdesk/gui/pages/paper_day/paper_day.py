"""Paper sheets: what is out, typed in, void; a set is printed; a code opens what is typed in."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.pages.house.paper_sets import sheet_papers
from shelterdesk.gui.pages.house.ways import house_acts, house_foot, house_page
from shelterdesk.gui.pages.paper_day.sheet_list import SheetList
from shelterdesk.gui.pages.paper_day.typing_card import TypingCard
from shelterdesk.gui.paper.print_preview import print_button, show_before_print
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.house.sheet import SheetState
from shelterdesk.services.day_lines import PAPER_DAY
from shelterdesk.services.desk import Desk

_NOT_USED: Final = N_("Nothing was written on this paper.")
_KEEP, _LIST = "keep", "list"
_WHY: Final = N_("Why is {code} void?")


class PaperDayPage(QWidget):
    """The list of sheets; above it the one that is typed in."""

    go = Signal(str, str)
    saved = Signal()
    page_name = PAPER_DAY

    def __init__(self, desk: Desk, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.LOGBOOK, Right.WRITE)
        self._sheet_id = record_id
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        self._place = QVBoxLayout()
        around.addLayout(self._place)
        self.card: TypingCard | None = None
        self.why = AskWhy()
        self._listed = self._list_card()
        around.addWidget(self._listed)
        around.addWidget(self.why)
        around.addStretch(1)
        house_foot(self, self._foot, self.problem)
        self._open()
        self.refresh()

    def _open(self) -> None:
        """Show the sheet for which the page was opened."""
        if self._sheet_id:
            listed = self._desk.paper_sheets.sheet(self._sheet_id)
            self.card = TypingCard(self._desk, listed)
            self._place.addWidget(self.card)
        show_if(self._listed, not self.is_typing)
        self.setFocusProxy(self.card if self.card is not None and self.is_typing else self.list)

    @property
    def is_typing(self) -> bool:
        """Whether something is typed in from a sheet: then the list gives way."""
        return self.card is not None and self.card.cells is not None

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Paper sheets"))
        self.told = named(Elided("", "quiet"), "sheets-told")
        line.addWidget(self.told, 1)
        self.print = print_button("print-sheets", self._print, wanted=self._writes)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = SheetList()
        self.list.struck.connect(self._struck)
        self.list.opened.connect(self._type_in)
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        self._foot, self.acts = house_acts(
            self._struck,
            ("", _("Type in (Enter)"), "sheet-type"),
            ("U", _("Was not used (U)"), "sheet-unused"),
            ("X", _("Make void … (X)"), "sheet-void"),
            (_KEEP, _("Keep what was written (Ctrl+Enter)"), "keep-sheet"),
            (_LIST, _("To the list"), "to-sheets"),
        )
        press_by(self.acts[_KEEP], "Ctrl+Return", within=self)
        show_if(self._foot, self._writes)
        self.problem = problem_line(room=2)
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the sheets anew; what is typed stays."""
        rows = self._desk.paper_sheets.lately()
        self.list.show_sheets(rows)
        out = sum(row.sheet.state is SheetState.OUT for row in rows)
        self.told.setText(_("not typed in yet: {count}").format(count=out))
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        row = self.list.row()
        is_out = row is not None and row.sheet.state is SheetState.OUT and not self.is_typing
        for key, pressed in self.acts.items():
            show_if(pressed, self.is_typing if key in (_KEEP, _LIST) else is_out)
        if row is not None and is_out:
            show_if(self.acts[""], self._writes and self._desk.paper_sheets.may_type(row.sheet))

    # -- what is done -----------------------------------------------------------------------

    def _type_in(self, sheet_id: str) -> None:
        self.go.emit(PAPER_DAY, sheet_id)

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for, with the sheet of the cursor."""
        tell(self.problem, "")
        if key == _KEEP:
            self._keep()
            return
        if key == _LIST:
            self.go.emit(PAPER_DAY, "")
            return
        row = self.list.row()
        if row is None or not self._writes or row.sheet.state is not SheetState.OUT:
            return
        if key == "U":
            self._void(row.sheet.id, _(_NOT_USED))
        elif key == "X":
            words = _(_WHY).format(code=row.sheet.code)
            self.why.ask(words, _("Make the sheet void"), partial(self._desk_void, row.sheet.id))
        else:
            self._type_in(row.sheet.id)

    def _void(self, sheet_id: str, why: str) -> None:
        try:
            self._desk_void(sheet_id, why)
        except DeskError as fault:
            tell(self.problem, str(fault))

    def _desk_void(self, sheet_id: str, why: str) -> None:
        self._desk.paper_sheets.make_void(sheet_id, why)
        if sheet_id == self._sheet_id:
            self._show_again()
        self.refresh()
        self.list.choose(next(iter(self.list.rows)))  # the next one that is out
        self.list.setFocus()

    def _keep(self) -> None:
        """Keep what was typed in, and show the sheet as it stands now; or tell what is wrong."""
        if self.card is None or not self.is_typing:
            return
        if wrong := self.card.keep():
            tell(self.problem, wrong)
            return
        self._show_again()
        self.refresh()
        self.saved.emit()
        self.list.choose(self._sheet_id)
        self.list.setFocus()

    def _show_again(self) -> None:
        if self.card is not None:
            self._place.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        self._open()

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        if show_before_print(sheet_papers(self._desk), self):
            self.refresh()

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed in from a sheet and not kept."""
        return self.card.draft() if self.card is not None else {}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed, into the sheet it was typed in from."""
        if self.card is not None and self._writes:
            self.card.restore(values)
