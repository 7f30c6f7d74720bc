"""Tasks are seen in the order of their days and done in place."""

from datetime import date

import pytest

from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.services.desk import Desk
from tests.services.conftest import Sit
from tests.services.seven import NAMES, STRANGER

MONDAY, FRIDAY = date(2026, 11, 9), date(2026, 11, 13)


def test_what_is_hers_comes_by_day_then_by_priority(desk: Desk) -> None:
    desk.tasks.add("some day")
    desk.tasks.add("friday", FRIDAY)
    desk.tasks.add("monday", MONDAY)
    desk.tasks.add("monday first", MONDAY, priority="urgent")
    titles = [task.title_text for task in desk.tasks.mine()]
    assert titles == ["monday first", "monday", "friday", "some day"]
    due = [task.title_text for task in desk.tasks.mine(until=MONDAY)]
    assert due == ["monday first", "monday", "some day"]


def test_a_task_is_finished_postponed_and_dropped_in_place(desk: Desk) -> None:
    case = desk.cases.open_case()
    done = desk.tasks.finish(desk.tasks.add("call", case=case))
    later = desk.tasks.postpone(desk.tasks.add("write", MONDAY, case), FRIDAY)
    dropped = desk.tasks.drop(desk.tasks.add("ask", case=case), "she asked herself")
    assert (done.state, done.done_at is None) == ("done", False)
    assert later.due_on == FRIDAY
    assert (dropped.state, dropped.blocked_reason) == ("dropped", "she asked herself")
    assert [task.id for task in desk.tasks.open_tasks()] == [later.id]
    assert {task.id for task in desk.tasks.of_case(case)} == {done.id, later.id, dropped.id}


def test_the_second_who_finishes_a_task_is_told(desk: Desk) -> None:
    task = desk.tasks.add("call")
    desk.tasks.finish(task)
    with pytest.raises(ChangedElsewhere):
        desk.tasks.postpone(task, FRIDAY)
    assert task.state == "open"


def test_a_task_handed_over_is_not_hers_any_more(sit: Sit) -> None:
    at = sit(Role.NURSE)
    task = at.desk.tasks.add("weigh")
    assert task.assignee_id == at.staff[NAMES[Role.NURSE]]
    assert [t.id for t in at.desk.tasks.mine()] == [task.id]
    given = at.desk.tasks.hand_over(task, at.staff[STRANGER])
    assert at.desk.tasks.mine() == []
    assert given.assignee_id == at.staff[STRANGER]


def test_a_task_needs_words(desk: Desk) -> None:
    with pytest.raises(InvalidFields):
        desk.tasks.add("")
    assert desk.tasks.open_tasks() == []
