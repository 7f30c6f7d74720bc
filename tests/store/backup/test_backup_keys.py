"""Whom the records let open an earlier backup: directors and pages, never the vault key alone."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.store.backup.opened_backup import open_by_pages, open_by_vault
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.keyring import HolderKind
from shelterdesk.store.keyring.keys import held_by
from shelterdesk.store.keyring.seals import public_key_of
from shelterdesk.store.vault import backup_keys
from shelterdesk.store.vault.backup_keys import NotYoursToOpen
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP, PASSPHRASE, Shelter, add_person
from tests.store.backing_up import back_up


def whole_database(vault: Vault) -> bytes:
    """Return every value of every table, as anybody with the vault key reads it."""
    with vault.database.driver() as connection:
        names = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        )]  # fmt: skip
        rows = [row for name in names for row in connection.execute(f'SELECT * FROM "{name}"')]
    return b"\n".join(repr(value).encode() for row in rows for value in row)


def written(key: bytes) -> list[bytes]:
    """Return how a key would look in `whole_database`: as bytes and as hexadecimal digits."""
    return [repr(key).encode(), key.hex().encode()]


def test_the_vault_key_alone_opens_no_backup(shelter: Shelter, stick: Path) -> None:
    made = back_up(shelter, stick)
    key = open_by_pages(made.generation, shelter.two_pages()).key
    seen = whole_database(shelter.vault)
    assert not any(form in seen for form in written(key))
    planted = update(BackupGeneration).values(backup_key=key)
    with shelter.vault.database.writing() as session:
        session.execute(planted)
    assert any(form in whole_database(shelter.vault) for form in written(key))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_who_does_not_direct_makes_a_backup_and_opens_no_earlier_one(
    shelter: Shelter, stick: Path, role: Role
) -> None:
    earlier = back_up(shelter, stick)
    passphrase = add_person(shelter.vault, "Dao", role)
    shelter.vault.lock()
    shelter.unlock("Dao", passphrase)
    own = back_up(shelter, stick)
    for generation in (earlier.generation, own.generation):
        with pytest.raises(NotYoursToOpen):
            open_by_vault(generation, shelter.vault)


def test_a_director_opens_what_others_made_and_so_do_the_pages(
    shelter: Shelter, stick: Path
) -> None:
    passphrase = add_person(shelter.vault, "Kham", Role.DATA_OFFICER)
    shelter.vault.lock()
    made = back_up(Shelter(shelter.place, shelter.unlock("Kham", passphrase), shelter.pages,
                           shelter.clock), stick)  # fmt: skip
    shelter.vault.lock()
    shelter.unlock()
    assert open_by_vault(made.generation, shelter.vault).key == row_key(shelter, made.generation)


def row_key(shelter: Shelter, generation: Path) -> bytes:
    """Return the key that the pages read out of the records' own row."""
    opened = open_by_pages(generation, shelter.two_pages())
    paper = shelter.vault.keyring.find(HolderKind.RECOVERY)
    assert paper is not None
    assert public_key_of(opened.private_key) == paper.public_key
    keys = held_by(shelter.vault.keyring, paper, opened.private_key)
    with shelter.vault.database.reading() as session:
        return backup_keys.opened(
            session.get_one(BackupGeneration, opened.manifest.backup_id), keys
        )


def test_keys_that_an_earlier_program_left_are_sealed_at_the_next_unlocking(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    key = open_by_vault(made.generation, shelter.vault).key
    with shelter.vault.database.writing() as session:
        session.execute(update(BackupGeneration).values(backup_key=key, sealed_keys=None))
    shelter.vault.lock()
    shelter.unlock()
    assert not any(form in whole_database(shelter.vault) for form in written(key))
    assert open_by_vault(made.generation, shelter.vault).key == key


def test_the_keys_of_backups_follow_the_directors(shelter: Shelter, stick: Path) -> None:
    made = back_up(shelter, stick)
    passphrase = add_person(shelter.vault, "Mala", Role.DIRECTOR)
    shelter.vault.lock()
    shelter.unlock("Mala", passphrase)
    assert open_by_vault(made.generation, shelter.vault).key
    shelter.vault.lock()
    shelter.unlock()
    keyholding.change_roles(shelter.vault, "Mala", (Role.NURSE,))
    with shelter.vault.database.reading() as session:
        [row] = session.scalars(select(BackupGeneration))
    paper = shelter.vault.keyring.find(HolderKind.RECOVERY)
    assert paper is not None
    wanted = {shelter.vault.me.public_key.hex(), paper.public_key.hex()}
    assert set(row.sealed_keys or {}) == wanted


def test_a_new_set_of_pages_opens_the_earlier_backups_of_these_records(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    key = open_by_vault(made.generation, shelter.vault).key
    old = shelter.vault.recovery_set
    pages = keyholding.renew_pages(shelter.vault)
    with shelter.vault.database.reading() as session:
        [row] = session.scalars(select(BackupGeneration))
    paper = shelter.vault.keyring.find(HolderKind.RECOVERY)
    assert paper is not None
    assert pages.set_number == paper.set_number != old
    wanted = {shelter.vault.me.public_key.hex(), paper.public_key.hex()}
    assert set(row.sealed_keys or {}) == wanted
    assert open_by_vault(made.generation, shelter.vault).key == key


def test_a_restored_shelter_knows_its_backup_and_keeps_its_key_sealed(
    shelter: Shelter, stick: Path
) -> None:
    made = back_up(shelter, stick)
    shelter.vault.lock()
    opened = open_by_pages(made.generation, shelter.two_pages())
    restore(shelter.place, opened, Progress(), shelter.clock)
    vault = shelter.unlock("Noy", PASSPHRASE)
    assert not any(form in whole_database(vault) for form in written(opened.key))
    assert open_by_vault(made.generation, vault).key == opened.key


def test_a_director_who_got_a_new_pair_opens_the_earlier_backups_again(
    shelter: Shelter, stick: Path
) -> None:
    add_person(shelter.vault, "Mala", Role.DIRECTOR)
    made = back_up(shelter, stick)
    keyholding.reset_passphrase(shelter.vault, "Mala", "another basket morning thread lotus", CHEAP)
    shelter.vault.lock()
    shelter.unlock("Mala", "another basket morning thread lotus")
    assert open_by_vault(made.generation, shelter.vault).key
