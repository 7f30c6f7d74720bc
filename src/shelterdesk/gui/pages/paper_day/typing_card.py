"""One sheet that is typed in: whose initials stand on it, its cells, and why it cannot be."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QHBoxLayout

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.pages.paper_day.typed_cells import TypedCells
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.services.desk import Desk
from shelterdesk.services.paper_day.kinds import CellsWrong
from shelterdesk.services.paper_day.sheets import ListedSheet

_TITLE: Final = "{code}  ·  {kind}  ·  {day}"
_PRINTED: Final = N_("printed {when}, {who}")
_HOW: Final = N_(
    "Type what stands on the paper, hours too. Enter goes on; a number chooses from a list. An "
    "empty hour is that of the line above."
)
_LINE: Final = N_("Line {n}: {why}")
_WRITER: Final = "writer"


class TypingCard(Card):
    """Shown for one sheet: its cells where it is out, else why nothing is typed in from it."""

    def __init__(self, desk: Desk, listed: ListedSheet) -> None:
        sheet = listed.sheet
        facts = {"kind": coded("sheet_kind", sheet.kind), "day": day_text(sheet.for_day)}
        super().__init__(_TITLE.format(code=sheet.code, **facts), "typing-title")
        self._desk, self.sheet_id = desk, sheet.id
        self.cells: TypedCells | None = None
        printed = {"when": moment_text(sheet.printed_at), "who": listed.printed_by}
        self.inside.addWidget(label_as(_(_PRINTED).format(**printed), "quiet"))
        try:
            desk.paper_sheets.demand_out(sheet.id)
        except DeskError as fault:
            self.refused = label_as(str(fault), "value", "sheet-refused", wraps=True)
            self.inside.addWidget(self.refused)
            return
        if desk.paper_sheets.may_type(sheet):
            self._ask(listed)

    def _ask(self, listed: ListedSheet) -> None:
        """Ask for what stands on the paper."""
        sheets = self._desk.paper_sheets
        self.inside.addWidget(label_as(_(_HOW), "quiet", wraps=True))
        self.writer = choice(
            "sheet-writer", _("Whose initials stand on the paper"), self._desk.staff.choices()
        )
        row = QHBoxLayout()
        row.addLayout(labelled(_("Whose initials stand on the paper"), self.writer))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.cells = TypedCells(sheets.kind_of(listed.sheet), sheets.rows_of(listed.sheet))
        self.inside.addWidget(self.cells)
        self.setFocusProxy(self.writer)

    def keep(self) -> str:
        """Keep all of it; returns what is wrong, and the keyboard goes to that cell."""
        if self.cells is None:
            return ""
        sheets = self._desk.paper_sheets
        try:
            sheets.type_in(self.sheet_id, self.cells.typed(), chosen(self.writer))
        except CellsWrong as wrong:
            (row, name), why = next(iter(wrong.problems.items()))
            self.cells.go_to((row, name))
            others = f"  ({wrong})" if len(wrong.problems) > 1 else ""
            return _(_LINE).format(n=row + 1, why=why) + others
        except DeskError as fault:
            return str(fault)
        return ""

    def draft(self) -> dict[str, str]:
        """Return what is typed and not kept."""
        if self.cells is None:
            return {}
        typed = self.cells.draft()
        writer = chosen(self.writer)
        return typed | ({_WRITER: writer} if writer else {})

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        if self.cells is not None:
            choose(self.writer, values.get(_WRITER, ""))
            self.cells.restore(values)
