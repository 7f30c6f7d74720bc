"""Tasks in a list that does all in place: add, finish, postpone, hand over, correct, drop."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.core.days import NotADay, kept_day, read_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.pages.case.task_acts import TaskActs
from shelterdesk.gui.pages.case.task_row import PRIORITIES, TaskRow
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.fields import choose, chosen, listed
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, press_by
from shelterdesk.gui.parts.problem import in_its_room, problem_line, tell
from shelterdesk.gui.parts.rows import JustSaved, Row, keyboard_kept, rows_in, rule_line
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS, NONE, TIGHT
from shelterdesk.gui.parts.typed import below, take_part
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.services.desk import Desk

KEYS: Final = N_(
    "On a task: Tab and the arrows lead to its buttons, Ctrl++ moves it a day, F2 changes it, "
    "Delete when it is no longer needed."
)
_NOT_A_DAY: Final = N_(
    "A task needs a whole day, like 3/11/2026, “today” or “tomorrow”, or none at all."
)
_NORMAL: Final = "normal"


class TaskList(QWidget):
    """The open tasks of one case, which `read` brings; after every change it reads again."""

    def __init__(self, desk: Desk, tasks: Callable[[], list[Task]], empty: str) -> None:
        super().__init__()
        self._desk, self._read, self._empty = desk, tasks, empty
        self._just_saved = JustSaved()
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(TIGHT)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(NONE)
        around.addLayout(self._rows)
        self.acts = TaskActs(desk)
        self.acts.done.connect(self.refresh)
        around.addWidget(self.acts)
        self.refresh()

    def refresh(self) -> None:
        """Read the tasks anew; the focus stays at its place in the list."""
        with keyboard_kept(self._listed, self):
            self._fill()

    def _listed(self) -> list[Row]:
        return rows_in(self)

    def show_added(self, task_id: str) -> None:
        """Show in view which task was added just now."""
        self._just_saved.note(task_id)
        self.refresh()

    def _fill(self) -> None:
        rows = self._listed()
        emptied(self._rows)
        for row in rows:
            row.setParent(None)
        found = self._read()
        choices = self._desk.staff.choices() if found else []
        for number, task in enumerate(found):
            if number:
                self._rows.addWidget(rule_line())
            self._rows.addWidget(self._row(task, choices))
        mark_task(self._just_saved, self._listed())
        if not found:
            self._rows.addWidget(label_as(_(self._empty), "quiet", "empty", wraps=True))

    def _row(self, task: Task, choices: list[tuple[str, str]]) -> TaskRow:
        writes = self._desk.may(Area.TASKS, Right.WRITE)
        row = TaskRow(task, self._desk.today(), "", writes=writes)
        row.unsetCursor()
        self.acts.follow(row, task)
        if choices and writes:
            row.offer_colleagues(choices, task.assignee_id)
        return row


def mark_task(saved: JustSaved, rows: Iterable[Row]) -> None:
    """Mark among rows the one of the task that was added just now."""
    tasks = (row for row in rows if isinstance(row, TaskRow))
    saved.mark(next((row for row in tasks if row.task_id == saved.about), None))


class NewTaskLine(QWidget):
    """A line to type a task and its day into, with how pressing it is; Enter adds it."""

    added = Signal()

    def __init__(self, desk: Desk, case: Case | None = None, keys: str = KEYS) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self.kept = ""
        """The id of the task that was added last."""
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        line = QHBoxLayout()
        line.setSpacing(NEAR)
        self.what = named(WrittenLine(), "new-task", _("What is to be done"))
        self.what.setPlaceholderText(_("What is to be done"))
        self.by = named(WrittenLine(), "new-task-day", _("By when"))
        self.by.setPlaceholderText(_("By when"))
        self.by.setMaximumWidth(self.by.fontMetrics().horizontalAdvance("0") * 14)
        self.priority = _priority_box()
        self.add = button(_("Add"), "add-task")
        line.addWidget(self.what, 1)
        line.addWidget(self.by)
        line.addWidget(self.priority)
        line.addWidget(self.add)
        self.problem = problem_line(room=2)
        around.addLayout(line)
        hint = label_as(_(keys), "quiet", "keys", wraps=True)
        around.addLayout(in_its_room(self.problem, hint))
        self.what.returnPressed.connect(self._add)
        self.by.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        press_by(self.add, "Ctrl+S", within=self)

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
            self.kept = self._desk.tasks.add(
                title,
                due_on=self._day(),
                case=self._case,
                assignee_id=me.id if me else None,
                priority=self._chosen_priority() or None,
            ).id
        except DeskError as fault:
            tell(self.problem, str(fault))
            (self.by if isinstance(fault, NotADay) else self.what).setFocus()
            return
        tell(self.problem, "")
        self.restore({})
        self.what.setFocus()
        self.added.emit()

    def _chosen_priority(self) -> str:
        """Return the priority where it is another one than usual."""
        code = chosen(self.priority)
        return "" if code == _NORMAL else code

    def draft(self) -> dict[str, str]:
        """Return what is typed and not added; empty when nothing is."""
        typed = {"what": self.what.text(), "by": kept_day(self.by.text(), self._desk.today())}
        typed |= {"priority": code} if (code := self._chosen_priority()) else {}
        return typed if any(text.strip() for text in typed.values()) else {}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        self.what.setText(values.get("what", ""))
        self.by.setText(values.get("by", ""))
        choose(self.priority, values.get("priority") or _NORMAL)


def _priority_box() -> QComboBox:
    box = named(CalmCombo(), "new-task-priority", _("Priority"))
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    for code, words in listed(PRIORITIES):
        box.addItem(words, code)
    choose(box, _NORMAL)
    return box


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
        self.new.added.connect(lambda: self.list.show_added(self.new.kept))
        if desk.may(Area.TASKS, Right.WRITE, case) and case.closed_on is None:
            card.inside.addWidget(self.new)
        else:
            self.new.hide()
        card.inside.addWidget(self.list)
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(card)

    def refresh(self) -> None:
        """Read the tasks of the case anew."""
        self.list.refresh()

    def draft(self) -> dict[str, str]:
        """Return the task that is being typed, and what is being corrected in another one."""
        return with_changes(self.new, self.list.acts)

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was being typed."""
        restore_both(self.new, self.list.acts, values)


_CHANGED: Final = "change."
"""Before what is typed to correct a task, in a draft."""


def with_changes(new: NewTaskLine | None, acts: TaskActs) -> dict[str, str]:
    """Return what is typed for a new task and into the form of another one."""
    typed = new.draft() if new is not None else {}
    return typed | {f"{_CHANGED}{name}": text for name, text in acts.draft().items()}


def restore_both(new: NewTaskLine | None, acts: TaskActs, values: dict[str, str]) -> None:
    """Put back what was typed for a new task and into the form of another one."""
    if new is not None:
        new.restore(values)
    acts.restore(below(_CHANGED, values))
