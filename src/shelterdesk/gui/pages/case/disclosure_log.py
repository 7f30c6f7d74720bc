"""Everything that has left about one person: when, to whom, by which way, what, on which ground."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import minute
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.paper.print_preview import OnPaper, show_before_print
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.rows import small, with_icon
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk

_HEADS: Final = (
    N_("When"),
    N_("To whom"),
    N_("By which way"),
    N_("What left"),
    N_("On which ground"),
)
_HERS: Final = N_(
    "It is hers. Ask her first where she will keep it: whoever finds the sheet can read it. Other "
    "people are masked."
)
_NOTHING: Final = N_("Nothing about her has left the house.")
_COUNT: Final = N_("Entries: {count}")
_COPY: Final = N_("{number}, copy {copy}")
_VOIDED: Final = {
    "void": N_("{number}, copy {copy} – void"),
    "shredded": N_("{number}, copy {copy} – shredded"),
}
_EVERYTHING: Final = N_("Everything that has left about her. This list can never be changed.")

_LINES: Final = (2, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""


class DisclosureLog(QWidget):
    """The list for one case, newest first; it is written by the door alone."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, case
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        self.note = plain_label("", "quiet")
        head = QHBoxLayout()
        head.addWidget(self.note, 1)
        self.print = with_icon(small(_("Print it for her"), "print-disclosures"), "printer")
        self.print.clicked.connect(self._print)
        head.addWidget(self.print)
        around.addLayout(head)
        heads = [_(head) for head in _HEADS]
        told = _("What has left")
        self.table = RecordTable(heads, "disclosures", told, wraps=True, copied=None, lines=_LINES)
        around.addWidget(self.table, 1)
        self._below = QWidget()
        around.addWidget(self._below, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        found = self._desk.disclosures.of_case(self._case)
        names = {one.id: one.shown for one in self._desk.records.of(Organisation)}
        letters = self._letters()
        count = _(_COUNT).format(count=len(found))
        self.note.setText(f"{_(_EVERYTHING)} {count}" if found else _(_NOTHING))
        may_give = self._desk.may(Area.CONSENT, Right.WRITE)
        show_if(self.print, bool(found) and may_give)
        show_if(self.table, bool(found))
        show_if(self._below, not found)
        newest_first = sorted(found, key=lambda one: one.at, reverse=True)
        self.table.set_rows(
            (left.id, _cells(left, names, letters.get(left.id, ""))) for left in newest_first
        )

    def _print(self) -> None:
        """Show the list as her own copy; printed, it stands in the list itself."""
        letters, case = self._desk.letters, self._case
        ledger = OnPaper(
            "ledger",
            _("What has left"),
            partial(letters.her_ledger_preview, case),
            partial(letters.her_ledger, case),
        )
        if show_before_print([ledger], self, _(_HERS)):
            self.refresh()

    def _letters(self) -> dict[str, str]:
        """Return for each printed letter its number, copy and whether it is void."""
        numbers = {r.id: r.reference or "" for r in self._desk.referrals.of_case(self._case)}
        printed = self._desk.records.of(Letter, case_id=self._case.id)
        return {
            letter.disclosure_id: _numbered(numbers.get(letter.referral_id, ""), letter)
            for letter in printed
            if letter.disclosure_id
        }


def _numbered(number: str, letter: Letter) -> str:
    words = _VOIDED.get(letter.state or "", _COPY)
    return _(words).format(number=number, copy=letter.copy)


def _cells(left: Disclosure, names: dict[str, str], letter: str) -> tuple[str, ...]:
    """Return one line of the list in the language of the screen."""
    language = screen_language()
    to = names.get(left.organisation_id or "", "")
    way = codes.label("disclosure_medium", left.medium, language)
    return (
        Ordered(minute(left.at), left.at),
        ", ".join(part for part in (to, left.recipient_person) if part) or "–",
        "\n".join(part for part in (way, letter) if part),
        ", ".join(item_label(code) for code in left.items or ()),
        codes.label("disclosure_basis", left.basis, language),
    )
