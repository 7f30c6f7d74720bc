"""The database's settings, its two blocks, and what happens when the disk is full."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import func, select, text

from shelterdesk.core.errors import Busy, NoSpace
from shelterdesk.records.case.case import Case
from shelterdesk.store.database import database as store_database
from shelterdesk.store.database.database import Database, close_whole, connect, create_file
from shelterdesk.store.database.integrity import demand_whole
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, fill_case
from tests.patience import PATIENCE
from tests.systems import WINDOWS

SETTINGS = {
    "foreign_keys": "1",
    "synchronous": "2",
    "secure_delete": "1",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "journal_mode": "wal",
    "wal_autocheckpoint": "0",
    "cipher_memory_security": "0",
    "cipher_page_size": "4096",
    "cipher_hmac_algorithm": "HMAC_SHA512",
    "cipher_use_hmac": "1",
    "cipher_plaintext_header_size": "0",
    "cipher_log_level": "NONE",
    "temp_store": "0",
}


@pytest.mark.parametrize("block", ["reading", "writing"])
def test_every_connection_has_the_settings_that_were_decided(shelter: Shelter, block: str) -> None:
    """Design: the vault, T12; `temp_store` 0 is the driver's own default, memory."""
    found = {}
    with getattr(shelter.vault.database, block)() as session:
        for name in SETTINGS:
            found[name] = str(session.execute(text(f"PRAGMA {name}")).scalar())
        compiled = session.scalars(text("PRAGMA compile_options")).all()
        with pytest.raises(Exception, match="not authorized"):
            session.execute(text("SELECT load_extension('x')"))
    assert found == SETTINGS
    assert "TEMP_STORE=2" in compiled


@pytest.mark.parametrize("size", [0, 31, 32, 47, 49])
def test_a_key_of_another_length_is_refused_before_anything_is_opened(
    tmp_path: Path, size: int
) -> None:
    """62 digits would be taken as a passphrase without a word."""
    with pytest.raises(ValueError, match="96 hexadecimal digits"):
        connect(tmp_path / "new.db", bytes(size))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_not_there_is_never_made_by_opening_it(
    tmp_path: Path, read_only: bool
) -> None:
    with pytest.raises(sqlcipher3.dbapi2.OperationalError, match="unable to open"):
        connect(tmp_path / "new.db", bytes(48), read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.write_bytes(b"something")
    with pytest.raises(FileExistsError):
        create_file(path, bytes(48))
    assert path.read_bytes() == b"something"


def test_another_key_opens_nothing(shelter: Shelter) -> None:
    shelter.vault.lock()
    key = shelter.vault.keys.vault_key()
    wrong = bytes([key[0] ^ 1]) + key[1:]
    with pytest.raises(sqlcipher3.dbapi2.DatabaseError, match="not a database"):
        connect(shelter.vault.database.path, wrong).execute("SELECT * FROM sqlite_schema")


def test_paths_with_signs_of_their_own_meaning_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / ("a#ນ %41.db" if WINDOWS else "a?mode=memory#ນ %41.db")
    create_file(path, bytes(48))
    close_whole(connect(path, bytes(48)))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_keys_and_rows_show_in_no_text(shelter: Shelter) -> None:
    digits = shelter.vault.keys.vault_key().hex()
    vault = shelter.vault
    for thing in (vault, vault.database, vault.keys, vault.database._engine):
        assert digits[:16] not in f"{thing!r}{thing}"
    with pytest.raises(Exception, match="UNIQUE") as refusal, vault.database.writing() as session:
        session.add_all([Case(code="DEMO-0001", alias="Secretname"), Case(code="DEMO-0001")])
    assert "Secretname" not in f"{refusal.value!r} {refusal.value}"
    assert "DEMO-0001" not in f"{refusal.value!r} {refusal.value}"


def test_after_a_refused_save_the_next_one_works(shelter: Shelter) -> None:
    with (
        pytest.raises(Exception, match="UNIQUE"),
        shelter.vault.database.writing() as session,
    ):
        session.add_all([Case(code="DEMO-0001"), Case(code="DEMO-0001")])
    assert fill_case(shelter.vault, large=10).version == 1


# -- together -------------------------------------------------------------------------------------


def count(vault: Vault) -> int:
    with vault.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def test_a_long_reader_sees_one_state_and_holds_up_no_writer(shelter: Shelter) -> None:
    with shelter.vault.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0
        fill_case(shelter.vault, 1, large=10)
        fill_case(shelter.vault, 2, large=10)
        assert session.scalar(select(func.count()).select_from(Case)) == 0
    assert count(shelter.vault) == 2


def test_two_writers_wait_for_each_other_and_both_are_kept(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_database, "_WAIT_SECONDS", PATIENCE)
    begun, held = threading.Event(), threading.Event()

    def first() -> None:
        with shelter.vault.database.writing() as session:
            session.add(Case(code="DEMO-0001"))
            session.flush()
            begun.set()
            held.wait(PATIENCE)

    def second() -> None:
        begun.wait(PATIENCE)
        with shelter.vault.database.writing() as session:
            session.add(Case(code="DEMO-0002"))

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    begun.wait(PATIENCE)
    assert count(shelter.vault) == 0
    held.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert count(shelter.vault) == 2


def test_a_writer_that_waited_too_long_is_told_and_has_written_nothing(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_database, "_WAIT_SECONDS", 0.1)
    vault = shelter.vault
    vault.lock()
    vault = shelter.unlock()
    other = connect(vault.database.path, vault.keys.vault_key())
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), vault.database.writing() as session:
        session.add(Case(code="DEMO-0001"))
    other.execute("ROLLBACK")
    other.close()
    assert count(vault) == 0
    assert fill_case(vault, large=10).version == 1


