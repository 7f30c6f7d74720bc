"""At one and a half times the size nothing has to be scrolled sideways, on any page in any part.

Every page of the page table is visited with its tabs and steps, in both languages, on the smallest
screen that everything has to fit on. What is wider than its place in a scroll area is a failure, as
is a page that makes the window wider than the screen.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.parts.style import dress
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

SCREEN = (1366, 768)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    """A house in which every field holds a word as people write them."""
    root = tmp_path_factory.mktemp("house") / "data"
    return root, full_house(root, [lambda: "ຈຳປາ Champa"])


@pytest.fixture(autouse=True)
def usual_size_again(qapp: QApplication) -> Iterator[None]:
    yield
    dress(qapp)
    use_language("en")


def sideways(around: QWidget) -> list[str]:
    """Return every visible scroll area in which something is wider than its place."""
    areas = [a for a in around.findChildren(QAbstractScrollArea) if a.isVisible()]
    return [f"{type(a).__name__} {a.objectName()} {_needs(a)}" for a in areas if _is_too_wide(a)]


def _is_too_wide(area: QAbstractScrollArea) -> bool:
    inside = area.widget() if isinstance(area, QScrollArea) else None
    needs = inside.minimumSizeHint().width() if inside is not None else 0
    return area.horizontalScrollBar().maximum() > 0 or needs > area.viewport().width()


def _needs(area: QAbstractScrollArea) -> str:
    inside = area.widget() if isinstance(area, QScrollArea) else None
    needs = inside.minimumSizeHint().width() if inside is not None else 0
    return f"{needs or '?'} > {area.viewport().width()}"


def too_large(window: Any) -> list[str]:
    """Return what a window needs that the screen has not."""
    least = window.minimumSizeHint()
    needs = [max(window.width(), least.width()), max(window.height(), least.height())]
    return [f"window {needs}"] if needs[0] > SCREEN[0] or needs[1] > SCREEN[1] else []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Noy", "Dao"])
@pytest.mark.parametrize("language", ["en", "lo"])
def test_at_150_per_cent_nothing_is_scrolled_sideways(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], name: str, language: str
) -> None:
    root, ids = house
    use_language(language)
    dress(qapp, 150)
    driver = at_the_desk(qtbot, root, name)
    driver.window.resize(*SCREEN)
    place: Any = driver.window.workplace
    found: dict[str, list[str]] = {}
    opened = set()
    for page, record_id in visits(ids):
        place.go(page, record_id)
        QCoreApplication.processEvents()
        if place.where != (page, record_id):
            continue  # closed to her, said in words
        opened.add(page)
        for part in parts_of(place):
            QCoreApplication.processEvents()
            wide = sideways(place.page) + too_large(driver.window)
            if wide:
                found[f"{page} {part}".strip()] = wide
            driver.window.resize(*SCREEN)
    driver.window.close()
    assert found == {}
    assert len(opened) >= len(PAGES) - 2


def test_what_is_wider_than_its_place_is_found(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    label = QLabel("wide")
    area.setWidget(label)
    area.resize(300, 100)
    with qtbot.waitExposed(area):
        area.show()
    around = QWidget()
    qtbot.addWidget(around)
    area.setParent(around)
    around.resize(400, 200)
    with qtbot.waitExposed(around):
        around.show()
    area.show()
    assert sideways(around) == []
    label.setMinimumWidth(500)
    QCoreApplication.processEvents()
    assert len(sideways(around)) == 1
