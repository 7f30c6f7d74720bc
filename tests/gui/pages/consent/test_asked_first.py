"""A yes is kept only when it was asked for: freely, each item aloud, on a day that is meant."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.case.admission import AdmissionPage
from shelterdesk.gui.pages.consent.consent import ConsentPage
from shelterdesk.services.consent_law import asking
from tests.drivers.pages import PageDriver
from tests.factories import Shelter
from tests.gui.pages.consent.stage import CHILD, Hands, Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")


def asked(qtbot: QtBot, stage: Stage) -> tuple[ConsentPage, Hands]:
    """Ask for the legal aid office, in Lao."""
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.choose("language_of", "lo")
    return page, hands


def test_a_yes_waits_until_it_is_answered_whether_she_was_free(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    page, hands = asked(qtbot, stage)
    hands.click("given")
    told = page.explaining.form.editor("capacity_checked").shown_problem()
    assert "understood and decided freely" in told
    assert stage.desk.consents.of_case(stage.case) == []
    hands.click("capacity_checked")
    hands.click("given")
    assert stage.desk.consents.in_force(stage.case, stage.office.id)


def test_all_that_is_missing_is_told_at_once_each_beside_its_field(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter, CHILD)
    stage.relative("ຄຳ", "mother")
    stage.relative("ແສງ", "father")
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("second_actor", "parent")
    hands.choose("guardian_decision", "given")
    hands.click("given")
    explaining, deciding = page.explaining.form, page.deciding.form
    told = [explaining.editor(name).shown_problem() for name in ("language", "capacity_checked")]
    told += [deciding.editor("actor_person_id").shown_problem()]
    assert all([*told, page.about.text(), page.asked.open.text()]), told
    assert page.organisation.hasFocus()
    assert stage.desk.consents.of_case(stage.case) == []


def test_no_answer_moves_when_what_was_missing_is_mended(qtbot: QtBot, shelter: Shelter) -> None:
    """The next press would fall on the answer to another question."""
    stage = staged(shelter, CHILD)
    mother = stage.relative("ຄຳ", "mother")
    page, hands = asked(qtbot, stage)
    hands.choose("second_actor", "parent")
    hands.choose("guardian_decision", "given")
    hands.choose("guardian", mother.id)
    hands.click("given")
    assert page.asked.open.text()
    first, last = hands.part("guardian_case_code"), hands.part("guardian_need_requested")
    qtbot.wait(50)
    before = last.mapTo(page, last.rect().topLeft())
    hands.click(first.yes)
    assert page.asked.open.text() == ""
    qtbot.wait(50)
    assert last.mapTo(page, last.rect().topLeft()) == before


def test_her_no_waits_for_nothing(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    _page, hands = asked(qtbot, stage)
    hands.click("refused")
    assert [one.state for one in stage.desk.consents.of_case(stage.case)] == ["refused"]


def test_nothing_is_answered_for_whoever_answers_for_her(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    mother = stage.relative("ຄຳ", "mother")
    page, hands = asked(qtbot, stage)
    hands.choose("second_actor", "parent")
    assert page.asked.items.answers(1) == {}
    hands.choose("guardian_decision", "given")
    hands.choose("guardian", mother.id)
    hands.click("capacity_checked")
    hands.click("given")
    assert "ask each one aloud" in hands.part("problem").text() + page.asked.open.text()
    assert stage.desk.consents.of_case(stage.case) == []
    for item in ("case_code", "need_requested"):
        hands.click(hands.part(f"guardian_{item}").yes)
    assert page.asked.open.text() == ""
    hands.click("given")
    assert len(stage.desk.consents.of_case(stage.case)) == 2


def test_a_first_day_of_years_ago_is_asked_once_more(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page, hands = asked(qtbot, stage)
    hands.click("capacity_checked")
    begins = page.explaining.form.editor("valid_from")
    begins.set_raw("1/3/2019")
    page.explaining.form.editor("valid_until").set_raw("1/5/2019")
    hands.click("given")
    assert "Really 2019?" in begins.shown_problem()
    assert stage.desk.consents.of_case(stage.case) == []
    hands.click("given")
    assert [one.state for one in stage.desk.consents.of_case(stage.case)] == ["expired"]


def test_at_intake_a_yes_waits_as_well(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    driver = PageDriver(qtbot, AdmissionPage(stage.desk, stage.case.id))
    driver.click("step-decisions")
    driver.click("medical_care-given")
    assert str(asking.FreedomUnasked()) in driver.text()
    assert stage.desk.consents.of_case(stage.case) == []
    driver.choose("freely", "yes")
    driver.click("medical_care-given")
    assert [one.state for one in stage.desk.consents.of_case(stage.case)] == ["given"]


def test_a_birth_of_a_century_ago_is_asked_at_intake_too(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    driver = PageDriver(qtbot, AdmissionPage(stage.desk))
    driver.click("step-person")
    driver.type_into("birth_date", "1912")
    driver.click("main")
    assert "Really 1912?" in driver.text()
    assert len(stage.desk.cases.all_cases()) == 1
    driver.click("main")
    assert len(stage.desk.cases.all_cases()) == 2
