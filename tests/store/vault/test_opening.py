"""Seven things that can lie in the place of the records: seven sentences, and no byte changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
    EmptyFile,
    ForeignFile,
    MissingKeyring,
    MissingRecords,
    NewerFile,
    WrongPassphrase,
)
from shelterdesk.store.database.database import connect
from shelterdesk.store.disk.checked_json import encode
from shelterdesk.store.keyring.keyring import FILE, FORMAT, SECOND_FILE, VERSION
from shelterdesk.store.vault.opening import STORE
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, Shelter, fill_case, new_shelter, tree

Fault = Callable[[Shelter, Path], None]


def _nothing(_: Shelter, __: Path) -> None:
    """Leave the records as they are: the passphrase is wrong."""


def _flip_in_the_middle(_: Shelter, store: Path) -> None:
    data = bytearray(store.read_bytes())
    data[5 * 4096 + 100] ^= 1
    for start in range(0, len(data), 4096):
        data[start + 200] ^= 1
    store.write_bytes(bytes(data))


def _flip_in_the_keyring(shelter: Shelter, _: Path) -> None:
    for name in (FILE, SECOND_FILE):
        path = shelter.vault.folder / name
        path.write_bytes(path.read_bytes().replace(b'"epoch"', b'"epocH"'))


def _cut_a_page(_: Shelter, store: Path) -> None:
    os.truncate(store, store.stat().st_size - 4096)


def _cut_inside_a_page(_: Shelter, store: Path) -> None:
    os.truncate(store, store.stat().st_size - 100)


def _plain_sqlite(_: Shelter, store: Path) -> None:
    store.unlink()
    connection = sqlcipher3.dbapi2.connect(store)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()


def _another_vaults(shelter: Shelter, store: Path) -> None:
    other = new_shelter(shelter.place.root.parent / "other")
    other.vault.lock()
    other.place.close()
    store.write_bytes((other.vault.folder / STORE).read_bytes())


def _chance(_: Shelter, store: Path) -> None:
    store.write_bytes(os.urandom(5 * 4096))


def _empty(_: Shelter, store: Path) -> None:
    store.write_bytes(b"")


def _no_keyring(shelter: Shelter, _: Path) -> None:
    for name in (FILE, SECOND_FILE):
        (shelter.vault.folder / name).unlink()


def _gone(_: Shelter, store: Path) -> None:
    store.unlink()


def _newer_schema(shelter: Shelter, store: Path) -> None:
    connection = connect(store, shelter.vault.keys.vault_key())
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _newer_keyring(shelter: Shelter, _: Path) -> None:
    for name in (FILE, SECOND_FILE):
        (shelter.vault.folder / name).write_bytes(encode(FORMAT, VERSION + 1, {"of": "tomorrow"}))


FAULTS: list[tuple[Fault, type[DeskError]]] = [
    (_nothing, WrongPassphrase),
    (_flip_in_the_middle, DamagedFile),
    (_flip_in_the_keyring, DamagedFile),
    (_cut_a_page, DamagedFile),
    (_cut_inside_a_page, DamagedFile),
    (_plain_sqlite, ForeignFile),
    (_another_vaults, ForeignFile),
    (_chance, ForeignFile),
    (_empty, EmptyFile),
    (_newer_schema, NewerFile),
    (_newer_keyring, NewerFile),
    (_no_keyring, MissingKeyring),
    (_gone, MissingRecords),
]


def _refused(shelter: Shelter, fault: Fault, wanted: type[DeskError]) -> DeskError:
    """Bring the fault about, try to unlock twice, and return what was said."""
    shelter.vault.lock()
    fault(shelter, shelter.vault.folder / STORE)
    before = tree(shelter.place.root)
    passphrase = OTHER_PASSPHRASE if fault is _nothing else PASSPHRASE
    refusals = []
    for _ in range(2):
        with pytest.raises(wanted) as refusal:
            shelter.unlock(passphrase=passphrase)
        assert type(refusal.value) is wanted
        assert tree(shelter.place.root) == before
        refusals.append(refusal.value)
    return refusals[0]


@pytest.mark.parametrize(
    ("fault", "wanted"), FAULTS, ids=[fault.__name__.strip("_") for fault, _ in FAULTS]
)
def test_what_does_not_open_is_named_and_left_as_it_is(
    shelter: Shelter, fault: Fault, wanted: type[DeskError]
) -> None:
    fill_case(shelter.vault)
    assert str(_refused(shelter, fault, wanted))


def test_every_kind_of_refusal_has_a_sentence_of_its_own() -> None:
    kinds = {kind for _, kind in FAULTS}
    assert len({kind.sentence for kind in kinds}) == len(kinds) == 7
