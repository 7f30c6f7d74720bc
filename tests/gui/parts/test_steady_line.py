"""The quiet word above a page keeps its place: with words or without, in either script."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.elided import GrowingLine, SteadyLine
from shelterdesk.gui.parts.style import dress


@pytest.mark.parametrize("kind", [SteadyLine, GrowingLine])
@pytest.mark.parametrize("percent", [100, 150])
def test_its_line_is_as_high_without_words(
    qtbot: QtBot, qapp: QApplication, percent: int, kind: type[SteadyLine | GrowingLine]
) -> None:
    dress(qapp, percent)
    line = kind("", "quiet")
    qtbot.addWidget(line)
    line.show()
    heights = set()
    for words in ("", "Saved 02:33", "ຍັງບໍ່ໄດ້ບັນທຶກ", "ບັນທຶກແລ້ວ 02:33"):
        line.setText(words)
        heights |= {line.sizeHint().height(), line.minimumSizeHint().height()}
    dress(qapp)
    assert len(heights) == 1
