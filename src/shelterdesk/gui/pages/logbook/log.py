"""The day log: Ctrl+E from anywhere, text, Enter; below it the lines of the day."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, Values
from shelterdesk.gui.pages.house.paper_sets import sheet_papers
from shelterdesk.gui.pages.house.ways import house_acts, house_page
from shelterdesk.gui.pages.logbook.log_list import LogList
from shelterdesk.gui.pages.logbook.who_is_meant import OfferedNames
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected
from shelterdesk.services.logbook.log import GENERAL

_CORRECT: Final = "correct"
_HEADINGS: Final = {_CORRECT: N_("What was there? Correct it.")}
_ASKED: Final = ("text", "kind", "must_read", "stays_open", "at")
_CORRECTED: Final = ("text", "kind", "must_read", "stays_open", "at")
_NEW: Final = "new."


class LogbookPage(QWidget):
    """The line that is typed, the lines of a day, and below them the one that is corrected."""

    go = Signal(str, str)
    page_name = "logbook"

    def __init__(self, desk: Desk, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writes = desk, desk.may(Area.LOGBOOK, Right.WRITE)
        self.day, wanted = desk.day_log.place_of(record_id) if record_id else (desk.today(), "")
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        self.writing = self._line()
        show_if(self.writing, self._writes)
        around.addWidget(self.writing)
        around.addWidget(self._list_card())
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(lambda _what, _about: self.refresh())
        self.asking.left.connect(self.list.setFocus)
        around.addWidget(self.asking)
        around.addStretch(1)
        self.setFocusProxy(self.list if wanted or not self._writes else self.text)
        self.refresh()
        self.list.choose_or_first(wanted)

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Day log"))
        self.told = named(Elided("", "quiet"), "log-day")
        line.addWidget(self.told, 1)
        self.print = print_button("print-log", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    def _line(self) -> Card:
        """Return the form of a line; whoever lives here is offered after @."""
        desk = self._desk
        form = RecordForm(LoggedLine, _ASKED)
        self.form = form
        form.begin(_usual(desk))
        text = form.editor("text").findChild(QLineEdit)
        assert text is not None  # noqa: S101 - a text of one line is typed in one
        self.text: QLineEdit = text

        def keep(values: Values) -> None:
            desk.day_log.write(values.pop("text", "") or "", values)

        self.editor = ShortEditor(desk, form, keep, may_leave=False)
        self.editor.saved.connect(self._begin_anew)
        card = Card("", "log-line")
        card.inside.addWidget(self.editor)
        self.meant = OfferedNames(text, desk.day_log.present, self)
        return card

    def _list_card(self) -> Card:
        self.list = LogList()
        self.list.struck.connect(self._struck)
        self.list.chosen_another.connect(self._offer)
        card = table_card(self.list)
        acts, self.acts = house_acts(
            self._struck,
            ("D", _("Done (D)"), "log-done"),
            ("C", _("Correct … (C)"), "log-correct"),
            ("P", _("Day before (P)"), "log-before"),
            ("N", _("Day after (N)"), "log-after"),
        )
        card.inside.addWidget(acts)
        self.problem = problem_line(room=1)
        card.inside.addWidget(self.problem)
        return card

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the lines of the day anew; today those of other days that wait stand below."""
        rows = self._desk.day_log.of_day(self.day)
        self.list.show_lines(rows)
        self.told.setText(day_text(self.day))
        if not self.list.chosen():
            self.list.choose_or_first()
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        row = self.list.row()
        counts = self._writes and row is not None and not row.is_corrected
        show_if(self.acts["C"], counts)
        show_if(self.acts["D"], counts and row is not None and row.line.is_open)
        show_if(self.acts["N"], self.day < self._desk.today())

    def _show_day(self, day: date) -> None:
        if day <= self._desk.today():
            self.day = day
            self.refresh()
            self.list.choose_or_first()

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for."""
        tell(self.problem, "")
        if key in ("P", "N"):
            self._show_day(days_after(self.day, -1 if key == "P" else 1))
            return
        row = self.list.row()
        if row is None or not self._writes or row.is_corrected:
            return
        if key == "C":
            self.asking.ask(_CORRECT, row.line.id)
        elif row.line.is_open:
            self._do(lambda: self._desk.day_log.done(row.line.id))

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.refresh()

    def _begin_anew(self) -> None:
        """Make room for the next line: what was typed stands below now."""
        self.form.begin(_usual(self._desk))
        self.day = self._desk.today()
        self.refresh()
        self.list.choose_or_first()
        self.text.setFocus()

    def _editor(self, _what: str, about: str) -> ShortEditor:
        """Return the form of a line that is corrected; why is asked where the shift is over."""
        desk, asking = self._desk, self.asking
        line = desk.records.get(LoggedLine, about)
        form = RecordForm(LoggedLine, _CORRECTED)
        form.load(line)
        done = loosely(asking.keep_done)

        def sign(values: Mapping[str, Any], reason: str) -> None:
            desk.day_log.correct(line, values, reason)
            done()

        def keep(values: Values) -> None:
            try:
                desk.day_log.correct(line, values)
            except WhyCorrected as stopped:
                asking.why.ask(str(stopped), _("Correct"), lambda why: sign(values, why))
                raise

        return ShortEditor(desk, form, keep)

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        draw = partial(self._desk.log_sheets.day, self.day)
        paper = OnPaper("log", _("Day log"), partial(draw, preview=True), draw)
        sheets = sheet_papers(self._desk, "log_sheet") if self._writes else []
        show_before_print([paper, *sheets], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved: the new line, and the one that is corrected."""
        typed = {f"{_NEW}{name}": text for name, text in self.form.draft().items()}
        return typed | self.asking.draft()

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        if not self._writes:
            return
        new = {n.removeprefix(_NEW): t for n, t in values.items() if n.startswith(_NEW)}
        if new:
            self.form.restore(new)
        what, about = self.asking.asked_before(values)
        if what:
            if self.asking.asked != values["asked"]:
                self.asking.ask(what, about)
            self.asking.restore({n: t for n, t in values.items() if not n.startswith(_NEW)})


def _usual(desk: Desk) -> LoggedLine:
    """Return what a line begins with; where nothing else is typed it is of when it is saved."""
    return LoggedLine(kind=GENERAL, at=desk.now())
