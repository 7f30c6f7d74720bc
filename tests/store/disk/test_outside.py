"""Folders held by handle: what they refuse, on this system and as it is done on Windows."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelterdesk.core.errors import DamagedFile, DeskError, MediumGone, StrangeFile
from shelterdesk.core.ordinary import Lying
from shelterdesk.store.disk import outside_windows
from shelterdesk.store.disk.outside import Folder, PutAside, entered
from shelterdesk.store.disk.outside_windows import Information, held_by_handle
from tests.store.strange import KINDS, PRECIOUS, Elsewhere, laid
from tests.systems import NOT_MOVED, WINDOWS, closed_to_others

ANY = re.compile(".*")


class Imitation:
    """The few calls of Windows on another system: reparse points are its links."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[Path, os.stat_result]] = {}
        self.left_open = 0

    def open(self, path: str, access: int, share: int, making: int, flags: int) -> int:
        """Open as CreateFileW does with these flags."""
        assert not share & 0x4, "FILE_SHARE_DELETE would let others rename what is held"
        here = Path(path)
        if not flags & outside_windows.OPEN_REPARSE_POINT:
            here = here.resolve()
        if making == outside_windows.CREATE_NEW:
            here.open("xb").close()
        assert access
        self.left_open += 1
        self._open[self.left_open] = (here, here.lstat())
        return self.left_open

    def information(self, handle: int) -> Information:
        """Tell what lies at the path of a handle."""
        here, found = self._open[handle]
        link = outside_windows.REPARSE_POINT if stat.S_ISLNK(found.st_mode) else 0
        kind = outside_windows.DIRECTORY if stat.S_ISDIR(found.st_mode) else 0
        final = str(here.parent.resolve() / here.name)
        on_disk = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
        return Information(link | kind, found.st_dev, found.st_ino, final, on_disk)

    def descriptor(self, handle: int, flags: int) -> int:
        """Open the file anew, as this system does."""
        return os.open(self._open.pop(handle)[0], flags)

    def close(self, handle: int) -> None:
        """Forget the handle."""
        del self._open[handle]

    @property
    def handles(self) -> int:
        """How many handles are open."""
        return len(self._open)


def as_here(path: Path, asides: list[DeskError] | None = None) -> Folder:
    return entered(path, asides)


def as_on_windows(path: Path, asides: list[DeskError] | None = None) -> Folder:
    return WindowsFolder(path, held_by_handle(path, Imitation()), asides)


class WindowsFolder(Folder):
    """A folder whose comparison with a path also goes through the imitation."""

    def is_still_at(self, path: Path) -> bool:
        """Tell whether `path` leads to this very folder."""
        there = held_by_handle(path, Imitation())
        return there.identity == self._held.identity


Enter = Callable[..., Folder]


@pytest.fixture(params=[as_here, as_on_windows])
def enter(request: pytest.FixtureRequest) -> Enter:
    """The two ways in which a folder is held."""
    way: Enter = request.param
    return way


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "place"
    made.mkdir()
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    """A folder of another program."""
    return Elsewhere(tmp_path)


def test_what_is_written_is_read_again(place: Path, enter: Enter) -> None:
    with enter(place) as folder, folder.made_folder("a") as inside:
        inside.write("one", b"1")
        inside.write("one", b"22")
        assert inside.read("one", 2) == b"22"
        assert inside.size("one") == 2
        assert inside.names(Lying.FILE, ANY) == ["one"]
        assert folder.names(Lying.FOLDER, ANY) == ["a"]
        assert len(inside.sha256("one", 2)) == 64
        assert inside.sha256("one", 3) == ""
        inside.rename("one", "two")
        inside.remove("two")
    assert sorted(path.name for path in place.rglob("*")) == ["a"]
    assert closed_to_others(place / "a")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.endswith("file")])
