"""Tasks in a list that does everything in place: finish, postpone, hand over, add."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.days import NotADay, kept_day, read_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import case_line
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, due_text
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import Row, rule_line, small
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.services.desk import Desk

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_PRESSING: Final = {"emergency": N_("Emergency"), "urgent": N_("Urgent")}
_KEYS: Final = N_("On a task: Space finishes it, + moves it a day.")
_NOT_A_DAY: Final = N_(
    "A task needs a whole day, like 3/11/2026, “today” or “tomorrow”, or none at all."
)


class TaskRow(Row):
    """One task with its buttons; the same by keys while the row has the focus."""

    finish = Signal()
    postpone = Signal(object)
    opened = Signal()
    hand_over = Signal(str)

    def __init__(self, task: Task, today: date, case_name: str, *, writes: bool) -> None:
        due = due_text(task.due_on, today)
        told = (task.title_text, due, case_name)
        super().__init__(", ".join(part for part in told if part), "task")
        self.task_id = task.id
        self._writes = writes
        self.line.setContentsMargins(4, 5, 4, 5)
        self.line.setSpacing(10)
        self._words(task, due, case_name, late=bool(task.due_on and task.due_on < today))
        if writes:
            self._actions()
        self.clicked.connect(self.opened)

    def _words(self, task: Task, due: str, case_name: str, *, late: bool) -> None:
        facts: list[QWidget] = [label_as(due, "late" if late else "quiet", "due", wraps=False)]
        if task.priority in _PRESSING:
            facts.append(label_as(_(_PRESSING[task.priority]), "risk"))
        if case_name:
            facts.append(case_line(case_name, "task-case"))
        self.say(plain_label(task.title_text or "", "task-title"), *facts)

    def _actions(self) -> None:
        done = small(_("Done"), "finish-task")
        later = small(_("+1 day"), "a-day-later", _("A day later"))
        week = small(_("+1 week"), "a-week-later", _("A week later"))
        done.clicked.connect(self.finish)
        later.clicked.connect(lambda: self.postpone.emit(_DAY))
        week.clicked.connect(lambda: self.postpone.emit(_WEEK))
        for action in (done, later, week):
            self.line.addWidget(action)

    def offer_colleagues(self, choices: list[tuple[str, str]], present: str | None) -> None:
        """Add a box from which somebody else is chosen to do it."""
        box = named(QComboBox(), "hand-over", _("Hand over to"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)
        box.addItem(_("Hand over to …"), "")
        for staff_id, name in choices:
            box.addItem(name, staff_id)
        box.setCurrentIndex(max(0, box.findData(present or "")))
        box.activated.connect(lambda: self.hand_over.emit(box.currentData()))
        self.line.addWidget(box)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._writes and event.key() == Qt.Key.Key_Space:
            self.finish.emit()
        elif self._writes and event.key() == Qt.Key.Key_Plus:
            self.postpone.emit(_DAY)
        else:
            super().keyPressEvent(event)


class TaskActs(QWidget):
    """Does with a task what its row asks for, tells what was done, and takes the last act back."""

    done = Signal()
    """Something was done or taken back: the tasks are to be read anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._before: tuple[str, dict[str, Any]] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.told = label_as("", "quiet", "saved", wraps=True)
        self.problem = problem_line()
        self.undo = small(_("Undo"), "undo")
        self.undo.clicked.connect(self._take_back)
        self.undo.hide()
        line.addWidget(self.told, 1)
        line.addWidget(self.problem, 1)
        line.addWidget(self.undo)
        self.told.hide()
        self.say("")

    def follow(self, row: TaskRow, task: Task) -> None:
        """Do from now on what a row asks for."""
        row.finish.connect(lambda: self._finish(task))
        row.postpone.connect(lambda by: self._postpone(task, by))
        row.hand_over.connect(lambda staff_id: self._hand_over(task, staff_id))

    def _finish(self, task: Task) -> None:
        before = {"state": task.state, "done_at": task.done_at}
        told = _("Done: {task}").format(task=task.title_text)
        self._do(lambda: self._desk.tasks.finish(task), told, task.id, before)

    def _postpone(self, task: Task, by: timedelta) -> None:
        before = {"due_on": task.due_on}
        to = days_after(max(task.due_on or self._desk.today(), self._desk.today()), by.days)
        told = _("Moved to {day}: {task}").format(day=day_text(to), task=task.title_text)
        self._do(lambda: self._desk.tasks.postpone(task, to), told, task.id, before)

    def _hand_over(self, task: Task, staff_id: str) -> None:
        if not staff_id or staff_id == task.assignee_id:
            return
        before = {"assignee_id": task.assignee_id}
        told = _("Handed over: {task}").format(task=task.title_text)
        self._do(lambda: self._desk.tasks.hand_over(task, staff_id), told, task.id, before)

    def _do(
        self, work: Callable[[], object], told: str, task_id: str, before: dict[str, Any]
    ) -> None:
        self.say("")
        try:
            work()
        except DeskError as fault:
            self.say(str(fault))
            return
        self._before = (task_id, before)
        self.told.setText(told)
        show_if(self.told, bool(told))
        show_if(self.undo, bool(told))
        self._show()
        self.done.emit()

    def _put_back(self, task_id: str, before: dict[str, Any]) -> None:
        self._desk.records.change(self._desk.records.get(Task, task_id), before)

    def _take_back(self) -> None:
        if self._before is not None:
            task_id, before = self._before
            self._do(lambda: self._put_back(task_id, before), "", "", {})
            self._before = None

    def say(self, text: str) -> None:
        """Show a problem; an empty text takes it away."""
        tell(self.problem, text)
        self._show()

    def _show(self) -> None:
        """Take no room while there is nothing to tell."""
        show_if(self, any(not part.isHidden() for part in (self.told, self.problem, self.undo)))


