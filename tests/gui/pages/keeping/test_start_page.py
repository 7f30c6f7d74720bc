"""The first start: where the cursor stands."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.keeping.start import StartPage


def opened(qtbot: QtBot) -> StartPage:
    """Return the page with the keyboard on it."""
    use_language("en")
    page = StartPage()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.setFocus()
    return page


def test_the_cursor_stands_in_the_first_field(qtbot: QtBot) -> None:
    page = opened(qtbot)
    qtbot.waitUntil(page.name.hasFocus)


def test_enter_leads_from_line_to_line_and_says_what_is_missing(qtbot: QtBot) -> None:
    page = opened(qtbot)
    for line in (page.name, page.passphrase, page.again):
        qtbot.waitUntil(line.hasFocus)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.problem.text() == "Please type your name."
