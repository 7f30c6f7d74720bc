"""A single changed byte in any file is noticed, and nothing wrong is ever taken for good."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk.core.errors import BackupDamaged, DamagedFile, DeskError
from shelterdesk.store.disk.container import CHUNK, TAG, read_header
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyring.keyring import both_copies_hold
from shelterdesk.store.vault.vault import Vault
from tests.faults.damage import (
    Patient,
    Ward,
    carried,
    every_damage,
    exchanged,
    flips,
    healed,
    kept,
    patients,
    verdicts,
    ward,
)
from tests.faults.shelter import DIRECTOR, OLD

SEED = 7
FILES = ("keyring", "store.db", "attached file", "container", "manifest", "backup keyring")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """A furnished shelter; every test leaves its files as they were."""
    return ward(tmp_path_factory.mktemp("ward") / "grounds")


@pytest.mark.parametrize("name", FILES)
def test_damage_is_refused(there: Ward, name: str) -> None:
    [patient] = (p for p in patients(there) if p.name == name)
    found = every_damage(patient, 250, SEED)
    assert found["refused"] > 300
    assert set(found) <= {"refused", "healed"}


def test_only_the_salt_of_the_database_may_be_damaged(there: Ward) -> None:
    [store] = (p for p in patients(there) if p.name == "store.db")
    content, chance = store.path.read_bytes(), random.Random(SEED)
    salt = (bytes([b ^ 1]) for b in content[:16])
    damaged = [content[:n] + changed + content[n + 1 :] for n, changed in enumerate(salt)]
    assert verdicts(store, damaged) == {"healed": 16}
    beyond = [content[:16] + rest for rest in flips(content[16:], 200, chance)]
    assert set(verdicts(store, beyond)) == {"refused"}


def test_every_byte_of_a_generation_is_checked_without_a_secret(there: Ward) -> None:
    found = {patient.name: every_damage(patient, 120, SEED) for patient in carried(there)}
    assert len(found) == 6
    assert [name for name, counts in found.items() if set(counts) != {"refused"}] == []


@pytest.mark.parametrize("copy", ["keyring.json", "keyring.bak.json"])
def test_a_damaged_keyring_is_healed_from_its_second_copy(there: Ward, copy: str) -> None:
    content = (there.vault / copy).read_bytes()
    contents = [*flips(content, 300, random.Random(SEED)), b"", content[:-1], content[:100]]
    assert set(healed(there, copy, contents)) == {"healed"}


@pytest.fixture
def place(there: Ward) -> Iterator[DataFolder]:
    """The data folder of the furnished shelter, held for one test."""
    folder = DataFolder(there.grounds.data).open()
    yield folder
    folder.close()


def test_unlocking_writes_the_damaged_copy_anew(there: Ward, place: DataFolder) -> None:
    (there.vault / "keyring.json").write_bytes(b"{}")
    vault = Vault.unlock(place, DIRECTOR, OLD)
    vault.lock()
    assert both_copies_hold(there.vault, vault.keyring)


def test_both_copies_damaged_are_refused(there: Ward, place: DataFolder) -> None:
    copies = list(there.vault.glob("keyring*.json"))
    with kept(*copies):
        for path in copies:
            path.write_bytes(path.read_bytes().replace(b"epoch", b"epocs"))
        with pytest.raises(DamagedFile):
            Vault.unlock(place, DIRECTOR, OLD)
    Vault.unlock(place, DIRECTOR, OLD).lock()


def test_an_older_database_put_back_is_noticed(there: Ward, place: DataFolder) -> None:
    store = there.vault / "store.db"
    older = store.read_bytes()
    for _ in range(2):
        Vault.unlock(place, DIRECTOR, OLD).lock()
    with kept(store):
        store.write_bytes(older)
        vault = Vault.unlock(place, DIRECTOR, OLD)
        assert vault.doubt() is not None
        vault.lock()


# -- the container --------------------------------------------------------------------------------


def container(there: Ward) -> Patient:
    """Return the container of the backup's database."""
    [found] = (p for p in patients(there) if p.name == "container")
    return found


def front_length(path: Path) -> int:
    """Return how many bytes stand before the chunks."""
    with path.open("rb") as file:
        return len(read_header(file)[1])


def test_exchanged_chunks_are_refused(
    there: Ward, tmp_path_factory: pytest.TempPathFactory
) -> None:
    patient, other = container(there), container(ward(tmp_path_factory.mktemp("other") / "ward"))
    content, header = patient.path.read_bytes(), front_length(patient.path)
    assert len(content) > header + 2 * (CHUNK + TAG)
    changed = list(exchanged(content, other.path.read_bytes(), header))
    kinds = Counter(kind for kind, _ in changed)
    assert set(kinds) == {
        "swapped",
        "dropped",
        "repeated",
        "appended",
        "spliced",
        "another's front",
    }
    assert set(verdicts(patient, [made for _, made in changed])) == {"refused"}


def test_a_header_cut_at_any_byte_is_refused(there: Ward) -> None:
    patient = container(there)
    content = patient.path.read_bytes()
    short = [content[:end] for end in range(front_length(patient.path) + 40)]
    assert verdicts(patient, short) == {"refused": len(short)}


def test_the_undamaged_container_opens(there: Ward) -> None:
    patient = container(there)
    assert verdicts(patient, [patient.path.read_bytes()]) == {"wrong": 1}  # taken, so not refused


# -- the trials can fail --------------------------------------------------------------------------


def test_a_reader_without_a_check_is_found_out(there: Ward) -> None:
    manifest = there.generation / "manifest.sdm"
    careless = Patient("careless", manifest, lambda: json.loads(manifest.read_bytes()))
    found = every_damage(careless, 250, SEED)
    assert found["wrong"]
    assert any(verdict.startswith("raw") for verdict in found)


def test_a_reader_that_refuses_everything_finds_no_fault_with_damage(there: Ward) -> None:
    def refuse() -> None:
        raise BackupDamaged

    patient = Patient("refusing", there.generation / "manifest.sdm", refuse)
    assert isinstance(BackupDamaged(), DeskError)
    assert verdicts(patient, [patient.path.read_bytes()]) == {"refused": 1}
