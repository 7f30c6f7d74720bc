"""The return slip, typed in: what came back, and the few facts that belong to it."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.core.codes import label
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import beside, choice, choose, chosen, labelled
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import INSIDE
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.referrals import ANSWERS

_ASKED: Final[dict[str, tuple[str, ...]]] = {
    "acknowledged": ("received_by", "next_step"),
    "accepted": ("received_by", "appointment", "answer", "next_step"),
    "waitlisted": ("received_by", "waiting_until", "answer", "next_step"),
    "declined_by_provider": ("received_by", "decline_reason", "answer", "next_step"),
    "declined_by_survivor": ("answer", "next_step"),
    "service_started": ("service_from", "answer", "next_step"),
    "completed": ("service_from", "service_until", "outcome", "answer", "next_step"),
}
"""Which facts belong to which answer."""

_FIELDS: Final = (
    *("received_by", "appointment", "waiting_until", "decline_reason"),
    *("service_from", "service_until", "outcome", "answer", "next_step"),
)
_HOW: Final = N_("From the slip, or from what they said on the telephone. Write no diagnosis.")
_WHAT: Final = N_("Choose what they answered.")


class SlipCard(Card):
    """The answer and its facts; saving keeps both, and what is typed survives a refresh."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Return slip"), "slip-title")
        self._desk = desk
        self._referral: Referral | None = None
        self.inside.addWidget(label_as(_(_HOW), "quiet", wraps=True))
        language = screen_language()
        offered = [(code, label("referral_state", code, language)) for code in ANSWERS]
        self.answer = choice("slip_answer", _("What came back"), offered)
        self.answer.currentIndexChanged.connect(self._show_fields)
        self.inside.addLayout(
            beside(labelled(_("What came back"), self.answer), QVBoxLayout(), gap=INSIDE)
        )
        self.form = RecordForm(Referral, _FIELDS)
        self.inside.addWidget(self.form)
        self.problem = problem_line(room=1)
        self.inside.addWidget(self.problem)
        self.keep = button(_("Save the answer"), "slip_save")
        self.keep.clicked.connect(self.save)
        press_by(self.keep, "Ctrl+S", within=self)
        self.inside.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_fields()

    def show_referral(self, referral: Referral) -> None:
        """Show what is known of the answer; what is being typed stays."""
        is_another = self._referral is None or self._referral.id != referral.id
        self._referral = referral
        if is_another or not self.is_typed():
            self.form.load(referral)
            choose(self.answer, referral.state if referral.state in ANSWERS else "")

    def is_typed(self) -> bool:
        """Tell whether something stands here that is not saved."""
        return self.form.dirty() or (chosen(self.answer) or None) != self._known()

    def _known(self) -> str | None:
        state = self._referral.state if self._referral else None
        return state if state in ANSWERS else None

    def _show_fields(self) -> None:
        wanted = _ASKED.get(chosen(self.answer), ())
        for name, cell in self.form.cells.items():
            show_if(cell, name in wanted)
        tell(self.problem, "")

    def save(self) -> None:
        """Keep the answer with the facts that belong to it."""
        state = chosen(self.answer)
        if not state or self._referral is None:
            tell(self.problem, _(_WHAT))
            self.answer.setFocus()
            return
        if not self.form.check():
            return
        try:
            kept = self._desk.referrals.answered(self._referral, state, self._values(state))
        except InvalidFields as wrong:
            self.form.show_problems(wrong.problems)
            return
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._referral = kept
        self.form.load(kept)
        self.saved.emit()

    def _values(self, state: str) -> dict[str, Any]:
        typed = self.form.values()
        return {name: typed[name] for name in _ASKED[state] if name in typed}

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved."""
        return {"came": chosen(self.answer), **self.form.draft()} if self.is_typed() else {}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed."""
        choose(self.answer, values.get("came", ""))
        self.form.restore({n: text for n, text in values.items() if n != "came"})
