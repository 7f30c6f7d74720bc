"""Attached files and drafts: read by those who may, damaged ones named, orphans cleared."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
)
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.store.database import attachments, drafts
from shelterdesk.store.database.attachments import TooLarge
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import SEALED_WORDS, Shelter, add_person
from tests.store.looking import log_of

TESTIMONY = SEALED_WORDS["testimony"]


@pytest.mark.parametrize("size", [0, 1, 65536, 65537, 300_000])
@pytest.mark.parametrize("compartment", ["", "legal"])
def test_an_attachment_is_read_as_it_was_added(
    vault: Vault, case: Case, size: int, compartment: str
) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    paper = Attachment(case_id=case.id, name="paper", compartment=compartment)
    with vault.database.writing() as session:
        attachments.add(session, vault.folder / FILES, paper, io.BytesIO(content))
    with vault.database.writing() as session:
        kept = session.get_one(Attachment, paper.id)
        assert attachments.read(session, vault.folder / FILES, kept) == content
        assert kept.size == size
        assert bool(kept.file_name) == (size > 65536)


@pytest.mark.usefixtures("case")
def test_a_look_at_a_sealed_attachment_leaves_a_line(vault: Vault) -> None:
    before = len(log_of(vault))
    for compartment in ("", "medical"):
        with vault.database.writing() as session:
            wanted = select(Attachment).where(Attachment.compartment == compartment)
            paper = session.scalars(wanted).first()
            assert paper is not None
            attachments.read(session, vault.folder / FILES, paper)
    assert [action for action, *_ in log_of(vault)[before:]] == ["looked"]


@pytest.mark.usefixtures("case")
def test_a_sealed_attachment_cannot_be_read_without_leaving_a_line(vault: Vault) -> None:
    before = len(log_of(vault))
    with vault.database.reading() as session:
        paper = session.scalars(select(Attachment).where(Attachment.compartment != "")).first()
        assert paper is not None
        try:
            attachments.read(session, vault.folder / FILES, paper)
        except (RuntimeError, DeskError):
            return
    assert len(log_of(vault)) == before + 1


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(vault: Vault, case: Case) -> None:
    paper = Attachment(case_id=case.id, name="film")
    with pytest.raises(TooLarge, match="25 MB"), vault.database.writing() as session:
        attachments.add(session, vault.folder / FILES, paper, io.BytesIO(bytes((25 << 20) + 1)))
    assert list((vault.folder / FILES).rglob("*.sdf")) == []


@pytest.mark.parametrize("fault", ["gone", "flipped", "cut", "another's"])
def test_an_attachment_that_is_not_what_it_was_is_named_damaged(
    vault: Vault, case: Case, fault: str
) -> None:
    papers = [Attachment(case_id=case.id, name=name) for name in ("one", "two")]
    with vault.database.writing() as session:
        for paper in papers:
            attachments.add(session, vault.folder / FILES, paper, io.BytesIO(bytes(200_000)))
    path, other = (attachments.path_of(vault.folder / FILES, p.file_name) for p in papers)
    data = path.read_bytes()
    path.unlink()
    if fault != "gone":
        flipped = data[:-5] + bytes([data[-5] ^ 1]) + data[-4:]
        path.write_bytes({"flipped": flipped, "cut": data[:-70000]}.get(fault, other.read_bytes()))
    with (
        vault.database.writing() as session,
        pytest.raises(DamagedFile, match=r"attached file|encrypted file"),
    ):
        attachments.read(session, vault.folder / FILES, session.get_one(Attachment, papers[0].id))


def test_files_that_no_row_names_are_cleared_when_they_are_old_and_named_ones_never(
    vault: Vault, case: Case
) -> None:
    paper = Attachment(case_id=case.id, name="paper")
    files = vault.folder / FILES
    with vault.database.writing() as session:
        attachments.add(session, files, paper, io.BytesIO(bytes(200_000)))
    attachments.write_attachment_file(files, "ab" * 32, b"orphan", bytes(32))
    with vault.database.reading() as session:
        assert attachments.clear_unnamed(session, files) == 0
        assert attachments.clear_unnamed(session, files, older_than=-1) == 1
        assert attachments.clear_unnamed(session, files, older_than=-1) == 0
    assert [path.stem for path in files.rglob("*.sdf")] == [paper.file_name]


def test_a_draft_is_read_by_its_writer_alone_and_stays_one_for_each_page(shelter: Shelter) -> None:
    def kept(vault: Vault) -> list[Any]:
        with vault.database.reading() as session:
            return [(draft.page, draft.values) for draft in drafts.mine(session)]

    passphrase = add_person(shelter.vault, "Dao", Role.DIRECTOR)
    with shelter.vault.database.writing() as session:
        drafts.keep(session, "note", {"text": "ນາງ"})
        drafts.keep(session, "note", {"text": "ນາງເວົ້າ"})
        drafts.keep(session, "plan", {"place": "\ud800 half a letter"})
    assert kept(shelter.vault) == [
        ("plan", {"place": "\ud800 half a letter"}),
        ("note", {"text": "ນາງເວົ້າ"}),
    ]
    shelter.vault.lock()
    dao = shelter.unlock("Dao", passphrase)
    assert kept(dao) == []
    with dao.database.driver() as connection:
        connection.execute("UPDATE draft SET owner = ?", (dao.me.id,))
    assert kept(dao) == []
