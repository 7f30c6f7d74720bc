"""Below the list of who is out: what recurs, and what has ended of late."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import case_line, coded
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.rows import rule_line, small
from shelterdesk.gui.parts.style.measures import TIGHT
from shelterdesk.records.house.leave import Absence, StandingLeave

_NOTHING_RECURS: Final = N_("Nothing recurs yet. School from Monday to Friday is one entry.")
_NOTHING_ENDED: Final = N_("Nobody has come back within a week.")


class _Rows(Card):
    """A card of lines; one without any says so."""

    def __init__(self, title: str, empty: str) -> None:
        super().__init__(title)
        self._empty = empty
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.inside.addLayout(self._rows)

    def _fill(self, lines: Sequence[QWidget]) -> None:
        rows = emptied(self._rows)
        for number, line in enumerate(lines):
            if number:
                rows.addWidget(rule_line())
            rows.addWidget(line)
        if not lines:
            rows.addWidget(label_as(self._empty, "quiet", "empty", wraps=True))


class RecurringCard(_Rows):
    """What recurs, each line with a button that ends it."""

    ended = Signal(str)

    def __init__(self, writes: bool) -> None:
        super().__init__(_("Leave that recurs"), _(_NOTHING_RECURS))
        self._writes = writes

    def show_rows(self, found: Sequence[tuple[StandingLeave, str]]) -> None:
        """Show these rows, each with who it is."""
        self._fill([self._line(row, who) for row, who in found])

    def _line(self, row: StandingLeave, who: str) -> QWidget:
        line, flow = named(QWidget(), "recurring"), Flow()
        line.setLayout(flow)
        days = ", ".join(coded("weekday", day) for day in row.days)
        hours = f"{row.out_hour}–{row.back_hour}"
        flow.add(case_line(who, "recurring-case"))
        for words in (coded("absence_reason", row.reason), days, hours):
            flow.add(label_as(words, "quiet"))
        if row.until is not None:
            flow.add(label_as(_("until {day}").format(day=day_text(row.until)), "quiet"))
        elif self._writes:
            end = small(_("Ends today"), "end-recurring", ": ".join((_("Ends today"), who)))
            end.clicked.connect(partial(self.ended.emit, row.id))
            flow.add(end)
        return line


class LatelyCard(_Rows):
    """What has ended within a week, each line with a button to correct it."""

    correct = Signal(str)

    def __init__(self, writes: bool) -> None:
        super().__init__(_("Came back within a week"), _(_NOTHING_ENDED))
        self._writes = writes
        self._names: dict[str, str] = {}

    def who(self, absence_id: str) -> str:
        """Return whom a line is about."""
        return self._names.get(absence_id, "")

    def show_rows(self, found: Sequence[tuple[Absence, str]]) -> None:
        """Show these rows, each with who it was."""
        self._names = {row.id: who for row, who in found}
        self._fill([self._line(row, who) for row, who in found])

    def _line(self, row: Absence, who: str) -> QWidget:
        line, flow = named(QWidget(), "ended-leave"), Flow()
        line.setLayout(flow)
        flow.add(case_line(who, "ended-case"))
        for words in (coded("absence_reason", row.reason), self._when(row), row.back_how or ""):
            if words:
                flow.add(label_as(words, "quiet"))
        if row.why_corrected:
            flow.add(label_as(_("corrected: {why}").format(why=row.why_corrected), "quiet"))
        if self._writes:
            change = small(_("Correct …"), "correct-leave", ": ".join((_("Correct …"), who)))
            change.clicked.connect(partial(self.correct.emit, row.id))
            flow.add(change)
        return line

    @staticmethod
    def _when(row: Absence) -> str:
        if not row.happened:
            return _("did not go")
        end = row.back_at or row.ended_at
        return f"{moment_text(row.out_at)} – {moment_text(end)}"
