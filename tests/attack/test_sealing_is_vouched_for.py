"""Sealing what lay open moves rows, and the line over them is one that not everybody may write."""

import pytest
from sqlalchemy import delete

from shelterdesk.core.errors import TraceBroken
from shelterdesk.core.work import Progress
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.keyholders.old_texts import seal_old_texts
from shelterdesk.store.log import walk
from shelterdesk.store.log.moved_rows import moving
from shelterdesk.store.vault.founding import SEALED_SINCE
from shelterdesk.store.vault.vault import Vault
from tests.attack.house import SECOND, own_passphrase
from tests.factories import DIRECTOR, PASSPHRASE, SEALED_WORDS, Shelter, fill_case


@pytest.fixture
def house_with_an_open_text(house: Shelter) -> Shelter:
    """A note that was written before notes were sealed, in a house with a signed list."""
    fill_case(house.vault)
    with house.vault.database.writing() as session:
        session.execute(delete(StoreFact).where(StoreFact.name == SEALED_SINCE))
    lay_open(house.vault)
    return house


def lay_open(vault: Vault) -> None:
    with vault.database.driver() as connection:
        connection.execute("UPDATE case_note SET text = ?", [SEALED_WORDS["testimony"]])


def is_open(vault: Vault) -> bool:
    with vault.database.driver() as connection:
        kinds = connection.execute("SELECT DISTINCT typeof(text) FROM case_note").fetchall()
    return [tuple(kind) for kind in kinds] == [("text",)]


def log_holds(vault: Vault) -> bool:
    with vault.database.reading() as session:
        try:
            walk.verify(session, vault.writer.log_key, (), vault.writer.signers)
        except TraceBroken:
            return False
    return True


def opened(shelter: Shelter, name: str, passphrase: str) -> Vault:
    shelter.vault.lock()
    return shelter.unlock(name, passphrase)


def test_a_counsellor_leaves_it_to_a_director(house_with_an_open_text: Shelter) -> None:
    vault = opened(house_with_an_open_text, SECOND, own_passphrase(SECOND))
    assert not seal_old_texts(vault, Progress())
    assert is_open(vault)
    assert log_holds(vault)
    vault = opened(house_with_an_open_text, DIRECTOR, PASSPHRASE)
    assert seal_old_texts(vault, Progress())
    assert not is_open(vault)
    assert log_holds(vault)


def test_a_counsellors_line_over_all_rows_breaks_the_log(house_with_an_open_text: Shelter) -> None:
    vault = opened(house_with_an_open_text, SECOND, own_passphrase(SECOND))
    with vault.database.writing() as session, moving(session, ["case_note"]):
        pass
    assert not log_holds(vault)
