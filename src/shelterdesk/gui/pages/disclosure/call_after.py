"""After a telephone call: what was answered, kept as a note of the case."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.lao_text import LaoTextEdit
from shelterdesk.gui.parts.plain import button, named, press_by
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

_AFTER: Final = N_("What was answered, and what happens next. Leave it empty if there was nothing.")


class AfterTheCall(QWidget):
    """The last step of a call; `left` says that the note is kept, or that there was nothing."""

    left = Signal()

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self.answer = named(LaoTextEdit(), "answer_note", _("After the call"))
        self.answer.setTabChangesFocus(True)
        self.problem = problem_line(room=1)
        self.keep = button(_("Save and go back to the case"), "main")
        press_by(self.keep, "Ctrl+S")
        self.keep.clicked.connect(self._keep)
        made = Card(_("After the call"), quiet=_(_AFTER))
        for part in (self.answer, self.problem, self.keep):
            made.inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.addWidget(made)
        column.addStretch()

    def _keep(self) -> None:
        text = self.answer.text().strip()
        try:
            if text:
                self._desk.cases.write_note(self._case, text, kind="phone")
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.left.emit()
