"""Recovery pages and the travel passphrase: what they open, and what they never do."""

from pathlib import Path

import pytest

from shelterdesk.core.errors import (
    NotAllowed,
    SetupUnfinished,
    UnknownKeyholder,
    WeakPassphrase,
    WrongPages,
    WrongTravelPassphrase,
)
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.opened_backup import open_by_pages, open_by_travel
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyholders.proposals import NameTaken
from shelterdesk.store.keyring.keyring import VAULT, HolderKind
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    CHEAP,
    DIRECTOR,
    PASSPHRASE,
    Shelter,
    fill_case,
)

TRAVEL = "walnut harbour pencil orbit velvet candle"
NEW = "marble window tunnel pepper island"


def held_secrets(vault: Vault) -> set[str]:
    return {name for name, _ in vault.keys.secrets}


def actions(vault: Vault) -> list[str]:
    with vault.database.reading() as session:
        log = session.query(AuditEvent).order_by(AuditEvent.seq)
        return [event.action for event in log]


def test_two_pages_open_the_vault_for_a_new_director_and_nothing_else(shelter: Shelter) -> None:
    fill_case(shelter.vault)
    shelter.vault.lock()
    secret = combined(shelter.two_pages())
    vault = Vault.enter_by_recovery(shelter.place, secret, shelter.clock)
    with pytest.raises(NotAllowed):
        keyholding.add_person(vault, NewPerson("Dao", NEW, (Role.NURSE,)), CHEAP)
    keyholding.new_director(vault, secret, NewPerson("Mala", NEW, ()), CHEAP)
    assert actions(vault)[-1] == "director by recovery"
    vault.lock()
    mala = shelter.unlock("Mala", NEW)
    assert mala.me.roles == (Role.DIRECTOR,)
    assert held_secrets(mala) == {VAULT, *(c.value for c in Compartment)}


def test_a_new_director_by_pages_needs_a_free_name_and_a_strong_passphrase(
    shelter: Shelter,
) -> None:
    shelter.vault.lock()
    secret = combined(shelter.two_pages())
    shelter.vault = Vault.enter_by_recovery(shelter.place, secret, shelter.clock)
    with pytest.raises(NameTaken):
        keyholding.new_director(shelter.vault, secret, NewPerson(DIRECTOR, NEW, ()), CHEAP)
    with pytest.raises(WeakPassphrase):
        keyholding.new_director(shelter.vault, secret, NewPerson("Mala", "password", ()), CHEAP)


def test_pages_of_another_set_neither_confirm_nor_open(shelter: Shelter) -> None:
    old = shelter.two_pages()
    new = keyholding.renew_pages(shelter.vault)
    assert not shelter.vault.setup_finished
    for typed in (old, [old[0], new.pages[1]], [new.pages[0], new.pages[0]], [new.pages[0]], []):
        with pytest.raises(WrongPages):
            keyholding.confirm_pages(shelter.vault, typed)
    assert not shelter.vault.setup_finished
    shelter.vault.lock()
    with pytest.raises(WrongPages):
        Vault.enter_by_recovery(shelter.place, combined(old), shelter.clock)
    assert shelter.unlock().recovery_set == new.set_number


def test_old_sticks_open_with_the_old_pages_and_new_ones_with_the_new(
    shelter: Shelter, stick: Path
) -> None:
    first = make_backup(shelter.vault, stick, Progress()).generation
    new = keyholding.renew_pages(shelter.vault)
    with pytest.raises(SetupUnfinished):
        make_backup(shelter.vault, stick, Progress())
    keyholding.confirm_pages(shelter.vault, new.pages[1:])
    second = make_backup(shelter.vault, stick, Progress()).generation
    old_pages, new_pages = shelter.two_pages(), new.pages[:2]
    assert open_by_pages(first, old_pages).body().seq < open_by_pages(second, new_pages).body().seq
    for generation, typed in ((first, new_pages), (second, old_pages)):
        with pytest.raises(WrongPages):
            open_by_pages(generation, typed)


# -- travel passphrase ----------------------------------------------------------------------------


def test_a_travel_passphrase_opens_backups_from_then_on_but_never_the_vault(
    shelter: Shelter, stick: Path
) -> None:
    before = make_backup(shelter.vault, stick, Progress()).generation
    holder = keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    after = make_backup(shelter.vault, stick, Progress()).generation
    assert open_by_travel(after, TRAVEL).keys().secrets == {}
    for generation, typed in ((before, TRAVEL), (after, TRAVEL + "x"), (after, PASSPHRASE)):
        with pytest.raises(WrongTravelPassphrase):
            open_by_travel(generation, typed)
    assert shelter.vault.keyring.seals_of(holder.id) == []
    shelter.vault.lock()
    for known_as in ("", holder.id):
        with pytest.raises(UnknownKeyholder):
            shelter.unlock(known_as, TRAVEL)


def test_a_new_travel_passphrase_takes_the_old_ones_place(shelter: Shelter, stick: Path) -> None:
    keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    first = make_backup(shelter.vault, stick, Progress()).generation
    keyholding.set_travel_passphrase(shelter.vault, NEW, CHEAP)
    second = make_backup(shelter.vault, stick, Progress()).generation
    assert open_by_travel(first, TRAVEL).generation == first
    assert open_by_travel(second, NEW).generation == second
    with pytest.raises(WrongTravelPassphrase):
        open_by_travel(second, TRAVEL)
    active = [h for h in shelter.vault.keyring.keyholders if h.kind is HolderKind.TRAVEL]
    assert [h.active for h in active] == [False, True]


def test_a_weak_travel_passphrase_is_refused(shelter: Shelter) -> None:
    with pytest.raises(WeakPassphrase):
        keyholding.set_travel_passphrase(shelter.vault, "holiday", CHEAP)
