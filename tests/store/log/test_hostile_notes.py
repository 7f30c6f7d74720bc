"""Notes, facts, keyrings and manifests as an enemy would write them: bounded, and never a crash."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from shelterdesk.core.errors import BackupDamaged, DamagedFile, DeskError
from shelterdesk.core.house_settings import LOCK_MINUTES
from shelterdesk.core.settings import USUAL
from shelterdesk.core.work import Progress
from shelterdesk.services.desk import Desk
from shelterdesk.store.backup.manifest import (
    MANIFEST_FORMAT,
    MOST_FILES,
    VERSION,
    read_backup_keys,
    read_manifest,
)
from shelterdesk.store.backup.opened_backup import open_by_travel, verify_sums
from shelterdesk.store.backup.restore import restored
from shelterdesk.store.disk.checked_json import encode, parsed_object, whole_number
from shelterdesk.store.keyholders.old_texts import told_before
from shelterdesk.store.keyring import guessing
from shelterdesk.store.keyring.guessing import Tries
from shelterdesk.store.keyring.keyholder import MOST_LOCKS
from shelterdesk.store.keyring.keyring import Keyring
from shelterdesk.store.log import audit, witness
from shelterdesk.store.log.audit import CLOCK, TURNED, LogEntry
from shelterdesk.store.log.log_order import turns
from shelterdesk.store.vault.founding import SEALED_SINCE
from tests.factories import Shelter
from tests.store.backing_up import back_up

LONG_AGO: Final = "2026-01-01T00:00:00.000000Z"
STRANGE_LINES: dict[str, Any] = {
    "a word": "x",
    "nothing": None,
    "one thing": [1],
    "three things": [1, "2026-01-01T00:00:00.000000Z", 3],
    "no moment": [1, "yesterday"],
    "a moment that was never": [1, "2026-02-31T00:00:00.000000Z"],
    "before all clocks": [9, "0001-01-01T00:00:00.000000Z"],
    "after all clocks": [9, "9999-12-31T23:59:59.999999Z"],
    "negative": [-5, "2026-01-01T00:00:00.000000Z"],
    "a half": [1.5, "2026-01-01T00:00:00.000000Z"],
    "huge": [10**4000, "2026-01-01T00:00:00.000000Z"],
    "deep": [[[[[[1]]]]], "2026-01-01T00:00:00.000000Z"],
}


@pytest.mark.parametrize("line", STRANGE_LINES.values(), ids=STRANGE_LINES)
def test_whatever_stands_in_the_note_of_tries_one_can_try(tmp_path: Path, line: Any) -> None:
    note = encode(guessing.FORMAT, guessing.VERSION, {"noy": line})
    (tmp_path / guessing.FILE).write_bytes(note)
    tries = Tries(tmp_path, lambda: datetime(2026, 11, 1).astimezone())
    assert tries.count("noy") == 0
    with tries.of("noy"):
        pass


@pytest.mark.parametrize(
    "content",
    [{}, {"epoch": []}, {"epoch": 1e3}, {"epoch": -1}, {"epoch": True}, {"mac": "ນ"}, None, "x"],
    ids=str,
)
def test_whatever_stands_in_the_note_of_what_was_seen_it_is_no_witness(
    shelter: Shelter, content: Any
) -> None:
    shelter.vault.settle()
    seen = shelter.vault.seen()
    line = {"epoch": seen.epoch, "seq": seen.seq, "head": seen.head, "at": seen.at, "mac": ""}
    told = line | content if isinstance(content, dict) else content
    note = encode(witness.FORMAT, witness.VERSION, {seen.line: told})
    for folder in (shelter.place.root, shelter.vault.folder):
        (folder / witness.FILE).write_bytes(note)
    assert shelter.vault.last_seen() is None
    shelter.vault.settle()
    assert shelter.vault.last_seen() == shelter.vault.seen()


def test_an_endless_note_is_not_read(shelter: Shelter) -> None:
    root = shelter.place.root
    for path in (root / guessing.FILE, root / witness.FILE, shelter.vault.folder / witness.FILE):
        with path.open("wb") as file:
            file.truncate(1 << 40)
    assert shelter.vault.last_seen() is None
    assert Tries(shelter.place.root, shelter.clock).count("noy") == 0


# -- facts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", "x", "1 2", "-1 a b", "9" * 5000, "1 " + "z" * 27 + " b"])
def test_a_mark_of_a_restore_that_says_nothing_lets_nothing_stand(
    shelter: Shelter, value: str
) -> None:
    shelter.vault.keep_fact("restored", value)
    with shelter.vault.database.reading() as session:
        mark = restored(session)
    assert mark is not None
    assert mark.seq > 10**9


@pytest.mark.parametrize("value", ["", "x", "1" * 5000, "-1", "²", "1.5"])
def test_a_lock_time_that_says_nothing_is_the_usual_one(shelter: Shelter, value: str) -> None:
    shelter.vault.keep_fact("minutes until the lock", value)
    assert Desk(shelter.vault).settings.number(LOCK_MINUTES) == USUAL


@pytest.mark.parametrize("value", ["", "x", "yesterday", "2026-02-31T00:00:00.000000Z"])
def test_since_when_texts_are_sealed_that_says_nothing_lists_every_stick(
    shelter: Shelter, stick: Path, value: str
) -> None:
    made = back_up(shelter, stick)
    shelter.vault.keep_fact(SEALED_SINCE, value)
    with shelter.vault.database.reading() as session:
        assert [one.folder for one in told_before(session)] == [made.generation.name]


@pytest.mark.parametrize(
    "told",
    [
        (),
        ("x",),
        ("",),
        ("x", "1"),
        (LONG_AGO, "1"),
        (LONG_AGO, "x", LONG_AGO),
        (LONG_AGO, "1", "x"),
    ],
)
def test_a_line_about_the_clock_in_another_form_tells_of_no_turn(
    shelter: Shelter, told: tuple[str, ...]
) -> None:
    with shelter.vault.database.writing() as session:
        audit.note(session, [LogEntry(TURNED, CLOCK, CLOCK, told)])
    with shelter.vault.database.reading() as session:
        assert turns(session) == ()


@pytest.mark.parametrize("value", ["", "noy", "noy yesterday", "noy 9999-12-31T23:59:59.999999Z"])
def test_an_announced_act_that_says_nothing_was_never_announced(
    shelter: Shelter, value: str
) -> None:
    shelter.vault.keep_fact("announced bring back: x", value)
    assert Desk(shelter.vault).waiting.all() == []


@pytest.mark.parametrize("fact", ["log_key", "witness_key"])
def test_a_key_that_is_none_is_told_as_damage(shelter: Shelter, fact: str) -> None:
    shelter.vault.keep_fact(fact, "no key at all")
    with pytest.raises(DamagedFile):
        shelter.vault.begin() if fact == "log_key" else shelter.vault.settle()


# -- JSON and numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["[]", "1", "{", '{"a":NaN}', '{"a":1,"a":1}', '{"a":' * 100_000, '{"a":' + "9" * 5000 + "}"],
    ids=range(7),
)
def test_json_that_no_program_of_ours_writes_is_refused(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        parsed_object(text)


@pytest.mark.parametrize("value", [-1, 1.0, True, None, "1", [1], 1 << 63])
def test_what_is_no_whole_number_within_bounds_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="whole number"):
        whole_number(value)


# -- manifests and locks --------------------------------------------------------------------------


def rewritten(generation: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Write a manifest anew in proper form, with something changed in its content."""
    path = generation / "manifest.sdm"
    content = json.loads(path.read_bytes())["content"]
    change(content)
    path.write_bytes(encode(MANIFEST_FORMAT, VERSION, content))


