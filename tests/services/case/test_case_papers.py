"""Papers of a case: taken in, looked at, enclosed with a letter, taken away by two people."""

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import InvalidFields, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.approvals import NoApproval
from shelterdesk.services.case.case_papers import PaperInUse, UnknownPaper, media_type
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.letters_rules import LetterOut, NewWords
from shelterdesk.store.database.attachments import SMALL
from shelterdesk.store.vault.founding import FILES
from tests.documents.read_back import by_pdfium
from tests.factories import Shelter, add_person
from tests.services.disclosure.letter_house import HEAD, words
from tests.services.house import House

PDF = b"%PDF-1.7 a lab request"
LARGE = b"%PDF-1.7" + b"x" * SMALL
TORN = "the paper was torn at the gate"
ITEMS = ("case_code", "need_requested", "attachment_named")


@pytest.fixture
def house(shelter: Shelter) -> House:
    made = House(shelter)
    made.letters.set_letterhead("neutral", HEAD)
    return made


@pytest.fixture
def case(house: House) -> Case:
    return house.woman(given_name="ຈັນດາ")


@pytest.fixture
def court(house: House) -> Organisation:
    return house.place("Court", "court")


def looks_at(house: House, paper: Attachment) -> int:
    with house.vault.database.reading() as session:
        lines = session.scalars(select(AuditEvent).where(AuditEvent.record_id == paper.id)).all()
    return sum(line.action == "looked" for line in lines)


def files_of(house: House) -> int:
    return sum(1 for _ in (house.vault.folder / FILES).glob("??/*"))


def test_a_paper_is_kept_and_every_look_at_it_is_written_down(house: House, case: Case) -> None:
    paper = house.papers.add(case, " Lab request ", 2, PDF)
    assert (paper.name, paper.pages, paper.media_type) == ("Lab request", 2, "application/pdf")
    assert [one.id for one in house.papers.kept_in(case)] == [paper.id]
    before = looks_at(house, paper)
    assert house.papers.content(paper) == PDF
    assert looks_at(house, paper) == before + 1


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"GIF89a", b" %PDF-1.7", b"<html>"])
def test_only_what_can_be_shown_is_kept_told_by_its_first_bytes(
    house: House, case: Case, content: bytes
) -> None:
    with pytest.raises(UnknownPaper):
        house.papers.add(case, "paper", 1, content)
    assert house.papers.kept_in(case) == []


def test_pictures_are_known_by_their_first_bytes() -> None:
    assert media_type(b"\x89PNG\r\n\x1a\n...") == "image/png"
    assert media_type(b"\xff\xd8\xff\xe0...") == "image/jpeg"


def test_a_paper_needs_a_title(house: House, case: Case) -> None:
    with pytest.raises(InvalidFields):
        house.papers.add(case, "  ", 1, PDF)


def test_printed_letters_are_not_among_the_papers(
    house: House, case: Case, court: Organisation
) -> None:
    house.ask(case, court, "case_code", "need_requested")
    referral = house.referrals.start(case, court.id, "legal_information", "normal", "a hearing")
    issued = house.letters.issue(referral, ("case_code", "need_requested"))
    assert issued.letter.file
    assert house.papers.kept_in(case) == []


def test_a_sealed_paper_is_seen_by_those_whose_work_it_is(
    shelter: Shelter, house: House, case: Case
) -> None:
    words_of = {
        role: add_person(house.vault, role.value, role) for role in (Role.NURSE, Role.COUNSELLOR)
    }
    house.vault.lock()
    nurse_vault = shelter.unlock("nurse", words_of[Role.NURSE])
    nurse = Desk(nurse_vault)
    assert nurse.papers.places(case) == ("medical",)
    paper = nurse.papers.add(case, "Blood test", 1, PDF, "medical")
    assert nurse.papers.content(paper) == PDF
    with pytest.raises(NotAllowed):
        nurse.papers.add(case, "Her story", 1, PDF)
    nurse_vault.lock()
    other = shelter.unlock("counsellor", words_of[Role.COUNSELLOR])
    desk = Desk(other)
    hers = desk.seat.taken()
    with other.database.writing() as session:
        row = session.get(Case, case.id)
        assert row is not None
        row.owner_id = hers
    assert desk.papers.places(case) == ("", "testimony", "return")
    assert desk.papers.kept_in(case) == []
    assert desk.records.of(Attachment, case_id=case.id) == []
    with pytest.raises(NotAllowed):
        desk.papers.content(paper)
    with pytest.raises(NotAllowed):
        desk.records.get(Attachment, paper.id)
    other.lock()