def test_what_is_no_file_is_neither_read_nor_removed(
    place: Path, elsewhere: Elsewhere, enter: Enter, kind: str
) -> None:
    laid(place / "x", kind, elsewhere)
    with enter(place) as folder:
        for act in (folder.opened, folder.remove, folder.size, folder.forget_cached):
            with pytest.raises(StrangeFile):
                act("x")
        with pytest.raises(FileExistsError):
            folder.new("x")
        assert folder.look("x") is (Lying.FOLDER if kind == "folder" else Lying.STRANGE)
    assert elsewhere.is_untouched()
    assert (place / "x").is_symlink() or (place / "x").exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_what_is_no_folder_is_not_entered(
    place: Path, elsewhere: Elsewhere, enter: Enter, kind: str
) -> None:
    laid(place / "x", kind, elsewhere)
    with enter(place) as folder:
        for act in (folder.folder, folder.made_folder):
            with pytest.raises(StrangeFile):
                act("x")
        with pytest.raises(StrangeFile):
            folder.remove_tree("x", ANY)
    assert elsewhere.is_untouched()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "small_file"])
def test_a_file_takes_the_place_of_what_lies_there_and_never_follows_it(
    place: Path, elsewhere: Elsewhere, enter: Enter, kind: str
) -> None:
    asides: list[DeskError] = []
    laid(place / "x", kind, elsewhere)
    laid(place / "x.part", kind, elsewhere)
    with enter(place, asides) as folder:
        folder.write("x", b"ours")
    assert (place / "x").read_bytes() == b"ours"
    assert not (place / "x").is_symlink()
    assert elsewhere.is_untouched()
    assert len(asides) == (2 if kind == "folder" else 0)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_what_is_in_the_way_of_a_folder_is_renamed_where_that_is_wished_for(
    place: Path, elsewhere: Elsewhere, enter: Enter, kind: str
) -> None:
    asides: list[DeskError] = []
    laid(place / "x", kind, elsewhere)
    with enter(place, asides) as folder, folder.made_folder("x") as made:
        made.write("y", b"ours")
    [told] = asides
    assert isinstance(told, PutAside)
    assert str(told.facts["aside"]) in {path.name for path in place.iterdir()}
    assert elsewhere.is_untouched()


def test_only_files_of_our_names_are_removed_and_the_others_named(
    place: Path, elsewhere: Elsewhere, enter: Enter
) -> None:
    ours = re.compile(r"ab|one")
    (place / "t" / "ab").mkdir(parents=True)
    for name in ("one", "two", "ab/one"):
        (place / "t" / name).write_bytes(PRECIOUS)
    (place / "t" / "ab" / "link").symlink_to(elsewhere.folder)
    with enter(place) as folder:
        assert folder.remove_tree("t", ours) == ["t/ab/link", "t/two"]
        assert folder.remove_tree("t", re.compile("ab|one|two")) == ["t/ab/link"]
        (place / "t" / "ab" / "link").unlink()
        assert folder.remove_tree("t", re.compile("ab|one|two")) == []
    assert list(place.iterdir()) == []
    assert elsewhere.is_untouched()


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc", "a\\b", "a:b", "a\0b"])
def test_a_name_is_one_name(place: Path, enter: Enter, name: str) -> None:
    with enter(place) as folder:
        for act in (folder.opened, folder.new, folder.folder, folder.made_folder, folder.look):
            with pytest.raises(StrangeFile):
                act(name)


def test_a_file_that_is_larger_than_told_is_not_read(place: Path, enter: Enter) -> None:
    with (place / "x").open("wb") as file:
        file.truncate(1 << 40)
    with enter(place) as folder:
        with pytest.raises(DamagedFile):
            folder.read("x", 1 << 20)
        assert folder.sha256("x", 1 << 20) == ""


def stopped_in(folder: Folder) -> None:
    """Begin to write a file, and be stopped."""
    with folder.written("x") as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_a_fault_while_writing_leaves_what_was_there(place: Path, enter: Enter) -> None:
    (place / "x").write_bytes(b"old")
    with enter(place) as folder, pytest.raises(KeyboardInterrupt):
        stopped_in(folder)
    assert [path.name for path in place.iterdir()] == ["x"]
    assert (place / "x").read_bytes() == b"old"


