"""What left without her consent, until a director has looked at it: on the first page."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import rule_line, small
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.services.desk import Desk

_WHY: Final = N_(
    "Look at what was told and whether it was right; speak with whoever told it, and with her. "
    "That you have looked stays in the log."
)
_ANOTHER: Final = N_("A director looks at this who has not told it herself.")


class ReviewsCard(Card):
    """One line for each, with what left and why; it goes away when a director has looked."""

    go = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Left without her consent: to be looked at"), "reviews-title")
        self._desk = desk
        self.why = label_as(_(_WHY), "quiet", wraps=True)
        self.inside.addWidget(self.why)
        self._rows = QVBoxLayout()
        self.inside.addLayout(self._rows)
        self.problem = problem_line()
        self.inside.addWidget(self.problem)

    def show_reviews(self, found: list[Disclosure]) -> None:
        """Show what nobody has looked at yet, in whosever case she sees."""
        rows = emptied(self._rows)
        show_if(self.why, any(map(self._desk.home.may_look, found)))
        if found:
            names = {one.id: one.shown for one in self._desk.organisations.all()}
            cases = {row.id: f"{row.code} {row.alias}".strip() for row in self._desk.cases.rows()}
            for number, left in enumerate(found):
                if number:
                    rows.addWidget(rule_line())
                to = names.get(left.organisation_id or "", "") or left.recipient_person or "–"
                rows.addWidget(self._row(left, cases.get(left.case_id, ""), to))
        show_if(self, bool(found))

    def _row(self, left: Disclosure, case_name: str, to: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        by = _("To be looked at by {day}").format(day=day_text(left.review_by))
        first = " – ".join(part for part in (case_name, to, moment_text(left.at), by) if part)
        words.addWidget(label_as(first, "strong", wraps=True))
        items = codes.labels("disclosure_item", screen_language())
        told = ", ".join(items.get(code, code) for code in left.items or ())
        words.addWidget(plain_label(told))
        words.addWidget(label_as(left.reason or "", "quiet", "review-reason", wraps=True))
        line.addLayout(words, 1)
        look = small(_("Open the case"), "open-review", ": ".join((_("Open the case"), case_name)))
        look.clicked.connect(lambda: self.go.emit("case", left.case_id))
        line.addWidget(look)
        if self._desk.home.may_look(left):
            done = small(_("Looked at"), "looked-at", ": ".join((_("Looked at"), case_name)))
            done.clicked.connect(lambda: self._looked(left))
            line.addWidget(done)
        else:
            words.addWidget(label_as(_(_ANOTHER), "quiet", "review-by-another", wraps=True))
        return row

    def _looked(self, left: Disclosure) -> None:
        try:
            self._desk.consents.mark_reviewed(left)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        tell(self.problem, "")
        self.show_reviews(self._desk.home.my_day().reviews_due)
