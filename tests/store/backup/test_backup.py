"""A backup counts when it was read back; whatever interrupts it, the earlier ones stay whole."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shelterdesk.core.calendar.clock import folder_stamp, from_folder_stamp
from shelterdesk.core.errors import (
    BackupDamaged,
    Cancelled,
    DamagedFile,
    MediumGone,
    SetupUnfinished,
    UnsafePlace,
)
from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.backup_files import kept_generations
from shelterdesk.store.backup.opened_backup import (
    open_by_vault,
    verify_sums,
)
from shelterdesk.store.backup.stick import (
    MANIFEST,
    ClockStands,
    PartReader,
    PartWriter,
    free_name,
    generations,
)
from shelterdesk.store.database.attachments import path_of
from shelterdesk.store.disk.outside import entered
from shelterdesk.store.vault.founding import FILES
from tests.factories import Shelter, StopAt, fill_case, new_shelter, tree
from tests.store.backing_up import back_up, shelf, whole

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_backup_is_whole_for_everybody_who_may_open_it(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    verify_sums(made.generation, Progress())
    whole(shelter, made.generation)
    opened = open_by_vault(made.generation, shelter.vault)
    assert opened.body().counts["case_note"] == 1
    assert (made.pruned, made.damaged, made.unknown) == ((), (), ())


def test_the_second_backup_carries_attached_files_no_second_time(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault, large=2_000_000)
    first, second = back_up(shelter, stick), back_up(shelter, stick)
    assert first.bytes_written > 4_000_000
    assert first.bytes_written - second.bytes_written > 4_000_000
    copied = [path for path in tree(stick) if path.endswith(".sdf")]
    assert len(copied) == 2
    for made in (first, second):
        whole(shelter, made.generation)


@pytest.mark.parametrize("part_size", [1000, 65536, 100_000])
def test_a_long_file_is_cut_into_parts_and_put_together_again(
    shelter: Shelter, stick: Path, part_size: int
) -> None:
    fill_case(shelter.vault, large=10)
    made = back_up(shelter, stick, part_size=part_size)
    parts = sorted(made.generation.glob("db.sdb.*"), key=lambda part: int(part.suffix[1:]))
    assert len(parts) > 1
    assert {path.stat().st_size for path in parts[:-1]} == {part_size}
    whole(shelter, made.generation)
    parts[1].unlink()
    with pytest.raises(BackupDamaged, match=parts[1].name):
        verify_sums(made.generation, Progress())


@given(
    pieces=st.lists(st.binary(max_size=40), max_size=8),
    size=st.integers(1, 30),
    asked=st.integers(1, 50),
)
@settings(max_examples=60)
def test_parts_hold_what_was_written_whatever_the_sizes(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], size: int, asked: int
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    with entered(folder) as held, PartWriter(held, "x", size) as target:
        for piece in pieces:
            target.write(piece)
    listed = target.listed()
    assert sum(line.size for line in listed) == sum(map(len, pieces))
    names = [part.name for part in sorted(folder.glob("x.*"))]
    with entered(folder) as held, PartReader(held, names) as source:
        read = list(iter(lambda: source.read(asked), b""))
    assert b"".join(read) == b"".join(pieces)
    assert {len(piece) for piece in read[:-1]} <= {asked}


def test_without_checked_pages_there_is_no_backup(tmp_path: Path, stick: Path) -> None:
    shelter = new_shelter(tmp_path / "data", finished=False)
    with pytest.raises(SetupUnfinished):
        make_backup(shelter.vault, stick, Progress())
    assert list(stick.iterdir()) == []
    shelter.vault.database.abandon()
    shelter.place.close()


@pytest.mark.parametrize("inside", ["", "backup", "vault-0001/files"])
def test_a_backup_beside_the_records_themselves_is_refused(shelter: Shelter, inside: str) -> None:
    target = shelter.place.root / inside
    target.mkdir(exist_ok=True)
    before = tree(shelter.place.root)
    with pytest.raises(UnsafePlace):
        make_backup(shelter.vault, target, Progress())
    assert tree(shelter.place.root) == before


def test_a_stick_that_is_not_there_is_not_made_up(shelter: Shelter, tmp_path: Path) -> None:
    with pytest.raises(MediumGone):
        make_backup(shelter.vault, tmp_path / "media" / "stick", Progress())
    assert not (tmp_path / "media").exists()


def test_a_database_with_a_planted_trigger_is_not_backed_up(shelter: Shelter, stick: Path) -> None:
    with shelter.vault.database.driver() as connection:
        connection.execute('CREATE TRIGGER t AFTER INSERT ON "case" BEGIN DELETE FROM draft; END')
    with pytest.raises(DamagedFile):
        make_backup(shelter.vault, stick, Progress())
    assert generations(shelf(shelter, stick)) == []


# -- stopped --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "at",
    ["Copying the records", "Writing to the stick", "Copying attached files",
     "Comparing checksums", "Opening the copy"],
)  # fmt: skip
def test_a_backup_that_is_stopped_leaves_nothing_and_hurts_no_earlier_one(
    shelter: Shelter, stick: Path, at: str
) -> None:
    fill_case(shelter.vault, 1)
    first = back_up(shelter, stick)
    before = tree(first.generation)
    fill_case(shelter.vault, 2)
    with pytest.raises(Cancelled):
        make_backup(shelter.vault, stick, StopAt(at))
    assert [path.name for path in shelf(shelter, stick).iterdir() if path.name != "files"] == [
        first.generation.name
    ]
    assert tree(first.generation) == before
    whole(shelter, first.generation)
    assert list(shelter.place.root.glob("new-*")) == []
    assert back_up(shelter, stick).unknown == ()


def test_what_a_pulled_stick_left_unfinished_is_removed_by_the_next_backup(
    shelter: Shelter, stick: Path
) -> None:
    unfinished = shelf(shelter, stick) / ".part-0123456789ab"
    unfinished.mkdir(parents=True)
    (unfinished / "db.sdb.001").write_bytes(b"half")
    made = back_up(shelter, stick)
    assert not unfinished.exists()
    assert generations(shelf(shelter, stick)) == [made.generation]


def test_while_a_backup_is_made_others_go_on_saving(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault, 1)
    done = threading.Event()
    saved: list[str] = []

    def save() -> None:
        saved.extend(fill_case(shelter.vault, seed, large=10).id for seed in range(2, 6))
        done.set()

    thread = threading.Thread(target=save)
    thread.start()
    made = back_up(shelter, stick)
    thread.join(60)
    assert done.is_set()
    whole(shelter, made.generation)
    with shelter.vault.database.reading() as session:
        assert {case.id for case in session.query(Case)} >= set(saved)


# -- attached files -------------------------------------------------------------------------------


def test_a_damaged_attached_file_is_put_right_from_the_stick(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault)
    back_up(shelter, stick)
    [local, *_] = sorted((shelter.vault.folder / FILES).rglob("*.sdf"))
    good = local.read_bytes()
    local.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert back_up(shelter, stick).damaged == ()
    assert local.read_bytes() == good


@pytest.mark.parametrize("fault", ["flipped", "gone"])
def test_a_damaged_attached_file_that_no_stick_has_is_named_and_the_rest_backed_up(
    shelter: Shelter, stick: Path, fault: str
) -> None:
    fill_case(shelter.vault)
    local, other = sorted((shelter.vault.folder / FILES).rglob("*.sdf"))
    good = local.read_bytes()
    local.unlink()
    if fault == "flipped":
        local.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    made = back_up(shelter, stick)
    assert made.damaged == (local.stem,)
    assert not path_of(shelf(shelter, stick) / FILES, local.stem).exists()
    assert path_of(shelf(shelter, stick) / FILES, other.stem).read_bytes() == other.read_bytes()
    whole(shelter, made.generation)


def test_a_damaged_copy_on_the_stick_is_written_anew(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault)
    first = back_up(shelter, stick)
    [shared, *_] = sorted((shelf(shelter, stick) / FILES).rglob("*.sdf"))
    shared.write_bytes(b"gone bad")
    with pytest.raises(BackupDamaged, match=shared.name):
        verify_sums(first.generation, Progress())
    back_up(shelter, stick)
    verify_sums(first.generation, Progress())


# -- kept and pruned ------------------------------------------------------------------------------


def _kept_by_rule(moments: list[datetime]) -> set[datetime]:
    """The rule in other words: the last two; the last of each of 7 days, 4 weeks, 6 months."""
    ordered = sorted(moments)
    kept = set(ordered[-2:])
    periods_of: list[tuple[int, Callable[[datetime], date]]] = [
        (7, lambda m: m.date()),
        (4, lambda m: m.date() - timedelta(days=m.weekday())),
        (6, lambda m: m.date().replace(day=1)),
    ]
    for most, period in periods_of:
        periods = sorted({period(m) for m in ordered})[-most:]
        kept |= {max(m for m in ordered if period(m) == wanted) for wanted in periods}
    return kept


@given(
    st.lists(
        st.datetimes(datetime(2024, 12, 20), datetime(2027, 1, 10)).map(  # noqa: DTZ001 - set next
            lambda m: m.replace(microsecond=0, tzinfo=UTC)
        ),
        unique=True,
        max_size=60,
    )
)
@settings(max_examples=100)
def test_what_is_kept_follows_the_rule(moments: list[datetime]) -> None:
    found = [Path(folder_stamp(moment)) for moment in sorted(moments)]
    assert kept_generations(found) == [
        Path(folder_stamp(moment)) for moment in sorted(_kept_by_rule(moments))
    ]


def test_pruned_generations_go_with_the_files_that_only_they_named(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    first = back_up(shelter, stick)
    with shelter.vault.database.writing() as session:
        for paper in session.query(Attachment):
            session.delete(paper)
    made = []
    for _ in range(9):
        shelter.clock.pass_days(100)
        made.append(back_up(shelter, stick))
    assert first.generation.name in {name for result in made for name in result.pruned}
    kept = generations(shelf(shelter, stick))
    assert kept == [result.generation for result in made][-len(kept) :]
    assert len(kept) in {7, 8}  # the one just made may stand beside the rule
    assert list((shelf(shelter, stick) / FILES).rglob("*.sdf")) == []
    for generation in kept[:1] + kept[-1:]:
        whole(shelter, generation)


def test_nothing_shared_is_removed_while_a_kept_manifest_cannot_be_read(
    shelter: Shelter, stick: Path
) -> None:
    fill_case(shelter.vault)
    first = back_up(shelter, stick)
    manifest = (first.generation / MANIFEST).read_bytes()
    (first.generation / MANIFEST).write_bytes(b"unreadable")
    with shelter.vault.database.writing() as session:
        for paper in session.query(Attachment):
            session.delete(paper)
    back_up(shelter, stick)
    (first.generation / MANIFEST).write_bytes(manifest)
    verify_sums(first.generation, Progress())


def test_a_backup_made_while_the_clock_is_behind_is_not_pruned_at_once(
    shelter: Shelter, stick: Path
) -> None:
    for months in range(8):
        for day in (1, 20):
            stamp = folder_stamp(datetime(2027, 1 + months, day, tzinfo=UTC))
            (shelf(shelter, stick) / stamp).mkdir(parents=True)
    shelter.clock.now = datetime(2020, 1, 1, tzinfo=UTC)
    made = make_backup(shelter.vault, stick, Progress())
    assert made.generation.name not in made.pruned
    whole(shelter, made.generation)


def test_two_backups_of_one_second_get_two_names(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault)
    now = shelter.clock.now
    first = make_backup(shelter.vault, stick, Progress())
    shelter.clock.now = now
    second = make_backup(shelter.vault, stick, Progress())
    assert first.generation != second.generation
    for made in (first, second):
        whole(shelter, made.generation)


def test_a_clock_that_stands_still_ends_no_backup_by_waiting_for_ever(
    shelter: Shelter, stick: Path
) -> None:
    made = make_backup(shelter.vault, stick, Progress()).generation
    asked = from_folder_stamp(made.name)
    with entered(made.parent) as there, pytest.raises(ClockStands):
        free_name(there, lambda: asked)
