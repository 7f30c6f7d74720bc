"""From the page of consent it goes on: to her family, to what is missing, to the referral."""

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from shelterdesk.gui.drafting import key_of
from shelterdesk.gui.forms.opened_at import begun_with
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.consent.consent import ConsentPage
from shelterdesk.gui.pages.disclosure.refer import ReferPage
from shelterdesk.records.disclosure.organisation import Organisation
from tests.factories import Shelter
from tests.gui.pages.consent.stage import CHILD, Hands, staged


@pytest.mark.parametrize("waits", [False, True])
def test_after_her_answer_the_referral_that_waits_for_it_goes_on(
    qtbot: QtBot, shelter: Shelter, *, waits: bool
) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    if waits:
        stage.desk.drafts.keep(key_of("refer", stage.case.id), {"need": "advice on wages"})
    gone: list[tuple[str, str]] = []
    page.go.connect(lambda *where: gone.append(where))
    hands.choose("organisation", stage.office.id)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    hands.click("given")
    assert gone == [("refer" if waits else "case", stage.case.id)]


def test_after_a_plain_consent_the_letter_to_that_place_is_offered(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    other = stage.desk.records.save(Organisation(name="Another office"))
    stage.agree("case_code", "need_requested", organisation_id=other.id)
    stage.agree("case_code", "need_requested")
    panel = ConsentsPanel(stage.desk, stage.case)
    hands = Hands(qtbot, panel)
    gone: list[tuple[str, str]] = []
    panel.go.connect(lambda *where: gone.append(where))
    hands.click("to_letter")
    assert gone == [("refer", stage.case.id)]
    assert stage.desk.drafts.mine() == []
    letter = ReferPage(stage.desk, stage.case.id)
    qtbot.addWidget(letter)
    usual = letter.facts.answer_by.text()
    letter.restore(begun_with(stage.desk, key_of("refer", stage.case.id)))
    assert letter.facts.organisation() is not None
    assert letter.facts.typed()["recipient"] == stage.office.id
    assert letter.facts.answer_by.text() == usual != ""
    stage.agree(decision="refused")
    panel.refresh()
    assert not panel.letter.isVisible()


def test_a_guardian_who_is_not_written_down_is_no_dead_end(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    assert not page.deciding.missing.isVisible()
    hands.choose("second_actor", "parent")
    gone: list[tuple[str, str]] = []
    page.go.connect(lambda *where: gone.append(where))
    hands.click("add_family")
    assert gone == [("case", stage.case.id)]
    mother = stage.relative("ບົວ", "mother")
    again = ConsentPage(stage.desk, stage.case.id)
    again.restore(page.draft())
    box = Hands(qtbot, again).part("guardian")
    assert box.findData(mother.id) > 0


def test_what_is_missing_far_above_is_brought_into_view(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    page.resize(900, 420)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    [area] = page.findChildren(QScrollArea)[:1]
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.about.visibleRegion().isEmpty()
    hands.click("given")
    assert page.about.text() != ""
    qtbot.waitUntil(lambda: not page.about.visibleRegion().isEmpty())
