"""The list of the roll: where the records have everybody who lives here, where she was seen."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.pages.house.leave_list import reason_text
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.keys import letter
from shelterdesk.services.house.plan import natural
from shelterdesk.services.house.roll import NOT_FOUND, UNSAID, RollRow

_HEADS: Final = (N_("Bed"), N_("Who lives here"), N_("The records say"), N_("Seen"))
_NOBODY: Final = N_("Nobody lives in the house now. When somebody arrives, admit her.")
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""
_WHAT: Final = N_("What happened?")
_HERE: Final = N_("is here: sign her in")
KEYS: Final = "OIMN"


class RollList(RecordTable):
    """Space marks a difference; O, M, N, I say what happened to her."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "roll", _("Roll of a night"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NOBODY))
        self.rows: dict[str, RollRow] = {}
        self.seen: dict[str, str | None] = {}
        """By case where she is seen; None for who is away."""

    def show_roll(self, rows: Iterable[RollRow]) -> None:
        """Show who lives here; what was marked stays, unless the records say otherwise by now."""
        before, old = self.seen, self.rows
        self.rows = {row.case_id: row for row in rows}
        self.seen = {
            case_id: before[case_id]
            if case_id in before and old[case_id].is_out == row.is_out
            else row.seen or row.expected
            for case_id, row in self.rows.items()
        }
        self.set_rows((case_id, self._cells(row)) for case_id, row in self.rows.items())
        if not self.chosen():
            self.choose_or_first()

    def row(self) -> RollRow | None:
        """Return the row on which the cursor stands."""
        return self.rows.get(self.chosen())

    def say(self, case_id: str, seen: str | None) -> None:
        """Say of somebody where she is seen."""
        self.seen[case_id] = seen
        self.records.update_row(case_id, self._cells(self.rows[case_id]))
        self.chosen_another.emit(case_id)

    def differing(self) -> dict[str, str]:
        """Return what was marked and is not kept, where that is not what the records say."""
        told = ((c, self.seen[c], row.seen or row.expected) for c, row in self.rows.items())
        return {
            case_id: seen for case_id, seen, known in told if seen != known and seen is not None
        }

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = letter(event)
        if key and key in KEYS:
            self.struck.emit(key)
        elif event.key() == Qt.Key.Key_Space:
            self.struck.emit(" ")
        else:
            super().keyPressEvent(event)

    def _cells(self, row: RollRow) -> tuple[str, ...]:
        one, seen = row.resident, self.seen[row.case_id]
        who = " ".join(filter(None, (one.code, one.alias)))
        expected = reason_text(one.out) if one.out is not None else _("in the house")
        return (
            Ordered(one.bed or "–", natural(one.bed or "–")),
            who,
            expected,
            Ordered(_words(row, seen), _words(row, seen), _sign(row, seen)),
        )


def _words(row: RollRow, seen: str | None) -> str:
    if row.is_out:
        return _(_HERE) if seen is not None else "–"
    return _(_WHAT) if seen in (None, UNSAID) else coded("roll_seen", seen)


def _sign(row: RollRow, seen: str | None) -> QIcon | None:
    if row.is_out:
        return icon("triangle-alert", "warning") if seen is not None else None
    if seen in (None, UNSAID):
        return icon("triangle-alert", "warning")
    return icon("triangle-alert", "problem") if seen == NOT_FOUND else icon("check", "good")
