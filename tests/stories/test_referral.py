"""Story: referred to legal aid with her name and without her health; later she changes her mind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.desk import Desk
from tests.factories import add_person, new_shelter
from tests.gui.paper.test_printing import PIPES, answered, text_of, tray
from tests.stories.seat import Seat

__all__ = ["tray"]

NAME, FAMILY = "ຈັນດາ", "ແສງສີ"
HEALTH = "tuberculosis"
NEED = "She wants advice about wages that were not paid."
OFFICE = "ຫ້ອງການກົດໝາຍ"


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
        Organisation(name=OFFICE, target="legal_aid_moj", address="Lane Xang road 5")
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
def seat(qtbot: QtBot, tmp_path: Path, words: str) -> Seat:
    """The counsellor in her chair, with a girl admitted."""
    chair = Seat(qtbot, tmp_path / "data")
    chair.sit_down("Dao", words)
    chair.click("main")
    chair.write("alias", "ຈຳປາ")
    chair.click("step-person")
    chair.write("given_name", NAME)
    chair.write("family_name", FAMILY)
    chair.write("birth_date", "2/5/2001")
    chair.click("main")
    return chair


def press_box(seat: Seat, name: str) -> None:
    """Press the space bar on a box."""
    seat.press(Qt.Key.Key_Space, name=seat.one(QCheckBox, name).objectName())


def shortcut(seat: Seat, key: Qt.Key, with_key: Qt.KeyboardModifier) -> None:
    """Press a shortcut, as the window receives it from the keyboard."""
    seat.window.activateWindow()
    seat.bot.waitUntil(seat.window.isActiveWindow)
    seat.bot.keyClick(seat.window.windowHandle(), key, with_key)
    seat.bot.waitUntil(lambda: not any(made.isDown() for made in buttons(seat)))
    seat.wait()


def buttons(seat: Seat) -> list[QAbstractButton]:
    """Return the buttons of the window; one that its key has pressed stays down for a moment."""
    return seat.window.findChildren(QAbstractButton)


def agree(seat: Seat, *answers: tuple[str, bool]) -> None:
    """Ask her on the page of consent, which has the office chosen already."""
    page = seat.window.workplace.page if seat.window.workplace else None
    assert page is not None
    assert page.organisation.currentText() == OFFICE
    page.asked.items.set_answers(dict(answers))
    seat.choose("language_of", "lo")
    seat.click("capacity_checked")
    seat.click("given")


def taken_from(tray: Path) -> bytes:
    """Take the paper out of the tray of the printer."""
    pdf = (tray / "paper.pdf").read_bytes()
    (tray / "paper.pdf").unlink()
    return pdf


def note_her_health(seat: Seat) -> None:
    """Write a note that holds what no letter of this story may hold."""
    seat.find("ຈຳ")
    seat.click("note")
    seat.write("note-text", f"She coughs: {HEALTH} was found.")
    shortcut(seat, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert HEALTH in seat.text()


def prepare(seat: Seat) -> None:
    """Open Refer in her case and fill in the first step, by the keyboard."""
    seat.find("ຈຳ")
    shortcut(seat, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    seat.choose("service", "legal_information")
    seat.press(Qt.Key.Key_Down, name="recipient")
    seat.write("need", NEED)
    shortcut(seat, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@PIPES
@pytest.mark.slow
def test_her_name_leaves_her_health_stays_and_she_takes_it_back(seat: Seat, tray: Path) -> None:
    note_her_health(seat)
    prepare(seat)
    assert "Nothing may leave to this recipient: she has not been asked." in seat.text()
    seat.click("ask_her")
    agree(seat, ("case_code", True), ("need_requested", True), ("legal_name", True))

    press_box(seat, "leave_legal_name")
    assert f"{NAME} {FAMILY}" in seat.text()
    shortcut(seat, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answered(accept=True, printer="Ward-2")
    shortcut(seat, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    letter = taken_from(tray)
    assert NAME in text_of(letter)
    assert HEALTH not in text_of(letter)
    number = seat.title()
    assert number.startswith("SD-")

    shortcut(seat, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert seat.can_see("by")
    shortcut(seat, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert "Delivered" in seat.text()

    seat.click("nav_home")
    seat.write("slip_number", number.lower().replace("-", " "))
    seat.press_enter("slip_number")
    seat.choose("slip_answer", "accepted")
    seat.write("received_by", "Ms Noy")
    seat.click("slip_save")
    assert "Ms Noy" in seat.text()

    seat.click("back")
    page = seat.window.workplace.page if seat.window.workplace else None
    assert page is not None
    page.show_tab("consents")
    seat.click("withdraw")
    seat.write("how", "She told me so")
    seat.click("take_back")
    assert "Taken back" in seat.text()
    seat.click("open_referral")
    answered(accept=True)
    seat.click("notice")
    notice = text_of(taken_from(tray))
    assert number in notice
    assert NAME not in notice

    prepare(seat)
    assert "Nothing may leave to this recipient: she took it back on" in seat.text()
    assert not seat.one(QPushButton, "next").isEnabled()
    assert not (tray / "paper.pdf").exists()
