"""No part of a page is ever a window of its own, not even for the moment before it has a place."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.records.disclosure.organisation import Organisation
from tests.gui.every_page import full_house
from tests.gui.frame.test_workplace import at_the_desk

ABOUT_A_CASE = {"admission", "case", "consent", "call", "refer", "her_page"}
ABOUT_A_REFERRAL = {"refer_on", "referral"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    full_house(tmp_path / "data", [lambda: "Champa"])
    return tmp_path / "data"


class Watch(QObject):
    """Notes the names of all windows that show themselves beside the one."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shows = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if shows and watched.isWindow() and not isinstance(watched, DeskWindow):  # type: ignore[attr-defined]
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_every_page_shows_itself_inside_the_window(
    qtbot: QtBot, qapp: QApplication, data: Path
) -> None:
    driver = at_the_desk(qtbot, data, "Noy")
    place: Any = driver.window.workplace
    desk = place.room.desk
    case = desk.cases.all_cases()[0].id
    office = desk.records.save(Organisation(name="Office")).id
    need = (office, "legal_information", "normal", "Advice")
    referral = desk.referrals.start(desk.cases.get(case), *need).id
    watch = Watch(qapp)
    for page in PAGES:
        about = {**dict.fromkeys(ABOUT_A_CASE, case), **dict.fromkeys(ABOUT_A_REFERRAL, referral)}
        place.go(page, about.get(page, ""))
        assert place.where[0] == page
        if page == "case":
            for tab in ("notes", "tasks", "consents", "disclosures", "timeline", "history"):
                place.page.show_tab(tab)
        for step in place.page.findChildren(QPushButton):
            if step.objectName().startswith("step-"):
                step.click()
    qapp.removeEventFilter(watch)
    assert watch.seen == []


def test_a_part_without_a_place_is_a_window_when_it_is_shown_the_usual_way(
    qtbot: QtBot, qapp: QApplication
) -> None:
    watch = Watch(qapp)
    first, second = QPushButton("one"), QPushButton("two")
    show_if(first, True)
    assert watch.seen == []
    second.setVisible(True)
    qapp.removeEventFilter(watch)
    assert watch.seen == ["QPushButton "]
    for part in (first, second):
        qtbot.addWidget(part)
