"""What happened in a case, day by day, newest first."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.rows import Row, keyboard_kept, one_list, rows_in, rule_line, small
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NO_MARGINS, TIGHT
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.task import Task
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.house.agreement import HouseAgreement
from shelterdesk.records.house.beds import BedStay
from shelterdesk.records.house.belonging import Custody, KeptWish
from shelterdesk.records.house.group import Attendance
from shelterdesk.records.house.incident import IncidentPerson
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.house.log import LogMention
from shelterdesk.records.house.money import MoneyLine
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.services.case.cases import Event
from shelterdesk.services.day_lines import GROUPS, INCIDENT, KEPT, LEAVE, LOGBOOK, PLACES, REFERRAL
from shelterdesk.services.desk import Desk

_AT_A_TIME: Final = 60
"""Events that are drawn before somebody asks for earlier ones."""

_EMPTY: Final = N_("Nothing has happened in this case yet. The first note will stand here.")


_PARTS: Final = {
    BedStay: "stay",
    Case: "facts",
    CaseNote: "notes",
    Consent: "consents",
    Disclosure: "disclosures",
    Absence: LEAVE,
    **dict.fromkeys((Custody, KeptWish, MoneyLine), KEPT),
    IncidentPerson: INCIDENT,
    Intake: "admission",
    LogMention: LOGBOOK,
    PlaceRequest: PLACES,
    Attendance: GROUPS,
    HouseAgreement: HouseAgreement.kind_name(),
    Referral: REFERRAL,
    Task: "tasks",
    Withdrawal: "consents",
}
STANDS: Final = {
    kind.kind_name(): _PARTS.get(kind, kind.kind_name())
    for kind in Record.kinds
    if kind.happenings or kind is Case
}
"""The part of the case, or the page, on which what an event tells of can be read."""


class CaseTimeline(QWidget):
    """The events of one case: a line each, below its day, which opens what it tells of."""

    wanted = Signal(str, str)
    """Part or page, and the id of the record."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._shown = _AT_A_TIME
        card = Card(_("Timeline"))
        one_list(card)
        self._days = QVBoxLayout()
        self._days.setSpacing(NEAR)
        card.inside.addLayout(self._days)
        self.earlier = small(_("Show earlier"), "earlier")
        self.earlier.clicked.connect(self._show_earlier)
        card.inside.addWidget(self.earlier)
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(card)
        self.refresh()

    def refresh(self) -> None:
        """Read the events anew."""
        events = self._desk.cases.timeline(self._case)
        with keyboard_kept(lambda: rows_in(self), self):
            self._fill(events)
        show_if(self.earlier, len(events) > self._shown)

    def _fill(self, events: Sequence[Event]) -> None:
        days = emptied(self._days)
        for number, (day, found) in enumerate(
            groupby(events[: self._shown], key=lambda event: house_day(event.at))
        ):
            if number:
                days.addWidget(rule_line())
            days.addWidget(label_as(day_text(day), "strong", "day"))
            for event in found:
                days.addWidget(self._line(event))
        if not events:
            days.addWidget(label_as(_(_EMPTY), "quiet", "empty", wraps=True))

    def _show_earlier(self) -> None:
        self._shown += _AT_A_TIME
        self.refresh()

    def _line(self, event: Event) -> Row:
        clock = "" if event.is_whole_day else wall_time(event.at)
        row = Row(" ".join(filter(None, (clock, event.text))), "event-row")
        row.line.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        row.line.setSpacing(BETWEEN)
        hour = label_as(clock, "quiet")
        hour.setMinimumWidth(hour.fontMetrics().horizontalAdvance("00:00 "))
        hour.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.add(hour)
        row.add(plain_label(event.text, "event"), 1)
        row.clicked.connect(partial(self.wanted.emit, STANDS[event.kind], event.record_id))
        return row
