"""My day, on the real store: what each role sees, and tasks done in place by mouse and keyboard."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Area, Role
from shelterdesk.core.work import Progress
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.pages.case.task_row import TaskRow
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.gui.parts.rows import Row
from shelterdesk.records.base import new_id
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.backups import brought_back
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import Shelter, add_person

pytestmark = pytest.mark.usefixtures("in_english")


def admitted(desk: Desk, alias: str, bed: str = "A1") -> Case:
    """Admit somebody with as little as a house can know."""
    return desk.cases.admit({"case": {"alias": alias}, "stay": {"bed": bed}})


def test_who_is_in_the_house_stands_on_the_first_page_and_is_one_click_away(
    qtbot: QtBot, desk: Desk
) -> None:
    case = admitted(desk, "ດອກຈຳປາ", "B2")
    driver = PageDriver(qtbot, HomePage(desk))
    for word in (case.code, "ດອກຈຳປາ", "Bed B2", "In the house: 1"):
        assert word in driver.text()
    driver.click("resident")
    assert driver.went == [("case", case.id)]


def test_a_resident_is_opened_with_enter_too(qtbot: QtBot, desk: Desk) -> None:
    case = admitted(desk, "Mali")
    driver = PageDriver(qtbot, HomePage(desk))
    driver.press(driver.part(Row, "resident"), Qt.Key.Key_Return)
    assert driver.went == [("case", case.id)]


def test_empty_cards_say_what_to_do_next(qtbot: QtBot, desk: Desk) -> None:
    text = PageDriver(qtbot, HomePage(desk)).text()
    for sentence in ("When somebody arrives", "Type a task above", "No letter waits"):
        assert sentence in text


def test_a_task_is_finished_by_one_click_and_taken_back_by_another(
    qtbot: QtBot, desk: Desk
) -> None:
    task = desk.tasks.add("Buy rice", desk.today())
    driver = PageDriver(qtbot, HomePage(desk))
    driver.click("finish-task")
    assert desk.tasks.mine() == []
    assert "Done: Buy rice" in driver.text()
    driver.click("undo")
    assert [found.id for found in desk.tasks.mine()] == [task.id]
    assert driver.part(TaskRow, "task").task_id == task.id


def test_a_task_is_put_off_by_a_key_and_finished_by_its_button_alone(
    qtbot: QtBot, desk: Desk
) -> None:
    first = desk.tasks.add("Call the hospital", desk.today())
    second = desk.tasks.add("Buy rice", desk.today())
    driver = PageDriver(qtbot, HomePage(desk))
    rows = {row.task_id: row for row in driver.parts(TaskRow, "task")}
    driver.press(rows[first.id], Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.records.get(Task, first.id).due_on == desk.today() + timedelta(days=1)
    rows = {row.task_id: row for row in driver.parts(TaskRow, "task")}
    done = rows[second.id].findChild(QPushButton, "finish-task")
    assert done is not None
    done.setFocus()
    driver.press(done, Qt.Key.Key_Space)
    assert desk.records.get(Task, second.id).state == "done"


def test_what_is_overdue_says_so_in_words(qtbot: QtBot, desk: Desk) -> None:
    desk.tasks.add("Bring her papers", desk.today() - timedelta(days=3))
    assert "Overdue since" in PageDriver(qtbot, HomePage(desk)).text()


def test_a_new_task_is_typed_in_place(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, HomePage(desk))
    driver.type_into("new-task", "ຊື້ເຂົ້າ")
    driver.press(driver.page.new.what, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert [task.title_text for task in desk.tasks.mine()] == ["ຊື້ເຂົ້າ"]
    assert "ຊື້ເຂົ້າ" in driver.text()


def test_a_day_that_is_none_is_told_beside_the_task_and_nothing_is_lost(
    qtbot: QtBot, desk: Desk
) -> None:
    driver = PageDriver(qtbot, HomePage(desk))
    driver.type_into("new-task", "Buy rice")
    driver.type_into("new-task-day", "2027")
    driver.click("add-task")
    assert "A task needs a whole day" in driver.text()
    assert driver.typed("new-task") == "Buy rice"
    assert desk.tasks.mine() == []


CARDS = {
    Role.DIRECTOR: {"house", "now", "today", "waiting"},
    Role.COUNSELLOR: {"house", "today", "waiting"},
    Role.LEGAL_OFFICER: {"house", "today", "waiting"},
    Role.NURSE: {"house", "today", "ahead", "waiting", "next"},
    Role.HOUSE_MOTHER: {"house", "today", "waiting", "next"},
    Role.DATA_OFFICER: {"now", "next"},
    Role.AUDITOR: {"waiting", "next"},
}
WAYS = {
    Role.NURSE: ["release", "people", "organisations", "staff"],
    Role.HOUSE_MOTHER: ["admission", "people", "staff", "settings"],
    Role.DATA_OFFICER: ["backup", "staff", "settings", "help"],
    Role.AUDITOR: ["log", "staff", "settings", "help"],
}
"""What somebody can do who has nothing of her own on the page: pages, by hand."""


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_part_and_nothing_else(
    qtbot: QtBot, shelter: Shelter, desk: Desk, role: Role
) -> None:
    admitted(desk, "Mali")
    passphrase = add_person(shelter.vault, "Dao", role)
    dao = as_somebody(shelter, "Dao", passphrase)
    if role not in WAYS and dao.may(Area.TASKS):
        dao.tasks.add("call", dao.today())
    driver = PageDriver(qtbot, HomePage(dao))
    every = ("house", "now", "today", "ahead", "waiting", "next")
    assert {card for card in every if driver.can_see(f"{card}-title")} == CARDS[role]
    assert driver.can_see("to_backup") == dao.may(Area.BACKUP)
    assert ("Mali" in driver.text()) == ("house" in CARDS[role])


@pytest.mark.parametrize("role", WAYS)
def test_who_has_nothing_to_do_sees_what_she_can_do_and_opens_it_by_keys(
    qtbot: QtBot, shelter: Shelter, role: Role
) -> None:
    passphrase = add_person(shelter.vault, "Dao", role)
    driver = PageDriver(qtbot, HomePage(as_somebody(shelter, "Dao", passphrase)))
    rows = driver.parts(Row, "way")
    for number in range(len(rows)):
        driver.press(rows[number], Qt.Key.Key_Return)
        driver.press(rows[number], Qt.Key.Key_Down)
    assert [page for page, _id in driver.went] == WAYS[role]
    assert set(WAYS[role]) <= PAGES.keys()
    assert rows[-1].hasFocus()


def test_the_first_hour_tells_how_far_it_has_come_and_opens_what_is_to_be_done(
    qtbot: QtBot, shelter: Shelter, desk: Desk
) -> None:
    driver = PageDriver(qtbot, HomePage(desk))
    assert "The first hour  ·  2 of 6 are done" in driver.text()
    rows = driver.parts(Row, "first-step")
    for row in rows:
        driver.press(row, Qt.Key.Key_Return)
    went = ["paper", "deputy", "letterhead", "organisations", "backup"]
    assert [page for page, _id in driver.went] == went
    driver.click("put-away")
    assert not driver.can_see("first-hour-title")
    nurse = as_somebody(shelter, "Dao", add_person(shelter.vault, "Dao", Role.NURSE))
    assert not PageDriver(qtbot, HomePage(nurse)).can_see("first-hour-title")


def test_names_are_never_markup(qtbot: QtBot, desk: Desk) -> None:
    admitted(desk, "<b>Mali</b>")
    driver = PageDriver(qtbot, HomePage(desk))
    formats = {label.textFormat() for label in driver.page.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert "<b>Mali</b>" in driver.text()


@pytest.mark.parametrize("language", ["lo", "en"])
def test_everything_that_takes_the_focus_has_a_name(
    qtbot: QtBot, desk: Desk, language: str
) -> None:
    use_language(language)
    admitted(desk, "Mali")
    desk.tasks.add("Buy rice", desk.today())
    assert PageDriver(qtbot, HomePage(desk)).nameless() == []


def test_who_is_away_is_counted_apart(qtbot: QtBot, desk: Desk) -> None:
    admitted(desk, "Mali")
    for alias, state in (("Keo", "hospital"), ("Dao", "temporary_leave")):
        (stay,) = desk.residence.stays_of(admitted(desk, alias, alias))
        desk.records.change(stay, {"state": state})
    driver = PageDriver(qtbot, HomePage(desk))
    assert "In the house: 1  ·  away: 2" in driver.text()
    assert len(driver.parts(Row, "resident")) == 3


def test_tasks_and_referrals_name_their_case_by_its_whole_code(qtbot: QtBot, desk: Desk) -> None:
    case = admitted(desk, "Mali with a name that is much too long for any line")
    desk.tasks.add("Call the hospital", desk.today(), case)
    late = Referral(case_id=case.id, state="delivered", reference="SD-26-0001")
    late.organisation_id, late.answer_by = new_id(), desk.today() - timedelta(days=1)
    with desk._vault.database.writing() as session:
        session.add(Organisation(id=late.organisation_id, name="Clinic"))
        session.add(late)
    page = HomePage(desk)
    driver = PageDriver(qtbot, page)
    for name in ("task-case", "line-case"):
        line = driver.part(QLabel, name)
        code = line.fontMetrics().horizontalAdvance(case.code)
        assert line.text().startswith(f"{case.code} Mali")
        assert code < line.minimumSizeHint().width() < line.sizeHint().width()
    page.resize(500, 700)
    for name in ("task-case", "line-case"):
        line = driver.part(QLabel, name)
        assert line.width() > line.fontMetrics().horizontalAdvance(case.code)


def test_names_days_and_numbers_stand_there_whole_where_there_is_little_room(
    qtbot: QtBot, desk: Desk
) -> None:
    use_language("lo")
    case = admitted(desk, "ດອກຄູນ")
    late = Referral(case_id=case.id, state="delivered", reference="SD-2026-866286-D")
    late.organisation_id, late.answer_by = new_id(), desk.today() - timedelta(days=1)
    late.service = "legal_representation"
    with desk._vault.database.writing() as session:
        session.add(Organisation(id=late.organisation_id, name="Clinic"))
        session.add(late)
    page = HomePage(desk)
    driver = PageDriver(qtbot, page)
    page.resize(880, 720)
    (row,) = driver.parts(Row, "resident")
    QApplication.processEvents()
    for line in (*row.findChildren(QLabel), driver.part(QLabel, "line-due")):
        assert line.width() >= line.sizeHint().width(), line.text()
        assert line.mapTo(page, line.rect().topRight()).x() < page.width()
    number = driver.part(QLabel, "line-number")
    assert number.width() >= number.fontMetrics().horizontalAdvance("SD-2026-866286-D")


def test_the_first_page_says_for_a_month_that_consents_are_to_be_asked_anew(
    qtbot: QtBot, shelter: Shelter, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    made = desk.backups.back_up(tmp_path / "stick", Progress())
    assert "brought back" not in PageDriver(qtbot, HomePage(desk)).text()
    opened = desk.backups.opened(made.generation)
    shelter.clock.pass_days(2)
    desk.lock()
    brought_back(shelter.place, opened, Progress(), shelter.clock)
    desk = Desk(shelter.unlock())
    text = PageDriver(qtbot, HomePage(desk)).text()
    assert "brought back on 5/11/2026 from the backup of 3/11/2026" in text
    assert "asked anew" in text
    shelter.clock.pass_days(31)
    assert "brought back" not in PageDriver(qtbot, HomePage(desk)).text()
