"""Backups that are damaged, forged, foreign or of a later program: found before any trust."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shelterdesk.core.errors import (
    BackupDamaged,
    DeskError,
    NewerFile,
    NoBackup,
    WrongPages,
)
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.manifest import (
    KEYS_FORMAT,
    MANIFEST_FORMAT,
    VERSION,
    Manifest,
    read_backup_keys,
    read_manifest,
    sealed_body,
)
from shelterdesk.store.backup.opened_backup import (
    open_by_pages,
    open_by_vault,
    verify_sums,
)
from shelterdesk.store.backup.stick import (
    KEYS,
    MANIFEST,
    ListedFile,
    generations,
)
from shelterdesk.store.disk.checked_json import canonical, encode, to_text
from shelterdesk.store.keyring.seals import seal_to
from shelterdesk.store.vault.backup_keys import backup_key_context
from shelterdesk.store.vault.founding import FILES
from tests.factories import Shelter, copied_shelter, fill_case, new_shelter, tree
from tests.store.backing_up import back_up, shelf, whole


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


def ways_to_open(shelter: Shelter, generation: Path) -> list[Callable[[], object]]:
    """Return how a generation is opened: by paper and by its vault."""
    return [
        lambda: open_by_pages(generation, shelter.two_pages()),
        lambda: open_by_vault(generation, shelter.vault),
    ]


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
    with pytest.raises(BackupDamaged, match="The manifest of the backup"):
        verify_sums(made.generation, Progress())
    with pytest.raises(BackupDamaged, match="The manifest of the backup"):
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
    for attempt in ways_to_open(shelter, made.generation):
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
    where = [backup_key_context(manifest.backup_id, holder.id) for holder in keys.holders]
    sealed = {h.id: seal_to(h.public_key, key, w) for h, w in zip(keys.holders, where, strict=True)}
    forged_keys = type(keys)(keys.backup_id, keys.store_id, keys.holders, sealed)
    forged = Manifest(manifest.backup_id, manifest.recovery_set, (), body, manifest.witness)
    (made.generation / KEYS).write_bytes(forged_keys.to_bytes())
    (made.generation / MANIFEST).write_bytes(forged.to_bytes())
    assert forged.opened(key).seq == opened.body().seq
    for attempt in ways_to_open(shelter, made.generation):
        with pytest.raises(BackupDamaged, match="not written by the records"):
            attempt()


@pytest.mark.parametrize("name", [MANIFEST, KEYS])
def test_a_backup_of_a_later_format_is_told_as_newer(
    shelter: Shelter, stick: Path, name: str
) -> None:
    made = back_up(shelter, stick)
    path = made.generation / name
    form = KEYS_FORMAT if name == KEYS else MANIFEST_FORMAT
    path.write_bytes(encode(form, VERSION + 1, json.loads(path.read_bytes())["content"]))
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
    for name in (b'"Noy"', b"director", b"Champa", shelter.vault.me.id.encode()):
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
    one = Manifest("a", 1, (ListedFile("x", 1, "y"),), b"", {})
    two = Manifest("a", 1, (ListedFile("x", 1, "y"), ListedFile("x", 1, "y")), b"", {})
    assert one.bound() != two.bound()
    assert one.bound() == canonical(["a", 1, [{"name": "x", "size": 1, "sha256": "y"}], ""])