def test_settling_while_somebody_reads_is_told_as_busy(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_database, "_WAIT_SECONDS", 0.1)
    shelter.vault.lock()
    vault = shelter.unlock()
    with vault.database.reading() as session:
        session.execute(select(Case)).all()
        fill_case(vault, large=10)
        with pytest.raises(Busy):
            vault.database.checkpoint()
    vault.database.checkpoint()
    assert count(vault) == 1


def test_a_grown_journal_is_brought_in_and_a_failure_of_that_loses_nothing(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_database, "_WAL_LIMIT", 1)
    monkeypatch.setattr(store_database, "_WAIT_SECONDS", 0.1)
    shelter.vault.lock()
    shelter.unlock()
    journal = shelter.vault.database.path.with_name("store.db-wal")
    fill_case(shelter.vault, 1, large=10)
    assert journal.stat().st_size == 0
    with shelter.vault.database.reading() as session:
        session.execute(select(Case)).all()
        fill_case(shelter.vault, 2, large=10)
        assert journal.stat().st_size > 0
    assert count(shelter.vault) == 2


# -- full -----------------------------------------------------------------------------------------


def fill_until_full(vault: Vault) -> None:
    for seed in range(2, 60):
        fill_case(vault, seed, large=60_000)


@contextmanager
def full(database: Database) -> Iterator[None]:
    """Let the database's file grow no further, as on a full disk, for the block."""
    with database.driver() as connection:
        [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with database.driver() as connection:
        connection.execute("PRAGMA max_page_count = 1073741823")


def test_on_a_full_disk_nothing_is_lost_and_the_reserve_is_given_back(shelter: Shelter) -> None:
    fill_case(shelter.vault, 1, large=10)
    ballast = shelter.place.root / "ballast"
    assert ballast.exists()
    with full(shelter.vault.database):
        with pytest.raises(NoSpace, match="not enough room"):
            fill_until_full(shelter.vault)
        assert not ballast.exists()
        before = count(shelter.vault)
        assert before >= 1
        with shelter.vault.database.reading() as session:
            names = {case.alias for case in session.scalars(select(Case))}
        assert names == {f"Champa {seed}" for seed in range(1, before + 1)}
    fill_case(shelter.vault, 99, large=60_000)
    assert count(shelter.vault) == before + 1
    with shelter.vault.database.driver() as connection:
        demand_whole(connection)
