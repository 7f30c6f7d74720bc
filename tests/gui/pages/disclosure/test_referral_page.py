"""The page of one referral: delivered, answered by slip, silent, called back, printed again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.pages.case import consents as case_consents
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.disclosure import refer_her_page, referral_copies
from shelterdesk.gui.pages.disclosure import referral as referral_module
from shelterdesk.gui.pages.disclosure.refer_her_page import HerPage
from shelterdesk.gui.pages.disclosure.referral import ReferralPage
from shelterdesk.gui.pages.disclosure.referral_list import ReferralList, SlipLine
from shelterdesk.gui.pages.disclosure.release import ReleasePage
from shelterdesk.gui.pages.keeping.letterhead import LetterheadPage
from shelterdesk.gui.pages.today.day_rows import LineRow
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.gui.parts.typed import typed_on
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.contact_point import ContactPoint
from tests.documents.read_back import by_poppler
from tests.drivers.pages import PageDriver, as_somebody
from tests.drivers.tables import rows_of
from tests.factories import Shelter, add_person
from tests.gui.pages.consent.stage import Stage, staged

pytestmark = pytest.mark.usefixtures("in_english")


ITEMS = ("case_code", "legal_name", "need_requested")
WHY = "The paper was torn in the printer."


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Stand for the printer: what is printed is kept here."""
    sheets: list[bytes] = []

    def ask(_parent: object) -> Callable[[bytes], None]:
        return sheets.append

    for module in (referral_module, referral_copies, refer_her_page):
        monkeypatch.setattr(module, "ask_printer", ask)
    monkeypatch.setattr(case_consents, "print_pdf", lambda _parent, pdf: sheets.append(pdf))
    return sheets


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    """A girl who has agreed that her name goes to a legal aid office."""
    made = staged(shelter)
    head = {"name": "ຫ້ອງການ ສາຍທາງ", "phone": "021 555 000", "address": "Box 12"}
    made.desk.letters.set_letterhead("neutral", head)
    made.agree(*ITEMS)
    return made


def printed(stage: Stage) -> Referral:
    """Return a referral whose letter is printed."""
    need = "Please advise her about her contract."
    begun = stage.desk.referrals.start(
        stage.case, stage.office.id, "legal_information", "urgent", need
    )
    stage.desk.letters.issue(begun, ITEMS, "en", delivery="hand_by_staff", delivered_by="Dao")
    return again(stage, begun)


def delivered(stage: Stage) -> Referral:
    """Return a referral whose letter is in the office's hands."""
    return stage.desk.referrals.delivered(printed(stage), "Dao")


def again(stage: Stage, referral: Referral) -> Referral:
    """Return a referral as it is now."""
    return stage.desk.records.get(Referral, referral.id)


def opened(qtbot: QtBot, stage: Stage, referral: Referral) -> PageDriver:
    """Return the hands at the page of a referral."""
    return PageDriver(qtbot, ReferralPage(stage.desk, referral.id))


def test_a_letter_is_delivered_by_whoever_brought_it(qtbot: QtBot, stage: Stage) -> None:
    referral = printed(stage)
    driver = opened(qtbot, stage, referral)
    assert (referral.reference or "?") in driver.text()
    assert not driver.can_see("slip_answer")
    driver.type_into("by", "Mali")
    driver.click("main")
    now = again(stage, referral)
    assert (now.state, now.delivered_by) == ("delivered", "Mali")
    assert driver.can_see("slip_answer")


def test_a_day_that_cannot_be_is_told_and_nothing_is_kept(qtbot: QtBot, stage: Stage) -> None:
    referral = printed(stage)
    driver = opened(qtbot, stage, referral)
    driver.type_into("on_day", "1/1/2020")
    driver.click("main")
    assert again(stage, referral).state == "issued"
    driver.type_into("on_day", "someday")
    driver.click("main")
    assert again(stage, referral).state == "issued"


