"""The page of one case: head, notes, sealed parts, corrections, and each role's share of it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QTabWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import REACH, Area, Role
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.case.areas import AreaPage
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import Shelter, add_person
from tests.services.living.staying import lives_here, room_with

pytestmark = pytest.mark.usefixtures("in_english")


SECRET = "the orchard road"
LIVING = "stay house_agreement came_with"
"""Whose days everybody in the house knows."""

POLISHED = Qt.WidgetAttribute.WA_WState_Polished


@pytest.fixture
def case(desk: Desk) -> Case:
    """A girl who lives in the house."""
    return desk.cases.admit(
        {
            "case": {"alias": "ດອກຈຳປາ", "risk_level": "high"},
            "person": {"given_name": "ແສງ"},
            "stay": {"bed": "B2"},
        }
    )


def opened(qtbot: QtBot, desk: Desk, case: Case, tab: str = "person") -> PageDriver:
    """Show the page of a case with one of its tabs in front."""
    page = CasePage(desk, case.id)
    driver = PageDriver(qtbot, page)
    page.show_tab(tab)
    QCoreApplication.processEvents()
    return driver


def parts(driver: PageDriver) -> list[str]:
    """Return the names of all parts that are drawn, area after area."""
    shown: QTabWidget = driver.page.tabs  # type: ignore[attr-defined]
    found: list[str] = []
    for place in range(shown.count()):
        shown.setCurrentIndex(place)
        page = shown.widget(place)
        assert isinstance(page, AreaPage)
        page.complete()
        found += page.parts
    shown.setCurrentIndex(0)
    return found


def test_the_head_says_who_this_is(qtbot: QtBot, desk: Desk, case: Case) -> None:
    text = opened(qtbot, desk, case).text()
    for word in (case.code, "ດອກຈຳປາ", "Bed B2", "Risk: High", "Counsellor: Noy", "Intake"):
        assert word in text


def test_a_note_is_typed_in_lao_and_saved_with_a_quiet_word(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case, "notes")
    driver.type_into("note-text", "ລາວນອນຫຼັບດີ ແລະ ກິນເຂົ້າ")
    driver.choose("note-kind", "session")
    driver.type_into("note-aim", "ຄວາມປອດໄພ")
    driver.type_into("note-next", "10/11/2026")
    driver.click("main")
    (note,) = desk.cases.notes_of(case)
    assert (note.text, note.kind, note.aim) == ("ລາວນອນຫຼັບດີ ແລະ ກິນເຂົ້າ", "session", "ຄວາມປອດໄພ")
    assert str(note.next_on) == "2026-11-10"
    assert driver.typed("note-text") == ""


def test_a_day_that_is_none_keeps_the_note_on_the_screen(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case, "notes")
    driver.type_into("note-text", "She slept well.")
    driver.type_into("note-next", "31/2/2027")
    driver.click("main")
    assert desk.cases.notes_of(case) == []
    assert driver.typed("note-text") == "She slept well."
    assert "not in the calendar" in driver.text()


def test_narratives_are_folded_until_somebody_reads_them(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    desk.cases.write_note(case, "First line.\nThe end of a long story.")
    driver = opened(qtbot, desk, case, "notes")
    assert "long story" not in driver.text()
    driver.click("unfold")
    assert "long story" in driver.text()


def test_a_process_note_is_opened_on_purpose_and_the_log_knows(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    note = desk.cases.write_note(case, "We talked.", SECRET)
    driver = opened(qtbot, desk, case, "notes")
    assert "sealed: counselling" in driver.text()
    assert SECRET not in driver.text()
    driver.click("open-process-note")
    assert SECRET in driver.text()
    assert "looked" in [past.action for past in desk.history.of(note)]


def test_a_second_counsellor_sees_that_a_process_note_is_sealed_and_cannot_open_it(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    seat_all(shelter.vault)
    desk.cases.write_note(case, "We talked.", SECRET)
    dao = next(staff_id for staff_id, name in desk.staff.choices() if name == "Dao")
    desk.cases.assign(desk.cases.get(case.id), second_worker_id=dao)
    driver = opened(qtbot, as_somebody(shelter, "Dao", passphrase), case, "notes")
    assert "sealed: counselling" in driver.text()
    assert not driver.can_see("open-process-note")


def test_after_a_day_a_note_is_corrected_with_a_reason_and_both_stay(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case
) -> None:
    desk.cases.write_note(case, "She is 15.")
    shelter.clock.pass_days(2)
    driver = opened(qtbot, desk, case, "notes")
    driver.click("correct-note")
    driver.type_into("corrected-text", "She is 16.")
    driver.click("keep-correction")
    assert "Say why the note is corrected" in driver.text()
    driver.type_into("correction-reason", "Her paper came")
    driver.click("keep-correction")
    assert {note.text for note in desk.cases.notes_of(case)} == {"She is 15.", "She is 16."}
    assert "Her paper came" in driver.text()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_the_text_stays(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case)
    person = desk.cases.person_of(case)
    assert person is not None
    desk.records.change(person, {"family_name": "ວົງສາ"})
    driver.click("change-person")
    driver.type_into("given_name", "ບົວ")
    driver.click("main")
    assert "changed this record in the meantime" in driver.text()
    assert driver.typed("given_name") == "ບົວ"
    assert desk.records.get(Person, person.id).given_name == "ແສງ"


def test_who_she_is_is_read_first_and_changed_in_place(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case)
    assert "ແສງ" in driver.text()
    assert "Not filled in: Family name," in driver.text()
    assert not driver.can_see("given_name")
    driver.click("change-person")
    assert not driver.can_see("change-person")
    driver.type_into("given_name", "ບົວ")
    driver.click("main")
    person = desk.cases.person_of(case)
    assert person is not None
    assert person.given_name == "ບົວ"
    assert not driver.can_see("given_name")
    assert "ບົວ" in driver.text()


def test_what_is_given_up_is_read_as_it_was(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = opened(qtbot, desk, case)
    driver.click("change-person")
    driver.type_into("given_name", "ບົວ")
    driver.click("leave")
    assert not driver.can_see("given_name")
    assert "ແສງ" in driver.text()
    driver.click("change-person")
    assert driver.typed("given_name") == "ແສງ"


def test_what_was_typed_and_not_saved_opens_the_form_again(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case)
    driver.click("change-person")
    driver.type_into("given_name", "ບົວ")
    draft = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk, case)
    assert not again.can_see("given_name")
    again.page.restore(draft)  # type: ignore[attr-defined]
    assert again.typed("given_name") == "ບົວ"
    assert again.can_see("given_name")


def test_a_task_of_the_case_is_added_and_finished_in_its_list(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case, "tasks")
    driver.type_into("new-task", "ໂທຫາໂຮງໝໍ")
    driver.click("add-task")
    (task,) = desk.tasks.of_case(case)
    assert (task.title_text, task.state) == ("ໂທຫາໂຮງໝໍ", "open")
    driver.click("finish-task")
    assert [found.state for found in desk.tasks.of_case(case)] == ["done"]


def test_the_shortcuts_lead_on_with_this_case(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = opened(qtbot, desk, case)
    for name in ("call", "consent", "admission"):
        driver.do_with_case(name)
    assert driver.went == [
        ("call", case.id),
        ("consent", case.id),
        ("admission", case.id),
    ]
    driver.click("note")
    assert driver.can_see("note-text")


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.HOUSE_MOTHER, f"person tasks {LIVING} kept return_plan timeline"),
        (Role.NURSE, f"person papers tasks {LIVING} health_visit return_plan timeline"),
        (Role.COUNSELLOR, f"person tasks {LIVING} return_plan timeline"),
    ],
)
def test_each_role_sees_its_part_of_somebody_elses_case(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case, role: Role, expected: str
) -> None:
    desk.cases.write_note(case, "We talked.", SECRET)
    passphrase = add_person(shelter.vault, "Dao", role)
    driver = opened(qtbot, as_somebody(shelter, "Dao", passphrase), case)
    assert parts(driver) == expected.split()
    assert ("ແສງ" in driver.text()) == (role is Role.NURSE)
    for action in ("refer", "call", "consent", "note"):
        assert not driver.can_see(action)


@pytest.mark.parametrize("role", [role for role in Role if Area.HOUSE in REACH[role]])
@pytest.mark.parametrize("is_hers", [False, True])
def test_who_does_not_read_a_trade_is_not_told_under_its_name_that_there_is_something(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case, role: Role, is_hers: bool
) -> None:
    """A day of it is known in the house, by lines that do not say what it is about."""
    passphrase = add_person(shelter.vault, "Dao", role)
    seat_all(shelter.vault)
    dao = next(one for one in desk.staff.members() if one.name == "Dao")
    if is_hers:
        desk.records.change(desk.cases.get(case.id), {"owner_id": dao.id})
    desk.records.save(HealthVisit(case_id=case.id, at=desk.now()))
    hers = as_somebody(shelter, "Dao", passphrase)
    kept = hers.cases.get(case.id)
    drawn = parts(opened(qtbot, hers, kept))
    reads = {area for area in (Area.MEDICAL, Area.LEGAL) if hers.may(area, case=kept)}
    assert ("health_visit" in drawn) == (Area.MEDICAL in reads)
    assert ("legal_matter" in drawn) == (Area.LEGAL in reads)


def test_what_is_typed_survives_as_a_draft(qtbot: QtBot, desk: Desk, case: Case) -> None:
    first = opened(qtbot, desk, case, "notes")
    first.type_into("note-text", "ລາວນອນຫຼັບດີ")
    page = CasePage(desk, case.id)
    page.restore(first.page.draft())  # type: ignore[attr-defined]
    assert PageDriver(qtbot, page).typed("note-text") == "ລາວນອນຫຼັບດີ"


@pytest.mark.parametrize("language", ["lo", "en"])
def test_everything_that_takes_the_focus_has_a_name(
    qtbot: QtBot, desk: Desk, case: Case, language: str
) -> None:
    use_language(language)
    desk.cases.write_note(case, "We talked.", SECRET)
    driver = opened(qtbot, desk, case)
    for name in ("person", "notes", "tasks", "disclosures", "timeline", "history"):
        driver.page.show_tab(name)  # type: ignore[attr-defined]
        assert driver.nameless() == []


def test_tabs_are_changed_by_keys(qtbot: QtBot, desk: Desk, case: Case) -> None:
    driver = opened(qtbot, desk, case)
    driver.press(driver.page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert driver.can_see("note-text")


def test_a_case_gets_its_look_only_when_it_is_in_its_place(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    page = CasePage(desk, case.id)
    qtbot.addWidget(page)
    form = page.findChild(RecordForm)
    assert isinstance(form, RecordForm)
    assert form.findChildren(QLineEdit) == []  # who only reads needs no fields
    told = page.findChildren(QLabel, "value")
    assert told
    assert not any(part.testAttribute(POLISHED) for part in told)
    assert page.findChildren(QListView) == []
    page.show()
    assert all(part.testAttribute(POLISHED) for part in told)


@pytest.mark.parametrize("width", [700, 1024, 1366])
def test_age_and_risk_are_whole_however_long_her_name_is(
    qtbot: QtBot, desk: Desk, width: int
) -> None:
    case = desk.cases.admit(
        {
            "case": {"alias": "ສາຍຝົນ " * 12, "risk_level": "medium"},
            "person": {"birth_date": PartialDate(2010)},
        }
    )
    driver = PageDriver(qtbot, CasePage(desk, case.id))
    driver.page.resize(width, 700)
    QCoreApplication.processEvents()
    for words in ("years", "Risk: Medium"):
        fact = next(f for f in driver.parts(QLabel, "fact") if words in f.text())
        assert fact.width() >= fact.fontMetrics().horizontalAdvance(fact.text())
        right = fact.mapTo(driver.page, fact.rect().topRight()).x()
        assert right <= driver.page.width()


def test_a_note_from_paper_is_written_down_as_of_its_own_day(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver = opened(qtbot, desk, case, "notes")
    for name, text in (("note-text", "She slept."), ("note-at", "yesterday 21:30")):
        driver.type_into(name, text)
    driver.click("main")
    driver.type_into("note-text", "She ate.")
    driver.click("main")
    late, now = desk.cases.notes_of(case)
    assert late.at is not None
    assert now.at is not None
    assert (house_day(late.at), wall_time(late.at)) == (desk.today() - timedelta(days=1), "21:30")
    assert house_day(now.at) == desk.today()


def test_another_bed_is_a_press_away_where_beds_are_planned(qtbot: QtBot, desk: Desk) -> None:
    case = lives_here(desk, "Dok")
    gone = lives_here(desk, "Bua")
    room_with(desk, "1")
    [stay] = desk.residence.stays_of(gone)
    desk.residence.leave(stay, "returned_to_family")
    page = CasePage(desk, case.id)
    driver = PageDriver(qtbot, page)
    page.show_tab("house")
    driver.click("to-bed")
    assert driver.went == [("beds", case.id)]
    after = CasePage(desk, gone.id)
    left = PageDriver(qtbot, after)
    after.show_tab("house")
    assert not left.can_see("to-bed")
