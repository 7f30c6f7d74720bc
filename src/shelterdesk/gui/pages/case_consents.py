"""The agreements of one case: how each stands, what it covers, and how it is taken back."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core import codes
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day
from shelterdesk.gui.icons import icon
from shelterdesk.gui.pages.consent_parts import (
    item_label,
    labelled,
    line_of,
    problem_line,
    scrolled,
    tell,
)
from shelterdesk.gui.pages.referral_flow import Flow
from shelterdesk.gui.pages.referral_list import ReferralList
from shelterdesk.gui.plain import button, named, plain_label, show_if
from shelterdesk.gui.printing import print_pdf
from shelterdesk.records.case import Case
from shelterdesk.services.consents import Agreement
from shelterdesk.services.desk import Desk
from shelterdesk.services.withdrawals import Effects

_SIGNS: Final = {
    "given": ("check", "accent"),
    "given_with_limits": ("check", "accent"),
    "refused": ("x", "quiet"),
    "deferred": ("hourglass", "quiet"),
    "expired": ("clock", "warning"),
    "withdrawn": ("undo-2", "problem"),
    "superseded": ("file-check", "quiet"),
}
_STANDING: Final = ("given", "given_with_limits")
_NONE_YET: Final = N_("Nothing has been asked yet. Begin with “New consent”.")
_PROMISE: Final = N_("It holds at once. She needs no reason, and nothing changes in her care.")


class ConsentsPanel(QWidget):
    """The list, what the chosen agreement covers, and the way to take it back."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, case
        self._agreements: list[Agreement] = []
        self._may = desk.may(Area.CONSENT, Right.WRITE, case)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(10)
        around.addLayout(self._actions())
        self.empty = plain_label(_(_NONE_YET), "quiet")
        around.addWidget(self.empty)
        middle = QHBoxLayout()
        middle.addWidget(self._list(), 3)
        middle.addWidget(self._detail(), 2)
        around.addLayout(middle, 1)
        self.referrals = ReferralList(desk, case)
        self.referrals.go.connect(self.go)
        around.addWidget(self.referrals)
        around.addWidget(self._taking_back())
        self.told = plain_label("", "saved")
        self.problem = problem_line()
        around.addWidget(self.told)
        around.addWidget(self.problem)
        self.refresh()

    def _actions(self) -> Flow:
        row = Flow()
        self.new = button(_("New consent"), "main")
        self.refer = button(_("Refer"), "refer_from_consents")
        self.call = button(_("Telephone call"), "call")
        self.withdraw = button(_("She takes it back …"), "withdraw")
        self.sheet = button(_("Print the consent sheet"), "consent_sheet")
        self.hers = button(_("A page for herself …"), "her_page")
        for made, sign, token, does in (
            (self.new, "plus", "accent_ink", self._goes("consent")),
            (self.refer, "send", "ink", self._goes("refer")),
            (self.call, "phone", "ink", self._goes("call")),
            (self.withdraw, "undo-2", "ink", self._ask_how),
            (self.sheet, "printer", "ink", self._print_sheet),
            (self.hers, "printer", "ink", self._goes("her_page")),
        ):
            made.setIcon(icon(sign, token))
            made.clicked.connect(does)
            show_if(made, self._may)
            row.add(made)
        return row

    def _goes(self, page_name: str) -> Callable[[], None]:
        """Return what opens a page about this case."""
        return lambda: self.go.emit(page_name, self._case.id)

    def _list(self) -> QListWidget:
        self.list = named(QListWidget(), "agreements", _("Consents"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setIconSize(QSize(20, 20))
        self.list.setSpacing(3)
        self.list.currentRowChanged.connect(self._show)
        return self.list

    def _detail(self) -> QWidget:
        made = named(QWidget(), "card")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(made)
        inside.setContentsMargins(16, 12, 16, 12)
        self.detail = plain_label("")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        area, column = scrolled(_("Consents"))
        sheet = area.widget()
        if sheet is not None:
            sheet.setObjectName("page")  # transparent, as the card is white
        area.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        column.addWidget(self.detail)
        column.addStretch()
        inside.addWidget(area, 1)
        return made

    def _taking_back(self) -> QWidget:
        self.taking = named(QWidget(), "card")
        self.taking.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self.taking)
        inside.setContentsMargins(16, 12, 16, 12)
        self.how = named(QLineEdit(), "how", _("How she said so"))
        inside.addLayout(labelled(_("How she said so"), self.how))
        inside.addWidget(plain_label(_(_PROMISE), "quiet"))
        self.take_back = button(_("Take back now"), "take_back")
        self.keep_it = button(_("Leave it as it is"), "keep_it")
        self.take_back.clicked.connect(self._withdraw)
        self.how.returnPressed.connect(self._withdraw)
        self.keep_it.clicked.connect(self.taking.hide)
        row = QHBoxLayout()
        row.addWidget(self.take_back)
        row.addWidget(self.keep_it)
        row.addStretch()
        inside.addLayout(row)
        self.taking.hide()
        return self.taking

    # -- shown ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the agreements anew; the same one stays chosen."""
        chosen = self.list.currentRow()
        self._agreements = self._desk.consents.of_case(self._case)
        self.referrals.refresh()
        self.list.clear()
        for agreement in self._agreements:
            sign, token = _SIGNS.get(agreement.state, ("file-check", "quiet"))
            self.list.addItem(line_of(icon(sign, token), _line(agreement), self.list.fontMetrics()))
        show_if(self.empty, not self._agreements)
        if self._agreements:
            self.list.setCurrentRow(min(max(chosen, 0), len(self._agreements) - 1))
        self._show(self.list.currentRow())

    def _chosen(self) -> Agreement | None:
        row = self.list.currentRow()
        return self._agreements[row] if 0 <= row < len(self._agreements) else None

    def _show(self, _row: int) -> None:
        agreement = self._chosen()
        self.detail.setText(_covers(agreement) if agreement else "")
        self.withdraw.setEnabled(agreement is not None and agreement.state in _STANDING)
        self.sheet.setEnabled(agreement is not None)
        self.taking.hide()

    def _print_sheet(self) -> None:
        """Print what she signs, or her copy of it, in the language of the screen."""
        agreement = self._chosen()
        if agreement is None:
            return
        try:
            language = screen_language()
            print_pdf(self, self._desk.letters.consent_sheet(agreement.consent, language))
        except DeskError as fault:
            tell(self.problem, str(fault))
        else:
            tell(self.problem, "")

    # -- taken back -------------------------------------------------------------------------

    def _ask_how(self) -> None:
        self.taking.show()
        self.how.setFocus()

    def _withdraw(self) -> None:
        agreement = self._chosen()
        if agreement is None:
            return
        try:
            effects = self._desk.consents.withdraw(agreement.consent, self.how.text().strip())
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        tell(self.problem, "")
        self.how.clear()
        self.refresh()
        self.told.setText(_followed(effects))


def _line(agreement: Agreement) -> str:
    """Return what the list says about one agreement: to whom, what for, how it stands."""
    consent, language = agreement.consent, screen_language()
    state = codes.label("consent_decision", agreement.state, language)
    purpose = codes.label("consent_purpose", consent.purpose, language)
    until = consent.valid_until if agreement.state in (*_STANDING, "expired") else None
    ending = _("{state}, until {day}").format(state=state, day=day(until)) if until else state
    who = codes.label("consent_actor", consent.actor, language)
    return f"{agreement.recipient or purpose}\n{ending} – {who}"


def _covers(agreement: Agreement) -> str:
    """Return the items in words: what she allows, and what she has said no to."""
    allowed = "\n".join(f"+ {item_label(code)}" for code in sorted(agreement.items))
    refused = "\n".join(f"– {item_label(code)}" for code in sorted(agreement.refused))
    limits = agreement.consent.limits or ""
    parts = [(_("May leave"), allowed or _("Nothing"))]
    parts += [(_("She said no to"), refused)] if refused else []
    parts += [(_("Limits she set"), limits)] if limits else []
    return "\n\n".join("\n".join(part) for part in parts)


def _followed(effects: Effects) -> str:
    """Say what the withdrawal has done and what is left to do."""
    stopped, notices = len(effects.referrals_stopped), effects.notices_due + effects.papers_due
    lines = [_("Taken back. Nothing more leaves on it.")]
    if stopped:
        lines.append(_("Referrals stopped: {count}").format(count=stopped))
    lines += [_("To do: {task}").format(task=task.title_text) for task in notices]
    return "\n".join(lines)
