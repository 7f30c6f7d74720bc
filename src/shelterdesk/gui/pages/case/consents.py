"""The agreements of one case: how each stands, what it covers, and how it is taken back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.pages.consent.agreement_words import covers, followed, line_about
from shelterdesk.gui.pages.disclosure.referral_list import ReferralList
from shelterdesk.gui.paper.brought_in import BringingIn, BroughtIn, ask_file
from shelterdesk.gui.paper.printing import print_pdf
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled, line_of
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import fold, small, width_unfolded, with_icon
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.services.consent.consents import Agreement
from shelterdesk.services.desk import Desk

_SIGNS: Final = {
    "given": ("check", "accent"),
    "given_with_limits": ("check", "accent"),
    "refused": ("x", "quiet"),
    "deferred": ("hourglass", "quiet"),
    "expired": ("clock", "warning"),
    "withdrawn": ("undo-2", "problem"),
    "superseded": ("file-check", "quiet"),
}
_FEWEST, _MOST, _BETWEEN = 3, 6, 3
"""Rows of the list that are always seen, rows from which on it scrolls, and pixels between."""
_NONE_YET: Final = N_("Nothing has been asked yet. Begin with “New consent”.")
_PROMISE: Final = N_("It holds at once. She needs no reason, and nothing changes in her care.")


class ConsentsPanel(QWidget):
    """The list, what the chosen agreement covers, and the way to take it back."""

    go = Signal(str, str)
    kept_as = "withdrawal"

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        take_part(self)
        self._desk, self._case = desk, case
        self._agreements: list[Agreement] = []
        self._may = desk.may(Area.CONSENT, Right.WRITE, case)
        self._taking = ""
        self._reading: BringingIn | None = None
        self._buttons: list[tuple[QPushButton, str, str]] = []
        self._folded = False
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        around.addLayout(self._actions())
        self.empty = plain_label(_(_NONE_YET), "quiet")
        around.addWidget(self.empty)
        around.addWidget(self._taking_back())
        self.told = plain_label("", "saved")
        self.told.hide()
        self.problem = problem_line()
        around.addWidget(self.told)
        around.addWidget(self.problem)
        around.addWidget(self._known())
        self.referrals = ReferralList(desk, case)
        self.referrals.go.connect(self.go)
        around.addWidget(self.referrals)
        self.refresh()

    def _known(self) -> QWidget:
        """Make the list, with what the chosen agreement covers beside it."""
        self.known = QWidget()
        middle = QHBoxLayout(self.known)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._list(), 3, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._detail(), 2, Qt.AlignmentFlag.AlignTop)
        return self.known

    def _actions(self) -> Flow:
        row = Flow()
        self.new = button(_("New consent"), "main")
        self.refer = button(_("Refer"), "refer_from_consents")
        self.call = button(_("Telephone call"), "call")
        self.withdraw = button(_("She takes it back …"), "withdraw")
        self.hers = button(_("A page for herself …"), "her_page")
        for made, sign, token, does in (
            (self.new, "plus", "accent_ink", self._goes("consent")),
            (self.refer, "send", "ink", self._goes("refer")),
            (self.call, "phone", "ink", self._goes("call")),
            (self.withdraw, "undo-2", "ink", self._ask_how),
            (self.hers, "printer", "ink", self._goes("her_page")),
        ):
            with_icon(made, sign, token)
            made.clicked.connect(does)
            in_closed = made in (self.withdraw, self.hers, self.call)  # no reason to wait for
            show_if(made, self._may or (in_closed and self._desk.may(Area.CONSENT, Right.WRITE)))
            row.add(made)
            self._buttons.append((made, sign, token))
        return row

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the buttons where they would take two lines; two of them stand in the head too."""
        super().resizeEvent(event)
        needed = width_unfolded(made for made, _sign, _token in self._buttons)
        folded = needed > event.size().width() - 24
        if folded == self._folded:
            return
        self._folded = folded
        for made, sign, token in self._buttons:
            fold(made, sign, token, folded=folded)
        for made in (self.refer, self.call):
            show_if(made, self._may and not folded)

    def _spoken(self) -> QWidget:
        """Return the choice of the language in which a sheet is printed."""
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        self.language = choice("sheet_language", _("Language of the sheet"), languages)
        self.language.removeItem(0)
        show_if(self.language, self._may)
        return self.language

    def _goes(self, page_name: str) -> Callable[[], None]:
        """Return what opens a page about this case."""
        return lambda: self.go.emit(page_name, self._case.id)

    def _list(self) -> QListWidget:
        self.list = named(QListWidget(), "agreements", _("Consents"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setIconSize(QSize(20, 20))
        self.list.setSpacing(_BETWEEN)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        return self.list

    def _detail(self) -> QWidget:
        made = named(QWidget(), "card")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(made)
        inside.setContentsMargins(16, 12, 16, 12)
        self.detail = plain_label("")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.detail)
        self.sheet = small(_("Print the consent sheet"), "consent_sheet")
        self.sheet.clicked.connect(self._print_sheet)
        self.copy = small(_("A copy of the sheet for her"), "consent_copy")
        self.copy.clicked.connect(self._print_copy)
        for part in (self.sheet, self.copy):
            show_if(part, self._may)
            inside.addWidget(part)
        inside.addWidget(self._spoken())
        self.signed = small(_("Keep the signed sheet …"), "keep_sheet")
        self.signed.clicked.connect(self._ask_sheet)
        inside.addWidget(self.signed)
        return made

    def _taking_back(self) -> QWidget:
        self.taking = named(QWidget(), "card")
        self.taking.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self.taking)
        inside.setContentsMargins(16, 12, 16, 12)
        self.of_which = label_as("", "strong", wraps=True)
        inside.addWidget(self.of_which)
        self.how = named(WrittenLine(), "how", _("How she said so"))
        inside.addLayout(labelled(_("How she said so"), self.how))
        inside.addWidget(plain_label(_(_PROMISE), "quiet"))
        self.take_back = button(_("Take back now"), "take_back")
        self.keep_it = button(_("Leave it as it is"), "keep_it")
        self.take_back.clicked.connect(self._withdraw)
        self.how.returnPressed.connect(self._withdraw)
        self.keep_it.clicked.connect(self._leave_it)
        row = Flow()
        row.add(self.take_back, self.keep_it)
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
            self.list.addItem(
                line_of(icon(sign, token), line_about(agreement), self.list.fontMetrics())
            )
        show_if(self.empty, not self._agreements)
        show_if(self.known, bool(self._agreements))
        self._fit_list()
        if self._agreements:
            self.list.setCurrentRow(min(max(chosen, 0), len(self._agreements) - 1))
        self._show(self.list.currentRow())

    def _fit_list(self) -> None:
        """Give the list room for three to six agreements: only a longer one scrolls by itself."""
        rows = [self.list.item(at).sizeHint().height() for at in range(self.list.count())]
        room = min(max(len(rows), _FEWEST), _MOST) * (max(rows, default=0) + 2 * _BETWEEN)
        self.list.setFixedHeight(room + 2 * _BETWEEN + 2 * self.list.frameWidth())

    def _chosen(self) -> Agreement | None:
        row = self.list.currentRow()
        return self._agreements[row] if 0 <= row < len(self._agreements) else None

    def _show(self, _row: int) -> None:
        agreement = self._chosen()
        self.detail.setText(covers(agreement, self._taken_back_on(agreement)) if agreement else "")
        self.withdraw.setEnabled(agreement is not None and agreement.stands)
        for made in (self.sheet, self.copy, self.language):
            made.setEnabled(agreement is not None)
        hers = (agreement.consent.language if agreement else None) or ""
        choose(self.language, hers if hers in LANGUAGES else screen_language())
        show_if(self.signed, agreement is not None and self._may)
        if agreement is None or agreement.consent.id != self._taking:
            self.taking.hide()

    def _taken_back_on(self, agreement: Agreement) -> str:
        """Return the day on which an agreement was taken back; "" for one that was not."""
        if agreement.state != "withdrawn":
            return ""
        found = self._desk.records.of(Withdrawal, consent_id=agreement.consent.id)
        return day(house_day(found[-1].at)) if found else ""

    def _print_sheet(self) -> None:
        """Print what she signs."""
        self._print(for_her=False)

    def _print_copy(self) -> None:
        """Print her copy, without what she kept back: it may be found with her."""
        self._print(for_her=True)

    def _print(self, *, for_her: bool) -> None:
        """Print a sheet in the language that is chosen, at first the one it was explained in."""
        agreement = self._chosen()
        if agreement is None:
            return
        try:
            language = chosen(self.language)
            sheet = self._desk.letters.consent_sheet
            print_pdf(self, sheet(agreement.consent, language, for_her=for_her))
        except DeskError as fault:
            tell(self.problem, str(fault))
        else:
            tell(self.problem, "")

    def _ask_sheet(self) -> None:
        path = ask_file(self)
        if path is not None:
            self.keep_sheet(path)

    def keep_sheet(self, path: Path) -> None:
        """Keep a scan of what she signed with the chosen consent, among the papers of the case."""
        agreement = self._chosen()
        if agreement is None:
            return
        tell(self.problem, "")
        if self._reading is not None:
            self._reading.end()
        try:
            self._reading = BringingIn(path, self)
        except DeskError as fault:
            self._sheet_refused(fault)
            return
        tell(self.told, _("Reading the paper …"))
        self._reading.done.connect(partial(self._sheet_read, agreement.consent))
        self._reading.refused.connect(self._sheet_refused)

    def _sheet_read(self, consent: Consent, file: BroughtIn) -> None:
        self._reading = None
        title = _("Signed consent sheet, {day}").format(day=day(self._desk.today()))
        try:
            self._desk.consents.keep_sheet(consent, title, file.pages, file.content)
        except DeskError as fault:
            self._sheet_refused(fault)
            return
        self.refresh()
        tell(self.told, _("Kept among the papers. Delete the file outside."))

    def _sheet_refused(self, fault: DeskError) -> None:
        self._reading = None
        tell(self.told, "")
        tell(self.problem, str(fault))

    # -- taken back -------------------------------------------------------------------------

    def _ask_how(self) -> None:
        """Open the form above the list, in view, with the cursor in it."""
        agreement = self._chosen()
        if agreement is None or not agreement.stands:
            return
        if self._taking != agreement.consent.id:
            self.how.clear()
        self._taking = agreement.consent.id
        self.of_which.setText(line_about(agreement).partition("\n")[0])
        tell(self.told, "")
        self.taking.show()
        self.how.setFocus()
        bring_into_view(self.taking)

    def _leave_it(self) -> None:
        self._taking = ""
        self.how.clear()
        self.taking.hide()
        self.list.setFocus()

    def _withdraw(self) -> None:
        agreement = self._chosen()
        if agreement is None:
            return
        try:
            effects = self._desk.consents.withdraw(agreement.consent, self.how.text().strip())
        except DeskError as fault:
            tell(self.told, "")
            tell(self.problem, str(fault))
            bring_into_view(self.problem)
            return
        tell(self.problem, "")
        self._leave_it()
        self.refresh()
        tell(self.told, followed(effects))
        bring_into_view(self.told)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return how she said so, as far as it is typed, and of which agreement."""
        typed = self.how.text()
        return {"of": self._taking, "how": typed} if self._taking and typed.strip() else {}

    def restore(self, values: dict[str, str]) -> None:
        """Open the form of the agreement again and put back how she said so."""
        ids = [agreement.consent.id for agreement in self._agreements]
        if values.get("of") in ids:
            self.list.setCurrentRow(ids.index(values["of"]))
            self._ask_how()
            self.how.setText(values.get("how", ""))
