"""What is brought into view is seen, however deep it lies and however new it is."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.gui.parts.scrolled import bring_into_view, scroll_page

LONG = "She wants to know what happens at the hearing, and who will sit beside her. " * 12


def page_with(qtbot: QtBot, frames: int) -> tuple[QWidget, QVBoxLayout]:
    """Return a page on the screen that is longer than it is high, and its innermost frame."""
    page, outside = QWidget(), QVBoxLayout()
    for number in range(30):
        outside.addWidget(QLabel(f"line {number}"))
    inside = outside
    for _frame in range(frames):
        card = Card()
        inside.addWidget(card)
        inside = card.inside
    scroll_page(page, outside)
    qtbot.addWidget(page)
    page.resize(500, 300)
    page.show()
    qtbot.waitExposed(page)
    return page, inside


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("frames", [1, 5])
def test_what_has_just_been_made_is_seen_at_once(qtbot: QtBot, frames: int) -> None:
    _page, inside = page_with(qtbot, frames)
    inside.addWidget(plain_label(LONG))
    last = button("Save", "save")
    inside.addWidget(last)
    last.show()
    bring_into_view(last)
    assert whole(last)


def test_of_what_is_higher_than_the_window_the_beginning_is_seen(qtbot: QtBot) -> None:
    _page, inside = page_with(qtbot, 1)
    tall, first, last = Card(), button("First", "first"), button("Last", "last")
    for part in (first, plain_label(LONG * 3), last):
        tall.inside.addWidget(part)
    inside.addWidget(tall)
    tall.show()
    bring_into_view(last)
    bring_into_view(tall)
    qtbot.waitUntil(lambda: whole(first) and not whole(last))


def test_what_is_shown_afterwards_does_not_push_it_out_again(qtbot: QtBot) -> None:
    _page, inside = page_with(qtbot, 3)
    long, last = plain_label(LONG), button("Save", "save")
    long.hide()
    inside.addWidget(long)
    inside.addWidget(last)
    last.show()
    bring_into_view(last)
    long.show()  # by the same press
    qtbot.waitUntil(lambda: long.isVisible() and whole(last))
