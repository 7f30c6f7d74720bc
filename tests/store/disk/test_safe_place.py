"""Records lie on a disk of this computer that keeps its promises, by whatever name it is called."""

import ctypes
import os
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import psutil
import pytest

from shelterdesk.core.errors import UnsafePlace
from shelterdesk.store.disk import whole_disks
from shelterdesk.store.disk.access_windows import own_on_windows
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.safe_place import LiesOn, demand_safe, is_share, windows_drive
from tests.factories import Shelter, tree
from tests.systems import WINDOWS

OTHERWISE_TOLD = "Windows tells of its volumes in another way"


class Partition(NamedTuple):
    """A mounted place, as psutil describes it."""

    device: str
    mountpoint: str
    fstype: str
    opts: str


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


@pytest.mark.skipif(WINDOWS, reason=OTHERWISE_TOLD)
@pytest.mark.parametrize(
    ("fstype", "opts", "why"),
    [
        ("cifs", "rw", "network drive"),
        ("NFS4", "rw", "network drive"),
        ("fuse.sshfs", "rw", "network drive"),
        ("fuse.onedriver", "rw", "network drive"),
        ("fuse.google-drive-ocamlfuse", "rw", "network drive"),
        ("fuse.juicefs", "rw", "network drive"),
        ("fuse", "rw", "network drive"),
        ("macfuse", "rw", "network drive"),
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


@pytest.mark.parametrize("fstype", ["fuseblk", "fuse.fuse-overlayfs", "overlay", "ext4", "ntfs3"])
def test_a_disk_of_this_computer_that_a_program_reads_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fstype: str
) -> None:
    mounted = [Partition("/dev/sda1", "/", fstype, "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounted)
    demand_safe(tmp_path / "data")


LAYERS = {
    "sda1": ("sda/sda1", []),
    "sdb1": ("sdb/sdb1", []),
    "sdb": ("sdb", []),
    "nvme0n1p2": ("nvme0n1/nvme0n1p2", []),
    "mmcblk0p1": ("mmcblk0/mmcblk0p1", []),
    "cciss!c0d1": ("cciss!c0d1", []),
    "dm-0": ("virtual/dm-0", ["sdb1"]),
    "dm-1": ("virtual/dm-1", ["dm-0"]),
    "dm-2": ("virtual/dm-2", ["nvme0n1p2"]),
    "md0": ("virtual/md0", ["nvme0n1p2", "sdb1"]),
    "sdc1": ("usb1/sdc/sdc1", []),
    "dm-3": ("virtual/dm-3", ["sdc1"]),
    "sdd1": ("usb1/sdd/sdd1", []),
    "loop0": ("virtual/loop0", []),
    "loop1": ("virtual/loop1", []),
    "mmcblk1p1": ("mmcblk1/mmcblk1p1", []),
    "mmcblk2p1": ("mmcblk2/mmcblk2p1", []),
    "sde1": ("fw0/sde/sde1", []),
    "nvme1n1p1": ("thunder/nvme1n1/nvme1n1p1", []),
}
"""Block devices by name: where the system keeps each, and what it stands on."""

TAKEN_OUT = ("sdb", "mmcblk0", "cciss!c0d1")
CARDS = {"mmcblk1": "SD", "mmcblk2": "MMC"}
"""Disks in a reader of cards: a card, and a chip that is soldered in. Neither says removable."""

STARTED_FROM = "sdd"
REAL_VOLUME_OF = whole_disks._volume_of
CONTAINERS = {"loop0": "sda1", "loop1": "sdc1"}
"""Containers that are mounted from a file, each with the disk that the file lies on."""


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return `/dev` of a computer with disks inside, a stick and a card, as `/sys` tells of it."""
    kept, names, nodes = (tmp_path / each for each in ("devices", "class", "dev"))
    for folder in (names, nodes / "mapper", nodes / "cciss"):
        folder.mkdir(parents=True)
    for name, (place, parts) in LAYERS.items():
        (kept / place / "slaves").mkdir(parents=True, exist_ok=True)
        (names / name).symlink_to(kept / place)
        (nodes / name.replace("!", "/")).touch()
        for part in parts:
            (kept / place / "slaves" / part).symlink_to(kept / LAYERS[part][0])
        if "/" in place and not parts and name not in CONTAINERS:
            (kept / place / "partition").touch()
        alone = bool(parts) or name in CONTAINERS or "/" not in place
        disk = kept / place if alone else (kept / place).parent
        (disk / "removable").write_text("1" if disk.name in TAKEN_OUT else "0", encoding="ascii")
    for card, kind in CARDS.items():
        (kept / card / "device").mkdir()
        (kept / card / "device" / "type").write_text(f"{kind}\n", encoding="ascii")
    (kept / "thunder" / "removable").write_text("removable\n", encoding="ascii")
    lying = {"/": kept / "usb1" / STARTED_FROM}
    for name, below in CONTAINERS.items():
        (kept / "virtual" / name / "loop").mkdir()
        file = tmp_path / below
        file.touch()
        told = kept / "virtual" / name / "loop" / "backing_file"
        told.write_text(f"{file}\n", encoding="utf-8")
        lying[str(file)] = kept / LAYERS[below][0]
    for number in range(4):
        (nodes / "mapper" / f"luks-{number}").symlink_to(nodes / f"dm-{number}")
    disks = "shelterdesk.store.disk.whole_disks"
    monkeypatch.setattr(f"{disks}._BY_NAME", names)
    monkeypatch.setattr(f"{disks}._volume_of", lambda path: lying[str(path)])
    return nodes


@pytest.mark.skipif(WINDOWS, reason=OTHERWISE_TOLD)
@pytest.mark.parametrize(
    ("device", "is_own"),
    [("sda1", True), ("nvme0n1p2", True), ("mapper/luks-2", True), ("dm-2", True), ("sdb1", False),
     ("sdb", False), ("mmcblk0p1", False), ("cciss/c0d1", False), ("mapper/luks-0", False),
     ("dm-0", False), ("mapper/luks-1", False), ("md0", False), ("not known", True),
     ("sdc1", False), ("mapper/luks-3", False), ("sdd1", True), ("loop0", True), ("loop1", False),
     ("mmcblk1p1", False), ("mmcblk2p1", True), ("sde1", False), ("nvme1n1p1", False)],
)  # fmt: skip
def test_a_stick_is_known_under_whatever_is_laid_over_it(
    computer: Path, monkeypatch: pytest.MonkeyPatch, device: str, is_own: bool
) -> None:
    mounted = [Partition(str(computer / device), "/", "ext4", "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounted)
    if is_own:
        demand_safe(computer / "data")
    else:
        with pytest.raises(UnsafePlace, match="a stick"):
            demand_safe(computer / "data")


@pytest.mark.skipif(WINDOWS, reason=OTHERWISE_TOLD)
def test_what_was_mounted_last_at_a_place_is_what_lies_there(
    computer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, stick = (Partition(str(computer / name), "/", "ext4", "rw") for name in ("sda1", "sdc1"))
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [stick, own])
    demand_safe(computer / "data")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [own, stick])
    with pytest.raises(UnsafePlace, match="a stick"):
        demand_safe(computer / "data")


@pytest.mark.skipif(WINDOWS, reason=OTHERWISE_TOLD)
@pytest.mark.parametrize(("below", "is_own"), [("sda1", True), ("sdc1", False)])
def test_a_container_in_a_volume_with_a_number_of_its_own_is_found_where_it_lies(
    computer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str, is_own: bool
) -> None:
    """As Btrfs numbers its volumes: `/sys` knows no such number."""
    lies_in = tmp_path / "volume"
    lies_in.mkdir()
    (lies_in / "house.img").touch()
    told = tmp_path / "devices" / "virtual" / "loop0" / "loop" / "backing_file"
    told.write_text(f"{lies_in / 'house.img'}\n", encoding="utf-8")
    monkeypatch.setattr(whole_disks, "_volume_of", REAL_VOLUME_OF)
    monkeypatch.setattr(whole_disks, "_BY_NUMBER", tmp_path / "no number")
    mounted = [
        Partition(str(computer / "sda1"), "/", "ext4", "rw"),
        Partition(str(computer / below), str(lies_in), "btrfs", "rw"),
        Partition(str(computer / "loop0"), str(computer), "ext4", "rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounted)
    if is_own:
        demand_safe(computer / "data")
    else:
        with pytest.raises(UnsafePlace, match="a stick"):
            demand_safe(computer / "data")


def test_a_folder_on_the_computers_own_disk_is_taken(tmp_path: Path) -> None:
    root = tmp_path / "data"
    DataFolder(root).open().close()
    assert root.is_dir()


@pytest.mark.skipif(WINDOWS, reason=OTHERWISE_TOLD)
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


# -- Windows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        (r"\\server\records\ShelterDesk", True),
        (r"//server/records/ShelterDesk", True),
        (r"\\?\UNC\server\records\ShelterDesk", True),
        (r"C:\ShelterDesk", False),
        (r"\\?\C:\ShelterDesk", False),
        (r"\\?\Volume{01234567-89ab-cdef-0123-456789abcdef}\ShelterDesk", False),
        ("/var/records", False),
    ],
)
def test_a_path_into_another_computer_is_known_in_every_spelling(path: str, shared: bool) -> None:
    assert is_share(path) is shared


class Kernel:
    """Windows with a network drive Z:, a stick E:, a disk on USB U:, and a share in a folder."""

    volumes = ("C:\\house\\server\\", "C:\\", "E:\\", "Z:\\", "U:\\", "D:\\", "V:\\", "W:\\")
    kinds: ClassVar = dict(zip(volumes, (4, 3, 2, 4, 3, 3, 3, 3), strict=True))
    on_usb = "U"
    bus = 7

    def GetVolumePathNameW(self, path: str, told: Any, _longest: int) -> int:  # noqa: N802 - the system's name
        found = next((volume for volume in self.volumes if path.startswith(volume)), "")
        told.value = found
        return int(bool(found))

    def GetDriveTypeW(self, volume: str) -> int:  # noqa: N802 - the system's name
        named = volume.startswith("\\\\?\\")
        return self.kinds[f"{volume[-3]}:\\" if named else volume]

    def GetVolumeNameForVolumeMountPointW(self, mounted: str, told: Any, _longest: int) -> int:  # noqa: N802 - the system's name
        told.value = f"\\\\?\\Volume{{{mounted[0]}}}\\"
        return int(mounted in self.volumes)

    def GetWindowsDirectoryW(self, told: Any, _longest: int) -> int:  # noqa: N802 - the system's name
        told.value = "C:\\WINDOWS"
        return 1

    def CreateFileW(self, path: str, *how: Any) -> int | None:  # noqa: N802 - the system's name
        if how[4]:
            return ord(path.replace("}", ":")[-3])  # a folder: the top of the volume
        return None if "{Z}" in path else ord(path[-2])

    def DeviceIoControl(  # noqa: N802 - the system's name
        self, handle: Any, _code: int, _asked: bytes, _size: int, answer: Any, *told: Any
    ) -> int:
        answer[28] = self.bus if chr(handle.value) in self.on_usb else 11
        told[1]._obj.value = 32
        return 1

    def CloseHandle(self, handle: Any) -> None:  # noqa: N802 - the system's name
        assert handle.value


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("Z:\\records", LiesOn.NETWORK),
        ("C:\\house\\server\\records", LiesOn.NETWORK),
        ("E:\\records", LiesOn.STICK),
        ("C:\\records", LiesOn.OWN),
        ("D:\\records", LiesOn.OWN),
        ("U:\\records", LiesOn.STICK),
        ("Q:\\what the system does not know", LiesOn.OWN),
    ],
)
def test_windows_tells_on_what_a_folder_lies(path: str, drive: LiesOn) -> None:
    assert windows_drive(path, Kernel()) is drive


@pytest.mark.parametrize(
    ("bus", "drive"),
    [(4, LiesOn.STICK), (7, LiesOn.STICK), (12, LiesOn.STICK), (13, LiesOn.OWN), (17, LiesOn.OWN)],
)
def test_a_card_and_a_disk_on_a_cable_are_known_on_windows(bus: int, drive: LiesOn) -> None:
    system = Kernel()
    system.bus = bus
    assert windows_drive("U:\\records", system) is drive


def test_the_disk_that_windows_started_from_is_its_own_wherever_it_hangs() -> None:
    from_usb = Kernel()
    from_usb.on_usb = "C"
    assert windows_drive("C:\\records", from_usb) is LiesOn.OWN


def test_a_name_that_is_safe_and_leads_elsewhere_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = Path(r"\\server\records")
    monkeypatch.setattr(Path, "resolve", lambda _self: meant)
    with pytest.raises(UnsafePlace, match="network drive"):
        demand_safe(tmp_path / "mapped")


@pytest.mark.skipif(hasattr(ctypes, "WinDLL"), reason="there the rules are really set")
def test_elsewhere_no_rules_of_windows_are_set(tmp_path: Path) -> None:
    before = tmp_path.stat()
    own_on_windows(str(tmp_path))
    assert tmp_path.stat().st_mode == before.st_mode
