"""A list is one stop of Tab and its first act another; the arrows go on in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.case.task import Task
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import seat_all
from tests.factories import add_person, new_shelter
from tests.gui.frame.test_workplace import at_the_desk
from tests.gui.hand.tab_walk import settled

RIGHT, LEFT, UP, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down
TAB = Qt.Key.Key_Tab


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Any]:
    use_language("en")
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    seat_all(shelter.vault)
    with shelter.vault.database.writing() as session:
        dao = session.query(StaffMember).filter(StaffMember.name == "Dao").one()
        for number in range(3):
            case = Case(code=new_code(), alias="ຈຳປາ", owner_id=dao.id)
            session.add(case)
            session.flush()
            session.add(Stay(case_id=case.id, state="resident"))
            session.add(Task(title_text=f"task {number}", case_id=case.id, assignee_id=dao.id))
    shelter.vault.lock()
    shelter.place.close()
    opened: Any = at_the_desk(qtbot, tmp_path / "data", "Dao").window
    yield opened
    opened.close()


def press(key: Qt.Key) -> str:
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, key)
    settled()
    there = QApplication.focusWidget()
    return there.objectName() if there is not None else ""


def test_the_work_of_the_day_comes_before_who_is_in_the_house(window: Any) -> None:
    window.workplace.page.setFocus()
    been = [press(TAB) for _stop in range(13)]
    assert been[0] in ("new-task", "task", "line", "to_roll")  # at night the roll comes first
    assert been.count("task") == 1
    assert been.count("finish-task") == 1
    assert been.index("task") < been.index("resident")
    assert been.count("resident") == 1
    assert been.index("resident") < been.index("main")
    assert "home-scroll" not in been


def test_arrows_go_from_line_to_line_and_along_a_line(window: Any) -> None:
    page = window.workplace.page
    rows = [row for row in page._listed() if row.objectName() == "task"]
    rows[0].setFocus()
    assert press(RIGHT) == "finish-task"
    assert press(RIGHT) == "a-day-later"
    assert press(DOWN) == "a-day-later"
    assert rows[1].isAncestorOf(QApplication.focusWidget())
    assert press(LEFT) == "finish-task"
    assert press(LEFT) == "task"
    assert press(LEFT) == "task"
    assert press(UP) == "task"
    assert rows[0].hasFocus()
    assert press(TAB) == "finish-task"


def test_in_the_intake_tab_leads_from_her_name_into_the_step_that_is_shown(window: Any) -> None:
    window.workplace.go("admission", "")
    settled()
    page = window.workplace.page
    for place, step in enumerate(page._buttons):
        step.click()
        settled()
        card = page._cards[place]
        page.identity.editor("alias").inner.setFocus()
        press(TAB)
        there = QApplication.focusWidget()
        inside = card.isAncestorOf(there)
        assert inside or there is page.keep, (step.objectName(), there)
    been = [press(TAB) for _stop in range(4)]
    assert page._buttons[-1].objectName() in been, "the steps come last, the present one alone"
