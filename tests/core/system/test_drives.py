"""Where a stick can be: no drive is touched to find out."""

from pathlib import Path
from typing import ClassVar

from shelterdesk.core.system.drives import lettered_drives


class Kernel:
    """A computer with a floppy, a disk, a stick, a DVD and a network drive whose server is gone."""

    kinds: ClassVar = {"A:\\": 2, "C:\\": 3, "D:\\": 5, "E:\\": 2, "Z:\\": 4}

    def GetLogicalDrives(self) -> int:  # noqa: N802 - the system's name
        return sum(1 << ord(root[0]) - ord("A") for root in self.kinds)

    def GetDriveTypeW(self, root: str) -> int:  # noqa: N802 - the system's name
        return self.kinds[root]


def test_disks_and_sticks_are_named_and_nothing_else() -> None:
    assert list(lettered_drives(Kernel())) == [Path("C:\\"), Path("E:\\")]


def test_other_systems_have_no_letters() -> None:
    assert list(lettered_drives()) == [] or Path("C:\\") in lettered_drives()
