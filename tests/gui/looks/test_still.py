"""What is chosen moves nothing: what is said of a choice has its room before it is said."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.disclosure.refer import ReferPage
from shelterdesk.gui.parts.style import SIZES, dress
from shelterdesk.services.drafts import Unfinished
from tests.drivers.places import places_of
from tests.factories import Shelter
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk
from tests.gui.pages.consent.stage import staged

pytestmark = pytest.mark.usefixtures("in_english")

_ASKS_MORE: Final = frozenset(
    {
        *("slip_answer", "second_actor", "ground", "recipient", "service", "way", "delivery"),
        *("organisation", "basis", "answer-of", "withdraw_whose"),
    }
)
"""Choices that bring other questions with them: what stands below those is another page."""


def moved_by_choosing(page: QWidget) -> dict[str, list[str]]:
    """Return what is pushed to another place, choice by choice, by choosing each of its lines."""
    found: dict[str, list[str]] = {}
    for box in page.findChildren(QComboBox):
        if not box.isVisible() or not box.isEnabled() or box.objectName() in _ASKS_MORE:
            continue
        before, stood = _controls(page), box.currentIndex()
        for row in range(min(box.count(), 4)):
            box.setCurrentIndex(row)
            QCoreApplication.processEvents()
            after = _controls(page)
            gone = [n for n, at in before.items() if after.get(n, at) != at]
            if gone:
                found[box.objectName()] = [one.objectName() for one in gone][:5]
        box.setCurrentIndex(stood)
        QCoreApplication.processEvents()
    return found


def _controls(page: QWidget) -> dict[QWidget, Any]:
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    return {part: at for part, at in places_of(page).items() if isinstance(part, kinds)}


@pytest.mark.slow
def test_choosing_moves_nothing_on_any_page(qtbot: QtBot, house: tuple[Path, Ids]) -> None:
    root, ids = house
    window: Any = at_the_desk(qtbot, root, "Dao").window
    window.idle.end()
    found: dict[str, dict[str, list[str]]] = {}
    for page, record_id in visits(ids):
        if page == "settings":  # there a choice changes the window itself
            continue
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            QCoreApplication.processEvents()
            if what := moved_by_choosing(window.workplace.page):
                found[f"{page} {part}"] = what
    window.close()
    assert found == {}


def test_a_recipient_that_is_chosen_moves_nothing(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page = ReferPage(stage.desk, stage.case.id)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    facts, places = page.facts, set()
    for row in (0, 1, 0):
        facts.recipient.setCurrentIndex(row)
        for _turn in range(4):
            QCoreApplication.processEvents()
        places.add(facts.need.mapTo(page, facts.need.rect().topLeft()).y())
    facts.recipient.setCurrentIndex(1)
    assert facts.where.text()
    assert facts.stale.isVisible()
    for width in (1200, 760):  # there it wraps
        page.resize(width, 700)
        places = set()
        for said in ("", "The same is asked there already: SD-2026-779245-T, taken to them."):
            facts.twice.setText(said)
            facts.twice.setVisible(bool(said))
            for _turn in range(4):
                QCoreApplication.processEvents()
            places.add(facts.need.mapTo(facts, facts.need.rect().topLeft()).y())
        assert len(places) == 1, places


@pytest.mark.parametrize("language", ["en", "lo"])
@pytest.mark.parametrize("percent", SIZES)
def test_an_unfinished_text_pushes_no_page_down(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], percent: int, language: str
) -> None:
    dress(qapp, percent)
    window: Any = at_the_desk(qtbot, house[0], "Dao").window
    window.speak(language)
    window.resize(1366, 768)
    place = window.workplace
    when, places = datetime(2026, 11, 29, 10, 30, tzinfo=UTC), set()
    for count, gone in ((0, ""), (1, ""), (3, ""), (1, "a note"), (0, "a note"), (3, "a note")):
        texts = [Unfinished(f"case/{number}", when, {}) for number in range(count)]
        place.unfinished.offer(texts, lambda page: f"ບັນທຶກ {page}", gone)
        QCoreApplication.processEvents()
        places.add(place.page.mapTo(window, place.page.rect().topLeft()).y())
    window.close()
    dress(qapp)
    use_language("en")
    assert len(places) == 1, places
