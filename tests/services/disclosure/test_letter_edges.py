"""What a letter says beside the items: who comes along, the service, the code; what is logged."""

import pytest
from sqlalchemy import select

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Basis, DisclosedItem
from shelterdesk.documents.referral_letter import LetterFacts
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.disclosure import letters_paper as paper
from shelterdesk.services.disclosure.leaving import Leaving
from tests.services.disclosure.letter_house import ITEMS, words
from tests.services.house import House, at

CARRIER, SERVICE = "Manivone Keola", "legal_information"
ESCORTED = "escorted_with_survivor"
DELIVERIES = tuple(codes.labels("referral_delivery", "en"))


@pytest.mark.parametrize("language", ["lo", "en"])
@pytest.mark.parametrize("delivery", ["", *DELIVERIES])
def test_who_carries_it_stands_on_a_letter_only_when_she_goes_along(
    house: House, referral: Referral, delivery: str, language: str
) -> None:
    way = {"delivery": delivery, "delivered_by": CARRIER}
    made = house.letters.issue(referral, ITEMS, language, **way)  # type: ignore[arg-type]
    assert ("".join(CARRIER.split()) in words(made.pdf)) == (delivery == ESCORTED)


def said_besides(house: House, referral: Referral, place: Organisation, *items: str) -> LetterFacts:
    """Return what a letter with these items would say besides them."""
    with house.vault.database.reading() as session:
        row = session.get_one(Referral, referral.id)
        stored = session.get_one(Case, row.case_id)
        leaving = Leaving(stored, items, at(place), Basis(), "letter", {"language": "en"})
        left = house.disclosures.would_tell(session, leaving)
        return paper.facts(session, house.seat, row, left, paper.Copy(1))


def test_the_service_is_told_only_together_with_what_is_asked_for(
    house: House, case: Case, place: Organisation
) -> None:
    house.put(Intake(case_id=case.id, her_wishes="a woman who listens"))
    house.ask(case, place, "case_code", "her_wish", "need_requested")
    referral = house.referrals.start(case, place.id, SERVICE, "normal", "advice on wages")
    spoken = codes.label("service_type", SERVICE, "en")
    assert said_besides(house, referral, place, "case_code", "need_requested").service == spoken
    for items in (("case_code",), ("her_wish",), ("case_code", "her_wish")):
        assert said_besides(house, referral, place, *items).service == ""
        seen = words(house.letters.preview(referral, items, "en"))
        assert "".join(spoken.split()) not in seen


def test_two_letters_that_tell_different_things_have_different_codes_at_the_foot(
    house: House, case: Case
) -> None:
    """Same woman, number and copy: only what is told differs, by item or by word."""
    told = (
        (),
        (DisclosedItem("alias", "Name", "Dao"),),
        (DisclosedItem("alias", "Name", "Bua"),),
        (DisclosedItem("legal_name", "Name", "Dao"),),
        (DisclosedItem("alias", "Name", "Dao"), DisclosedItem("sex", "Sex", "female")),
    )
    with house.vault.database.reading() as session:
        made = [paper.foot_code(session, case.id, "SD-2026-1-A", 1, items) for items in told]
        again = paper.foot_code(session, case.id, "SD-2026-1-A", 1, told[1])
    assert len(set(made)) == len(told)
    assert again == made[1]


def test_printing_her_consent_sheet_is_a_line_in_the_log(
    house: House, case: Case, place: Organisation
) -> None:
    consent = house.ask(case, place, "case_code")
    wanted = select(AuditEvent).where(AuditEvent.record_id == consent.id)

    def printed() -> list[tuple[str, str]]:
        with house.vault.database.reading() as session:
            lines = [(line.action, line.kind) for line in session.scalars(wanted)]
        return [line for line in lines if line[0] == "printed"]

    assert printed() == []
    house.letters.consent_sheet(consent, "en")
    assert printed() == [("printed", "consent")]
    house.letters.consent_sheet(consent)
    assert len(printed()) == 2
