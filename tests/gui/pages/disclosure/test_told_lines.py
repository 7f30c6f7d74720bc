"""Of several lines under one item she chooses: on the page of a letter and of a call."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.disclosure.call import CallPage
from shelterdesk.gui.pages.disclosure.refer_sides import TwoSides
from shelterdesk.gui.pages.disclosure.release_box import ReleaseBox
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.disclosure.shown import LookAgain
from tests.factories import Shelter
from tests.gui.pages.consent.stage import Hands, Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")

ARRIVED = datetime(2026, 8, 3, 3, 0, tzinfo=UTC)


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    """She has stayed twice, and agreed that the office is told when."""
    made = staged(shelter)
    left, later = ARRIVED + timedelta(days=21), ARRIVED + timedelta(days=60)
    for stay in made.desk.records.of(Stay, case_id=made.case.id):
        made.desk.records.change(stay, {"left_at": later})
    made.desk.records.save(Stay(case_id=made.case.id, admitted_at=ARRIVED, left_at=left))
    made.desk.records.save(Stay(case_id=made.case.id, admitted_at=later))
    values = {
        "purpose": "referral",
        "organisation_id": made.office.id,
        "decision": "given",
        "actor": "self_adult",
        "language": "lo",
        "explained_by_id": made.me,
        "capacity_checked": "yes",
    }
    items = dict.fromkeys(("case_code", "need_requested", "stay_period"), True)
    made.desk.consents.record(made.case, values, items, None, "a certificate for her work")
    return made


def test_a_letter_waits_until_one_of_two_stays_is_chosen(qtbot: QtBot, stage: Stage) -> None:
    about = stage.desk.referrals.start(
        stage.case, stage.office.id, "legal_information", "normal", "a certificate"
    )
    sides = TwoSides(stage.desk, stage.case)
    hands = Hands(qtbot, sides)
    sides.show_referral(about, "en")
    assert sides.is_ready()
    assert all(box.isHidden() for box in sides.findChildren(QWidget, "lines_stay_period"))
    hands.tick(sides.boxes["stay_period"])
    assert not sides.is_ready()
    second = hands.part("line_stay_period_2")
    assert "2 October 2026" in second.text()
    hands.tick(second)
    assert sides.is_ready()
    shown = stage.desk.letters.sides(about, sides.chosen(), "en", lines=sides.lines())
    assert [i.text for i in shown.leaves if i.code == "stay_period"] == ["Arrived: 2 October 2026"]
    again = TwoSides(stage.desk, stage.case)
    Hands(qtbot, again)
    again.show_referral(about, "en")
    again.restore(sides.draft())
    assert (again.chosen(), again.lines()) == (sides.chosen(), sides.lines())


def test_a_call_waits_until_one_of_two_stays_is_chosen(qtbot: QtBot, stage: Stage) -> None:
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["stay_period"])
    assert not page.start.isEnabled()
    hands.tick(hands.part("line_stay_period_1"))
    hands.click(page.start)
    assert "3 August 2026" in hands.text()
    assert "2 October 2026" not in hands.text()


def test_a_call_tells_a_line_in_the_words_that_stood_on_the_page_or_shows_the_new_ones(
    qtbot: QtBot, stage: Stage
) -> None:
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["stay_period"])
    hands.tick(hands.part("line_stay_period_1"))
    first = next(s for s in stage.desk.records.of(Stay, case_id=stage.case.id) if s.left_at)
    assert first.left_at is not None
    stage.desk.records.change(first, {"left_at": first.left_at - timedelta(days=2)})
    hands.click(page.start)
    assert page.problem.text() == str(LookAgain())
    assert stage.desk.disclosures.of_case(stage.case) == []
    hands.click(page.start)
    assert len(stage.desk.disclosures.of_case(stage.case)) == 1


def test_whoever_releases_a_sentence_takes_words_from_the_records(
    qtbot: QtBot, stage: Stage
) -> None:
    plan = ReturnPlan(case_id=stage.case.id, planned_on=ARRIVED.date() + timedelta(days=200))
    stage.desk.records.save(plan)
    box = ReleaseBox(stage.desk, stage.case, "travel_needs")
    hands = Hands(qtbot, box)
    assert box.findChild(QPushButton, "take_1") is None
    hands.click("look_sources")
    take = box.findChild(QPushButton, "take_1")
    assert take is not None, box.problem.text()
    qtbot.waitUntil(take.isVisible)
    hands.click(take)
    assert box.text.text() == "19 February 2027"
