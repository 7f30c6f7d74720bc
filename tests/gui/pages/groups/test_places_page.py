"""The page of who asks for a place: how, what became of it, Enter; one key for what follows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.groups.places import PlacesPage
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.services.living.staying import ADULT, lives_here, room_with

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key


def opened(qtbot: QtBot, desk: Desk, about: str = "") -> PageDriver:
    return PageDriver(qtbot, PlacesPage(desk, about))


def listed(driver: PageDriver) -> list[str]:
    return list(rows_of(driver.page.list))  # type: ignore[attr-defined]


def strike(driver: PageDriver, key: Key) -> None:
    table = driver.page.list  # type: ignore[attr-defined]
    table.setFocus()
    driver.press(table, key)


def test_full_house_and_somebody_asks(qtbot: QtBot, desk: Desk) -> None:
    """N, how, what became of it, why, Enter: the free beds stand above."""
    bed = room_with(desk, "1")[0]
    desk.beds.move(lives_here(desk, "Dok", ADULT).id, bed.id)
    driver = opened(qtbot, desk)
    assert "free beds tonight: 0" in driver.text()
    strike(driver, Key.Key_N)
    found = QApplication.focusWidget()
    assert found is not None
    assert found.objectName() == "way"
    driver.choose("way", "telephone")
    driver.choose("outcome", "not_admitted")
    driver.choose("reason", "shelter_full")
    driver.press(driver.part(QWidget, "reason"), Key.Key_Return)
    newest = desk.places.lately()[0]
    assert (newest.way, newest.outcome, newest.reason) == (
        *("telephone", "not_admitted", "shelter_full"),
    )
    assert any("Shelter full" in line for line in listed(driver))
    assert "2 asked, 1 not admitted" in driver.text()


def test_what_became_of_it_and_her_case(qtbot: QtBot, desk: Desk) -> None:
    row = desk.places.note({"way": "telephone", "outcome": "waiting"})
    driver = opened(qtbot, desk, row.id)
    strike(driver, Key.Key_B)
    driver.choose("outcome", "admitted")
    driver.press(driver.part(QWidget, "outcome"), Key.Key_Return)
    assert desk.places.lately()[0].outcome == "admitted"
    with qtbot.waitSignal(driver.page.go) as gone:  # type: ignore[attr-defined]
        strike(driver, Key.Key_O)
    assert gone.args[0] == "admission"
    with qtbot.waitSignal(driver.page.go) as gone:  # type: ignore[attr-defined]
        opened(qtbot, desk, row.id)
        driver.page.refresh()  # type: ignore[attr-defined]
        strike(driver, Key.Key_O)
    assert gone.args == ["case", desk.places.lately()[0].case_id]
