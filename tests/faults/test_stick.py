"""Sticks that alter what was written, that somebody has tampered with, or that are forged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from shelterdesk.core.errors import BackupDamaged, BackupNotGood, DamagedFile
from shelterdesk.core.work import Progress
from shelterdesk.services.keeping.backups import brought_back
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.manifest import read_backup_keys
from shelterdesk.store.backup.opened_backup import (
    open_by_pages,
    open_by_travel,
    verify_sums,
    verify_whole,
)
from shelterdesk.store.backup.stick import generations
from shelterdesk.store.database.database import close_whole, connect
from shelterdesk.store.database.schema import HEAD
from shelterdesk.store.database.snapshot import copy_database
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyring.keyring import HolderKind, Keyring
from shelterdesk.store.keyring.recovery import combined
from shelterdesk.store.vault.founding import BACKUP_WITNESS, NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.factories import CHEAP
from tests.faults.operations import operation, stick_folder
from tests.faults.shelter import DIRECTOR, NEW, OLD, TRAVEL, Grounds, Known, clock_at


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Grounds, Known]:
    """A furnished shelter with one backup, and records newer than it."""
    grounds = Grounds(tmp_path_factory.mktemp("stick") / "template")
    grounds.root.mkdir()
    return grounds, operation("back up").prepare(grounds)


@pytest.fixture
def grounds(template: tuple[Grounds, Known], tmp_path: Path) -> Grounds:
    """A copy of the furnished shelter for one test."""
    return template[0].copied(tmp_path / "grounds")


@pytest.fixture
def known(template: tuple[Grounds, Known]) -> Known:
    """What is in the furnished shelter."""
    return template[1]


@pytest.fixture
def vault(grounds: Grounds) -> Iterator[Vault]:
    """The shelter's vault, unlocked by its director."""
    place = DataFolder(grounds.data).open()
    unlocked = Vault.unlock(place, DIRECTOR, OLD, clock=clock_at(3))
    yield unlocked
    unlocked.database.abandon()
    place.close()


class AlteringStick(Progress):
    """Turns one byte on the stick at the moment when the reading back begins."""

    def __init__(self, folder: Path, pattern: str) -> None:
        super().__init__()
        self._folder, self._pattern, self.altered = folder, pattern, ""

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        if doing == "Comparing checksums" and not self.altered:
            newest = max(self._folder.glob(self._pattern), key=lambda path: path.stat().st_mtime_ns)
            content = bytearray(newest.read_bytes())
            content[len(content) // 2] ^= 0x10
            newest.write_bytes(content)
            self.altered = newest.name


WRITTEN = (
    ".part-*/db.sdb.001",
    ".part-*/keyring.json",
    ".part-*/README-RESTORE.txt",
    ".part-*/restore_by_hand.py",
    "files/*/*.sdf",
)


@pytest.mark.parametrize("pattern", WRITTEN)
def test_a_byte_altered_after_writing_is_noticed(
    vault: Vault, grounds: Grounds, known: Known, pattern: str
) -> None:
    stick = AlteringStick(stick_folder(grounds), pattern)
    with pytest.raises(BackupNotGood):
        make_backup(vault, grounds.stick, stick)
    assert stick.altered
    [earlier] = generations(stick_folder(grounds))
    verify_sums(earlier, Progress())
    made = make_backup(vault, grounds.stick, Progress())
    verify_whole(open_by_pages(made.generation, known.typed()), place_for(grounds), Progress())


def place_for(grounds: Grounds) -> Path:
    """Return a folder for the copy that a check opens."""
    folder = grounds.root / "checking"
    folder.mkdir(exist_ok=True)
    return folder


def test_a_stick_that_alters_nothing_takes_the_backup(vault: Vault, grounds: Grounds) -> None:
    stick = AlteringStick(stick_folder(grounds), "no such file")
    stick.altered = "nothing"
    assert make_backup(vault, grounds.stick, stick).generation.is_dir()


# -- locks that are meant to cost -----------------------------------------------------------------

COSTS: tuple[dict[str, int], ...] = (
    {"memory_kib": 2 << 20},
    {"memory_kib": 1},
    {"passes": 10**6},
    {"passes": 0},
    {"lanes": 0},
    {"lanes": 10**4},
    {"memory_kib": -1},
)


@pytest.fixture
def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a key would be derived."""

    def derive(**_: object) -> None:
        raise AssertionError("a key was derived")

    monkeypatch.setattr("shelterdesk.store.keyring.passphrase_lock.Argon2id", derive)


def with_cost(content: dict[str, Any], cost: dict[str, int]) -> dict[str, Any]:
    """Return a keyring's content in which every lock has this cost."""
    where = "door" if "door" in content else "keyholders"
    holders = [
        holder | {"locks": [lock | cost for lock in holder["locks"]]} for holder in content[where]
    ]
    return content | {where: holders}


@pytest.mark.usefixtures("no_derivation")
@pytest.mark.parametrize("cost", COSTS, ids=str)
def test_hostile_costs_are_refused_before_anything_is_derived(
    grounds: Grounds, known: Known, cost: dict[str, int]
) -> None:
    folder = grounds.data / "vault-0001"
    keyring = Keyring.from_bytes((folder / "keyring.json").read_bytes())
    with pytest.raises(DamagedFile):
        Keyring.from_content(with_cost(keyring.to_content(), cost))
    generation = stick_folder(grounds) / known.generation
    rewrite_backup_locks(generation, cost)
    with pytest.raises(BackupDamaged):
        open_by_travel(generation, TRAVEL)


def rewrite_backup_locks(generation: Path, cost: dict[str, int]) -> None:
    """Write a backup's keyring anew, in proper form, with this cost in its locks."""
    path, keys = generation / "keyring.json", read_backup_keys(generation)
    changed = [
        replace(h, locks=tuple(replace(k, cost=replace(k.cost, **cost)) for k in h.locks))
        for h in keys.holders
    ]
    path.write_bytes(replace(keys, holders=tuple(changed)).to_bytes())


@pytest.mark.usefixtures("no_derivation")
def test_a_proper_cost_would_be_derived(grounds: Grounds, known: Known) -> None:
    with pytest.raises(AssertionError, match="a key was derived"):
        open_by_travel(stick_folder(grounds) / known.generation, TRAVEL)


# -- a database that carries more than rows -------------------------------------------------------

ADDED = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON audit_event BEGIN DELETE FROM case_note; END",
    "view": "CREATE VIEW v AS SELECT * FROM case_note",
    "column": "ALTER TABLE case_note ADD COLUMN extra TEXT",
    "table": "CREATE TABLE extra (a)",
    "index": "CREATE INDEX i ON case_note (case_id, text)",
}