@pytest.mark.parametrize(
    ("answer", "seen", "unseen"),
    [
        ("accepted", "appointment", "decline_reason"),
        ("waitlisted", "waiting_until", "appointment"),
        ("declined_by_provider", "decline_reason", "waiting_until"),
        ("completed", "outcome", "appointment"),
    ],
)
def test_the_slip_asks_what_belongs_to_the_answer(
    qtbot: QtBot, stage: Stage, answer: str, seen: str, unseen: str
) -> None:
    page = ReferralPage(stage.desk, delivered(stage).id)
    driver = PageDriver(qtbot, page)
    driver.choose("slip_answer", answer)
    assert page.slip.form.cells[seen].isVisible()
    assert not page.slip.form.cells[unseen].isVisible()
    assert driver.nameless() == []


def test_a_slip_is_typed_in_and_its_facts_are_kept(qtbot: QtBot, stage: Stage) -> None:
    referral = delivered(stage)
    driver = opened(qtbot, stage, referral)
    driver.choose("slip_answer", "accepted")
    driver.type_into("received_by", "Ms Noy, desk 2")
    driver.type_into("next_step", "Bring the contract along.")
    driver.click("slip_save")
    now = again(stage, referral)
    assert (now.state, now.received_by) == ("accepted", "Ms Noy, desk 2")
    assert now.answered_at is not None
    assert "Ms Noy, desk 2" in driver.text()


def test_what_is_over_leaves_nothing_to_do(qtbot: QtBot, stage: Stage) -> None:
    referral = delivered(stage)
    page = ReferralPage(stage.desk, referral.id)
    driver = PageDriver(qtbot, page)
    assert page.now.isVisible()
    driver.choose("slip_answer", "completed")
    driver.click("slip_save")
    assert again(stage, referral).state == "completed"
    assert not page.now.isVisible()


def test_what_is_typed_of_a_slip_survives_a_refresh_and_a_lock(qtbot: QtBot, stage: Stage) -> None:
    referral = delivered(stage)
    page = ReferralPage(stage.desk, referral.id)
    driver = PageDriver(qtbot, page)
    assert page.draft() == {}
    driver.choose("slip_answer", "accepted")
    driver.type_into("received_by", "Ms Noy")
    page.refresh()
    assert driver.typed("received_by") == "Ms Noy"
    other = ReferralPage(stage.desk, referral.id)
    hands = PageDriver(qtbot, other)
    other.restore(page.draft())
    assert hands.typed("received_by") == "Ms Noy"


def test_nobody_answers_needs_a_sentence(qtbot: QtBot, stage: Stage) -> None:
    referral = delivered(stage)
    driver = opened(qtbot, stage, referral)
    driver.click("no_answer")
    driver.type_into("why", "no")
    driver.click("why_do")
    assert again(stage, referral).state == "delivered"
    assert driver.can_see("why")
    driver.type_into("why", "Rang three times, nobody picked up.")
    driver.click("why_do")
    assert again(stage, referral).state == "no_response"
    assert not driver.can_see("why")


def test_a_new_copy_has_the_next_number_and_a_reason(
    qtbot: QtBot, stage: Stage, paper: list[bytes]
) -> None:
    referral = printed(stage)
    driver = opened(qtbot, stage, referral)
    driver.click("copy_again")
    driver.type_into("why", WHY)
    driver.click("why_do")
    assert [copy.copy for copy in stage.desk.letters.of_referral(referral)] == [1, 2]
    assert len(paper) == 1
    assert len(rows_of(driver.part(RecordTable, "copies"))) == 2


def test_a_void_copy_stays_listed_with_its_reason(qtbot: QtBot, stage: Stage) -> None:
    referral = printed(stage)
    driver = opened(qtbot, stage, referral)
    driver.click("copy_void")
    driver.type_into("why", WHY)
    driver.press(driver.part(QLineEdit, "why"), Qt.Key.Key_Return)
    (copy,) = stage.desk.letters.of_referral(referral)
    assert copy.state == "void"
    assert WHY in rows_of(driver.part(RecordTable, "copies"))[0]
    assert driver.can_see("go_on")


def test_the_archived_copy_is_shown_as_it_was_printed(qtbot: QtBot, stage: Stage) -> None:
    page = ReferralPage(stage.desk, printed(stage).id)
    driver = PageDriver(qtbot, page)
    driver.click("copy_look")
    assert "ຈຳປາ" in page.paper.text()
    assert page.paper.page_count() >= 2


