"""Settings: the whole list of what is written in the clear, its bounds, and its page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.core.settings import Settings, read_settings, write_settings
from shelterdesk.gui.parts.style import BASE_POINTS, dress
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, add_person, new_shelter


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")
    dress(qapp)


def test_what_is_written_is_read_again_and_nothing_else_is_written(tmp_path: Path) -> None:
    settings = Settings("lo", 125, 3, (10, 20, 1200, 700))
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings
    [file] = (tmp_path / "settings").iterdir()
    assert set(json.loads(file.read_text())) == {"language", "percent", "minutes", "geometry"}
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"minutes": "x", "percent": null, "geometry": [1]}', "9" * 5000]
)
def test_what_makes_no_sense_is_as_usual(tmp_path: Path, text: str) -> None:
    write_settings(tmp_path, Settings())
    (tmp_path / "settings" / "window.json").write_text(text)
    assert read_settings(tmp_path) == Settings()


@pytest.mark.parametrize(("wanted", "kept"), [(0, 1), (-3, 1), (7, 7), (600, 15)])
def test_the_lock_cannot_be_switched_off_by_hand(tmp_path: Path, wanted: int, kept: int) -> None:
    write_settings(tmp_path, replace(Settings(), minutes=wanted))
    assert read_settings(tmp_path).minutes == kept


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao")
    shelter.vault.lock()
    shelter.place.close()
    made = WindowDriver(qtbot, tmp_path / "data")
    made.unlock(PASSPHRASE)
    made.click("nav_settings")
    return made


def test_letters_grow_at_once_and_are_remembered(driver: WindowDriver, qapp: QApplication) -> None:
    letters = driver.part(QComboBox, "size")
    assert isinstance(letters, QComboBox)
    letters.setCurrentIndex(2)
    assert qapp.font().pointSizeF() == pytest.approx(BASE_POINTS * 1.5)
    assert read_settings(driver.window._data).percent == 150
    assert driver.title() == "Settings"


def test_an_earlier_lock_needs_nobody_and_a_later_one_a_second_person(
    driver: WindowDriver,
) -> None:
    minutes = driver.part(QSpinBox, "minutes")
    assert isinstance(minutes, QSpinBox)
    minutes.setValue(2)
    driver.click("keep_minutes")
    assert driver.window.idle.minutes == 2
    minutes = driver.part(QSpinBox, "minutes")
    assert isinstance(minutes, QSpinBox)
    minutes.setValue(15)
    QTimer.singleShot(0, lambda: driver.click("second_leave"))
    driver.click("keep_minutes")
    assert driver.window.idle.minutes == 2
    assert "stays as it was" in driver.text()


def test_a_second_person_signs_with_her_own_passphrase(driver: WindowDriver) -> None:
    seen: list[str] = []

    def wrong_then_right() -> None:
        names = driver.part(QComboBox, "second_name")
        assert isinstance(names, QComboBox)
        seen.extend(names.itemText(place) for place in range(names.count()))
        dialog = driver.top()
        driver.type_into("second_passphrase", PASSPHRASE)
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: "does not fit this name" in driver.text())
        driver.type_into("second_passphrase", "copper basket morning thread lotus dao")
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: not dialog.isVisible())

    minutes = driver.part(QSpinBox, "minutes")
    assert isinstance(minutes, QSpinBox)
    minutes.setValue(15)
    QTimer.singleShot(0, wrong_then_right)
    driver.click("keep_minutes")
    assert seen == ["Dao"]
    assert driver.window.idle.minutes == 15
    assert read_settings(driver.window._data).minutes == 15


def test_who_may_not_change_the_minutes_reads_them_as_text(qtbot: QtBot, tmp_path: Path) -> None:
    shelter = new_shelter(tmp_path / "data")
    passphrase = add_person(shelter.vault, "Mali", Role.NURSE)
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.part(QComboBox, "name").setCurrentText("Mali")  # type: ignore[attr-defined]
    driver.unlock(passphrase)
    driver.click("nav_settings")
    assert not driver.can_see("minutes")
    told = driver.part(QLabel, "minutes_told")
    assert isinstance(told, QLabel)
    assert told.text() == "5"
