"""House paper names nobody but by her code or chosen name, and links only to what she may see."""

from io import BytesIO

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.enclosure import Enclosure
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.masks import others_hidden
from shelterdesk.services.house_sheets import Sheet
from shelterdesk.store.database import attachments
from shelterdesk.store.disk.kept_files import FILES
from tests.documents.read_back import by_pdfium
from tests.drivers.pages import as_somebody
from tests.factories import Shelter, add_person

TOLD = "She shares a room with Viengkham Phomma (ວຽງຄຳ) and was called Chanda by Somsak."


@pytest.fixture
def hers(desk: Desk) -> Case:
    """A girl called Champa, whose name is Chanda, with an uncle Somsak; and another resident."""
    other = {"given_name": "ວຽງຄຳ", "family_name": "ພົມມະ", "given_name_latin": "Viengkham",
             "family_name_latin": "Phomma"}  # fmt: skip
    desk.cases.admit({"case": {"alias": "Dok Ket"}, "person": other})
    made = desk.cases.admit({"case": {"alias": "Champa"}, "person": {"given_name_latin": "Chanda"}})
    desk.around.note(made, {"given_name_latin": "Somsak"}, {"relation": "uncle_aunt"})
    return desk.cases.get(made.id)


def words(pdf: bytes) -> str:
    """Return what stands on a paper, without the marks for breaks."""
    return by_pdfium(pdf).replace("\u200b", "")


def demand_no_names(text: str) -> None:
    for name in ("Viengkham", "Phomma", "ວຽງຄຳ", "Chanda", "Somsak"):
        assert name not in text
    assert "She shares a room with" in text


def test_a_record_names_no_other_resident(desk: Desk, hers: Case) -> None:
    note = desk.cases.save(CaseNote(case_id=hers.id, text=TOLD))
    demand_no_names(words(desk.sheets.read(Sheet(CaseNote, "", hers), note, language="en")))


def test_a_list_of_the_whole_house_masks_each_line_by_its_own_case(desk: Desk, hers: Case) -> None:
    task = desk.records.save(Task(case_id=hers.id, title_text=TOLD, state="open"))
    printed = words(desk.sheets.listed(Sheet(Task, ""), [task.id], "en"))
    demand_no_names(printed)
    assert "Champa" in printed  # her chosen name stands where her own stood


def test_what_belongs_to_nobodys_case_names_no_resident(desk: Desk, hers: Case) -> None:
    assert hers.alias == "Champa"
    task = desk.records.save(Task(title_text=TOLD.replace(" by Somsak", ""), state="open"))
    printed = words(desk.sheets.listed(Sheet(Task, ""), [task.id], "en"))
    demand_no_names(printed)


def test_her_own_page_names_no_other_resident(desk: Desk, hers: Case) -> None:
    with desk._vault.database.reading() as session:
        hide = others_hidden(session, session.get_one(Case, hers.id), "en")
        told = hide(TOLD + " With Dok Ket she cooks.")
    for name in ("Viengkham", "Phomma", "ວຽງຄຳ", "Somsak"):
        assert name not in told
    assert "Chanda" in told  # her own name is hers


@pytest.mark.parametrize(
    ("roles", "sees"),
    [((Role.LEGAL_OFFICER,), False), ((Role.LEGAL_OFFICER, Role.NURSE), True)],
)
def test_a_link_leads_to_the_name_of_what_she_may_see(
    shelter: Shelter, desk: Desk, hers: Case, roles: tuple[Role, ...], *, sees: bool
) -> None:
    passphrase = add_person(shelter.vault, "Lin", *roles)
    seat_all(shelter.vault)
    made = enclosed(shelter, desk, hers)
    lin = as_somebody(shelter, "Lin", passphrase)
    sheet = Sheet(Enclosure, "", lin.cases.get(hers.id))
    printed = words(lin.sheets.read(sheet, made, language="en"))
    printed += words(lin.sheets.listed(sheet, [made.id], "en"))
    assert ("HIVRESULT-MARK" in printed) is sees
    if not sees:
        with pytest.raises(NotAllowed):
            lin.records.get(Attachment, made.attachment_id)


def enclosed(shelter: Shelter, desk: Desk, case: Case) -> Enclosure:
    """Let a medical paper go along with a letter."""
    office = desk.records.save(Organisation(name="Clinic", target="hospital"))
    paper = Attachment(case_id=case.id, name="HIVRESULT-MARK", compartment=Compartment.MEDICAL)
    referral = Referral(case_id=case.id, organisation_id=office.id, state="draft")
    made = Enclosure(case_id=case.id, referral_id=referral.id, attachment_id=paper.id)
    with shelter.vault.database.writing() as session:
        attachments.add(session, shelter.vault.folder / FILES, paper, BytesIO(b"%PDF-1.4"))
        session.add_all([referral, made])
        lin = session.scalars(select(StaffMember).filter_by(name="Lin")).one()
        session.get_one(Case, case.id).owner_id = lin.id
    return made
