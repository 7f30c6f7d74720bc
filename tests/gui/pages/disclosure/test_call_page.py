"""A telephone call: written down before it is shown, only what was agreed, the address guarded."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.case.disclosure_log import DisclosureLog
from shelterdesk.gui.pages.disclosure.call import CallPage
from shelterdesk.records.people.contact_point import ContactPoint
from tests.factories import Shelter, add_person
from tests.gui.pages.consent.stage import Hands, staged, unnamed

pytestmark = pytest.mark.usefixtures("in_english")


def test_what_is_read_aloud_was_written_down_first(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    stage.agree("case_code", "legal_name")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["legal_name"])
    assert stage.desk.disclosures.of_case(stage.case) == []
    hands.click(page.start)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert (left.items, left.medium) == (("legal_name",), "phone")
    words = [w.text() for w in page.aloud.findChildren(QLabel, "large")]
    assert words == ["ຈຳປາ <b>Saeng</b>"]
    assert stage.case.code not in hands.text()


def test_what_she_did_not_agree_to_cannot_be_ticked(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    stage.agree("case_code")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["legal_name"])
    assert not page._boxes["legal_name"].isChecked()
    assert "has not agreed" in page._boxes["legal_name"].text()
    assert unnamed(page) == []


def test_without_an_agreement_there_is_nobody_to_call(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    assert page.recipient.count() == 1
    assert "no recipient yet" in hands.text()


def test_who_may_be_told_nothing_any_more_stands_there_with_the_reason(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    stage.agree("case_code")
    (asked,) = stage.desk.consents.of_case(stage.case)
    stage.desk.consents.withdraw(asked.consent)
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    assert page.recipient.currentIndex() == 0
    page.recipient.setCurrentIndex(1)
    assert "she took it back on 3/11/2026" in page.verdict.text()
    assert "has not agreed" not in hands.text()
    assert not any(box.isEnabled() for box in page._boxes.values())


def test_an_address_needs_a_second_person_and_is_shown_large(
    qtbot: QtBot, shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    add_person(shelter.vault, "Bua", Role.HOUSE_MOTHER)
    stage = staged(shelter)
    her = stage.desk.cases.person_of(stage.case)
    assert her is not None
    number = ContactPoint(person_id=her.id, kind="phone", value="020 5555 0000")
    number.safe_to_call, number.safe_hours = "yes", "after school"
    stage.desk.records.save(number)
    stage.agree("safe_contact")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["safe_contact"])
    hands.click(page.start)
    assert "Lane Xang road 5" in page.address.place.text()
    assert stage.desk.disclosures.of_case(stage.case) == []
    offered = page.address.colleague
    assert [offered.itemText(n) for n in range(offered.count())] == ["–", "Dao"]
    hands.choose("second_name", "Dao")
    hands.type("second_passphrase", "not her words at all")
    hands.press("second_passphrase", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.address.problem.text() != "")
    assert stage.desk.disclosures.of_case(stage.case) == []
    hands.type("second_passphrase", passphrase)
    hands.press("second_passphrase", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.aloud)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert left.second_person == "Dao"


def test_a_law_is_cited_told_to_her_and_signed_by_a_director(
    qtbot: QtBot, shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    stage = staged(shelter)
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("ground", "law")
    hands.choose("recipient", "0")
    hands.tick(page._boxes["legal_name"])
    hands.click(page.start)
    assert "which law or court order" in page.problem.text()
    hands.type("law", "Court order 12/2026")
    hands.click(page.start)
    assert "what she was told" in page.problem.text()
    hands.type("told_her", "On 2 November, by Noy")
    hands.click(page.start)
    assert page.steps.currentWidget() is page.address
    assert "without her consent" in hands.text()
    hands.choose("second_name", "Dao")
    hands.type("second_passphrase", passphrase)
    hands.press("second_passphrase", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.aloud)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert (left.basis, left.law, left.second_person) == ("law", "Court order 12/2026", "Dao")
    assert left.reason == "On 2 November, by Noy"
    assert unnamed(page) == []


def test_danger_to_life_needs_its_sentence_and_is_reviewed(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("ground", "vital_interest")
    hands.type("call_person", "Ambulance 1195")
    hands.tick(page._boxes["legal_name"])
    hands.click(page.start)
    assert "what the danger to life is" in page.problem.text()
    hands.type("danger", "She swallowed pills and does not wake up")
    hands.click(page.start)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert (left.basis, left.recipient_person) == ("vital_interest", "Ambulance 1195")
    assert left.review_by == stage.desk.today() + timedelta(days=3)


def test_in_danger_a_name_that_is_alike_is_compared_by_who_is_there(
    qtbot: QtBot, shelter: Shelter
) -> None:
    stage = staged(shelter)
    stage.relative("Kong", "other_family", involved="yes")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("ground", "vital_interest")
    hands.type("call_person", "Kong, ambulance")
    hands.tick(page._boxes["legal_name"])
    hands.type("danger", "She swallowed pills and does not wake up")
    hands.click(page.start)
    assert page.address.isVisible()
    assert stage.desk.disclosures.of_case(stage.case) == []
    hands.tick(page.address.looked)
    hands.click(page.address.yes)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert left.recipient_person == "Kong, ambulance"
    assert page.steps.currentWidget() is page.aloud


def test_a_signature_is_not_used_after_the_step_was_left(qtbot: QtBot, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    stage = staged(shelter)
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("ground", "law")
    hands.choose("recipient", "0")
    hands.tick(page._boxes["legal_name"])
    hands.type("law", "Court order 12/2026")
    hands.type("told_her", "today")
    hands.click(page.start)
    hands.choose("second_name", "Dao")
    hands.type("second_passphrase", passphrase)
    hands.press("second_passphrase", Qt.Key.Key_Return)
    assert not page.address.yes.isEnabled()
    page.hide()
    qtbot.waitUntil(page.address.yes.isEnabled)
    assert stage.desk.disclosures.of_case(stage.case) == []


def test_the_answer_becomes_a_note_of_the_case(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    stage.agree("case_code")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["case_code"])
    hands.click(page.start)
    hands.click(page.aloud.end)
    hands.type("answer_note", "They have a place on Monday.")
    with qtbot.waitSignal(page.go):
        hands.click(page.after.keep)
    (note,) = stage.desk.cases.notes_of(stage.case)
    assert (note.text, note.kind) == ("They have a place on Monday.", "phone")


def test_the_log_names_when_to_whom_how_what_and_why(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    stage.agree("case_code")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.tick(page._boxes["case_code"])
    hands.click(page.start)
    log = DisclosureLog(stage.desk, stage.case)
    qtbot.addWidget(log)
    table = log.table
    line = [str(table.model().index(0, column).data()) for column in range(1, 5)]
    assert line == ["Legal aid office", "Telephone", "Case code", "Her consent"]


def test_limits_she_set_stand_beside_the_items(qtbot: QtBot, shelter: Shelter) -> None:
    stage = staged(shelter)
    stage.agree("case_code", decision="given_with_limits", limits="<b>only</b> to Ms Dao")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    assert "<b>only</b> to Ms Dao" in page.limits.text()
    assert page.limits.isVisible()
    hands.choose("ground", "vital_interest")
    assert not page.limits.isVisible()


def test_a_name_like_that_of_an_involved_man_is_looked_at_before_anything_is_told(
    qtbot: QtBot, shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    stage = staged(shelter)
    stage.relative("Khamla", "aunt_uncle", involved="yes")
    page = CallPage(stage.desk, stage.case.id)
    hands = Hands(qtbot, page)
    hands.choose("ground", "vital_interest")
    hands.type("call_person", "Khamla Phommavong")
    hands.tick(page._boxes["legal_name"])
    hands.type("danger", "She swallowed pills and does not wake up")
    hands.click(page.start)
    assert page.steps.currentWidget() is page.address
    assert "involved or must never be contacted" in page.address.why.text()
    assert stage.desk.disclosures.of_case(stage.case) == []
    hands.tick(page.address.looked)
    hands.choose("second_name", "Dao")
    hands.type("second_passphrase", passphrase)
    hands.press("second_passphrase", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.aloud)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert left.second_person == "Dao"
