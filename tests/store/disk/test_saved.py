"""What a person saves outside: whole or not at all, hers alone, nothing in its way harmed."""

import errno
import os
import stat
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shelterdesk.core.errors import CannotWrite, DeskError, MediumGone, NoSpace
from shelterdesk.services.keeping.recovery_paper import write_pages
from shelterdesk.store.disk import saved
from shelterdesk.store.disk.saved import IsThere, save
from shelterdesk.store.keyring.recovery import new_pages

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of Unix")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "desk"
    made.mkdir()
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@UNIX
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_a_saved_file_is_hers_alone_whatever_the_umask(folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        save(folder / "letter.pdf", b"words")
    finally:
        os.umask(before)
    mode = stat.S_IMODE((folder / "letter.pdf").stat().st_mode)
    assert mode & 0o077 == 0
    assert names(folder) == {"letter.pdf"}


@pytest.mark.parametrize("over", [False, True])
def test_nothing_is_written_over_unasked(folder: Path, over: bool) -> None:
    place = folder / "letter.pdf"
    place.write_bytes(b"hers")
    if over:
        save(place, b"new", over=True)
        assert place.read_bytes() == b"new"
    else:
        with pytest.raises(IsThere, match="named letter"):
            save(place, b"new")
        assert place.read_bytes() == b"hers"
    assert names(folder) == {"letter.pdf"}


@UNIX
@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "pipe"])
def test_what_is_no_plain_file_is_never_followed_nor_replaced(
    folder: Path, tmp_path: Path, kind: str, over: bool
) -> None:
    place, target = folder / "letter.pdf", tmp_path / "target"
    if kind != "dangling link":
        target.write_bytes(b"the records")
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(target)
    with pytest.raises(IsThere):
        save(place, b"new", over=over)
    assert target.read_bytes() == b"the records" if target.exists() else kind == "dangling link"
    assert names(folder) == {"letter.pdf"}


@UNIX
def test_the_folder_is_the_one_that_was_entered(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is turned into a link while we write leads nowhere else."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    publish = saved._publish

    def turned(*given: Any, **named: Any) -> None:
        folder.rename(tmp_path / "moved")
        folder.symlink_to(elsewhere)
        publish(*given, **named)

    monkeypatch.setattr(saved, "_publish", turned)
    save(folder / "letter.pdf", b"words")
    assert names(elsewhere) == set()
    assert names(tmp_path / "moved") == {"letter.pdf"}


@UNIX
@pytest.mark.parametrize("call", ["link", "rename"])
def test_a_stick_without_second_names_is_written_too_and_never_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuses(*_given: Any, **_named: Any) -> None:
        raise OSError(errno.EPERM, "no second names")

    monkeypatch.setattr(os, "link", refuses)
    save(folder / "letter.pdf", b"words")
    assert names(folder) == {"letter.pdf"}
    with pytest.raises(IsThere):
        save(folder / "letter.pdf", call.encode())
    assert (folder / "letter.pdf").read_bytes() == b"words"


@pytest.mark.parametrize(
    ("number", "meant"),
    [(errno.ENOSPC, NoSpace), (errno.EDQUOT, NoSpace), (errno.EROFS, CannotWrite)],
)
@pytest.mark.parametrize("over", [False, True])
def test_no_room_is_told_as_such_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, meant: type[DeskError], over: bool
) -> None:
    def full(_handle: int) -> None:
        raise OSError(number, "told by the system")

    if over:
        (folder / "letter.pdf").write_bytes(b"hers")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(meant, match="desk"):
        save(folder / "letter.pdf", b"words", over=over)
    assert names(folder) == ({"letter.pdf"} if over else set())
    assert not over or (folder / "letter.pdf").read_bytes() == b"hers"


def test_a_folder_that_is_gone_is_told_of(folder: Path) -> None:
    with pytest.raises((MediumGone, CannotWrite)):
        save(folder / "gone" / "letter.pdf", b"words")
    assert names(folder) == set()


def test_the_three_pages_are_saved_all_or_none_and_over_nothing(folder: Path) -> None:
    pages, _secret = new_pages()
    written = write_pages(folder, pages, date(2026, 11, 29))
    assert names(folder) == {path.name for path in written}
    first = written[0].read_bytes()
    with pytest.raises(IsThere):
        write_pages(folder, pages, date(2026, 11, 30))
    assert written[0].read_bytes() == first
    written[0].unlink()
    written[1].unlink()
    with pytest.raises(IsThere):
        write_pages(folder, pages, date(2026, 11, 30))
    assert names(folder) == {"recovery-page-3.pdf"}
