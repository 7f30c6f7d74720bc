"""What stands on a page begins and ends at the same edges on every page, in every role."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.parts.style.measures import EDGE
from tests.gui.edges import strays
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

_TURNS = 6


def settled() -> None:
    for _turn in range(_TURNS):
        QCoreApplication.processEvents()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "aspect"),
    [
        ("Noy", ("lo", 100, 1366, 768)),
        ("Dao", ("en", 100, 1366, 768)),
        ("Dao", ("lo", 150, 1024, 700)),
        ("Noy", ("en", 125, 1200, 720)),
    ],
)
def test_every_page_begins_and_ends_at_the_same_edges(
    qtbot: QtBot,
    qapp: QApplication,
    house: tuple[Path, Ids],
    name: str,
    aspect: tuple[str, int, int, int],
) -> None:
    language, percent, *size = aspect
    dress(qapp, percent)
    window: Any = at_the_desk(qtbot, house[0], name).window
    window.idle.end()
    window.speak(language)
    window.resize(*size)
    found: dict[str, set[str]] = {}
    for page, record_id in visits(house[1]):
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            settled()
            if wrong := strays(window.workplace.page):
                found[f"{page} {part}"] = wrong
    window.close()
    assert not found, "\n".join(f"{where}: {sorted(what)}" for where, what in found.items())


def test_a_stray_is_found(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(EDGE, 0, EDGE, 0)
    column.addWidget(Card("One"))
    qtbot.addWidget(page)
    page.resize(800, 300)
    page.show()
    settled()
    assert strays(page) == set()
    column.setContentsMargins(EDGE + 4, 0, EDGE - 8, 0)
    settled()
    assert len(strays(page)) == 2
