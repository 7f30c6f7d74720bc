"""Who is out: everybody who lives here, signed out and in by one letter, and who is late."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import ShortEditor
from shelterdesk.gui.pages.house.call_card import AlarmCard
from shelterdesk.gui.pages.house.leave_forms import (
    back_editor,
    change_editor,
    corrected_editor,
    gone_editor,
    out_editor,
    recurring_editor,
)
from shelterdesk.gui.pages.house.leave_list import LeaveList
from shelterdesk.gui.pages.house.leave_rows import LatelyCard, RecurringCard
from shelterdesk.gui.pages.house.ways import Halves, house_acts, house_foot, house_page
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.services.access.away import Where
from shelterdesk.services.day_lines import INCIDENT
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.leave import WhereSheIs

_OUT, _CHANGE, _BACK, _GONE, _RECURS, _CORRECT = (
    "out",
    "change",
    "back",
    "gone",
    "recurs",
    "correct",
)
_HEADINGS: Final = {
    _OUT: N_("Goes out: {who}"),
    _CHANGE: N_("Is out: {who}"),
    _BACK: N_("Came back: {who}"),
    _GONE: N_("{who} left by her own decision: when?"),
    _RECURS: N_("Leave of {who} that recurs"),
    _CORRECT: N_("Correct an entry of {who}"),
}
_TOGETHER: Final = ","
_MARK_ALIKE: Final = N_("Not marked, because somebody here is called alike: {who}")


class LeavePage(QWidget):
    """The list; below it what is asked, who is late and whom to call, what recurs, what was."""

    go = Signal(str, str)
    page_name = "leave"
    by_the_clock = True
    """What stands here becomes another thing by the hour: it is read anew while it is seen."""

    def __init__(self, desk: Desk, case_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._writes = desk.leave.may_write()
        self._whole = desk.may(Area.HOUSE, Right.WRITE)
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        listed = self._list_card()
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(self._done)
        self.asking.left.connect(self.list.setFocus)
        self.alarm = AlarmCard(desk, self._whole)
        self.alarm.struck.connect(self._struck)
        self.recurring = RecurringCard(self._whole)
        self.recurring.ended.connect(self._end_recurring)
        self.lately = LatelyCard(self._whole)
        self.lately.correct.connect(lambda absence_id: self._ask(_CORRECT, absence_id))
        beside = (self.asking, self.alarm, self.recurring, self.lately)
        around.addWidget(Halves(listed, *beside), 1)
        house_foot(self, self._foot, self.problem)
        self.setFocusProxy(self.list)
        self.refresh()
        if case_id:
            self.list.choose(case_id)

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Who is out"))
        self.told = named(Elided("", "quiet"), "leave-told")
        line.addWidget(self.told, 1)
        card = small(_("Who to call …"), "print-call")
        card.clicked.connect(self._print_card)
        line.addWidget(card)
        self.print = print_button("print-leave", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = LeaveList()
        self.list.struck.connect(self._struck)
        self.list.opened.connect(lambda case_id: self.go.emit("case", case_id))
        self.list.chosen_another.connect(self._offer)
        self.list.marked_others.connect(self._offer)
        card = table_card(self.list)
        acts, self.acts = house_acts(
            self._struck,
            ("O", _("Goes out … (O)"), "go-out"),
            ("I", _("Is back (I)"), "come-back"),
            (_BACK, _("Came back earlier …"), "back-earlier"),
            ("H", _("Stays in hospital (H)"), "to-hospital"),
            (_CHANGE, _("Change …"), "change-leave"),
            ("off", _("Did not go"), "call-off"),
            ("A", _("Mark all like this (A)"), "mark-all"),
            (_RECURS, _("Leave that recurs …"), "add-recurring"),
        )
        show_if(acts, self._writes)
        self.problem = problem_line(room=1)
        self._foot = acts
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who is where; what is being asked stays open, what is marked stays marked."""
        now, board = self._desk.now(), self._desk.leave.board()
        self.list.show_board(board, now)
        states = [line.state(now) for line in board]
        told = [_("in the house: {count}").format(count=states.count(None))]
        if out := len(states) - states.count(None):
            told.append(_("out: {count}").format(count=out))
        if late := states.count(Where.DUE) + states.count(Where.OVERDUE):
            told.append(_("not back: {count}").format(count=late))
        self.told.setText("  ·  ".join(told))
        self.recurring.show_rows(self._desk.standing_leave.present())
        self.lately.show_rows(self._desk.past_leave.lately())
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        """Offer of the acts what can be done with the line, or with those that are marked."""
        line, meant = self.list.line(), self.list.meant()
        is_out = any(one.out is not None for one in meant)
        has_row = line is not None and bool(_row_of(line))
        several = len(meant) > 1
        show_if(self.acts["O"], bool(meant) and not is_out)
        show_if(self.acts["I"], any(one.out or one.resident.is_away for one in meant))
        show_if(self.acts[_BACK], is_out)
        show_if(self.acts["H"], bool(meant) and not several and self._may_hospital())
        show_if(self.acts[_CHANGE], has_row and not several)
        show_if(self.acts["off"], not several and bool(line and (line.planned or line.out)))
        show_if(self.acts["A"], bool(line and line.out))
        show_if(self.acts[_RECURS], self._whole and line is not None and not several)
        self.alarm.show_line(line, self._desk.now())

    def _may_hospital(self) -> bool:
        return not self._desk.leave.reasons() or "hospital" in self._desk.leave.reasons()

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for."""
        tell(self.problem, "")
        line = self.list.line()
        if line is None or not self._writes:
            return
        acts: dict[str, Callable[[], object]] = {
            "O": partial(self._ask_of_meant, _OUT),
            "I": self._come_back,
            "H": partial(self._do, lambda: self._desk.leave.to_hospital(line.resident.case_id)),
            "A": partial(self._mark_all, line),
            " ": partial(self._turn_mark, line),
            "off": partial(self._do, lambda: self._desk.leave.call_off(line.resident.case_id)),
            _BACK: partial(self._ask_of_meant, _BACK),
            _CHANGE: partial(self._ask, _CHANGE, _row_of(line)),
            _GONE: partial(self._ask, _GONE, line.resident.case_id),
            _RECURS: partial(self._ask, _RECURS, line.resident.case_id),
            INCIDENT: partial(self.go.emit, INCIDENT, f"not_back:{line.resident.case_id}"),
        }
        acts[key]()

    def _do(self, act: Callable[[], object]) -> None:
        """Do something at once; what stops it is told below the list."""
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.list.mark((), self._desk.now())
        self.refresh()

    def _come_back(self) -> None:
        meant = [one.resident.case_id for one in self.list.meant()]
        self._do(lambda: self._desk.leave.come_back(meant))

    def _turn_mark(self, line: WhereSheIs) -> None:
        self.list.mark(self.list.marked ^ {line.resident.case_id}, self._desk.now())

    def _mark_all(self, line: WhereSheIs) -> None:
        """Mark all who are out for the same; whoever is called like another one is left out."""
        if line.out is None:
            return
        like = [
            one
            for one in self.list.lines.values()
            if one.out and (one.out.reason, one.out.due_at) == (line.out.reason, line.out.due_at)
        ]
        self.list.mark((o.resident.case_id for o in like if not o.is_alike), self._desk.now())
        left_out = ", ".join(one.who for one in like if one.is_alike)
        tell(self.problem, _(_MARK_ALIKE).format(who=left_out) if left_out else "")

    def _end_recurring(self, standing_id: str) -> None:
        self._do(lambda: self._desk.standing_leave.end(standing_id))

    # -- what is asked ----------------------------------------------------------------------

    def _ask_of_meant(self, what: str) -> None:
        meant = self.list.meant()
        if meant:
            self._ask(what, _TOGETHER.join(one.resident.case_id for one in meant))

    def _ask(self, what: str, about: str) -> None:
        if about:
            self.asking.ask(what, about, who=self._named(what, about))

    def _named(self, what: str, about: str) -> str:
        """Return who is meant, in words: of several only how many."""
        ids = about.split(_TOGETHER)
        if len(ids) > 1:
            return _("{count} people").format(count=len(ids))
        if what == _CORRECT:
            return self.lately.who(about)
        lines = self.list.lines.values()
        return next((one.who for one in lines if about in (one.resident.case_id, _row_of(one))), "")

    def _editor(self, what: str, about: str) -> ShortEditor:
        desk, ids = self._desk, about.split(_TOGETHER)
        if what == _OUT:
            return out_editor(desk, ids)
        if what == _BACK:
            return back_editor(desk, ids)
        if what == _CORRECT:
            return corrected_editor(desk, about, self.asking.why, loosely(self.asking.keep_done))
        made = {_CHANGE: change_editor, _GONE: gone_editor, _RECURS: recurring_editor}[what]
        return made(desk, about)

    def _done(self, _what: str, about: str) -> None:
        self.list.mark((), self._desk.now())
        self.refresh()
        self.list.choose(about.split(_TOGETHER, 1)[0])

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        draw = self._desk.house_lists.out
        paper = OnPaper("out", _("Who is out"), partial(draw, preview=True), draw)
        show_before_print([paper], self)

    def _print_card(self) -> None:
        draw = self._desk.house_lists.to_call
        paper = OnPaper("to_call", _("Who to call"), partial(draw, preview=True), draw)
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


def _row_of(line: WhereSheIs) -> str:
    """Return the row of leave that can be changed: of now, else the next one; "" for none."""
    rows = (one.absence_id for one in (line.out, *line.planned) if one is not None)
    return next(filter(None, rows), "")
