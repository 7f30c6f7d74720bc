"""The script on the stick gets everything out without us, and refuses what is not whole or ours."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from shamir_mnemonic.wordlist import WORDLIST
from sqlalchemy import select

from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.backup.manifest import (
    read_backup_keys,
    read_manifest,
    sealed_body,
)
from shelterdesk.store.database import attachments
from shelterdesk.store.disk.kept_files import FILES
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.recovery import new_pages, word_number
from shelterdesk.store.keyring.seals import mac, seal_to
from shelterdesk.store.vault.backup_keys import backup_key_context, opened
from tests.factories import CHEAP, SEALED_WORDS, Shelter, fill_case, new_shelter
from tests.store.by_hand_vault import NEW_WORDS, SEALED, Rows, changed_and_renewed, rows_of
from tests.systems import closed_to_others

TRAVEL = "copper basket morning thread ນ້ຳ 2570"
TRAVEL_TYPED_OTHERWISE = " copper  basket morning thread ນ\u0ecd\u0ec9າ ໒໕໗໐\n"


@dataclass(frozen=True)
class Kept:
    """A backup on a stick, and what was in the vault when it was made."""

    shelter: Shelter
    generation: Path
    rows: Rows
    papers: dict[str, bytes]
    more: list[tuple[str, Any]]
    """Compartments and values of what is sealed besides `SEALED_WORDS`."""

    def pages(self) -> str:
        """Return two pages as somebody types them."""
        return "\n".join(" ".join(page) for page in self.shelter.two_pages())

    def witness_key(self) -> bytes:
        """Return the key that proves to two pages where a backup comes from."""
        recovery = next(h for h in read_backup_keys(self.generation).holders if h.set_number)
        return self.shelter.vault.backup_witness_key(recovery)

    def copied(self, target: Path) -> Path:
        """Copy the stick, so that the copy can be damaged; returns the generation in it."""
        shutil.copytree(self.generation.parent, target)
        return target / self.generation.name


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A backup in several parts of a vault with every kind of sealed thing."""
    root = tmp_path_factory.mktemp("by-hand")
    shelter = new_shelter(root / "data")
    vault = shelter.vault
    fill_case(vault)
    changed_and_renewed(shelter)
    keyholding.set_travel_passphrase(vault, TRAVEL, CHEAP)
    with vault.database.writing() as session:  # a look at a sealed paper is logged
        text = session.scalars(select(CaseNote)).one().text
        papers = {
            paper.id: attachments.read(session, vault.folder / FILES, paper)
            for paper in session.scalars(select(Attachment))
        }
    with vault.database.driver() as connection:
        rows = rows_of(connection)
    (root / "stick").mkdir()
    made = make_backup(vault, root / "stick", Progress(), part_size=100_000)
    more = [("testimony", NEW_WORDS), ("testimony", text), *((to, value) for to, value in SEALED)]
    yield Kept(shelter, made.generation, rows, papers, more)
    vault.database.abandon()
    shelter.place.close()


@dataclass(frozen=True)
class Tried:
    """One run of the script."""

    code: int
    told: str
    target: Path

    def rows(self) -> Rows:
        """Return what is in the plain database."""
        connection = sqlite3.connect(self.target / "records.sqlite")
        try:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return rows_of(connection)
        finally:
            connection.close()

    def json(self, name: str) -> Any:
        """Return the content of one of the files for people."""
        return json.loads((self.target / name).read_text(encoding="utf-8"))

    def papers(self) -> dict[str, bytes]:
        """Return attached files by the id of their record."""
        listed = self.json("attachments.json")
        return {p["id"]: (self.target / "attachments" / p["file"]).read_bytes() for p in listed}


ByHand = Callable[..., Tried]


