"""A house with a letterhead, a woman who agrees to some of it, and a referral of hers."""

import unicodedata
from typing import Any

import pytest
from sqlalchemy import func, select

from shelterdesk.core.errors import DeskError
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.keeping.ledger import AuditEvent
from tests.documents.read_back import by_pdfium
from tests.factories import Shelter
from tests.services.house import House

WHY = "the paper was torn by the printer"
ITEMS = ("case_code", "legal_name", "need_requested")
HEAD = {
    "name": "ຫ້ອງການບໍລິການ",
    "name_latin": "Service Office",
    "address": "Office road 9",
    "phone": "021 555 000",
}


@pytest.fixture
def house(shelter: Shelter) -> House:
    made = House(shelter)
    made.letters.set_letterhead("neutral", HEAD)
    return made


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place(contact_person="Ms Vong", unit="Unit two", phone="020 777")


@pytest.fixture
def case(house: House) -> Case:
    return house.woman(given_name="ຈັນດາ", family_name="ສີສຸກ", access_needs="WHEELCHAIR")


@pytest.fixture
def referral(house: House, case: Case, place: Organisation) -> Referral:
    house.ask(case, place, *ITEMS, "home_village", no=("disability_access_need",))
    return house.referrals.start(case, place.id, "legal_information", "urgent", "advice on wages")


def words(pdf: bytes) -> str:
    """Return the text of a paper, as a reader copies it, without blanks."""
    return "".join(unicodedata.normalize("NFC", by_pdfium(pdf)).split())


def count(house: House) -> tuple[int, ...]:
    """Return how much is written down: letters, lines of the log of what left, files, events."""
    kinds = (Letter, Disclosure, Attachment, AuditEvent)
    with house.vault.database.reading() as session:
        return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def refused(house: House, refusal: type[DeskError], call: Any) -> str:
    """Demand that a call is refused and that nothing at all was written."""
    before = count(house)
    with pytest.raises(refusal) as told:
        call()
    assert count(house) == before
    return str(told.value)
