"""The script that restores without the program, on a stick where strange things lie."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shelterdesk.core.paths import resources
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.manifest import KEYS_FORMAT, MANIFEST_FORMAT, VERSION
from shelterdesk.store.database.attachments import SMALL
from shelterdesk.store.disk.checked_json import encode
from shelterdesk.store.keyholders import keyholding
from tests.factories import CHEAP, fill_case, new_shelter
from tests.store.strange import KINDS, Elsewhere, laid

SCRIPT = resources() / "stick" / "restore_by_hand.py"
TRAVEL = "copper basket morning thread lemon 2570"
_PATIENCE = 120


@dataclass(frozen=True)
class Stick:
    """A generation, and the words of two pages that open it."""

    generation: Path
    words: str

    def copied(self, to: Path) -> "Stick":
        """Copy the whole shelf, so that the copy can be spoilt."""
        shutil.copytree(self.generation.parent, to)
        return Stick(to / self.generation.name, self.words)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stick]:
    """A backup with attached files."""
    root = tmp_path_factory.mktemp("by-hand")
    shelter = new_shelter(root / "data")
    fill_case(shelter.vault, large=SMALL + 1)
    keyholding.set_travel_passphrase(shelter.vault, TRAVEL, CHEAP)
    (root / "stick").mkdir()
    made = make_backup(shelter.vault, root / "stick", Progress())
    yield Stick(made.generation, "\n".join(" ".join(page) for page in shelter.two_pages()))
    shelter.vault.database.abandon()
    shelter.place.close()


@pytest.fixture
def stick(template: Stick, tmp_path: Path) -> Stick:
    """A copy of the backup for one test."""
    return template.copied(tmp_path / "shelf")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    """A folder of another program."""
    return Elsewhere(tmp_path)


def by_hand(stick: Stick, target: Path, *more: str, typed: str = "") -> tuple[int, str]:
    """Run the script; returns its exit code and what it said."""
    line = [sys.executable, str(SCRIPT), str(stick.generation)]
    done = subprocess.run(
        [*line, "--yes-write-plaintext", str(target), *more],
        check=False,
        capture_output=True,
        text=True,
        input=typed or stick.words,
        timeout=_PATIENCE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout + done.stderr


def test_a_stick_without_anything_strange_is_restored(stick: Stick, tmp_path: Path) -> None:
    code, told = by_hand(stick, tmp_path / "out")
    assert code == 0, told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["manifest.sdm", "keyring.json", "db.sdb.001"])
def test_what_is_needed_and_strange_is_refused_and_named(
    stick: Stick, tmp_path: Path, elsewhere: Elsewhere, name: str, kind: str
) -> None:
    laid(stick.generation / name, kind, elsewhere)
    code, told = by_hand(stick, tmp_path / "out")
    assert code == 1
    assert name in told
    assert elsewhere.is_untouched()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_attached_and_strange_is_named_and_the_rest_restored(
    stick: Stick, tmp_path: Path, elsewhere: Elsewhere, kind: str
) -> None:
    files = stick.generation.parent / "files"
    laid(sorted(files.glob("*/*.sdf"))[0], kind, elsewhere)
    code, told = by_hand(stick, tmp_path / "out")
    assert code == 3, told
    assert "attached file" in told
    assert (tmp_path / "out" / "records.sqlite").is_file()
    laid(files, kind, elsewhere)
    assert by_hand(stick, tmp_path / "again")[0] == 3
    assert elsewhere.is_untouched()


def rewritten(stick: Stick, name: str, form: str, **changed: Any) -> None:
    """Write one of the two small files anew, in proper form."""
    content = json.loads((stick.generation / name).read_bytes())["content"] | changed
    (stick.generation / name).write_bytes(encode(form, VERSION, content))


def test_the_same_file_many_times_is_refused(stick: Stick, tmp_path: Path) -> None:
    content = json.loads((stick.generation / "manifest.sdm").read_bytes())["content"]
    many = content["files"][:1] * 80_000
    rewritten(stick, "manifest.sdm", MANIFEST_FORMAT, files=content["files"] + many)
    code, told = by_hand(stick, tmp_path / "out")
    assert (code, "longer than it ever should be" in told) == (1, True)


def test_many_locks_are_refused_before_one_is_tried(stick: Stick, tmp_path: Path) -> None:
    content = json.loads((stick.generation / "keyring.json").read_bytes())["content"]
    for holder in content["holders"]:
        holder["locks"] = [lock | {"memory_kib": 1 << 20} for lock in holder["locks"]] * 500
    rewritten(stick, "keyring.json", KEYS_FORMAT, holders=content["holders"])
    manifest = json.loads((stick.generation / "manifest.sdm").read_bytes())["content"]
    others = [line for line in manifest["files"] if line["name"] != "keyring.json"]
    rewritten(stick, "manifest.sdm", MANIFEST_FORMAT, files=others)
    code, told = by_hand(stick, tmp_path / "out", "--with", "travel", typed=TRAVEL)
    assert (code, "more locks" in told) == (1, True), told
