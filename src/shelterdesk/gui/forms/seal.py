"""A field whose words lie under a seal of their own: opened by a press, which the log remembers."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.fields import Field, SealedValue
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.open_question import QuestionCell
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import HAIR, NEAR, NONE
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.base import Record
from shelterdesk.services.access.lasting import NeedsReason
from shelterdesk.services.desk import Desk

_WHY: Final = N_("What has happened, in a sentence")


def is_closed(value: object) -> bool:
    """Tell whether something is kept in a field that has not been opened."""
    return isinstance(value, SealedValue) and value.is_closed


class SealLine(QWidget):
    """The way to open one sealed field of a record in its form.

    Who needs a reason to open it is asked for one, by the words of the service; who `writes` the
    field may change what she has opened.
    """

    def __init__(
        self, desk: Desk, record: Record, name: str, cell: QuestionCell, *, writes: bool
    ) -> None:
        super().__init__()
        self._desk, self._record, self._name, self._cell = desk, record, name, cell
        self._writes = writes
        label = _(record.fields()[name].label)
        around = QVBoxLayout(self)
        around.setContentsMargins(NONE, HAIR, NONE, NONE)
        self.why = named(WrittenLine(), f"why-{name}", _(_WHY))
        self.why.setPlaceholderText(_(_WHY))
        self.why.hide()
        self.open = small(_("Open"), f"open-{name}", _("Open: {field}").format(field=label))
        self.open.clicked.connect(self._open)
        self.why.returnPressed.connect(self._open)
        self.problem = problem_line()
        line = QHBoxLayout()
        line.setSpacing(NEAR)
        line.addWidget(self.open)
        line.addWidget(label_as(_("The log remembers who opened it."), "quiet"), 1)
        around.addWidget(self.why)
        around.addLayout(line)
        around.addWidget(self.problem)

    def _open(self) -> None:
        """Put the opened words into their field; what else was typed in the form stays."""
        try:
            value = self._desk.records.open_sealed(self._record, self._name, self.why.text())
        except DeskError as fault:
            asks = isinstance(fault, NeedsReason)
            show_if(self.why, asks or not self.why.isHidden())
            tell(self.problem, str(fault))
            if asks:
                self.why.setFocus()
            return
        self._cell.editor.set_value(value)
        self._cell.set_read_only(not self._writes)
        self._cell.editor.inner.setFocus()
        self.hide()


def closed_fields(record: Record) -> list[Field]:
    """Return the sealed fields of a record in which something is kept that is not open."""
    sealed = record.sealed_fields()
    return [declared for name, declared in sealed if is_closed(getattr(record, name))]