@pytest.mark.skipif(WINDOWS, reason=NOT_MOVED)
def test_a_held_folder_is_told_from_one_that_took_its_place(place: Path, enter: Enter) -> None:
    with enter(place) as folder:
        assert folder.is_still_at(place)
        place.rename(place.with_name("moved"))
        place.mkdir()
        assert not folder.is_still_at(place)


def test_a_folder_without_end_is_refused(
    place: Path, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_self: object) -> Iterator[str]:
        while True:
            yield "x"

    with enter(place) as folder:
        monkeypatch.setattr(type(folder._held), "names", endless)
        with pytest.raises(StrangeFile):
            folder.names(Lying.FILE, ANY)


def test_where_there_is_no_folder_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "a" / "b", tmp_path / "file"):
        with pytest.raises(MediumGone):
            entered(path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(WINDOWS, reason="on Windows another disk begins at a reparse point")
def test_a_folder_of_another_disk_is_not_entered_nor_its_files_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "inside").mkdir()
    (place / "file").write_bytes(b"x")
    with entered(place) as folder:
        monkeypatch.setattr(folder._held, "device", folder.device + 1)
        assert folder.look("inside") is Lying.STRANGE
        for act in (folder.folder, folder.opened, folder.remove):
            with pytest.raises(StrangeFile):
                act("inside" if act == folder.folder else "file")


@pytest.mark.parametrize("way", [as_here, as_on_windows])
def test_nothing_stays_open_after_a_refusal(place: Path, way: Enter) -> None:
    (place / "pipe").symlink_to("nowhere")
    before = handles_of_this_process()
    with way(place) as folder:
        for _ in range(5):
            with pytest.raises(StrangeFile):
                folder.opened("pipe")
            with pytest.raises(StrangeFile):
                folder.folder("pipe")
    assert handles_of_this_process() == before


def handles_of_this_process() -> int:
    """Return how many handles this process holds, as far as the system tells."""
    told = Path("/proc/self/fd")
    return len(list(told.iterdir())) if told.is_dir() else 0


# -- what Windows would say ------------------------------------------------------------------------


class Moved(Imitation):
    """A system in which a junction was swapped in: handles end elsewhere than was meant."""

    def information(self, handle: int) -> Information:
        """Tell of another path for everything but the root."""
        told = super().information(handle)
        return told if handle == 1 else told._replace(final_path="C:\\elsewhere\\x")


class AnotherVolume(Imitation):
    """A system in which everything below the root lies on another volume."""

    def information(self, handle: int) -> Information:
        """Tell of another volume for everything but the root."""
        told = super().information(handle)
        return told if handle == 1 else told._replace(serial=told.serial + 1)


@pytest.mark.parametrize("system", [Moved, AnotherVolume])
def test_on_windows_what_ends_elsewhere_is_refused_and_let_go(
    place: Path, system: type[Imitation]
) -> None:
    (place / "a").mkdir()
    (place / "x").write_bytes(b"x")
    there = system()
    held = held_by_handle(place, there)
    for act, name in ((held.open, "x"), (held.child, "a"), (held.create, "new")):
        with pytest.raises(StrangeFile):
            act(name)
    assert there.handles == 1
    held.close()
    assert there.handles == 0


def test_on_windows_a_file_is_no_root(place: Path) -> None:
    (place / "x").write_bytes(b"x")
    there = Imitation()
    with pytest.raises(NotADirectoryError):
        held_by_handle(place / "x", there)
    assert there.handles == 0


def test_the_code_for_windows_is_checked_as_such() -> None:
    files = [f"src/shelterdesk/store/disk/{name}.py" for name in ("outside", "outside_windows")]
    line = [sys.executable, "-m", "mypy", "--platform", "win32", *files]
    done = subprocess.run(line, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
