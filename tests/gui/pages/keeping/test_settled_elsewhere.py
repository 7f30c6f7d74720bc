"""What the house has settled holds on the other pages: days are offered by it, and told by it."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.house_settings import (
    ANSWER_DAYS,
    CONSENT_BY_LAW,
    CONSENT_DAYS,
    RELEASE_DAYS,
    REVIEW_DAYS,
    VERIFIED_DAYS,
    HouseSetting,
)
from shelterdesk.core.permissions import Role
from shelterdesk.core.shown import day
from shelterdesk.gui.pages.consent.consent import ConsentPage
from shelterdesk.gui.pages.directory.organisation_card import stale_line, stale_words
from shelterdesk.gui.pages.disclosure.call_grounds import Grounds
from shelterdesk.gui.pages.disclosure.refer_facts import ReferralFacts
from shelterdesk.gui.pages.disclosure.release_box import ReleaseBox
from shelterdesk.services.desk import Desk
from tests.factories import Shelter, add_person

pytestmark = pytest.mark.usefixtures("in_english")

DAO = "copper basket morning thread lotus dao"


@pytest.fixture
def desk(shelter: Shelter) -> Desk:
    """The director's desk, with a nurse who can sign."""
    add_person(shelter.vault, "Dao", Role.NURSE)
    return Desk(shelter.vault)


def settle(desk: Desk, of: HouseSetting, value: str) -> None:
    values = {"value": value, "citation": "Law 1, article 2"}
    given = desk.staff.second_signature("Dao", DAO, desk.settings.for_what(of, values))
    desk.settings.change(of, values, given)


def in_days(desk: Desk, count: int) -> date:
    return desk.today() + timedelta(days=count)


def test_an_urgency_offers_the_day_of_the_house(desk: Desk, qtbot: QtBot) -> None:
    settle(desk, ANSWER_DAYS["urgent"], "9")
    facts = ReferralFacts(desk, desk.cases.open_case())
    qtbot.addWidget(facts)
    facts.urgency.buttons["urgent"].click()
    assert facts.answer_by.text() == day(in_days(desk, 9))
    facts.urgency.buttons["emergency"].click()
    assert facts.answer_by.text() == day(in_days(desk, 1))


def test_a_consent_is_offered_until_the_day_of_the_house_or_of_its_law(
    desk: Desk, qtbot: QtBot
) -> None:
    case = desk.cases.open_case()
    settle(desk, CONSENT_DAYS, "40")
    for by_law, holds in (("", 40), ("30", 30)):
        settle(desk, CONSENT_BY_LAW, by_law)
        page = ConsentPage(desk, case.id)
        qtbot.addWidget(page)
        assert page.explaining.until() == in_days(desk, holds)


def test_it_is_said_by_when_a_director_looks_again(desk: Desk, qtbot: QtBot) -> None:
    settle(desk, REVIEW_DAYS, "2")
    grounds = Grounds(desk)
    qtbot.addWidget(grounds)
    said = " ".join(label.text() for label in grounds.findChildren(QLabel))
    assert f"A director looks at it again by {day(in_days(desk, 2))}." in said


def test_a_sentence_is_released_until_the_day_of_the_house(desk: Desk, qtbot: QtBot) -> None:
    settle(desk, RELEASE_DAYS, "10")
    case = desk.cases.open_case()
    box = ReleaseBox(desk, case, "plan_summary")
    qtbot.addWidget(box)
    box.text.set_text("She would like to learn to sew.")
    box.button.click()
    (release,) = desk.releases.of_case(case)
    assert release.until == in_days(desk, 10)


def test_an_entry_that_was_not_verified_says_for_how_long(desk: Desk) -> None:
    settle(desk, VERIFIED_DAYS, "30")
    assert stale_words(desk) == "not verified for 30 days"
    assert stale_line(desk).startswith("Not verified for 30 days: ring up")
