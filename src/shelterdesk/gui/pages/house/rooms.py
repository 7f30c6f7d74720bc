"""The rooms of the house: what each is for, how many beds it has, and a bed more."""

from collections import Counter
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.rows import as_line, rule_line, small
from shelterdesk.gui.parts.style.measures import TIGHT
from shelterdesk.records.house.beds import Bedroom
from shelterdesk.services.house.plan import Plan

_NO_ROOM: Final = N_("No room is written down yet.")


class RoomsCard(Card):
    """A line a room; `change_room` and `add_bed` carry its id, a new room has none."""

    change_room = Signal(str)
    add_bed = Signal(str)

    def __init__(self, writes: bool) -> None:
        super().__init__(_("Rooms"))
        self._writes = writes
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.inside.addLayout(self._rows)
        self.add = small(_("Add a room"), "add-room")
        self.add.clicked.connect(lambda: self.change_room.emit(""))
        show_if(self.add, writes)
        self.top.addWidget(self.add)

    def show_plan(self, plan: Plan) -> None:
        """Show the rooms of a plan."""
        rows, beds = emptied(self._rows), Counter(bed.room.id for bed in plan.beds)
        for number, room in enumerate(plan.rooms):
            if number:
                rows.addWidget(rule_line())
            rows.addWidget(self._line(room, beds[room.id]))
        if not plan.rooms:
            rows.addWidget(label_as(_(_NO_ROOM), "quiet", "empty", wraps=True))

    def _line(self, room: Bedroom, beds: int) -> QWidget:
        line, flow = named(as_line(QWidget()), "room"), Flow()
        line.setLayout(flow)
        flow.add(Elided(room.name, "strong"))
        count = _("beds: {count}").format(count=beds)
        for words in (room.building or "", coded("room_for", room.for_whom), count):
            if words:
                flow.add(label_as(words, "quiet"))
        if self._writes:
            change = small(_("Change"), "change-room", ": ".join((_("Change"), room.name)))
            change.clicked.connect(partial(self.change_room.emit, room.id))
            more = small(_("Add a bed"), "add-bed", ": ".join((_("Add a bed"), room.name)))
            more.clicked.connect(partial(self.add_bed.emit, room.id))
            flow.add(change, more)
        return line
