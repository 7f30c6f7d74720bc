"""A backup counts when it was read back; whatever interrupts it, the earlier ones stay whole."""

import os
import shutil
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shelterdesk.core.clock import folder_stamp
from shelterdesk.core.errors import (
    BackupDamaged,
    Cancelled,
    DamagedFile,
    DeskError,
    MediumGone,
    NewerFile,
    NoBackup,
    SetupUnfinished,
    UnsafePlace,
    WrongPages,
)
from shelterdesk.core.work import Progress
from shelterdesk.records.attachment import Attachment
from shelterdesk.records.case import Case
from shelterdesk.store.attachments import path_of
from shelterdesk.store.backup import BackupResult, make_backup
from shelterdesk.store.backup_files import kept_generations
from shelterdesk.store.checked_json import canonical, encode, to_text
from shelterdesk.store.manifest import (
    MANIFEST_FORMAT,
    VERSION,
    Manifest,
    backup_key_context,
    read_backup_keys,
    read_manifest,
    sealed_body,
)
from shelterdesk.store.opened_backup import (
    open_by_pages,
    open_by_vault,
    verify_sums,
    verify_whole,
)
from shelterdesk.store.seals import seal_to
from shelterdesk.store.stick import (
    KEYS,
    MANIFEST,
    Listed,
    PartReader,
    PartWriter,
    generations,
    store_folder,
)
from shelterdesk.store.vault import FILES
from tests.factories import Shelter, StopAt, copied_shelter, fill_case, new_shelter, tree


def back_up(shelter: Shelter, stick: Path, *, part_size: int = 2 << 30) -> BackupResult:
    shelter.clock.pass_days(1)
    return make_backup(shelter.vault, stick, Progress(), part_size)


def whole(shelter: Shelter, generation: Path) -> None:
    """Check every byte of a generation with the pages; raises what is wrong."""
    opened = open_by_pages(generation, shelter.two_pages())
    staging = shelter.place.staging()
    try:
        verify_whole(opened, staging, Progress())
    finally:
        shutil.rmtree(staging)


def shelf(shelter: Shelter, stick: Path) -> Path:
    return store_folder(stick, shelter.vault.keyring.store_id)


# -- made -----------------------------------------------------------------------------------------


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
    assert second.bytes_written < 500_000
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
    parts = sorted(made.generation.glob("db.sdb.*"))
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
@settings(max_examples=60, deadline=None)
def test_parts_hold_what_was_written_whatever_the_sizes(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], size: int, asked: int
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    with PartWriter(folder, "x", size) as target:
        for piece in pieces:
            target.write(piece)
    listed = target.listed()
    assert sum(line.size for line in listed) == sum(map(len, pieces))
    with PartReader(folder, [part.name for part in sorted(folder.glob("x.*"))]) as source:
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
    saved = []

    def save() -> None:
        for seed in range(2, 6):
            saved.append(fill_case(shelter.vault, seed, large=10).id)
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
    for most, period in (
        (7, lambda m: m.date()),
        (4, lambda m: m.date() - timedelta(days=m.weekday())),
        (6, lambda m: m.date().replace(day=1)),
    ):
        periods: list[date] = sorted({period(m) for m in ordered})[-most:]
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
@settings(max_examples=100, deadline=None)
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


# -- damaged, forged, foreign, newer --------------------------------------------------------------


