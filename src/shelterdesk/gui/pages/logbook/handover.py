"""What is handed over: its lines one below the other, the words beside, and who signs for it."""

from datetime import UTC, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout
from typing_extensions import override

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NEAR
from shelterdesk.records.house.shifts import ShiftHandover, ShiftHandoverRead
from shelterdesk.services.logbook.handover import ShiftLine, to_be_read
from shelterdesk.services.logbook.shifts import Handover

_HEADS: Final = (N_("Hour"), N_("What about"), N_("Who"), N_("What was there"), N_("Noted"))
_LINES: Final = (3, 14)
_NOTHING: Final = N_("Nothing has happened since then.")
_NOW: Final = N_("Since {since}, to be handed over")
_THEN: Final = N_("{shift}, handed over on {at} by {by}")
_LEFT: Final = N_("Must be read, line by line: {n} are left.")
_NOT_READ, _READ = N_("must be read"), N_("must be read · read")


class HandoverLines(RecordTable):
    """The lines of a handover; which of them had the cursor while the keyboard was here is kept."""

    looked = Signal()

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "handover", _("Handover"), wraps=True, copied=None, lines=_LINES)
        self.set_empty_text(_(_NOTHING))
        self.seen: set[str] = set()
        self.lines: dict[str, ShiftLine] = {}
        self._until = datetime.min.replace(tzinfo=UTC)
        self.chosen_another.connect(self._look)

    def show_lines(self, lines: tuple[ShiftLine, ...], until: datetime) -> None:
        """Show the lines of another handover, or the same ones with what was read by now."""
        self._until = until
        self.lines = {line.record_id or str(n): line for n, line in enumerate(lines)}
        self.set_rows((name, self._cells(name, line)) for name, line in self.lines.items())

    def mark_read(self) -> None:
        """Show of each line whether it was read by now; the cursor stays."""
        chosen = self.chosen()
        self.set_rows((name, self._cells(name, line)) for name, line in self.lines.items())
        if chosen:
            self.choose(chosen)

    def left(self) -> int:
        """Return how many lines must be read and had no cursor yet."""
        return len(to_be_read(tuple(self.lines.values())) - self.seen)

    def _look(self, _chosen: str = "") -> None:
        """Take note of the line of the cursor."""
        line = self.lines.get(self.chosen())
        if line is not None and line.must_read and self.hasFocus():
            before = len(self.seen)
            self.seen.add(line.record_id)
            if len(self.seen) > before:
                self.looked.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._look()

    def _cells(self, name: str, line: ShiftLine) -> tuple[str, ...]:
        marks = []
        if line.must_read:
            marks.append(_(_READ if name in self.seen else _NOT_READ))
        if line.is_open:
            marks.append(_("open"))
        is_today = house_day(line.at) == house_day(self._until)
        shown = wall_time(line.at) if is_today else moment_text(line.at)
        hour = Ordered(shown, line.at.timestamp())
        told = (hour, _(line.part), line.who, line.in_words())
        return (*told, "  ·  ".join([*marks, *filter(None, [line.by])]))


class HandoverCard(Card):
    """One handover; below it a button for each who has begun a shift since and has not signed."""

    sign = Signal(str)
    """For whom it is to be signed."""

    def __init__(self) -> None:
        super().__init__("…", "handover-title")
        self.list = HandoverLines()
        self.list.looked.connect(self._looked)
        self.words = plain_label("", "handover-words")
        self.signed = label_as("", "quiet", "handover-signed", wraps=True)
        self.left = label_as("", "quiet", "handover-left", wraps=True)
        self.problem = problem_line(room=1)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(NEAR)
        for part in (self.words, self.list, self.signed, self.left):
            self.inside.addWidget(part)
        self.inside.addLayout(self._buttons)
        self.inside.addWidget(self.problem)
        self.told: Handover | None = None

    def show_handover(self, told: Handover, missing: tuple[tuple[str, str], ...]) -> None:
        """Show one; what was read of it stays read while it is the same."""
        if self.told is None or self.told.id != told.id:
            self.list.seen.clear()
            self.say("")
        self.told = told
        self.title.setText(_title(told))
        self.words.setText("\n".join(filter(None, (told.words, _cash(told)))))
        show_if(self.words, bool(self.words.text()))
        self.list.show_lines(told.lines, told.until)
        signed_by = ShiftHandoverRead.fields()["by_id"].label
        label = _(signed_by)
        self.signed.setText(f"{label}: {', '.join(told.signed)}" if told.signed else "")
        show_if(self.signed, bool(told.signed))
        row = emptied(self._buttons)
        if missing:
            row.addWidget(FlowRow(*(self._button(staff_id, name) for staff_id, name in missing)))
        self._asks = bool(missing)
        self._looked()

    def say(self, text: str) -> None:
        """Tell why it was not signed; an empty text takes it away."""
        tell(self.problem, text)

    def _button(self, staff_id: str, name: str) -> QPushButton:
        pressed = small(_("Read and signed: {name}").format(name=name), "sign-handover")
        pressed.clicked.connect(partial(self.sign.emit, staff_id))
        return pressed

    def _looked(self) -> None:
        """Say how many lines are left, and mark those that were read."""
        left = self.list.left() if self._asks else 0
        self.left.setText(_(_LEFT).format(n=left))
        show_if(self.left, left > 0)
        self.list.mark_read()


def _title(told: Handover) -> str:
    if not told.id:
        return _(_NOW).format(since=moment_text(told.since))
    shift = coded("shift", told.shift)
    return _(_THEN).format(shift=shift, at=moment_text(told.until), by=told.by)


def _cash(told: Handover) -> str:
    declared = ShiftHandover.fields()["cash_agrees"]
    return f"{_(declared.label)}: {coded('yes_no', told.cash_agrees)}" if told.cash_agrees else ""
