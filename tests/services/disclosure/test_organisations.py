"""The directory: who offers what, and how fresh that knowledge is."""

from datetime import timedelta

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from tests.factories import Shelter, add_person
from tests.services.house import House


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


def test_an_entry_is_stale_after_ninety_days_and_when_it_was_never_verified(house: House) -> None:
    today = house.today
    assert house.organisations.stale(house.place())
    assert not house.organisations.stale(house.place(verified_on=today - timedelta(days=90)))
    assert house.organisations.stale(house.place(verified_on=today - timedelta(days=91)))


def test_verifying_makes_an_entry_fresh(house: House) -> None:
    assert not house.organisations.stale(house.organisations.verify(house.place()))


def test_who_offers_a_service_is_found_and_who_has_ended_is_not(house: House) -> None:
    good = house.place("B")
    ended = house.place("A", ended_on=house.today - timedelta(days=1))
    other = house.place("C")
    for place, service in ((good, "legal_aid"), (ended, "legal_aid"), (other, "medical")):
        house.organisations.save_offer(ServiceOffer(organisation_id=place.id, service=service))
    assert [found.name for found in house.organisations.offering("legal_aid")] == ["B"]
    assert [found.name for found in house.organisations.all()] == ["B", "C"]
    assert [offer.service for offer in house.organisations.offers_of(good)] == ["legal_aid"]
    assert house.organisations.services()[other.id] == ["medical"]


def test_the_data_officer_has_no_directory(shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Keo", Role.DATA_OFFICER)
    shelter.vault.lock()
    with pytest.raises(NotAllowed):
        House(shelter, shelter.unlock("Keo", passphrase)).organisations.all()
