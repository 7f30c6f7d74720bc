"""The list of who is out: everybody who lives here, those who are late before all others."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.services.access.away import Away, Where
from shelterdesk.services.house.leave import WhereSheIs
from shelterdesk.services.house.plan import natural

_HEADS: Final = (N_("Bed"), N_("Who lives here"), N_("Where she is"), N_("Expected back"))
_NOBODY: Final = N_("Nobody lives in the house now. When somebody arrives, admit her.")
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""

_STATES: Final = {
    Where.OUT: N_("out: {reason}"),
    Where.DUE: N_("due: {reason}"),
    Where.OVERDUE: N_("not back: {reason}"),
}
_PLANNED: Final = N_("goes {when}: {reason}")
KEYS: Final = "OIHA"


class LeaveList(RecordTable):
    """O signs out, I signs in, H is the hospital; Space marks a line, A all that are like it."""

    struck = Signal(str)
    marked_others = Signal()

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "leave", _("Who is out"), wraps=True, copied=None, lines=_LINES)
        self.set_empty_text(_(_NOBODY))
        self.lines: dict[str, WhereSheIs] = {}
        self.marked: set[str] = set()

    def show_board(self, board: Iterable[WhereSheIs], now: datetime) -> None:
        """Show who is where; what was marked stays marked while it is there."""
        self.lines = {line.resident.case_id: line for line in board}
        self.marked &= self.lines.keys()
        self.set_rows((case_id, self._cells(line, now)) for case_id, line in self.lines.items())
        if not self.chosen():
            self.choose_or_first()

    def line(self) -> WhereSheIs | None:
        """Return the line on which the cursor stands."""
        return self.lines.get(self.chosen())

    def meant(self) -> list[WhereSheIs]:
        """Return the lines that are marked, in their order; else the one with the cursor."""
        marked = [line for case_id, line in self.lines.items() if case_id in self.marked]
        here = self.line()
        return marked or ([here] if here is not None else [])

    def mark(self, case_ids: Iterable[str], now: datetime) -> None:
        """Mark these lines and no others."""
        self.marked = set(case_ids)
        for case_id, line in self.lines.items():
            self.records.update_row(case_id, self._cells(line, now))
        self.marked_others.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = letter(event)
        if key and key in KEYS:
            self.struck.emit(key)
        elif event.key() == Qt.Key.Key_Space:
            self.struck.emit(" ")
        else:
            super().keyPressEvent(event)

    def _cells(self, line: WhereSheIs, now: datetime) -> tuple[str, ...]:
        is_marked = line.resident.case_id in self.marked
        bed = line.resident.bed or "–"
        who = _("{who}  ·  2 alike").format(who=line.who) if line.is_alike else line.who
        late = line.state(now) in (Where.DUE, Where.OVERDUE)
        sign = icon("check", "accent") if is_marked else None
        where = Ordered(
            where_text(line, now),
            where_text(line, now),
            icon("triangle-alert", _colour(line.state(now))) if late else None,
        )
        return Ordered(bed, natural(bed), sign), who, where, due_words(line.out, now)


def _colour(state: Where | None) -> str:
    return "problem" if state is Where.OVERDUE else "warning"


def where_text(line: WhereSheIs, now: datetime) -> str:
    """Return in words where somebody is, or when she goes out next."""
    state = line.state(now)
    if line.out is not None and state is not None:
        return _(_STATES[state]).format(reason=reason_text(line.out))
    if line.planned:
        soon = line.planned[0]
        return _(_PLANNED).format(when=moment_text(soon.out_at), reason=reason_text(soon))
    if line.resident.is_away:  # an earlier text that is no leave yet
        return coded("residence_state", line.resident.state)
    return _("in the house")


def reason_text(out: Away) -> str:
    """Return why she is out, in the language of the screen."""
    return coded("absence_reason", out.reason)


def due_words(out: Away | None, now: datetime) -> str:
    """Return when she is expected: the hour alone where that is today."""
    if out is None or out.due_at is None:
        return Ordered("", float("inf"))
    is_today = house_day(out.due_at) == house_day(now)
    words = wall_time(out.due_at) if is_today else moment_text(out.due_at)
    return Ordered(words, out.due_at.timestamp())
