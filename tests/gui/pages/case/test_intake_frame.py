"""The frame of an intake: a title, a way out that keeps what is typed, no words twice."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.case.admission import AdmissionPage
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver
from tests.drivers.window import at_the_desk

_WAYS_OUT = ("Leave", "Open the case")

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize("language", ["en", "lo"])
def test_no_step_says_its_title_twice(qtbot: QtBot, desk: Desk, language: str) -> None:
    use_language(language)
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Saeng"}})
    for case_id in ("", case.id):
        page = AdmissionPage(desk, case_id)
        qtbot.addWidget(page)
        page.show()
        for place, card in enumerate(page._cards):
            page.show_step(place)
            QCoreApplication.processEvents()
            heads = [card.title, *card.findChildren(QLabel, "section")]
            said = [label.text() for label in heads if label.isVisible()]
            assert len(said) == len(set(said)), said
            first = card.findChildren(QLabel, "field_label")
            assert not (first and first[0].text() == said[-1 if len(said) == 1 else 0])
        page.close()


def test_one_leaves_by_a_button_and_what_is_typed_waits(qtbot: QtBot, tmp_path: Path) -> None:
    driver = at_the_desk(qtbot, tmp_path / "data")
    place: Any = driver.window.workplace
    place.go("admission", "")
    QCoreApplication.processEvents()
    alias = place.page.identity.editor("alias")
    assert QApplication.focusWidget() is alias.inner
    alias.set_raw("Mali")
    driver.click("leave")
    assert place.where[0] == "home"
    place.go("admission", "")
    assert place.page.identity.editor("alias").raw() == "Mali"
    driver.window.close()


def test_a_saved_intake_is_left_to_its_case(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}})
    driver = PageDriver(qtbot, AdmissionPage(desk, case.id))
    assert "Intake" in driver.text()
    ways_out = [one for one in driver.page.findChildren(QPushButton) if one.text() in _WAYS_OUT]
    assert [one.objectName() for one in ways_out if one.isVisible()] == ["open-case"]
    driver.click("open-case")
    assert driver.went == [("case", case.id)]
