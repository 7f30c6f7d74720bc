"""Who to call: the card that stands beside every alarm, and on paper on the wall."""

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.pages.house.leave_list import reason_text
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import INSIDE, NO_MARGINS, TIGHT
from shelterdesk.services.access.away import Where
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.leave import WhereSheIs
from shelterdesk.services.house.who_to_call import Called

_NO_NUMBER: Final = N_("no number written down")
_NOT_BACK: Final = N_("{who} is not back. She was expected {due}: {reason}")
_ACTS: Final = (
    ("I", N_("She is back (I)"), "alarm-back"),
    ("H", N_("Stays in hospital (H)"), "alarm-hospital"),
    ("gone", N_("Left by her own decision …"), "alarm-gone"),
    ("incident", N_("Write an incident …"), "alarm-incident"),
)


def call_lines(lines: list[Called]) -> QWidget:
    """Return who is called, with the number of each beside her name."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(*NO_MARGINS)
    grid.setHorizontalSpacing(INSIDE)
    grid.setVerticalSpacing(TIGHT)
    for row, one in enumerate(lines):
        number = label_as(one.number, "strong") if one.number else label_as(_(_NO_NUMBER), "quiet")
        for column, part in enumerate(
            (label_as(_(one.what), "quiet"), plain_label(one.name), number)
        ):
            grid.addWidget(part, row, column)
    grid.setColumnStretch(2, 1)
    return made


class MissingCard(Card):
    """Whom nobody has found since the roll, with who is called, and that she was found."""

    found = Signal(str)

    def __init__(self, desk: Desk, writes: bool) -> None:
        super().__init__(_("Who to call"), "roll-call")
        self._desk, self._writes = desk, writes
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.inside.addLayout(self._rows)

    def show_missing(self, *, is_marked: bool) -> None:
        """Show it where somebody is missing, or marked so in a roll that is not kept yet."""
        missing, rows = self._desk.roll.missing(), emptied(self._rows)
        show_if(self, is_marked or bool(missing))
        for case_id, who in missing:
            rows.addWidget(self._line(case_id, who))
        if is_marked or missing:
            rows.addWidget(call_lines(self._desk.who_to_call.lines()))

    def _line(self, case_id: str, who: str) -> QWidget:
        line, flow = QWidget(), Flow()
        line.setLayout(flow)
        flow.add(label_as(_("Not found: {who}").format(who=who), "late", "missing-who"))
        pressed = small(_("Was found"), "was-found", ": ".join((_("Was found"), who)))
        pressed.clicked.connect(partial(self.found.emit, case_id))
        show_if(pressed, self._writes)
        flow.add(pressed)
        return line


class AlarmCard(Card):
    """Of somebody who is not back: how she is reached, whom she named, who is called."""

    struck = Signal(str)

    def __init__(self, desk: Desk, writes: bool) -> None:
        super().__init__(_("Not back"), "alarm-title")
        self._desk = desk
        self._facts = QVBoxLayout()
        self._facts.setSpacing(TIGHT)
        self.inside.addLayout(self._facts)
        acts, row = QWidget(), Flow()
        for key, words, name in _ACTS:
            pressed = small(_(words), name)
            pressed.clicked.connect(partial(self.struck.emit, key))
            row.add(pressed)
        acts.setLayout(row)
        show_if(acts, writes)
        self.inside.addWidget(acts)

    def show_line(self, line: WhereSheIs | None, now: datetime) -> None:
        """Show it for somebody who is due or overdue; hide it for anybody else."""
        facts = emptied(self._facts)
        state = line.state(now) if line else None
        is_late = state in (Where.DUE, Where.OVERDUE)
        show_if(self, is_late)
        if line is None or line.out is None or not is_late:
            return
        out = line.out
        told = _(_NOT_BACK).format(
            who=line.who, due=moment_text(out.due_at), reason=reason_text(out)
        )
        look = "late" if state is Where.OVERDUE else "soon"
        facts.addWidget(label_as(told, look, "alarm-told", wraps=True))
        for label in self._told(line):
            facts.addWidget(label)
        facts.addWidget(label_as(_("Who to call"), "section"))
        facts.addWidget(call_lines(self._desk.who_to_call.lines()))

    def _told(self, line: WhereSheIs) -> list[QLabel]:
        out = line.out
        staff = dict(self._desk.staff.choices())
        facts = (
            (N_("How she can be reached"), out.reach if out else ""),
            (N_("Somebody else who goes with her"), out.goes_with if out else ""),
            (N_("Who of the house goes with her"), staff.get(out.escort_id, "") if out else ""),
            (N_("Where, roughly"), out.place if out else ""),
        )
        return [
            plain_label(": ".join((_(label), text)), wraps=True) for label, text in facts if text
        ]
