"""Admission in pieces, through the page: a girl at night, no papers, three days, no and not now."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.case_codes import is_code
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.alike import _PAUSE_MS
from shelterdesk.gui.pages.case.admission import AdmissionPage
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from shelterdesk.services.search import Hit
from tests.drivers.pages import PageDriver, as_somebody
from tests.drivers.places import places_of
from tests.factories import Shelter, add_person
from tests.services.living.staying import lives_here, room_with, where

pytestmark = pytest.mark.usefixtures("in_english")


def save_all(driver: PageDriver) -> None:
    """Press the one Save that there is: the form of somebody around her has none of its own."""
    (save,) = (made for made in driver.parts(QPushButton, "main") if made.isVisible())
    driver.bot.mouseClick(save, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def test_a_code_is_offered_and_is_enough(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, AdmissionPage(desk))
    offered = driver.typed("code")
    assert is_code(offered)
    driver.click("main")
    assert [row.code for row in desk.cases.rows()] == [offered]
    assert [resident.code for resident in desk.residence.in_house()] == [offered]


def test_what_is_known_comes_in_pieces_over_days(
    qtbot: QtBot, shelter: Shelter, desk: Desk
) -> None:
    first = PageDriver(qtbot, AdmissionPage(desk))
    first.type_into("alias", "ດອກຈຳປາ")
    first.type_into("bed", "B2")
    first.click("step-needs")
    first.click("urgent_health_no")
    first.click("main")
    (row,) = desk.cases.rows()
    shelter.clock.pass_days(2)
    second = PageDriver(qtbot, AdmissionPage(desk, row.id))
    assert second.typed("alias") == "ດອກຈຳປາ"
    second.click("step-person")
    second.type_into("given_name", "ແສງ")
    second.type_into("birth_date", "16 ປີ")
    second.click("main")
    (row,) = desk.cases.rows()
    assert (row.alias, row.name, row.bed) == ("ດອກຈຳປາ", "ແສງ", "B2")
    (intake,) = desk.records.of(Intake, case_id=row.id)
    assert intake.urgent_health == "no"


def test_a_wrong_code_is_told_beside_it_and_nothing_typed_is_lost(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.type_into("alias", "Mali")
    driver.type_into("code", "Mali-1")
    driver.click("main")
    assert desk.cases.rows() == []
    assert "A case code looks like" in driver.text()
    assert driver.typed("alias") == "Mali"


def test_she_declines_photo_and_police_and_loses_nothing(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}, "stay": {"bed": "A1"}})
    driver = PageDriver(qtbot, AdmissionPage(desk, case.id))
    driver.click("step-decisions")
    assert "loses nothing by it" in driver.text()
    driver.click("photo_audio-refused")
    driver.click("law_enforcement_statement-refused")
    driver.click("medical_care-deferred")
    states = {found.consent.purpose: found.state for found in desk.consents.of_case(case)}
    assert states == {
        "photo_audio": "refused",
        "law_enforcement_statement": "refused",
        "medical_care": "deferred",
    }
    assert [resident.bed for resident in desk.residence.in_house()] == ["A1"]
    driver.click("step-arrival")
    driver.type_into("bed", "A2")
    driver.click("main")
    assert [resident.bed for resident in desk.residence.in_house()] == ["A2"]


def test_decisions_and_family_wait_until_there_is_a_case(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.click("step-decisions")
    assert driver.can_see("save-first")
    assert not driver.can_see("photo_audio-refused")


def test_who_is_involved_cannot_become_her_guardian(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Saeng"}})
    driver = PageDriver(qtbot, AdmissionPage(desk, case.id))
    driver.click("step-family")
    driver.click("add-relation")
    driver.type_into("given_name", "ສົມ")
    driver.choose("relation", "aunt_uncle")
    driver.choose("involved", "suspected")
    driver.click("is_guardian")
    save_all(driver)
    person_id = desk.cases.get(case.id).person_id or ""
    assert desk.records.of(Relation, person_id=person_id) == []
    assert "cannot be her guardian" in driver.text()
    driver.click("is_guardian_no")
    save_all(driver)
    ((relation, person),) = desk.cases.relations_of(case)
    assert (relation.is_barred, person.given_name) == (True, "ສົມ")
    assert driver.can_see("barred")


def test_a_house_mother_takes_down_the_arrival_and_sees_no_family_and_no_decisions(
    qtbot: QtBot, shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.HOUSE_MOTHER)
    desk = as_somebody(shelter, "Dao", passphrase)
    driver = PageDriver(qtbot, AdmissionPage(desk))
    assert not driver.can_see("step-family")
    assert not driver.can_see("step-decisions")
    driver.type_into("alias", "Mali")
    driver.click("main")
    assert [resident.alias for resident in desk.residence.in_house()] == ["Mali"]


def test_what_is_typed_survives_as_a_draft(qtbot: QtBot, desk: Desk) -> None:
    first = PageDriver(qtbot, AdmissionPage(desk))
    page = first.page
    assert isinstance(page, AdmissionPage)
    assert page.draft() == {}
    first.type_into("alias", "ດອກຈຳປາ")
    again = AdmissionPage(desk)
    again.restore(page.draft())
    second = PageDriver(qtbot, again)
    assert second.typed("alias") == "ດອກຈຳປາ"
    assert second.typed("code") == first.typed("code")


@pytest.mark.parametrize("language", ["lo", "en"])
def test_everything_that_takes_the_focus_has_a_name(
    qtbot: QtBot, desk: Desk, language: str
) -> None:
    use_language(language)
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Saeng"}})
    page = AdmissionPage(desk, case.id)
    driver = PageDriver(qtbot, page)
    for place in range(6):
        page.show_step(place)
        assert driver.nameless() == []


@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("lo", 150)])
def test_a_refusal_is_read_beside_its_field_and_save_stays_in_view(
    qtbot: QtBot, qapp: QApplication, desk: Desk, language: str, percent: int
) -> None:
    use_language(language)
    dress(qapp, percent)
    page = AdmissionPage(desk)
    driver = PageDriver(qtbot, page)
    page.resize(1000, 460)
    driver.click("step-person")
    driver.type_into("children_count", "many")
    driver.click("step-arrival")
    driver.click("main")
    field = driver.part(QLineEdit, "children_count")
    qtbot.waitUntil(field.hasFocus)
    wrong = next(line for line in page.findChildren(QLabel, "field_problem") if line.isVisible())
    qtbot.waitUntil(lambda: wrong.visibleRegion().boundingRect() == wrong.rect())
    assert page.keep.visibleRegion().boundingRect() == page.keep.rect()
    scrolled = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    assert scrolled == [page.area]
    dress(qapp)


def test_the_first_field_has_the_cursor(qtbot: QtBot, desk: Desk) -> None:
    page = AdmissionPage(desk)
    driver = PageDriver(qtbot, page)
    page.setFocus()
    qtbot.waitUntil(driver.part(QLineEdit, "alias").hasFocus)


def test_the_words_of_a_step_are_whole_when_it_is_chosen(qtbot: QtBot, desk: Desk) -> None:
    page = AdmissionPage(desk)
    driver = PageDriver(qtbot, page)
    driver.click("step-needs")
    chosen = driver.part(QPushButton, "step-needs")
    heavy = QFont(chosen.font())
    heavy.setWeight(QFont.Weight.DemiBold)
    words = QFontMetrics(heavy).horizontalAdvance(chosen.text())
    assert chosen.width() >= words + 2 * 14 + 2 * 2


def test_a_like_name_is_told_before_anything_is_saved(qtbot: QtBot, desk: Desk) -> None:
    there = desk.cases.admit(
        {"case": {"alias": "Mali"}, "person": {"given_name": "ສຸລິຍາ", "family_name": "ພົມມະລາ"}}
    )
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.click("step-person")
    driver.type_into("given_name_latin", "Souliya")
    qtbot.waitUntil(driver.part(QPushButton, "alike-open").isEnabled)
    assert not driver.can_see("alike")  # she may read along
    assert there.code not in driver.text()
    driver.click("alike-open")
    assert there.code in driver.text()
    assert len(desk.cases.rows()) == 1
    driver.click("open-alike")
    assert driver.went == [("case", there.id)]
    driver.type_into("given_name_latin", "Zxqv")
    qtbot.waitUntil(lambda: not driver.can_see("alike"))
    assert not driver.part(QPushButton, "alike-open").isEnabled()


@pytest.mark.parametrize("opened", [False, True])
def test_saving_answers_nothing_who_is_alike_stays_told_as_it_was(
    qtbot: QtBot, desk: Desk, opened: bool
) -> None:
    there = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Souliya"}})
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.click("step-person")
    driver.type_into("given_name", "Souliya")
    line = driver.part(QPushButton, "alike-open")
    assert isinstance(line, QPushButton)
    if opened:
        qtbot.waitUntil(line.isEnabled)
        driver.click("alike-open")
    for family in ("ພົມມະລາ", "ພົມມະລາດ"):  # saved before the pause is over, and once more
        driver.click("main")
        assert line.text() == "1 record looks alike – compare …"
        assert line.isChecked() == opened == driver.can_see("alike")
        assert (there.code in driver.text()) == opened
        driver.type_into("alias", family)
        qtbot.wait(2 * _PAUSE_MS)
    assert len(desk.cases.rows()) == 2


def test_esc_closes_who_is_shown_and_only_then_leaves(qtbot: QtBot, desk: Desk) -> None:
    desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Souliya"}})
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.click("step-person")
    driver.type_into("given_name_latin", "Souliya")
    line = driver.part(QPushButton, "alike-open")
    qtbot.waitUntil(line.isEnabled)
    driver.click("alike-open")
    assert driver.can_see("alike")
    left = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(line, left)
    assert not driver.can_see("alike")
    assert left.isAccepted()
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(line, again)
    assert not again.isAccepted()  # the page is asked


def test_nothing_moves_when_somebody_alike_is_found_and_tab_goes_on_through_the_form(
    qtbot: QtBot, desk: Desk
) -> None:
    for given in ("Souliya", "Souliyo"):
        desk.cases.admit({"case": {"alias": given}, "person": {"given_name": given}})
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.click("step-person")
    driver.type_into("given_name", "Souliy")
    before = places_of(driver.page)
    qtbot.waitUntil(lambda: "2 records look alike" in driver.part(QPushButton, "alike-open").text())
    QCoreApplication.processEvents()
    assert places_of(driver.page) == before
    driver.press(driver.part(QLineEdit, "given_name"), Qt.Key.Key_Tab)
    landed = driver.page.focusWidget()
    assert isinstance(landed, QWidget)
    assert landed.objectName() == "family_name"


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was looked for in the search."""
    found: list[str] = []
    find = desk.search.find

    def noted(typed: str, most: int = 50) -> list[Hit]:
        found.append(typed)
        return find(typed, most)

    monkeypatch.setattr(desk.search, "find", noted)
    return found


