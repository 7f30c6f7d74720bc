"""A director's part in a decision: more than is usual, or a name that has to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.once_more import LOOKED, also_named
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import NO_MARGINS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shelterdesk.records.case.case import Case
    from shelterdesk.services.access.approvals import Approval
    from shelterdesk.services.consent.directors_part import ToBeSigned
    from shelterdesk.services.desk import Desk

_MORE: Final = N_("More than usual for {recipient}: {items}. A director signs here.")
_ALIKE: Final = N_("A director signs here that she has compared the names: {recipient}.")
_REASON: Final = N_("The reason: {reason}")

Decision = tuple[dict[str, Any], dict[str, bool]]
"""What a decision holds, and the answer to every item."""


class DirectorsPart(QWidget):
    """Asks a director to sign, and lets her say that she has compared two names."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._named_too: list[str | None] = []
        self.looked = named(QCheckBox(_(LOOKED)), "looked", _(LOOKED))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*NO_MARGINS)
        inside.addWidget(self.looked)
        self.forget()

    def forget(self) -> None:
        """Take back that names were compared: there is another name now."""
        self.looked.setChecked(False)
        show_if(self, False)

    def ask_to_look(self) -> None:
        """Show the line on which a director says that she has compared the names."""
        show_if(self, True)

    def wanted(self, decisions: list[Decision], reason: str) -> ToBeSigned | None:
        """Return what a director must sign before this is kept; raises what is wrong with it."""
        looked = self.looked.isChecked()
        part = ("recipient_person", "interpreter", "witness", "panel")
        self._named_too = [values.get(name) for values, _answers in decisions for name in part]
        return self._desk.consents.to_be_signed(self._case, decisions, reason, looked=looked)

    def signature(self, recipient: str, wanted: ToBeSigned, reason: str) -> Approval | None:
        """Let a director read what she signs for, and return her signature; None without it."""
        words = _words(recipient, wanted, reason, self._named_too)
        return second_signature(self._desk, wanted.act, self, words)


def _words(recipient: str, wanted: ToBeSigned, reason: str, others: Iterable[str | None]) -> str:
    """Return what the director reads before she signs; with `others`, who else is compared."""
    lines = []
    if wanted.above:
        items = ", ".join(map(item_label, wanted.above))
        lines += [_(_MORE).format(recipient=recipient, items=items)]
        lines += [_(_REASON).format(reason=reason)]
    if wanted.alike:
        lines += [_(_ALIKE).format(recipient=recipient), also_named(others)]
    return "\n".join(lines)
