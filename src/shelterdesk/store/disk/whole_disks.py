"""Which disks lie under a volume: a partition is part of one, an encrypted volume stands on one.

Only Linux tells it, in `/sys`; a volume of LUKS, LVM or RAID names there what it is made of.
"""

import os
import sys
from pathlib import Path
from typing import Final

_BY_NUMBER: Final = Path("/sys/dev/block")
_BY_NAME: Final = Path("/sys/class/block")
_DEEPEST: Final = 8


def disks_under(device: int) -> set[str]:
    """Return the disks under a volume by its number: itself, or the disks that it is a part of."""
    if sys.platform == "win32" or not _BY_NUMBER.is_dir():
        return {str(device)}
    place = _BY_NUMBER / f"{os.major(device)}:{os.minor(device)}"
    return {disk.name for disk in _whole(place.resolve(), _DEEPEST)} or {str(device)}


def is_removable(device: str) -> bool:
    """Tell whether a volume by its name, as `/dev/mapper/house`, lies on a disk that is taken out.

    Links are followed, since what is mapped has its real name (`dm-0`) behind one; a name in a
    folder of `/dev` is written with `!` in `/sys`.
    """
    node = Path(device).resolve()
    names = (node.name, "!".join(node.parts[-2:]))
    disks = [disk for name in names for disk in _whole((_BY_NAME / name).resolve(), _DEEPEST)]
    return any(_says_removable(disk / "removable") for disk in disks)


def _says_removable(flag: Path) -> bool:
    return flag.is_file() and flag.read_text(encoding="ascii").strip() == "1"


def _whole(place: Path, levels: int) -> set[Path]:
    """Return where `/sys` keeps the whole disks under one of its places; none where it is not."""
    if not place.is_dir():
        return set()
    parts = list((place / "slaves").iterdir()) if (place / "slaves").is_dir() else []
    if parts and levels:
        return set().union(*(_whole(part.resolve(), levels - 1) for part in parts))
    return {place.parent if (place / "partition").exists() else place}