def tampered_backup(vault: Vault, stick: Path, statement: str) -> Path:
    """Make a backup, with all its keys and sums, whose database holds one thing more."""

    def copy(source: Any, target: Path, key: bytes, progress: Progress) -> None:
        copy_database(source, target, key, progress)
        connection = connect(target, key)
        connection.execute(statement)
        close_whole(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shelterdesk.store.backup.backup_copy.copy_database", copy)
        patch.setattr("shelterdesk.store.backup.backup_copy.demand_expected", unquestioned)
        patch.setattr("shelterdesk.store.backup.opened_backup.demand_expected", unquestioned)
        return make_backup(vault, stick, Progress()).generation


def unquestioned(_connection: object, _what: str) -> str:
    """Stand in for the comparison of a database with its schema, and find nothing."""
    return HEAD


@pytest.mark.parametrize("statement", ADDED.values(), ids=ADDED)
def test_a_tampered_schema_is_refused(
    vault: Vault, grounds: Grounds, known: Known, statement: str
) -> None:
    opened = open_by_pages(tampered_backup(vault, grounds.stick, statement), known.typed())
    before = sorted(path.name for path in grounds.data.iterdir())
    with pytest.raises(BackupDamaged):
        brought_back(vault.place, opened, Progress())
    assert sorted(path.name for path in grounds.data.iterdir()) == before
    with pytest.raises(BackupDamaged):
        verify_whole(opened, place_for(grounds), Progress())


def test_without_the_comparison_it_would_be_taken(
    vault: Vault, grounds: Grounds, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = tampered_backup(vault, grounds.stick, ADDED["view"])
    monkeypatch.setattr("shelterdesk.store.backup.opened_backup.demand_expected", unquestioned)
    body = verify_whole(open_by_pages(generation, known.typed()), place_for(grounds), Progress())
    assert body.revision == HEAD


# -- a backup that somebody else has made ---------------------------------------------------------


def forged(grounds: Grounds, stick: Path, witness_key: Callable[[Vault], bytes]) -> Path:
    """Make a backup of other records for the victim's paper, whose public key is on her stick."""
    generation = generations(stick_folder(grounds))[0]
    [paper] = (h for h in read_backup_keys(generation).holders if h.kind is HolderKind.RECOVERY)
    place = DataFolder(grounds.root / "forger").open()
    founder = NewPerson("Mallory", NEW, ())
    made, _ = Vault.create(place, founder, CHEAP, clock_at(4))
    own = made.keyring.find(HolderKind.RECOVERY)
    others = tuple(h for h in made.keyring.keyholders if h != own)
    made.keyring = replace(made.keyring, keyholders=(*others, replace(paper, confirmed=True)))
    made.keep_fact(BACKUP_WITNESS + paper.id, witness_key(made).hex())
    forgery = make_backup(made, stick, Progress()).generation
    made.database.abandon()
    place.close()
    return forgery


def test_a_forged_backup_is_refused(grounds: Grounds, known: Known, tmp_path: Path) -> None:
    forgery = forged(grounds, tmp_path, lambda _: bytes(32))
    verify_sums(forgery, Progress())
    with pytest.raises(BackupDamaged, match="not written by the records"):
        open_by_pages(forgery, known.typed())


def test_a_forgery_under_the_right_witness_is_told_by_the_list_in_it(
    grounds: Grounds, known: Known, tmp_path: Path
) -> None:
    secret = combined(known.typed())
    forgery = forged(grounds, tmp_path, lambda _: secret.witness_key)
    with pytest.raises(BackupDamaged, match="keyring"):
        open_by_pages(forgery, known.typed())
