"""Staff and access: taken on, forgotten passphrase, own passphrase, access ended by two people."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.record_table import RecordTable
from tests.drivers.tables import choose_row, rows_of
from tests.drivers.window import WindowDriver, when_asked
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, add_person, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao", Role.NURSE)
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


@pytest.fixture
def driver(qtbot: QtBot, data: Path) -> WindowDriver:
    made = WindowDriver(qtbot, data)
    made.unlock(PASSPHRASE)
    made.click("nav_staff")
    return made


def listed(driver: WindowDriver) -> list[str]:
    return rows_of(driver.part(RecordTable, "members"))


def named(driver: WindowDriver) -> dict[str, str]:
    """Return for each name in the list what she is."""
    return dict(row.split(" | ")[:2] for row in listed(driver))


def choose(driver: WindowDriver, name: str) -> None:
    choose_row(driver.part(RecordTable, "members"), name)


def test_the_list_says_in_words_who_is_what(driver: WindowDriver) -> None:
    assert listed(driver) == [
        "Dao | nurse | 3/11/2026 | not her own yet",
        "Noy | director | 3/11/2026 | her own",
    ]


def test_somebody_is_taken_on(driver: WindowDriver) -> None:
    driver.click("add_person")
    driver.type_into("new_name", "Bounmy")
    driver.type_into("new_passphrase", OTHER_PASSPHRASE)
    driver.type_into("new_again", OTHER_PASSPHRASE)
    driver.click("main")
    assert "choose at least one role" in driver.text()
    role = driver.part(QCheckBox, "role_counsellor")
    assert isinstance(role, QCheckBox)
    role.click()
    driver.press_enter("new_again")
    assert "Bounmy can open the records now." in driver.text()
    assert named(driver)["Bounmy"] == "counsellor"
    members = driver.part(RecordTable, "members")
    assert isinstance(members, RecordTable)
    assert str(members.currentIndex().siblingAtColumn(0).data()) == "Bounmy"


def test_a_forgotten_passphrase_is_replaced_and_shown_once(driver: WindowDriver) -> None:
    choose(driver, "Dao")
    QTimer.singleShot(0, lambda: when_asked(driver, "second_leave"))
    driver.click("reset")
    assert "New passphrase for Dao" not in driver.text()
    QTimer.singleShot(0, lambda: when_asked(driver, "second_alone"))
    driver.click("reset")
    told = driver.text()
    assert "New passphrase for Dao" in told
    words = told.split("shown this once: ")[1].split(" – ")[0]
    driver.click("lock")
    names = driver.part(QComboBox, "name")
    assert isinstance(names, QComboBox)
    names.setCurrentText("Dao")
    driver.unlock(words)
    assert driver.can_see("nav_home")
    assert not driver.can_see("nav_backup")


def test_nobody_resets_or_ends_herself(driver: WindowDriver) -> None:
    choose(driver, "Noy")
    for name in ("reset", "end"):
        assert not driver.part(QAbstractButton, name).isEnabled()


def test_access_is_ended_by_two_people(driver: WindowDriver) -> None:
    choose(driver, "Dao")
    QTimer.singleShot(0, lambda: driver.click("second_leave"))
    driver.click("end")
    assert named(driver)["Dao"] == "nurse"

    def sign() -> None:
        dialog = driver.top()
        driver.type_into("second_passphrase", f"{OTHER_PASSPHRASE} dao")
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: not dialog.isVisible())

    QTimer.singleShot(0, sign)
    driver.click("end")
    assert "Dao cannot open the records any more" in driver.text()
    assert named(driver) == {"Noy": "director"}


def test_ones_own_passphrase_is_changed(driver: WindowDriver) -> None:
    driver.click("to_own")
    driver.type_into("old", "not the passphrase at all")
    driver.type_into("new", OTHER_PASSPHRASE)
    driver.type_into("again", OTHER_PASSPHRASE)
    driver.click("change_own")
    assert "does not fit this name" in driver.text()
    driver.type_into("old", PASSPHRASE)
    driver.press_enter("again")
    assert "Your passphrase was changed." in driver.text()
    driver.click("lock")
    driver.unlock(OTHER_PASSPHRASE)
    assert driver.can_see("nav_staff")


def tick(driver: WindowDriver, name: str) -> None:
    box = driver.part(QCheckBox, name)
    assert isinstance(box, QCheckBox)
    box.click()


def test_other_roles_are_given_by_two_people(driver: WindowDriver) -> None:
    choose(driver, "Dao")
    driver.click("roles")
    for name in ("other_role_nurse", "other_role_data_officer"):
        tick(driver, name)
    QTimer.singleShot(0, lambda: driver.click("second_leave"))
    driver.click("keep_roles")
    assert named(driver)["Dao"] == "nurse"

    def sign() -> None:
        dialog = driver.top()
        driver.type_into("second_passphrase", f"{OTHER_PASSPHRASE} dao")
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: not dialog.isVisible())

    QTimer.singleShot(0, sign)
    driver.click("keep_roles")
    assert named(driver)["Dao"] == "data officer"
    assert "Renew the keys" in driver.text()


def test_nobody_is_left_without_a_role(driver: WindowDriver) -> None:
    choose(driver, "Dao")
    driver.click("roles")
    tick(driver, "other_role_nurse")
    driver.click("keep_roles")
    assert "at least one role" in driver.text()
    assert named(driver)["Dao"] == "nurse"


def test_new_keys_open_with_the_same_passphrases(driver: WindowDriver) -> None:
    QTimer.singleShot(0, lambda: when_asked(driver, "second_leave"))
    driver.click("renew")
    driver.wait()
    assert "The keys are new." not in driver.text()
    QTimer.singleShot(0, lambda: when_asked(driver, "second_alone"))
    driver.click("renew")
    driver.wait()
    assert "The keys are new." in driver.text()
    driver.click("lock")
    driver.unlock(PASSPHRASE)
    assert driver.can_see("nav_staff")


def test_every_card_of_the_page_is_drawn_as_one(driver: WindowDriver) -> None:
    cards = [card for card in driver.window.findChildren(QWidget) if card.objectName() == "card"]
    assert len(cards) > 3
    styled = Qt.WidgetAttribute.WA_StyledBackground
    assert [type(c) for c in cards if type(c) is not QWidget and not c.testAttribute(styled)] == []


FORMS = {
    "add_person": "new_name",
    "to_own": "old",
    "to_travel": "travel_new",
    "roles": "keep_roles",
}


def passphrases(driver: WindowDriver) -> int:
    hidden = QLineEdit.EchoMode.Password
    lines = driver.window.findChildren(QLineEdit)
    return sum(line.isVisible() and line.echoMode() == hidden for line in lines)


@pytest.mark.parametrize("pressed", FORMS)
def test_a_form_opens_alone_in_view_and_with_the_keyboard_in_it(
    driver: WindowDriver, qtbot: QtBot, pressed: str
) -> None:
    driver.window.resize(1024, 600)
    assert passphrases(driver) == 0
    choose(driver, "Dao")
    always = seen_cards(driver)
    for before in FORMS:
        if before != pressed:
            driver.click(before)
            break
    driver.click(pressed)
    here = driver.window.focusWidget()
    assert here is not None
    card = driver.part(QWidget, FORMS[pressed]).parentWidget()
    while card is not None and card.objectName() != "card":
        card = card.parentWidget()
    assert card is not None
    assert card.isAncestorOf(here)
    qtbot.waitUntil(lambda: not here.visibleRegion().isEmpty())
    assert [one for one in seen_cards(driver) if one not in always] == [card]
    driver.click(pressed)
    assert not card.isVisible() or pressed == "roles"


def seen_cards(driver: WindowDriver) -> list[QWidget]:
    return [w for w in driver.window.findChildren(QWidget, "card") if w.isVisible()]


def test_what_is_typed_can_be_shown(driver: WindowDriver) -> None:
    driver.click("to_own")
    assert passphrases(driver) == 3
    box = driver.part(QCheckBox, "show_typed")
    assert isinstance(box, QCheckBox)
    box.click()
    assert passphrases(driver) == 0
    box.click()
    assert passphrases(driver) == 3
