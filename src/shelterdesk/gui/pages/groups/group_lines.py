"""The lists of a group: how everybody came, and which groups there were."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import day
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.keys import letter
from shelterdesk.records.house.group import SERVED
from shelterdesk.services.case.residence import Resident
from shelterdesk.services.groups.groups import NOT_THERE, THERE, GroupRow

EVERYBODY: Final = "E"
_STATES: Final = {
    "P": "part",
    "I": "ill",
    "L": "leave",
    "A": "appointment",
    "W": "did_not_want",
}
KEYS: Final = (" ", EVERYBODY, *_STATES)
_HEADS: Final = (N_("Who lives here"), N_("How she came"))
_NOBODY: Final = N_("Nobody lives in the house now. When somebody arrives, admit her.")
_GROUPS: Final = (N_("Day"), N_("What was done"), N_("Minutes"), N_("Who was there"))
_NO_GROUP: Final = N_("No group and no kit within 90 days.")
_LINES: Final = (3, None)
_NONE = ""
"""Who is not written down with it: she was not there, and nobody asked."""


class CameList(RecordTable):
    """Everybody who lives here, and how she came; Space turns a line."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "came", _("Who was there"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NOBODY))
        self._people: dict[str, Resident] = {}
        self._usual: dict[str, str] = {}
        self._how: dict[str, str] = {}
        self._is_kit = False

    def show_people(self, people: Iterable[tuple[Resident, str]], *, anew: bool = False) -> None:
        """Show who lives here; what was marked stays, unless it begins `anew`."""
        before = {} if anew else self._how
        if anew:
            self._is_kit = False
        found = list(people)
        self._people = {one.case_id: one for one, _usual in found}
        self._usual = {one.case_id: usual for one, usual in found}
        self._how = {
            c: before.get(c, _NONE if self._is_kit else self._usual[c]) for c in self._usual
        }
        self._show()

    def begin(self, *, is_kit: bool) -> None:
        """Begin with nobody for a kit; else with everybody who is not out."""
        if is_kit != self._is_kit:
            self._is_kit = is_kit
            self._how = {c: _NONE if is_kit else usual for c, usual in self._usual.items()}
            self._show()

    def put(self, came: Mapping[str, str], *, only: bool = False) -> None:
        """Say how each came; who is not named was not written down, unless `only` these are."""
        known = {c: how for c, how in came.items() if c in self._people}
        self._how = (self._how if only else dict.fromkeys(self._how, _NONE)) | known
        self._show()

    def _show(self) -> None:
        self.set_rows((case_id, self._cells(case_id)) for case_id in self._people)
        if not self.chosen():
            self.choose_or_first()

    def mark(self, key: str) -> None:
        """Do with the line of the cursor, or with all, what a key stands for."""
        if key == EVERYBODY:
            how = _NONE if any(one in SERVED for one in self._how.values()) else THERE
            self._how = dict.fromkeys(self._how, how)
            self._show()
            return
        chosen = self.chosen()
        if chosen not in self._how:
            return
        away = _NONE if self._is_kit else NOT_THERE
        turned = away if self._how[chosen] in SERVED else THERE
        self._how[chosen] = turned if key == " " else _STATES[key]
        self.records.update_row(chosen, self._cells(chosen))

    def said(self) -> dict[str, str]:
        """Return by case how everybody came who is written down."""
        return {case_id: how for case_id, how in self._how.items() if how}

    def differing(self) -> dict[str, str]:
        """Return what is marked otherwise than it began."""
        begun = {c: _NONE if self._is_kit else usual for c, usual in self._usual.items()}
        return {c: how for c, how in self._how.items() if how != begun[c]}

    def count_there(self) -> str:
        """Return in words how many of all were there."""
        there = sum(how in SERVED for how in self._how.values())
        return _("{there} of {all}").format(there=there, all=len(self._how))

    def _cells(self, case_id: str) -> tuple[str, ...]:
        one, how = self._people[case_id], self._how[case_id]
        who = " ".join(filter(None, (one.code, one.alias)))
        sign = icon("check", "good") if how in SERVED else None
        return who, Ordered(coded("attendance_state", how) or "–", how, sign)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = " " if event.key() == Qt.Key.Key_Space else letter(event)
        if key and key in KEYS:
            self.struck.emit(key)
        else:
            super().keyPressEvent(event)


class GroupList(RecordTable):
    """What took place lately, the newest first; G begins another one, C corrects."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _GROUPS]
        super().__init__(heads, "groups", _("Groups and kits"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NO_GROUP))

    def show_groups(self, rows: Sequence[GroupRow]) -> None:
        """Show these groups."""
        self.set_rows((row.group.id, _group_cells(row)) for row in rows)
        if not self.chosen():
            self.choose_or_first()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = letter(event)
        if key in ("G", "C"):
            self.struck.emit(key)
        else:
            super().keyPressEvent(event)


def _group_cells(row: GroupRow) -> tuple[str, ...]:
    one = row.group
    count = _("{there} of {all}").format(there=len(row.there), all=row.asked)
    minutes = "" if one.minutes is None else str(one.minutes)
    return (
        Ordered(day(one.on_day), one.on_day.toordinal()),
        one.shown,
        minutes,
        "  ·  ".join((count, ", ".join(row.there))),
    )