def test_after_a_withdrawal_the_notice_is_printed_and_names_nobody(
    qtbot: QtBot, stage: Stage, paper: list[bytes]
) -> None:
    referral = delivered(stage)
    (agreement,) = stage.desk.consents.of_case(stage.case)
    stage.desk.consents.withdraw(agreement.consent, "She told me so today.")
    page = ReferralPage(stage.desk, referral.id)
    driver = PageDriver(qtbot, page)
    driver.click("notice")
    assert len(paper) == 1
    assert (referral.reference or "?") in page.paper.text()
    assert "ຈຳປາ" not in page.paper.text()
    assert stage.case.code not in page.paper.text()


def test_a_draft_is_discarded_at_once_and_can_be_taken_up_again(qtbot: QtBot, stage: Stage) -> None:
    first = (stage.office.id, "legal_information", "normal", "Please advise her.")
    draft = stage.desk.referrals.start(stage.case, *first)
    driver = opened(qtbot, stage, draft)
    assert not driver.can_see("recall")
    driver.click("discard")
    assert "Draft discarded" in driver.text()
    assert "called back" not in driver.text()
    assert not ReferralList(stage.desk, stage.case).list.records.rowCount()
    driver.click("take_up")
    assert again(stage, draft).state == "draft"
    assert driver.can_see("go_on")


def test_a_letter_that_is_called_back_is_shredded(qtbot: QtBot, stage: Stage) -> None:
    referral = printed(stage)
    driver = opened(qtbot, stage, referral)
    driver.click("recall")
    driver.type_into("why", "She will go there by herself instead.")
    driver.click("why_do")
    assert again(stage, referral).state == "recalled"
    assert not driver.can_see("copy_again")
    driver.click("copy_shred")
    driver.type_into("why", "Shredded by Dao and me together.")
    driver.click("why_do", -1)
    (copy,) = stage.desk.letters.of_referral(referral)
    assert copy.state == "shredded"


def test_a_number_from_a_slip_opens_its_page_however_it_is_typed(
    qtbot: QtBot, stage: Stage
) -> None:
    referral = delivered(stage)
    driver = PageDriver(qtbot, SlipLine(stage.desk))
    driver.type_into("slip_number", "sd 2026 000000 a")
    driver.click("slip_open")
    assert "no referral with this number" in driver.text()
    typed = (referral.reference or "").removeprefix("SD-").replace("-", " ").lower()
    driver.type_into("slip_number", typed)
    driver.click("slip_open")
    assert driver.went == [("referral", referral.id)]


def test_the_day_lists_who_has_not_answered_and_opens_the_referral(
    qtbot: QtBot, shelter: Shelter, stage: Stage
) -> None:
    referral = delivered(stage)
    shelter.clock.pass_days(4)
    driver = PageDriver(qtbot, HomePage(stage.desk))
    [row] = [r for r in driver.parts(LineRow, "line") if r.about.number == referral.reference]
    driver.press(row, Qt.Key.Key_Return)
    assert driver.went[-1] == ("referral", referral.id)


def test_a_hit_of_the_search_for_a_number_opens_the_page_of_the_referral(stage: Stage) -> None:
    referral = printed(stage)
    (hit,) = stage.desk.search.find(referral.reference or "?")
    assert (hit.kind, hit.page) == ("referral", "referral")
    assert hit.page in PAGES


