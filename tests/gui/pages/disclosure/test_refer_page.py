"""Refer: three steps with her; nothing leaves that she did not agree to, nor by accident."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.opened_at import begun_with
from shelterdesk.gui.pages.disclosure import refer_out
from shelterdesk.gui.pages.disclosure.refer import ReferPage
from shelterdesk.gui.paper.printing import PrinterRefused
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.records.people.contact_point import ContactPoint
from tests.drivers.pages import PageDriver
from tests.factories import Shelter, add_person
from tests.gui.pages.consent.stage import Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")


LEFT = Qt.MouseButton.LeftButton
NEED = "Please advise her about her contract."


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    """A girl, a legal aid office that offers advice, and a letterhead."""
    made = staged(shelter)
    offer = ServiceOffer(organisation_id=made.office.id, service="legal_information")
    made.desk.organisations.save_offer(offer)
    head = {"name": "ຫ້ອງການ ສາຍທາງ", "name_latin": "Saithang office", "phone": "021 555 000"}
    made.desk.letters.set_letterhead("neutral", {**head, "address": "Box 12, Vientiane"})
    return made


class Paper:
    """Stands for the printer and the file dialogue: what the page gives to paper is kept here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: Exception | None = None) -> None:
        self.sheets: list[bytes] = []
        self.fault = fault
        monkeypatch.setattr(refer_out, "ask_printer", lambda _parent: self._take)

    def _take(self, pdf: bytes) -> None:
        if self.fault is not None:
            raise self.fault
        self.sheets.append(pdf)


def opened(qtbot: QtBot, stage: Stage) -> tuple[ReferPage, PageDriver]:
    """Return the page on the screen, and the hands at it."""
    page = ReferPage(stage.desk, stage.case.id)
    return page, PageDriver(qtbot, page)


def first_step(driver: PageDriver, stage: Stage) -> None:
    """Fill in the first step and go on."""
    driver.choose("service", "legal_information")
    driver.choose("recipient", stage.office.id)
    driver.type_into("need", NEED)
    driver.click("next")


def ticked(driver: PageDriver, *codes: str) -> None:
    """Press the space bar on the box of each item."""
    for code in codes:
        driver.press(driver.part(QCheckBox, f"leave_{code}"), Qt.Key.Key_Space)


def test_only_who_offers_the_service_is_offered_and_marked_when_not_verified(
    qtbot: QtBot, stage: Stage
) -> None:
    page, driver = opened(qtbot, stage)
    driver.choose("service", "dental")
    assert "Nobody in the directory offers this" in driver.text()
    driver.choose("service", "legal_information")
    assert page.facts.recipient.count() == 2
    assert "not verified for 90 days" in page.facts.recipient.itemText(1)
    driver.choose("recipient", stage.office.id)
    assert page.facts.stale.isVisible()
    stage.desk.organisations.verify(stage.desk.records.get(type(stage.office), stage.office.id))
    again, _driver = opened(qtbot, stage)
    again.facts.service.setCurrentIndex(again.facts.service.findData("legal_information"))
    assert "not verified" not in again.facts.recipient.itemText(1)


def test_the_day_of_the_answer_follows_the_urgency_until_somebody_types_one(
    qtbot: QtBot, stage: Stage
) -> None:
    page, driver = opened(qtbot, stage)
    usual = page.facts.answer_by.text()
    driver.click("urgency_emergency")
    assert page.facts.answer_by.text() != usual
    driver.type_into("answer_by", "1/2/2027")
    driver.click("urgency_urgent")
    assert page.facts.answer_by.text() == "1/2/2027"


def test_what_is_missing_is_said_beside_its_field(qtbot: QtBot, stage: Stage) -> None:
    page, driver = opened(qtbot, stage)
    driver.click("next")
    assert "Choose what she needs." in driver.text()
    assert "Write in a sentence" in driver.text()
    assert stage.desk.referrals.of_case(stage.case) == []
    driver.choose("service", "legal_information")
    driver.choose("recipient", stage.office.id)
    driver.type_into("need", "a" * 601)
    driver.click("next")
    assert "too long for one page" in driver.text()
    assert page.steps.currentIndex() == 0


def test_a_text_with_her_name_is_warned_about(qtbot: QtBot, stage: Stage) -> None:
    page, driver = opened(qtbot, stage)
    driver.type_into("need", "Champa needs advice.")
    assert "This text names Champa" in driver.text()
    driver.type_into("need", "She needs advice.")
    assert not page.facts.names.isVisible()
    driver.type_into("need", "Ask ຈຳປາ, 020 5555 1234 or Champa.")
    assert "This text names ຈຳປາ, Champa, 020 5555 1234." in driver.text()


