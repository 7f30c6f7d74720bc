"""The lines of the day log, one below the other; what corrects a line stands above it."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.calendar.clock import wall_time
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.services.logbook.log import LogRow

_HEADS: Final = (
    *(N_("Hour"), N_("What about"), N_("What was there"), N_("Noted"), N_("Written by")),
)
_NOTHING: Final = N_("Nothing is written down of this day.")
_LINES: Final = (4, 12)
_LETTERS: Final = ("D", "C", "P", "N")
_MUST, _OPEN, _WAS_CORRECTED = N_("must be read"), N_("open"), N_("was corrected")
_DONE: Final = N_("done {when}, {who}")
_CORRECTS: Final = N_("corrects: “{text}” – {why}")


class LogList(RecordTable):
    """D done, C correct, P and N the day before and after, while the keyboard is in it."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "log-lines", _("Day log"), wraps=True, copied=None, lines=_LINES)
        self.set_empty_text(_(_NOTHING))
        self.rows: dict[str, LogRow] = {}

    def show_lines(self, rows: Iterable[LogRow]) -> None:
        """Show other lines; the one that is chosen stays chosen."""
        self.rows = {row.line.id: row for row in rows}
        self.set_rows((line_id, _cells(row)) for line_id, row in self.rows.items())

    def row(self) -> LogRow | None:
        """Return the line of the cursor."""
        return self.rows.get(self.chosen())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if letter(event) in _LETTERS:
            self.struck.emit(letter(event))
        else:
            super().keyPressEvent(event)


def _cells(row: LogRow) -> tuple[str, ...]:
    line = row.line
    return (
        Ordered(wall_time(line.at), line.at.timestamp()),
        coded("log_entry_type", line.kind),
        row.text,
        "  ·  ".join(_noted(row)),
        row.by,
    )


def _noted(row: LogRow) -> list[str]:
    """Return what else is to be known of a line."""
    line, marks = row.line, list[str]()
    if row.is_corrected:
        return [_(_WAS_CORRECTED)]
    if line.must_read == "yes":
        marks.append(_(_MUST))
    if line.is_open:
        marks.append(_(_OPEN))
    if line.done_at is not None:
        done = {"when": moment_text(line.done_at), "who": row.done_by}
        marks.append(_(_DONE).format(**done))
    if line.corrects_id:
        why = {"text": row.corrects, "why": line.why_corrected or ""}
        marks.append(_(_CORRECTS).format(**why))
    return marks