def test_her_own_page_tells_where_she_is_only_with_a_second_person(
    qtbot: QtBot, stage: Stage, paper: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    her = stage.desk.cases.person_of(stage.case)
    assert her is not None
    number = ContactPoint(person_id=her.id, kind="phone", value="020 5555 0000")
    number.safe_to_call = "yes"
    stage.desk.records.save(number)
    monkeypatch.setattr(refer_her_page, "second_signature", lambda *_given: None)
    page = HerPage(stage.desk, stage.case.id)
    driver = PageDriver(qtbot, page)
    assert not page.boxes["phone_safe"].isChecked()
    driver.press(page.boxes["phone_safe"], Qt.Key.Key_Space)
    driver.click("main")
    assert paper == []
    assert page.problem.isVisible()
    assert stage.desk.disclosures.of_case(stage.case) == []


def test_the_consents_of_a_case_list_its_referrals_and_print_her_sheet(
    qtbot: QtBot, stage: Stage, paper: list[bytes]
) -> None:
    referral = printed(stage)
    driver = PageDriver(qtbot, ConsentsPanel(stage.desk, stage.case))
    line = rows_of(driver.part(RecordTable, "referrals"))[0]
    assert (referral.reference or "?") in line
    driver.click("open_referral")
    assert driver.went[-1] == ("referral", referral.id)
    driver.click("refer_from_consents")
    assert driver.went[-1] == ("refer", stage.case.id)
    driver.click("consent_sheet")
    driver.choose("sheet_language", "en")
    driver.click("consent_copy")
    sheet, copy = map(by_poppler, paper)
    assert "ຂໍ້ມູນ" in sheet
    assert "Agreement to share information" in copy
    assert "What may not be shared" not in copy


def test_a_page_for_herself_is_written_down_as_having_left(
    qtbot: QtBot, stage: Stage, paper: list[bytes]
) -> None:
    driver = PageDriver(qtbot, HerPage(stage.desk, stage.case.id))
    driver.click("main")
    (left,) = stage.desk.disclosures.of_case(stage.case)
    assert (left.basis, left.medium) == ("own_file", "copy_for_her")
    assert len(paper) == 1
    assert driver.went[-1] == ("case", stage.case.id)


def test_a_nurse_releases_the_sentence_that_a_letter_waits_for(
    qtbot: QtBot, shelter: Shelter, stage: Stage
) -> None:
    passphrase = add_person(shelter.vault, "Mali", Role.NURSE)
    stage.desk.releases.ask(stage.case, "health_reason", printed(stage))
    nurse = as_somebody(shelter, "Mali", passphrase)
    page = ReleasePage(nurse)
    driver = PageDriver(qtbot, page)
    assert stage.case.code in driver.text()
    assert "ຈຳປາ" not in driver.text()
    driver.click("release_it")
    assert "Write one or two sentences" in driver.text()
    driver.type_into("sentence", "Needs a check-up within the week.")
    assert list(page.draft().values()) == ["Needs a check-up within the week."]
    driver.click("release_it")
    assert "Nobody waits for a sentence from you." in driver.text()
    (kept,) = nurse.releases.of_case(stage.case)
    assert kept.sentence == "Needs a check-up within the week."


def test_a_director_enters_the_letterheads(qtbot: QtBot, stage: Stage) -> None:
    page = LetterheadPage(stage.desk)
    driver = PageDriver(qtbot, page)
    assert "ຫ້ອງການ ສາຍທາງ" in driver.text()  # it is read; what is missing is open to be typed
    assert page.pages["official"].is_open
    driver.bot.mouseClick(page.forms["official"].editor("name").inner, Qt.MouseButton.LeftButton)
    driver.bot.keyClicks(page.forms["official"].editor("name").inner, "Ministry office")
    assert "official.name" in typed_on(page)
    driver.click("main")
    assert "needs the address" in driver.text()
    assert stage.desk.letters.letterhead("official") is None
    for part, said in (("address", "Box 12"), ("phone", "021 1")):
        driver.bot.mouseClick(page.forms["official"].editor(part).inner, Qt.MouseButton.LeftButton)
        driver.bot.keyClicks(page.forms["official"].editor(part).inner, said)
    driver.click("main")
    assert typed_on(page) == {}
    kept = stage.desk.letters.letterhead("official")
    assert kept is not None
    assert kept.name == "Ministry office"
    (noy,) = page.signers
    driver.click(f"change-{noy}")
    driver.bot.mouseClick(page.forms[noy].editor("position").inner, Qt.MouseButton.LeftButton)
    driver.bot.keyClicks(page.forms[noy].editor("position").inner, "Director")
    driver.click("main")
    assert [one.position for one in stage.desk.staff.members()] == ["Director"]
    assert driver.nameless() == []


def test_the_key_that_saves_keeps_the_slip(qtbot: QtBot, stage: Stage) -> None:
    referral = delivered(stage)
    page = ReferralPage(stage.desk, referral.id)
    driver = PageDriver(qtbot, page)
    driver.choose("slip_answer", "accepted")
    driver.press(page.slip.answer, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert again(stage, referral).state == "accepted"
