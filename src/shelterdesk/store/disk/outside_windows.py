"""A folder held open on Windows, which has neither descriptors of folders nor O_NOFOLLOW.

Every folder on the way, the root first, is opened as itself (reparse points are not followed),
refused if it is one, and held without FILE_SHARE_DELETE: nobody can rename, delete or replace it
meanwhile. Names are looked at without following, files are opened as themselves, new ones with
CREATE_NEW, and the system's own final path of each handle must be the one that was meant. What
Windows cannot give: deleting and renaming go by path, so a program that turns an empty held folder
into a junction in that very moment is not kept out. Not yet tried on Windows.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from shelterdesk.core.errors import StrangeFile
from shelterdesk.core.ordinary import Lying, kind_of
from shelterdesk.core.system.moving import put_over
from shelterdesk.core.system.patience import patiently

GENERIC_READ: Final = 0x8000_0000
GENERIC_WRITE: Final = 0x4000_0000
FILE_LIST_DIRECTORY: Final = 0x0001
FILE_SHARE_READ: Final = 0x1
FILE_SHARE_WRITE: Final = 0x2
CREATE_NEW: Final = 1
OPEN_EXISTING: Final = 3
BACKUP_SEMANTICS: Final = 0x0200_0000
OPEN_REPARSE_POINT: Final = 0x0020_0000
NO_BUFFERING: Final = 0x2000_0000
DIRECTORY: Final = 0x10
DEVICE: Final = 0x40
REPARSE_POINT: Final = 0x400
_FILE_TYPE_DISK: Final = 1
_LONGEST_PATH: Final = 32_768


class Information(NamedTuple):
    """What the system says of an open handle."""

    attributes: int
    serial: int
    """Of the volume."""
    number: int
    """Of the file on its volume."""
    final_path: str
    on_disk: bool
    """False for pipes and consoles."""


class System(Protocol):
    """The few calls of Windows that are needed; another stands in for it in tests."""

    def open(self, path: str, access: int, share: int, making: int, flags: int) -> int:
        """CreateFileW; returns a handle or raises OSError."""

    def information(self, handle: int) -> Information:
        """Tell about an open handle."""

    def descriptor(self, handle: int, flags: int) -> int:
        """Turn a handle into a file descriptor, which owns it from then on."""

    def close(self, handle: int) -> None:
        """CloseHandle."""


def held_by_handle(path: Path, system: System | None = None) -> "HeldByHandle":
    """Hold the folder that `path` leads to; raises OSError."""
    system = system or Windows()
    handle = system.open(str(path), FILE_LIST_DIRECTORY, _SHARED, OPEN_EXISTING, BACKUP_SEMANTICS)
    told = system.information(handle)
    if not told.attributes & DIRECTORY:
        system.close(handle)
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return HeldByHandle(system, handle, Path(told.final_path), told.serial)


_SHARED: Final = FILE_SHARE_READ | FILE_SHARE_WRITE
"""Others may read and write inside, and neither delete nor rename the folder: no SHARE_DELETE."""


class HeldByHandle:
    """A folder on the volume `device`, at the path that the system itself gives for it."""

    def __init__(self, system: System, handle: int, path: Path, device: int) -> None:
        self._system, self._handle, self._path, self.device = system, handle, path, device

    @property
    def identity(self) -> tuple[int, int]:
        """Its volume and its number there."""
        told = self._system.information(self._handle)
        return told.serial, told.number

    def child(self, name: str) -> "HeldByHandle":
        """Hold a folder in this one."""
        flags = BACKUP_SEMANTICS | OPEN_REPARSE_POINT
        handle = self._open(name, FILE_LIST_DIRECTORY, OPEN_EXISTING, flags, wanted=DIRECTORY)
        return HeldByHandle(self._system, handle, self._path / name, self.device)

    def names(self) -> Iterator[str]:
        """Yield the names in it."""
        with os.scandir(self._path) as found:
            for entry in found:
                yield entry.name

    def look(self, name: str) -> Lying | None:
        """Tell what lies under a name; another volume's folder is a reparse point, so strange."""
        try:
            return kind_of((self._path / name).lstat())
        except FileNotFoundError:
            return None

    def open(self, name: str) -> int:
        """Return a descriptor to read an ordinary file."""
        self._demand_file(name)
        handle = self._open(name, GENERIC_READ, OPEN_EXISTING, OPEN_REPARSE_POINT)
        return self._system.descriptor(handle, os.O_RDONLY)

    def _demand_file(self, name: str) -> None:
        """Raise FileNotFoundError or StrangeFile, which the system would call a refused right."""
        lying = self.look(name)
        if lying is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        if lying is not Lying.FILE:
            raise StrangeFile(what=name)

    def create(self, name: str) -> int:
        """Return a descriptor to write a new file."""
        access = GENERIC_READ | GENERIC_WRITE
        handle = self._open(name, access, CREATE_NEW, OPEN_REPARSE_POINT)
        return self._system.descriptor(handle, os.O_RDWR)

    def _open(self, name: str, access: int, making: int, flags: int, *, wanted: int = 0) -> int:
        """Open what lies under a name as itself; raises StrangeFile unless it is what was meant."""
        share = _SHARED if wanted == DIRECTORY else FILE_SHARE_READ
        place = str(self._path / name)
        handle = patiently(lambda: self._system.open(place, access, share, making, flags))
        told = self._system.information(handle)
        kind = told.attributes & (DIRECTORY | DEVICE | REPARSE_POINT)
        meant = str(self._path / name).casefold() == told.final_path.casefold()
        if kind != wanted or told.serial != self.device or not (meant and told.on_disk):
            self._system.close(handle)
            raise StrangeFile(what=name)
        return handle

    def forget(self, name: str) -> None:
        """Let the system drop its copy of a file; see `forget_on_windows`."""
        self._demand_file(name)
        self._system.close(self._open(name, GENERIC_READ, OPEN_EXISTING, _UNBUFFERED))

    def make(self, name: str) -> None:
        """Make a folder."""
        (self._path / name).mkdir(mode=0o700)

    def rename(self, name: str, to: str) -> None:
        """Give another name."""
        put_over(self._path / name, self._path / to)

    def remove(self, name: str) -> None:
        """Delete a file or a link itself."""
        patiently((self._path / name).unlink)

    def remove_folder(self, name: str) -> None:
        """Delete an empty folder."""
        patiently((self._path / name).rmdir)

    def sync(self) -> None:
        """Do nothing: Windows offers no syncing of folders."""

    def free(self) -> int:
        """Return how many bytes can still be written."""
        return shutil.disk_usage(self._path).free

    def close(self) -> None:
        """Let go."""
        if self._handle:
            self._system.close(self._handle)
            self._handle = 0


