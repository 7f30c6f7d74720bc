"""My day stands still: its columns stand below each other, and nothing leaps when it is used."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.case.task_row import TaskRow
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.gui.parts.style import SIZES, dress
from shelterdesk.services.desk import Desk

pytestmark = pytest.mark.usefixtures("in_english")


def shown(qtbot: QtBot, desk: Desk) -> HomePage:
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.resize(1080, 600)
    page.show()
    qtbot.waitExposed(page)
    QCoreApplication.processEvents()
    return page


@pytest.mark.parametrize("language", ["en", "lo"])
@pytest.mark.parametrize("percent", SIZES)
def test_beds_and_days_stand_below_each_other(
    qtbot: QtBot, qapp: QApplication, desk: Desk, percent: int, language: str
) -> None:
    for alias, bed, state in (
        *(("ອ້ອຍ", "1", "resident"), ("Mali", "B 12", "resident")),
        *(("ດອກຄູນ", "", "resident"), ("Noi", "3", "hospital")),
    ):
        stay = {"bed": bed or None, "state": state}
        desk.cases.admit({"case": {"alias": alias}, "stay": stay})
    dress(qapp, percent)
    use_language(language)
    page = shown(qtbot, desk)
    for name in ("resident-code", "resident-bed", "resident-since"):
        column = page.findChildren(QLabel, name)
        assert len(column) == 4
        assert len({label.mapTo(page, QPoint(0, 0)).x() for label in column}) == 1, name
    dress(qapp)


def test_the_page_reaches_to_its_foot(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.area.mapTo(page, QPoint(0, page.area.height())).y() == page.height()


def test_what_was_done_is_told_and_the_page_stays_where_it_is(qtbot: QtBot, desk: Desk) -> None:
    for number in range(9):
        desk.tasks.add(f"Late {number}", desk.today() - timedelta(days=3))
    desk.tasks.add("Today", desk.today())
    page = shown(qtbot, desk)
    bar = page.area.verticalScrollBar()
    bar.setValue(60)
    done = page.findChildren(QPushButton, "finish-task")[3]
    corner = page.area.mapTo(page, QPoint(0, 0))
    done.setFocus()
    bar.setValue(60)
    done.click()
    QCoreApplication.processEvents()
    assert bar.value() == 60
    assert isinstance(QApplication.focusWidget(), TaskRow)
    assert page.acts.told.isVisible()
    assert page.area.mapTo(page, QPoint(0, 0)) == corner