def test_without_consent_there_is_the_way_to_ask_her_and_nothing_is_lost(
    qtbot: QtBot, stage: Stage
) -> None:
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    assert "Nothing may leave to this recipient: she has not been asked." in driver.text()
    assert not page.next.isEnabled()
    driver.click("ask_her")
    assert driver.went[-1] == ("consent", stage.case.id)
    known = begun_with(stage.desk, f"consent/{stage.case.id}")
    assert known["organisation"] == stage.office.id
    assert stage.desk.drafts.mine() == []  # nobody has typed that
    stage.agree("case_code", "need_requested")
    again, hands = opened(qtbot, stage)
    again.restore(page.draft())
    assert again.steps.currentIndex() == 1
    assert len(stage.desk.referrals.of_case(stage.case)) == 1
    assert hands.can_see("leave_case_code")


def test_each_item_stands_on_one_side_with_its_words_or_the_reason(
    qtbot: QtBot, stage: Stage
) -> None:
    _agree_to_more(stage, "case_code", "need_requested", "legal_name", "education_skills")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    assert page.sides.chosen() == ("case_code", "need_requested")
    assert NEED in driver.text()
    assert "ຈຳປາ <b>Saeng</b>" not in driver.text()
    stays = {w.objectName(): w.text() for w in page.findChildren(QLabel) if w.isVisible()}
    assert "she agreed, but" in stays["stays_legal_name"]
    assert "nothing is written down" in stays["stays_education_skills"]
    assert "she has not agreed" in stays["stays_age_years"]
    ticked(driver, "legal_name")
    assert "ຈຳປາ <b>Saeng</b>" in driver.text()
    assert not driver.can_see("stays_legal_name")
    assert driver.nameless() == []


def test_all_she_agreed_to_never_means_where_she_is(qtbot: QtBot, stage: Stage) -> None:
    _number(stage)
    stage.agree("case_code", "need_requested", "legal_name", "safe_contact")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("tick_all")
    assert page.sides.chosen() == ("case_code", "legal_name", "need_requested")


def test_a_sealed_item_is_asked_for_or_written_by_who_may(qtbot: QtBot, stage: Stage) -> None:
    _agree_to_more(stage, "case_code", "need_requested", "legal_matter", "exploitation_summary")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("ask_legal_matter")
    (asked,) = stage.desk.releases.of_case(stage.case)
    assert (asked.item, asked.released_on) == ("legal_matter", None)
    assert not page.findChild(QCheckBox, "leave_legal_matter")
    driver.click("ask_exploitation_summary")
    driver.type_into("sentence", "She was not paid for her work.")
    ticked(driver, "case_code")
    assert driver.typed("sentence") == "She was not paid for her work."
    other, hands = opened(qtbot, stage)
    other.restore(page.draft())
    qtbot.waitUntil(lambda: hands.can_see("sentence"))
    assert hands.typed("sentence") == "She was not paid for her work."
    assert "case_code" not in other.sides.chosen()
    driver.click("release_it")
    ticked(driver, "exploitation_summary")
    assert "She was not paid for her work." in driver.text()


def test_the_preview_writes_nothing_and_follows_the_language(qtbot: QtBot, stage: Stage) -> None:
    stage.agree("case_code", "need_requested")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("next")
    assert NEED in page.letter.view.text()
    assert "Saithang office" in page.letter.view.text()
    driver.choose("letter_language", "lo")
    assert "Saithang office" not in page.letter.view.text()
    assert stage.desk.disclosures.of_case(stage.case) == []


