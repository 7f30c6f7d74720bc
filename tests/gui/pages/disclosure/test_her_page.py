"""A page for herself: nothing is ticked for her, and it is seen before it is printed."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.disclosure import refer_her_page
from shelterdesk.gui.pages.disclosure.refer_her_page import HerPage
from shelterdesk.records.people.person import Person
from shelterdesk.services.disclosure.shown import LookAgain
from tests.drivers.pages import PageDriver
from tests.factories import Shelter
from tests.gui.pages.consent.stage import Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    made = staged(shelter)
    head = {"name": "ຫ້ອງການ", "name_latin": "The office", "phone": "021 1", "address": "Box 12"}
    made.desk.letters.set_letterhead("neutral", head)
    return made


def test_nothing_is_ticked_but_the_code(qtbot: QtBot, stage: Stage) -> None:
    page = HerPage(stage.desk, stage.case.id)
    PageDriver(qtbot, page)
    assert page.chosen() == ("case_code",)
    assert "legal_name" in page.boxes


def test_what_is_ticked_is_seen_before_anything_has_left(qtbot: QtBot, stage: Stage) -> None:
    page = HerPage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, page)
    qtbot.waitUntil(lambda: stage.case.code in page.view.text())
    assert "PREVIEW" in page.view.text()
    assert "Saeng" not in page.view.text()
    driver.press(page.boxes["legal_name"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Saeng" in page.view.text())
    assert stage.desk.disclosures.of_case(stage.case) == []


def test_without_a_tick_there_is_neither_a_page_nor_a_way_to_print_it(
    qtbot: QtBot, stage: Stage
) -> None:
    page = HerPage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, page)
    driver.press(page.boxes["case_code"], Qt.Key.Key_Space)
    assert not page.print.isEnabled()
    qtbot.waitUntil(lambda: "Tick what she wants" in driver.text())
    assert page.view.page_count() == 0


def test_only_what_is_ticked_is_printed(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(refer_her_page, "ask_printer", lambda _page: printed.append)
    page = HerPage(stage.desk, stage.case.id)
    PageDriver(qtbot, page).click("main")
    assert len(printed) == 1
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert tuple(left.items) == ("case_code",)


def test_what_has_changed_since_it_was_shown_is_shown_before_it_is_printed(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(refer_her_page, "ask_printer", lambda _page: printed.append)
    page = HerPage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, page)
    driver.press(page.boxes["legal_name"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Saeng" in page.view.text())
    person = stage.desk.records.get(Person, stage.case.person_id or "")
    stage.desk.records.change(person, {"given_name_latin": "Mali", "given_name": "Mali"})
    driver.click("main")
    assert printed == []
    assert page.problem.text() == str(LookAgain())
    assert "Mali" in page.view.text()
    driver.click("main")
    assert len(printed) == 1


def test_what_is_ticked_survives_the_cover(qtbot: QtBot, stage: Stage) -> None:
    page = HerPage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, page)
    driver.press(page.boxes["legal_name"], Qt.Key.Key_Space)
    again = HerPage(stage.desk, stage.case.id)
    qtbot.addWidget(again)
    again.restore(page.draft())
    assert set(again.chosen()) == {"case_code", "legal_name"}
