"""The computer is gone: the stick, two printed pages and a new computer bring everything back."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.services.keeping.recovery_paper import printed
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.database import attachments
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.cli.terminal import run, surroundings
from tests.documents.read_back import by_pdfium, by_poppler
from tests.factories import DIRECTOR, PASSPHRASE, fill_case, new_shelter

NEW_NAME, NEW_PASSPHRASE = "Mai", "granite kettle sparrow meadow violin"
WORD = re.compile(r"\b(\d{1,2})\s+([a-z]{3,8})\s+(\d{4})\b")
GRID = [str(position) for position in range(1, 34)]

Read = Callable[[bytes], str]


def read_grid(text: str) -> tuple[list[str], list[str]]:
    """Return words and numbers of a page, in their order, from its extracted text."""
    found = sorted(WORD.findall(text), key=lambda row: int(row[0]))
    assert [position for position, _, _ in found] == GRID
    return [word for _, word, _ in found], [number for _, _, number in found]


def everything(vault: Vault) -> dict[tuple[str, str], object]:
    """Return the values of every record, sealed ones opened, and what is attached."""
    found: dict[tuple[str, str], object] = {}
    with vault.database.writing() as session:
        for kind in Record.kinds:
            for record in session.scalars(select(kind)):
                values = {name: _shown(getattr(record, name)) for name in kind.fields()}
                found[kind.kind_name(), record.id] = values
        for attached in session.scalars(select(Attachment)):
            content = attachments.read(session, vault.folder / FILES, attached)
            found["content", attached.id] = content
    return found


def _shown(value: object) -> object:
    return value.value if isinstance(value, SealedValue) else value


def lost_computer(root: Path, stick: Path) -> tuple[dict[tuple[str, str], object], list[bytes]]:
    """Make a shelter with a backup and lose its computer; returns what was in it, and its paper."""
    shelter = new_shelter(root)
    for seed in range(3):
        fill_case(shelter.vault, seed)
    known = everything(shelter.vault)
    paper = printed(shelter.pages, date(2026, 11, 3))
    make_backup(shelter.vault, stick, Progress())
    shelter.vault.lock()
    shelter.place.close()
    shutil.rmtree(root)
    return known, paper


def opened(data: Path, name: str, passphrase: str) -> dict[tuple[str, str], object]:
    """Return everything that somebody finds in restored records."""
    place = DataFolder(data).open()
    try:
        vault = Vault.unlock(place, name, passphrase)
        try:
            return everything(vault)
        finally:
            vault.lock()
    finally:
        place.close()


@pytest.mark.parametrize("read", [by_poppler, by_pdfium], ids=["poppler", "pdfium"])
def test_stick_and_two_printed_pages_bring_everything_back(tmp_path: Path, read: Read) -> None:
    stick, data, pocket = tmp_path / "stick", tmp_path / "new computer", tmp_path / "pocket"
    stick.mkdir()
    pocket.mkdir()
    known, paper = lost_computer(tmp_path / "old computer", stick)
    assert len(known) == 3 * 11
    words, _ = read_grid(read(paper[0]))
    _, numbers = read_grid(read(paper[2]))
    typed, new = pocket / "typed", pocket / "new"
    typed.write_text(" ".join(words) + "\n" + " ".join(numbers) + "\n", encoding="utf-8")
    new.write_text(NEW_PASSPHRASE + "\n", encoding="utf-8")
    [generation] = stick.glob("SD-BACKUP/*/2*")
    home = tmp_path / "empty home"
    line = ["restore", generation, "--with", "pages", "--secret-file", typed, "--data", data]
    restored = run([*line, "--director", NEW_NAME, "--new-secret-file", new], surroundings(home))
    assert (restored.code, restored.complained) == (0, "")
    assert [path for path in home.rglob("*") if not path.is_dir()] == []
    assert opened(data, NEW_NAME, NEW_PASSPHRASE) == known
    assert opened(data, DIRECTOR, PASSPHRASE) == known


def test_one_page_alone_restores_nothing(tmp_path: Path) -> None:
    stick, typed = tmp_path / "stick", tmp_path / "typed"
    stick.mkdir()
    _, paper = lost_computer(tmp_path / "old computer", stick)
    words, numbers = read_grid(by_pdfium(paper[1]))
    typed.write_text(" ".join(words + numbers), encoding="utf-8")  # the same page, twice
    [generation] = stick.glob("SD-BACKUP/*/2*")
    line = ["restore", generation, "--with", "pages", "--secret-file", typed]
    refused = run([*line, "--data", tmp_path / "data"], surroundings(tmp_path / "home"))
    assert refused.code == 1
    assert "two different pages" in refused.complained
    assert not (tmp_path / "data").exists()