def test_a_flipped_bit_in_any_file_is_found_without_a_secret(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    verify_sums(made.generation, Progress())
    files = [*made.generation.iterdir(), *(shelf(shelter, stick) / FILES).rglob("*.sdf")]
    assert len(files) == 7
    for path in files:
        good = path.read_bytes()
        for place in (0, 7, len(good) // 2, len(good) - 1):
            path.write_bytes(good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
            with pytest.raises(BackupDamaged):
                verify_sums(made.generation, Progress())
        for cut in (0, 1, len(good) - 1):
            path.write_bytes(good[:cut])
            with pytest.raises(BackupDamaged):
                verify_sums(made.generation, Progress())
        path.write_bytes(good)
    verify_sums(made.generation, Progress())


def test_a_missing_file_is_named(shelter: Shelter, stick: Path) -> None:
    made = back_up(shelter, stick)
    (made.generation / "db.sdb.001").unlink()
    with pytest.raises(BackupDamaged, match=r"db\.sdb\.001 is missing"):
        verify_sums(made.generation, Progress())
    (made.generation / MANIFEST).unlink()
    with pytest.raises(NoBackup):
        verify_sums(made.generation, Progress())


def rewritten(generation: Path, **changes: object) -> None:
    """Write a manifest with other content and with checksums that fit, as a forger can."""
    manifest = read_manifest(generation)
    content = {
        "backup_id": manifest.backup_id,
        "recovery_set": manifest.recovery_set,
        "files": [line.to_content() for line in manifest.files],
        "body": to_text(manifest.body),
        "witness": manifest.witness,
    } | changes
    (generation / MANIFEST).write_bytes(encode(MANIFEST_FORMAT, VERSION, content))


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "/etc/passwd", "..", "../..", "../files/../x", "../files/ab/../../x",
     "../other/ab/x.sdf", "a/b", "C:\\x", "C:x", "\\\\server\\x", "", ".", "../files/ab", "a\0b",
     "x" * 300, "ນ" * 200, "\ud800"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(shelter: Shelter, stick: Path, name: str) -> None:
    made = back_up(shelter, stick)
    rewritten(made.generation, files=[{"name": name, "size": 3, "sha256": "0" * 64}])
    with pytest.raises(BackupDamaged):
        verify_sums(made.generation, Progress())
    with pytest.raises(BackupDamaged):
        open_by_pages(made.generation, shelter.two_pages())


@pytest.mark.parametrize(
    "changes",
    [{"files": []}, {"files": [{}]}, {"files": "x"}, {"files": {"a": 1}}, {"witness": []},
     {"witness": {}}, {"body": "!"}, {"body": ""}, {"backup_id": "0" * 32}, {"recovery_set": "x"},
     {"recovery_set": None}, {"files": [{"name": "x", "size": "many", "sha256": ""}]}],
    ids=repr,
)  # fmt: skip
def test_a_manifest_that_was_written_by_somebody_else_opens_for_nobody(
    shelter: Shelter, stick: Path, changes: dict[str, object]
) -> None:
    made = back_up(shelter, stick)
    rewritten(made.generation, **changes)
    for attempt in (
        lambda: open_by_pages(made.generation, shelter.two_pages()),
        lambda: open_by_vault(made.generation, shelter.vault),
    ):
        with pytest.raises((BackupDamaged, NoBackup)):
            attempt()


def test_a_backup_that_only_looks_like_ours_is_refused_by_its_witness(
    shelter: Shelter, stick: Path
) -> None:
    """Everything a forger needs but the witness stands on the stick: she can seal to our pages."""
    made = back_up(shelter, stick)
    opened = open_by_pages(made.generation, shelter.two_pages())
    manifest, keys = read_manifest(made.generation), read_backup_keys(made.generation)
    key = os.urandom(32)
    body = sealed_body(opened.body(), manifest.backup_id, key)
    where = [backup_key_context(manifest.backup_id, holder) for holder in keys.holders]
    sealed = {h.id: seal_to(h.public_key, key, w) for h, w in zip(keys.holders, where, strict=True)}
    forged_keys = type(keys)(keys.backup_id, keys.store_id, keys.holders, sealed)
    forged = Manifest(manifest.backup_id, manifest.recovery_set, (), body, manifest.witness)
    (made.generation / KEYS).write_bytes(forged_keys.to_bytes())
    (made.generation / MANIFEST).write_bytes(forged.to_bytes())
    assert forged.opened(key).seq == opened.body().seq
    for attempt in (
        lambda: open_by_pages(made.generation, shelter.two_pages()),
        lambda: open_by_vault(made.generation, shelter.vault),
    ):
        with pytest.raises(BackupDamaged, match="not written by the records"):
            attempt()


@pytest.mark.parametrize("name", [MANIFEST, KEYS])
def test_a_backup_of_a_later_format_is_told_as_newer(
    shelter: Shelter, stick: Path, name: str
) -> None:
    made = back_up(shelter, stick)
    path = made.generation / name
    form = b"shelterdesk-backup-keys" if name == KEYS else b"shelterdesk-backup"
    later = path.read_bytes().replace(form + b"/1", form + b"/2")
    assert later != path.read_bytes()
    path.write_bytes(later)
    with pytest.raises(NewerFile):
        open_by_pages(made.generation, shelter.two_pages())


def test_another_houses_backup_opens_neither_by_our_pages_nor_by_our_vault(
    shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    other = new_shelter(tmp_path / "other")
    made = make_backup(other.vault, stick, Progress())
    with pytest.raises(WrongPages):
        open_by_pages(made.generation, shelter.two_pages())
    with pytest.raises(NoBackup):
        open_by_vault(made.generation, shelter.vault)
    mine = back_up(shelter, stick)
    assert mine.generation.parent != made.generation.parent
    assert mine.unknown == ()
    other.vault.lock()
    other.place.close()


def test_backups_made_by_another_copy_of_the_records_are_named(
    template: Shelter, shelter: Shelter, stick: Path, tmp_path: Path
) -> None:
    back_up(shelter, stick)
    twin = copied_shelter(template, tmp_path / "twin")
    twin.clock.pass_days(30)
    theirs = make_backup(twin.vault, stick, Progress())
    twin.vault.lock()
    twin.place.close()
    shelter.clock.pass_days(60)
    assert back_up(shelter, stick).unknown == (theirs.generation.name,)


def test_what_lies_in_clear_on_the_stick_names_nobody(shelter: Shelter, stick: Path) -> None:
    fill_case(shelter.vault)
    made = back_up(shelter, stick)
    for path in tree(stick):
        assert path.isascii()
        assert ":" not in path
    clear = (made.generation / KEYS).read_bytes() + (made.generation / MANIFEST).read_bytes()
    for name in (b"Noy", b"director", b"Champa", shelter.vault.me.id.encode()):
        assert name not in clear
    assert shelter.vault.keyring.store_id not in str(sorted(tree(stick)))


def test_a_second_backup_in_the_same_second_takes_nothing_away(
    shelter: Shelter, stick: Path
) -> None:
    first = make_backup(shelter.vault, stick, Progress())
    shelter.vault.clock = lambda: datetime.strptime(  # the hands stand still
        first.generation.name, "%Y-%m-%dT%H-%M-%SZ"
    ).replace(tzinfo=UTC)
    try:
        make_backup(shelter.vault, stick, Progress())
    except DeskError:
        assert generations(shelf(shelter, stick)) == [first.generation]
    whole(shelter, first.generation)


def test_unequal_lists_never_look_alike_to_the_witness() -> None:
    one = Manifest("a", 1, (Listed("x", 1, "y"),), b"", {})
    two = Manifest("a", 1, (Listed("x", 1, "y"), Listed("x", 1, "y")), b"", {})
    assert one.bound() != two.bound()
    assert one.bound() == canonical(["a", 1, [{"name": "x", "size": 1, "sha256": "y"}], ""])
