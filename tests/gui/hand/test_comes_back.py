"""Who comes back to a case finds the tab she left; nothing is refused before anything was tried."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.referral import Referral
from tests.gui.every_page import Ids, full_house
from tests.gui.frame.test_workplace import at_the_desk
from tests.gui.hand.tab_walk import settled

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Any, Ids]]:
    ids = full_house(tmp_path / "data", [lambda: "ຈຳປາ Champa"], roles=tuple(Role))
    window: Any = at_the_desk(qtbot, tmp_path / "data", "Dao").window
    yield window.workplace, ids
    window.close()


@pytest.mark.parametrize("tab", ["law", "return", "plan"])
def test_back_to_the_case_opens_the_tab_that_was_left(place: tuple[Any, Ids], tab: str) -> None:
    work, ids = place
    case, referral = ids["case"][0], ids["referral"][0]
    case = work.room.desk.records.get(Referral, referral).case_id or case
    work.go("case", case)
    work.page.show_tab(tab)
    settled()
    work.go("referral", referral)
    work.page.back.click()
    settled()
    assert (work.where, work.page.part_in_front()) == (("case", case), tab)
    work.go("refer", case)
    settled()
    QTest.keyClick(QApplication.focusWidget() or work, Qt.Key.Key_Escape)
    settled()
    assert (work.where, work.page.part_in_front()) == (("case", case), tab)


def test_from_a_list_a_case_is_opened_at_its_beginning(place: tuple[Any, Ids]) -> None:
    work, ids = place
    case = ids["case"][0]
    work.go("case", case)
    first = work.page.part_in_front()
    work.page.show_tab("law")
    work.go("people", "")
    work.go("case", case)
    assert work.page.part_in_front() == first


@pytest.mark.parametrize("page", ["refer", "consent", "call", "admission"])
def test_a_page_with_an_unfinished_text_refuses_nothing_before_it_is_tried(
    place: tuple[Any, Ids], page: str
) -> None:
    work, ids = place
    work.go(page, ids["case"][0])
    settled()
    work.room.desk.drafts.keep(work.drafting.key, work.page.draft() | {"need": "advice"})
    work.go("home", "")
    work.go(page, ids["case"][0])
    settled()
    told = [one.text() for one in work.page.findChildren(QLabel, "problem") if one.isVisible()]
    assert [text for text in told if text] == []
