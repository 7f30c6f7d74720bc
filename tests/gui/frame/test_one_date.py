"""A day is written one way on the screen: 4/11/2026, in either language, on every page.

In words it stands only where it is read aloud to her, on letters, and beside what is being typed.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.dates import spoken_day
from shelterdesk.core.i18n import use_language
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

_MONTHS: Final = "|".join(
    spoken_day(day, language).split(" ")[-2]
    for language in ("en", "lo")
    for day in (date(2026, month, 1) for month in range(1, 13))
)
OTHER_WAYS: Final = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d\d?\.\d\d?\.\d{{4}}|\b0\d/\d|/0\d/|\d ({_MONTHS}) \d"
)
READ_ALOUD: Final = {"consent"}
"""Pages on which a day is said in words, since they are read to her."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    root = tmp_path_factory.mktemp("house") / "data"
    return root, full_house(root, [lambda: "ຈຳປາ Champa"])


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def texts(around: QWidget) -> Iterator[str]:
    """Yield what stands on a page in labels, buttons and boxes; how a day was understood is not."""
    for part in around.findChildren(QWidget):
        if part.objectName() == "understood":
            continue
        if isinstance(part, QLabel | QAbstractButton):
            yield part.text()
        elif isinstance(part, QComboBox):
            yield from (part.itemText(line) for line in range(part.count()))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Noy", "Dao"])
@pytest.mark.parametrize("language", ["en", "lo"])
def test_no_page_writes_a_day_in_another_way(
    qtbot: QtBot, house: tuple[Path, Ids], name: str, language: str
) -> None:
    root, ids = house
    use_language(language)
    driver = at_the_desk(qtbot, root, name)
    place: Any = driver.window.workplace
    found: dict[str, list[str]] = {}
    for page, record_id in visits(ids):
        place.go(page, record_id)
        QCoreApplication.processEvents()
        if place.where != (page, record_id) or page in READ_ALOUD:
            continue
        for part in parts_of(place):
            wrong = [text for text in texts(place.page) if OTHER_WAYS.search(text)]
            if wrong:
                found[f"{page} {part}".strip()] = wrong
    driver.window.close()
    assert found == {}


@pytest.mark.parametrize(
    "written", ["2026-11-04", "4.11.2026", "04/11/2026", "4 November 2026", "ວັນທີ 4 ພະຈິກ 2026"]
)
def test_another_way_is_found(written: str) -> None:
    assert OTHER_WAYS.search(f"since {written}")
    assert not OTHER_WAYS.search("since 4/11/2026 07:00, SD-2026-493127-X, 020 5555-1234")
