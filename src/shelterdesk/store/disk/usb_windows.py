"""Whether a volume of Windows hangs on USB: large sticks and disks in a case call themselves fixed.

The system is asked for the bus of the disk (IOCTL_STORAGE_QUERY_PROPERTY), which needs no rights.
What it does not answer counts as inside the computer, so that a house is not shut out of its own
records. Where the file of a mounted container lies is told by `image_windows`.
"""

import ctypes
import struct
from typing import Any, Final

_QUERY: Final = 0x002D_1400
_ABOUT_DEVICE: Final = struct.pack("<III", 0, 0, 0)
"""STORAGE_PROPERTY_QUERY: StorageDeviceProperty, PropertyStandardQuery."""

_ANSWER: Final = 1024
_BUS_AT: Final = 28
"""Where STORAGE_DEVICE_DESCRIPTOR has its BusType."""

_USB: Final = 7
_FIREWIRE: Final = 4
_CARD: Final = 12
"""A card, also in a reader that is built in; a chip which is soldered in has another code."""

_LONGEST: Final = 64
_LONGEST_PATH: Final = 32_768
_VOLUME: Final = "\\\\?\\volume{"
_SHARED, _OPEN_EXISTING = 0x3, 3
_NO_HANDLE: Final = ctypes.c_void_p(-1).value


def kernel32() -> Any:
    """Return the calls of Windows, with the kinds of their values where a handle is among them."""
    kernel: Any = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009 - there on Windows only
    kernel.CreateFileW.restype = ctypes.c_void_p
    return kernel


def is_of_windows(mounted: str, kernel: Any) -> bool:
    """Tell whether a volume is the one Windows itself runs from.

    That disk is the computer's own, wherever it hangs.
    """
    own = ctypes.create_unicode_buffer(_LONGEST_PATH)
    kernel.GetWindowsDirectoryW(own, _LONGEST_PATH)
    drive = own.value[:2]
    if mounted.rstrip("\\").casefold() == drive.casefold():
        return True
    return _is_named(mounted) and mounted.casefold() == _name_of(f"{drive}\\", kernel).casefold()


def hangs_on_usb(mounted: str, kernel: Any) -> bool:
    """Tell whether the volume mounted at a drive or folder is on a disk that is plugged in."""
    volume = _name_of(mounted, kernel)
    return volume != "" and _bus_of(volume.rstrip("\\"), kernel) in (_USB, _FIREWIRE, _CARD)


def _name_of(mounted: str, kernel: Any) -> str:
    r"""Return a volume as `\\?\Volume{…}\`; "" where the system knows none."""
    if _is_named(mounted):
        return mounted
    volume = ctypes.create_unicode_buffer(_LONGEST)
    known = kernel.GetVolumeNameForVolumeMountPointW(mounted, volume, _LONGEST)
    return volume.value if known else ""


def _is_named(mounted: str) -> bool:
    return mounted.casefold().startswith(_VOLUME)


def _bus_of(device: str, kernel: Any) -> int:
    """Return the code of the bus that a volume hangs on; -1 where the system does not tell."""
    opened = kernel.CreateFileW(device, 0, _SHARED, None, _OPEN_EXISTING, 0, None)
    if opened in (None, _NO_HANDLE, -1):
        return -1
    handle, answer, told = ctypes.c_void_p(opened), (ctypes.c_ubyte * _ANSWER)(), ctypes.c_uint32()
    try:
        if not kernel.DeviceIoControl(
            handle,
            *(_QUERY, _ABOUT_DEVICE, len(_ABOUT_DEVICE)),
            *(answer, _ANSWER, ctypes.byref(told), None),
        ):
            return -1
    finally:
        kernel.CloseHandle(handle)
    end = _BUS_AT + 4
    return int.from_bytes(bytes(answer)[_BUS_AT:end], "little") if told.value >= end else -1