def test_a_letter_names_what_is_enclosed_when_she_agrees_to_that(
    house: House, case: Case, court: Organisation
) -> None:
    house.ask(case, court, *ITEMS)
    referral = house.referrals.start(case, court.id, "legal_information", "normal", "a hearing")
    one, two = house.papers.add(case, "Wage slip", 3, PDF), house.papers.add(case, "Map", 1, PDF)
    assert "attachment_named" not in house.disclosures.available(case, referral)
    house.referrals.enclose(referral, [one, two])
    assert [paper.name for paper in house.referrals.enclosed(referral)] == ["Map", "Wage slip"]
    house.referrals.enclose(referral, [one])
    house.told.clear()
    house.referrals.enclose(referral, [one])
    assert house.told == []  # said again, nothing is saved again
    with_name = words(house.letters.preview(referral, ITEMS, "en"))
    assert "Wageslip(3pages)" in with_name
    assert "Map" not in with_name
    assert "Wage" not in words(house.letters.preview(referral, ITEMS[:2], "en"))
    lao = house.letters.issue(referral, ITEMS, "lo")
    assert "Wage slip (3 ໜ້າ)" in by_pdfium(lao.pdf)
    with pytest.raises(LetterOut):
        house.referrals.enclose(referral, [two])


def test_another_paper_of_the_same_title_does_not_go_along_with_a_copy(
    house: House, case: Case, court: Organisation
) -> None:
    house.ask(case, court, *ITEMS)
    referral = house.referrals.start(case, court.id, "legal_information", "normal", "a hearing")
    one, two = (house.papers.add(case, "Wage slip", 3, PDF) for _copy in "12")
    house.referrals.enclose(referral, [one])
    first = house.letters.issue(house.fresh(referral), ITEMS, "lo")
    house.letters.void(first.letter, TORN)
    house.referrals.enclose(house.fresh(referral), [two])
    with pytest.raises(NewWords):
        house.letters.reprint(first.letter, TORN)
    house.referrals.enclose(house.fresh(referral), [one])
    assert house.letters.reprint(first.letter, TORN).letter.copy == 2


def test_only_her_own_papers_go_along(house: House, case: Case, court: Organisation) -> None:
    referral = house.referrals.start(case, court.id, "legal_information", "normal", "a hearing")
    foreign = house.papers.add(house.woman(), "Of another woman", 1, PDF)
    with pytest.raises(NotAllowed):
        house.referrals.enclose(referral, [foreign])
    assert house.referrals.enclosed(referral) == []


def test_a_wrong_paper_is_taken_away_by_two_people_with_its_file(house: House, case: Case) -> None:
    second = house.colleague("Keo", Role.COUNSELLOR)
    paper, other = house.papers.add(case, "Long", 9, LARGE), house.papers.add(case, "b", 1, PDF)
    assert files_of(house) == 1
    with pytest.raises(NoApproval):
        house.papers.take_away(paper, None)
    with pytest.raises(NoApproval):
        house.papers.take_away(paper, second.signs(house.papers.taking_away(other)))
    assert len(house.papers.kept_in(case)) == 2
    house.papers.take_away(paper, second.signs(house.papers.taking_away(paper)))
    assert [one.id for one in house.papers.kept_in(case)] == [other.id]
    assert files_of(house) == 0


def test_what_proves_something_is_not_taken_away(
    house: House, case: Case, court: Organisation
) -> None:
    second = house.colleague("Keo", Role.COUNSELLOR)
    consent = house.ask(case, court, *ITEMS)
    signed = house.consents.keep_sheet(consent, "Signed sheet", 1, PDF)
    enclosed = house.papers.add(case, "Map", 1, PDF)
    referral = house.referrals.start(case, court.id, "legal_information", "normal", "a hearing")
    house.referrals.enclose(referral, [enclosed])
    sheet = next(one for one in house.papers.kept_in(case) if one.id == signed.evidence_id)
    for paper in (sheet, enclosed):
        with pytest.raises(PaperInUse):
            house.papers.take_away(paper, second.signs(house.papers.taking_away(paper)))
    house.referrals.enclose(referral, [])
    house.papers.take_away(enclosed, second.signs(house.papers.taking_away(enclosed)))
    assert [one.id for one in house.papers.kept_in(case)] == [sheet.id]
