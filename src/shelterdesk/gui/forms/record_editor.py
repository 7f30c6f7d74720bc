"""A form with what belongs below it: Save, what is wrong, and the quiet word that it is kept."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.fields import UNANSWERED
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.moments import saved_text
from shelterdesk.gui.parts.plain import button, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk


def changed_values(form: RecordForm) -> dict[str, Any]:
    """Return what was changed in a form and may be saved, with the questions left open."""
    touched = form.touched()
    values = form.values()
    changed = {name: values[name] for name in touched if name in values}
    if changed and UNANSWERED in values:
        changed[UNANSWERED] = values[UNANSWERED]
    return changed


def form_of(
    desk: Desk,
    kind: type[Record],
    case: Case | None,
    names: tuple[str, ...] = (),
    leave_out: tuple[str, ...] = (),
    *,
    later: bool = False,
) -> RecordForm:
    """Return a form with those of the named fields that she may see; all without names."""
    readable = desk.records.readable(kind, case)
    wanted = names or tuple(kind.fields())
    shown = [n for n in wanted if n in readable and n not in leave_out]
    return RecordForm(kind, shown, later=later)


def load(desk: Desk, form: RecordForm, record: Record | None, case: Case | None) -> None:
    """Show a record in a form; what she may only read cannot be typed into.

    Nothing of a closed case can: it is only read.
    """
    form.load(record)
    closed = case is not None and case.closed_on is not None
    writable = () if closed else desk.records.writable(form.kind, case)
    for name, cell in form.cells.items():
        if name not in writable:
            cell.set_read_only(True)


def writes(form: RecordForm) -> bool:
    """Tell whether anything in a form can be changed."""
    return any(not cell.editor.read_only for cell in form.cells.values())


class RecordEditor(QWidget):
    """A form that is saved by `keep`, which gets what was changed; nothing typed is ever lost."""

    saved = Signal()
    given_up = Signal()

    def __init__(
        self,
        desk: Desk,
        form: RecordForm,
        keep: Callable[[dict[str, Any]], object],
        *,
        may_leave: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.form, self._keep = desk, form, keep
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(12)
        around.addWidget(form)
        form.fill()
        self.problem = problem_line()
        around.addWidget(self.problem)
        foot = QHBoxLayout()
        self.button = button(_("Save"), "main")
        self.button.clicked.connect(self.save)
        foot.addWidget(self.button)
        if may_leave:
            leave = button(_("Not now"), "leave")
            leave.clicked.connect(self.given_up)
            foot.addWidget(leave)
        self.told = plain_label("", "saved")
        foot.addWidget(self.told, 1)
        around.addLayout(foot)
        self.show_button()

    def show_button(self) -> None:
        """Offer to save only what can be changed; asked again when another record is shown."""
        show_if(self.button, writes(self.form))

    def save(self) -> None:
        """Save what was changed; say beside the fields what cannot be kept."""
        self._say("")
        self.told.setText("")
        if not self.form.check():
            return
        try:
            self._keep(changed_values(self.form))
        except InvalidFields as fault:
            self.form.show_problems(fault.problems)
            self._say(str(fault))
        except DeskError as fault:
            self._say(str(fault))
        else:
            self.told.setText(saved_text(self._desk.now()))
            self.saved.emit()

    def _say(self, text: str) -> None:
        tell(self.problem, text)
