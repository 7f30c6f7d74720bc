"""Every kind that the screen shows from its facts: added, changed, opened, kept while typed."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk.core.fields import Field, SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.core.shown import shown as in_words
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.pages.case.areas import AREAS, SECTIONS
from shelterdesk.gui.pages.case.case_facts import CaseFactsCard
from shelterdesk.gui.pages.case.stay_end import StaysCard
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.fields import choose
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.access.lasting import NeedsReason
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, Shelter, add_person
from tests.kinds import value_of

pytestmark = pytest.mark.usefixtures("in_english")

EVERY = pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
ADDED = pytest.mark.parametrize(
    "section", [s for s in SECTIONS if s.add], ids=lambda section: section.name
)
SEALED = pytest.mark.parametrize(
    "section",
    [s for s in SECTIONS if any(f.compartment for f in s.kind.fields().values())],
    ids=lambda section: section.name,
)
WORDS = "ຄຳເວົ້າ <b>ຂອງນາງ</b>"


@pytest.fixture
def case(shelter: Shelter, desk: Desk) -> Case:
    """A girl in the house, and Dao, who has every role."""
    add_person(shelter.vault, "Dao", *Role)
    seat_all(shelter.vault)
    return desk.cases.admit({"case": {"alias": "ດອກຈຳປາ"}, "person": {"given_name": "ແສງ"}})


@pytest.fixture
def dao(shelter: Shelter, case: Case) -> Desk:
    """Dao at the desk: she may read and write everything."""
    assert case.code
    return as_somebody(shelter, "Dao", f"{OTHER_PASSPHRASE} dao")


def link_of(desk: Desk, fact: Field, otherwise: str | None = None) -> str | None:
    """Return to what a link leads: whoever is at the desk, where it leads to one of the staff."""
    me = desk.staff.me()
    return me.id if me and fact.links_to == StaffMember.kind_name() else otherwise


def record_of(desk: Desk, section: Section, case: Case) -> Record:
    """Return a new record of a section with every field filled."""
    fields = section.kind.fields()
    values = {
        name: value_of(fact, lambda: "words", link_of(desk, fact, case.id))
        for name, fact in fields.items()
    }
    sealed = {
        name: SealedValue(WORDS) if declared.compartment else WORDS
        for name, declared in section.kind.sealed_fields()
    }
    return section.kind(**values | sealed | {section.hangs_on: case.id})


def shown(qtbot: QtBot, desk: Desk, case: Case, section: Section) -> tuple[PageDriver, SectionCard]:
    """Show the card of a section."""
    card = SectionCard(desk, desk.cases.get(case.id), section)
    return PageDriver(qtbot, card), card


def form_in(card: SectionCard) -> RecordForm:
    """Return the form that is open on a card."""
    return card.findChildren(RecordForm)[-1]  # one that was shut goes at the next event


def type_all(desk: Desk, card: SectionCard) -> dict[str, str]:
    """Put something into every field of the open form; what then stands in each."""
    form = form_in(card)
    free = {name: cell.editor for name, cell in form.cells.items() if not cell.editor.read_only}
    for editor in free.values():
        value = value_of(editor.field, lambda: WORDS, link_of(desk, editor.field))
        typed = value.value if isinstance(value, SealedValue) else value
        editor._write(typed)
        editor._touched()
    return {name: editor.raw() for name, editor in free.items()}


@ADDED
def test_one_is_added_by_its_button_and_stands_in_the_first_line(
    qtbot: QtBot, dao: Desk, case: Case, section: Section
) -> None:
    driver, card = shown(qtbot, dao, case, section)
    assert driver.can_see("empty")
    driver.click(f"add-{section.name}")
    type_all(dao, card)
    driver.click("main")
    (kept,) = dao.records.of(section.kind, case_id=case.id)
    assert all(getattr(kept, name) is not None for name in section.kind.fields())
    assert not driver.can_see("empty")
    assert not driver.can_see(f"{section.name}-form")
    first = kept.columns[0]
    said = in_words(kept.fields()[first], getattr(kept, first), "en")
    assert said
    assert said in driver.text()


@SEALED
def test_what_only_a_press_opens_is_opened_by_it_and_the_log_remembers(
    qtbot: QtBot, dao: Desk, case: Case, section: Section
) -> None:
    kept = dao.records.save(record_of(dao, section, case))
    driver, card = shown(qtbot, dao, case, section)
    ((name, _declared),) = kept.sealed_fields()
    assert driver.can_see("sealed")
    driver.click(f"change-{section.name}")
    assert WORDS not in form_in(card).editor(name).raw()
    driver.click(f"open-{name}")
    assert form_in(card).editor(name).raw() == WORDS
    assert dao.history.of(kept)[0].action == "looked"
    form_in(card).editor(name).set_raw("other words")
    driver.click("main")
    opened = dao.records.open_sealed(dao.records.get(section.kind, kept.id), name)
    assert opened is not None
    assert opened.value == "other words"


@SEALED
def test_who_has_no_part_in_it_sees_the_days_and_no_sign_of_more(
    qtbot: QtBot, shelter: Shelter, dao: Desk, case: Case, section: Section
) -> None:
    dao.records.save(record_of(dao, section, case))
    desk = Desk(shelter.unlock("Noy", PASSPHRASE))
    mother = add_person(shelter.vault, "Keo", Role.HOUSE_MOTHER)
    desk.lock()
    driver, _card = shown(qtbot, as_somebody(shelter, "Keo", mother), case, section)
    assert driver.can_see(section.name)
    assert not driver.can_see("sealed")
    driver.click(f"change-{section.name}")
    assert not [b for b in driver.page.findChildren(QAbstractButton) if "open-" in b.objectName()]
    assert WORDS not in driver.text()
    assert not any(WORDS in line.text() for line in driver.page.findChildren(QLineEdit))


@EVERY
def test_what_is_typed_is_kept_and_comes_back_in_its_form(
    qtbot: QtBot, dao: Desk, case: Case, section: Section
) -> None:
    kept = dao.records.save(record_of(dao, section, case))
    driver, card = shown(qtbot, dao, case, section)
    driver.click(f"change-{section.name}")
    name = next(n for n, cell in form_in(card).cells.items() if not cell.editor.read_only)
    before = form_in(card).editor(name).raw()
    form_in(card).editor(name).set_raw("4/11/2026 10:00")
    assert form_in(card).editor(name).raw() != before
    draft = card.draft()
    assert draft["of"] == kept.id
    _driver, again = shown(qtbot, dao, case, section)
    again.restore(draft)
    assert form_in(again).editor(name).raw().startswith("4/11/2026")


def test_what_is_typed_of_one_waits_while_another_is_open(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    section = next(s for s in SECTIONS if s.kind is HealthVisit)
    kept = dao.records.save(record_of(dao, section, case))
    driver, card = shown(qtbot, dao, case, section)
    driver.click("add-health_visit")
    form_in(card).editor("findings").set_raw("a new one")
    driver.click("change-health_visit")
    form = form_in(card)
    assert form.editor("findings").raw() == ""
    form.editor("at").set_raw("4/11/2026 10:00")
    _driver, again = shown(qtbot, dao, case, section)
    again.restore(card.draft())
    assert again._about == kept.id
    assert form_in(again).editor("at").raw().startswith("4/11/2026")
    again._begin()
    assert form_in(again).editor("findings").raw() == "a new one"


@EVERY
def test_in_a_closed_case_it_is_only_read(
    qtbot: QtBot, dao: Desk, case: Case, section: Section
) -> None:
    kept = dao.records.save(record_of(dao, section, case))
    dao.records.change(dao.cases.get(case.id), {"closed_on": dao.today()})
    driver, card = shown(qtbot, dao, case, section)
    assert not driver.can_see(f"add-{section.name}")
    driver.click(f"change-{section.name}")
    assert all(cell.editor.read_only for cell in form_in(card).cells.values())
    for name, declared in kept.sealed_fields():
        if declared.compartment:
            driver.click(f"open-{name}")
        assert form_in(card).editor(name).raw() == WORDS
        assert form_in(card).editor(name).read_only


def test_what_another_act_fills_in_is_read_and_never_typed(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    section = next(s for s in SECTIONS if s.kind is Stay)
    dao.records.save(record_of(dao, section, case))
    driver, card = shown(qtbot, dao, case, section)
    driver.click("change-stay")
    cells = form_in(card).cells
    assert section.only_read
    assert all(cells[name].editor.read_only for name in section.only_read)


def test_a_director_says_why_before_she_opens_what_the_nurse_has_found(
    qtbot: QtBot, shelter: Shelter, dao: Desk, case: Case
) -> None:
    section = next(s for s in SECTIONS if s.kind is HealthVisit)
    kept = dao.records.save(record_of(dao, section, case))
    dao.lock()
    noy = Desk(shelter.unlock("Noy", PASSPHRASE))
    driver, card = shown(qtbot, noy, case, section)
    driver.click("change-health_visit")
    driver.click("open-findings")
    assert NeedsReason.sentence in driver.text()
    driver.type_into("why-findings", "She is unconscious and the doctor asks")
    driver.click("open-findings")
    assert form_in(card).editor("findings").raw() == WORDS
    assert form_in(card).editor("findings").read_only
    assert noy.history.of(kept)[0].action == "looked"


def test_the_lines_are_the_newest_and_earlier_ones_come_when_asked_for(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    section = next(s for s in SECTIONS if s.kind is HealthVisit)
    for _number in range(25):
        dao.records.save(HealthVisit(case_id=case.id))
    driver, card = shown(qtbot, dao, case, section)
    assert len(driver.parts(QAbstractButton, "change-health_visit")) == 20
    driver.click("earlier-health_visit")
    QCoreApplication.processEvents()
    assert len(driver.parts(QAbstractButton, "change-health_visit")) == 25
    assert not driver.can_see("earlier-health_visit")
    assert card.editor is None


def test_the_facts_of_a_case_are_read_in_one_line_and_changed_below_it(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    card = CaseFactsCard(dao, case)
    driver = PageDriver(qtbot, card)
    assert "Not filled in: " in driver.text()
    assert "Next review" in driver.text()
    driver.click("change-facts")
    form_in(card).editor("next_review").set_raw("30/11/2026")
    driver.click("main")
    assert str(dao.cases.get(case.id).next_review) == "2026-11-30"
    assert "Next review: 30/11/2026" in driver.text()


def test_every_kind_has_a_place_on_the_screen_or_says_why_not() -> None:
    names = {part.name for area in AREAS for part in area.parts}
    assert {section.name for section in SECTIONS} <= names


def test_the_lines_are_sorted_by_a_column_and_what_lacks_it_comes_last(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    (section,) = [one for one in SECTIONS if one.kind is Stay]
    for number, bed in enumerate(("B10", "A1", "", "B9"), 1):
        came = dao.now() - timedelta(days=number)
        stay = Stay(case_id=case.id, admitted_at=came, left_at=came, state="exited", bed=bed)
        dao.records.save(stay)
    driver, card = shown(qtbot, dao, case, section)

    def beds() -> list[str]:
        QCoreApplication.processEvents()
        said = [line.text() for line in card.findChildren(Elided) if line.isVisible()]
        return [text.removeprefix("Bed: ") for text in said if text.startswith("Bed: ")]

    assert driver.can_see("order-stay")
    assert card.order.box is not None
    assert beds() == ["B9", "A1", "B10"]
    choose(card.order.box, "bed")
    assert beds() == ["A1", "B9", "B10"]
    choose(card.order.box, "admitted_at")
    assert beds() == ["B10", "A1", "B9"]
    choose(card.order.box, "")
    assert beds() == ["B9", "A1", "B10"]


def test_the_last_saving_is_taken_back(qtbot: QtBot, dao: Desk, case: Case) -> None:
    section = next(s for s in SECTIONS if s.kind is HealthVisit)
    kept = dao.records.save(record_of(dao, section, case))
    assert isinstance(kept, HealthVisit)
    driver, card = shown(qtbot, dao, case, section)
    assert not driver.can_see("undo-section")
    driver.click("change-health_visit")
    form_in(card).editor("at").set_raw("1/2/2026 | 10:00")
    driver.click("main")
    assert dao.records.get(HealthVisit, kept.id).at != kept.at
    assert "can be taken back" in driver.text()
    driver.click("undo-section")
    assert dao.records.get(HealthVisit, kept.id).at == kept.at
    assert not driver.can_see("undo-section")


def test_what_was_changed_again_since_is_not_taken_back(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    section = next(s for s in SECTIONS if s.kind is HealthVisit)
    kept = dao.records.save(record_of(dao, section, case))
    driver, card = shown(qtbot, dao, case, section)
    driver.click("change-health_visit")
    form_in(card).editor("at").set_raw("1/2/2026 | 10:00")
    driver.click("main")
    again = dao.records.get(HealthVisit, kept.id)
    other = dao.records.change(again, {"at": None})
    driver.click("undo-section")
    assert dao.records.get(HealthVisit, kept.id).at == other.at
    assert "changed" in driver.text()


def test_who_saves_over_another_one_sees_both(qtbot: QtBot, dao: Desk, case: Case) -> None:
    stay = dao.residence.admit(case, bed="1")
    section = next(s for s in SECTIONS if s.kind is Stay)
    driver, card = shown(qtbot, dao, case, section)
    driver.click("change-stay")
    form_in(card).editor("bed").set_raw("2")
    dao.records.change(stay, {"bed": "3"})
    driver.click("main")
    assert dao.records.get(Stay, stay.id).bed == "3"
    form = card._forms[""]
    assert form.editor("bed").raw() == "3"
    assert "2" in driver.text()  # what was typed waits below the field
    assert card.draft() != {}
    assert card._open_one is not None
    assert card._open_one.problem.isVisible()


def test_a_bed_in_which_somebody_sleeps_is_told_below_its_field(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    other = dao.cases.open_case("Mali")
    dao.residence.admit(other, bed="Bed 3")
    dao.residence.admit(case)
    section = next(s for s in SECTIONS if s.kind is Stay)
    card = StaysCard(dao, dao.cases.get(case.id), section)
    driver = PageDriver(qtbot, card)
    driver.click("change-stay")
    editor = form_in(card).editor("bed")
    editor.set_raw("4")
    assert not driver.can_see("bed-taken")
    for typed in ("3", "bed 3", "ຕຽງ 03"):
        editor.set_raw(typed)
        assert driver.can_see("bed-taken")
    assert "Mali" in driver.text()


def test_she_goes_on_leave_in_place_but_does_not_move_out_without_an_end(
    qtbot: QtBot, dao: Desk, case: Case
) -> None:
    stay = dao.residence.admit(case)
    section = next(s for s in SECTIONS if s.kind is Stay)
    driver, card = shown(qtbot, dao, case, section)
    driver.click("change-stay")
    form_in(card).editor("state").set_raw("exited")
    driver.click("main")
    assert "she leaves" in form_in(card).editor("state").shown_problem()
    form_in(card).editor("state").set_raw("on_leave")
    driver.click("main")
    assert dao.records.get(Stay, stay.id).state == "on_leave"
