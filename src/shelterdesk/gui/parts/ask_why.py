"""A line that asks why, in the page itself: what is kept for good needs a reason in a sentence."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.card import heading
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.plain import button, named, press_by
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import CARD, NEAR
from shelterdesk.gui.parts.written_line import WrittenLine


class AskWhy(QWidget):
    """Hidden until something is asked; Enter does it, “Not now” leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "card").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._then: Callable[[str], object] = lambda _why: None
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*CARD)
        inside.setSpacing(NEAR)
        self.words = heading("", 1.0)
        self.why = named(WrittenLine(), "why", _("Why? In a sentence"))
        self.why.setPlaceholderText(_("Why? In a sentence"))
        self.problem = problem_line(room=1)
        for part in (self.words, self.why, self.problem):
            inside.addWidget(part)
        self.do = button("", "why_do")
        self.leave = button(_("Not now"), "why_leave")
        row = Flow()
        row.add(self.do, self.leave)
        inside.addLayout(row)
        self.do.clicked.connect(self._do)
        press_by(self.do, "Ctrl+Return", within=self)  # it ends something: never by what saves
        self.why.returnPressed.connect(self._do)
        self.leave.clicked.connect(self.hide)
        self.hide()

    def ask(self, words: str, action: str, then: Callable[[str], object]) -> None:
        """Ask for a reason; `then` gets it, and what it refuses is told here."""
        self._then = then
        self.words.setText(words)
        self.do.setText(action.replace("&", "&&"))
        self.do.setAccessibleName(action)
        self.why.clear()
        tell(self.problem, "")
        self.show()
        self.why.setFocus()

    def _do(self) -> None:
        try:
            self._then(self.why.text().strip())
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.hide()
