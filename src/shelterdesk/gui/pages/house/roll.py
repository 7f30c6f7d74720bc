"""The nightly roll: preset from beds and leave; Space on a difference, Ctrl+Enter keeps it."""

from collections.abc import Callable, Mapping
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
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, move_editor
from shelterdesk.gui.pages.house.call_card import MissingCard
from shelterdesk.gui.pages.house.leave_forms import gone_editor, out_editor
from shelterdesk.gui.pages.house.paper_sets import sheet_papers
from shelterdesk.gui.pages.house.roll_list import RollList
from shelterdesk.gui.pages.house.roll_nights import NightsSeenCard
from shelterdesk.gui.pages.house.ways import house_acts, house_foot, house_page
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.gui.parts.plain import button, named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.roll import IN_HOUSE, NOT_FOUND, UNSAID, RollRow

_OUT, _MOVE, _GONE = "out", "move", "gone"
_HEADINGS: Final = {
    _OUT: N_("Goes out: {who}"),
    _MOVE: N_("Where does {who} sleep now?"),
    _GONE: N_("{who} left by her own decision: when?"),
}
_NOT_YET: Final = N_("not made yet")
_MADE: Final = N_("made {when}  ·  in the house: {here}  ·  away: {away}  ·  not found: {missing}")
_INSIDE: Final = N_("Visitors who are inside: {who}")
_KEPT: Final = "seen."


