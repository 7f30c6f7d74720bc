"""A task is ranked, corrected and dropped where it stands, on My day and in the case alike."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.pages.case.task_row import TaskRow
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.services.desk import Desk
from tests.drivers.form import FormDriver
from tests.drivers.pages import PageDriver, type_letters

pytestmark = pytest.mark.usefixtures("in_english")

PAGES = ["home", "case"]


@pytest.fixture
def case(desk: Desk) -> Case:
    """Somebody for whom a task is noted."""
    return desk.cases.open_case("Champa")


def page(desk: Desk, case: Case, which: str) -> QWidget:
    """Return My day, or the case with its tasks in front."""
    if which == "home":
        return HomePage(desk)
    made = CasePage(desk, case.id)
    made.show_tab("tasks")
    return made


def act(driver: PageDriver, name: str, number: int = 0) -> None:
    """Choose a line behind the three dots of a task."""
    row = driver.parts(TaskRow, "task")[number]
    action = row.more.menu().findChild(QAction, name)
    assert action is not None
    action.trigger()
    QCoreApplication.processEvents()


def stored(desk: Desk, task: Task) -> Task:
    """Return a task as it is kept."""
    return desk.records.get(Task, task.id)


@pytest.mark.parametrize("which", PAGES)
def test_another_priority_is_seen_comes_first_and_is_taken_back(
    qtbot: QtBot, desk: Desk, case: Case, which: str
) -> None:
    tasks = [desk.tasks.add(name, desk.today(), case) for name in ("first", "second")]
    driver = PageDriver(qtbot, page(desk, case, which))
    last = driver.parts(TaskRow, "task")[1].task_id
    task = next(one for one in tasks if one.id == last)
    act(driver, "rank-urgent", 1)
    assert stored(desk, task).priority == "urgent"
    assert driver.text().count("Urgent") == 2  # in the row, and in the line that tells of it
    rows = driver.parts(TaskRow, "task")
    assert rows[0].task_id == last
    assert "Urgent" in rows[0].accessibleName()
    driver.click("undo")
    assert stored(desk, task).priority is None
    assert driver.parts(TaskRow, "task")[1].task_id == last


@pytest.mark.parametrize("which", PAGES)
def test_a_task_is_dropped_with_a_reason_and_not_without_one(
    qtbot: QtBot, desk: Desk, case: Case, which: str
) -> None:
    task = desk.tasks.add("Call the school", desk.today(), case)
    driver = PageDriver(qtbot, page(desk, case, which))
    driver.press(driver.parts(TaskRow, "task")[0], Qt.Key.Key_Delete)
    driver.click("why_do")
    assert "Write down in a sentence why" in driver.text()
    assert stored(desk, task).state == "open"
    type_letters(driver.part(QWidget, "why"), "she goes home")
    driver.click("why_do")
    assert (stored(desk, task).state, stored(desk, task).blocked_reason) == (
        "dropped",
        "she goes home",
    )
    assert driver.parts(TaskRow, "task") == []
    driver.click("undo")
    assert (stored(desk, task).state, stored(desk, task).blocked_reason) == ("open", None)
    assert len(driver.parts(TaskRow, "task")) == 1


@pytest.mark.parametrize("which", PAGES)
def test_a_task_is_corrected_in_place(qtbot: QtBot, desk: Desk, case: Case, which: str) -> None:
    task = desk.tasks.add("Cal the school", desk.today(), case)
    driver = PageDriver(qtbot, page(desk, case, which))
    driver.press(driver.parts(TaskRow, "task")[0], Qt.Key.Key_F2)
    form = next(a.form for a in driver.page.findChildren(QWidget, "task-form"))  # type: ignore[attr-defined]
    FormDriver(form).fill(title_text="Call the school", blocked_reason="nobody answers")
    driver.click("main", -1)
    assert stored(desk, task).title_text == "Call the school"
    assert "Held up: nobody answers" in driver.text()
    driver.click("undo")
    assert stored(desk, task).title_text == "Cal the school"
    assert stored(desk, task).blocked_reason is None


@pytest.mark.parametrize("which", PAGES)
def test_what_is_typed_about_a_task_comes_back(
    qtbot: QtBot, desk: Desk, case: Case, which: str
) -> None:
    desk.tasks.add("Call the school", desk.today(), case)
    first = PageDriver(qtbot, page(desk, case, which))
    act(first, "change-task")
    form = next(a.form for a in first.page.findChildren(QWidget, "task-form"))  # type: ignore[attr-defined]
    FormDriver(form).fill(blocked_reason="nobody answers")
    act(first, "drop-task")
    type_letters(first.part(QWidget, "why"), "she goes home")
    first.choose("new-task-priority", "emergency")
    kept = first.page.draft()  # type: ignore[attr-defined]
    driver = PageDriver(qtbot, page(desk, case, which))
    driver.page.restore(kept)  # type: ignore[attr-defined]
    QCoreApplication.processEvents()
    assert driver.page.draft() == kept  # type: ignore[attr-defined]
    assert driver.typed("why") == "she goes home"


def test_a_new_task_is_as_pressing_as_it_is_said_to_be(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = PageDriver(qtbot, page(desk, case, "case"))
    driver.type_into("new-task", "Fetch a doctor")
    driver.choose("new-task-priority", "emergency")
    driver.click("add-task")
    driver.type_into("new-task", "Buy rice")
    driver.click("add-task")
    ranks = {task.title_text: task.priority for task in desk.tasks.of_case(case)}
    assert ranks == {"Fetch a doctor": "emergency", "Buy rice": None}


def test_who_only_reads_tasks_is_offered_nothing(qtbot: QtBot, desk: Desk, case: Case) -> None:
    task = desk.tasks.add("Call the school", desk.today(), case)
    row = TaskRow(task, desk.today(), "", writes=False)
    qtbot.addWidget(row)
    with qtbot.assertNotEmitted(row.drop):
        row.keyPressEvent(_delete())
    assert row.findChildren(QWidget, "task-more") == []


def _delete() -> QKeyEvent:
    return QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("which", PAGES)
def test_nothing_that_is_typed_on_a_task_does_anything_to_it(
    qtbot: QtBot, desk: Desk, case: Case, which: str
) -> None:
    """Whoever types there meant another field: all signs of the keyboard, blanks and Enter too."""
    task = desk.tasks.add("Call the school", desk.today(), case)
    before = stored(desk, task).version
    driver = PageDriver(qtbot, page(desk, case, which))
    row = driver.parts(TaskRow, "task")[0]
    row.setFocus()
    for letter in " abcxyz0123456789+-*/.,;:!?":
        driver.bot.keyClicks(row, letter)
    driver.press(row, Qt.Key.Key_Space)
    driver.press(row, Qt.Key.Key_Return)
    assert stored(desk, task).version == before


@pytest.mark.parametrize("which", PAGES)
def test_the_keyboard_stays_in_the_list_when_a_button_finishes_a_task(
    qtbot: QtBot, desk: Desk, case: Case, which: str
) -> None:
    for name in ("first", "second"):
        desk.tasks.add(name, desk.today(), case)
    driver = PageDriver(qtbot, page(desk, case, which))
    done = driver.parts(TaskRow, "task")[0].findChild(QPushButton, "finish-task")
    assert done is not None
    done.setFocus()
    driver.press(done, Qt.Key.Key_Space)
    (left,) = driver.parts(TaskRow, "task")
    assert left.hasFocus()
    assert driver.can_see("undo")
