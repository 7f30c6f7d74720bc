"""The page of the roll: two keys when all is as expected, Space on a difference, and the door."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.house.roll import RollPage
from shelterdesk.gui.pages.house.roll_list import RollList
from shelterdesk.gui.pages.house.visitors import VisitorsPage
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.services.living.staying import ADULT, lives_here, room_with

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key


@pytest.fixture
def people(desk: Desk) -> list[Case]:
    """Dok in bed 1, Bua in bed 2; bed 3 is free."""
    made = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua")]
    for case, bed in zip(made, room_with(desk, "1", "2", "3"), strict=False):
        desk.beds.move(case.id, bed.id)
    return made


def opened(qtbot: QtBot, desk: Desk) -> PageDriver:
    driver = PageDriver(qtbot, RollPage(desk))
    driver.page.list.setFocus()  # type: ignore[attr-defined]
    return driver


def on(driver: PageDriver, case: Case) -> RollList:
    found = driver.page.list  # type: ignore[attr-defined]
    assert isinstance(found, RollList)
    found.choose(case.id)
    return found


def keep(driver: PageDriver) -> str:
    table = driver.page.list  # type: ignore[attr-defined]
    driver.bot.keyClick(table, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QCoreApplication.processEvents()
    return driver.part(QLabel, "roll-told").text()


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.usefixtures("people")
def test_as_expected_it_is_one_key(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    assert "not made yet" in driver.part(QLabel, "roll-told").text()
    assert keep(driver).endswith("in the house: 2  ·  away: 0  ·  not found: 0")


def test_a_difference_asks_what_happened_and_each_answer_settles_it(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    dok, bua = people
    driver = opened(qtbot, desk)
    driver.press(on(driver, dok), Key.Key_Space)
    assert "What happened?" in rows_of(on(driver, dok))[0]
    assert "not made yet" in keep(driver)
    assert "1 lines do not agree with the records." in driver.text()
    driver.press(on(driver, dok), Key.Key_O)  # she has gone out
    driver.choose("reason", "family")
    driver.click("main", number=1)
    driver.press(on(driver, bua), Key.Key_Space)
    driver.press(on(driver, bua), Key.Key_M)  # she sleeps in another bed
    type_keys(keyboard(), "3")
    driver.press(keyboard(), Key.Key_Return)
    assert keep(driver).endswith("in the house: 1  ·  away: 1  ·  not found: 0")
    driver.press(on(driver, dok), Key.Key_Space)  # and here she is
    assert "is here: sign her in" in "".join(rows_of(on(driver, dok)))
    driver.press(on(driver, dok), Key.Key_I)
    assert keep(driver).endswith("in the house: 2  ·  away: 0  ·  not found: 0")


def test_who_is_not_found_brings_the_numbers_and_is_found_by_a_press(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[0]), Key.Key_Space)
    driver.press(on(driver, people[0]), Key.Key_N)
    assert keep(driver).endswith("in the house: 1  ·  away: 0  ·  not found: 1")
    assert driver.page.draft() == {}  # type: ignore[attr-defined] # it is kept
    assert driver.can_see("roll-call")
    driver.click("was-found")
    assert desk.roll.missing() == []


def test_what_is_marked_comes_back(qtbot: QtBot, desk: Desk, people: list[Case]) -> None:
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[0]), Key.Key_Space)
    driver.press(on(driver, people[0]), Key.Key_N)
    kept = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk)
    again.page.restore(kept)  # type: ignore[attr-defined]
    assert again.page.draft() == kept  # type: ignore[attr-defined]
    assert "Not found" in rows_of(on(again, people[0]))[0]


def test_at_the_door_v_a_name_as_what_and_enter_and_x_when_they_go(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    uncle = desk.records.save(Person(kind="family", given_name_latin="Bounmy"))
    hers = Relation(person_id=people[0].person_id, other_id=uncle.id, safe_to_contact="never")
    desk.records.save(hers)
    driver = PageDriver(qtbot, VisitorsPage(desk))
    table = driver.page.list  # type: ignore[attr-defined]
    table.setFocus()
    driver.press(table, Key.Key_V)
    type_keys(keyboard(), "Bunmi")
    driver.press(keyboard(), Key.Key_Tab)
    type_keys(keyboard(), "Fam")
    driver.press(keyboard(), Key.Key_Return)
    assert "Do not let this person in, and do not say who lives here." in driver.text()
    assert "Dok" not in driver.text()
    assert driver.can_see("door-call")
    driver.type_into("who", "Somphone")
    driver.click("main")
    assert "inside" in rows_of(table)[0]
    assert not driver.can_see("door-call")
    driver.press(table, Key.Key_X)
    assert "inside" not in rows_of(table)[0]
    for who in ("Vanna", "Keo"):
        driver.press(table, Key.Key_V)
        driver.type_into("who", who)
        driver.press(keyboard(), Key.Key_Tab)
        type_keys(keyboard(), "Law")
        driver.click("main")
        assert table.currentIndex().siblingAtColumn(0).data() == who
    driver.press(table, Key.Key_X)
    assert [row.split(" | ")[0] for row in rows_of(table) if "inside" in row] == ["Vanna"]


def test_the_sheets_are_printed(desk: Desk, people: list[Case]) -> None:
    assert len(people) == 2
    desk.visitors.let_in({"who": "Somphone", "kind": "repairs"})
    for draw in (desk.house_lists.roll, desk.house_lists.visitors):
        assert draw("lo", preview=True).startswith(b"%PDF")
        assert draw("en").startswith(b"%PDF")


@pytest.mark.usefixtures("people")
def test_a_visitor_who_is_inside_stands_on_the_roll(qtbot: QtBot, desk: Desk) -> None:
    assert not opened(qtbot, desk).can_see("roll-visitors")
    come = desk.visitors.let_in({"who": "Somphone", "kind": "repairs"})
    assert "Visitors who are inside: Somphone" in opened(qtbot, desk).text()
    desk.visitors.has_gone(come.id)
    assert not opened(qtbot, desk).can_see("roll-visitors")
