"""A director's part in a decision: more than is usual, or a name that has to be compared."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Role
from shelterdesk.core.presets import ceiling
from shelterdesk.core.sentences import is_sentence
from shelterdesk.gui.forms.once_more import LOOKED
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent_law.consent_rules import GIVEN, REFERRAL
from shelterdesk.services.desk import Desk

if TYPE_CHECKING:
    from shelterdesk.services.access.approvals import Approval

_MORE: Final = N_("More than usual for {recipient}: {items}. A director signs here.")
_ALIKE: Final = N_("A director signs here that she has compared the names: {recipient}.")
_REASON: Final = N_("The reason: {reason}")

Decision = tuple[dict[str, Any], dict[str, bool]]
"""What a decision holds, and the answer to every item."""


class DirectorsPart(QWidget):
    """Keeps a director's signature as long as nothing changes of what she has signed for."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self.approval: Approval | None = None
        """A signature that was given and not yet used."""
        self.looked = named(QCheckBox(_(LOOKED)), "looked", _(LOOKED))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.looked)
        self.forget()

    def drop(self) -> None:
        """Take back the signature: something is different from what was signed for."""
        self.approval = None

    def forget(self) -> None:
        """Take back that names were compared as well: there is another name now."""
        self.drop()
        self.looked.setChecked(False)
        show_if(self, False)

    def ask_to_look(self) -> None:
        """Show the line on which a director says that she has compared the names."""
        self.drop()
        show_if(self, True)

    def is_signed(self, to: Organisation | None, decisions: list[Decision], reason: str) -> bool:
        """Ask a director to sign where she must; the door itself judges whether she did."""
        above, looks = _above(to, decisions), self.looked.isChecked()
        unready = bool(above) and not is_sentence(reason)
        if not (above or looks) or unready or Role.DIRECTOR in self._desk.roles:
            return True
        values = decisions[0][0]
        for_what = self._desk.consents.for_what_above(
            self._case,
            values["organisation_id"],
            values["recipient_person"],
            _allowed(decisions),
            looked=looks,
        )
        if self.approval is None or self.approval.for_what != for_what:
            name = to.shown if to else values["recipient_person"] or ""
            words = _words(name, above, reason, looks=looks)
            self.approval = second_signature(self._desk, for_what, self, words)
        return self.approval is not None


def _words(recipient: str, above: list[str], reason: str, *, looks: bool) -> str:
    """Return what the director reads before she signs."""
    lines = []
    if above:
        items = ", ".join(map(item_label, above))
        lines += [_(_MORE).format(recipient=recipient, items=items)]
        lines += [_(_REASON).format(reason=reason)]
    if looks:
        lines += [_(_ALIKE).format(recipient=recipient)]
    return "\n".join(lines)


def _given(decisions: list[Decision]) -> list[Mapping[str, bool]]:
    return [answers for values, answers in decisions if values["decision"] in GIVEN]


def _allowed(decisions: list[Decision]) -> set[str]:
    """Return every item that anybody has allowed."""
    return {item for said in _given(decisions) for item, is_allowed in said.items() if is_allowed}


def _above(to: Organisation | None, decisions: list[Decision]) -> list[str]:
    """Return the items above what is usual for the recipient that anybody has allowed."""
    if decisions[0][0]["purpose"] != REFERRAL:
        return []
    return sorted(_allowed(decisions) - set(ceiling(to.target if to else None)))
