"""The main job without a mouse, and how many actions each journey of a counsellor takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.desk import Desk
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, add_person, new_shelter
from tests.stories.keyboard import Keyboard, NoMouse

MOST: Final = {
    "admit": 4,
    "who she is": 5,
    "note": 3,
    "task": 4,
    "consent": 9,
    "refer": 9,
    "slip": 6,
    "backup": 3,
}
"""The most actions that a journey may take (design: product, the journeys). A bound that is passed
is a page that became slower for a hand, whatever it is for a computer."""

NAME, FAMILY = "ຈັນດາ", "ແສງສີ"


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def words(tmp_path: Path) -> str:
    """Make a shelter with a counsellor, a legal aid office and a letterhead; her passphrase."""
    shelter = new_shelter(tmp_path / "data")
    given = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    desk = Desk(shelter.vault)
    office = desk.records.save(
        Organisation(name="ຫ້ອງການກົດໝາຍ", name_latin="Legal aid office", target="legal_aid_moj")
    )
    desk.organisations.save_offer(
        ServiceOffer(organisation_id=office.id, service="legal_information")
    )
    desk.organisations.verify(desk.records.get(Organisation, office.id))
    head = {"name": "ຫ້ອງການ ສາຍທາງ", "name_latin": "Saithang office", "phone": "021 555 000"}
    desk.letters.set_letterhead("neutral", {**head, "address": "Box 12, Vientiane"})
    shelter.vault.lock()
    shelter.place.close()
    return given


@pytest.fixture
def keys(qtbot: QtBot, tmp_path: Path, words: str) -> Keyboard:
    """The counsellor at the keys, before her first page."""
    assert words
    return Keyboard(WindowDriver(qtbot, tmp_path / "data"))


def sit_down(keys: Keyboard, name: str, passphrase: str) -> None:
    """Choose a name at the door by its first letter, type the passphrase, press Enter."""
    keys.to("name")
    keys.type(name[0].lower())
    keys.fill("passphrase", passphrase)
    keys.press("Return")


def admit(keys: Keyboard) -> None:
    """Take down at the door what is known: a name to call her by, and a bed."""
    keys.press("Ctrl+N")
    keys.fill("alias", "Champa")
    keys.fill("bed", "2A")
    keys.press("Ctrl+S")


def name_her(keys: Keyboard) -> None:
    """Write down who she is."""
    keys.press("Alt+4")
    for field, text in (("given_name", NAME), ("family_name", FAMILY), ("birth_date", "2/5/2001")):
        keys.fill(field, text)
    keys.press("Ctrl+S")


def note(keys: Keyboard) -> None:
    """Write a note in her case."""
    keys.press("Alt+N")
    keys.fill("note-text", "She slept well.")
    keys.press("Ctrl+S")


def task(keys: Keyboard) -> None:
    """Note a task with its day on My day."""
    keys.press("Ctrl+1")
    keys.fill("new-task", "Call the office")
    keys.fill("new-task-day", "tomorrow")
    keys.press("Return")


def consent(keys: Keyboard) -> None:
    """Ask her item by item what the office may know."""
    keys.press("Alt+E")
    keys.choose("organisation", office(keys))
    for item in ("case_code", "need_requested", "legal_name"):
        keys.push(f"item_{item}", "yes")
    keys.choose("language_of", "lo")
    keys.push("capacity_checked")
    keys.press("Alt+1")


def refer(keys: Keyboard, letter: Path) -> None:
    """Refer her to the office that she agreed to, and save the letter."""
    keys.press("Alt+R")
    keys.choose("service", "legal_information")
    keys.fill("need", "She wants advice about wages that were not paid.")
    keys.press("Ctrl+Return")
    keys.push("tick_all")
    keys.press("Ctrl+Return")
    keys.to("save_pdf")
    keys.name_place("Space", letter)


def slip(keys: Keyboard, number: str) -> None:
    """Type in the slip that came back, by its number."""
    keys.press("Ctrl+1")
    keys.fill("slip_number", number)
    keys.press("Return")
    keys.choose("slip_answer", "accepted")
    keys.fill("received_by", "Ms Noy")
    keys.push("slip_save")


def office(keys: Keyboard) -> str:
    """Return the id of the one office that there is."""
    place = keys.driver.window.workplace
    assert place is not None
    return place.room.desk.organisations.all()[0].id


@pytest.mark.slow
def test_the_main_job_is_done_by_keys_alone_and_in_few_actions(
    keys: Keyboard, words: str, tmp_path: Path
) -> None:
    mouse = NoMouse()
    letter = tmp_path / "letter.pdf"
    sit_down(keys, "Dao", words)
    keys.journey("admit", lambda: admit(keys))
    keys.journey("who she is", lambda: name_her(keys))
    keys.push("open-case")
    keys.journey("note", lambda: note(keys))
    keys.journey("consent", lambda: consent(keys))
    keys.journey("refer", lambda: refer(keys, letter))
    assert letter.read_bytes().startswith(b"%PDF")
    number = keys.driver.title()
    assert number.startswith("SD-")
    keys.press("Alt+D")
    keys.journey("slip", lambda: slip(keys, number.lower().replace("-", " ")))
    assert "Ms Noy" in keys.driver.text()
    keys.journey("task", lambda: task(keys))
    assert "Call the office" in keys.driver.text()
    keys.press("F12")
    keys.driver.wait()
    sit_down(keys, "Noy", PASSPHRASE)
    keys.journey("backup", lambda: backup(keys, tmp_path / "stick"))
    assert "Backup made" in keys.driver.text()
    for name, (actions, tabs) in keys.journeys.items():
        print(f"{name}: {actions} actions of at most {MOST[name]}, {tabs} Tabs")
    over = {name: done for name, done in keys.journeys.items() if done[0] > MOST[name]}
    assert keys.journeys.keys() == MOST.keys()
    assert over == {}
    assert mouse.presses == 0


def backup(keys: Keyboard, stick: Path) -> None:
    """Make the backup on a stick."""
    stick.mkdir()
    keys.press("Ctrl+4")
    keys.to("main")
    keys.name_place("Space", stick)
