"""The shift: who is on duty, what is handed over, and that those who come have read it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import title_line
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, Values
from shelterdesk.gui.pages.house.paper_sets import sheet_papers
from shelterdesk.gui.pages.house.ways import house_acts, house_page
from shelterdesk.gui.pages.logbook.handover import HandoverCard
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import in_its_room, problem_line, tell
from shelterdesk.records.house.shifts import OnDuty, Shift, ShiftHandover
from shelterdesk.services.desk import Desk
from shelterdesk.services.logbook.shifts import OnShift, Past

_BEGIN, _OTHERWISE, _ALSO, _END = "begin", "otherwise", "also", "end"
_JOIN: Final = "join"
_HEADINGS: Final = {
    _OTHERWISE: N_("A shift begins, and you are on duty: which one, and who leads?"),
    _ALSO: N_("Who else is on duty?"),
    _END: N_("This shift ends. Whatever happened stands below; is there anything to add?"),
}
_NONE: Final = N_("No shift has begun.")
_SINCE: Final = N_("{shift} since {since}  ·  leads: {lead}  ·  on duty: {who}")
_HEADS: Final = (
    *(N_("When"), N_("Shift"), N_("Handed over by"), N_("Read and signed by")),
    N_("Not signed yet"),
)
_WHOEVER: Final = N_("Whoever begins reads what was handed over since her own last shift.")
_NO_PAST: Final = N_("Nothing was handed over yet.")
_LINES: Final = (2, 6)
_HERE: Final = "now"


class HandingOver(RecordForm):
    """A few words, and whether keys and cash agree; a shift ends where neither is said, too."""

    @override
    def is_blank(self) -> bool:
        return False


class ShiftPage(QWidget):
    """Who has the house; the handover that is to be read, or would be given; those before it."""

    go = Signal(str, str)
    page_name = "shift"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.LOGBOOK, Right.WRITE)
        self._past: dict[str, Past] = {}
        self._present: OnShift | None = None
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        around.addWidget(self._shift_card())
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(lambda what, _about: self._done(what))
        around.addWidget(self.asking)
        self.handover = HandoverCard()
        self.handover.sign.connect(self._sign)
        around.addWidget(self.handover)
        around.addWidget(self._past_card())
        around.addStretch(1)
        self.asking.left.connect(self.handover.list.setFocus)
        self.setFocusProxy(self.handover.list)
        self._show_next()

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Shift and handover"))
        self.told = named(Elided("", "quiet"), "shift-told")
        line.addWidget(self.told, 1)
        self.print = print_button("print-handover", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _shift_card(self) -> QWidget:
        card = Card()
        acts, self.acts = house_acts(
            self._struck,
            (_BEGIN, _("Begin the shift"), "shift-begin"),
            (_OTHERWISE, _("Begin another shift …"), "shift-otherwise"),
            (_JOIN, _("I am on duty too"), "shift-join"),
            (_ALSO, _("Somebody else is on duty …"), "shift-also"),
            (_END, _("End and hand over …"), "shift-end"),
        )
        card.inside.addWidget(acts)
        self.problem = problem_line(room=1)
        hint = label_as(_(_WHOEVER), "quiet", "shift-hint", wraps=True)
        card.inside.addLayout(in_its_room(self.problem, hint))
        show_if(card, self._writes)
        return card

    def _past_card(self) -> Card:
        heads = [_(head) for head in _HEADS]
        self.past = RecordTable(heads, "handovers", _("Handovers"), copied=None, lines=_LINES)
        self.past.set_empty_text(_(_NO_PAST))
        self.past.opened.connect(self._show)
        self.past.chosen_another.connect(self._show)
        card = Card(_("Handovers"))
        card.inside.addWidget(self.past)
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who is on duty and what was handed over; the handover that is open stays open."""
        shifts = self._desk.shifts
        self._present = shifts.present()
        self._past = {one.id: one for one in shifts.lately()}
        here = (_HERE, (_("now"), "", "", "", ""))
        self.past.set_rows([here, *((one.id, _cells(one)) for one in self._past.values())])
        self.told.setText(_words(self._present))
        me = self._desk.seat.staff_id
        on_duty = dict(self._present.on_duty) if self._present else {}
        show_if(self.acts[_JOIN], self._present is not None and me not in on_duty)
        for act in (_END, _ALSO):
            show_if(self.acts[act], self._present is not None)
        by_hour = shifts.by_the_hour()
        self.acts[_BEGIN].setText(_("Begin: {shift}").format(shift=coded("shift", by_hour)))
        has_begun = self._present is not None and self._present.shift.kind == by_hour
        show_if(self.acts[_BEGIN], not has_begun)
        self._show(self.handover.told.id if self.handover.told else "")

    def _show_next(self) -> None:
        """Show what is to be read first; what would be handed over now where all is read."""
        self.refresh()
        self._show(next(iter(self._desk.shifts.unread()), ""))

    def _done(self, what: str) -> None:
        """Show what is next, and after a handover in the evening the paper for the night."""
        self._show_next()
        if what == _END and self._desk.paper_sheets.night_set_is_due():
            show_before_print(sheet_papers(self._desk, "night_set"), self)

    def _show(self, handover_id: str) -> None:
        past = self._past.get(handover_id)
        shifts = self._desk.shifts
        told = shifts.given(handover_id) if past else shifts.now()
        self.handover.show_handover(told, past.missing if past and self._writes else ())
        shown = handover_id if past else _HERE
        if self.past.chosen() != shown:
            self.past.choose(shown)

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        tell(self.problem, "")
        if not self._writes:
            return
        direct: dict[str, Callable[[], object]] = {
            _JOIN: self._desk.shifts.join,
            _BEGIN: self._desk.shifts.begin,
        }
        if key in direct:
            self._do(direct[key])
        else:
            if key == _END:
                self._show("")
            self.asking.ask(key, self._present.shift.id if self._present else "")

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._show_next()
        self.handover.list.setFocus()

    def _sign(self, staff_id: str) -> None:
        """Sign what is shown; each for herself, when each line that must be read was read."""
        told = self.handover.told
        try:
            self._desk.shifts.read(told.id if told else "", self.handover.list.seen, staff_id)
        except DeskError as fault:
            self.handover.say(str(fault))
            return
        self._show_next()
        self.handover.list.setFocus()

    def _editor(self, what: str, about: str) -> ShortEditor:
        if what == _ALSO:
            return self._also()
        return self._beginning() if what == _OTHERWISE else self._ending(about)

    def _beginning(self) -> ShortEditor:
        desk = self._desk
        choices = {"lead_id": desk.staff.choices}
        form = RecordForm(Shift, ("kind", "lead_id"), choices=choices)
        form.begin(Shift(kind=desk.shifts.by_the_hour(), lead_id=desk.seat.staff_id))

        def keep(_values: Values) -> None:
            said = form.values()
            desk.shifts.begin(str(said.get("kind") or ""), lead=str(said.get("lead_id") or ""))

        return ShortEditor(desk, form, keep)

    def _also(self) -> ShortEditor:
        desk = self._desk
        form = RecordForm(OnDuty, ("staff_id",), choices={"staff_id": desk.staff.choices})
        form.begin(OnDuty())

        def keep(values: Values) -> None:
            desk.shifts.join(values.get("staff_id") or "")

        return ShortEditor(desk, form, keep)

    def _ending(self, shift_id: str) -> ShortEditor:
        desk = self._desk
        form = HandingOver(ShiftHandover, ("words", "cash_agrees"))
        form.begin(ShiftHandover())

        def keep(_values: Values) -> None:
            said = form.values()
            agrees = str(said.get("cash_agrees") or "")
            desk.shifts.end(shift_id, str(said.get("words") or ""), agrees)

        return ShortEditor(desk, form, keep)

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        shown = self.handover.told.id if self.handover.told else ""
        draw = partial(self._desk.log_sheets.handover, shown)
        paper = OnPaper("handover", _("Handover"), partial(draw, preview=True), draw)
        show_before_print([paper], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, and in which form."""
        return self.asking.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        what, about = self.asking.asked_before(values)
        if not self._writes or not what:
            return
        if self.asking.asked != values["asked"]:
            self.asking.ask(what, about)
        self.asking.restore(values)


def _words(present: OnShift | None) -> str:
    if present is None:
        return _(_NONE)
    shift = present.shift
    return _(_SINCE).format(
        shift=coded("shift", shift.kind),
        since=moment_text(shift.began_at),
        lead=present.lead,
        who=", ".join(name for _staff_id, name in present.on_duty),
    )


def _cells(one: Past) -> tuple[str, ...]:
    return (
        Ordered(moment_text(one.at), one.at.timestamp()),
        coded("shift", one.shift),
        one.by,
        ", ".join(one.signed),
        ", ".join(name for _staff_id, name in one.missing),
    )
