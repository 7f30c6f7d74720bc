"""What is typed around her and in corrections is kept like all that is typed, and comes back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import InvalidFields
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.pages.case.around_her import ContactsCard, RelationsCard
from shelterdesk.gui.pages.case.case import CasePage
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.services.desk import Desk
from tests.drivers.form import FormDriver
from tests.drivers.pages import PageDriver
from tests.factories import Shelter

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def case(desk: Desk) -> Case:
    """A girl of whom the name is known."""
    return desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ແສງ"}})


def opened(qtbot: QtBot, desk: Desk, case: Case) -> PageDriver:
    """Show the page of a case."""
    return PageDriver(qtbot, CasePage(desk, case.id))


def card(driver: PageDriver, kind: type[SectionCard]) -> SectionCard:
    """Return one of the lists around her."""
    return driver.page.findChildren(kind)[0]


def again(qtbot: QtBot, desk: Desk, case: Case, left: PageDriver) -> PageDriver:
    """Open the page once more with what was typed in the one that was left."""
    kept = left.page.draft()  # type: ignore[attr-defined]
    assert kept != {}
    driver = opened(qtbot, desk, case)
    driver.page.restore(kept)  # type: ignore[attr-defined]
    QCoreApplication.processEvents()
    assert driver.page.draft() == kept  # type: ignore[attr-defined]
    return driver


def test_a_relative_that_was_begun_comes_back_and_is_saved_whole(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    first = opened(qtbot, desk, case)
    first.click("add-relation")
    forms = card(first, RelationsCard)._forms
    FormDriver(forms["who"]).fill(given_name="ຄຳ")
    FormDriver(forms["relation"]).fill(relation="Mother", notes="lives by the river")
    driver = again(qtbot, desk, case, first)
    relations = card(driver, RelationsCard)
    assert relations.editor is not None
    relations.editor.findChildren(QWidget, "main")[0].click()  # type: ignore[attr-defined]
    ((relation, person),) = desk.cases.relations_of(case)
    assert (relation.relation, relation.notes) == ("mother", "lives by the river")
    assert (person.given_name, person.kind) == ("ຄຳ", "family")
    assert driver.page.draft() == {}  # type: ignore[attr-defined]


def test_a_relative_without_a_relation_leaves_nobody_behind(desk: Desk, case: Case) -> None:
    with pytest.raises(InvalidFields):
        desk.around.note(case, {"given_name": "ຄຳ"}, {"notes": 5})
    assert [one.kind for one in desk.records.of(Person)] == ["survivor"]


def test_a_number_that_was_being_changed_comes_back_in_its_form(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    her = desk.cases.person_of(case)
    assert her is not None
    point = ContactPoint(person_id=her.id, kind="phone", value="020 5555")
    desk.records.save(point)
    first = opened(qtbot, desk, case)
    first.click("change-contact")
    FormDriver(card(first, ContactsCard)._forms[""]).fill(whose="her aunt")
    driver = again(qtbot, desk, case, first)
    contacts = card(driver, ContactsCard)
    assert contacts._about == point.id
    assert contacts._forms[""].editor("whose").value() == "her aunt"


def test_a_task_that_was_being_typed_comes_back_on_its_tab(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    first = opened(qtbot, desk, case)
    first.page.show_tab("tasks")  # type: ignore[attr-defined]
    first.type_into("new-task", "ໂທຫາໂຮງໝໍ")
    first.type_into("new-task-day", "tomorrow")
    driver = again(qtbot, desk, case, first)
    assert (driver.typed("new-task"), driver.typed("new-task-day")) == ("ໂທຫາໂຮງໝໍ", "4/11/2026")
    driver.click("add-task")
    (task,) = desk.tasks.of_case(case)
    assert task.due_on == desk.today() + timedelta(days=1)
    assert driver.page.draft() == {}  # type: ignore[attr-defined]


def test_a_task_that_was_being_typed_on_the_first_page_comes_back(qtbot: QtBot, desk: Desk) -> None:
    first = PageDriver(qtbot, HomePage(desk))
    first.type_into("new-task", "buy rice")
    page = HomePage(desk)
    page.restore(first.page.draft())  # type: ignore[attr-defined]
    assert PageDriver(qtbot, page).typed("new-task") == "buy rice"


def test_a_correction_that_was_being_typed_comes_back_below_its_note(
    qtbot: QtBot, shelter: Shelter, desk: Desk, case: Case
) -> None:
    desk.cases.write_note(case, "She is 15.")
    shelter.clock.pass_days(2)
    first = opened(qtbot, desk, case)
    first.page.show_tab("notes")  # type: ignore[attr-defined]
    first.click("correct-note")
    first.type_into("corrected-text", "She is 16.")
    first.type_into("correction-reason", "Her paper came")
    driver = again(qtbot, desk, case, first)
    assert driver.typed("corrected-text") == "She is 16."
    driver.click("keep-correction")
    assert [note.text for note in desk.cases.notes_of(case)] == ["She is 15.", "She is 16."]
