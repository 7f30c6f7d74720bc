"""Where nobody else can sign: announced, shown to all, stopped or done a day later."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from shelterdesk.core.settings import read_settings, write_settings
from shelterdesk.services.access.announcements import Announced, keep
from shelterdesk.services.desk import Desk
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, new_shelter
from tests.services.settling import lock_for_what

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    """The window of a director who is the only one to open the records."""
    shelter = new_shelter(tmp_path / "data")
    shelter.vault.lock()
    shelter.place.close()
    return WindowDriver(qtbot, tmp_path / "data")


def desk_of(driver: WindowDriver) -> Desk:
    assert driver.window.room is not None
    return driver.window.room.desk


def want(driver: WindowDriver, minutes: int) -> None:
    driver.click("nav_settings")
    driver.click("change-lock_minutes")
    driver.type_into("value", str(minutes))


def test_it_is_announced_shown_and_stopped(driver: WindowDriver) -> None:
    driver.unlock(PASSPHRASE)
    want(driver, 15)
    said: list[str] = []

    def announce() -> None:
        driver.click("second_wait")
        said.append(driver.text())
        driver.click("second_leave")

    QTimer.singleShot(0, announce)
    driver.click("main")
    assert "Announced. It can be done from" in said[0]
    assert driver.window.idle.minutes == 5
    driver.click("nav_home")
    assert (
        "Noy has announced: Change a setting of the house: Minutes until the lock." in driver.text()
    )
    driver.click("stop_waiting")
    assert "has announced" not in driver.text()
    assert desk_of(driver).waiting.all() == []


def test_a_day_later_nobody_is_asked_any_more(driver: WindowDriver) -> None:
    driver.unlock(PASSPHRASE)
    desk = desk_of(driver)
    yesterday = desk.now() - timedelta(hours=25)
    with desk._vault.database.writing() as session:
        keep(session, Announced(lock_for_what(desk, 15).written, desk.seat.holder_id, yesterday))
    want(driver, 15)
    driver.click("main")
    assert driver.window.idle.minutes == 15
    assert read_settings(driver.window._data).minutes == 15
    driver.click("lock")
    driver.unlock(PASSPHRASE)
    assert driver.window.idle.minutes == 15


def test_a_file_edited_by_hand_makes_the_lock_earlier_and_never_later(
    driver: WindowDriver, qtbot: QtBot, tmp_path: Path
) -> None:
    assert driver.window.idle.minutes == 5
    driver.window.close()
    for written, holds in ((15, 5), (3, 3)):
        settings = read_settings(tmp_path / "data")
        write_settings(tmp_path / "data", replace(settings, minutes=written))
        again = WindowDriver(qtbot, tmp_path / "data")
        again.unlock(PASSPHRASE)
        assert again.window.idle.minutes == holds
        again.window.close()
