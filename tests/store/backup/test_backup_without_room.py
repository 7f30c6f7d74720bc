"""A backup when the computer's disk is full: the copies lie on the stick meanwhile."""

import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from shelterdesk.core.errors import NoSpace
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.stick import finished_below
from shelterdesk.store.disk.faults import THE_DISK, THE_STICK
from tests.factories import Shelter
from tests.store.backing_up import back_up, shelf, whole

pytestmark = pytest.mark.usefixtures("case")

MIB = 1 << 20
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil.disk_usage gives it


def rooms(patch: pytest.MonkeyPatch, stick: Path, on_disk: int, on_stick: int) -> None:
    """Let the two disks have so many bytes free; the stick is asked through its handle."""

    def usage(place: Any) -> Usage:
        below = isinstance(place, int) or str(place).startswith(str(stick))
        return Usage(1 << 40, 0, on_stick if below else on_disk)

    patch.setattr(shutil, "disk_usage", usage)


class Copies(Progress):
    """Takes down where a copy of the records lies at each step."""

    def __init__(self, *roots: Path) -> None:
        super().__init__()
        self._roots, self.seen = roots, set[Path]()

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        for root in self._roots:
            self.seen.update((*root.rglob("snapshot.db"), *root.rglob("readback.db")))


def test_without_room_on_the_computer_the_copies_lie_on_the_stick_and_go_again(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms(monkeypatch, stick, on_disk=MIB, on_stick=100 * MIB)
    copies = Copies(shelter.place.root, stick)
    shelter.clock.pass_days(1)
    made = make_backup(shelter.vault, stick, copies)
    assert {path.name for path in copies.seen} == {"snapshot.db", "readback.db"}
    assert all(path.is_relative_to(stick) for path in copies.seen)
    left = [path.name for path in stick.rglob("*") if path.suffix == ".db"]
    assert left == []
    monkeypatch.undo()
    whole(shelter, made.generation)


def test_the_copy_on_the_stick_is_encrypted(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms(monkeypatch, stick, on_disk=MIB, on_stick=100 * MIB)
    contents: list[bytes] = []

    class Looking(Copies):
        @override
        def show(self, doing: str, done: int, total: int) -> None:
            super().show(doing, done, total)
            contents.extend(path.read_bytes() for path in self.seen if path.exists())

    make_backup(shelter.vault, stick, Looking(stick))
    assert contents
    assert not any(b"SQLite format 3" in content or b"Champa" in content for content in contents)


def test_with_room_on_the_computer_the_stick_takes_no_copy(shelter: Shelter, stick: Path) -> None:
    copies = Copies(shelter.place.root, stick)
    make_backup(shelter.vault, stick, copies)
    assert copies.seen
    assert all(path.is_relative_to(shelter.place.root) for path in copies.seen)


def test_a_full_stick_is_told_as_the_sticks(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(shelter, stick)
    for on_disk in (MIB, 1 << 40):
        rooms(monkeypatch, stick, on_disk=on_disk, on_stick=1000)
        with pytest.raises(NoSpace) as told:
            back_up(shelter, stick)
        assert told.value.facts["where"] == THE_STICK
    assert len(finished_below(stick)) == 1
    assert [path.name for path in shelf(shelter, stick).glob(".part-*")] == []


@pytest.mark.parametrize(("on_disk", "where"), [(MIB, THE_STICK), (1 << 40, THE_DISK)])
def test_a_disk_that_fills_up_while_copying_is_named_rightly(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch, on_disk: int, where: str
) -> None:
    rooms(monkeypatch, stick, on_disk=on_disk, on_stick=100 * MIB)

    def full(*_: object) -> None:
        raise NoSpace(where=THE_DISK)

    monkeypatch.setattr("shelterdesk.store.backup.backup_copy.copy_database", full)
    with pytest.raises(NoSpace) as told:
        make_backup(shelter.vault, stick, Progress())
    assert told.value.facts["where"] == where


def test_what_a_pulled_stick_keeps_of_the_copies_is_removed_by_the_next_backup(
    shelter: Shelter, stick: Path
) -> None:
    back_up(shelter, stick)
    left = shelf(shelter, stick) / ".part-0123456789ab"
    left.mkdir()
    for name in ("snapshot.db", "snapshot.db-wal", "snapshot.db-shm", "readback.db", "db.sdb.001"):
        (left / name).write_bytes(b"half")
    made = back_up(shelter, stick)
    assert not left.exists()
    whole(shelter, made.generation)
