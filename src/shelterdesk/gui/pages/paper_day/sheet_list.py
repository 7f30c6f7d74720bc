"""The paper sheets, one below the other: those that are out first."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QKeyEvent
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.records.house.sheet import SheetState
from shelterdesk.services.paper_day.sheets import ListedSheet

_HEADS: Final = (
    *(N_("Code"), N_("What is written on it"), N_("Day or night"), N_("Printed"), N_("State")),
)
_NOTHING: Final = N_("No sheet was printed yet. Print a set before the power goes.")
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""
_PRINTED: Final = "{when}, {who}"
_TYPED: Final = N_("typed in {when}, {who}")
_VOID: Final = N_("void {when}: {why}")
_LETTERS: Final = ("U", "X")


class SheetList(RecordTable):
    """Enter types in, U was not used, X is void, while the keyboard is in it."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(
            heads, "paper-sheets", _("Paper sheets"), wraps=True, copied=0, lines=_LINES
        )
        self.set_empty_text(_(_NOTHING))
        self.rows: dict[str, ListedSheet] = {}

    def show_sheets(self, rows: Iterable[ListedSheet]) -> None:
        """Show other sheets; the one that is chosen stays chosen."""
        self.rows = {row.sheet.id: row for row in rows}
        self.set_rows((sheet_id, _cells(row)) for sheet_id, row in self.rows.items())
        if not self.chosen():
            self.choose_or_first()

    def row(self) -> ListedSheet | None:
        """Return the sheet of the cursor."""
        return self.rows.get(self.chosen())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if letter(event) in _LETTERS:
            self.struck.emit(letter(event))
        else:
            super().keyPressEvent(event)


def _cells(row: ListedSheet) -> tuple[str, ...]:
    sheet = row.sheet
    printed = _PRINTED.format(when=moment_text(sheet.printed_at), who=row.printed_by)
    return (
        sheet.code,
        coded("sheet_kind", sheet.kind),
        Ordered(day_text(sheet.for_day), sheet.for_day),
        Ordered(printed, sheet.printed_at.timestamp()),
        Ordered(state_words(row), row.sheet.state.value, _sign(row)),
    )


def state_words(row: ListedSheet) -> str:
    """Return how far a sheet is, since when, and by whom or why."""
    sheet = row.sheet
    if sheet.typed_at is not None:
        return _(_TYPED).format(when=moment_text(sheet.typed_at), who=row.typed_by)
    if sheet.voided_at is not None:
        return _(_VOID).format(when=moment_text(sheet.voided_at), why=sheet.why_void or "")
    return _(row.state)


def _sign(row: ListedSheet) -> QIcon | None:
    if row.sheet.state is SheetState.TYPED:
        return icon("check", "good")
    return icon("ban", "quiet") if row.sheet.state is SheetState.VOID else None
