"""What is done with a task from its row: told in a line below, and taken back from there."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.case.task_row import PRIORITIES, TaskRow
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.records.case.task import Task
from shelterdesk.services.desk import Desk

_CHANGED: Final = ("title_text", "due_on", "assignee_id", "priority", "blocked_reason")
_NO_WHY: Final = N_("Write down in a sentence why it is no longer needed.")
_WHICH, _WHY, _DROPS = "of", "why", "drops"


class ReasonUnsaid(DeskError):
    """A task was to be dropped, and nobody has said why."""

    sentence = _NO_WHY


class TaskActs(QWidget):
    """Does with a task what its row asks for, tells what was done, and takes the last act back.

    What needs words is asked here: why a task is no longer needed, and what is corrected in it.
    """

    done = Signal()
    """Something was done or taken back: the tasks are to be read anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._before: tuple[str, dict[str, Any]] | None = None
        self._changing: Task | None = None
        self._dropping: Task | None = None
        self.form: RecordForm | None = None
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        self.asking = AskWhy()
        around.addWidget(self.asking)
        self._below = QVBoxLayout()
        around.addLayout(self._below)
        self.telling = QWidget()
        """What was done, or why it could not be; a page may give it another place."""
        line = QHBoxLayout(self.telling)
        line.setContentsMargins(*NO_MARGINS)
        self.told = label_as("", "quiet", "saved", wraps=True)
        self.problem = problem_line(room=1)
        self.undo = small(_("Undo"), "undo")
        self.undo.clicked.connect(self._take_back)
        self.undo.hide()
        line.addWidget(self.told, 1)
        line.addWidget(self.problem, 1)
        line.addWidget(self.undo)
        around.addWidget(self.telling)
        self.told.hide()
        self.say("")

    def follow(self, row: TaskRow, task: Task) -> None:
        """Do from now on what a row asks for."""
        row.finish.connect(lambda: self._finish(task))
        row.postpone.connect(lambda by: self._postpone(task, by))
        row.hand_over.connect(lambda staff_id: self._hand_over(task, staff_id))
        row.rank.connect(lambda code: self._rank(task, code))
        row.change.connect(lambda: self._begin_change(task))
        row.drop.connect(lambda: self._ask_why(task))

    # -- by one press -----------------------------------------------------------------------

    def _finish(self, task: Task) -> None:
        told = _("Done: {task}").format(task=task.title_text)
        self._do(lambda: self._desk.tasks.finish(task), told, task, ("state", "done_at"))

    def _postpone(self, task: Task, by: timedelta) -> None:
        to = days_after(max(task.due_on or self._desk.today(), self._desk.today()), by.days)
        told = _("Moved to {day}: {task}").format(day=day_text(to), task=task.title_text)
        self._do(lambda: self._desk.tasks.postpone(task, to), told, task, ("due_on",))

    def _hand_over(self, task: Task, staff_id: str) -> None:
        if not staff_id or staff_id == task.assignee_id:
            return
        told = _("Handed over: {task}").format(task=task.title_text)
        self._do(lambda: self._desk.tasks.hand_over(task, staff_id), told, task, ("assignee_id",))

    def _rank(self, task: Task, code: str) -> None:
        if code == (task.priority or "normal"):
            return
        told = f"{coded(PRIORITIES, code)}: {task.title_text}"
        self._do(lambda: self._desk.tasks.rank(task, code), told, task, ("priority",))

    # -- with words -------------------------------------------------------------------------

    def _ask_why(self, task: Task) -> None:
        self._dropping = task
        words = _("No longer needed: {task}").format(task=task.title_text)
        self.asking.ask(words, _("It is no longer needed"), partial(self._drop, task))
        self.show()
        bring_into_view(self.asking)

    def _drop(self, task: Task, why: str) -> None:
        if not why:
            raise ReasonUnsaid
        told = _("No longer needed: {task}").format(task=task.title_text)
        kept = ("state", "blocked_reason")
        self._do(lambda: self._desk.tasks.drop(task, why), told, task, kept)

    def _begin_change(self, task: Task) -> None:
        """Open the form in which a task is corrected."""
        self._shut()
        choices = {"assignee_id": self._desk.staff.choices}
        self.form, self._changing = RecordForm(Task, _CHANGED, choices=choices), task
        self.form.load(task)
        editor = RecordEditor(self._desk, self.form, partial(self._keep, task), may_leave=True)
        named(editor, "task-form")
        editor.given_up.connect(self._shut)
        editor.saved.connect(self._saved)
        self._below.addWidget(editor)
        self.show()
        bring_into_view(editor)
        self.form.go_to(_CHANGED[0])

    def _keep(self, task: Task, values: dict[str, Any]) -> None:
        self._desk.records.change(task, values)
        self._before = (task.id, {name: getattr(task, name) for name in values})

    def _saved(self) -> None:
        task, self._changing = self._changing, None
        self._shut()
        self._tell(_("Changed: {task}").format(task=task.title_text if task else ""))

    def _shut(self) -> None:
        emptied(self._below)
        self.form = self._changing = None

    # -- told, and taken back ---------------------------------------------------------------

    def _do(
        self, work: Callable[[], object], told: str, task: Task, changes: tuple[str, ...]
    ) -> None:
        before = {name: getattr(task, name) for name in changes}
        self.say("")
        try:
            work()
        except DeskError as fault:
            self.say(str(fault))
            return
        self._before = (task.id, before)
        self.asking.hide()
        self._tell(told)

    def _tell(self, told: str) -> None:
        self.told.setText(told)
        show_if(self.told, bool(told))
        show_if(self.undo, bool(told))
        self.done.emit()

    def _take_back(self) -> None:
        if self._before is None:
            return
        (task_id, before), self._before = self._before, None
        self.say("")
        try:
            self._desk.records.change(self._desk.records.get(Task, task_id), before)
        except DeskError as fault:
            self.say(str(fault))
            return
        self._tell("")

    def say(self, text: str) -> None:
        """Show a problem; an empty text takes it away."""
        tell(self.problem, text)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed into the form of a task and not saved."""
        typed: dict[str, str] = {}
        if self.form is not None and self._changing and (form := self.form.draft()):
            typed |= form | {_WHICH: self._changing.id}
        if not self.asking.isHidden() and self._dropping and (why := self.asking.why.text()):
            typed |= {_WHY: why, _DROPS: self._dropping.id}
        return typed

    def restore(self, values: Mapping[str, str]) -> None:
        """Open again the form, or the question why, into which something was typed."""
        task = self._again(values.get(_WHICH))
        if task is not None:
            self._begin_change(task)
        if task is not None and self.form is not None:
            self.form.restore(values)
        dropped = self._again(values.get(_DROPS))
        if dropped is not None:
            self._ask_why(dropped)
            self.asking.why.setText(values.get(_WHY, ""))

    def _again(self, task_id: str | None) -> Task | None:
        """Return a task as it is by now; what is gone, or closed to her, is told."""
        try:
            return self._desk.records.get(Task, task_id) if task_id else None
        except DeskError as fault:
            self.say(str(fault))
            return None
