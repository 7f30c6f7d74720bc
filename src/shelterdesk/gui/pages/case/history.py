"""The history of a record: who changed what, when, and what stood there before."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import shown
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.rows import chip, rule_line
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk
from shelterdesk.services.records import Past

_ACTIONS: Final = {
    "created": N_("Begun"),
    "changed": N_("Changed"),
    "deleted": N_("Deleted"),
    "looked": N_("Opened to look"),
}
_EMPTY: Final = N_("Nothing has been changed yet.")
_MOST: Final = 200


class CaseHistory(QWidget):
    """The tab: buttons for the records of the case, and the changes of the one that is chosen."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._chosen = 0
        card = Card(_("History"))
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        card.inside.addLayout(self._chips)
        card.inside.addLayout(self._lines)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 12, 8, 12)
        around.addWidget(card)
        around.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside, "history-scroll", _("History")))
        self.refresh()

    def _records(self) -> list[Record]:
        case = self._desk.cases.get(self._case.id)
        person = self._desk.cases.person_of(case)
        stays = self._desk.residence.stays_of(case)
        return [case, *([person] if person else []), *stays]

    def refresh(self) -> None:
        """Read the records of the case and the changes anew."""
        found = self._records()
        chips = emptied(self._chips)
        for place, record in enumerate(found):
            made = chip(_(record.title), "history-of")
            made.setChecked(place == self._chosen)
            made.clicked.connect(lambda _on, chosen=place: self._choose(chosen))
            chips.addWidget(made)
        self._chips.addStretch(1)
        self._show(found[self._chosen] if self._chosen < len(found) else found[0])

    def _choose(self, place: int) -> None:
        self._chosen = place
        self.refresh()

    def _show(self, record: Record) -> None:
        lines = emptied(self._lines)
        past = self._desk.records.history(record)[:_MOST]
        for number, entry in enumerate(past):
            if number:
                lines.addWidget(rule_line())
            lines.addWidget(_line(entry, record))
        if not past:
            lines.addWidget(label_as(_(_EMPTY), "quiet", "empty"))


def _line(entry: Past, record: Record) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(16)
    when = label_as(moment_text(entry.at), "quiet")
    when.setMinimumWidth(when.fontMetrics().horizontalAdvance("30/12/2026 00:00 "))
    row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    action = _(_ACTIONS.get(entry.action, N_("Changed")))
    words.addWidget(label_as(f"{action} – {entry.by}" if entry.by else action, "strong", "past"))
    for name, before in entry.before.items():
        words.addWidget(plain_label(_before(record, name, before), "before"))
    row.addLayout(words, 1)
    return line


def _before(record: Record, name: str, before: Any) -> str:
    """Return which field was changed, and what stood in it before."""
    declared = record.fields()[name]
    try:
        text = shown(declared, before, screen_language()) if before is not None else ""
    except (TypeError, AttributeError, KeyError):
        text = str(before)
    return _("{field}, before: {value}").format(field=_(declared.label), value=text or "–")
