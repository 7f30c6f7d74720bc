"""A signed list is exchanged for one of the first format, and nothing tells of the signed one.

The house mother holds the key of the log and that of the note of last time. So she takes every line
about the list out of the log, chains it anew without signatures, and makes herself a director in a
keyring that the vault key vouches for. What she cannot make anew is anybody else's lock.
"""

from dataclasses import replace

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.store.database.database import connect
from shelterdesk.store.keyring.keyring import VAULT, Keyring, write_keyring
from shelterdesk.store.keyring.keys import ListExchanged
from shelterdesk.store.keyring.passphrase_lock import PassphraseLock
from shelterdesk.store.keyring.vouching import LIST_KIND, ListDoubt
from shelterdesk.store.log import witness
from shelterdesk.store.log.audit import NO_MAC, KeptLine, mac_of
from shelterdesk.store.vault.founding import LOG_KEY
from tests.attack.house import MOTHER, SECOND, Hand, mother, own_passphrase, raised
from tests.factories import Shelter, tree


def of_format_1(keyring: Keyring) -> Keyring:
    """Return the keyring as one that the vault key vouches for, with another director in it."""
    holders = tuple(replace(h, pin=None, own_pair=False) for h in keyring.keyholders)
    older = replace(keyring, keyholders=holders, chain=None, sealed_chain=b"", sealed_under=0)
    return older.with_holder(raised(older))


def go_back(house: Shelter, hand: Hand) -> None:
    """Write keyring, log and note so that nothing in the folder tells of a signed list."""
    folder, key = house.place.vault(), hand.keys.vault_key()
    older = of_format_1(hand.keyring())
    write_keyring(folder, older.signed(key, hand.keys.newest(VAULT)))
    connection = connect(folder / "store.db", key)
    fact = "SELECT value FROM store_fact WHERE name = ?"
    log_key = bytes.fromhex(connection.execute(fact, (LOG_KEY,)).fetchone()[0])
    names = ", ".join(KeptLine._fields)
    read = connection.execute(f"SELECT {names} FROM audit_event ORDER BY seq").fetchall()
    lines = [line for line in map(KeptLine._make, read) if line.kind != LIST_KIND]
    connection.execute("DELETE FROM audit_event")
    head, marks = NO_MAC, ", ".join("?" * len(KeptLine._fields))
    for seq, line in enumerate(lines, start=1):
        head = mac_of(line._replace(seq=seq), head, log_key)
        made = line._replace(seq=seq, mac=head, signature=None)
        connection.execute(f"INSERT INTO audit_event ({names}) VALUES ({marks})", tuple(made))
    connection.commit()
    connection.close()
    for place in (folder, house.place.root):
        (place / witness.FILE).unlink()


def test_nobody_opens_a_list_that_was_taken_back_to_format_1(house: Shelter) -> None:
    go_back(house, mother(house))
    before = tree(house.place.vault())
    with pytest.raises(ListExchanged):
        house.unlock()
    with pytest.raises(ListExchanged):
        house.unlock(SECOND, own_passphrase(SECOND))
    assert tree(house.place.vault()) == before


def test_without_what_the_locks_know_she_would_be_a_director(
    house: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nothing else in the folder tells that the list was a signed one."""
    go_back(house, mother(house))
    monkeypatch.setattr(PassphraseLock, "is_of_signed_list", False)
    vault = house.unlock()
    assert vault.standing.doubts == (ListDoubt.OLD_FORMAT,)
    assert vault.keyring.person(MOTHER).roles == (Role.DIRECTOR,)
