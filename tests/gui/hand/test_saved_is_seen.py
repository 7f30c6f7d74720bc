"""What was saved just now is in view and marked, and the keyboard is on it; in every section."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.parts.style import dress
from tests.gui.every_page import Ids, full_house
from tests.gui.frame.test_workplace import at_the_desk
from tests.gui.hand.tab_walk import settled

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Any, Ids]]:
    dress(qapp)
    ids = full_house(tmp_path / "data", [lambda: "ຈຳປາ Champa"], roles=tuple(Role))
    window: Any = at_the_desk(qtbot, tmp_path / "data", "Dao").window
    window.resize(1024, 700)
    window.workplace.go("case", ids["case"][0])
    settled()
    yield window.workplace, ids
    window.close()
    dress(qapp)


def marked(page: QWidget) -> list[Any]:
    return [one for one in page.findChildren(QWidget) if one.property("saved")]


def keyboard() -> QWidget:
    there = QApplication.focusWidget()
    assert there is not None
    return there


def is_seen(line: QWidget) -> bool:
    seen = line.visibleRegion().boundingRect()
    return seen.width() > 0 and seen.height() >= min(line.height(), 60)


def test_a_note_just_saved_is_in_view_and_the_keyboard_is_on_it(place: tuple[Any, Ids]) -> None:
    page = place[0].page
    page.show_tab("notes")
    settled()
    notes = page._parts["notes"]
    notes.new.form.editor("text").set_raw("She slept well.")
    notes.new.editor.save()
    settled()
    (line,) = marked(page)
    assert line is notes.cards()[0].card
    assert notes.cards()[0].note.text == "She slept well."
    assert is_seen(line)
    assert line.isAncestorOf(keyboard())


def test_a_task_just_added_is_in_view_and_the_next_can_be_typed(place: tuple[Any, Ids]) -> None:
    page = place[0].page
    page.show_tab("tasks")
    settled()
    tasks = page._parts["tasks"]
    tasks.new.what.setText("Call the school")
    tasks.new.add.click()
    settled()
    (line,) = marked(page)
    assert line.task_id == tasks.new.kept
    assert is_seen(line)
    assert tasks.new.what.hasFocus()


def sections(page: Any) -> Iterator[SectionCard]:
    for area in list(page._areas):
        page.show_tab(area.name)
        settled()
        here = page.tabs.currentWidget()
        yield from (card for card in here.findChildren(SectionCard) if card.isVisible())


def test_what_is_changed_in_a_section_is_in_view_with_the_keyboard_on_it(
    place: tuple[Any, Ids],
) -> None:
    page, tried = place[0].page, 0
    for card in sections(page):
        if not card._writes or not card.drawn:
            continue
        about = next(iter(card.drawn))
        card._reopen(about)
        settled()
        opened: Any = card._open_one
        opened.save()
        settled()
        assert card.editor is None, card.section.name
        line = card.drawn[about]
        assert line.property("saved"), card.section.name
        assert is_seen(line), card.section.name
        assert line.isAncestorOf(keyboard()), card.section.name
        tried += 1
    assert tried >= 4


def test_a_new_form_begins_in_its_first_empty_field(place: tuple[Any, Ids]) -> None:
    page, tried = place[0].page, 0
    for card in sections(page):
        if not card.add.isVisible():
            continue
        card.add.click()
        settled()
        there = keyboard()
        cells = next(iter(card._forms.values())).cells.values()
        here = [cell for cell in cells if cell.isAncestorOf(there)]
        assert len(here) == 1, card.section.name
        assert not here[0].editor.raw(), card.section.name
        empty = [cell for cell in cells if not (cell.editor.raw() or cell.editor.read_only)]
        assert here[0] is empty[0]
        tried += 1
    assert tried >= 4
