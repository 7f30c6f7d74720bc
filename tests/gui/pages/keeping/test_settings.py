"""Settings: the whole list of what is written in the clear, its bounds, and its page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import set_zone, zone
from shelterdesk.core.house_settings import DECLARED
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.core.settings import Settings, read_settings, write_settings
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.parts.style.measures import BASE_POINTS
from tests.drivers.window import WindowDriver, when_asked
from tests.factories import PASSPHRASE, add_person, new_shelter
from tests.systems import closed_to_others

DAO = "copper basket morning thread lotus dao"


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")
    dress(qapp)


def test_what_is_written_is_read_again_and_nothing_else_is_written(tmp_path: Path) -> None:
    settings = Settings("lo", 125, 3, (10, 20, 1200, 700), maximized=True)
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings
    [file] = (tmp_path / "settings").iterdir()
    written = {"language", "percent", "minutes", "geometry", "maximized"}
    assert set(json.loads(file.read_text())) == written
    assert closed_to_others(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"minutes": "x", "percent": null, "geometry": [1], "maximized": 1}',
        "9" * 5000,
    ],
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


def change(driver: WindowDriver, name: str, value: str) -> None:
    """Open the form of a setting by the mouse, and type another value."""
    driver.click(f"change-{name}")
    driver.type_into("value", value)


def signed(driver: WindowDriver, passphrase: str = DAO) -> None:
    """Press Save, and let Dao sign when she is asked."""
    QTimer.singleShot(0, lambda: when_asked(driver, "second_sign", passphrase))
    driver.click("main")


def holds(driver: WindowDriver, name: str) -> str:
    label = driver.part(QLabel, f"value-{name}")
    assert isinstance(label, QLabel)
    return label.text()


def test_an_earlier_lock_needs_nobody_and_a_later_one_a_second_person(
    driver: WindowDriver,
) -> None:
    change(driver, "lock_minutes", "2")
    driver.click("main")
    assert (driver.window.idle.minutes, holds(driver, "lock_minutes")) == (2, "2")
    change(driver, "lock_minutes", "15")
    QTimer.singleShot(0, lambda: when_asked(driver, "second_leave"))
    driver.click("main")
    assert (driver.window.idle.minutes, holds(driver, "lock_minutes")) == (2, "2")
    assert "signature of a second person" in driver.text()


def test_a_second_person_signs_with_her_own_passphrase(driver: WindowDriver) -> None:
    seen: list[str] = []

    def wrong_then_right() -> None:
        names = driver.part(QComboBox, "second_name")
        assert isinstance(names, QComboBox)
        seen.extend(names.itemText(place) for place in range(names.count()))
        seen.append(driver.title())
        dialog = driver.top()
        driver.type_into("second_passphrase", PASSPHRASE)
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: "does not fit this name" in driver.text())
        driver.type_into("second_passphrase", DAO)
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: not dialog.isVisible())

    change(driver, "lock_minutes", "15")
    QTimer.singleShot(0, wrong_then_right)
    driver.click("main")
    assert seen == ["Dao", "A setting of the house – Minutes until the lock: 15"]
    assert driver.window.idle.minutes == 15
    assert read_settings(driver.window._data).minutes == 15


def test_what_is_settled_is_shown_with_who_settled_it_and_by_which_law(
    driver: WindowDriver,
) -> None:
    assert holds(driver, "consent_by_law") == "not set"
    change(driver, "consent_by_law", "400")
    driver.click("main")
    assert "Write a whole number from 1 to 365." in driver.text()
    assert "Write which law and article" in driver.text()
    driver.type_into("value", "180")
    driver.type_into("citation", "Law 25, article 12")
    signed(driver)
    assert holds(driver, "consent_by_law") == "180"
    assert "by Noy, with Dao. Goes by: Law 25, article 12." in driver.text()
    assert "Nobody who knows the law has checked this yet." in driver.text()
    change(driver, "consent_by_law", "180")
    driver.type_into("checked_by", "Ms Keo")
    signed(driver)
    assert "Checked by: Ms Keo." in driver.text()
    assert "Nobody who knows the law" not in driver.text()


def test_by_the_keys_alone(driver: WindowDriver) -> None:
    button = driver.part(QPushButton, "change-answer_normal")
    assert "Days until an answer: normal" in button.accessibleName()
    button.setFocus()
    driver.press(Qt.Key.Key_Space)
    field = driver.window.focusWidget()
    assert field.objectName() == "value"
    driver._bot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    driver._bot.keyClicks(field, "21")
    QTimer.singleShot(0, lambda: when_asked(driver, "second_sign", DAO))
    driver.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert holds(driver, "answer_normal") == "21"
    assert driver.window.focusWidget().objectName() == "change-answer_normal"


def test_what_is_chosen_is_chosen_by_its_words(driver: WindowDriver) -> None:
    driver.click("change-zone")
    box = driver.part(QComboBox, "value")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("480"))
    try:
        signed(driver)
        assert holds(driver, "zone").startswith("UTC+8")
        assert zone().utcoffset(None) == timedelta(hours=8)
    finally:
        set_zone(7 * 60)


def test_what_is_typed_is_kept_and_offered_again(driver: WindowDriver) -> None:
    change(driver, "verified_days", "30")
    driver.type_into("citation", "our meeting")
    driver.click("nav_home")
    assert "An unfinished text" in driver.text()
    driver.click("open_text")
    found = [one.text() for one in driver.window.findChildren(QLineEdit, "citation")]
    assert "our meeting" in found
    driver.click("leave")
    driver.click("nav_home")
    assert "An unfinished text" not in driver.text()


def test_a_value_that_was_not_changed_asks_nobody(driver: WindowDriver) -> None:
    driver.click("change-review_days")
    driver.click("main")
    assert "As usual; nobody has changed it." in driver.text()
    assert not driver.can_see("main")


def test_who_may_not_change_a_setting_reads_it(qtbot: QtBot, tmp_path: Path) -> None:
    shelter = new_shelter(tmp_path / "data")
    passphrase = add_person(shelter.vault, "Mali", Role.NURSE)
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, tmp_path / "data")
    driver.part(QComboBox, "name").setCurrentText("Mali")  # type: ignore[attr-defined]
    driver.unlock(passphrase)
    driver.click("nav_settings")
    for name in DECLARED:
        assert holds(driver, name)
        assert not driver.can_see(f"change-{name}")
    assert not driver.can_see("to_letterheads")
    assert holds(driver, "lock_minutes") == "5"
