"""What happened in a case, day by day, newest first."""

from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import spoken_day
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.rows import rule_line, small
from shelterdesk.records.case.case import Case
from shelterdesk.services.case.cases import Event
from shelterdesk.services.desk import Desk

_AT_A_TIME: Final = 60
"""Events that are drawn before somebody asks for earlier ones."""

_EMPTY: Final = N_("Nothing has happened in this case yet. The first note will stand here.")


class CaseTimeline(QWidget):
    """The tab with the events of one case: one plain line each, below the day they belong to."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._shown = _AT_A_TIME
        card = Card(_("Timeline"))
        self._days = QVBoxLayout()
        self._days.setSpacing(8)
        card.inside.addLayout(self._days)
        self.earlier = small(_("Show earlier"), "earlier")
        self.earlier.clicked.connect(self._show_earlier)
        card.inside.addWidget(self.earlier)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)
        self.refresh()

    def refresh(self) -> None:
        """Read the events anew."""
        events = self._desk.cases.timeline(self._case)
        days = emptied(self._days)
        for number, (day, found) in enumerate(
            groupby(events[: self._shown], key=lambda event: house_day(event.at))
        ):
            if number:
                days.addWidget(rule_line())
            days.addWidget(label_as(spoken_day(day), "strong", "day"))
            for event in found:
                days.addWidget(_line(event))
        if not events:
            days.addWidget(label_as(_(_EMPTY), "quiet", "empty", wraps=True))
        show_if(self.earlier, len(events) > self._shown)

    def _show_earlier(self) -> None:
        self._shown += _AT_A_TIME
        self.refresh()


def _line(event: Event) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    clock = label_as("" if event.is_whole_day else wall_time(event.at), "quiet")
    clock.setMinimumWidth(clock.fontMetrics().horizontalAdvance("00:00 "))
    row.addWidget(clock, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain_label(event.text, "event"), 1)
    return line
