"""Who vouches for the keyring, in the window: banners, the upgrade, the four words, two people."""

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.services.demo.staff import who_opens_it
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE
from tests.drivers.tables import rows_of
from tests.drivers.window import WindowDriver, when_asked
from tests.factories import CHEAP, OTHER_PASSPHRASE, PASSPHRASE, Shelter, add_person, new_shelter
from tests.files.make_shelter_1 import FILE as SHELTER_1
from tests.files.make_shelter_1 import PAGES

pytestmark = pytest.mark.usefixtures("in_english")

PEOPLE = who_opens_it()
OWN = "marble window tunnel pepper island"


# -- two people -----------------------------------------------------------------------------------


@pytest.fixture
def shelter(tmp_path: Path) -> Shelter:
    """A house with a second person who has a passphrase of her own; locked."""
    made = new_shelter(tmp_path / "data")
    given = add_person(made.vault, "Dao", Role.COUNSELLOR)
    made.vault.lock()
    keyholding.change_passphrase(made.unlock("Dao", given), given, OWN, CHEAP)
    made.vault.lock()
    made.place.close()
    return made


@pytest.fixture
def driver(qtbot: QtBot, shelter: Shelter) -> WindowDriver:
    made = WindowDriver(qtbot, shelter.place.root)
    made.unlock(PASSPHRASE)
    made.click("nav_staff")
    return made


def names(driver: WindowDriver) -> list[str]:
    """Return how the page lists the staff."""
    return rows_of(driver.part(RecordTable, "members"))


def fill_in_keo(driver: WindowDriver) -> None:
    """Fill in the form for somebody new."""
    driver.click("add_person")
    driver.type_into("new_name", "Keo")
    driver.type_into("new_passphrase", OTHER_PASSPHRASE)
    driver.type_into("new_again", OTHER_PASSPHRASE)
    role = driver.part(QCheckBox, "role_nurse")
    assert isinstance(role, QCheckBox)
    role.click()


@pytest.mark.parametrize(
    ("pressed", "told", "is_let_in"),
    [("second_sign", False, True), ("second_alone", True, True), ("second_leave", False, False)],
)
def test_somebody_is_let_in_by_two_or_told_of_for_seven_days(
    driver: WindowDriver, pressed: str, *, told: bool, is_let_in: bool
) -> None:
    fill_in_keo(driver)
    QTimer.singleShot(0, lambda: when_asked(driver, pressed, OWN))
    driver.click("main")
    driver._bot.waitUntil(lambda: any("Keo" in line for line in names(driver)) == is_let_in)
    driver.click("nav_home")
    assert ("somebody was let in (Keo)" in driver.text()) == told


def test_what_went_wrong_is_seen_where_there_is_little_room(driver: WindowDriver) -> None:
    driver.window.resize(1000, 480)
    place = driver.window.workplace
    assert place is not None
    driver.click("to_travel")
    driver.type_into("travel_new", "too short")
    bring_into_view(driver.part(QPushButton, "set_travel"))
    assert place.page.problem.visibleRegion().isEmpty()
    driver.click("set_travel")
    assert place.page.problem.text()
    driver._bot.waitUntil(lambda: not place.page.problem.visibleRegion().isEmpty())


def test_a_passphrase_of_her_own_is_asked_for_on_the_first_page(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = new_shelter(tmp_path / "data")
    given = add_person(made.vault, "Alin", Role.COUNSELLOR)
    made.vault.lock()
    made.place.close()
    driver = WindowDriver(qtbot, tmp_path / "data")
    box = driver.part(QComboBox, "name")
    assert isinstance(box, QComboBox)
    box.setCurrentText("Alin")
    driver.unlock(given)
    assert "Choose a new one here" in driver.text()
    driver.click("to_staff")
    driver.click("to_own")
    driver.type_into("old", given)
    driver.type_into("new", OWN)
    driver.type_into("again", OWN)
    driver.click("change_own")
    driver.click("nav_home")
    assert "Choose a new one here" not in driver.text()


def test_what_was_found_stands_in_red_on_the_first_page(qtbot: QtBot, shelter: Shelter) -> None:
    folder = shelter.place.root / "vault-0001"
    before = {name: (folder / name).read_bytes() for name in (FILE, SECOND_FILE)}
    shelter.place.open()
    add_person(shelter.unlock(), "Keo", Role.NURSE)
    shelter.vault.lock()
    shelter.place.close()
    for name, content in before.items():
        (folder / name).write_bytes(content)
    (shelter.place.root / "seen.json").unlink()
    driver = WindowDriver(qtbot, shelter.place.root)
    driver.unlock(PASSPHRASE)
    assert "Until two recovery pages settle it" in driver.text()
    driver.click("to_keyring")
    assert driver.title() == "Who vouches for the keyring"
    for box, page in (("first", 0), ("second", 2)):
        driver.type_into(box, " ".join(shelter.pages.pages[page]))
    driver.click("main")
    assert "Until two recovery pages settle it" not in driver.text()
    assert "did not fit what Noy has seen" in driver.text()


# -- from format 1 to 2 ---------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A house of format 1."""
    with zipfile.ZipFile(SHELTER_1) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "data" / "ballast").touch(mode=0o600)
    return tmp_path


def enter(driver: WindowDriver, number: int) -> None:
    """Unlock as one of the people of the old house."""
    name, passphrase = PEOPLE[number]
    box = driver.part(QComboBox, "name")
    assert isinstance(box, QComboBox)
    box.setCurrentText(name)
    driver.unlock(passphrase)


def test_the_window_brings_an_old_keyring_up_to_date(qtbot: QtBot, old: Path) -> None:
    pages = json.loads((old / PAGES).read_text())
    driver = WindowDriver(qtbot, old / "data")
    enter(driver, 0)
    assert "The keyring is of an older kind" in driver.text()
    driver.click("to_keyring")
    for box, page in (("first", 0), ("second", 1)):
        driver.type_into(box, " ".join(pages[page]))
    second = driver.part(QComboBox, "second_name")
    assert isinstance(second, QComboBox)
    second.setCurrentText(PEOPLE[1][0])
    driver.type_into("second_passphrase", PEOPLE[1][1])
    driver.click("main")
    assert "Write these four words on all three recovery pages" in driver.text()
    assert not driver.can_see("first")
    words = driver.text().split("by hand:\n")[1].split("\n")[0]
    assert len(words.split()) == 4
    driver.click("later")
    assert "older kind" not in driver.text()
    driver.click("lock")
    enter(driver, 2)
    assert "Compare the four words" in driver.text()
    driver.click("to_keyring")
    driver.type_into("four_words", "academic acid acne acquire")
    driver.click("main")
    assert "not the four words of these records" in driver.text()
    driver.type_into("four_words", words)
    driver.click("main")
    assert "Compare the four words" not in driver.text()
    driver.click("nav_staff")
    driver.click("to_keyring")
    assert words in driver.text().split("\n")