def test_her_own_case_is_never_like_itself(qtbot: QtBot, desk: Desk, asked: list[str]) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Souliya"}})
    driver = PageDriver(qtbot, AdmissionPage(desk, case.id))
    driver.type_into("alias", "Souliya")
    qtbot.waitUntil(lambda: "Souliya" in asked)
    assert not driver.part(QPushButton, "alike-open").isEnabled()


def test_alike_names_are_looked_for_once_and_not_at_every_key(
    qtbot: QtBot, desk: Desk, asked: list[str]
) -> None:
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.click("step-person")
    driver.type_into("given_name_latin", "Souliya")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["Souliya"]


def test_saved_is_said_only_when_somebody_around_her_is_saved_too(qtbot: QtBot, desk: Desk) -> None:
    case = desk.cases.admit({"case": {"alias": "Mali"}, "person": {"given_name": "Saeng"}})
    first = PageDriver(qtbot, AdmissionPage(desk, case.id))
    first.click("step-family")
    first.click("add-relation")
    form = first.part(QWidget, "relation-form")
    name = form.findChild(QLineEdit, "given_name")
    assert name is not None
    name.setText("ຄຳແພງ")
    draft = first.page.draft()  # type: ignore[attr-defined]
    driver = PageDriver(qtbot, AdmissionPage(desk, case.id))
    driver.page.restore(draft)  # type: ignore[attr-defined]
    driver.click("step-family")
    driver.choose("relation", "mother")
    driver.page.save()  # type: ignore[attr-defined]
    ((relation, person),) = desk.cases.relations_of(case)
    assert (relation.relation, person.given_name) == ("mother", "ຄຳແພງ")
    assert driver.page.draft() == {}  # type: ignore[attr-defined]
    driver.click("add-relation")
    driver.choose("involved", "yes")
    driver.click("is_guardian")
    driver.page.save()  # type: ignore[attr-defined]
    assert driver.page.draft() != {}  # type: ignore[attr-defined]
    assert len(desk.cases.relations_of(case)) == 1


