"""Sticks on which another program has laid links, pipes, devices, folders or endless files.

Whatever lies there: nothing outside the stick is touched, nothing hangs, what is refused is named,
and the next backup on the same stick is good.
"""

from pathlib import Path

import pytest
from typing_extensions import override

from shelterdesk.core.errors import BackupDamaged, DeskError, MediumGone, StrangeFile
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.backup_files import NotRemoved
from shelterdesk.store.backup.opened_backup import verify_sums
from shelterdesk.store.backup.stick import finished_below
from shelterdesk.store.database.attachments import SMALL
from shelterdesk.store.disk.kept_files import FILES
from shelterdesk.store.disk.outside import PutAside
from shelterdesk.store.disk.target import SameDisk
from tests.factories import Shelter, fill_case
from tests.store.backing_up import back_up, shelf, whole
from tests.store.strange import KINDS, PRECIOUS, Elsewhere, laid
from tests.systems import NOT_MOVED, WINDOWS

pytestmark = pytest.mark.usefixtures("filled", "no_waiting")


@pytest.fixture
def filled(shelter: Shelter) -> None:
    """Attach files that are large enough to lie on the stick as files."""
    fill_case(shelter.vault, large=SMALL + 1)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    """A folder of another program, outside the stick."""
    return Elsewhere(tmp_path)


