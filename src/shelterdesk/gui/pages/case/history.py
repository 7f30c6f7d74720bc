"""The history of a case: who changed what, when, and what stood there before."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import shown
from shelterdesk.gui.forms.chips import Chips
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import button, plain_label, show_if
from shelterdesk.gui.parts.rows import rule_line, small
from shelterdesk.gui.parts.style.measures import BETWEEN, HAIR, NO_MARGINS, NONE, TIGHT
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk
from shelterdesk.services.history import PastChange
from shelterdesk.services.keeping.log_words import sentence

_ACTIONS: Final = {
    "created": N_("Begun"),
    "changed": N_("Changed"),
    "deleted": N_("Deleted"),
    "looked": N_("Opened to look"),
}
_EMPTY: Final = N_("Nothing has been changed yet.")
_ALL: Final = N_("Everything")
_AT_A_TIME: Final = 40
"""Changes that are drawn before somebody asks for earlier ones."""


class CaseHistory(QWidget):
    """The changes of all records of a case, newest first, or of those of one kind."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._shown = _AT_A_TIME
        card = Card(_("History"))
        if desk.may(Area.LOG):
            looked = button(_("Who has looked at this file"), "who_looked")
            looked.setProperty("link", True)
            looked.clicked.connect(lambda: self.go.emit("log", case.id))
            card.top.addWidget(looked)
        self._chips = Chips("history-of-", {"": _(_ALL)})
        self._chips.choose("")
        self._chips.pressed.connect(self._choose)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(TIGHT)
        self.earlier = small(_("Show earlier"), "earlier-changes")
        self.earlier.clicked.connect(self._show_earlier)
        card.inside.addWidget(self._chips)
        card.inside.addLayout(self._lines)
        card.inside.addWidget(self.earlier)
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(card)
        self.refresh()

    def refresh(self) -> None:
        """Read the newest changes anew; nobody waits for old ones she does not look at."""
        self._piece = self._desk.history.of_case(self._case, self._shown, self._chips.chosen())
        self._offer({kind.kind_name(): kind.title for kind in self._piece.kinds})
        self._show()

    def _offer(self, kinds: dict[str, str]) -> None:
        """Offer every kind of which something was changed, by its title."""
        by_title = sorted(kinds.items(), key=lambda pair: _(pair[1]))
        self._chips.offer({"": _(_ALL)} | {kind: _(title) for kind, title in by_title})

    def _choose(self, _kind: str) -> None:
        self._shown = _AT_A_TIME
        self.refresh()

    def _show_earlier(self) -> None:
        self._shown += _AT_A_TIME
        self.refresh()

    def _show(self) -> None:
        lines = emptied(self._lines)
        for number, change in enumerate(self._piece.changes):
            if number:
                lines.addWidget(rule_line())
            lines.addWidget(_line(change))
        if not self._piece.changes:
            lines.addWidget(label_as(_(_EMPTY), "quiet", "empty"))
        show_if(self.earlier, self._piece.goes_on)


def _line(change: PastChange) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(NONE, HAIR, NONE, HAIR)
    row.setSpacing(BETWEEN)
    when = label_as(moment_text(change.at), "quiet")
    when.setMinimumWidth(when.fontMetrics().horizontalAdvance("30/12/2026 00:00 "))
    row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(HAIR)
    words.addWidget(label_as(_act(change), "strong", "past"))
    for name, before in change.before.items():
        words.addWidget(plain_label(_before(change.record, name, before), "before"))
    row.addLayout(words, 1)
    return line


def _act(change: PastChange) -> str:
    """Return what was done, by whom, to which record."""
    known = _ACTIONS.get(change.action)
    action = _(known) if known else sentence(change.action)
    which = " ".join(filter(None, (_(change.record.title), change.record.shown)))
    return " – ".join(filter(None, (f"{action}: {which}", change.by)))


def _before(record: Record, name: str, before: Any) -> str:
    """Return which field was changed, and what stood in it before."""
    declared = record.fields()[name]
    try:
        text = shown(declared, before, screen_language()) if before is not None else ""
    except (TypeError, AttributeError, KeyError):
        text = str(before)
    return _("{field}, before: {value}").format(field=_(declared.label), value=text or NOTHING)
