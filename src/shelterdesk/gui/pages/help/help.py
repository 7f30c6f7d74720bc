"""The page *Help*: twelve tasks and more, each with its steps; all of them on paper."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.drafting import page_of
from shelterdesk.gui.pages.help.view import HelpView
from shelterdesk.gui.paper.printing import ask_place, ask_printer
from shelterdesk.gui.parts.plain import button, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import with_icon
from shelterdesk.gui.parts.scrolled import EdgeColumn
from shelterdesk.gui.parts.style.measures import BETWEEN
from shelterdesk.services.desk import Desk
from shelterdesk.services.manual import manual

_NAME: Final = N_("help")


class HelpPage(QWidget):
    """Opened at the task that the page before belongs to, to which *Back* leads.

    `opened_from` is the key of that page, "" if the help was opened by itself.
    """

    go = Signal(str, str)
    kept_at = Signal(str)
    """Where a paper was saved, as a sentence."""
    page_name = "help"

    def __init__(self, desk: Desk, opened_from: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._before = page_of(opened_from) if opened_from else ("", "")
        around = EdgeColumn(self)
        around.setSpacing(BETWEEN)
        head = QHBoxLayout()
        head.addWidget(plain_label(_("Help"), "title"), 1)
        self.back = button(_("Back"), "back")
        self.back.clicked.connect(lambda: self.go.emit(*self._before))
        show_if(self.back, bool(self._before[0]))
        head.addWidget(self.back)
        self.save = button(_("Save as PDF …"), "save_help")
        self.save.clicked.connect(lambda: self._put(self._place))
        self.print = with_icon(button(_("Print all of it"), "print_help"), "printer")
        press_by(self.print, "Ctrl+P")
        self.print.clicked.connect(lambda: self._put(lambda: ask_printer(self)))
        head.addWidget(self.save)
        head.addWidget(self.print)
        around.addLayout(head)
        self.problem = problem_line()
        around.addWidget(self.problem)
        self.view = HelpView(self._before[0])
        around.reach(self.view)
        self.setFocusProxy(self.view.list)

    def _place(self) -> Callable[[bytes], None] | None:
        return ask_place(self, _(_NAME), self.kept_at.emit)

    def _put(self, ask: Callable[[], Callable[[bytes], None] | None]) -> None:
        """Ask where to, set the whole help as paper and put it there; what is wrong is said."""
        tell(self.problem, "")
        try:
            out = ask()
            if out is not None:
                out(manual(screen_language(), self._desk.today()))
        except DeskError as fault:
            tell(self.problem, str(fault))
