"""A wish, a plan or a need that holds her village or a number passes the address guard as well."""

from typing import Any

import pytest
from sqlalchemy import Engine, event

from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed
from shelterdesk.services.consent_law.telltales import tell_where
from tests.services.disclosure.letter_house import refused
from tests.services.house import House, at

KEPT = "020 5555 1234"


@pytest.fixture
def known(house: House, place: Organisation) -> Case:
    """A woman of Ban Nakham with a telephone, who agrees that her wish is told."""
    made = house.woman(given_name="Champa", home_village="Ban Nakham")
    house.ask(made, place, "case_code", "her_wish", "need_requested")
    house.records.save(ContactPoint(person_id=made.person_id, kind="phone", value=KEPT))
    return made


def wish(house: House, case: Case, text: str) -> None:
    (intake,) = house.records.of(Intake, case_id=case.id) or [
        house.records.save(Intake(case_id=case.id))
    ]
    house.records.change(intake, {"her_wishes": text})


@pytest.mark.parametrize(
    "text",
    [
        "Aunt Noi hides me at Ban Nakham",
        "ring me at 020 5555 1234",
        "ring me at +856 20 55551234",
        "another number: 020 9876 5432",
    ],
)
def test_a_wish_that_tells_where_she_is_asks_for_a_second_person(
    house: House, known: Case, place: Organisation, text: str
) -> None:
    wish(house, known, text)
    refused(house, AddressUnconfirmed, lambda: house.tell(known, at(place), "her_wish"))


@pytest.mark.parametrize("text", ["to learn to sew", "to go to court on 12/01/2027", "2 children"])
def test_a_wish_that_tells_nothing_of_it_leaves_as_before(
    house: House, known: Case, place: Organisation, text: str
) -> None:
    wish(house, known, text)
    assert house.tell(known, at(place), "her_wish").text_of("her_wish") == text


@pytest.mark.parametrize(
    ("need", "placed"),
    [
        (f"please ring {KEPT}", True),
        ("bring her papers to Ban Nakham", True),
        ("please ring our office, 021 555 000", False),
        ("advice on wages", False),
    ],
)
def test_what_is_asked_for_is_compared_with_what_is_kept_of_her(
    house: House, known: Case, place: Organisation, need: str, *, placed: bool
) -> None:
    referral = house.referrals.start(known, place.id, "legal_information", "urgent", need)
    items = ("case_code", "need_requested")
    if placed:
        refused(house, AddressUnconfirmed, lambda: house.letters.issue(referral, items, "en"))
    else:
        assert house.letters.issue(referral, items, "en").pdf


def test_she_and_her_family_are_read_once_for_a_whole_letter(house: House, known: Case) -> None:
    house.relative(known, "Noi", relation="aunt_uncle", number="020 7777 8888")
    read: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        read.append(statement)

    counts = []
    for texts in ([("to sew", True)], [("to sew", True), ("advice on wages", False)] * 10):
        with house.vault.database.reading() as session:
            event.listen(Engine, "before_cursor_execute", note)
            try:
                assert not tell_where(session, known, texts)
            finally:
                event.remove(Engine, "before_cursor_execute", note)
        counts.append(len(read))
        read.clear()
    assert counts[0] == counts[1]