class RollPage(QWidget):
    """Everybody in one list; below it what happened to her who is not as the records say."""

    go = Signal(str, str)
    page_name = "roll"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.HOUSE, Right.WRITE)
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        around.addWidget(self._list_card())
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(lambda _what, about: self._said(about))
        self.asking.left.connect(self.list.setFocus)
        around.addWidget(self.asking)
        self.call = MissingCard(desk, self._writes)
        self.call.found.connect(self._found)
        around.addWidget(self.call)
        self.nights = NightsSeenCard(desk)
        around.addWidget(self.nights)
        around.addStretch(1)
        house_foot(self, self._foot, self.problem)
        self.setFocusProxy(self.list)
        self.refresh()

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(
            _("Roll of the night {day}").format(day=day_text(self._desk.roll.tonight()))
        )
        self.told = named(Elided("", "quiet"), "roll-told")
        line.addWidget(self.told, 1)
        self.keep = button(_("Keep the roll"), "main")
        press_by(self.keep, "Ctrl+Return")
        self.keep.clicked.connect(self._keep)
        show_if(self.keep, self._writes)
        line.addWidget(self.keep)
        self.print = print_button("print-roll", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = RollList()
        self.list.struck.connect(self._struck)
        self.list.opened.connect(lambda case_id: self.go.emit("case", case_id))
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        acts, self.acts = house_acts(
            self._struck,
            (" ", _("Not as the records say (Space)"), "differs"),
            ("O", _("Has gone out … (O)"), "roll-out"),
            (IN_HOUSE, _("In the house, not in her bed"), "roll-here"),
            ("M", _("Sleeps in another bed … (M)"), "roll-bed"),
            (_GONE, _("Moved out …"), "roll-gone"),
            ("N", _("Not found (N)"), "roll-missing"),
            ("I", _("Is back (I)"), "roll-back"),
        )
        show_if(acts, self._writes)
        self.problem = problem_line(room=1)
        self._foot = acts
        self.visitors = label_as("", "quiet", "roll-visitors", wraps=True)
        card.inside.addWidget(self.visitors)
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who lives here; what is marked stays marked."""
        made = self._desk.roll.made()
        self.list.show_roll(self._desk.roll.rows())
        told = _(_NOT_YET)
        if made is not None:
            count = {"here": made.in_house, "away": made.away, "missing": made.missing}
            told = _(_MADE).format(when=moment_text(made.at), **count)
        self.told.setText(told)
        inside = self._desk.visitors.inside()
        self.visitors.setText(_(_INSIDE).format(who=", ".join(one.who for one in inside)))
        show_if(self.visitors, bool(inside))
        self.nights.refresh()
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        """Offer what can be said of the line; who is in her bed needs nothing."""
        row = self.list.row()
        seen = self.list.seen.get(row.case_id) if row else None
        asks = row is not None and not row.is_out and seen in (UNSAID, NOT_FOUND, None)
        for key in ("O", IN_HOUSE, "M", _GONE, "N"):
            show_if(self.acts[key], asks)
        show_if(self.acts["I"], row is not None and row.is_out)
        show_if(self.acts[" "], row is not None)
        self.call.show_missing(is_marked=NOT_FOUND in self.list.seen.values())

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for, with the line of the cursor."""
        tell(self.problem, "")
        row = self.list.row()
        if row is None or not self._writes:
            return
        acts: dict[str, Callable[[], object]] = {
            " ": partial(self._turn, row),
            "O": partial(self._ask, _OUT, row),
            "M": partial(self._ask, _MOVE, row),
            _GONE: partial(self._ask, _GONE, row),
            IN_HOUSE: partial(self._say, row, IN_HOUSE),
            "N": partial(self._say, row, NOT_FOUND),
            "I": partial(self._back, row),
        }
        acts[key]()

    def _turn(self, row: RollRow) -> None:
        """Mark a line as not what the records say, or take the mark away."""
        usual = row.expected
        is_usual = self.list.seen[row.case_id] == usual
        self.list.say(row.case_id, UNSAID if is_usual else usual)

    def _say(self, row: RollRow, seen: str) -> None:
        if not row.is_out:
            self.list.say(row.case_id, seen)

    def _ask(self, what: str, row: RollRow) -> None:
        if not row.is_out:
            who = " ".join(filter(None, (row.resident.code, row.resident.alias)))
            self.asking.ask(what, row.case_id, who=who)

    def _back(self, row: RollRow) -> None:
        if row.is_out:
            self._do(lambda: self._desk.leave.come_back([row.case_id]))

    def _found(self, case_id: str) -> None:
        self._do(lambda: self._desk.roll.found(case_id))

    def _said(self, case_id: str) -> None:
        """Show what the records say by now: her line agrees with them."""
        self.list.seen.pop(case_id, None)
        self.refresh()
        self.list.choose(case_id)

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.refresh()

    def _keep(self) -> None:
        seen = {case_id: code for case_id, code in self.list.seen.items() if code is not None}
        self._do(lambda: self._desk.roll.keep(seen))

    def _editor(self, what: str, about: str) -> ShortEditor:
        desk = self._desk
        if what == _MOVE:
            return move_editor(desk, about, self.asking.why, loosely(self.asking.keep_done))
        return out_editor(desk, [about]) if what == _OUT else gone_editor(desk, about)

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        """Print sheets to be typed in; whoever may not do that prints what is seen."""
        draw = self._desk.house_lists.roll
        seen = OnPaper("roll", _("Roll of a night"), partial(draw, preview=True), draw)
        papers = sheet_papers(self._desk, "roll_sheet") if self._prints_sheets else [seen]
        show_before_print(papers, self)

    @property
    def _prints_sheets(self) -> bool:
        return self._desk.may(Area.LOGBOOK, Right.WRITE)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is marked and typed and not kept."""
        marked = {f"{_KEPT}{case_id}": code for case_id, code in self.list.differing().items()}
        return marked | self.asking.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Mark again what was marked, and put back what was typed."""
        if not self._writes:
            return
        for name, code in values.items():
            case_id = name.removeprefix(_KEPT)
            if name.startswith(_KEPT) and case_id in self.list.rows:
                self.list.say(case_id, code)
        what, about = self.asking.asked_before(values)
        row = self.list.rows.get(about)
        if what and row is not None:
            if self.asking.asked != values["asked"]:
                self._ask(what, row)
            self.asking.restore({n: t for n, t in values.items() if not n.startswith(_KEPT)})
