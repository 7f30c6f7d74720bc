"""The directory: found as one types, stale entries marked, added and changed in place."""

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.codes import label
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.directory.organisations import OrganisationsPage
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.desk import Desk
from tests.drivers.form import FormDriver
from tests.drivers.tables import rows_of
from tests.factories import Shelter, add_person
from tests.gui.pages.consent.stage import Hands, Stage, staged, unnamed

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    return staged(shelter)


def opened(qtbot: QtBot, page: OrganisationsPage) -> Hands:
    """Return the hands at the page, on which the form of the entry is open."""
    page.card.page.enter()
    return Hands(qtbot, page)


def lines(page: OrganisationsPage) -> list[str]:
    """Return what the list shows."""
    return rows_of(page.list)


def test_an_entry_is_added_and_found_as_one_types(qtbot: QtBot, stage: Stage) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.click("new")
    hands.type("name_latin", "Weaving <b>school</b>")
    hands.click(page.card.editor.button)
    assert page.list.records.rowCount() == 2
    hands.type("search_organisation", "weav")
    assert [line.partition(" | ")[0] for line in lines(page)] == ["Weaving <b>school</b>"]
    assert unnamed(page) == []


def test_an_entry_just_saved_is_seen_in_the_list_whatever_narrows_it(
    qtbot: QtBot, stage: Stage
) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.type("search_organisation", "zzzz")
    assert lines(page) == []
    hands.click("new")
    hands.type("name_latin", "Weaving school")
    hands.click(page.card.editor.button)
    assert page.list.chosen() == page.card.organisation.id
    assert page.search.text() == ""
    where = page.list.visualRect(page.list.currentIndex())
    assert page.list.viewport().visibleRegion().boundingRect().contains(where)


def test_an_entry_without_a_name_is_refused_beside_the_field(qtbot: QtBot, stage: Stage) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.click("new")
    hands.type("unit", "Unit 3")
    hands.click(page.card.editor.button)
    assert "needs a name" in page.card.form.editor("name").shown_problem()
    assert len(stage.desk.organisations.all()) == 1


