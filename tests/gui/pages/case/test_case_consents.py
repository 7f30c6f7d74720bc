"""The consents of a case: what an agreement that does not stand says, and how one is taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.parts.style import dress
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.factories import Shelter
from tests.gui.pages.consent.stage import CHILD, Stage, staged


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")
    dress(qapp)


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    """She has agreed that the office is told two things."""
    made = staged(shelter)
    made.agree("case_code", "age_years", form="written_signed", capacity_checked="yes")
    return made


def opened(qtbot: QtBot, stage: Stage) -> tuple[PageDriver, ConsentsPanel]:
    """Show the case with its consents in front."""
    page = CasePage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, page)
    page.show_tab("consents")
    panel = page.findChild(ConsentsPanel)
    assert isinstance(panel, ConsentsPanel)
    return driver, panel


def seen(part: QWidget) -> bool:
    """Tell whether nothing of a part is scrolled away or covered by its frame."""
    return part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("lo", 150)])
def test_the_form_to_take_back_is_in_view_with_the_cursor_in_it(
    qtbot: QtBot, qapp: QApplication, stage: Stage, language: str, percent: int
) -> None:
    use_language(language)
    dress(qapp, percent)
    driver, panel = opened(qtbot, stage)
    driver.page.resize(1000, 520)
    driver.click("withdraw")
    qtbot.waitUntil(panel.taking.how.hasFocus)
    qtbot.waitUntil(lambda: seen(panel.taking.how))
    assert panel.taking.how.height() >= panel.taking.how.minimumSizeHint().height()
    assert seen(panel.taking.take_back)


def test_what_was_taken_back_says_so_and_no_longer_that_it_may_leave(
    qtbot: QtBot, stage: Stage
) -> None:
    driver, panel = opened(qtbot, stage)
    assert "May leave" in panel.detail.text()
    driver.click("withdraw")
    driver.type_into("how", "by telephone")
    driver.click("take_back")
    assert (
        "Nothing may leave to this recipient: she took it back on 3/11/2026." in panel.detail.text()
    )
    assert "May leave" not in panel.detail.text()
    assert not panel.taking.isVisible()


def test_an_agreement_reads_as_facts_and_says_how_it_was_explained(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.agree("case_code", limits="Not to the village", interpreter="Ms Lae")
    driver, panel = opened(qtbot, stage)
    labels = {w.text() for w in driver.parts(QLabel, "field_label")}
    assert {"Yes to", "Limits she set", "Interpreter", "Language it was explained in"} <= labels
    values = {w.accessibleName() for w in driver.parts(QLabel, "value")}
    assert {"Limits she set: Not to the village", "Interpreter: Ms Lae"} <= values
    assert "She understood and decided freely: Yes" in panel.detail.text()


def test_a_no_says_that_nothing_leaves(qtbot: QtBot, stage: Stage) -> None:
    stage.agree("case_code", decision="refused")
    _driver, panel = opened(qtbot, stage)
    panel.list.selectRow(0)
    assert "Nothing may leave to this recipient: she said no on 3/11/2026." in panel.detail.text()
    assert "May leave" not in panel.detail.text()


def test_both_answers_of_a_girl_stand_in_one_row_and_either_is_taken_back(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter, born=CHILD)
    mother = stage.relative("ຄຳ", "mother", is_guardian="yes")
    stage.agree("case_code", "age_years", actor="self_assent_under_18")
    stage.agree("case_code", actor="parent", actor_person_id=mother.id)
    driver, panel = opened(qtbot, stage)
    assert panel.list.records.rowCount() == 1
    assert panel.detail.text().startswith("May leave\nWhat: Case code\nUntil: ")
    assert panel.answer.count() == 2
    driver.click("withdraw")
    assert panel.taking.whose.count() == 2
    driver.click("take_back")
    assert panel.list.records.rowCount() == 1
    assert "she took it back on 3/11/2026" in rows_of(panel.list)[0]
    assert "May leave" not in rows_of(panel.list)[0] + panel.detail.text()
    assert "Parent\nDecision: Given" in panel.detail.text()
    driver.click("withdraw")
    driver.click("take_back")
    states = {one.state for one in stage.desk.consents.of_case(stage.case)}
    assert states == {"withdrawn"}


def test_how_she_said_so_survives_the_cover(qtbot: QtBot, stage: Stage) -> None:
    first, _panel = opened(qtbot, stage)
    first.click("withdraw")
    first.type_into("how", "by telephone")
    again = CasePage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, again)
    again.restore(first.page.draft())  # type: ignore[attr-defined]
    assert driver.part(QLineEdit, "how").text() == "by telephone"


def test_three_rows_are_seen_with_large_letters_and_only_the_page_scrolls(
    qtbot: QtBot, qapp: QApplication, stage: Stage
) -> None:
    for purpose in ("photo_audio", "research_media", "legal_action"):
        stage.agree(purpose=purpose, decision="refused", organisation_id=None)
    use_language("lo")
    dress(qapp, 150)
    driver, panel = opened(qtbot, stage)
    driver.page.resize(1000, 540)
    third = panel.list.visualRect(panel.list.records.index(2, 0))
    assert panel.list.viewport().rect().contains(third)
    assert not panel.list.verticalScrollBar().isVisible()


def test_who_comes_back_from_a_consent_finds_the_consents_in_front(
    qtbot: QtBot, stage: Stage
) -> None:
    page = CasePage(stage.desk, stage.case.id)
    PageDriver(qtbot, page).click("consent")
    again = CasePage(stage.desk, stage.case.id)
    qtbot.addWidget(again)
    assert again.tabs.tabText(again.tabs.currentIndex()) == "Consent and letters"
    third = CasePage(stage.desk, stage.case.id)
    qtbot.addWidget(third)
    assert third.tabs.currentIndex() == 0
