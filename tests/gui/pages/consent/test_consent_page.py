"""She decides item by item: by keys and mouse, for herself and, under 18, with a guardian."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.consent.consent import ConsentPage
from shelterdesk.gui.parts.second_person import SecondPerson
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk
from tests.drivers.pages import as_somebody
from tests.drivers.tables import rows_of
from tests.factories import PASSPHRASE, Shelter, add_person
from tests.gui.pages.consent.stage import ADULT, CHILD, Hands, Stage, staged, unnamed

pytestmark = pytest.mark.usefixtures("in_english")


def test_an_adult_agrees_to_her_name_and_nothing_else(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.click(hands.part("item_legal_name").yes)
    hands.click(hands.part("item_legal_matter").no)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    with qtbot.waitSignal(page.go) as gone:
        hands.click("given")
    assert gone.args == ["case", stage.case.id]
    allowed = stage.desk.consents.in_force(stage.case, stage.office.id)
    assert allowed == {"case_code", "need_requested", "legal_name"}


def test_what_leaves_stands_beside_what_stays(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.click(hands.part("item_legal_name").yes)
    sides = (page.leaving.leaves, page.leaving.stays)
    leaves, stays = (side.text().split("\n") for side in sides)
    assert "Legal name" in leaves
    assert "Legal matter" in stays
    assert "Legal name" not in stays


def test_a_consent_without_its_language_is_refused_beside_the_field(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.click("given")
    assert "explained" in page.explaining.form.editor("language").shown_problem()
    assert stage.desk.consents.of_case(stage.case) == []


def test_her_no_is_kept_and_lets_nothing_out(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    hands = Hands(qtbot, ConsentPage(stage.desk, stage.case.id))
    hands.choose("organisation", stage.office.id)
    hands.click("refused")
    assert [one.state for one in stage.desk.consents.of_case(stage.case)] == ["refused"]
    assert stage.desk.consents.in_force(stage.case, stage.office.id) == frozenset()


def test_for_a_girl_only_what_both_allow_may_leave(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    mother = stage.relative("ຄຳ", "mother")
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.choose("second_actor", "parent")
    hands.choose("guardian_decision", "given")
    hands.choose("guardian", mother.id)
    for item in ("legal_name", "legal_matter"):
        hands.click(hands.part(f"item_{item}").yes)
    for item in ("case_code", "need_requested"):
        hands.click(hands.part(f"guardian_{item}").yes)
    hands.click(hands.part("guardian_legal_name").no)
    hands.click(hands.part("guardian_legal_matter").yes)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    hands.click("given")
    assert page.problem.text() == ""
    allowed = stage.desk.consents.in_force(stage.case, stage.office.id)
    assert allowed == {"case_code", "need_requested", "legal_matter"}


def for_a_girl(qtbot: QtBot, stage: Stage) -> tuple[ConsentPage, Hands]:
    """Ask a girl and her mother about her name."""
    mother = stage.relative("ຄຳ", "mother")
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.choose("second_actor", "parent")
    hands.choose("guardian_decision", "given")
    hands.choose("guardian", mother.id)
    hands.click(hands.part("item_legal_name").yes)
    for item in ("case_code", "need_requested", "legal_name"):
        hands.click(hands.part(f"guardian_{item}").yes)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    return page, hands


def test_her_assent_and_the_guardians_consent_are_kept_both_or_neither(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter, CHILD)
    page, hands = for_a_girl(qtbot, stage)
    hands.choose("guardian", "")
    hands.click("given")
    assert (
        "which parent or guardian" in page.deciding.form.editor("actor_person_id").shown_problem()
    )
    assert stage.desk.consents.of_case(stage.case) == []
    hands.part("guardian").setCurrentIndex(1)
    hands.click("given")
    theirs, hers = sorted(
        (one.consent for one in stage.desk.consents.of_case(stage.case)), key=lambda c: c.actor
    )
    assert (hers.actor, theirs.actor) == ("self_assent_under_18", "parent")
    assert (hers.together_id, theirs.together_id) == (None, hers.id)


def test_a_draft_keeps_the_second_decision_too(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    first, _hands = for_a_girl(qtbot, stage)
    again = ConsentPage(stage.desk, stage.case.id)
    qtbot.addWidget(again)
    again.restore(first.draft())
    assert again.asked.items.answers(1)["legal_name"] is True
    assert again.draft() == first.draft()


def signing(qtbot: QtBot, name: str, passphrase: str) -> None:
    """Sign in the dialogue that is about to open."""

    def sign() -> None:
        dialogue = QApplication.activeModalWidget()
        assert isinstance(dialogue, SecondPerson)
        dialogue.name.setCurrentText(name)
        qtbot.keyClicks(dialogue.passphrase, passphrase)  # type: ignore[no-untyped-call]
        dialogue.sign.click()

    QTimer.singleShot(0, sign)


def leave_it() -> None:
    """Leave the dialogue that has opened without a signature."""
    dialogue = QApplication.activeModalWidget()
    assert isinstance(dialogue, SecondPerson)
    dialogue.reject()


def test_a_counsellor_adds_an_item_with_a_reason_and_a_directors_signature(
    qtbot: QtBot, shelter: Shelter
) -> None:
    hers = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    office = staged(shelter).office
    desk = as_somebody(shelter, "Dao", hers)
    her = {"given_name": "ມະນີ", "birth_date": PartialDate.of(ADULT)}
    case = desk.cases.admit({"case": {"alias": "Mani"}, "person": her})
    stage = Stage(desk, case, office)
    page = ConsentPage(desk, case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", office.id)
    hands.click("more")
    above = next(
        c for c in page.asked.items.shown() if c not in dict(desk.consents.offered(office))
    )
    hands.tick(hands.part(f"item_{above}").yes)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    hands.click("given")
    assert "A director must agree" in page.asked.problem.text()
    hands.type("above_reason", "The court asks for this in its letter")
    signing(qtbot, "Noy", PASSPHRASE)
    hands.click("given")
    assert above in stage.desk.consents.in_force(case, office.id)
    (note,) = desk.cases.notes_of(case)
    assert note.text is not None
    assert note.text.startswith("The court asks for this in its letter")
    assert "Noy" in note.text


def above_for(desk: Desk, office: Organisation, page: ConsentPage) -> list[str]:
    """Return the items that are more than usual for an office."""
    usual = dict(desk.consents.offered(office))
    return [code for code in page.asked.items.shown() if code not in usual]


def test_a_director_is_fetched_for_what_can_be_kept_and_signs_for_all_of_it(
    qtbot: QtBot, shelter: Shelter
) -> None:
    hers = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    office = staged(shelter).office
    desk = as_somebody(shelter, "Dao", hers)
    case = desk.cases.admit({"person": {"birth_date": PartialDate.of(ADULT)}})
    page = ConsentPage(desk, case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", office.id)
    hands.click("more")
    first, second, *_rest = above_for(desk, office, page)
    hands.tick(hands.part(f"item_{first}").yes)
    hands.type("above_reason", "The court asks for this in its letter")
    hands.click("given")  # nobody is fetched to sign for what cannot be kept
    assert "explained" in page.explaining.form.editor("language").shown_problem()
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    hands.tick(hands.part(f"item_{second}").yes)
    QTimer.singleShot(0, leave_it)
    hands.click("given")
    assert "Nothing was saved" in page.asked.problem.text()
    assert desk.consents.of_case(case) == []
    signing(qtbot, "Noy", PASSPHRASE)
    hands.click("given")
    assert {first, second} <= desk.consents.in_force(case, office.id)


def test_a_name_like_that_of_an_involved_man_is_compared_by_a_director(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    stage.relative("Khamla", "aunt_uncle", involved="yes")
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.type("recipient_person", "Mr Khamla")
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    assert not page.director.isVisible()
    hands.click("given")
    assert "compare the two names" in page.problem.text()
    assert stage.desk.consents.of_case(stage.case) == []
    hands.tick(page.director.looked)
    hands.type("recipient_person", " Sisouk")  # somebody else again
    assert not page.director.looked.isChecked()
    hands.click("given")
    hands.tick(page.director.looked)
    hands.click("given")
    assert stage.desk.consents.in_force(stage.case, None, "Mr Khamla Sisouk")
    (note,) = stage.desk.cases.notes_of(stage.case)
    assert "Noy" in (note.text or "")


def test_what_she_did_not_understand_is_put_off_and_a_cleared_day_is_today(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", stage.office.id)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked_no")
    page.explaining.form.editor("valid_from").set_raw("")
    hands.click("given")
    assert "think it over" in page.explaining.form.editor("capacity_checked").shown_problem()
    hands.click("deferred")
    (kept,) = stage.desk.consents.of_case(stage.case)
    assert (kept.state, kept.consent.valid_from) == ("deferred", stage.desk.today())


def test_an_authority_is_named_and_a_friend_stands_in_grey(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    friend = stage.relative("Dao", "friend")
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("second_actor", "parent")
    box = hands.part("guardian")
    assert "not written down as her parent" in box.itemText(box.findData(friend.id))
    hands.choose("organisation", stage.office.id)
    hands.choose("second_actor", "authority_in_loco_parentis")
    hands.choose("guardian_decision", "given")
    assert "which authority" in hands.text()
    hands.click(hands.part("guardian_legal_matter").no)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    hands.click("given")
    assert "comma" in page.deciding.form.editor("panel").shown_problem()
    hands.type("panel", "Ms Dao, District welfare office")
    hands.click("given")
    assert len(stage.desk.consents.of_case(stage.case)) == 2


def test_whoever_is_not_asked_in_this_capacity_is_not_kept(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter, CHILD)
    page, hands = for_a_girl(qtbot, stage)
    assert page.deciding.second_values()["actor_person_id"] is not None
    hands.choose("second_actor", "authority_in_loco_parentis")
    hands.type("panel", "Ms Dao, District welfare office")
    assert page.deciding.second_values()["actor_person_id"] is None
    hands.choose("second_actor", "parent")
    assert page.deciding.second_values()["panel"] is None


def test_without_the_directors_signature_nothing_is_kept(qtbot: QtBot, shelter: Shelter) -> None:
    hers = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    office = staged(shelter).office
    desk = as_somebody(shelter, "Dao", hers)
    case = desk.cases.admit({"person": {"birth_date": PartialDate.of(ADULT)}})
    page = ConsentPage(desk, case.id)
    hands = Hands(qtbot, page)
    hands.choose("organisation", office.id)
    hands.click("more")
    above = next(
        c for c in page.asked.items.shown() if c not in dict(desk.consents.offered(office))
    )
    hands.tick(hands.part(f"item_{above}").yes)
    hands.choose("language_of", "lo")
    hands.click("capacity_checked")
    hands.type("above_reason", "The court asks for this in its letter")
    QTimer.singleShot(0, leave_it)
    hands.click("given")
    assert "Nothing was saved" in page.asked.problem.text()
    assert desk.consents.of_case(case) == []


def test_an_involved_uncle_stands_there_in_grey_with_the_reason(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter, CHILD)
    uncle = stage.relative("ບຸນມີ", "uncle_aunt", involved="suspected")
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("second_actor", "parent")
    box = hands.part("guardian")
    assert "cannot decide" in box.itemText(box.findData(uncle.id))
    with pytest.raises(AssertionError, match="cannot be reached"):
        hands.choose("guardian", uncle.id)


def test_a_draft_brings_back_what_was_answered(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    first = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, first)
    hands.choose("organisation", stage.office.id)
    hands.click(hands.part("item_legal_name").yes)
    hands.type("witness", "Dao")
    again = ConsentPage(stage.desk, stage.case.id)
    qtbot.addWidget(again)
    again.restore(first.draft())
    assert again.asked.items.answers()["legal_name"] is True
    assert again.draft() == first.draft()


def test_the_statement_promises_that_nothing_depends_on_her_yes(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    page = ConsentPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.click("read_in_en")
    assert "your care and our help stay the same" in page.reading.text()
    assert "take it back at any time" in page.reading.text()
    assert unnamed(page) == []


def test_she_takes_a_consent_back_and_nothing_leaves_any_more(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    stage.agree("case_code", "legal_name")
    panel = ConsentsPanel(stage.desk, stage.case)
    hands = Hands(qtbot, panel)
    assert "Legal name" in panel.detail.text()
    hands.click("withdraw")
    hands.type("how", "told me in the garden")
    hands.click("take_back")
    assert stage.desk.consents.in_force(stage.case, stage.office.id) == frozenset()
    assert "she took it back" in rows_of(panel.list)[0]
    assert "Taken back" in panel.told.text()
    assert not panel.withdraw.isEnabled()
    assert unnamed(panel) == []