def test_a_change_that_ends_consents_says_how_many_before_it_is_saved(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.agree("case_code")
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    phone = page.card.form.editor("phone")
    phone.set_raw("021 999 888")
    hands.click(page.card.editor.button)
    assert "1 consent to tell this place ends" in phone.shown_problem()
    assert stage.desk.consents.in_force(stage.case, stage.office.id) == {"case_code"}
    phone.set_raw("021-000-111")  # the same number in another spelling ends nothing
    hands.click(page.card.editor.button)
    assert stage.desk.consents.in_force(stage.case, stage.office.id) == {"case_code"}
    phone.set_raw("021 999 888")
    hands.click(page.card.editor.button)
    hands.click(page.card.editor.button)
    assert stage.desk.consents.in_force(stage.case, stage.office.id) == frozenset()


def test_what_was_not_verified_is_marked_until_somebody_asks_there(
    qtbot: QtBot, stage: Stage
) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    assert "never: ring up" in lines(page)[0]
    hands.click("verify")
    assert "ring up" not in lines(page)[0]
    assert not page.card.stale.isVisible()


def offer_form(page: OrganisationsPage) -> FormDriver:
    """Return the form of a service that is open."""
    return FormDriver(page.card.offers._forms[""])


def keep_offer(page: OrganisationsPage) -> None:
    """Press the one Save there is."""
    (keep,) = [made for made in page.findChildren(QPushButton, "main") if made.isVisible()]
    keep.click()


def test_the_list_is_narrowed_to_who_offers_a_service(qtbot: QtBot, stage: Stage) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.choose("service", "dental")
    assert lines(page) == []
    hands.choose("service", "")
    hands.press("add-offer", Qt.Key.Key_Space)
    form = offer_form(page).fill(service=label("service_type", "dental", "en"))
    form.fill(women_staff="yes", child_friendly="yes", data_statement="no", languages='["lo"]')
    keep_offer(page)
    (kept,) = stage.desk.organisations.offers_of(stage.office)
    assert (kept.women_staff, kept.child_friendly, kept.data_statement) == ("yes", "yes", "no")
    assert (kept.languages, kept.verified_on) == (("lo",), stage.desk.today())
    hands.choose("service", "dental")
    assert len(lines(page)) == 1


def test_who_may_only_read_the_directory_cannot_change_it(qtbot: QtBot, shelter: Shelter) -> None:
    staged(shelter)
    passphrase = add_person(shelter.vault, "Mali", Role.NURSE)
    shelter.vault.lock()
    page = OrganisationsPage(Desk(shelter.unlock("Mali", passphrase)))
    hands = opened(qtbot, page)
    assert not page.new.isVisible()
    assert not page.card.editor.button.isVisible()
    assert page.card.page.reading.isVisible()
    assert not page.card.page.change.isVisible()
    assert page.card.form.editor("target").in_words() != "legal_aid_moj"
    assert page.card.form.editor("target").in_words() in hands.text()


def test_a_service_is_changed_and_verified_in_its_place(
    qtbot: QtBot, stage: Stage, shelter: Shelter
) -> None:
    offer = ServiceOffer(organisation_id=stage.office.id, service="dental", hours="8-12")
    stage.desk.organisations.save_offer(offer)
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.press("change-offer", Qt.Key.Key_Space)
    form = offer_form(page)
    assert form.form.editor("hours").raw() == "8-12"
    form.fill(hours="8-12, 13-16")
    keep_offer(page)
    (kept,) = stage.desk.organisations.offers_of(stage.office)
    assert (kept.service, kept.hours) == ("dental", "8-12, 13-16")
    shelter.clock.pass_days(100)
    page.card.offers.refresh()
    QCoreApplication.processEvents()
    hands.press("verify_service", Qt.Key.Key_Space)
    (kept,) = stage.desk.organisations.offers_of(stage.office)
    assert kept.verified_on == stage.desk.today()


@pytest.fixture
def two(stage: Stage) -> Stage:
    """A directory with two entries."""
    stage.desk.records.save(Organisation(name_latin="Weaving school"))
    return stage


def typed(page: QWidget, name: str) -> str:
    """Return what stands in a field."""
    field = page.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    return field.text()


def test_what_is_typed_stays_with_its_entry_when_another_one_is_looked_at(
    qtbot: QtBot, two: Stage
) -> None:
    page = OrganisationsPage(two.desk)
    hands = opened(qtbot, page)
    hands.type("unit", "Unit 3")
    hands.press("add-offer", Qt.Key.Key_Space)
    offer_form(page).fill(hours="8-12")
    hands.press("organisations", Qt.Key.Key_Down)
    assert (typed(page, "unit"), page.card.offers.editor) == ("", None)
    assert "not saved yet" in lines(page)[0]
    hands.press("organisations", Qt.Key.Key_Up)
    assert (typed(page, "unit"), offer_form(page).form.editor("hours").raw()) == ("Unit 3", "8-12")
    assert "not saved yet" not in lines(page)[0]
    hands.click(page.card.editor.button)
    assert [one.unit for one in two.desk.organisations.all()].count("Unit 3") == 1
    hands.press("organisations", Qt.Key.Key_Down)
    assert typed(page, "unit") == ""


def test_what_is_typed_of_several_entries_survives_the_page(qtbot: QtBot, two: Stage) -> None:
    page = OrganisationsPage(two.desk)
    hands = opened(qtbot, page)
    assert page.draft() == {}
    hands.type("unit", "Unit 3")
    hands.press("organisations", Qt.Key.Key_Down)
    page.card.page.enter()
    hands.type("unit", "Room 4")
    hands.click("new")
    hands.type("name_latin", "A new one")
    kept = page.draft()
    again = OrganisationsPage(two.desk)
    others = Hands(qtbot, again)
    again.restore(kept)
    assert typed(again, "name_latin") == "A new one"
    assert again.draft() == kept
    others.press("organisations", Qt.Key.Key_Home)
    assert typed(again, "unit") == "Unit 3"
    others.press("organisations", Qt.Key.Key_Down)
    assert typed(again, "unit") == "Room 4"


def test_a_service_being_typed_waits_while_another_is_looked_at(qtbot: QtBot, stage: Stage) -> None:
    offer = ServiceOffer(organisation_id=stage.office.id, service="dental", hours="8-12")
    stage.desk.organisations.save_offer(offer)
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.press("add-offer", Qt.Key.Key_Space)
    offer_form(page).fill(cost="free")
    hands.press("change-offer", Qt.Key.Key_Space)
    form = offer_form(page).form
    assert (form.editor("hours").raw(), form.editor("cost").raw()) == ("8-12", "")
    hands.press("add-offer", Qt.Key.Key_Space)
    assert offer_form(page).form.editor("cost").raw() == "free"
    again = OrganisationsPage(stage.desk)
    Hands(qtbot, again)
    again.restore(page.draft())
    assert offer_form(again).form.editor("cost").raw() == "free"


def test_one_save_keeps_the_entry_and_every_service_that_is_typed(
    qtbot: QtBot, stage: Stage
) -> None:
    offer = ServiceOffer(organisation_id=stage.office.id, service="dental", hours="8-12")
    stage.desk.organisations.save_offer(offer)
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.type("unit", "Unit 3")
    hands.press("change-offer", Qt.Key.Key_Space)
    offer_form(page).fill(hours="9-11")
    hands.press("add-offer", Qt.Key.Key_Space)
    offer_form(page).fill(service=label("service_type", "mental_health", "en"), cost="free")
    keep_offer(page)
    (office,) = stage.desk.organisations.all()
    kept = {one.service: one for one in stage.desk.organisations.offers_of(office)}
    assert (office.unit, kept["dental"].hours) == ("Unit 3", "9-11")
    assert kept["mental_health"].cost == "free"
    assert page.draft() == {}


def test_a_service_that_cannot_be_kept_is_said_beside_save_and_stays(
    qtbot: QtBot, stage: Stage
) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.type("unit", "Unit 3")
    hands.press("add-offer", Qt.Key.Key_Space)
    offer_form(page).fill(cost="free")
    keep_offer(page)
    (office,) = stage.desk.organisations.all()
    assert office.unit == "Unit 3"
    assert offer_form(page).problem("service")
    assert offer_form(page).form.editor("cost").raw() == "free"
    assert page.draft() != {}


def test_a_refusal_leads_into_the_field(qtbot: QtBot, stage: Stage) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    page.activateWindow()
    for name in ("name", "name_latin"):
        hands.part(name).clear()
    hands.part("remarks").setFocus()
    hands.click(page.card.editor.button)
    qtbot.waitUntil(hands.part("name").hasFocus)
    area = page.card.findChildren(QScrollArea)[0].viewport()
    field = hands.part("name")
    qtbot.waitUntil(lambda: area.rect().contains(field.mapTo(area, field.rect().center())))


def test_an_empty_directory_shows_no_entry(qtbot: QtBot, stage: Stage) -> None:
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    hands.type("search_organisation", "qqqq")
    assert not page.card.isVisible()
    assert "Not verified" not in hands.text()


def test_the_sign_of_the_chosen_row_stays_to_be_seen_on_its_ground(
    qtbot: QtBot, stage: Stage
) -> None:
    page = OrganisationsPage(stage.desk)
    qtbot.addWidget(page)
    drawing = page.list.records.sign_at(page.list.records.index(0, 0))
    assert drawing is not None
    seen = [drawing.pixmap(QSize(18, 18), mode).toImage() for mode in QIcon.Mode]
    assert seen[QIcon.Mode.Selected.value] == seen[QIcon.Mode.Normal.value]


def test_a_row_says_what_one_asks_for_there_and_enter_leads_into_the_entry(
    qtbot: QtBot, stage: Stage
) -> None:
    offer = ServiceOffer(organisation_id=stage.office.id, service="dental")
    stage.desk.organisations.save_offer(offer)
    stage.desk.organisations.verify(stage.office)
    page = OrganisationsPage(stage.desk)
    hands = opened(qtbot, page)
    dental = label("service_type", "dental", "en")
    assert lines(page) == [f"{stage.office.shown} | {dental} | 3/11/2026"]
    page.activateWindow()
    hands.press("organisations", Qt.Key.Key_Return)
    qtbot.waitUntil(hands.part("name").hasFocus)


def test_an_entry_is_read_like_a_page_until_somebody_changes_it(qtbot: QtBot, stage: Stage) -> None:
    page = OrganisationsPage(stage.desk)
    hands = Hands(qtbot, page)
    assert page.card.page.reading.isVisible()
    assert not page.card.editor.isVisible()
    assert not page.card.editor.button.isVisible()
    hands.click("change-organisation")
    assert hands.part("name").hasFocus()
    hands.type("unit", "Unit 3")
    hands.click(page.card.editor.button)
    assert page.card.page.reading.isVisible()
    assert "Unit 3" in [one.text() for one in page.card.page.reading.findChildren(QLabel, "value")]
    hands.click("change-organisation")
    hands.type("unit", "Unit 4")
    hands.click("leave")
    assert page.card.page.reading.isVisible()
    assert page.draft() == {}
    assert stage.desk.organisations.all()[0].unit == "Unit 3"
