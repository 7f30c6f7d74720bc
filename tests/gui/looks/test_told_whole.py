"""What the window tells is never cut off, with the largest letters: faults, banners, problems."""

from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.problem import ProblemLine, tell
from shelterdesk.gui.parts.style import dress
from tests.drivers.window import at_the_desk
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.fit import is_cut
from tests.gui.frame import test_workplace

_TOLD: Final = {
    "en": "The disk is full, and nothing that is typed can be kept until there is room again: take "
    "away what is not needed, and tell the director of it at once. " * 2,
    "lo": "ໜ່ວຍເກັບຂໍ້ມູນເຕັມແລ້ວ ສິ່ງທີ່ພິມບໍ່ສາມາດເກັບໄວ້ໄດ້ຈົນກວ່າຈະມີບ່ອນຫວ່າງ: "
    "ລຶບສິ່ງທີ່ບໍ່ຈຳເປັນອອກ ແລະ ແຈ້ງໃຫ້ຜູ້ອຳນວຍການຮູ້ທັນທີ. " * 2,
}
_SIZES: Final = [("en", 100), ("lo", 150)]
_TURNS: Final = 8
_NAMES: Final = frozenset({"problem", "warning", "told", "saved"})


def settled() -> None:
    for _turn in range(_TURNS):
        QCoreApplication.processEvents()


def cut(around: Any) -> list[str]:
    labels = [label for label in around.findChildren(QLabel) if label.isVisible()]
    return [label.objectName() for label in labels if label.text() and is_cut(label)]


@pytest.mark.parametrize(("language", "percent"), _SIZES)
@pytest.mark.parametrize("with_texts", [False, True])
def test_what_stands_above_a_page_is_whole(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    language: str,
    percent: int,
    with_texts: bool,
) -> None:
    dress(qapp, percent)
    window: Any = at_the_desk(qtbot, tmp_path / "data").window
    window.speak(language)
    window.resize(1024, 700)
    place, told = window.workplace, _TOLD[language]
    if with_texts:
        place.room.desk.drafts.keep("admission", {"x": "typed"})
        place.offer_unfinished()
    usual = window.status.height()
    window.status.setText("Saved 10:42")
    settled()
    assert window.status.height() == usual  # a word moves nothing
    window.show_problem(told)
    place.looked_over._told = [told]
    place._show_banners()
    settled()
    assert window.status.text() == told
    assert window.status.height() > 2 * usual
    assert cut(window) == []
    assert window.width() == 1024
    window.close()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "percent"), _SIZES)
def test_every_problem_of_every_page_is_told_whole(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], language: str, percent: int
) -> None:
    dress(qapp, percent)
    window: Any = test_workplace.at_the_desk(qtbot, house[0], "Noy").window
    window.idle.end()
    window.speak(language)
    window.resize(1024, 700)
    place, found, tried = window.workplace, [], 0
    for page, record_id in visits(house[1]):
        place.go(page, record_id)
        for part in parts_of(place):
            settled()
            for line in place.page.findChildren(QLabel):
                frame = line.parentWidget()
                is_told = isinstance(line, ProblemLine) or line.objectName() in _NAMES
                if not is_told or line.text() or frame is None or not frame.isVisible():
                    continue
                tried += 1
                tell(line, _TOLD[language])
                settled()
                if is_cut(line):
                    found.append(f"{page} {part} {type(frame).__name__} {line.objectName()}")
                tell(line, "")
    window.close()
    assert found == []
    assert tried > 20
