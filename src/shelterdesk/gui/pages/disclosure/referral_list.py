"""The referrals of one case as a list, and the line in which the number of a slip is typed."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.day_lines import DayLine
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.referral_steps import DISCARDED

_UNKNOWN: Final = N_("There is no referral with this number. Look at it once more.")
_SIGNS: Final = {
    "draft": ("pencil", "quiet"),
    "issued": ("printer", "accent"),
    "delivered": ("mail-check", "accent"),
    "no_response": ("hourglass", "warning"),
    "accepted": ("check", "accent"),
    "consent_withdrawn": ("undo-2", "problem"),
}


_HEADS: Final = (
    *(N_("Number"), N_("When"), N_("To"), N_("Service asked for"), N_("State")),
    N_("What is due next"),
)
_LINES: Final = (1, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""


class ReferralList(QWidget):
    """The newest first; Enter or a double click opens one. Discarded drafts are no referrals."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(TIGHT)
        head = QHBoxLayout()
        head.addWidget(label_as(_("Referrals"), "strong"))
        head.addStretch()
        self.open = small(_("Open the referral"), "open_referral")
        self.open.clicked.connect(self._open)
        head.addWidget(self.open)
        column.addLayout(head)
        heads = [_(head) for head in _HEADS]
        spoken = _("Referrals")
        self.list = RecordTable(heads, "referrals", spoken, wraps=True, lines=_LINES)
        self.list.let_yield(3, 1)
        self.list.opened.connect(self._opened)
        column.addWidget(self.list)
        self.refresh()

    def refresh(self) -> None:
        """Read the referrals anew; without any, nothing is shown."""
        every = reversed(self._desk.referrals.of_case(self._case))
        found = [one for one in every if one.state != DISCARDED]
        names = {one.id: one.shown for one in self._desk.records.of(Organisation)}
        due = self._desk.referrals.next_due(self._case)
        self.list.set_rows(
            (one.id, _cells(one, names.get(one.organisation_id, ""), due.get(one.id)))
            for one in found
        )
        self.list.choose_or_first()
        show_if(self, bool(found))

    def _open(self) -> None:
        self._opened(self.list.chosen())

    def _opened(self, referral_id: str) -> None:
        if referral_id:
            self.go.emit("referral", referral_id)


def _cells(one: Referral, to: str, due: DayLine | None) -> tuple[str, ...]:
    state = one.state or "draft"
    at = one.delivered_at or one.created_at
    when = house_day(at) if at else None
    number = one.reference or ""
    return (
        Ordered(number, number, icon(*_SIGNS.get(state, ("file-check", "quiet")))),
        Ordered(day_text(when), when),
        to,
        coded("service_type", one.service),
        coded("referral_state", state),
        Ordered(f"{day_text(due.when)}: {due.in_words()}", due.when) if due else "",
    )


class SlipLine(QWidget):
    """Type the number on a slip that came back, and its page opens."""

    go = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        words = _("Number on a return slip")
        self.number = named(WrittenLine(), "slip_number", words)
        self.number.setPlaceholderText(words)
        self.number.returnPressed.connect(self._open)
        self.open = small(_("Type in the slip"), "slip_open")
        self.open.clicked.connect(self._open)
        row.addWidget(self.number, 1)
        row.addWidget(self.open)
        column.addLayout(row)
        self.problem = problem_line()
        column.addWidget(self.problem)

    def _open(self) -> None:
        typed = self.number.text().strip()
        if not typed:
            self.number.setFocus()
            return
        try:
            found = self._desk.referrals.by_number(typed)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        tell(self.problem, "" if found else _(_UNKNOWN))
        if found is not None:
            self.go.emit("referral", found.id)
