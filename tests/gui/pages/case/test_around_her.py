"""Around her: a telephone, a name put right, somebody who is in the records chosen, not typed."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.pages.case.around_her import RelationsCard
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from tests.drivers.form import FormDriver
from tests.drivers.pages import PageDriver
from tests.services.conftest import Sit, seven, sit

__all__ = ["seven", "sit"]

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def case(desk: Desk) -> Case:
    """A girl of whom the name is known."""
    return desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name": "ແສງ"}})


def shown(qtbot: QtBot, desk: Desk, case: Case) -> tuple[PageDriver, RelationsCard]:
    """Show the people around her."""
    card = RelationsCard(desk, desk.cases.get(case.id))
    return PageDriver(qtbot, card), card


def form(card: SectionCard, prefix: str) -> FormDriver:
    """Return one of the forms that are open on a card."""
    return FormDriver(card._forms[prefix])


def test_a_mother_who_may_be_called_is_noted_and_seen_with_her_number(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver, card = shown(qtbot, desk, case)
    driver.click("add-relation")
    form(card, "who").fill(given_name="ຄຳ")
    form(card, "relation").fill(relation="Mother")
    form(card, "way").fill(value="020 5555 1234", safe_hours="in the evening")
    card._forms["way"].editor("safe_to_call").set_raw("yes")
    driver.click("main")
    for words in ("ຄຳ", "Mother", "020 5555 1234", "Call: Yes", "in the evening"):
        assert words in driver.text()


def test_a_barred_uncle_cannot_be_safe_to_call_and_his_field_says_so(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver, card = shown(qtbot, desk, case)
    driver.click("add-relation")
    form(card, "who").fill(given_name="ບຸນ", kind="Alleged perpetrator")
    form(card, "relation").fill(involved="Suspected")
    form(card, "way").fill(value="020 5555 1234")
    card._forms["way"].editor("safe_to_call").set_raw("yes")
    driver.click("main")
    assert "cannot be safe to call" in form(card, "way").problem("safe_to_call")
    card._forms["way"].editor("safe_to_call").set_raw("no")
    driver.click("main")
    assert "Alleged perpetrator" in driver.text()
    assert "020 5555 1234" not in driver.text()  # never offered


def test_what_cannot_be_read_is_told_in_whichever_form_it_stands(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver, card = shown(qtbot, desk, case)
    driver.click("add-relation")
    form(card, "who").fill(given_name="ຄຳ", birth_date="some day")
    driver.click("main")
    assert form(card, "who").problem("birth_date")
    assert desk.around.of(case) == []


def test_a_name_is_put_right_and_the_last_saving_taken_back(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    desk.around.note(case, {"given_name": "ຄຳ"}, {"relation": "mother"}, [{"value": "020 111"}])
    way = desk.around.of(case)[0].ways[0]
    driver, card = shown(qtbot, desk, case)
    driver.click("change-relation")
    form(card, "who").fill(given_name="ຄຳແພງ")
    form(card, f"way {way.id}").fill(value="020 222")
    driver.click("main")
    assert ("ຄຳແພງ" in driver.text(), "020 222" in driver.text()) == (True, True)
    driver.click("undo-section")
    (near,) = desk.around.of(case)
    assert (near.person.given_name, near.ways[0].value) == ("ຄຳ", "020 111")
    assert "020 111" in driver.text()
    assert not driver.can_see("undo-section")


def test_a_sister_in_the_records_is_chosen_and_not_typed_again(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    sister = desk.cases.admit({"case": {"alias": "Lotus"}, "person": {"given_name": "ບົວຄຳ"}})
    driver, card = shown(qtbot, desk, case)
    driver.click("add-relation")
    form(card, "who").fill(given_name="Buakham")
    qtbot.waitUntil(driver.part(QPushButton, "alike-open").isEnabled)
    driver.click("alike-open")
    assert "a like name" in driver.text()
    driver.click("choose-alike")
    assert "ບົວຄຳ" in driver.text()
    form(card, "relation").fill(relation="Brother or sister")
    kept = card.draft()
    again, second = shown(qtbot, desk, case)
    second.restore(kept)
    QCoreApplication.processEvents()
    assert second.draft() == kept
    again.click("main")
    (near,) = desk.around.of(case)
    assert (near.person.id, near.relation.relation) == (sister.person_id, "brother_sister")
    assert card.draft() is not None
    assert second.draft() == {}


def test_she_herself_and_a_number_that_is_known_are_told(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    other = desk.cases.admit({"case": {"alias": "Lotus"}, "person": {"given_name": "ບົວ"}})
    desk.around.note(
        other, {"given_name": "ຄຳ"}, {"relation": "mother"}, [{"value": "02055551234"}]
    )
    driver, card = shown(qtbot, desk, case)
    driver.click("add-relation")
    form(card, "who").fill(given_name="ແສງ")
    form(card, "way").fill(value="+856 20 5555 1234")
    qtbot.waitUntil(driver.part(QPushButton, "alike-open").isEnabled)
    driver.click("alike-open")
    assert "the same telephone number" in driver.text()
    assert "Mother of" in driver.text()
    assert len(driver.parts(QPushButton, "choose-alike")) == 1  # she herself is not among them


def test_who_belongs_to_another_case_is_not_named_nor_corrected(qtbot: QtBot, sit: Sit) -> None:
    counsellor = sit(Role.COUNSELLOR)
    mine, theirs = counsellor.setting("own"), counsellor.setting("other")
    with counsellor.vault.database.writing() as session:
        session.add(Relation(person_id=mine.person.id, other_id=theirs.uncle.id))
    driver, card = shown(qtbot, counsellor.desk, mine.case)
    assert "Somebody of another case" in driver.text()
    lines = [near for near in card._near.values() if not near.is_known]
    card._change(lines[0].relation)
    QCoreApplication.processEvents()
    assert "corrected there" in driver.text()
    assert set(card._forms) == {"relation"}


def test_a_telephone_without_a_number_is_asked_once_more(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    driver, card = shown(qtbot, desk, case)
    driver.click("add-relation")
    form(card, "who").fill(given_name="ຄຳ")
    form(card, "way").fill(value="abc")
    driver.click("main")
    assert "no number in it" in form(card, "way").problem("value")
    assert desk.around.of(case) == []
    driver.click("main")
    assert [way.value for way in desk.around.of(case)[0].ways] == ["abc"]