def places(shelter: Shelter, stick: Path) -> dict[str, list[Path]]:
    """Return where something can lie, in groups of places that are not inside each other."""
    ours = shelf(shelter, stick)
    shared, other, *_ = sorted((ours / FILES).glob("*/*.sdf"))
    inside = [
        *(shared, other.with_suffix(".sdf.part"), ours / FILES / "zz"),
        *(other.with_name(f"{'0' * 64}.sdf"), ours / FILES / "notes.txt"),
        *(ours / ".part-0123456789ab", ours / ".part-old-2026-01-01T00-00-00Z", ours / ".part-x"),
        *(ours / "2020-01-01T00-00-00Z", stick / "SD-BACKUP" / "README-RESTORE.txt"),
        stick / "SD-BACKUP" / "README-RESTORE.txt.part",
    ]
    return {
        "top": [stick / "SD-BACKUP"],
        "shelf": [ours],
        "files": [ours / FILES],
        "pairs": sorted((ours / FILES).iterdir()),
        "inside": inside,
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("group", ["top", "shelf", "files", "pairs", "inside"])
def test_whatever_lies_on_the_stick_the_next_backup_is_good_and_touches_nothing_else(
    shelter: Shelter, stick: Path, elsewhere: Elsewhere, group: str, kind: str
) -> None:
    back_up(shelter, stick)
    for place in places(shelter, stick)[group]:
        laid(place, kind, elsewhere)
    made = back_up(shelter, stick)
    whole(shelter, made.generation)
    assert elsewhere.is_untouched()
    assert made.generation in finished_below(stick)
    whole(shelter, back_up(shelter, stick).generation)


def test_a_link_among_the_shared_files_that_leads_to_the_records_does_not_delete_them(
    shelter: Shelter, stick: Path
) -> None:
    back_up(shelter, stick)
    papers = shelf(shelter, stick) / FILES
    free = next(f"{n:02x}" for n in range(256) if not (papers / f"{n:02x}").exists())
    (papers / free).symlink_to(shelter.vault.folder)
    (shelf(shelter, stick) / ".part-ffffffffffff").symlink_to(shelter.vault.folder)
    before = sorted(path.name for path in shelter.vault.folder.rglob("*"))
    back_up(shelter, stick)
    assert sorted(path.name for path in shelter.vault.folder.rglob("*")) == before


@pytest.mark.parametrize("kind", ["link_to_folder", "pipe", "small_file"])
def test_what_is_in_the_way_of_a_folder_is_put_aside_and_told(
    shelter: Shelter, stick: Path, elsewhere: Elsewhere, kind: str
) -> None:
    back_up(shelter, stick)
    laid(shelf(shelter, stick) / FILES, kind, elsewhere)
    made = back_up(shelter, stick)
    [told] = [warning for warning in made.warnings if isinstance(warning, PutAside)]
    aside = shelf(shelter, stick) / str(told.facts["aside"])
    assert aside.is_symlink() or aside.exists()
    assert "files" in str(told)
    assert not [w for w in back_up(shelter, stick).warnings if isinstance(w, PutAside)]


def test_files_of_others_in_an_unfinished_backup_stay_and_are_named(
    shelter: Shelter, stick: Path
) -> None:
    back_up(shelter, stick)
    left = shelf(shelter, stick) / ".part-0123456789ab"
    left.mkdir()
    (left / "db.sdb.001").write_bytes(b"ours")
    (left / "letter.odt").write_bytes(PRECIOUS)
    warnings = back_up(shelter, stick).warnings
    assert (left / "letter.odt").read_bytes() == PRECIOUS
    assert not (left / "db.sdb.001").exists()
    [told] = [warning for warning in warnings if isinstance(warning, NotRemoved)]
    assert "letter.odt" in str(told)


@pytest.mark.parametrize("kind", [*(k for k in KINDS if k != "small_file")])
@pytest.mark.parametrize(
    "name", ["db.sdb.001", "keyring.json", "manifest.sdm", "README-RESTORE.txt", FILES]
)
def test_a_strange_thing_in_a_finished_backup_is_named_and_not_read(
    shelter: Shelter, stick: Path, elsewhere: Elsewhere, name: str, kind: str
) -> None:
    made = back_up(shelter, stick)
    laid((made.generation.parent if name == FILES else made.generation) / name, kind, elsewhere)
    with pytest.raises((BackupDamaged, StrangeFile)):
        verify_sums(made.generation, Progress())
    assert elsewhere.is_untouched()


def test_a_generation_that_is_a_link_is_none(shelter: Shelter, stick: Path, tmp_path: Path) -> None:
    made = back_up(shelter, stick)
    moved = tmp_path / made.generation.name
    made.generation.rename(moved)
    made.generation.symlink_to(moved)
    assert finished_below(stick) == []
    with pytest.raises(DeskError):
        verify_sums(made.generation, Progress())


# -- the stick that is gone -----------------------------------------------------------------------


class Pulled(Progress):
    """Takes the stick out when a step begins: what it was mounted on is an empty folder then."""

    def __init__(self, stick: Path, step: str) -> None:
        super().__init__()
        self._stick, self._step = stick, step

    @override
    def begin(self, doing: str) -> None:
        if doing == self._step and not self._stick.with_name("pulled").exists():
            self._stick.rename(self._stick.with_name("pulled"))
            self._stick.mkdir()
        super().begin(doing)


@pytest.mark.skipif(WINDOWS, reason=NOT_MOVED)
@pytest.mark.parametrize(
    "step", ["Copying the records", "Writing to the stick", "Comparing checksums"]
)
def test_a_stick_that_was_taken_out_gets_no_backup_in_its_place(
    shelter: Shelter, stick: Path, step: str
) -> None:
    with pytest.raises(MediumGone):
        make_backup(shelter.vault, stick, Pulled(stick, step))
    assert list(stick.iterdir()) == []
    assert finished_below(stick.with_name("pulled")) == []


def test_a_target_on_another_disk_than_when_it_was_chosen_is_refused(
    shelter: Shelter, stick: Path
) -> None:
    device = stick.stat().st_dev
    with pytest.raises(MediumGone):
        make_backup(shelter.vault, stick, Progress(), chosen=device + 1)
    assert list(stick.iterdir()) == []
    assert make_backup(shelter.vault, stick, Progress(), chosen=device).generation.is_dir()


def test_neither_the_target_nor_its_parents_are_made(shelter: Shelter, tmp_path: Path) -> None:
    with pytest.raises(MediumGone):
        make_backup(shelter.vault, tmp_path / "not" / "there", Progress())
    assert not (tmp_path / "not").exists()


def test_a_target_on_the_disk_of_the_records_is_told_and_one_elsewhere_is_not(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings = back_up(shelter, stick).warnings
    assert [type(warning) for warning in warnings] == [SameDisk]
    monkeypatch.setattr(
        "shelterdesk.store.disk.target.disks_under", lambda device: {str(id(device))}
    )
    monkeypatch.setattr("shelterdesk.store.backup.backup.same_disk", lambda *_: False)
    assert back_up(shelter, stick).warnings == ()
