"""On which volumes of Windows the file lies whose content is shown as a disk (VHD, VHDX, ISO).

Such a disk is none that anybody can plug in, and says so; the file that holds it may lie on a stick
or on another computer all the same. The system knows (GetStorageDependencyInformation), and needs
no rights to tell, since the folder at the top of the volume is enough to ask by. What it does not
tell, as about any other disk, is no volume.
"""

import ctypes
from typing import Any, Final

_FOR_ITS_FACTS: Final = 0x80
"""FILE_READ_ATTRIBUTES: everybody may."""

_A_FOLDER: Final = 0x0200_0000
"""FILE_FLAG_BACKUP_SEMANTICS, without which no folder is opened."""

_SHARED, _OPEN_EXISTING = 0x7, 3
_NO_HANDLE: Final = ctypes.c_void_p(-1).value

_BELOW_IT: Final = 1
"""GET_STORAGE_DEPENDENCY_FLAG_HOST_VOLUMES: on what it lies, not what lies on it."""

_SECOND: Final = 2
"""STORAGE_DEPENDENCY_INFO_VERSION_2: with the names of volumes."""

_TOO_SMALL: Final = 122
_SIZES: Final = (4_096, 65_536)
"""Room for the answer: a file may have others below it, each with four names."""


class _Below(ctypes.Structure):
    """STORAGE_DEPENDENCY_INFO_TYPE_2: one file below a disk."""

    _fields_ = (
        ("flags", ctypes.c_uint32),
        ("of_provider", ctypes.c_uint32),
        ("kind", ctypes.c_uint32 * 5),
        ("level", ctypes.c_uint32),
        ("device", ctypes.c_wchar_p),
        ("host", ctypes.c_wchar_p),
        ("volume", ctypes.c_wchar_p),
        ("path", ctypes.c_wchar_p),
    )


class _Head(ctypes.Structure):
    """The beginning of STORAGE_DEPENDENCY_INFO; the files follow."""

    _fields_ = (("version", ctypes.c_uint32), ("count", ctypes.c_uint32))


def virtdisk() -> Any:
    """Return the calls of Windows about such disks; None where this Windows has none."""
    try:
        return getattr(ctypes, "WinDLL")("virtdisk")  # noqa: B009 - there on Windows only
    except OSError:
        return None


def volumes_below(mounted: str, kernel: Any, disks: Any) -> list[str]:
    r"""Return the volumes on which the file of a disk lies, as `\\?\Volume{…}\`; none for others.

    `mounted` is the top of a volume, `disks` are the calls of virtdisk.
    """
    if disks is None:
        return []
    opened = kernel.CreateFileW(
        mounted, _FOR_ITS_FACTS, _SHARED, None, _OPEN_EXISTING, _A_FOLDER, None
    )
    if opened in (None, _NO_HANDLE, -1):
        return []
    handle = ctypes.c_void_p(opened)
    try:
        return _told(handle, disks)
    finally:
        kernel.CloseHandle(handle)


def _told(handle: ctypes.c_void_p, disks: Any) -> list[str]:
    for size in _SIZES:
        answer, used = ctypes.create_string_buffer(size), ctypes.c_uint32()
        head = _Head.from_buffer(answer)
        head.version = _SECOND
        code = disks.GetStorageDependencyInformation(
            handle, _BELOW_IT, size, answer, ctypes.byref(used)
        )
        if code == 0:
            most = (size - ctypes.sizeof(_Head)) // ctypes.sizeof(_Below)
            files = (_Below * min(head.count, most)).from_buffer(answer, ctypes.sizeof(_Head))
            return list(dict.fromkeys(file.host for file in files if file.host))
        if code != _TOO_SMALL:
            return []
    return []
