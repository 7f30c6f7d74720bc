"""Visitors: V lets somebody in, X has gone; who must not come in is never said to be anybody's."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, Values
from shelterdesk.gui.pages.house.call_card import call_lines
from shelterdesk.gui.pages.house.ways import house_acts, house_foot, house_page
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.services.day_lines import INCIDENT
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.visitors import StaysOut

_IN, _GONE = "in", "gone"
_HEADINGS: Final = {_IN: N_("Somebody is at the door"), _GONE: N_("Has gone: {who}")}
_HEADS: Final = (
    *(N_("Who comes"), N_("Comes as"), N_("Came in"), N_("Has gone"), N_("Wants to see")),
)
_NOBODY: Final = N_("Nobody has come within a week.")
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""
_ASKED: Final = (
    *("who", "kind", "to_see_id", "she_agreed", "paper_seen", "silence_promised"),
    *("from_id", "came_at"),
)


class VisitorList(RecordTable):
    """Who is inside, then who came within a week; V and X while the keyboard is in it."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "visitors", _("Visitors"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NOBODY))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if letter(event) in ("V", "X"):
            self.struck.emit(letter(event))
        else:
            super().keyPressEvent(event)


class VisitorsPage(QWidget):
    """The list; below it who stands at the door, and whom to call about one who stays out."""

    go = Signal(str, str)
    page_name = "visitors"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.HOUSE, Right.WRITE)
        self._rows: dict[str, Visitor] = {}
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        around.addWidget(self._list_card())
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(self._done)
        self.asking.left.connect(self._left)
        around.addWidget(self.asking)
        self.call = Card(_("Who to call"), "door-call")
        self.call.inside.addWidget(call_lines(desk.who_to_call.lines()))
        self.refused = small(_("Refused at the door: write an incident (Ctrl+Enter)"), "refused")
        press_by(self.refused, "Ctrl+Return", within=self)
        self.refused.clicked.connect(self._refused)
        show_if(self.refused, desk.may(Area.INCIDENT, Right.WRITE))
        self.call.inside.addWidget(self.refused)
        self.call.hide()
        around.addWidget(self.call)
        around.addStretch(1)
        house_foot(self, self._foot, self.problem)
        self.setFocusProxy(self.list)
        self.refresh()

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Visitors"))
        self.told = named(Elided("", "quiet"), "visitors-told")
        line.addWidget(self.told, 1)
        self.print = print_button("print-visitors", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = VisitorList()
        self.list.struck.connect(self._struck)
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        acts, pressed = house_acts(
            self._struck,
            ("V", _("Comes in … (V)"), "visitor-in"),
            ("X", _("Has gone (X)"), "visitor-gone"),
            (_GONE, _("Has gone earlier …"), "visitor-earlier"),
        )
        self.come, self.gone, self.earlier = pressed.values()
        show_if(acts, self._writes)
        self.problem = problem_line(room=1)
        self._foot = acts
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who has come: who is inside stands first, then the newest."""
        rows = self._desk.visitors.lately()
        self._rows = {row.id: row for row in sorted(rows, key=_inside_first)}
        people = dict(self._desk.visitors.to_choose())
        self.list.set_rows((row.id, _cells(row, people)) for row in self._rows.values())
        inside = sum(row.went_at is None for row in rows)
        self.told.setText(_("inside: {count}").format(count=inside))
        if not self.list.chosen():
            self.list.choose_or_first()
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        row = self._rows.get(self.list.chosen())
        for pressed in (self.gone, self.earlier):
            show_if(pressed, row is not None and row.went_at is None)

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for."""
        tell(self.problem, "")
        if not self._writes:
            return
        if key == "V":
            self.asking.ask(_IN, "")
            return
        row = self._rows.get(self.list.chosen())
        if row is not None and row.went_at is None:
            if key == _GONE:
                self.asking.ask(_GONE, row.id, who=row.who)
            else:
                self._do(lambda: self._desk.visitors.has_gone(row.id))

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.refresh()

    def _refused(self) -> None:
        """Write down by one key that whoever stands there was refused, and show it."""
        if self.asking.open_one is None or self.call.isHidden():
            return
        who = self.asking.open_one.form.editor("who").raw()
        made = self._desk.incidents.refused_at_door(who)
        self.asking.leave()
        self.go.emit(INCIDENT, made.id)

    def _done(self, _what: str, _about: str) -> None:
        """Show what is so now; the cursor is on whoever has come in, so that X means her."""
        before = list(self._rows)
        self.refresh()
        self.list.choose_new(before)

    def _left(self) -> None:
        self.call.hide()
        self.list.setFocus()

    def _editor(self, what: str, about: str) -> ShortEditor:
        return self._door() if what == _IN else self._going(about)

    def _door(self) -> ShortEditor:
        """Return the questions of who comes in; who stays out has the card of whom to call."""
        desk, call = self._desk, self.call
        places = ("organisation", None)
        choices = {
            "to_see_id": desk.visitors.to_choose,
            "from_id": lambda: desk.naming.choices(*places) if desk.may(Area.DIRECTORY) else [],
        }
        names = [name for name in _ASKED if name != "from_id" or desk.may(Area.DIRECTORY)]
        form = RecordForm(Visitor, names, choices=choices)
        form.begin(Visitor(came_at=desk.now()))

        def keep(values: Values) -> None:
            call.hide()
            try:
                desk.visitors.let_in(values)
            except StaysOut:
                show_if(call, True)
                raise

        return ShortEditor(desk, form, keep)

    def _going(self, visitor_id: str) -> ShortEditor:
        form = RecordForm(Visitor, ("went_at",))
        form.begin(Visitor(went_at=self._desk.now() - timedelta(minutes=1)))
        desk = self._desk

        def keep(values: Values) -> None:
            desk.visitors.has_gone(visitor_id, values.get("went_at"))

        return ShortEditor(desk, form, keep)

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        draw = self._desk.house_lists.visitors
        paper = OnPaper("visitors", _("Visitors"), partial(draw, preview=True), draw)
        show_before_print([paper], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, and in which form."""
        return self.asking.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        what, about = self.asking.asked_before(values)
        row = self._rows.get(about)
        if not self._writes or not what or (what == _GONE and row is None):
            return
        if self.asking.asked != values["asked"]:
            self.asking.ask(what, about, who=row.who if row is not None else "")
        self.asking.restore(values)


def _inside_first(row: Visitor) -> tuple[bool, float]:
    return (row.went_at is not None, -row.came_at.timestamp())


def _cells(row: Visitor, people: Mapping[str, str]) -> tuple[str, ...]:
    gone = moment_text(row.went_at) if row.went_at else _("inside")
    return (
        row.who,
        coded("visitor_kind", row.kind),
        Ordered(moment_text(row.came_at), row.came_at.timestamp()),
        Ordered(gone, row.went_at.timestamp() if row.went_at else float("inf")),
        people.get(row.to_see_id or "", ""),
    )
