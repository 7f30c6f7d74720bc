"""The course of a case: every line opens what it tells of."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.pages.case.areas import AREAS
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.pages.case.timeline import STANDS
from shelterdesk.gui.parts.rows import Row
from shelterdesk.records.base import Record
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver

pytestmark = pytest.mark.usefixtures("in_english")


def test_whatever_the_timeline_tells_of_stands_somewhere() -> None:
    told = {kind.kind_name() for kind in Record.kinds if kind.happenings} | {"case"}
    assert STANDS.keys() == told
    places = {part.name for area in AREAS for part in area.parts} | PAGES.keys()
    assert set(STANDS.values()) <= places


def test_a_line_opens_what_it_tells_of(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "Bed 4"}})
    desk.cases.write_note(case, "She slept well.", kind="session")
    page = CasePage(desk, case.id)
    page.show_tab("timeline")
    driver = PageDriver(qtbot, page)
    rows = {row.accessibleName(): row for row in driver.parts(Row, "event-row")}
    note = next(row for name, row in rows.items() if "She slept well." in name)
    arrived = next(row for name, row in rows.items() if name.endswith("Arrived: Bed 4"))
    note.click()
    assert page.tabs.tabBar().tabData(page.tabs.currentIndex()) == "plan"
    arrived.click()
    assert page.tabs.tabBar().tabData(page.tabs.currentIndex()) == "house"
    page._show_told("referral", "ab12")
    page._show_told("admission", "")
    page._show_told("leave", "ab12")
    assert driver.went[-3:] == [
        ("referral", "ab12"),
        ("admission", case.id),
        ("leave", case.id),
    ]
