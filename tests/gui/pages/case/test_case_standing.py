"""A case as a whole, from its head: who works on it, closed, opened again, taken by somebody."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.core.shown import day
from shelterdesk.gui.pages.case.admission import AdmissionPage
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import Shelter, add_person

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def case(desk: Desk) -> Case:
    """A girl who has lived in the house for two weeks."""
    stay = {"bed": "B2", "admitted_at": desk.now() - timedelta(days=14)}
    return desk.cases.admit({"case": {"alias": "Champa"}, "stay": stay})


def opened(qtbot: QtBot, desk: Desk, case: Case) -> PageDriver:
    """Show the page of a case."""
    return PageDriver(qtbot, CasePage(desk, case.id))


def test_a_case_is_closed_with_a_reason_and_only_read_from_then_on(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case)
    driver.do_with_case("close-case")
    assert "She still lives in the house" in driver.text()
    driver.click("keep-step")
    assert "Choose why the case is closed" in driver.text()
    driver.choose("closing_reason", "goals_met_agreed")
    driver.click("keep-step")
    assert "Write down when she left" in driver.text()
    assert desk.cases.get(case.id).closed_on is None
    driver.type_into("left_at", "2/11/2026")
    driver.type_into("left_at_time", "08:00")
    driver.choose("exit_type", "returned_to_family")
    driver.click("keep-step")
    assert driver.went == [("case", case.id)]
    closed = desk.cases.get(case.id)
    [stay] = desk.residence.stays_of(case)
    assert (stay.state, stay.exit_type) == ("exited", "returned_to_family")
    assert desk.residence.in_house() == []
    assert (closed.closing_reason, closed.closed_on) == ("goals_met_agreed", desk.today())
    again = opened(qtbot, desk, case)
    assert "Goals reached, agreed together" in again.text()
    assert not again.can_do_with_case("close-case")
    assert not again.can_do_with_case("workers")


def test_she_cannot_have_left_tomorrow(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = opened(qtbot, desk, case)
    driver.do_with_case("close-case")
    driver.choose("closing_reason", "died")
    driver.type_into("left_at", "31/12/2026")
    driver.type_into("left_at_time", "08:00")
    driver.choose("exit_type", "died")
    driver.click("keep-step")
    assert "not come yet" in driver.text()
    assert desk.cases.get(case.id).closed_on is None
    assert [resident.alias for resident in desk.residence.in_house()] == ["Champa"]


@pytest.mark.parametrize("step", ["close-case", "leave-house"])
def test_that_she_cannot_have_left_before_she_came_stands_beside_the_day(
    qtbot: QtBot, desk: Desk, case: Case, step: str
) -> None:
    driver = opened(qtbot, desk, case)
    driver.do_with_case(step)
    if step == "close-case":
        driver.choose("closing_reason", "goals_met_agreed")
    driver.type_into("left_at", "2/10/2026")
    driver.type_into("left_at_time", "08:00")
    driver.choose("exit_type", "returned_to_family")
    driver.click("keep-step")
    assert "This lies before what it ends" in driver.text()
    assert len(desk.residence.in_house()) == 1
    assert desk.cases.get(case.id).closed_on is None


def test_a_closing_before_the_opening_is_said_below_the_fields(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali", "opened_on": desk.today()}})
    driver = opened(qtbot, desk, case)
    driver.do_with_case("close-case")
    driver.choose("closing_reason", "goals_met_agreed")
    driver.type_into("closed_on", "2/10/2026")
    driver.click("keep-step")
    assert "This lies before what it ends" in driver.text()
    assert desk.cases.get(case.id).closed_on is None


def test_what_is_typed_in_a_step_comes_back_with_the_step(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    first = opened(qtbot, desk, case)
    first.do_with_case("close-case")
    first.choose("closing_reason", "died")
    first.type_into("destination", "with her aunt")
    kept = first.page.draft()  # type: ignore[attr-defined]
    second = opened(qtbot, desk, case)
    second.page.restore(kept)  # type: ignore[attr-defined]
    QCoreApplication.processEvents()
    assert second.typed("destination") == "with her aunt"
    assert second.part(QComboBox, "closing_reason").currentData() == "died"
    assert second.page.draft() == kept  # type: ignore[attr-defined]


@pytest.mark.parametrize("step", ["workers", "leave-house", "close-case"])
@pytest.mark.parametrize("language", ["en", "lo"])
def test_every_part_of_a_step_has_its_room_with_large_letters(
    qtbot: QtBot, qapp: QApplication, desk: Desk, case: Case, step: str, language: str
) -> None:
    use_language(language)
    dress(qapp, 150)
    driver = opened(qtbot, desk, case)
    driver.page.resize(1000, 540)
    made = driver.page.findChild(QAbstractButton, step)
    assert made is not None
    made.click()  # by its key: with letters this large it lies behind the dots
    opened_step = driver.page.step  # type: ignore[attr-defined]
    QCoreApplication.processEvents()
    for part in opened_step.findChildren(QWidget):
        if part.isVisible() and isinstance(part, QAbstractButton | QComboBox | QLineEdit):
            assert part.height() >= part.minimumSizeHint().height(), part.objectName()
    warning = opened_step.findChildren(QLabel, "warning")
    assert all(line.height() >= line.heightForWidth(line.width()) for line in warning)
    dress(qapp)


def test_a_closed_case_offers_nothing_to_save(qtbot: QtBot, desk: Desk, case: Case) -> None:
    desk.cases.close(desk.cases.get(case.id), "died", left={"exit_type": "died"})
    driver = opened(qtbot, desk, case)
    for name in ("main", "admission", "note", "add-task", "change-person"):
        assert not driver.can_see(name)
    assert not driver.can_see("best_language")
    intake = PageDriver(qtbot, AdmissionPage(desk, case.id))
    assert not intake.can_see("main")
    assert intake.part(QLineEdit, "alias").isReadOnly()


def test_a_case_is_not_closed_tomorrow(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = opened(qtbot, desk, case)
    driver.do_with_case("close-case")
    driver.choose("closing_reason", "goals_met_agreed")
    driver.type_into("closed_on", "31/12/2026")
    driver.click("keep-step")
    assert "still to come" in driver.text()
    assert desk.cases.get(case.id).closed_on is None


def test_a_closed_case_is_opened_again_with_the_reason_by_keys(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    desk.cases.close(desk.cases.get(case.id), "died", left={"exit_type": "died"})
    driver = opened(qtbot, desk, case)
    driver.press(driver.page, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: driver.can_see("keep-step"))  # the button is seen going down first
    driver.click("keep-step")
    assert "why the case is opened again" in driver.text()
    driver.type_into("reopen_why", "It was another girl")
    driver.press(driver.page.step.why, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert desk.cases.get(case.id).closed_on is None
    assert [note.text for note in desk.cases.notes_of(case)] == ["It was another girl"]


def test_a_director_says_who_works_on_a_case(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case
) -> None:
    for name, role in (("Dao", Role.COUNSELLOR), ("Vong", Role.LEGAL_OFFICER)):
        add_person(shelter.vault, name, role)
    seat_all(shelter.vault)
    staff = {name: staff_id for staff_id, name in desk.staff.choices()}
    driver = opened(qtbot, desk, case)
    driver.do_with_case("workers")
    driver.choose("owner", staff["Dao"])
    driver.choose("legal_officer", staff["Vong"])
    driver.click("keep-step")
    stored = desk.cases.get(case.id)
    assert (stored.owner_id, stored.legal_officer_id) == (staff["Dao"], staff["Vong"])
    assert stored.second_worker_id is None


def test_a_counsellor_takes_a_case_that_is_nobodys(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    seat_all(shelter.vault)
    desk.cases.assign(desk.cases.get(case.id), owner_id=None)
    dao = as_somebody(shelter, "Dao", passphrase)
    driver = opened(qtbot, dao, case)
    assert not driver.can_see("close-case")
    driver.click("take")
    me = dao.staff.me()
    assert me is not None
    assert dao.cases.get(case.id).owner_id == me.id


def test_who_keeps_house_may_neither_close_nor_assign(
    qtbot: QtBot, shelter: Shelter, case: Case
) -> None:
    passphrase = add_person(shelter.vault, "Keo", Role.HOUSE_MOTHER)
    driver = opened(qtbot, as_somebody(shelter, "Keo", passphrase), case)
    for step in ("workers", "take", "close-case", "reopen-case"):
        assert not driver.can_do_with_case(step)


@pytest.mark.parametrize("step", ["workers", "leave-house", "close-case"])
def test_a_step_is_left_without_a_trace_and_has_names(
    qtbot: QtBot, desk: Desk, case: Case, step: str
) -> None:
    driver = opened(qtbot, desk, case)
    driver.do_with_case(step)
    assert driver.nameless() == []
    driver.click("leave-step")
    assert not driver.can_see("leave-step")
    assert desk.cases.get(case.id).closed_on is None


def test_she_leaves_the_house_and_her_case_goes_on(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = opened(qtbot, desk, case)
    driver.do_with_case("leave-house")
    driver.click("keep-step")
    assert "Write down when she left" in driver.text()
    assert len(desk.residence.in_house()) == 1
    driver.type_into("left_at", "2/11/2026")
    driver.type_into("left_at_time", "08:00")
    driver.choose("exit_type", "returned_to_family")
    driver.type_into("destination", "with her aunt")
    driver.click("keep-step")
    assert driver.went == [("case", case.id)]
    assert desk.residence.in_house() == []
    assert desk.cases.get(case.id).closed_on is None
    [stay] = desk.residence.stays_of(case)
    sealed = desk.records.open_sealed(stay, "destination")
    assert sealed is not None
    assert sealed.value == "with her aunt"
    assert not opened(qtbot, desk, case).can_see("leave-house")


@pytest.mark.parametrize("step", ["close-case", "leave-house"])
def test_what_becomes_of_her_child_is_asked_before_she_leaves(
    qtbot: QtBot, desk: Desk, case: Case, step: str
) -> None:
    child = desk.cases.open_case("Noy")
    desk.residence.admit(child)
    desk.records.change(desk.cases.get(child.id), {"with_case_id": case.id})
    driver = opened(qtbot, desk, case)
    driver.do_with_case(step)
    if step == "close-case":
        driver.choose("closing_reason", "goals_met_agreed")
    now = desk.now()
    driver.type_into("left_at", day(house_day(now)))
    driver.type_into("left_at_time", wall_time(now))
    driver.choose("exit_type", "returned_to_family")
    driver.click("keep-step")
    name = child.shown
    told = f"Her child {name} lives here too: goes with her, or stays (a director signs)."
    assert told in driver.text()
    assert len(desk.residence.in_house()) == 2
    driver.choose(f"child-{child.id}", "stays")
    driver.click("keep-step")
    assert "write in a sentence why" in driver.text()
    driver.type_into("why-stays", "her aunt comes for the child on Friday")
    driver.click("keep-step")
    assert [one.alias for one in desk.residence.in_house()] == ["Noy"]