class TaskList(QWidget):
    """The open tasks of one case, which `read` brings; after every change it reads again."""

    def __init__(self, desk: Desk, tasks: Callable[[], list[Task]], empty: str) -> None:
        super().__init__()
        self._desk, self._read, self._empty = desk, tasks, empty
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(6)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        around.addLayout(self._rows)
        self.acts = TaskActs(desk)
        self.acts.done.connect(self.refresh)
        around.addWidget(self.acts)
        self.refresh()

    def refresh(self) -> None:
        """Read the tasks anew; the focus stays at its place in the list."""
        rows = self.findChildren(TaskRow)
        place = next((n for n, row in enumerate(rows) if row.hasFocus()), None)
        emptied(self._rows)
        for row in rows:
            row.setParent(None)
        found = self._read()
        choices = self._desk.staff.choices() if found else []
        for number, task in enumerate(found):
            if number:
                self._rows.addWidget(rule_line())
            self._rows.addWidget(self._row(task, choices))
        if not found:
            self._rows.addWidget(label_as(_(self._empty), "quiet", "empty", wraps=True))
        elif place is not None:
            self.findChildren(TaskRow)[min(place, len(found) - 1)].setFocus()

    def _row(self, task: Task, choices: list[tuple[str, str]]) -> TaskRow:
        writes = self._desk.may(Area.TASKS, Right.WRITE)
        row = TaskRow(task, self._desk.today(), "", writes=writes)
        row.unsetCursor()
        self.acts.follow(row, task)
        if choices and writes:
            row.offer_colleagues(choices, task.assignee_id)
        return row


class NewTaskLine(QWidget):
    """A line to type a task and its day into; Enter adds it."""

    added = Signal()

    def __init__(self, desk: Desk, case: Case | None = None) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.what = named(WrittenLine(), "new-task", _("What is to be done"))
        self.what.setPlaceholderText(_("What is to be done"))
        self.by = named(WrittenLine(), "new-task-day", _("By when"))
        self.by.setPlaceholderText(_("By when"))
        self.by.setMaximumWidth(self.by.fontMetrics().horizontalAdvance("0") * 20)
        self.add = button(_("Add"), "add-task")
        line.addWidget(self.what, 1)
        line.addWidget(self.by)
        line.addWidget(self.add)
        self.problem = problem_line()
        around.addLayout(line)
        around.addWidget(self.problem)
        self.what.returnPressed.connect(self._add)
        self.by.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)

    def _day(self) -> date | None:
        typed = self.by.text().strip()
        if not typed:
            return None
        try:
            return read_day(typed, self._desk.today())
        except NotADay as fault:
            raise NotADay(_NOT_A_DAY) from fault

    def _add(self) -> None:
        title = self.what.text().strip()
        if not title:
            self.what.setFocus()
            return
        try:
            me = self._desk.staff.me()
            self._desk.tasks.add(
                title, due_on=self._day(), case=self._case, assignee_id=me.id if me else None
            )
        except DeskError as fault:
            tell(self.problem, str(fault))
            (self.by if isinstance(fault, NotADay) else self.what).setFocus()
            return
        tell(self.problem, "")
        self.restore({})
        self.what.setFocus()
        self.added.emit()

    def draft(self) -> dict[str, str]:
        """Return what is typed and not added; empty when nothing is."""
        typed = {"what": self.what.text(), "by": kept_day(self.by.text(), self._desk.today())}
        return typed if any(text.strip() for text in typed.values()) else {}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        self.what.setText(values.get("what", ""))
        self.by.setText(values.get("by", ""))


class CaseTasks(QWidget):
    """The tab with the open tasks of one case."""

    kept_as = "task"

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        take_part(self)
        card = Card(_("Tasks"))
        empty = N_("No open task. Type one above when something is to be done for her.")
        self.list = TaskList(desk, lambda: desk.tasks.open_of(case), empty)
        self.new = NewTaskLine(desk, case)
        self.new.added.connect(self.list.refresh)
        if desk.may(Area.TASKS, Right.WRITE, case) and case.closed_on is None:
            card.inside.addWidget(self.new)
        else:
            self.new.hide()
        card.inside.addWidget(self.list)
        card.inside.addWidget(label_as(_(_KEYS), "quiet", wraps=True))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)

    def refresh(self) -> None:
        """Read the tasks of the case anew."""
        self.list.refresh()

    def draft(self) -> dict[str, str]:
        """Return the task that is being typed."""
        return self.new.draft()

    def restore(self, values: dict[str, str]) -> None:
        """Put back the task that was being typed."""
        self.new.restore(values)
