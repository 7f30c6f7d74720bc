"""Who alone may answer for her stands there by name; what they answer is never put in."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.consent.consent import ConsentPage
from shelterdesk.gui.parts.fields import YesNo
from tests.factories import Shelter
from tests.gui.pages.consent.stage import CHILD, Hands, Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")


def girls_page(qtbot: QtBot, stage: Stage) -> tuple[ConsentPage, Hands]:
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("second_actor", "parent")
    return page, hands


def test_the_only_one_stands_there_and_has_answered_nothing(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    mother = stage.relative("ແມ່", "mother", is_guardian="yes")
    stage.relative("ນ້າ", "aunt_uncle", involved="suspected")
    page, hands = girls_page(qtbot, stage)
    assert hands.part("guardian").currentData() == mother.id
    form = page.deciding.form
    assert form.editor("decision").value() is None
    assert page.deciding.second_values() == {}
    assert page.asked.items.answers(1) == {}
    theirs = [pair for pair in page.asked.findChildren(YesNo) if "guardian_" in pair.objectName()]
    assert theirs
    assert all(pair.answer() is None for pair in theirs)
    assert "second:actor_person_id" not in page.draft()


def test_of_two_none_is_chosen_for_her(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    stage.relative("ແມ່", "mother", is_guardian="yes")
    stage.relative("ພໍ່", "father", is_guardian="yes")
    _page, hands = girls_page(qtbot, stage)
    assert not hands.part("guardian").currentData()


def test_who_may_not_answer_is_not_chosen(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    stage.relative("ນ້າ", "aunt_uncle", involved="suspected")
    _page, hands = girls_page(qtbot, stage)
    assert not hands.part("guardian").currentData()
