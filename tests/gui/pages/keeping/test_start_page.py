"""The first start: where the cursor stands."""

from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.keeping.start import StartPage


def test_the_cursor_stands_in_the_first_field(qtbot: QtBot) -> None:
    use_language("en")
    page = StartPage()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.name.hasFocus)
