"""The page of incidents: four actions to write one down, one key each for what follows."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.house.visitors import VisitorsPage
from shelterdesk.gui.pages.incident.incidents import NOT_BACK, IncidentsPage
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, lives_here

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key
FELL = {"kind": "injury_accident", "words": "She fell on the stairs."}


@pytest.fixture
def dok(desk: Desk) -> Case:
    return lives_here(desk, "Dok", ADULT)


def opened(qtbot: QtBot, desk: Desk, about: str = "") -> PageDriver:
    return PageDriver(qtbot, IncidentsPage(desk, about))


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def listed(driver: PageDriver) -> list[str]:
    return list(rows_of(driver.page.list))  # type: ignore[attr-defined]


def strike(driver: PageDriver, key: Key) -> None:
    table = driver.page.list  # type: ignore[attr-defined]
    table.setFocus()
    driver.press(table, key)


@pytest.mark.usefixtures("dok")
def test_kind_words_enter(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    assert "Is she safe now? Does she need a doctor?" in driver.text()
    assert "Director" in driver.text()  # whom to call stands beside it
    assert keyboard().objectName() == "kind"
    driver.choose("kind", "injury_accident")
    words = driver.part(QWidget, "words")
    words.setFocus()
    type_keys(words, "She fell on the stairs.")
    driver.press(words, Key.Key_Return)
    [one] = desk.incidents.lately()
    assert (one.kind, one.words) == ("injury_accident", "She fell on the stairs.")
    assert "Injury or accident" in listed(driver)[0]
    assert listed(driver)[0].endswith("new")


def test_shift_enter_is_a_new_line_and_keeps_nothing(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    words = driver.part(QWidget, "words")
    words.setFocus()
    type_keys(words, "one")
    driver.press(words, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_keys(words, "two")
    assert driver.typed("words") == "one\ntwo"
    assert desk.incidents.lately() == []


def test_who_was_in_it_what_was_done_and_why_it_is_open_again(
    qtbot: QtBot, shelter: Shelter, dok: Case
) -> None:
    desk = Desk(shelter.vault)
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    desk.lock()
    hers = Desk(shelter.unlock("Pa", passphrase))
    made = hers.incidents.report(FELL)
    driver = opened(qtbot, hers, made.id)
    strike(driver, Key.Key_P)
    driver.choose("case_id", dok.id)
    driver.choose("part", "hurt")
    driver.click("main")
    strike(driver, Key.Key_S)
    driver.type_into("what", "The nurse has looked at her knee.")
    driver.click("main")
    assert "Dok" in listed(driver)[0]
    assert "Was hurt" in driver.text()
    assert "The nurse has looked at her knee.  (Pa)" in driver.text()
    assert not driver.can_see("review-incident")  # her own
    strike(driver, Key.Key_L)
    assert not driver.can_see("lesson")
    hers.lock()


def test_a_director_looks_at_it_closes_it_and_opens_it_again(
    qtbot: QtBot, shelter: Shelter
) -> None:
    desk = Desk(shelter.vault)
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    name, hers = desk.name, ""
    desk.lock()
    mother = Desk(shelter.unlock("Pa", passphrase))
    hers = mother.incidents.report(FELL).id
    mother.lock()
    director = Desk(shelter.unlock(name))
    driver = opened(qtbot, director, hers)
    strike(driver, Key.Key_L)
    driver.type_into("lesson", "A light on the stairs.")
    driver.click("main")
    assert listed(driver)[0].endswith("looked at")
    strike(driver, Key.Key_C)
    assert listed(driver)[0].endswith("closed")
    driver.click("reopen-incident")
    driver.type_into("why", "She has told more of it today.")
    driver.press(driver.part(QWidget, "why"), Key.Key_Return)
    assert listed(driver)[0].endswith("opened again")
    assert "Opened again: She has told more of it today." in driver.text()
    director.lock()


def test_who_is_not_back_stands_there_already(qtbot: QtBot, desk: Desk, dok: Case) -> None:
    driver = opened(qtbot, desk, NOT_BACK + dok.id)
    assert driver.typed("words") == "She is not back."
    driver.click("main")
    [one] = desk.incidents.lately()
    assert one.kind == "missing"
    assert [who for _row, who in desk.incidents.account(one.id).people] == [dok.shown]


def test_what_is_typed_comes_back(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    words = driver.part(QWidget, "words")
    words.setFocus()
    type_keys(words, "half a sen")
    kept = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk)
    again.page.restore(kept)  # type: ignore[attr-defined]
    assert again.typed("words") == "half a sen"


def test_whoever_was_refused_at_the_door_is_an_incident_by_one_key(
    qtbot: QtBot, desk: Desk, dok: Case
) -> None:
    uncle = desk.records.save(Person(kind="family", given_name_latin="Bounmy"))
    desk.records.save(Relation(person_id=dok.person_id, other_id=uncle.id, safe_to_contact="never"))
    driver = PageDriver(qtbot, VisitorsPage(desk))
    table = driver.page.list  # type: ignore[attr-defined]
    table.setFocus()
    driver.press(table, Key.Key_V)
    driver.type_into("who", "Bounmy")
    driver.choose("kind", "family")
    control = Qt.KeyboardModifier.ControlModifier
    driver.press(keyboard(), Key.Key_Return, control)  # nobody was refused yet
    assert desk.incidents.lately() == []
    driver.click("main")
    driver.press(keyboard(), Key.Key_Return, control)
    QCoreApplication.processEvents()
    [one] = desk.incidents.lately()
    assert (one.kind, one.words) == ("threat_from_outside", "Refused at the door: Bounmy")
    assert driver.went == [("incident", one.id)]
