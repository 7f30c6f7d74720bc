"""The head of a case takes two lines at most: who she is, and what is done with her file."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.parts.style import dress
from shelterdesk.services.desk import Desk

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
        one.mapTo(head, QPoint(0, 0)).y() // 10
        for one in head.findChildren(QAbstractButton)
        if one.isVisible()
    }
    assert len(lines) == 1
    hidden = [step for step in head._steps if not step.isVisible()]
    assert head.more.isVisible() == bool(hidden)
    named = {action.objectName() for action in head.more.menu().findChildren(QAction)}
    assert {f"more-{step.objectName()}" for step in hidden} <= named
    use_language("en")
    dress(qapp)
