"""Every small page that asks something: one width, one height of buttons, one order of them."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.parts.style.measures import CONTROL, DIALOGUE, INSIDE, SHEET, grown
from tests.gui.dialogues import dialogues
from tests.gui.every_page import Ids
from tests.gui.fit import misfits
from tests.gui.frame.test_workplace import at_the_desk
from tests.quality.source import modules

_SHEETS = ("help", "print")
"""What is read in a small page of its own, which is larger than a question."""


def settled() -> None:
    for _turn in range(6):
        QCoreApplication.processEvents()


def foot_of(asked: QDialog) -> list[QPushButton]:
    """Return the buttons of the lowest line, from the left to the right."""
    seen = [one for one in asked.findChildren(QPushButton) if one.isVisible()]
    lowest = max(at(one, asked).y() for one in seen)
    line = [one for one in seen if at(one, asked).y() == lowest]
    return sorted(line, key=lambda one: at(one, asked).x())


def at(one: QPushButton, asked: QDialog) -> QPoint:
    return one.mapTo(asked, QPoint(0, 0))


def faults(name: str, asked: QDialog) -> list[str]:
    """Return what is other in a small page than in all of them."""
    wide = SHEET[0] if name in _SHEETS else grown(DIALOGUE)
    line, found = foot_of(asked), misfits(asked)
    if asked.width() != wide:
        found.append(f"{asked.width()} wide, not {wide}")
    if {one.height() for one in line} != {grown(CONTROL)}:
        found.append(f"buttons {[one.height() for one in line]} high")
    if at(line[0], asked).x() != INSIDE:
        found.append(f"begins at {at(line[0], asked).x()}")
    main = [one for one in line if one.objectName() == "main" or one.property("look") == "main"]
    if len(main) > 1 or (main and main[0] is not line[-1]):
        found.append("what goes on is not the last")
    if main and at(main[0], asked).x() + main[0].width() != asked.width() - INSIDE:
        found.append("what goes on does not end at the edge")
    if line[0] in main:
        found.append("the way out is not the first")
    return found


@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("lo", 100), ("lo", 150)])
def test_every_dialogue_has_one_frame(
    qtbot: QtBot, qapp: QApplication, house: tuple[Path, Ids], language: str, percent: int
) -> None:
    dress(qapp, percent)
    window: Any = at_the_desk(qtbot, house[0], "Dao").window
    window.idle.end()
    window.speak(language)
    window.resize(1024, 700)
    found = {}
    for name, asked in dialogues(window):
        asked.show()
        settled()
        if wrong := faults(name, asked):
            found[name] = wrong
        asked.close()
    window.close()
    assert not found, "\n".join(f"{name}: {what}" for name, what in found.items())


def test_every_dialogue_is_looked_at(qtbot: QtBot, house: tuple[Path, Ids]) -> None:
    written = [
        line.partition("(")[0].removeprefix("class ")
        for module in modules("src/shelterdesk/gui")
        for line in module.text.splitlines()
        if line.startswith("class ") and ("(Dialogue)" in line or "(QDialog)" in line)
    ]
    window: Any = at_the_desk(qtbot, house[0], "Noy").window
    looked_at = {type(asked).__name__ for _name, asked in dialogues(window)}
    window.close()
    assert looked_at == set(written) - {"Dialogue"}
