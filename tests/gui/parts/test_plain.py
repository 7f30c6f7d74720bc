"""Labels: never markup, Lao that wraps, and the text itself untouched."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.lao.breaks import BREAK
from shelterdesk.core.paths import program_root
from shelterdesk.documents.type import between_words
from shelterdesk.gui.parts.plain import plain_label

LAO = "ນາງຢາກຮຽນຫຍິບເຄື່ອງແລະຂໍເຂົ້າຮ່ວມຫ້ອງຮຽນ"


@pytest.mark.parametrize("typed", ["<b>Noy</b>", "<img src='/etc/hostname'>", "a & b", "&amp;"])
def test_text_is_shown_letter_by_letter(qtbot: QtBot, typed: str) -> None:
    label = plain_label(typed)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == typed
    assert QLabel.text(label).replace(BREAK, "") == typed


def test_a_wrapping_label_breaks_lao_between_words_and_says_it_whole(qtbot: QtBot) -> None:
    label = plain_label(LAO)
    qtbot.addWidget(label)
    assert BREAK in QLabel.text(label)
    assert label.text() == LAO
    assert label.accessibleName() == LAO
    narrow, wide = label.heightForWidth(120), label.heightForWidth(2000)
    assert narrow > 2 * wide


def test_a_label_of_one_line_holds_no_break_marks(qtbot: QtBot) -> None:
    label = plain_label(LAO, wraps=False)
    qtbot.addWidget(label)
    assert QLabel.text(label) == LAO


def test_paper_takes_marks_that_are_there_and_sets_them_where_there_are_none() -> None:
    assert BREAK in between_words(LAO)
    marked = LAO[:4] + BREAK + LAO[4:]
    assert between_words(marked) == marked


def test_a_look_is_given_as_a_look_and_not_as_a_name() -> None:
    as_name = re.compile(r'plain_label\([^\n]*"(?:strong|late|tag|risk)"')
    sources = (program_root() / "src" / "shelterdesk" / "gui").rglob("*.py")
    found = [path.name for path in sources if as_name.search(path.read_text(encoding="utf-8"))]
    assert found == []
