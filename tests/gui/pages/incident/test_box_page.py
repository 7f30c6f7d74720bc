"""The box in the window: she types herself, and who reads it is told and answers."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import NotAllowed
from shelterdesk.gui.pages.incident.box import ALLEGATION, BoxPage
from shelterdesk.gui.pages.incident.incidents import IncidentsPage
from shelterdesk.gui.pages.incident.letters import LettersPage
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver
from tests.factories import new_shelter
from tests.services.living.test_box import WORDS, Sitting

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def house(tmp_path: Path) -> Sitting:
    sitting = Sitting(new_shelter(tmp_path / "data"))
    sitting.route("Second", "Kham")
    return sitting


def write(driver: PageDriver, words: str, *named: str) -> None:
    text = driver.part(QWidget, "letter-words")
    text.setFocus()
    type_keys(text, words)
    for box in driver.parts(QCheckBox, "letter-named"):
        if box.text() in named:
            box.setChecked(True)
    QCoreApplication.processEvents()


def put_in(driver: PageDriver) -> None:
    driver.page.form.main.click()  # type: ignore[attr-defined]
    QCoreApplication.processEvents()


def test_she_is_told_who_reads_it_and_nothing_stays_on_the_page(
    qtbot: QtBot, house: Sitting
) -> None:
    desk = house.sit("Pa")
    driver = PageDriver(qtbot, BoxPage(desk))
    readers = driver.part(QLabel, "letter-readers")
    assert readers.text() == "Will be read by: Second, Kham"
    write(driver, WORDS, "Second")
    assert readers.text() == "Will be read by: Kham"
    put_in(driver)
    assert "Please choose from the list." in driver.text()  # nothing is chosen for her
    assert driver.typed("letter-words") == WORDS
    driver.choose("letter-about", "staff")
    put_in(driver)
    assert "It is in the box." in driver.text()
    assert driver.typed("letter-words") == ""
    assert not any(box.isChecked() for box in driver.parts(QCheckBox, "letter-named"))
    assert not driver.can_see("print-letter")
    desk.lock()


def test_when_all_who_read_it_are_named_it_says_so_and_can_be_printed(
    qtbot: QtBot, house: Sitting
) -> None:
    desk = house.sit("Pa")
    driver = PageDriver(qtbot, BoxPage(desk))
    write(driver, WORDS, "Second", "Kham")
    assert "Everybody who reads the box is named." in driver.text()
    driver.choose("letter-about", "staff")
    put_in(driver)
    assert driver.can_see("print-letter")
    desk.lock()


def test_whoever_reads_it_answers_below_the_letter(qtbot: QtBot, house: Sitting) -> None:
    house.sit("Pa").box.put_in(house.letter())
    desk = house.sit("Kham")
    driver = PageDriver(qtbot, LettersPage(desk))
    assert WORDS in driver.text()
    driver.click("answer-letter")
    text = driver.part(QWidget, "letter-words")
    text.setFocus()
    type_keys(text, "We have spoken at noon.")
    driver.click("main")
    assert "We have spoken at noon." in driver.text()
    assert not driver.can_see("answer-letter")
    desk.lock()


def test_nobody_else_comes_to_the_letters(house: Sitting) -> None:
    desk = house.sit("Pa")
    with pytest.raises(NotAllowed):
        LettersPage(desk)
    desk.lock()


def test_an_allegation_opens_the_box_instead_of_an_incident(qtbot: QtBot, house: Sitting) -> None:
    desk = house.sit("Pa")
    driver = PageDriver(qtbot, IncidentsPage(desk))
    driver.choose("kind", "violence_by_staff_allegation")
    QCoreApplication.processEvents()
    assert driver.went[-1] == ("box", ALLEGATION)
    assert driver.page.draft() == {}  # type: ignore[attr-defined]
    assert desk.incidents.lately() == []
    desk.lock()
