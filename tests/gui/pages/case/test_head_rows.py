"""The head of a case: three acts and the dots, in one line, in two with the largest letters."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.parts.style.measures import CARD, CONTROL, grown
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize("width", [900, 1100, 1366])
@pytest.mark.parametrize("language", ["en", "lo"])
def test_two_lines_at_most_with_the_largest_letters(
    qtbot: QtBot, qapp: QApplication, desk: Desk, language: str, width: int
) -> None:
    use_language(language)
    dress(qapp, 150)
    case = desk.cases.admit({"case": {"alias": "ດອກຄູນ"}, "stay": {"bed": "15"}})
    page = CasePage(desk, case.id)
    qtbot.addWidget(page)
    page.resize(width, 700)
    page.show()
    QCoreApplication.processEvents()
    head = page.head
    lines = {
        one.mapTo(head, one.rect().center()).y() // 10
        for one in head.findChildren(QAbstractButton)
        if one.isVisible()
    }
    assert len(lines) == 1
    seen = [name for name, made in head.acts.items() if made.isVisible()]
    assert seen == ["note", "refer", "consent"]
    assert head.more.isVisible()
    named = {action.objectName() for action in head.more.menu().findChildren(QAction)}
    assert {f"more-{name}" for name in head.acts.keys() - set(seen)} == named - {""}
    use_language("en")
    dress(qapp)


@pytest.mark.parametrize("language", ["en", "lo"])
def test_it_is_one_line_on_the_usual_screen(
    qtbot: QtBot, qapp: QApplication, desk: Desk, language: str
) -> None:
    use_language(language)
    dress(qapp)
    case = desk.cases.admit({"case": {"alias": "ດອກຄູນ"}, "stay": {"bed": "15"}})
    page = CasePage(desk, case.id)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    QCoreApplication.processEvents()
    head = page.head
    middles = {
        part.mapTo(head, part.rect().center()).y() // 10
        for part in (head.code, head.acts["note"], head.more)
    }
    assert len(middles) == 1
    assert head.height() <= grown(CONTROL) + 2 * CARD[1]


def test_what_lies_behind_the_dots_is_done_by_its_key_too(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}})
    page = CasePage(desk, case.id)
    driver = PageDriver(qtbot, page)
    assert not driver.can_see("admission")
    driver.press(page, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    assert driver.went == [("admission", case.id)]