_UNBUFFERED: Final = OPEN_REPARSE_POINT | NO_BUFFERING
"""Whoever opens a file so, alone, lets the drivers of NTFS and FAT write out and drop its copy."""


def forget_on_windows(path: Path, system: System | None = None) -> None:
    """Let Windows drop its copy of a file, so that the next reading asks the medium.

    There is no call for that. Opening unbuffered does it as long as nobody else holds the file;
    where somebody does, reading may be answered from memory.
    """
    system = system or Windows()
    system.close(system.open(str(path), GENERIC_READ, _SHARED, OPEN_EXISTING, _UNBUFFERED))


class _ByHandle(ctypes.Structure):
    """BY_HANDLE_FILE_INFORMATION, its three times as halves."""

    _fields_ = [(f"field{n}", ctypes.c_uint32) for n in range(13)]


class Windows:
    """The calls of kernel32."""

    def __init__(self) -> None:
        self._kernel = _kernel()
        self._kernel.CreateFileW.restype = ctypes.c_void_p
        self._kernel.CreateFileW.argtypes = [
            ctypes.c_wchar_p,
            *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
            *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
        ]
        for name in ("CloseHandle", "GetFileType"):
            getattr(self._kernel, name).argtypes = [ctypes.c_void_p]
        self._kernel.GetFileInformationByHandle.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._kernel.GetFinalPathNameByHandleW.argtypes = [
            *(ctypes.c_void_p, ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_uint32)
        ]

    def open(self, path: str, access: int, share: int, making: int, flags: int) -> int:
        """CreateFileW; returns a handle or raises OSError."""
        handle = self._kernel.CreateFileW(path, access, share, None, making, flags, None)
        if handle is None or handle == ctypes.c_void_p(-1).value:
            raise _last_fault(path)
        return int(handle)

    def information(self, handle: int) -> Information:
        """Tell about an open handle; the final path without its prefix for long paths."""
        told, path = _ByHandle(), ctypes.create_unicode_buffer(_LONGEST_PATH)
        if not self._kernel.GetFileInformationByHandle(handle, ctypes.byref(told)):
            raise _last_fault("")
        if not self._kernel.GetFinalPathNameByHandleW(handle, path, _LONGEST_PATH, 0):
            raise _last_fault("")
        words = [getattr(told, f"field{n}") for n in range(13)]
        on_disk = self._kernel.GetFileType(handle) == _FILE_TYPE_DISK
        final = path.value.removeprefix("\\\\?\\")
        if final.startswith("UNC\\"):
            final = "\\" + final.removeprefix("UNC")
        return Information(words[0], words[7], words[11] << 32 | words[12], final, on_disk)

    def descriptor(self, handle: int, flags: int) -> int:
        """Turn a handle into a file descriptor."""
        number = -1
        if sys.platform == "win32":
            import msvcrt

            number = msvcrt.open_osfhandle(handle, flags | os.O_BINARY | os.O_NOINHERIT)
        return number

    def close(self, handle: int) -> None:
        """CloseHandle."""
        self._kernel.CloseHandle(handle)


def _kernel() -> Any:
    kernel = None
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    return kernel


def _last_fault(path: str) -> OSError:
    fault = OSError(path)
    if sys.platform == "win32":
        number = ctypes.get_last_error()
        fault = OSError(None, ctypes.FormatError(number), path, number)
    return fault
