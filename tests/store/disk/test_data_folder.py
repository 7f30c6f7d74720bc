"""One program at a time on a data folder, on a disk that keeps its promises."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shelterdesk.core.errors import AlreadyOpen, NoVault
from shelterdesk.store.disk.data_folder import BALLAST_SIZE, DataFolder
from shelterdesk.store.vault.vault import Vault
from tests.factories import DIRECTOR, PASSPHRASE, new_shelter, tree

_HOLD = """
import sys, time
from pathlib import Path
from shelterdesk.core.errors import AlreadyOpen
from shelterdesk.store.disk.data_folder import DataFolder
try:
    held = DataFolder(Path(sys.argv[1])).open()
except AlreadyOpen:
    sys.exit(7)
print("held", flush=True)
time.sleep(60)
"""


def _another_program(root: Path) -> subprocess.Popen[str]:
    source = Path(__file__).parents[3] / "src"
    environment = os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _HOLD, str(root)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_second_hold_in_the_same_program_is_refused(tmp_path: Path) -> None:
    first = DataFolder(tmp_path).open()
    with pytest.raises(AlreadyOpen):
        DataFolder(tmp_path).open()
    first.close()
    DataFolder(tmp_path).open().close()


def test_a_second_program_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    place = DataFolder(tmp_path).open()
    (tmp_path / "new-unfinished").mkdir()
    before = tree(tmp_path)
    second = _another_program(tmp_path)
    assert second.communicate(timeout=60)[0] == ""
    assert second.returncode == 7
    assert tree(tmp_path) == before
    assert (tmp_path / "new-unfinished").exists()
    place.close()


def test_a_program_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    holder = _another_program(tmp_path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(AlreadyOpen):
        DataFolder(tmp_path).open()
    holder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    holder.communicate(timeout=60)
    DataFolder(tmp_path).open().close()


def test_half_made_things_are_removed_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "new-0123456789ab" / "files").mkdir(parents=True)
    (tmp_path / "new-0123456789ab" / "store.db").write_bytes(b"half")
    DataFolder(tmp_path).open().close()
    assert [path.name for path in tmp_path.glob("new-*")] == []


def test_a_folder_without_a_vault_says_so(tmp_path: Path) -> None:
    place = DataFolder(tmp_path).open()
    (tmp_path / "vault-notes").mkdir()
    (tmp_path / "vault-0009").write_bytes(b"a file, no folder")
    with pytest.raises(NoVault):
        place.vault()
    with pytest.raises(NoVault):
        Vault.unlock(place, DIRECTOR, PASSPHRASE)
    place.close()


def test_the_vault_is_the_one_with_the_highest_number(tmp_path: Path) -> None:
    place = DataFolder(tmp_path)
    for number in ("0002", "0010", "0009", "10001"):
        (tmp_path / f"vault-{number}").mkdir()
    assert place.vault().name == "vault-10001"
    made = place.staging()
    assert place.install(made).name == "vault-10002"


def test_the_reserve_is_laid_in_and_given_back(tmp_path: Path) -> None:
    shelter = new_shelter(tmp_path / "data")
    assert (tmp_path / "data" / "ballast").stat().st_size == BALLAST_SIZE
    shelter.place.drop_ballast()
    shelter.place.drop_ballast()
    assert not (tmp_path / "data" / "ballast").exists()
    shelter.vault.database.abandon()
    shelter.place.close()
