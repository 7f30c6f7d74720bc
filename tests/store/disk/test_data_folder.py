"""One program at a time on a data folder, on a disk that keeps its promises."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from shelterdesk.core.errors import AlreadyOpen, NoVault, UnsafePlace
from shelterdesk.store.disk.data_folder import BALLAST_SIZE, DataFolder, demand_safe
from shelterdesk.store.vault.vault import Vault
from tests.factories import DIRECTOR, PASSPHRASE, Shelter, new_shelter, tree

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


class Partition(NamedTuple):
    """A mounted place, as psutil describes it."""

    device: str
    mountpoint: str
    fstype: str
    opts: str


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


# -- places that do not keep promises -------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Dropbox", "Dropbox (Personal)", "OneDrive - House", "Google Drive", "GoogleDrive-noy",
     "Nextcloud", "ownCloud", "iCloudDrive", "pCloud", "Syncthing"],
)  # fmt: skip
def test_a_folder_of_a_synchronising_program_is_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path / name / "ShelterDesk"
    with pytest.raises(UnsafePlace, match="copied to the internet"):
        DataFolder(root).open()
    assert not root.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there that few accounts have")
def test_a_link_into_a_synchronised_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(UnsafePlace, match="copied to the internet"):
        demand_safe(tmp_path / "plain" / "ShelterDesk")


@pytest.mark.parametrize(
    ("fstype", "opts", "why"),
    [
        ("cifs", "rw", "network drive"),
        ("NFS4", "rw", "network drive"),
        ("fuse.sshfs", "rw", "network drive"),
        ("NTFS", "rw,remote", "network drive"),
        ("exfat", "rw,removable", "a stick"),
    ],
)
def test_network_drives_and_sticks_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fstype: str, opts: str, why: str
) -> None:
    inside = str((tmp_path / "mnt").resolve())
    (tmp_path / "mnt").mkdir()
    mounted = [Partition("/dev/sda1", "/", "ext4", "rw"), Partition("there", inside, fstype, opts)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounted)
    with pytest.raises(UnsafePlace, match=why):
        demand_safe(tmp_path / "mnt" / "deep" / "data")
    demand_safe(tmp_path / "mnt-beside")


def test_a_folder_on_the_computers_own_disk_is_taken(tmp_path: Path) -> None:
    root = tmp_path / "data"
    DataFolder(root).open().close()
    assert root.is_dir()


def test_refused_places_leave_an_existing_vault_alone(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelter.vault.lock()
    shelter.place.close()
    before = tree(shelter.place.root)
    mounted = [Partition("there", "/", "nfs", "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounted)
    with pytest.raises(UnsafePlace):
        DataFolder(shelter.place.root).open()
    assert tree(shelter.place.root) == before
