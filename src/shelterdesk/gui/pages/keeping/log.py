"""The log: who, when, which file, what; in the order of its lines, and in codes only."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area
from shelterdesk.gui.clipboard import copy
from shelterdesk.gui.forms.list_page import list_page, table_card, title_line
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.hearing import ask
from shelterdesk.gui.pages.keeping.log_filters import LogFilters
from shelterdesk.gui.pages.keeping.reason_shown import ReasonShown
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import button, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import NEAR, NONE, TIGHT
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.log_lines import LogLine

if TYPE_CHECKING:
    from shelterdesk.services.keeping.access_log import LogPiece

_HEADINGS: Final = (N_("When"), N_("Who"), N_("File"), N_("What"))

_MORE: Final = N_("{count} lines, back to {when}")
_ALL: Final = N_("{count} lines; there are no more")
_NONE_YET: Final = N_("No such line back to {when}. Show earlier looks further back.")
_NONE: Final = N_("No such line in the log.")


class LogTable(RecordTable):
    """The lines, newest first and never in another order; Ctrl+C copies the code of the case."""

    def __init__(self) -> None:
        super().__init__([_(heading) for heading in _HEADINGS], "lines", _("The log"))
        self.setSortingEnabled(False)
        self.lines: list[LogLine] = []

    def show_lines(self, lines: list[LogLine]) -> None:
        """Show these lines instead of those before."""
        self.lines = lines
        self.set_rows(
            (str(line.seq), (moment_text(line.at), line.who, line.file, line.what))
            for line in lines
        )

    def line(self) -> LogLine | None:
        """Return the line on which the cursor stands."""
        place = self.currentIndex().row()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    @override
    def copy_codes(self) -> None:
        line = self.line()
        if line is not None and line.case_id:
            copy(line.file)


class LogPage(QWidget):
    """The log for whoever may read it, in pieces; also of one file alone.

    It is read when the page is there and when something else is asked for, never by itself: every
    time is a line in the log.
    """

    go = Signal(str, str)
    page_name = "log"
    only_searches = True

    def __init__(self, desk: Desk, case_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._piece: LogPiece | None = None
        self.filters = LogFilters(desk, case_id)
        self.filters.wanted.connect(self._show)
        self.problem = problem_line()
        around = list_page(self)
        around.addLayout(title_line(_("The log"), _("Each look at the log is a line in it")))
        around.addWidget(self.filters)
        around.addWidget(self.problem)
        around.addWidget(self._table_card(), 1)
        self.setFocusProxy(self.table)
        QTimer.singleShot(0, self, self._show)  # after what was chosen before is put back

    def _table_card(self) -> Card:
        self.table = LogTable()
        self.table.opened.connect(self._open)
        card = table_card(self.table)
        foot = QHBoxLayout()
        foot.setContentsMargins(NEAR, NONE, NEAR, TIGHT)
        self.told = label_as("", "quiet", "told")
        self.earlier = button(_("Show earlier"), "earlier")
        self.earlier.clicked.connect(self._show_earlier)
        self.why = button(_("Read the reason"), "why")
        self.why.clicked.connect(self._show_reason)
        self.table.selectionModel().currentRowChanged.connect(self._offer)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.why)
        foot.addWidget(self.earlier)
        show_if(self.earlier, False)
        show_if(self.why, False)
        card.inside.addLayout(foot)
        return card

    # -- which lines ------------------------------------------------------------------------

    def _show(self) -> None:
        """Look at the log for what is asked for now; what cannot be told of is not shown."""
        tell(self.problem, "")
        try:
            self._piece = self._desk.log.look(self.filters.filter())
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.table.show_lines(list(self._piece.lines))
        self._tell()
        if self.table.lines:
            self.table.selectRow(0)
            self.table.setFocus()

    def _show_earlier(self) -> None:
        if self._piece is None:
            return
        tell(self.problem, "")
        try:
            self._piece = self._desk.log.earlier(self._piece)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        before = len(self.table.lines)
        self.table.show_lines([*self.table.lines, *self._piece.lines])
        self._tell()
        if self._piece.lines:
            self.table.selectRow(before)
        if self._piece.goes_on is None:
            self.table.setFocus()

    def _tell(self) -> None:
        """Say how far the lines reach, and whether there are earlier ones."""
        piece, count = self._piece, len(self.table.lines)
        if piece is None:
            return
        more, when = piece.goes_on is not None, moment_text(piece.reached)
        words = (_MORE if more else _ALL) if count else (_NONE_YET if more else _NONE)
        said = _(words).format(count=count, when=when)
        self.told.setText(said if count else "")
        self.table.set_empty_text("" if count else said)
        show_if(self.earlier, more)
        self._offer()

    def _offer(self, *_rows: object) -> None:
        """Offer the reason where one lies beside the line on which the cursor stands."""
        line = self.table.line()
        show_if(self.why, line is not None and line.has_reason)

    def _show_reason(self) -> None:
        line = self.table.line()
        if line is None:
            return
        tell(self.problem, "")
        try:
            reason = self._desk.log.reason(line.seq)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        ask(ReasonShown(line, reason, self))

    def _open(self, _seq: str) -> None:
        line = self.table.line()
        if line is not None and line.case_id and self._desk.may(Area.HOUSE):
            self.go.emit("case", line.case_id)

    # -- what was chosen --------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what the log is looked through for, so that it survives a change of language."""
        return self.filters.draft()

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was chosen."""
        self.filters.restore(values)
