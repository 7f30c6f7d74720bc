"""Where records may lie: on a disk of this computer, and not where others copy them from.

Synchronising programs copy journal and database at different moments; network drives do not keep
the promises about locks and syncing that the vault rests on; a stick is lost.
"""

import ctypes
import sys
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from typing import Any, Final

from shelterdesk.core.errors import UnsafePlace
from shelterdesk.core.i18n import N_
from shelterdesk.store.disk.image_windows import virtdisk, volumes_below
from shelterdesk.store.disk.usb_windows import hangs_on_usb, is_of_windows, kernel32
from shelterdesk.store.disk.whole_disks import is_taken_out, mount_of

_A_NETWORK_DRIVE: Final = N_("a network drive")

_NETWORK: Final = {
    "9p", "afs", "afpfs", "ceph", "cifs", "davfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb",
    "smb2", "smb3", "smbfs", "vboxsf", "webdav",
}  # fmt: skip
_SHOWN: Final = ("fuse", "macfuse", "osxfuse")
"""What a program only shows as a folder, `fuse.onedriver` for one, is not known to lie here."""

_SHOWN_OF_HERE: Final = {"fuseblk", "fuse.exfat", "fuse.fuse-overlayfs", "fuse.ntfs-3g"}
"""Disks of this computer that such a program reads, and a layer over them."""

_SYNCED: Final = (
    "clouddocs", "cloudstorage", "dropbox", "google drive", "googledrive", "icloud", "nextcloud",
    "onedrive", "owncloud", "pcloud", "syncthing",
)  # fmt: skip


def demand_safe(root: Path) -> None:
    """Raise UnsafePlace for network drives, synced folders, removable disks, and for a file.

    A place has two spellings, as it was named and as the system follows links, junctions, SUBST
    and mapped drives to it; each has to be safe.
    """
    named, meant = root.absolute(), root.resolve()
    parts = [part.casefold() for part in (*named.parts, *meant.parts)]
    if any(is_share(str(path)) for path in (named, meant)):
        raise UnsafePlace(why=_A_NETWORK_DRIVE)
    if any(name in part for part in parts for name in _SYNCED):
        raise UnsafePlace(why=N_("a folder that is copied to the internet"))
    for path in (named, meant):
        existing = next(p for p in (path, *path.parents) if p.exists())
        if not existing.is_dir():
            raise UnsafePlace(why=N_("this is a file, not a folder"))
        _demand_own_disk(existing)


def _demand_own_disk(existing: Path) -> None:
    drive = windows_drive(str(existing)) if sys.platform == "win32" else _mounted(existing)
    if drive is LiesOn.NETWORK:
        raise UnsafePlace(why=_A_NETWORK_DRIVE)
    if drive is LiesOn.STICK:
        raise UnsafePlace(why=N_("a stick"))


class LiesOn(StrEnum):
    """On what a folder lies, as far as the system says it."""

    OWN = "own"
    STICK = "stick"
    NETWORK = "network"


# -- Windows ----------------------------------------------------------------------------------


def is_share(path: str) -> bool:
    """Tell whether a path of Windows leads into another computer (UNC, also its long spelling)."""
    drive = PureWindowsPath(path).drive.replace("/", "\\").casefold()
    local = drive.startswith(("\\\\?\\", "\\\\.\\")) and not drive.startswith("\\\\?\\unc\\")
    return drive.startswith("\\\\") and not local


def windows_drive(path: str, kernel: Any = None, disks: Any = None) -> LiesOn:
    """Tell on what a folder lies, asking Windows for its volume, which may be mounted in a folder.

    `kernel` are the calls of kernel32, `disks` those of virtdisk; others stand in for them in
    tests.
    """
    if kernel is None and sys.platform == "win32":
        kernel, disks = kernel32(), virtdisk()
    volume = ctypes.create_unicode_buffer(_LONGEST)
    if not kernel.GetVolumePathNameW(path, volume, _LONGEST):
        return LiesOn.OWN
    return _volume_lies_on(volume.value, kernel, disks, _LEVELS)


def _volume_lies_on(volume: str, kernel: Any, disks: Any, levels: int) -> LiesOn:
    """Tell on what a volume lies: of a mounted container, on what its file does, and so on."""
    if is_of_windows(volume, kernel):
        return _KINDS.get(kernel.GetDriveTypeW(volume), LiesOn.OWN)
    if is_share(volume):
        return LiesOn.NETWORK
    if hangs_on_usb(volume, kernel):
        return LiesOn.STICK
    drive = _KINDS.get(kernel.GetDriveTypeW(volume), LiesOn.OWN)
    below = volumes_below(volume, kernel, disks) if levels and drive is LiesOn.OWN else []
    found = (_volume_lies_on(one, kernel, disks, levels - 1) for one in below if one != volume)
    return next((lies for lies in found if lies is not LiesOn.OWN), drive)


_LEVELS: Final = 4
"""Containers inside each other that are followed."""

_LONGEST: Final = 32_768
_KINDS: Final = {2: LiesOn.STICK, 4: LiesOn.NETWORK}
"""DRIVE_REMOVABLE and DRIVE_REMOTE of GetDriveTypeW."""

# -- Linux ------------------------------------------------------------------------------------


def _mounted(existing: Path) -> LiesOn:
    place = mount_of(str(existing))
    if place is None:
        return LiesOn.OWN
    if _is_network(place.fstype.casefold()):
        return LiesOn.NETWORK
    return LiesOn.STICK if is_taken_out(place.device) else LiesOn.OWN


def _is_network(kind: str) -> bool:
    return kind in _NETWORK or (kind.startswith(_SHOWN) and kind not in _SHOWN_OF_HERE)
