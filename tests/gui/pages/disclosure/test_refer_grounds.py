"""A letter without her consent: a law with two signatures, or a danger to life with its reason."""

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.records.people.person import Person
from shelterdesk.services.disclosure.letters_beside import NOTHING_ASKED
from shelterdesk.services.disclosure.shown import LookAgain
from tests.factories import Shelter, add_person
from tests.gui.pages.consent.stage import Stage
from tests.gui.pages.disclosure.test_refer_page import (
    LEFT,
    Paper,
    _number,
    first_step,
    opened,
    stage,
    ticked,
)

__all__ = ["stage"]

pytestmark = pytest.mark.usefixtures("in_english")

DANGER = "She lies unconscious in the hospital and cannot be asked."


def test_danger_to_life_needs_its_reason_and_then_lets_a_letter_out_unasked(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper(monkeypatch)
    page, driver = opened(qtbot, stage)
    driver.choose("ground", "vital_interest")
    first_step(driver, stage)
    assert page.steps.currentIndex() == 0
    assert page.problem.text()
    driver.type_into("danger", DANGER)
    driver.click("next")
    assert "has not agreed" not in driver.text()
    assert not page.sides.all.isVisible()
    assert page.sides.chosen() == ("case_code", "need_requested")
    ticked(driver, "legal_name")
    assert "ຈຳປາ" in driver.text()
    driver.click("next")
    driver.click("main")
    assert len(paper.sheets) == 1
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert (left.basis, left.reason, left.medium) == ("vital_interest", DANGER, "letter")
    assert "legal_name" in left.items


@pytest.mark.parametrize(
    ("ground", "written", "empty"),
    [
        ("law", {}, "law"),
        ("law", {"law": "Order 12"}, "told_her"),
        ("vital_interest", {}, "danger"),
    ],
)
def test_what_is_missing_for_a_ground_is_brought_into_view_with_the_cursor_in_it(
    qtbot: QtBot, stage: Stage, ground: str, written: dict[str, str], empty: str
) -> None:
    page, driver = opened(qtbot, stage)
    driver.choose("ground", ground)
    for name, words in written.items():
        driver.type_into(name, words)
    page.resize(900, 420)
    first_step(driver, stage)
    assert page.problem.text()
    field = driver.part(QWidget, empty)
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
    assert field.hasFocus()


def test_a_fact_that_is_missing_far_above_is_brought_into_view(qtbot: QtBot, stage: Stage) -> None:
    page, driver = opened(qtbot, stage)
    page.resize(900, 420)
    area = next(a for a in page.findChildren(QScrollArea) if a.isAncestorOf(page.facts))
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert page.facts.service.visibleRegion().isEmpty()
    driver.click("next")
    qtbot.waitUntil(lambda: not page.facts.service.visibleRegion().isEmpty())
    assert page.facts.service.hasFocus()
    driver.choose("service", "legal_information")
    driver.choose("recipient", "")
    driver.click("next")
    assert page.facts.recipient.hasFocus()


def test_a_letter_by_law_is_signed_by_a_second_person(
    qtbot: QtBot, shelter: Shelter, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    paper = Paper(monkeypatch)
    page, driver = opened(qtbot, stage)
    driver.choose("ground", "law")
    driver.type_into("law", "Court order 12/2026")
    driver.type_into("told_her", "told on Monday, she was calm")
    first_step(driver, stage)
    page.sides.tick(["case_code"])
    driver.click("next")
    assert NOTHING_ASKED not in page.letter.doubts.text()
    driver.click("main")
    assert paper.sheets == []
    assert page.address.isVisible()
    driver.choose("second_name", "Dao")
    driver.type_into("second_passphrase", passphrase)
    driver.bot.mouseClick(page.address.yes, LEFT)
    qtbot.waitUntil(lambda: len(paper.sheets) == 1)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert (left.basis, left.law, left.second_person) == ("law", "Court order 12/2026", "Dao")
    assert left.items == ("case_code",)


def test_the_ground_is_kept_with_the_draft(qtbot: QtBot, stage: Stage) -> None:
    page, driver = opened(qtbot, stage)
    assert "ground" not in page.draft()
    driver.choose("ground", "vital_interest")
    driver.type_into("danger", DANGER)
    kept = page.draft()
    again, _driver = opened(qtbot, stage)
    again.restore(kept)
    assert again.grounds.basis().reason == DANGER


def test_what_may_be_wrong_is_said_beside_the_preview(qtbot: QtBot, stage: Stage) -> None:
    stage.agree("case_code", "need_requested")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    page.sides.tick(["case_code"])
    driver.click("next")
    assert NOTHING_ASKED in page.letter.doubts.text()
    assert page.letter.doubts.isVisible()
    assert page.letter.print.isEnabled()


def test_the_preview_names_who_comes_along_as_the_letter_will(qtbot: QtBot, stage: Stage) -> None:
    _number(stage)
    stage.agree("case_code", "need_requested")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("next")
    driver.choose("delivery", "escorted_with_survivor")
    driver.bot.keyClicks(page.letter.carrier, " Vanida")
    page.letter.carrier.editingFinished.emit()
    assert "Vanida" in page.letter.view.text()
    driver.choose("delivery", "hand_by_staff")
    assert "Vanida" not in page.letter.view.text()


def test_what_has_changed_since_the_preview_is_shown_before_it_is_printed(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper(monkeypatch)
    stage.agree("case_code", "need_requested", "legal_name")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    ticked(driver, "legal_name")
    driver.click("next")
    person = stage.desk.records.get(Person, stage.case.person_id or "")
    stage.desk.records.change(person, {"given_name": "ມະລິ", "given_name_latin": "Mali"})
    driver.click("main")
    assert paper.sheets == []
    assert page.letter.problem.text() == str(LookAgain())
    assert "Mali" in page.letter.view.text()
    assert stage.desk.disclosures.of_case(stage.case) == []
    driver.click("main")
    assert len(paper.sheets) == 1
