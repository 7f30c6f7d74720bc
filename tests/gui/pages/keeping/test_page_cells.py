"""A recovery page typed back in cells: completed, looked at word by word, the wrong one named."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.pages.keeping.page_cells import PageCells
from shelterdesk.gui.pages.keeping.paper import typed_pages
from shelterdesk.services.keeping.recovery_paper import word_number, words_from
from shelterdesk.store.keyring.recovery import new_pages

pytestmark = pytest.mark.usefixtures("in_english")

PAGE = new_pages()[0].pages[0]


@pytest.fixture
def cells(qtbot: QtBot) -> PageCells:
    made = PageCells("first", 1)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.cells[0].setFocus()
    qtbot.waitUntil(made.cells[0].hasFocus)
    return made


def typed(cells: PageCells, text: str) -> None:
    """Type letter by letter, wherever the keyboard goes."""
    for letter in text:
        here = cells.focusWidget()
        assert isinstance(here, QWidget)
        QTest.keyClicks(here, letter)


def begun(word: str) -> str:
    """Return as much of a word as only it begins with, three letters at least."""
    return next(word[:end] for end in range(3, 9) if words_from(word[:end]) == (word,))


def read(cells: PageCells) -> Sequence[str]:
    return [cell.text() for cell in cells.cells]


def wrong(cells: PageCells) -> list[int]:
    return [cell.place + 1 for cell in cells.cells if cell.property("wrong")]


def test_the_rest_of_each_word_comes_by_itself(cells: PageCells) -> None:
    typed(cells, " ".join(map(begun, PAGE)))
    assert tuple(read(cells)) == PAGE
    assert cells.told.text() == "This page is complete and right."
    assert typed_pages(cells)[1] == ""


def test_a_word_that_is_typed_on_stays_what_it_is(cells: PageCells) -> None:
    typed(cells, " ".join(PAGE))
    assert tuple(read(cells)) == PAGE
    assert wrong(cells) == []


def test_numbers_stand_for_words(cells: PageCells) -> None:
    typed(cells, " ".join(f"{word_number(word):04}" for word in PAGE) + " ")
    cells.cells[0].setFocus()
    assert tuple(read(cells)) == PAGE


def test_letters_that_no_word_begins_with_are_told_while_they_are_typed(cells: PageCells) -> None:
    typed(cells, f"{PAGE[0]} {PAGE[1]} ")
    assert not cells.problem.isVisible()
    typed(cells, "xq")
    assert wrong(cells) == [3]
    assert "word 3 (“xq”) is no word of the list" in cells.problem.text()
    for _twice in range(2):
        QTest.keyClick(cells.cells[2], Qt.Key.Key_Backspace)
    assert wrong(cells) == []
    assert not cells.problem.isVisible()


def test_half_a_word_is_wrong_when_it_is_left_and_not_before(cells: PageCells) -> None:
    typed(cells, "ac")
    assert wrong(cells) == []
    typed(cells, " ")
    assert wrong(cells) == [1]


def test_the_one_word_that_is_not_what_the_paper_says_is_named(cells: PageCells) -> None:
    other = next(word for word in words_from("") if word != PAGE[6])
    typed(cells, " ".join((*PAGE[:6], other, *PAGE[7:])))
    assert wrong(cells) == [7]
    assert f"word 7 (“{other}”) is not what the paper says" in cells.problem.text()


def test_a_whole_page_is_pasted_with_its_numbers_and_places(
    cells: PageCells, qapp: QApplication
) -> None:
    lines = (f"{n}. {word} {word_number(word):04}" for n, word in enumerate(PAGE, 1))
    QGuiApplication.clipboard().setText("\n".join(lines))
    QTest.keyClick(cells.cells[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qapp.clipboard().clear()
    assert tuple(read(cells)) == PAGE
    assert wrong(cells) == []


def test_tab_and_backspace_go_as_the_words_are_counted(cells: PageCells) -> None:
    for place in range(1, 13):
        QTest.keyClick(cells.cells[place - 1], Qt.Key.Key_Tab)
        assert cells.cells[place].hasFocus()
    QTest.keyClick(cells.cells[12], Qt.Key.Key_Backspace)
    assert cells.cells[11].hasFocus()
