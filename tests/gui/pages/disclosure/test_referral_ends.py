"""How a letter comes to its end on the screen: handed over before, void, in a closed case."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.records.case.task import Task
from tests.drivers.pages import PageDriver
from tests.gui.pages.consent.stage import Stage
from tests.gui.pages.disclosure.test_referral_page import (
    WHY,
    again,
    delivered,
    opened,
    paper,
    printed,
    stage,
)

__all__ = ["paper", "stage"]

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_letter_that_was_handed_over_before_is_noted_with_its_day(
    qtbot: QtBot, stage: Stage, paper: list[bytes]
) -> None:
    referral = printed(stage)
    (agreement,) = stage.desk.consents.of_case(stage.case)
    stage.desk.consents.withdraw(agreement.consent, "She told me so today.")
    driver = opened(qtbot, stage, referral)
    assert "was it handed over before that" in driver.text()
    driver.type_into("by", "Mali")
    driver.click("main")
    now = again(stage, referral)
    assert (now.state, now.delivered_by) == ("consent_withdrawn", "Mali")
    assert now.delivered_at
    assert not driver.can_see("by")
    driver.click("notice")
    assert len(paper) == 1


@pytest.mark.usefixtures("paper")
def test_a_copy_that_was_printed_later_is_made_void_and_the_one_that_left_is_not(
    qtbot: QtBot, stage: Stage
) -> None:
    driver = opened(qtbot, stage, delivered(stage))
    assert not driver.can_see("copy_void")
    driver.click("copy_again")
    driver.type_into("why", WHY)
    driver.click("why_do")
    driver.part(RecordTable, "copies").selectRow(0)
    assert driver.can_see("copy_void")


def test_in_a_closed_case_a_paper_that_is_out_comes_to_its_end_and_none_is_printed(
    qtbot: QtBot, stage: Stage
) -> None:
    referral = printed(stage)
    stage.desk.cases.close(stage.desk.cases.get(stage.case.id), "other")
    driver = opened(qtbot, stage, referral)
    assert driver.can_see("recall")
    assert not driver.can_see("copy_again")
    driver.click("copy_void")
    driver.type_into("why", WHY)
    driver.click("why_do")
    (copy,) = stage.desk.letters.of_referral(referral)
    assert copy.state == "void"
    assert not driver.can_see("go_on")


def test_in_a_closed_case_she_takes_it_back_and_the_page_says_whom_to_tell(
    qtbot: QtBot, stage: Stage
) -> None:
    to = Recipient(stage.office.id, stage.office.shown)
    stage.desk.disclosures.disclose(stage.case, ["case_code"], to, Basis(), "phone")
    stage.desk.cases.close(stage.desk.cases.get(stage.case.id), "other")
    panel = ConsentsPanel(stage.desk, stage.desk.cases.get(stage.case.id))
    driver = PageDriver(qtbot, panel)
    assert driver.can_see("her_page")
    assert not driver.can_see("refer_from_consents")
    driver.click("withdraw")
    panel.taking.how.setText("She rang us up.")
    panel._withdraw()
    assert stage.office.shown in panel.told.text()
    (task,) = stage.desk.records.of(Task, case_id=stage.case.id)
    assert stage.office.shown not in task.title_text
