"""A message never moves what is being clicked: its room is there before it is needed."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import screen_language, use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.plain import button
from shelterdesk.gui.parts.problem import ProblemLine, problem_line, tell
from shelterdesk.gui.parts.scrolled import scrolling_column
from shelterdesk.gui.parts.second_person import SecondPerson
from shelterdesk.gui.parts.style import dress
from tests.drivers.places import places_of
from tests.drivers.window import WindowDriver
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk
from tests.services.settling import AN_ACT

_TOLD: Final = {
    "en": "This could not be kept. Look at it once more, and say what it is and for whom.",
    "lo": "ບໍ່ສາມາດບັນທຶກໄດ້. ໃຫ້ກວດເບິ່ງອີກເທື່ອໜຶ່ງ ແລ້ວບອກວ່າແມ່ນຫຍັງ ແລະ ສຳລັບໃຜ.",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    root = tmp_path_factory.mktemp("house") / "data"
    return root, full_house(root, [lambda: "Champa"], roles=tuple(Role))


@pytest.fixture(autouse=True)
def as_it_looks(qapp: QApplication) -> None:
    dress(qapp)
    use_language("en")


def moved(page: QWidget) -> list[str]:
    """Return what moves on a page when a problem is told, line by line.

    What is told beside a field is told by a button that does not scroll with it.
    """
    found = []
    for line in page.findChildren(ProblemLine):
        above = line.parentWidget()
        if above is None or not above.isVisibleTo(page) or line.text():
            continue
        before = places_of(page)
        tell(line, _TOLD[screen_language()])
        after = places_of(page)
        tell(line, "")
        buttons = [part for part in before if isinstance(part, QAbstractButton)]
        gone = [made for made in buttons if after.get(made) != before[made]]
        near = area_of(line)
        names = {m.objectName() for m in gone if not (line.beside and area_of(m) is near)}
        if names:
            found.append(f"{type(above).__name__}: {sorted(names)[:6]}")
    return found


def area_of(part: QWidget) -> QWidget | None:
    """Return the place that scrolls in which something lies, None where it stands still."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def steps_of(page: QWidget) -> Iterator[str]:
    """Show one step after another of what is done in steps."""
    for steps in page.findChildren(QStackedWidget):
        for number in range(0 if steps.objectName().startswith("qt_") else steps.count()):
            steps.setCurrentIndex(number)
            yield f"step {number}"


def test_what_moves_is_found(qtbot: QtBot) -> None:
    for room, beside, found in ((0, False, ["QWidget: ['below']"]), (2, False, []), (0, True, [])):
        page = QWidget()
        area, column = scrolling_column("Page")
        QVBoxLayout(page).addWidget(area)
        column.addWidget(problem_line(room, beside=beside))
        column.addWidget(button("Press me", "below"))
        qtbot.addWidget(page)
        page.resize(700, 300)
        page.show()
        assert moved(page) == found


def test_the_second_person_and_a_reason_have_their_room(
    qtbot: QtBot, house: tuple[Path, Ids]
) -> None:
    window: Any = at_the_desk(qtbot, house[0], "Noy").window
    asking = AskWhy()
    asking.ask("Why?", "Do it", lambda _why: None)
    for part in (asking, SecondPerson(window.room.desk, AN_ACT, "Sign here", window)):
        qtbot.addWidget(part)
        part.resize(700, 300)
        part.show()
        assert moved(part) == []
        part.close()
    window.close()


def test_the_door_has_its_room(qtbot: QtBot, house: tuple[Path, Ids]) -> None:
    driver = WindowDriver(qtbot, house[0])
    assert moved(driver.window.door.page) == []
    driver.window.close()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), [("Noy", "en"), ("Dao", "lo")])
def test_a_problem_that_is_told_moves_no_button(
    qtbot: QtBot, house: tuple[Path, Ids], name: str, language: str
) -> None:
    root, ids = house
    window: Any = at_the_desk(qtbot, root, name).window
    window.idle.end()
    window.speak(language)
    place = window.workplace
    found: dict[str, list[str]] = {}
    for page, record_id in visits(ids):
        place.go(page, record_id)
        for part in chain(parts_of(place), steps_of(place.page)):
            QCoreApplication.processEvents()
            if what := moved(place.page):
                found[f"{page} {part}"] = what
    window.close()
    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
