"""Nothing is cut: every page at three sizes of the window, and of the letters, in both languages.

One window is opened; it speaks another language, takes other letters and another size while it
stands. A label, a button or a choice that is narrower than its words, a control that sticks out of
what it lies in, and parts that lie on each other are failures.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.parts.style import dress
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.fit import misfits
from tests.gui.frame.test_workplace import at_the_desk

WINDOWS: Final = ((1024, 700), (1200, 720), (1366, 768))
_TURNS: Final = 8
"""A page that takes another number of columns is laid out once more for each frame around it."""
_TOLD: Final = 60
"""Lines of what does not fit that are shown: comparing all of it takes minutes."""
_ASPECTS: Final = {
    "Noy": ((100, "lo"), (150, "en")),
    "Dao": ((125, "en"), (150, "lo")),
}
"""Who looks at every page, in which size of letters and which language: each stands once with both
languages at its largest, and every page is opened four times instead of twelve."""

CHROME: Final = 120
"""Pixels above and below a page that are the frame's."""


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


def _sized(window: Any, width: int, height: int) -> list[str]:
    """Give the window a size and return what does not fit then."""
    window.resize(width, height)
    for _turn in range(_TURNS):
        QCoreApplication.processEvents()
    found = misfits(window.centralWidget())
    if window.width() > width or window.height() > height:
        found.append(f"the window is {window.width()}×{window.height()}")
    return [f"{width}: {what}" for what in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", _ASPECTS)
def test_nothing_is_cut_on_any_page(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], name: str
) -> None:
    root, ids = house
    window: Any = at_the_desk(qtbot, root, name).window
    window.idle.end()
    found: list[str] = []
    for percent, language in _ASPECTS[name]:
        dress(qapp, percent)
        window.speak(language)
        for page, record_id in visits(ids):
            window.workplace.go(page, record_id)
            if window.workplace.where != (page, record_id):
                continue
            for part in parts_of(window.workplace):
                wrong = [what for size in WINDOWS for what in _sized(window, *size)]
                where = f"{page} {part} {language} {percent} "
                found += [where + what for what in wrong[:3]]
    window.close()
    assert not found, "\n".join(found[:_TOLD])


def test_the_frame_leaves_the_window_to_the_page(qtbot: QtBot, house: tuple[Path, Ids]) -> None:
    window: Any = at_the_desk(qtbot, house[0], "Noy").window
    window.resize(1366, 768)
    place = window.workplace
    place.room.desk.drafts.keep("admission", {"alias": "Champa"})
    place.go("people", "")
    QCoreApplication.processEvents()
    assert place.unfinished.isVisible()
    banners = place.banners.height() if place.banners.isVisible() else 0
    assert window.height() - place.page.height() - banners <= CHROME
    window.close()


def test_what_does_not_fit_is_found(qtbot: QtBot) -> None:
    around = QWidget()
    column = QVBoxLayout(around)
    row = QHBoxLayout()
    label, button, field = QLabel("words that are long"), QPushButton("Press me"), QLineEdit()
    row.addWidget(label)
    row.addWidget(button)
    column.addLayout(row)
    column.addWidget(field)
    qtbot.addWidget(around)
    around.resize(400, 120)
    around.show()
    QCoreApplication.processEvents()
    assert misfits(around) == []
    label.setFixedWidth(20)
    button.setFixedWidth(20)
    QCoreApplication.processEvents()
    assert len(misfits(around)) == 2
    field.setGeometry(-50, 0, 100, 100)
    found = misfits(around)
    assert any(what.startswith("out of reach") for what in found)
