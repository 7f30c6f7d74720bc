"""A container that Windows shows as a disk lies where its file does: on a stick, on a share."""

import ctypes
import struct
from typing import Any

import pytest

from shelterdesk.store.disk.safe_place import LiesOn, windows_drive
from tests.store.disk.test_safe_place import Kernel


class Disks:
    """The calls about disks whose content lies in a file: V:, and W: in a file on V:."""

    def __init__(self, *below: str, room: int = 0, code: int = 0) -> None:
        self.below = {"V": below, "W": ("\\\\?\\Volume{V}\\",)}
        self.room, self.code, self.asked = room, code, 0
        self.kept: list[Any] = []

    def GetStorageDependencyInformation(  # noqa: N802 - the system's name
        self, handle: Any, flags: int, size: int, answer: Any, used: Any
    ) -> int:
        assert flags == 1
        self.asked += 1
        if self.code:
            return self.code
        if size < self.room:
            return 122
        hosts = self.below.get(chr(handle.value), ())
        assert struct.unpack_from("<I", answer)[0] == 2
        struct.pack_into("<I", answer, 4, len(hosts))
        for number, host in enumerate(hosts):
            told = ctypes.create_unicode_buffer(host)
            self.kept.append(told)
            names = (0, ctypes.addressof(told), 0, 0)
            struct.pack_into("<8I4Q", answer, 8 + number * 64, *[0] * 8, *names)
        used._obj.value = 8 + len(hosts) * 64
        return 0


def named(letter: str) -> str:
    return f"\\\\?\\Volume{{{letter}}}\\"


@pytest.mark.parametrize(
    ("hosts", "drive"),
    [
        ([named("U")], LiesOn.STICK),
        ([named("E")], LiesOn.STICK),
        ([named("Z")], LiesOn.NETWORK),
        (["\\\\server\\share\\"], LiesOn.NETWORK),
        ([named("D"), named("U")], LiesOn.STICK),
        ([named("D")], LiesOn.OWN),
        ([named("C")], LiesOn.OWN),
        ([named("V")], LiesOn.OWN),
        ([], LiesOn.OWN),
    ],
)
@pytest.mark.parametrize("path", ["V:\\records", "W:\\records"])
def test_a_container_lies_where_its_file_lies(path: str, hosts: list[str], drive: LiesOn) -> None:
    assert windows_drive(path, Kernel(), Disks(*hosts)) is drive
    assert windows_drive(path, Kernel(), Disks(*hosts, room=10_000)) is drive


def test_what_windows_does_not_tell_of_a_container_shuts_nobody_out() -> None:
    on_usb = [named("U")]
    for disks in (None, Disks(*on_usb, code=87), Disks(*on_usb, room=100_000)):
        assert windows_drive("V:\\records", Kernel(), disks) is LiesOn.OWN
    assert windows_drive("D:\\records", Kernel(), Disks(*on_usb)) is LiesOn.OWN


def test_a_container_on_the_disk_that_windows_started_from_lies_in_the_computer() -> None:
    from_usb = Kernel()
    from_usb.on_usb = "C"
    assert windows_drive("V:\\records", from_usb, Disks(named("C"))) is LiesOn.OWN


def test_containers_that_lie_in_each_other_are_not_followed_for_ever() -> None:
    disks = Disks(named("W"))
    assert windows_drive("V:\\records", Kernel(), disks) is LiesOn.OWN
    assert 1 < disks.asked < 10
