"""The language is changed in the middle of something: the same page, record, part and text."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.pages.case.admission import AdmissionPage
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.pages.directory.organisations import OrganisationsPage
from shelterdesk.records.disclosure.organisation import Organisation
from tests.drivers.window import WindowDriver, at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    return at_the_desk(qtbot, tmp_path / "data")


def place_of(driver: WindowDriver) -> Workplace:
    place = driver.window.workplace
    assert place is not None
    return place


def saved_admission(driver: WindowDriver) -> AdmissionPage:
    """Open an intake for somebody new, save it, and go on to another step."""
    place_of(driver).go("admission")
    page = place_of(driver).page
    assert isinstance(page, AdmissionPage)
    page.identity.editor("alias").set_raw("Mali")
    page.save()
    page.show_step(2)
    return page


def test_an_intake_that_was_saved_stays_the_same_one(driver: WindowDriver) -> None:
    """It was opened for nobody: found again by that, it would begin a second case."""
    code = saved_admission(driver).identity.editor("code").raw()
    driver.speak("lo")
    page = place_of(driver).page
    assert isinstance(page, AdmissionPage)
    assert page.identity.editor("code").raw() == code
    assert page.part_in_front() == "explained"
    page.identity.editor("alias").set_raw("Mali too")
    page.save()
    assert [row.alias for row in place_of(driver).room.desk.cases.rows()] == ["Mali too"]


def test_what_is_typed_after_the_first_save_is_put_back_into_that_case(
    driver: WindowDriver,
) -> None:
    saved_admission(driver).identity.editor("alias").set_raw("Mali, or Dokmai")
    place = place_of(driver)
    place.drafting.keep_now()
    [case] = place.room.desk.cases.rows()
    assert [text.page for text in place.room.desk.drafts.mine()] == [f"admission/{case.id}"]
    place.go("home")
    place.go("admission")
    assert place.page.identity.editor("alias").raw() == ""
    place.go("admission", case.id)
    assert place.page.identity.editor("alias").raw() == "Mali, or Dokmai"


def test_an_intake_before_its_first_save_keeps_its_code(driver: WindowDriver) -> None:
    place_of(driver).go("admission")
    before = place_of(driver).page
    before.identity.editor("alias").set_raw("Mali")
    code = before.identity.editor("code").raw()
    driver.speak("lo")
    after = place_of(driver).page
    assert (after.identity.editor("alias").raw(), after.identity.editor("code").raw()) == (
        "Mali",
        code,
    )


def test_a_case_stays_in_its_area(driver: WindowDriver) -> None:
    desk = place_of(driver).room.desk
    case = desk.cases.admit({"case": {"alias": "Mali"}})
    place_of(driver).go("case", case.id)
    page = place_of(driver).page
    assert isinstance(page, CasePage)
    page.show_tab("consent")
    driver.speak("lo")
    QTest.qWait(50)
    assert place_of(driver).page.part_in_front() == "consent"


def test_the_organisation_that_was_chosen_stays_chosen(driver: WindowDriver) -> None:
    desk = place_of(driver).room.desk
    for name in ("Aid", "Bureau", "Clinic"):
        desk.records.save(Organisation(name=name, target="legal_aid_lba"))
    place_of(driver).go("organisations")
    page = place_of(driver).page
    assert isinstance(page, OrganisationsPage)
    page.list.selectRow(2)
    assert page.card.organisation.name == "Clinic"
    driver.speak("lo")
    assert place_of(driver).page.card.organisation.name == "Clinic"


def test_what_was_typed_and_taken_out_again_is_not_offered_as_unfinished(
    driver: WindowDriver,
) -> None:
    """It was kept a moment ago, and is looked at again only some seconds later."""
    page = saved_admission(driver)
    alias = page.identity.editor("alias")
    alias.set_raw("Mali, or Dokmai")
    place_of(driver).drafting.keep_now()
    alias.set_raw("Mali")
    driver.speak("lo")
    assert place_of(driver).room.desk.drafts.mine() == []
