"""A form with what belongs below it: Save, and what is wrong.

That it is kept is said in the title line of the window, once for all that is typed on a page.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import ChangedElsewhere, DeskError, InvalidFields
from shelterdesk.core.fields import UNANSWERED
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.plain import button, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NO_MARGINS
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
    """A form that is saved by `keep`, which gets what was changed; nothing typed is ever lost.

    `more` are forms of other records that stand below and are saved together with it.
    """

    saved = Signal()
    given_up = Signal()
    overtaken = Signal(str)
    """Somebody else has saved meanwhile; the sentence that says so."""

    def __init__(
        self,
        desk: Desk,
        form: RecordForm,
        keep: Callable[[dict[str, Any]], object],
        *,
        may_leave: bool = False,
        more: Sequence[RecordForm] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.form, self._keep = desk, form, keep
        self.forms = (form, *more)
        self._around = around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(BETWEEN)
        for part in self.forms:
            around.addWidget(part)
            part.fill()
        self.foot = self._foot()
        around.addWidget(self.foot)
        self._may_leave = may_leave
        if may_leave:
            self.leave = button(_("Not now"), "leave")
            self.leave.clicked.connect(self.given_up)
            self.add_action(self.leave)
        self.show_button()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close a form that can be left and in which nothing is typed, and do no more.

        With something typed it does nothing: the page behind it is not left by a slip either.
        """
        if event.key() != Qt.Key.Key_Escape or event.modifiers() or not self._may_leave:
            super().keyPressEvent(event)
        elif not any(form.dirty() for form in self.forms):
            self.given_up.emit()

    def _foot(self) -> QWidget:
        """Return the buttons, and beside them the place of what is wrong.

        Nothing moves when something is said there. A page may put it where it does not scroll.
        """
        made = QWidget()
        self._actions = QHBoxLayout(made)
        self._actions.setContentsMargins(*NO_MARGINS)
        self._actions.setSpacing(NEAR)
        self.problem = problem_line(room=2)
        self.button = button(_("Save"), "main")
        self.key = press_by(self.button, "Ctrl+S", within=self)
        self.button.clicked.connect(self.save)
        self._actions.addWidget(self.button)
        self._actions.addWidget(self.problem, 1)
        return made

    def add_above_form(self, part: QWidget) -> None:
        """Put something before the form: its room is there from the start."""
        self._around.insertWidget(0, part)

    def add_below_form(self, part: QWidget) -> None:
        """Put something between the form and its buttons."""
        self._around.insertWidget(1, part)

    def add_action(self, made: QWidget) -> None:
        """Put another button, or a word, beside Save."""
        self._actions.insertWidget(self._actions.count() - 1, made)

    def show_button(self) -> None:
        """Offer to save only what can be changed; asked again when another record is shown."""
        writable = any(map(writes, self.forms))
        show_if(self.button, writable)
        self.key.setEnabled(writable)

    def leave_saving(self) -> None:
        """Leave it to the page, which has one button for all that is typed on it, to save."""
        self.button.hide()
        self.key.setEnabled(False)

    def save(self) -> bool:
        """Save what was changed; False where it cannot be kept, which is said beside its field.

        Where nothing stands yet there is nothing to save, and nothing is wrong either: the keyboard
        goes to where one begins.
        """
        self.say_nothing()
        if all(form.is_blank() for form in self.forms):
            self.form.begin_typing()
            return False
        told = [form.check() for form in reversed(self.forms)]  # every one tells its own
        if not all(told):
            return False
        try:
            self._keep(changed_values(self.form))
        except InvalidFields as fault:
            for form in reversed(self.forms):
                form.show_problems(fault.problems)
            self.say(str(fault))
        except ChangedElsewhere as fault:
            self.say(str(fault))
            self.overtaken.emit(str(fault))
        except DeskError as fault:
            self.say(str(fault))
        else:
            self.saved.emit()
            return True
        return False

    def say_nothing(self) -> None:
        """Take away what was said of the last try."""
        self.say("")

    def say(self, text: str) -> None:
        """Tell what is wrong; an empty text takes it away."""
        tell(self.problem, text)
