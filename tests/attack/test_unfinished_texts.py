"""Unfinished texts that a house mother puts into the director's name: never offered to her.

Whoever is offered a text of her own reads it less closely than a stranger's, and saves it.
"""

import pytest
from sqlalchemy import select, update

from shelterdesk.records.base import new_id
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.vault_room import Draft
from shelterdesk.store.database import drafts
from shelterdesk.store.database.drafts import Unfinished
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import context, derived_key, seal_to, seal_value
from shelterdesk.store.vault.vault import Vault
from tests.attack.hands import Hands
from tests.factories import DIRECTOR, Shelter

PAGE = "consent/abc"
FORGED = {"item_hiv_sti": "yes"}


def offered(vault: Vault) -> list[Unfinished]:
    with vault.database.reading() as session:
        return drafts.mine(session)


def sealed_to_her(vault: Vault, hands: Hands) -> bytes:
    """As the program has sealed unfinished texts before: her public key is enough."""
    director = vault.keyring.person(DIRECTOR)
    where = context("draft", hands.keys.store_id, director.id, PAGE)
    return seal_to(director.public_key, canonical(FORGED), where)


def under_a_key_of_her_own(vault: Vault, hands: Hands) -> bytes:
    key = derived_key(hands.keys.private_key, "unfinished texts")
    director = vault.keyring.person(DIRECTOR)
    return seal_value(key, canonical(FORGED), context("unfinished text", director.id, PAGE))


def put_down(vault: Vault, sealed: bytes) -> None:
    hands = Hands(vault)
    director = vault.keyring.person(DIRECTOR).id
    with hands.writing() as session:
        session.add(
            Draft(id=new_id(), owner=director, page=PAGE, saved_at=vault.clock(), sealed=sealed)
        )


@pytest.mark.parametrize("forge", [sealed_to_her, under_a_key_of_her_own])
def test_no_forged_text_is_offered(house: Shelter, forge: object) -> None:
    assert callable(forge)
    put_down(house.vault, forge(house.vault, Hands(house.vault)))
    assert offered(house.vault) == []
    house.vault.lock()
    assert offered(house.unlock()) == []


def test_a_text_of_hers_is_not_passed_off_as_a_newer_one(house: Shelter) -> None:
    with house.vault.database.writing() as session:
        drafts.keep(session, PAGE, {"text": "hers"})
    assert [one.values for one in offered(house.vault)] == [{"text": "hers"}]
    house.clock.pass_days(1)
    with Hands(house.vault).writing() as session:
        session.execute(update(Draft).values(saved_at=house.clock()))
    assert offered(house.vault) == []


def test_what_an_earlier_program_has_kept_is_taken_over_once(house: Shelter) -> None:
    """The control: before her first unlocking by this program it is hers, as far as known."""
    put_down(house.vault, sealed_to_her(house.vault, Hands(house.vault)))
    hers = house.vault.keyring.person(DIRECTOR).id
    Hands(house.vault).run(
        "UPDATE audit_event SET fields = '[]' WHERE actor = ? AND action = 'unlocked'", hers
    )
    house.vault.lock()
    vault = house.unlock()
    assert [one.values for one in offered(vault)] == [FORGED]
    with vault.database.reading() as session:
        lines = select(AuditEvent.fields).where(AuditEvent.action == "unlocked")
        assert session.scalars(lines.order_by(AuditEvent.seq.desc())).first() != "[]"
    vault.lock()
    assert [one.values for one in offered(house.unlock())] == [FORGED]
