"""Asking for a place: N writes down that somebody asks, B what became of it, O opens her case."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.clock import days_after
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
from shelterdesk.gui.pages.house.ways import house_acts, house_foot, house_page
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.house.place_request import PlaceRequest
from shelterdesk.services.desk import Desk
from shelterdesk.services.groups.asked_count import AskedFigure
from shelterdesk.services.groups.places import ASKED, BECAME
from shelterdesk.services.house.corrections import WhyCorrected

NEW, BECOMES, CORRECT, OPEN = "N", "B", "C", "O"
_HEADINGS: Final = {
    NEW: N_("Somebody asks for a place"),
    BECOMES: N_("What became of it"),
    CORRECT: N_("Correct what was asked"),
}
_HEADS: Final = (
    *(N_("When"), N_("How they asked"), N_("Adults"), N_("Children")),
    *(N_("What became of it"), N_("Why not admitted")),
)
_NOBODY: Final = N_("Nobody has asked for a place within 90 days.")
_FIRST: Final = ("way", "outcome", "reason", "adults", "children", "from_id", "sent_to_id", "at")
_NO_NAME: Final = N_(
    "No name stands here. At night only the four needs of the first hour are asked besides, in the "
    "intake; the rest waits for the counsellor."
)
_COUNTED: Final = N_(
    "Last 90 days: {counted} asked, {away} not admitted. The same office, or the same case, that "
    "asks again within 24 hours counts once."
)
_LINES: Final = (3, None)
_OFFICES: Final = ("from_id", "sent_to_id")
_DAYS: Final = 90


class PlaceList(RecordTable):
    """Who asked, the newest first; its keys while the keyboard is in it."""

    struck = Signal(str)

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "places", _("Asking for a place"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NOBODY))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = letter(event)
        if key in (NEW, BECOMES, CORRECT, OPEN):
            self.struck.emit(key)
        else:
            super().keyPressEvent(event)


class PlacesPage(QWidget):
    """What is asked stands above the list of what was."""

    go = Signal(str, str)
    page_name = "places"

    def __init__(self, desk: Desk, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.HOUSE, Right.WRITE)
        self._rows: dict[str, PlaceRequest] = {}
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(self._done)
        listed = self._list_card()
        self.asking.left.connect(self.list.setFocus)
        around.addWidget(self.asking)
        around.addWidget(listed)
        around.addWidget(self.counted)
        around.addStretch(1)
        house_foot(self, self._foot, self.problem)
        self.setFocusProxy(self.list)
        self.refresh()
        if about in self._rows:
            self.list.choose(about)

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Asking for a place"))
        self.free = named(Elided("", "quiet"), "places-free")
        line.addWidget(self.free, 1)
        self.print = print_button("print-places", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _list_card(self) -> Card:
        self.list = PlaceList()
        self.list.struck.connect(self._struck)
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        self.counted = label_as("", "quiet", "places-counted", wraps=True)
        acts, self.acts = house_acts(
            self._struck,
            (NEW, _("Somebody asks … (N)"), "place-new"),
            (BECOMES, _("What became of it … (B)"), "place-became"),
            (OPEN, _("Open her case (O)"), "place-open"),
            (CORRECT, _("Correct … (C)"), "place-correct"),
        )
        show_if(acts, self._writes)
        self.problem = problem_line(room=1)
        self._foot = acts
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read who asked, and how many beds are free."""
        self._rows = {row.id: row for row in self._desk.places.lately()}
        self.list.set_rows((row.id, _cells(row)) for row in self._rows.values())
        today = self._desk.today()
        self.counted.setText(_counted(self._desk.places.figure(days_after(today, -_DAYS), today)))
        self.free.setText(_free_beds(self._desk))
        if not self.list.chosen():
            self.list.choose_or_first()
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        row = self._rows.get(self.list.chosen())
        for key in (BECOMES, CORRECT):
            show_if(self.acts[key], row is not None)
        show_if(self.acts[OPEN], row is not None)

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for."""
        tell(self.problem, "")
        if not self._writes:
            return
        row = self._rows.get(self.list.chosen())
        if key == NEW:
            self.asking.ask(NEW, "")
        elif row is not None and key == OPEN:
            self._open(row)
        elif row is not None:
            self.asking.ask(key, row.id)

    def _open(self, row: PlaceRequest) -> None:
        """Show her case; where there is none yet it is opened, and her intake begins."""
        if row.case_id:
            self.go.emit("case", row.case_id)
            return
        try:
            case = self._desk.places.open_case(row.id)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.go.emit("admission", case.id)

    def _done(self, _what: str, _about: str) -> None:
        before = list(self._rows)
        self.refresh()
        self.list.choose_new(before)

    # -- what is asked ----------------------------------------------------------------------

    def _editor(self, what: str, about: str) -> ShortEditor:
        if what == NEW:
            return self._new()
        names = BECAME if what == BECOMES else ASKED
        return self._change(self._rows[about], names)

    def _form(self, names: tuple[str, ...]) -> RecordForm:
        """Return a form of these questions; offices are chosen by who may read the directory."""
        desk = self._desk
        asked = [n for n in names if n not in _OFFICES or desk.may(Area.DIRECTORY)]
        choices: dict[str, Any] = {
            n: partial(desk.naming.choices, "organisation") for n in _OFFICES
        }
        choices["case_id"] = partial(desk.naming.choices, "case")
        form = RecordForm(PlaceRequest, asked, choices=choices)
        form.without_first_heading()
        return form

    def _new(self) -> ShortEditor:
        desk, form = self._desk, self._form(_FIRST)
        begun = {"at": desk.now()}
        form.begin(PlaceRequest(**begun))

        def keep(values: Values) -> None:
            desk.places.note(begun | values)

        made = ShortEditor(desk, form, keep)
        made.add_above_form(label_as(_(_NO_NAME), "quiet", wraps=True))
        return made

    def _change(self, row: PlaceRequest, names: tuple[str, ...]) -> ShortEditor:
        """Return the questions about one that was written; why is asked where it is another's."""
        desk, asking, form = self._desk, self.asking, self._form(names)
        form.load(row)
        done = loosely(asking.keep_done)

        def sign(values: Mapping[str, Any], reason: str) -> None:
            desk.places.change(row.id, values, reason)
            done()

        def keep(values: Values) -> None:
            try:
                desk.places.change(row.id, values)
            except WhyCorrected as stopped:
                asking.why.ask(str(stopped), _("Correct"), lambda why: sign(values, why))
                raise

        return ShortEditor(desk, form, keep)

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        draw = self._desk.group_lists.asked
        paper = OnPaper("places", _("Asking for a place"), partial(draw, preview=True), draw)
        show_before_print([paper], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, and in which form."""
        return self.asking.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        what, about = self.asking.asked_before(values)
        if not self._writes or not what or (what != NEW and about not in self._rows):
            return
        if self.asking.asked != values["asked"]:
            self.asking.ask(what, about)
        self.asking.restore(values)


def _counted(figure: AskedFigure) -> str:
    return _(_COUNTED).format(counted=figure.counted, away=figure.turned_away)


def _free_beds(desk: Desk) -> str:
    """Return how many beds are free tonight; nothing where the house has no plan."""
    if not desk.beds.are_planned():
        return ""
    tonight = desk.beds.plan(desk.today(), 1)
    return _("free beds tonight: {count}").format(count=tonight.free(desk.today()))


def _cells(row: PlaceRequest) -> tuple[str, ...]:
    return (
        Ordered(moment_text(row.at), row.at.timestamp()),
        coded("request_way", row.way),
        "" if row.adults is None else str(row.adults),
        "" if row.children is None else str(row.children),
        coded("request_outcome", row.outcome),
        coded("not_admitted_reason", row.reason),
    )
