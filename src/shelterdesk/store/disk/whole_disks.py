"""Which disks lie under a volume: a partition is part of one, an encrypted volume stands on one.

Only Linux tells it, in `/sys`; a volume of LUKS, LVM or RAID names there what it is made of, and a
container that is mounted from a file names the file, which lies on a disk in its turn.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any, Final

import psutil

_BY_NUMBER: Final = Path("/sys/dev/block")
_BY_NAME: Final = Path("/sys/class/block")
_DEEPEST: Final = 8
_PLUGGED: Final = re.compile(r"(?:usb|fw)\d+")
_CARD: Final = "SD"
"""What a card says that it is; a chip which is soldered in says MMC."""

_BY_CABLE: Final = "removable"
"""What a disk's place says that hangs outside on a cable of the inner bus, on Thunderbolt."""


def disks_under(device: int) -> set[str]:
    """Return the disks under a volume by its number: itself, or the disks that it is a part of."""
    if sys.platform == "win32" or not _BY_NUMBER.is_dir():
        return {str(device)}
    return {disk.name for disk in _whole(_numbered(device), _DEEPEST)} or {str(device)}


def is_taken_out(device: str) -> bool:
    """Tell whether a volume by its name, as `/dev/mapper/house`, lies on a disk that is taken out.

    Large sticks and disks in a case do not say that they are, nor does a card in a reader that is
    built in; whatever hangs on USB, FireWire or Thunderbolt is, and so is a card, except for the
    disk from which the system itself has started. Links are followed, since what is mapped has
    its real name (`dm-0`) behind one; a name in a folder of `/dev` is written with `!` in `/sys`.
    """
    node = Path(device).resolve()
    names = (node.name, "!".join(node.parts[-2:]))
    disks = [disk for name in names for disk in _whole((_BY_NAME / name).resolve(), _DEEPEST)]
    return any(_said(disk / "removable") == "1" or _comes_from_outside(disk) for disk in disks)


def _said(flag: Path) -> str:
    """Return what the system says of a disk in a small file; "" where it says nothing."""
    return flag.read_text(encoding="ascii").strip() if flag.is_file() else ""


def _comes_from_outside(disk: Path) -> bool:
    is_card = _said(disk / "device" / "type") == _CARD
    outside = (_said(above / "removable") == _BY_CABLE for above in disk.parents)
    is_outside = is_card or any(map(_PLUGGED.fullmatch, disk.parts)) or any(outside)
    return is_outside and disk not in _whole(_volume_of(Path("/")), _DEEPEST)


def mount_of(path: str) -> Any:
    """Return what is mounted where a path lies, as psutil tells it; None where nobody says it.

    Of several that are mounted at one place, the last one is seen.
    """
    every = psutil.disk_partitions(all=True)
    places = [mount for mount in reversed(every) if _is_below(path, mount.mountpoint)]
    return max(places, key=lambda mount: len(mount.mountpoint), default=None)


def _is_below(path: str, mountpoint: str) -> bool:
    return path == mountpoint or path.startswith(mountpoint.rstrip(os.sep) + os.sep)


def _volume_of(path: Path) -> Path:
    """Return where `/sys` keeps the volume on which a file or folder lies.

    Volumes of Btrfs, and of some others, have a number of their own, which `/sys` does not know:
    then it is the one that is mounted there.
    """
    place = _numbered(path.stat().st_dev)
    mount = None if place.is_dir() else mount_of(str(path.resolve()))
    return place if mount is None else (_BY_NAME / Path(mount.device).resolve().name).resolve()


def _numbered(device: int) -> Path:
    """Return where `/sys` keeps a volume by its number."""
    return (_BY_NUMBER / f"{os.major(device)}:{os.minor(device)}").resolve()


def _whole(place: Path, levels: int) -> set[Path]:
    """Return where `/sys` keeps the whole disks under one of its places; none where it is not."""
    if not place.is_dir():
        return set()
    disk = place.parent if (place / "partition").exists() else place
    below = [*_slaves(place), *_container(disk)] if levels else []
    return set().union(*(_whole(part, levels - 1) for part in below)) or {disk}


def _slaves(place: Path) -> list[Path]:
    """Return the volumes that one is made of."""
    kept = place / "slaves"
    return [part.resolve() for part in kept.iterdir()] if kept.is_dir() else []


def _container(disk: Path) -> list[Path]:
    """Return the volume on which a file lies that is mounted as a disk; nothing for a real one."""
    named = disk / "loop" / "backing_file"
    if not named.is_file():
        return []
    file = Path(named.read_text(encoding="utf-8").removesuffix("\n"))
    return [_volume_of(file)] if file.exists() else []