def line_with(**changed: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        content["files"][0] |= changed

    return change


def the_same_many_times(content: dict[str, Any]) -> None:
    content["files"] += [content["files"][0]] * 80_000


def more_than_ever(content: dict[str, Any]) -> None:
    line = content["files"][0]
    content["files"] += [line | {"name": f"a{n}"} for n in range(MOST_FILES)]


CHANGES = {
    "the same file twice": lambda content: content["files"].append(content["files"][0]),
    "the same file 80,000 times": the_same_many_times,
    "more files than ever": more_than_ever,
    "a huge part": line_with(size=1 << 50),
    "no size": line_with(size=-1),
    "half a byte": line_with(size=0.5),
    "a huge keyring": line_with(name="keyring.json", size=1 << 30),
    "a huge attached file": line_with(name=f"../files/ab/{'0' * 64}.sdf", size=1 << 30),
    "a name that leads away": line_with(name="../../x"),
    "a set that is none": lambda content: content.update(recovery_set=-1),
    "files that are none": lambda content: content.update(files={"a": 1}),
    "a line that is none": lambda content: content.update(files=[1]),
    "witnesses that are none": lambda content: content.update(witness=[]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_hostile_manifest_is_refused_before_a_file_is_read(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    generation = back_up(shelter, stick).generation
    rewritten(generation, change)

    def read(*_: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr("shelterdesk.store.backup.stick.Generation.sha256", read)
    with pytest.raises(BackupDamaged):
        verify_sums(generation, Progress())


def test_an_unchanged_manifest_would_be_read_on(shelter: Shelter, stick: Path) -> None:
    generation = back_up(shelter, stick).generation
    rewritten(generation, lambda _: None)
    verify_sums(generation, Progress())
    assert len(read_manifest(generation).files) > 2


def no_derivation(**_: object) -> None:
    """Stand in for Argon2id, and fail."""
    raise AssertionError("a key was derived")


ARGON: Final = "shelterdesk.store.keyring.passphrase_lock.Argon2id"


@pytest.mark.parametrize("locks", [MOST_LOCKS + 1, 500])
def test_many_locks_are_refused_before_one_is_tried(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch, locks: int
) -> None:
    monkeypatch.setattr(ARGON, no_derivation)
    keyring = shelter.vault.keyring
    [director] = keyring.persons()
    many = replace(director, locks=director.locks[:1] * locks)
    for content in (keyring.with_holder(many).to_content(), keyring.with_holder(many).to_backup()):
        with pytest.raises(DamagedFile):
            Keyring.from_content(content)
    generation = back_up(shelter, stick).generation
    keys = read_backup_keys(generation)
    holders = tuple(replace(holder, locks=many.locks) for holder in keys.holders)
    (generation / "keyring.json").write_bytes(replace(keys, holders=holders).to_bytes())
    with pytest.raises(DeskError):
        open_by_travel(generation, "six words that are not the right ones")


def test_many_holders_are_refused(
    shelter: Shelter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ARGON, no_derivation)
    generation = back_up(shelter, stick).generation
    keys = read_backup_keys(generation)
    many = replace(keys, holders=keys.holders * 2000)
    (generation / "keyring.json").write_bytes(many.to_bytes())
    with pytest.raises(BackupDamaged):
        open_by_travel(generation, "six words that are not the right ones")
