"""What is to be done: seen, finished, postponed, handed over, in place and without a form."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.release import Release
from shelterdesk.services.access.belonging import cases_at_hand
from shelterdesk.services.access.guard import Seat, Service, Worked, rule
from shelterdesk.services.day_lines import CASE, REFERRAL, DayLine, Spot, last_day_shown
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_OVER: Final = ("done", "dropped")
_URGENCY: Final = {"emergency": 0, "urgent": 1}


class Tasks(Service):
    """The tasks of the house; whoever may see them may also do them."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.TASKS)
    def mine(self, until: date | None = None) -> list[Task]:
        """Return what she has to do, the most pressing first; with `until`, what is due by then.

        What has no day is always among it.
        """
        me = self.seat.staff_id
        tasks = (task for task in self.open_tasks() if me is not None and task.assignee_id == me)
        return [t for t in tasks if until is None or t.due_on is None or t.due_on <= until]

    @rule(Area.TASKS)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day what she has to do within a week; what has no day is among it.

        A sentence that a letter waits for is told by the room of releases, where it is written.
        """
        found = self.mine(until=last_day_shown(today))
        may_read = self.seat.judge(Area.CONSENT)
        with self._vault.database.reading() as session:
            cases = {case.id: case for case in cases_at_hand(session, found)}
            asked = self._sentences(session, cases)
        found = [task for task in found if task.id not in asked]
        return [_line(task, cases.get(task.case_id or ""), may_read) for task in found]

    def _sentences(self, session: Session, cases: Mapping[str, Case]) -> set[str]:
        """Return the tasks for sentences that nobody has written yet, and that she could write."""
        wanted = select(Release).where(Release.released_on.is_(None), Release.case_id.in_(cases))
        may = {area: self.seat.judge(area, Right.WRITE) for area in set(RELEASED_IN.values())}
        return {
            row.task_id
            for row in session.scalars(wanted)
            if row.task_id and row.item in RELEASED_IN
            if may[RELEASED_IN[row.item]](cases[row.case_id])
        }

    @rule(Area.TASKS)
    def open_tasks(self) -> list[Task]:
        """Return everything in the house that is not done yet, the most pressing first."""
        wanted = select(Task).where(or_(Task.state.is_(None), Task.state.not_in(_OVER)))
        with self._vault.database.reading() as session:
            return by_urgency(self._records.seen(session, session.scalars(wanted).all()))

    @rule(Area.TASKS)
    def of_case(self, case: Case) -> list[Task]:
        """Return the tasks of a case, done ones too, the most pressing first."""
        return by_urgency(self._records.of(Task, case_id=case.id))

    @rule(Area.TASKS)
    def open_of(self, case: Case) -> list[Task]:
        """Return what is still to be done in a case, the most pressing first."""
        return [task for task in self.of_case(case) if task.state not in _OVER]

    @rule(Area.TASKS, Right.WRITE)
    def add(
        self,
        title: str,
        due_on: date | None = None,
        case: Case | None = None,
        assignee_id: str | None = None,
        priority: str | None = None,
    ) -> Task:
        """Note a task; without a name it is for whoever notes it."""
        task = Task(title_text=title, due_on=due_on, priority=priority, state="open")
        task.case_id = case.id if case else None
        task.assignee_id = assignee_id or self.seat.taken()
        return self._records.save(task)

    @rule(Area.TASKS, Right.WRITE)
    def finish(self, task: Task) -> Task:
        """Mark a task as done, now."""
        return self._records.change(task, {"state": "done", "done_at": self._vault.clock()})

    @rule(Area.TASKS, Right.WRITE)
    def postpone(self, task: Task, to: date) -> Task:
        """Give a task another day."""
        return self._records.change(task, {"due_on": to})

    @rule(Area.TASKS, Right.WRITE)
    def hand_over(self, task: Task, staff_id: str) -> Task:
        """Give a task to somebody else."""
        return self._records.change(task, {"assignee_id": staff_id})

    @rule(Area.TASKS, Right.WRITE)
    def rank(self, task: Task, priority: str) -> Task:
        """Say how pressing a task is."""
        return self._records.change(task, {"priority": priority})

    @rule(Area.TASKS, Right.WRITE)
    def drop(self, task: Task, why: str) -> Task:
        """Mark a task as no longer needed, with the reason."""
        return self._records.change(task, {"state": "dropped", "blocked_reason": why or None})


def by_urgency(tasks: Iterable[Task]) -> list[Task]:
    """Return tasks in the order of their day, then of their priority; those without a day last."""
    return sorted(
        tasks, key=lambda t: (t.due_on or date.max, _URGENCY.get(t.priority or "", 2), t.id)
    )


def _line(task: Task, case: Case | None, may_read: Callable[[Worked], bool]) -> DayLine:
    """Return the line of a task; about a letter it opens the letter, for whoever may read that."""
    letter = task.referral_id if case is not None and may_read(case) else None
    opens = REFERRAL if letter else CASE if case else ""
    return DayLine(
        words="{what}",
        facts={"what": task.title_text},
        when=task.due_on,
        who=case.shown if case else "",
        page=opens,
        record_id=letter or task.case_id or "",
        spot=Spot("tasks") if opens == CASE else None,
        is_danger=task.priority == "emergency",
        record=task,
    )
