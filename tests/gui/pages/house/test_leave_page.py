"""The page of who is out: four keys out, one back, groups, the alarm, what is typed."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.house.leave import LeavePage
from shelterdesk.gui.pages.house.leave_list import LeaveList
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.leave import Absence
from shelterdesk.services.desk import Desk
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver, as_somebody
from tests.drivers.tables import rows_of
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, CHILD, lives_here

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key


@pytest.fixture
def people(desk: Desk) -> list[Case]:
    """Dok and Bua, grown up, and Noi, who is a child."""
    born = (("Dok", ADULT), ("Bua", ADULT), ("Noi", CHILD))
    return [lives_here(desk, name, when) for name, when in born]


def opened(qtbot: QtBot, desk: Desk, case_id: str = "") -> PageDriver:
    driver = PageDriver(qtbot, LeavePage(desk, case_id))
    the_list(driver).setFocus()
    return driver


def the_list(driver: PageDriver) -> LeaveList:
    found = driver.page.list  # type: ignore[attr-defined]
    assert isinstance(found, LeaveList)
    return found


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def title(driver: PageDriver) -> str:
    return driver.part(QLabel, "asking-title").text()


def lines(driver: PageDriver) -> list[str]:
    return rows_of(the_list(driver))


def on(driver: PageDriver, case: Case) -> LeaveList:
    the_list(driver).choose(case.id)
    return the_list(driver)


def test_out_is_o_the_reason_the_hour_and_enter(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[0]), Key.Key_O)
    assert title(driver).endswith("Dok")
    type_keys(keyboard(), "Her own")
    driver.press(keyboard(), Key.Key_Tab)
    type_keys(keyboard(), "23:30")
    driver.press(keyboard(), Key.Key_Return)
    assert next(line for line in lines(driver) if "Dok" in line).endswith("23:30")
    assert keyboard() is the_list(driver)
    assert not driver.can_see("asking-title")
    [row] = desk.records.of(Absence, case_id=people[0].id)
    assert row.reason == "own_errand"


def test_back_is_one_key(qtbot: QtBot, desk: Desk, people: list[Case]) -> None:
    desk.leave.go_out([people[0].id], {"reason": "family"})
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[0]), Key.Key_I)
    assert all("in the house" in line for line in lines(driver))
    driver.press(on(driver, people[0]), Key.Key_I)
    assert "She is in the house already." in driver.text()


def test_marked_lines_go_out_and_come_back_together(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    for case in people[:2]:
        driver.press(on(driver, case), Key.Key_Space)
    driver.press(the_list(driver), Key.Key_O)
    assert "2 people" in title(driver)
    driver.choose("reason", "family")
    driver.click("main")
    assert [("out: Family" in line) for line in lines(driver)] == [True, True, False]
    driver.press(on(driver, people[0]), Key.Key_A)
    driver.press(the_list(driver), Key.Key_Space)  # all but her
    driver.press(the_list(driver), Key.Key_I)
    assert ["out: Family" in line for line in lines(driver)].count(True) == 1
    assert "Dok" in lines(driver)[0]


def test_who_is_called_alike_is_not_marked_with_the_others(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    other = lives_here(desk, "Dok", ADULT)
    for case in (*people[:2], other):
        desk.leave.go_out([case.id], {"reason": "family"})
    driver = opened(qtbot, desk)
    assert sum("2 alike" in line for line in lines(driver)) == 2
    driver.press(on(driver, people[1]), Key.Key_A)
    assert the_list(driver).marked == {people[1].id}
    assert "Not marked, because somebody here is called alike" in driver.text()


def test_a_girl_does_not_go_alone_unless_somebody_has_agreed(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[2]), Key.Key_O)
    driver.choose("reason", "school")
    driver.click("main")
    assert "Say with whom she goes" in driver.text()
    driver.choose("agreed_by_id", desk.seat.staff_id or "")
    driver.click("main")
    assert any("out: School" in line for line in lines(driver))


def test_the_alarm_shows_whom_to_call_and_what_she_left(
    qtbot: QtBot, desk: Desk, people: list[Case], shelter: Shelter
) -> None:
    said = {"reason": "own_errand", "reach": "020 5555 0001", "goes_with": "Mali"}
    due = desk.now() + timedelta(minutes=30)
    desk.leave.go_out([people[0].id], said | {"due_at": due})
    driver = opened(qtbot, desk)
    assert not driver.can_see("alarm-title")
    shelter.clock.now += timedelta(minutes=95)
    driver.page.refresh()  # type: ignore[attr-defined]
    QCoreApplication.processEvents()
    assert driver.can_see("alarm-title")
    for words in ("is not back. She was expected", "020 5555 0001", "Mali", "Director"):
        assert words in driver.text()
    driver.click("alarm-gone")
    driver.click("main")
    assert len(lines(driver)) == 2


def test_hospital_is_one_key_and_a_plan_is_called_off(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    goes = desk.now() + timedelta(hours=5)
    desk.leave.go_out([people[1].id], {"reason": "court", "out_at": goes})
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[0]), Key.Key_H)
    assert any("out: Stays in hospital" in line for line in lines(driver))
    on(driver, people[1])
    assert any("goes" in line and "Court" in line for line in lines(driver))
    driver.click("call-off")
    assert not any("Court" in line for line in lines(driver))


def test_what_recurs_is_one_entry_and_ends_by_a_press(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    on(driver, people[0])
    driver.click("add-recurring")
    form = driver.page.asking.open_one.form  # type: ignore[attr-defined]
    for name, typed in (("out_hour", "07:00"), ("back_hour", "16:00")):
        form.editor(name).set_raw(typed)
    form.editor("days").set_raw('["mon", "tue"]')
    driver.click("main")
    QCoreApplication.processEvents()
    assert "Monday, Tuesday" in driver.text()
    driver.click("end-recurring")
    assert desk.standing_leave.present()[0][0].until == desk.today()


def test_an_entry_of_another_shift_is_corrected_with_a_reason(
    qtbot: QtBot, desk: Desk, people: list[Case], shelter: Shelter
) -> None:
    desk.leave.go_out([people[0].id], {"reason": "work"})
    desk.leave.come_back([people[0].id])
    shelter.clock.pass_days(1)
    driver = opened(qtbot, desk)
    driver.click("correct-leave")
    driver.choose("reason", "family")
    driver.click("main")
    assert "Both stay: write in a sentence why it is corrected." in driver.text()
    driver.type_into("why", "she told me where she was")
    driver.click("why_do")
    assert "corrected: she told me where she was" in driver.text()
    assert not driver.can_see("asking-title")


def test_what_is_typed_comes_back_where_it_was_typed(
    qtbot: QtBot, desk: Desk, people: list[Case]
) -> None:
    driver = opened(qtbot, desk)
    driver.press(on(driver, people[0]), Key.Key_O)
    driver.type_into("place", "market")
    kept = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk)
    again.page.restore(kept)  # type: ignore[attr-defined]
    assert title(again).endswith("Dok")
    assert again.page.draft() == kept  # type: ignore[attr-defined]


def test_a_nurse_is_offered_her_reasons_and_nothing_of_the_house(
    qtbot: QtBot, desk: Desk, people: list[Case], shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Mala", Role.NURSE)
    desk.lock()
    nurse = as_somebody(shelter, "Mala", passphrase)
    driver = opened(qtbot, nurse)
    driver.press(on(driver, people[0]), Key.Key_O)
    box = driver.page.asking.open_one.form.editor("reason")  # type: ignore[attr-defined]
    assert [code for code, _words in box.offers()] == ["health", "hospital"]
    assert not driver.can_see("add-recurring")
    driver.page.asking.leave()  # type: ignore[attr-defined]
    nurse.lock()


def test_both_lists_are_printed_and_the_print_is_a_line(desk: Desk, people: list[Case]) -> None:
    desk.leave.go_out([people[0].id], {"reason": "family"})
    for draw in (desk.house_lists.out, desk.house_lists.to_call):
        assert draw("lo", preview=True).startswith(b"%PDF")
        assert draw("en").startswith(b"%PDF")
