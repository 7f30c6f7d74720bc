"""The first half hour: recovery pages, a second person, and what is shown until both are done."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.drivers.window import WindowDriver, when_asked
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")


def a_desk(qtbot: QtBot, data: Path, *, finished: bool) -> WindowDriver:
    shelter = new_shelter(data, finished=finished)
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, data)
    driver.unlock(PASSPHRASE)
    return driver


def test_a_deputy_types_her_own_passphrase_and_can_open_the_records(
    qtbot: QtBot, tmp_path: Path
) -> None:
    driver = a_desk(qtbot, tmp_path / "data", finished=True)
    driver.click("to_deputy")
    driver.click("main")
    assert "Please type her name." in driver.text()
    driver.type_into("new_name", "Dao")
    driver.type_into("new_passphrase", OTHER_PASSPHRASE)
    driver.type_into("new_again", OTHER_PASSPHRASE + "x")
    driver.click("main")
    assert "not the same" in driver.text()
    driver.type_into("new_again", OTHER_PASSPHRASE)
    driver.click("main")
    assert not driver.can_see("to_deputy")
    room = driver.window.room
    assert room is not None
    assert [person.name for person in room.desk.keyholders.listed()] == ["Noy", "Dao"]


def test_lost_pages_are_drawn_anew_and_typed_back(qtbot: QtBot, tmp_path: Path) -> None:
    driver = a_desk(qtbot, tmp_path / "data", finished=False)
    driver.click("to_paper")
    before = driver.title()
    QTimer.singleShot(0, lambda: when_asked(driver, "second_leave"))
    driver.click("draw")
    assert driver.title() == before
    QTimer.singleShot(0, lambda: when_asked(driver, "second_alone"))
    driver.click("draw")
    assert driver.title() != before
    room = driver.window.room
    assert room is not None
    told = [notice.in_words() for notice in room.desk.vouching.notices()]
    assert any("new recovery pages were drawn. If" in words for words in told)
    assert room.pages is not None
    first, second, _third = room.pages.pages
    driver.type_into("first", " ".join(first))
    driver.type_into("second", " ".join(second))
    driver.click("main")
    assert driver.window.room is not None
    assert driver.window.room.pages is None
    assert driver.window.room.desk.setup_finished
    assert not driver.can_see("to_paper")