@pytest.fixture
def by_hand(tmp_path: Path) -> ByHand:
    """Run the script that lies in a backup, alone, in a home without anything in it."""
    home, target = tmp_path / "empty", tmp_path / "out"
    home.mkdir()

    def run(generation: Path, *arguments: str, typed: str = "", ask: bool = True) -> Tried:
        script = generation / "restore_by_hand.py"
        plain = ["--yes-write-plaintext", str(target)] if ask else []
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(script), *arguments, *plain],
            input=typed,
            env={"HOME": str(home), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert list(home.iterdir()) == []
        assert "Traceback" not in done.stderr
        return Tried(done.returncode, done.stdout + done.stderr, target)

    return run


# -- everything comes out -------------------------------------------------------------------------


def test_two_pages_bring_out_every_row_every_sealed_text_every_paper(
    kept: Kept, by_hand: ByHand, tmp_path: Path
) -> None:
    (tmp_path / "pages").write_text(kept.pages(), encoding="utf-8")
    tried = by_hand(kept.generation, str(kept.generation), "--secret-file", str(tmp_path / "pages"))
    assert tried.code == 0, tried.told
    assert len(list(kept.generation.glob("db.sdb.*"))) > 1
    assert tried.rows() == kept.rows
    assert tried.papers() == kept.papers
    assert sorted(map(len, kept.papers.values())) == [900, 150_000, 150_000]
    texts = [(t["compartment"], t["text"]) for t in tried.json("sealed_texts.json")]
    assert sorted(map(str, texts)) == sorted(map(str, [*SEALED_WORDS.items(), *kept.more]))
    assert kept.shelter.vault.me.name in tried.json("about.json")["people"].values()
    assert (tried.target / "records.sqlite").read_bytes()[18:20] == b"\x01\x01"  # needs no journal


def test_sealed_texts_say_where_they_belong_and_which_are_earlier_ones(
    kept: Kept, by_hand: ByHand
) -> None:
    found = by_hand(kept.generation, typed=kept.pages()).json("sealed_texts.json")
    [earlier] = [text for text in found if text["changed_by_log_line"] is not None]
    [now] = [text for text in found if text["text"] == NEW_WORDS]
    assert earlier["text"] == SEALED_WORDS["testimony"]
    assert [earlier[key] for key in ("table", "id", "field")] == [
        now[key] for key in ("table", "id", "field")
    ]
    assert now["field"] == "process_note"


def test_numbers_do_as_well_as_words_and_capitals_do_not_matter(
    kept: Kept, by_hand: ByHand
) -> None:
    first, second = kept.shelter.pages.pages[1:]
    numbers = " ".join(f"{word_number(word):04}" for word in first)
    tried = by_hand(kept.generation, typed=f"{numbers}\n{', '.join(second).upper()}")
    assert (tried.code, tried.rows()) == (0, kept.rows)


def test_the_travel_passphrase_brings_out_all_but_what_is_sealed(
    kept: Kept, by_hand: ByHand
) -> None:
    tried = by_hand(kept.generation, "--with", "travel", typed=TRAVEL_TYPED_OTHERWISE)
    assert tried.code == 3
    assert "only two pages open it" in tried.told
    assert tried.rows() == kept.rows
    assert tried.json("sealed_texts.json") == []
    assert tried.papers() == {}


def test_it_says_loudly_that_it_writes_plain_text_and_waits_to_be_told(
    kept: Kept, by_hand: ByHand
) -> None:
    asked = by_hand(kept.generation, typed=kept.pages(), ask=False)
    assert asked.code == 2
    assert not asked.target.exists()
    done = by_hand(kept.generation, typed=kept.pages())
    assert "WARNING" in done.told
    assert "ຄຳເຕືອນ" in done.told
    assert closed_to_others(done.target)


def test_a_damaged_paper_is_named_and_the_others_come_out(
    kept: Kept, by_hand: ByHand, tmp_path: Path
) -> None:
    generation = kept.copied(tmp_path / "copy")
    damaged = sorted((tmp_path / "copy" / FILES).glob("??/*"))[0]
    flip(damaged, 70_000)
    tried = by_hand(generation, typed=kept.pages())
    assert tried.code == 3
    assert damaged.name in tried.told
    found = tried.papers()
    assert found == {paper: kept.papers[paper] for paper in found}
    assert len(found) == len(kept.papers) - 1
    assert tried.rows() == kept.rows


# -- what is refused ------------------------------------------------------------------------------


def flip(path: Path, place: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def refused(tried: Tried, why: str) -> bool:
    """Tell whether the script said why it stopped, and has written nothing."""
    assert (tried.code, "Nothing was written." in tried.told) == (1, True), tried.told
    assert why in tried.told
    return not tried.target.exists()


def wrong_word(words: list[str]) -> list[str]:
    """Return a page in which one word is another word of the list."""
    return [*words[:8], WORDLIST[(word_number(words[8]) + 5) % 1024], *words[9:]]


@pytest.mark.parametrize(
    ("mistake", "why"),
    [
        (lambda one, two: [*wrong_word(one), *two], "Page one: a word is wrong"),
        (lambda one, two: [*one, *wrong_word(two)], "Page two: a word is wrong"),
        (lambda one, two: [*one[:2], "xylophone", *one[3:], *two], "Page one, word 3"),
        (lambda one, two: [*one, *two[:4], "1025", *two[5:]], "Page two, word 5"),
        (lambda one, two: [*one, *two[:-1]], "Page two has 32 words"),
        (lambda one, _: [*one, *one], "same page twice"),
        (lambda one, _: [*one, *new_pages()[0].pages[1]], "different sets"),
        (lambda _one, _two: [w for page in new_pages()[0].pages[:2] for w in page], "of set"),
        (lambda _one, _two: [], "Page one has 0 words"),
    ],
)
def test_pages_typed_wrongly(
    kept: Kept, by_hand: ByHand, mistake: Callable[..., list[str]], why: str
) -> None:
    one, two = map(list, kept.shelter.two_pages())
    assert refused(by_hand(kept.generation, typed=" ".join(mistake(one, two))), why)


def test_a_wrong_travel_passphrase(kept: Kept, by_hand: ByHand) -> None:
    assert refused(by_hand(kept.generation, "--with", "travel", typed=TRAVEL + "x"), "travel")


def test_a_folder_that_is_there_already_is_left_alone(kept: Kept, by_hand: ByHand) -> None:
    target = by_hand(kept.generation, typed=kept.pages()).target
    before = (target / "records.sqlite").stat().st_mtime_ns
    again = by_hand(kept.generation, typed=kept.pages())
    assert (again.code, "there already" in again.told) == (1, True)
    assert (target / "records.sqlite").stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["db.sdb.001", "db.sdb.002", "keyring.json", "manifest.sdm"])
def test_one_flipped_bit(kept: Kept, by_hand: ByHand, tmp_path: Path, name: str) -> None:
    generation = kept.copied(tmp_path / "copy")
    flip(generation / name, (generation / name).stat().st_size // 2)
    assert refused(by_hand(generation, typed=kept.pages()), f"{name} is")


def test_a_manifest_with_a_byte_too_many(kept: Kept, by_hand: ByHand, tmp_path: Path) -> None:
    generation = kept.copied(tmp_path / "copy")
    with (generation / "manifest.sdm").open("ab") as file:
        file.write(b" ")
    assert refused(by_hand(generation, typed=kept.pages()), "manifest.sdm is damaged")


def test_a_missing_part(kept: Kept, by_hand: ByHand, tmp_path: Path) -> None:
    generation = kept.copied(tmp_path / "copy")
    (generation / "db.sdb.002").unlink()
    assert refused(by_hand(generation, typed=kept.pages()), "db.sdb.002 is missing")


def listed_anew(generation: Path, witness_key: bytes | None = None, **changed: Any) -> None:
    """Write the manifest with fresh checksums, as somebody would who has altered the files."""
    manifest = replace(read_manifest(generation), **changed)
    files = tuple(
        replace(line, sha256=hashlib.sha256((generation / line.name).read_bytes()).hexdigest())
        for line in manifest.files
    )
    manifest = replace(manifest, files=files)
    if witness_key is not None:
        witness = dict.fromkeys(manifest.witness, mac(witness_key, manifest.bound()))
        manifest = replace(manifest, witness=witness)
    (generation / "manifest.sdm").write_bytes(manifest.to_bytes())


def backup_key(kept: Kept, backup_id: str) -> bytes:
    """Return the key of a backup, as the vault that made it keeps it."""
    with kept.shelter.vault.database.reading() as session:
        return opened(session.get_one(BackupGeneration, backup_id), kept.shelter.vault.keys)


def test_a_forged_witness(kept: Kept, by_hand: ByHand, tmp_path: Path) -> None:
    generation = kept.copied(tmp_path / "copy")
    listed_anew(generation, os.urandom(32))
    assert refused(by_hand(generation, typed=kept.pages()), "NOT written by the records")


def test_a_strangers_backup_that_two_pages_would_open(
    kept: Kept, by_hand: ByHand, tmp_path: Path
) -> None:
    generation = kept.copied(tmp_path / "copy")
    keys, own_key = read_backup_keys(generation), os.urandom(32)
    sealed = {
        h.id: seal_to(h.public_key, own_key, backup_key_context(keys.backup_id, h.id))
        for h in keys.holders
    }
    (generation / "keyring.json").write_bytes(replace(keys, sealed=sealed).to_bytes())
    body = read_manifest(generation).opened(backup_key(kept, keys.backup_id))
    listed_anew(generation, body=sealed_body(body, keys.backup_id, own_key))
    assert refused(by_hand(generation, typed=kept.pages()), "NOT written by the records")


def test_a_container_with_right_sums_and_witness_but_a_flipped_bit(
    kept: Kept, by_hand: ByHand, tmp_path: Path
) -> None:
    generation = kept.copied(tmp_path / "copy")
    flip(generation / "db.sdb.002", 500)
    listed_anew(generation, kept.witness_key())
    assert refused(by_hand(generation, typed=kept.pages()), "A part is damaged")


def described_otherwise(kept: Kept, generation: Path, **facts: Any) -> None:
    """Let the vault itself say something else about what is in its backup."""
    manifest = read_manifest(generation)
    key = backup_key(kept, manifest.backup_id)
    body = replace(manifest.opened(key), **facts)
    sealed = sealed_body(body, manifest.backup_id, key)
    listed_anew(generation, kept.witness_key(), body=sealed)


def test_a_database_of_another_length(kept: Kept, by_hand: ByHand, tmp_path: Path) -> None:
    generation = kept.copied(tmp_path / "copy")
    described_otherwise(kept, generation, database_size=4096)
    assert refused(by_hand(generation, typed=kept.pages()), "not as long")


def test_a_table_of_another_number_of_rows_is_named(
    kept: Kept, by_hand: ByHand, tmp_path: Path
) -> None:
    generation = kept.copied(tmp_path / "copy")
    described_otherwise(kept, generation, counts={"case": 2, "case_note": 1})
    tried = by_hand(generation, typed=kept.pages())
    assert (tried.code, tried.rows()) == (3, kept.rows)
    assert "table case: 1 rows instead of 2" in tried.told


def test_a_manifest_that_points_elsewhere(kept: Kept, by_hand: ByHand, tmp_path: Path) -> None:
    generation = kept.copied(tmp_path / "copy")
    manifest = read_manifest(generation)
    outside = replace(manifest.files[0], name="../../secret")
    changed = replace(manifest, files=(*manifest.files, outside))
    (generation / "manifest.sdm").write_bytes(changed.to_bytes())
    assert refused(by_hand(generation, typed=kept.pages()), "strange file")
