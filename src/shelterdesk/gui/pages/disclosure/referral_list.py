"""The referrals of one case as a list, and the line in which the number of a slip is typed."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import as_high_as_its_lines, line_of
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS, SIGN, TIGHT, grown
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.referral_steps import answer_wanted

_UNKNOWN: Final = N_("There is no referral with this number. Look at it once more.")
_SIGNS: Final = {
    "draft": ("sticky-note", "quiet"),
    "issued": ("printer", "accent"),
    "delivered": ("send", "accent"),
    "no_response": ("hourglass", "warning"),
    "accepted": ("check", "accent"),
    "consent_withdrawn": ("undo-2", "problem"),
}


class ReferralList(QWidget):
    """The newest first; Enter or a double click opens one."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._found: list[Referral] = []
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
        self.list = named(QListWidget(), "referrals", _("Referrals"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setIconSize(QSize(grown(SIGN), grown(SIGN)))
        self.list.itemActivated.connect(lambda _item: self._open())
        column.addWidget(self.list)
        self.refresh()

    def refresh(self) -> None:
        """Read the referrals anew; without any, nothing is shown."""
        chosen = max(self.list.currentRow(), 0)
        self._found = list(reversed(self._desk.referrals.of_case(self._case)))
        names = {one.id: one.shown for one in self._desk.organisations.all()}
        self.list.clear()
        for one in self._found:
            sign, token = _SIGNS.get(one.state or "draft", ("file-check", "quiet"))
            words = _words(one, names.get(one.organisation_id, ""))
            self.list.addItem(line_of(icon(sign, token), words, self.list.fontMetrics()))
        as_high_as_its_lines(self.list)
        if self._found:
            self.list.setCurrentRow(min(chosen, len(self._found) - 1))
        show_if(self, bool(self._found))

    def _open(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.go.emit("referral", self._found[row].id)


def _words(one: Referral, to: str) -> str:
    parts = [one.reference or "", to, coded("referral_state", one.state or "draft")]
    if wanted := answer_wanted(one):
        parts.append(_("Answer wanted by {day}").format(day=day_text(wanted)))
    return " · ".join(part for part in parts if part)


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