def test_printing_writes_down_what_leaves_and_opens_the_page_of_the_referral(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper(monkeypatch)
    stage.agree("case_code", "need_requested", "legal_name")
    _page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    ticked(driver, "legal_name")
    driver.click("next")
    driver.click("main")
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert set(left.items) == {"case_code", "need_requested", "legal_name"}
    assert (left.medium, left.warned) == ("letter", "yes")
    (referral,) = stage.desk.referrals.of_case(stage.case)
    assert (referral.state, referral.delivery) == ("issued", "hand_by_staff")
    assert len(paper.sheets) == 1
    assert driver.went[-1] == ("referral", referral.id)


def test_a_jammed_printer_leaves_the_letter_with_its_number(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Paper(monkeypatch, PrinterRefused())
    stage.agree("case_code", "need_requested")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("next")
    driver.click("main")
    assert "did not take the paper" in driver.text()
    assert not page.letter.print.isVisible()
    driver.click("on")
    assert driver.went[-1][0] == "referral"


def test_not_now_at_the_printer_leaves_no_trace(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refer_out, "ask_printer", lambda _parent: None)
    stage.agree("case_code", "need_requested")
    _page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("next")
    driver.click("main")
    assert stage.desk.disclosures.of_case(stage.case) == []
    (referral,) = stage.desk.referrals.of_case(stage.case)
    assert referral.state == "draft"


def test_a_saved_letter_is_named_by_its_number_only(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names: list[str] = []

    def place(_parent: Any, name: str, _told: Any) -> Any:
        names.append(name)
        return (tmp_path / f"{name}.pdf").write_bytes

    monkeypatch.setattr(refer_out, "ask_place", place)
    stage.agree("case_code", "need_requested", "legal_name")
    _page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("next")
    driver.click("save_pdf")
    (referral,) = stage.desk.referrals.of_case(stage.case)
    assert names == [referral.reference]
    assert (tmp_path / f"{referral.reference}.pdf").read_bytes().startswith(b"%PDF")


def test_an_address_asks_a_second_person_with_the_place_in_large_letters(
    qtbot: QtBot, shelter: Shelter, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    paper = Paper(monkeypatch)
    _number(stage)
    stage.agree("case_code", "need_requested", "safe_contact")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    ticked(driver, "safe_contact")
    driver.click("next")
    driver.click("main")
    assert page.address.isVisible()
    assert "Lane Xang road 5" in page.address.place.text()
    assert paper.sheets == []
    driver.choose("second_name", "Dao")
    driver.type_into("second_passphrase", "not her words at all")
    driver.bot.mouseClick(page.address.yes, LEFT)
    qtbot.waitUntil(lambda: page.address.problem.text() != "")
    assert paper.sheets == []
    driver.type_into("second_passphrase", passphrase)
    driver.bot.mouseClick(page.address.yes, LEFT)
    qtbot.waitUntil(lambda: len(paper.sheets) == 1)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert left.second_person == "Dao"


def test_a_carrier_with_an_involved_mans_name_is_compared_before_the_letter_is_printed(
    qtbot: QtBot, shelter: Shelter, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    paper = Paper(monkeypatch)
    stage.relative("Khamla", "aunt_uncle", involved="yes")
    stage.agree("case_code", "need_requested", decision="given_with_limits", limits="by hand only")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    assert "by hand only" in page.sides.limits.text()
    assert page.sides.limits.isVisible()
    driver.click("next")
    page.letter.carrier.setText("Uncle Khamla")
    driver.click("main")
    assert page.address.isVisible()
    assert "involved or must never be contacted" in page.address.why.text()
    assert "Uncle Khamla" in page.address.others.text()  # whoever signs reads whom she compares
    assert page.address.others.isVisible()
    assert paper.sheets == []
    page.address.looked.setChecked(True)
    driver.choose("second_name", "Dao")
    driver.type_into("second_passphrase", passphrase)
    driver.bot.mouseClick(page.address.yes, LEFT)
    qtbot.waitUntil(lambda: len(paper.sheets) == 1)
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert left.second_person == "Dao"


def test_a_text_of_a_letter_that_is_printed_already_begins_another_one(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Paper(monkeypatch)
    stage.agree("case_code", "need_requested")
    page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    left_behind = page.draft()
    driver.click("next")
    driver.click("main")
    again, hands = opened(qtbot, stage)
    again.restore(left_behind)
    (first,) = stage.desk.referrals.of_case(stage.case)
    assert f"The referral {first.reference}, for which this was typed, has left" in hands.text()
    hands.click("next")
    assert "for which this was typed" not in hands.text()
    assert [one.state for one in stage.desk.referrals.of_case(stage.case)] == ["issued", "draft"]


def test_another_recipient_after_all_gets_a_number_of_its_own(qtbot: QtBot, stage: Stage) -> None:
    other = stage.desk.records.save(type(stage.office)(name="Other office"))
    offer = ServiceOffer(organisation_id=other.id, service="legal_information")
    stage.desk.organisations.save_offer(offer)
    _page, driver = opened(qtbot, stage)
    first_step(driver, stage)
    driver.click("before")
    driver.choose("recipient", other.id)
    driver.click("next")
    first, second = stage.desk.referrals.of_case(stage.case)
    assert (first.state, second.state) == ("discarded", "draft")
    assert second.organisation_id == other.id


def _number(stage: Stage) -> None:
    """Write down a telephone on which she may be called."""
    her = stage.desk.cases.person_of(stage.case)
    assert her is not None
    number = ContactPoint(person_id=her.id, kind="phone", value="020 5555 0000")
    number.safe_to_call, number.safe_hours = "yes", "after school"
    stage.desk.records.save(number)


def _agree_to_more(stage: Stage, *items: str) -> None:
    """Let her agree to more than is usual for such an office; the director knows why."""
    values = {
        "purpose": "referral",
        "organisation_id": stage.office.id,
        "decision": "given",
        "actor": "self_adult",
        "language": "lo",
        "explained_by_id": stage.me,
        "capacity_checked": "yes",
    }
    reason = "She wants the lawyer to know this from the beginning."
    stage.desk.consents.record(stage.case, values, dict.fromkeys(items, True), reason=reason)
