"""A problem is told in one line, and goes as soon as somebody mends it."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts.problem import problem_line, tell


class Page(QWidget):
    page_name = "page"


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    """A page with a part that holds the line, and fields beside that part."""
    made, part = Page(), QWidget()
    qtbot.addWidget(made)
    made.line = problem_line()  # type: ignore[attr-defined]
    QVBoxLayout(part).addWidget(made.line)  # type: ignore[attr-defined]
    column = QVBoxLayout(made)
    for one in (part, QLineEdit(), QPlainTextEdit(), QComboBox()):
        column.addWidget(one)
    made.findChild(QComboBox).addItems(["a", "b"])  # type: ignore[union-attr]
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def typed(page: Page) -> None:
    line = page.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "x")


def written(page: Page) -> None:
    text = page.findChild(QPlainTextEdit)
    assert text is not None
    text.setFocus()
    QTest.keyClicks(text, "x")


def chosen(page: Page) -> None:
    box = page.findChild(QComboBox)
    assert box is not None
    box.activated.emit(1)


@pytest.mark.parametrize("mend", [typed, written, chosen])
def test_a_problem_goes_when_something_is_mended(page: Page, mend: Callable[[Page], None]) -> None:
    line = page.line  # type: ignore[attr-defined]
    for _twice in range(2):
        tell(line, "The two were not the same.")
        assert line.isVisible()
        mend(page)
        assert not line.isVisible()
        assert line.text() == ""


def test_what_the_page_puts_in_by_itself_mends_nothing(page: Page) -> None:
    line = page.line  # type: ignore[attr-defined]
    tell(line, "This could not be saved.")
    for field in page.findChildren(QPlainTextEdit):
        field.setPlainText("read anew")
    for one in page.findChildren(QLineEdit):
        one.setText("read anew")
    for box in page.findChildren(QComboBox):
        box.setCurrentIndex(1)
    assert line.isVisible()


def test_a_field_that_came_later_is_heard_too(page: Page) -> None:
    line = page.line  # type: ignore[attr-defined]
    tell(line, "one")
    late = QLineEdit(page)
    late.show()
    tell(line, "two")
    QTest.keyClicks(late, "x")
    assert not line.isVisible()
