"""The house: its beds and who sleeps there tonight, the beds night by night, the rooms."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import (
    ShortEditor,
    bed_editor,
    move_editor,
    room_editor,
    use_editor,
)
from shelterdesk.gui.pages.house.bed_list import BedList
from shelterdesk.gui.pages.house.nights import Nights, span_words
from shelterdesk.gui.pages.house.rooms import RoomsCard
from shelterdesk.gui.pages.house.ways import house_foot, house_page
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import press_by, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.records.house.beds import Bedroom
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.plan import NIGHTS, Night

_WEEK: Final = 7
_MOVE, _ROOM, _BED, _OUT, _BACK = "move", "room", "bed", "out", "back"
_HEADINGS: Final = {
    _MOVE: N_("Where does {who} sleep now?"),
    _ROOM: N_("Room"),
    _BED: N_("Bed"),
    _OUT: N_("Bed {bed} is out of use"),
    _BACK: N_("Bed {bed} can be used again"),
}
"""What is asked, by the name under which what is typed there is kept."""


class BedsPage(QWidget):
    """Tonight as a list, a month as a picture; below the list opens what is asked."""

    go = Signal(str, str)
    page_name = "beds"

    def __init__(self, desk: Desk, case_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._first = desk, days_after(desk.today(), -_WEEK)
        self._writes = desk.may(Area.HOUSE, Right.WRITE)
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        around.addWidget(self._list_card())
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(self._done)
        self.asking.left.connect(self.list.setFocus)
        around.addWidget(self.asking)
        around.addWidget(self._nights_card())
        self.rooms = RoomsCard(self._writes)
        self.rooms.change_room.connect(lambda room_id: self._ask(_ROOM, room_id))
        self.rooms.add_bed.connect(lambda room_id: self._ask(_BED, f"in {room_id}"))
        around.addWidget(self.rooms)
        around.addStretch(1)
        house_foot(self, self._foot)
        self.setFocusProxy(self.list)
        self.refresh()
        if case_id:
            self.list.choose_person(case_id)
            self._move()

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("House"))
        self.told = label_as("", "quiet", "beds-told")
        line.addWidget(self.told, 1)
        here = small(_("Already here …"), "already-here")
        here.clicked.connect(lambda: self.go.emit("already_here", ""))
        show_if(here, self._writes)
        line.addWidget(here)
        self.print = print_button("print-beds", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = BedList()
        self.list.asked_where.connect(self._move)
        self.list.opened.connect(self._open_case)
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        self.another = small(_("Another bed … (M)"), "move-bed")
        self.out = small(_("Out of use …"), "bed-out")
        self.back = small(_("Can be used again …"), "bed-back")
        self.change = small(_("Change the bed …"), "bed-change")
        self.another.clicked.connect(self._move)
        for pressed, what in ((self.out, _OUT), (self.back, _BACK), (self.change, _BED)):
            pressed.clicked.connect(partial(self._ask_of_bed, what))
        acts = FlowRow(self.another, self.out, self.back, self.change)
        show_if(acts, self._writes)
        self._foot = acts
        return card

    def _nights_card(self) -> Card:
        card = Card(_("Night by night"))
        self.span = label_as("", "quiet", "span")
        card.top.addWidget(self.span)
        for words, name, days in (
            (_("Earlier"), "nights-earlier", -_WEEK),
            (_("Later"), "nights-later", _WEEK),
        ):
            pressed = small(words, name)
            pressed.clicked.connect(partial(self._turn, days))
            card.top.addWidget(pressed)
        self.nights = Nights()
        card.inside.addWidget(self.nights)
        self._nights_place = card
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the plan anew; what is being asked stays open."""
        beds, plan = self._desk.beds, self._desk.beds.plan(self._first, NIGHTS)
        tonight = plan if plan.today in plan.days else beds.plan(self._desk.today(), 1)
        without = [one for one in self._desk.residence.in_house() if not one.is_planned]
        self.list.show_plan(tonight, without)
        self.nights.show_plan(plan)
        self.span.setText(span_words(plan))
        self.rooms.show_plan(plan)
        show_if(self._nights_place, bool(plan.beds))
        night = plan.today
        told = [
            _("beds: {count}").format(count=tonight.capacity(night)),
            _("free tonight: {count}").format(count=tonight.free(night)),
        ]
        if without:
            told.append(_("without a bed: {count}").format(count=len(without)))
        self.told.setText("  ·  ".join(told))
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        """Offer of the acts what can be done with the chosen line."""
        line = self.list.line()
        bed = line.bed if line else None
        is_out = bed is not None and bed.state is Night.OUT
        show_if(self.another, bool(line and line.case_id))
        show_if(self.out, bed is not None and not is_out)
        show_if(self.back, is_out)
        show_if(self.change, bed is not None)

    def _turn(self, days: int) -> None:
        self._first = days_after(self._first, days)
        self.refresh()

    def _open_case(self, _line_id: str) -> None:
        line = self.list.line()
        if line is not None and line.case_id:
            self.go.emit("case", line.case_id)

    # -- what is asked ----------------------------------------------------------------------

    def _move(self) -> None:
        line = self.list.line()
        if line is not None and line.case_id and self._writes:
            self._ask(_MOVE, line.case_id)

    def _ask_of_bed(self, what: str) -> None:
        line = self.list.line()
        if line is not None and line.bed is not None:
            self._ask(what, line.bed.id)

    def _ask(self, what: str, about: str) -> None:
        """Ask below the list; another form that was open is closed first."""
        self.asking.ask(what, about, **self._facts(what, about))

    def _editor(self, what: str, about: str) -> ShortEditor:
        desk = self._desk
        if what == _MOVE:
            return move_editor(desk, about, self.asking.why, loosely(self.asking.keep_done))
        if what == _ROOM:
            return room_editor(desk, desk.records.get(Bedroom, about) if about else None)
        if what == _BED:
            in_room = about.removeprefix("in ") if about.startswith("in ") else ""
            return bed_editor(desk, "" if in_room else about, in_room)
        return use_editor(desk, about, usable=what == _BACK)

    def _facts(self, what: str, about: str) -> dict[str, Any]:
        """Return the words of a heading: who is meant, which bed."""
        lines = self.list.lines.values()
        if what == _MOVE:
            return {"who": next((one.who for one in lines if one.case_id == about), "")}
        beds = (one.bed for one in lines if one.bed and one.bed.id == about)
        return {"bed": next((bed.code for bed in beds), "")}

    def _done(self, what: str, about: str) -> None:
        """Show what is so now, with the keyboard where it was and the cursor on a new bed."""
        before = list(self.list.lines)
        self.refresh()
        self.list.choose_new(before)
        if what == _MOVE:
            self.list.choose_person(about)

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        """Print the list for the doors: codes and chosen names."""
        draw = self._desk.sheets.doors
        paper = OnPaper("doors", _("The list for the doors"), partial(draw, preview=True), draw)
        show_before_print([paper], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, and in which form."""
        return self.asking.draft()

    def restore(self, values: dict[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        what, about = self.asking.asked_before(values)
        if not self._writes or not what:
            return
        if self.asking.asked != values["asked"]:
            self._ask(what, about)
        self.asking.restore(values)
