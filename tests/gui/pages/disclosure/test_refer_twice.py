"""The first step of a referral knows whom she agreed to, and what is asked there already."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.fields import chosen
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from tests.gui.pages.consent.stage import Stage
from tests.gui.pages.disclosure.test_refer_page import NEED, Paper, first_step, opened, stage

__all__ = ["stage"]


def test_the_only_recipient_she_agreed_to_is_chosen(qtbot: QtBot, stage: Stage) -> None:
    before, _hands = opened(qtbot, stage)
    assert chosen(before.facts.recipient) == ""
    stage.agree("case_code", "need_requested")
    page, _driver = opened(qtbot, stage)
    assert chosen(page.facts.recipient) == stage.office.id


def test_the_same_referral_twice_is_said_before_anything_is_typed(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Paper(monkeypatch)
    stage.agree("case_code", "need_requested")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    assert not page.facts.twice.isVisible()
    driver.click("next")
    driver.click("main")
    (first,) = stage.desk.referrals.of_case(stage.case)
    again, hands = opened(qtbot, stage)
    hands.choose("service", "legal_information")
    assert again.facts.twice.isVisible()
    assert str(first.reference) in again.facts.twice.text()
    hands.choose("service", "legal_representation")
    assert not again.facts.twice.isVisible()


def test_what_was_given_already_is_kept_warned_about_and_comes_back(
    qtbot: QtBot, stage: Stage
) -> None:
    page, driver = opened(qtbot, stage)
    driver.type_into("already_given", "We told Champa her rights.")
    assert "This text names Champa" in driver.text()
    driver.type_into("already_given", "a" * 601)
    first_step(driver, stage)
    assert "too long for one page" in driver.text()
    driver.type_into("already_given", "Her rights were explained.")
    draft = page.draft()
    again, hands = opened(qtbot, stage)
    again.restore(draft)
    hands.click("next")
    (referral,) = stage.desk.referrals.of_case(stage.case)
    assert (referral.need, referral.already_given) == (NEED, "Her rights were explained.")


def test_whom_she_chose_stays_when_the_service_changes_and_it_is_told_that_nobody_knows(
    qtbot: QtBot, stage: Stage
) -> None:
    other = stage.desk.records.save(type(stage.office)(name="Women's clinic"))
    stage.desk.organisations.save_offer(ServiceOffer(organisation_id=other.id, service="dental"))
    page, driver = opened(qtbot, stage)
    driver.choose("service", "legal_information")
    driver.choose("recipient", stage.office.id)
    assert page.facts.elsewhere.isHidden()
    driver.choose("service", "dental")
    assert page.facts.typed()["recipient"] == stage.office.id
    assert page.facts.elsewhere.isVisible()
    assert f"says that {stage.office.shown} offers this" in driver.text()
    again, _hands = opened(qtbot, stage)
    again.facts.put(page.facts.draft())
    assert again.facts.typed()["recipient"] == stage.office.id
    driver.choose("service", "legal_information")
    assert page.facts.elsewhere.isHidden()
