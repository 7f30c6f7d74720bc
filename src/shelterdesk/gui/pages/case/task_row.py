"""One task in a list: what is to be done, by when, how pressing, and what can be done with it."""

from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.editors.answering import small_menu
from shelterdesk.gui.parts.case_line import case_line, coded
from shelterdesk.gui.parts.fields import listed
from shelterdesk.gui.parts.lines import ChoiceBox
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import due_text
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.gui.parts.rows import Row, small
from shelterdesk.gui.parts.style.measures import NEAR, TIGHT
from shelterdesk.records.case.task import Task

DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_PRESSING: Final = ("emergency", "urgent")
PRIORITIES: Final = "referral_priority"

DROP: Final = N_("No longer needed …")
_CHANGE: Final = N_("Change …")
_LATER: Final = QKeySequence("Ctrl++")
_LONGEST_NAME: Final = 20
"""Letters of a colleague's name that a choice has room for."""
_WIDE_LETTER: Final = "X"
"""By which Qt measures how many letters a choice has room for."""


class TaskRow(Row):
    """One task with its buttons; some of it by keys while the row has the focus.

    What is a letter or a sign does nothing to it: whoever types there meant another field.
    """

    finish = Signal()
    postpone = Signal(object)
    opened = Signal()
    hand_over = Signal(str)
    rank = Signal(str)
    """It is to have this priority."""
    change = Signal()
    drop = Signal()

    def __init__(self, task: Task, today: date, case_name: str, *, writes: bool) -> None:
        due = due_text(task.due_on, today)
        pressing = coded(PRIORITIES, task.priority) if task.priority in _PRESSING else ""
        told = (task.title_text, due, pressing, case_name)
        super().__init__(", ".join(part for part in told if part), "task")
        self.task_id = task.id
        self._writes = writes
        self.line.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        self.line.setSpacing(NEAR)
        facts: list[QWidget] = []
        if due:
            late = bool(task.due_on and task.due_on < today)
            facts.append(label_as(due, "late" if late else "quiet", "due", wraps=True))
        if pressing:
            facts.append(label_as(pressing, "risk", "pressing"))
        if case_name:
            facts.append(case_line(case_name, "task-case"))
        if task.blocked_reason:
            facts.append(_held_up(task.blocked_reason))
        self.say(plain_label(task.title_text or "", "task-title"), *facts)
        if writes:
            self._actions(task)
        self.clicked.connect(self.opened)

    def _actions(self, task: Task) -> None:
        done = small(_("Done"), "finish-task")
        later = small(_("+1 day"), "a-day-later", _("A day later"))
        week = small(_("+1 week"), "a-week-later", _("A week later"))
        done.clicked.connect(self.finish)
        later.clicked.connect(lambda: self.postpone.emit(DAY))
        week.clicked.connect(lambda: self.postpone.emit(_WEEK))
        for action in (done, later, week):
            self.line.addWidget(action)
        self._add_rare_acts(task)

    def _add_rare_acts(self, task: Task) -> None:
        """Put behind three dots what is done seldom: another priority, a correction, the end."""
        self.more = small_menu("task-more")
        self.more.setAccessibleName(_("More about {what}").format(what=task.title_text))
        menu = self.more.menu()
        for code, words in listed(PRIORITIES):
            ranked = menu.addAction(words.replace("&", "&&"), partial(self.rank.emit, code))
            ranked.setObjectName(f"rank-{code}")
            ranked.setCheckable(True)
            ranked.setChecked(code == (task.priority or "normal"))
        menu.addSeparator()
        menu.addAction(_(_CHANGE), self.change.emit).setObjectName("change-task")
        menu.addAction(_(DROP), self.drop.emit).setObjectName("drop-task")
        self.line.addWidget(self.more)

    def offer_colleagues(self, choices: list[tuple[str, str]], present: str | None) -> None:
        """Add a box from which somebody else is chosen to do it."""
        box = named(ChoiceBox(), "hand-over", _("Hand over to"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        words = [_("Hand over to …"), *(name for _staff_id, name in choices)]
        wide = box.fontMetrics().horizontalAdvance  # marks above and below letters take no room
        longest = max(map(wide, words)) // wide(_WIDE_LETTER) + 1
        box.setMinimumContentsLength(min(_LONGEST_NAME, longest))
        box.addItem(words[0], "")
        for staff_id, name in choices:
            box.addItem(name, staff_id)
        box.setCurrentIndex(max(0, box.findData(present or "")))
        box.activated.connect(lambda: self.hand_over.emit(box.currentData()))
        self.line.insertWidget(self.line.indexOf(self.more), box)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[Qt.Key, Any] = {
            Qt.Key.Key_Delete: self.drop.emit,
            Qt.Key.Key_F2: self.change.emit,
        }
        act = acts.get(Qt.Key(event.key())) if self._writes else None
        if self._writes and QKeySequence(event.keyCombination()) == _LATER:
            act = partial(self.postpone.emit, DAY)
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)


def _held_up(why: str) -> QWidget:
    return label_as(_("Held up: {why}").format(why=why), "quiet", "held-up", wraps=True)
