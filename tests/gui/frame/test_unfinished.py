"""Texts that were not finished: one line for all, and a way back that nobody presses by mistake."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import shelterdesk
from shelterdesk.gui.drafting import UnfinishedLine
from shelterdesk.services.drafts import Unfinished
from tests.drivers.pages import PageDriver
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, Shelter

pytestmark = pytest.mark.usefixtures("in_english")

SOURCE = Path(shelterdesk.__file__).parent
WHEN = datetime(2026, 11, 29, 10, 30, tzinfo=UTC)


def texts(count: int) -> list[Unfinished]:
    """Return so many texts of other pages."""
    return [Unfinished(f"case/{number}", WHEN, {}) for number in range(count)]


@pytest.fixture
def line(qtbot: QtBot) -> UnfinishedLine:
    """The line above the page."""
    made = UnfinishedLine()
    qtbot.addWidget(made)
    return made


def test_several_are_one_line_that_opens_a_list(qtbot: QtBot, line: UnfinishedLine) -> None:
    line.offer(texts(5), lambda page: page, "")
    driver = PageDriver(qtbot, line)
    assert "5 unfinished texts" in driver.text()
    assert not driver.can_see("open_text")
    driver.click("show_texts")
    assert len(driver.parts(QPushButton, "open_text")) == 5
    line.offer(texts(4), lambda page: page, "")
    QCoreApplication.processEvents()
    assert len(driver.parts(QPushButton, "open_text")) == 4  # it stays as it was left
    driver.click("show_texts")
    assert not driver.can_see("open_text")


def test_one_stands_there_with_its_buttons(qtbot: QtBot, line: UnfinishedLine) -> None:
    line.offer(texts(1), lambda page: page, "")
    driver = PageDriver(qtbot, line)
    assert driver.can_see("open_text")
    assert not driver.can_see("show_texts")


def test_the_way_back_is_not_where_it_was_given_up(qtbot: QtBot, line: UnfinishedLine) -> None:
    line.offer(texts(1), lambda page: page, "")
    driver = PageDriver(qtbot, line)
    pressed = driver.part(QPushButton, "drop_text")
    left = pressed.geometry().left()
    middle = pressed.mapToGlobal(pressed.rect().center())
    line.offer([], lambda page: page, "the note")
    qtbot.waitUntil(lambda: driver.can_see("undo_text"))
    undo = driver.part(QPushButton, "undo_text")
    assert not undo.rect().contains(undo.mapFromGlobal(middle))
    assert left > undo.geometry().right()


def test_saved_is_said_only_when_nothing_unsaved_is_left(qtbot: QtBot, shelter: Shelter) -> None:
    """In the intake the case is kept, while what is typed of her aunt is refused."""
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, shelter.place.root)
    driver.unlock(PASSPHRASE)
    place, status = driver.window.workplace, driver.window.status
    assert place is not None
    place.go("admission")
    driver.click("main")
    assert status.text().startswith("Saved ")
    driver.click("step-person")
    driver.type_into("given_name", "Mali")
    driver.click("main")
    driver.click("step-family")
    driver.click("add-relation")
    driver.type_into("given_name", "Som")
    involved = driver.part(QComboBox, "involved")
    assert isinstance(involved, QComboBox)
    involved.setCurrentIndex(involved.findData("yes"))
    driver.part(QWidget, "is_guardian").setFocus()
    driver.press(Qt.Key.Key_Space)
    driver.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    said = driver.text()
    assert status.text() == "Not saved yet"
    assert "Saved " not in said
    place.go("settings")
    assert "Saved " not in status.text()  # it stays behind unfinished
    place.back()
    assert status.text() == "Not saved yet"
    driver.click("step-family")
    again = driver.part(QComboBox, "involved")
    assert isinstance(again, QComboBox)
    again.setCurrentIndex(again.findData("no"))
    driver.click("main")
    assert status.text().startswith("Saved ")


def test_no_page_says_by_itself_that_it_is_saved() -> None:
    """One truth, in the title line: `saved_text` is for the frame alone."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    says = {name for name, text in texts.items() if "import saved_text" in text}
    assert says == {"workplace.py"}
    assert {name for name, text in texts.items() if "Saved {time}" in text} == {"moments.py"}


def test_what_is_not_saved_is_said_above_the_page_until_it_is(
    qtbot: QtBot, shelter: Shelter
) -> None:
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, shelter.place.root)
    driver.unlock(PASSPHRASE)
    place, status = driver.window.workplace, driver.window.status
    assert place is not None
    place.go("admission")
    driver.type_into("alias", "Mali")
    place.drafting.touched()
    qtbot.waitUntil(lambda: status.text() == "Not saved yet")
    driver.click("main")
    qtbot.waitUntil(lambda: status.text().startswith("Saved "))
    qtbot.wait(400)
    assert status.text().startswith("Saved ")