def test_a_page_that_is_left_in_the_pause_looks_for_nobody(qtbot: QtBot, desk: Desk) -> None:
    """Who is like her is looked for a moment after typing; the page may be gone by then."""
    page = AdmissionPage(desk)
    page.identity.editor("alias").set_raw("Mali")
    page.identity.cells["alias"].changed.emit()
    assert page.alike._pause.isActive()
    page.deleteLater()
    with qtbot.captureExceptions() as fallen:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qtbot.wait(2 * _PAUSE_MS)
    assert fallen == []


def test_where_the_house_has_a_plan_a_free_bed_is_chosen(qtbot: QtBot, desk: Desk) -> None:
    one, two = room_with(desk, "1", "2")
    desk.beds.move(lives_here(desk, "Dok").id, one.id)
    driver = PageDriver(qtbot, AdmissionPage(desk))
    assert not driver.can_see("bed")
    driver.type_into("alias", "Champa")
    driver.choose("bed_id", two.id)
    kept = driver.page.draft()  # type: ignore[attr-defined]
    again = PageDriver(qtbot, AdmissionPage(desk))
    again.page.restore(kept)  # type: ignore[attr-defined]
    again.click("main")
    assert where(desk) == {"Dok": "1", "Champa": "2"}
    assert again.page.draft() == {}  # type: ignore[attr-defined]


def test_a_bed_that_was_taken_meanwhile_stops_no_arrival(qtbot: QtBot, desk: Desk) -> None:
    [bed] = room_with(desk, "1")
    driver = PageDriver(qtbot, AdmissionPage(desk))
    driver.type_into("alias", "Champa")
    driver.choose("bed_id", bed.id)
    desk.beds.move(lives_here(desk, "Dok").id, bed.id)
    driver.click("main")
    assert "Move her first, or choose another." in driver.text()
    assert where(desk) == {"Dok": "1", "Champa": ""}
