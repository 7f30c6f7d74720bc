"""A page that is a step of another one's way: it tells of no text that it leads back to itself."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from tests.drivers.window import WindowDriver, at_the_desk
from tests.gui.pages.consent.stage import ADULT

pytestmark = pytest.mark.usefixtures("in_english")


def chosen(driver: WindowDriver, name: str, code: str) -> None:
    box = driver.part(QComboBox, name)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(code))


@pytest.mark.parametrize("page", ["refer", "refer_on"])
def test_asking_her_from_a_referral_tells_of_nothing_unfinished_and_leads_back(
    qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    driver = at_the_desk(qtbot, tmp_path / "data")
    place: Any = driver.window.workplace
    desk, status = place.room.desk, driver.window.status
    her = {"given_name": "ຈຳປາ", "birth_date": PartialDate.of(ADULT)}
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": her})
    one = desk.records.save(Organisation(name="Legal aid office"))
    desk.organisations.save_offer(ServiceOffer(organisation_id=one.id, service="legal_information"))
    about = case.id
    if page == "refer_on":
        facts = (one.id, "legal_information", "normal", "She asks for advice.")
        about = desk.referrals.start(case, *facts).id
    place.go(page, about)
    if page == "refer":
        chosen(driver, "service", "legal_information")
        chosen(driver, "recipient", one.id)
        driver.type_into("need", "She asks for advice.")
    driver.click("next")
    driver.click("ask_her")
    for _language in ("lo", "en"):
        assert place.where == ("consent", case.id)
        qtbot.wait(400)
        assert not place.unfinished.isVisible()
        assert status.text() not in ("Not saved yet", "ຍັງບໍ່ໄດ້ບັນທຶກ")
        assert not [text for text in desk.drafts.mine() if text.page.startswith("consent")]
        box = driver.part(QComboBox, "organisation")
        assert isinstance(box, QComboBox)
        assert box.currentData() == one.id
        driver.speak(_language)
        place = driver.window.workplace
    driver.type_into("recipient_person", "Khamla")  # now something is typed here
    place.drafting.touched()
    qtbot.waitUntil(lambda: status.text() == "Not saved yet")
    assert not place.unfinished.isVisible()
    driver.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert place.where == (page, about)
    assert place.unfinished.isVisible()
    place.go("consent", case.id)
    driver.type_into("recipient_person", "")
    driver.press(Qt.Key.Key_Backspace, name="recipient_person")
    chosen(driver, "language_of", "lo")
    driver.click("capacity_checked")
    driver.click("given")
    assert place.where == (page, about)
    assert not place.unfinished.isVisible()
