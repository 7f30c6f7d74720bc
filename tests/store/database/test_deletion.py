"""What was deleted is in no byte of the vault any more: tables, history, journal.

All pages are decrypted, free ones and the journal too. Before the deletion every word is found by
the same search: the control.
"""

import io
import unicodedata

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.fields import SealedValue
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.ledger import DigestKey, FieldHistory
from shelterdesk.store.database import attachments
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, fill_case
from tests.store.raw_pages import decrypted

ALIAS = "Xanthippelumina"
WORDS = ("quizzaciously", "ນາງຜູ້ນີ້ຫາຍໄປ", "zwieselbergern")
EARLIER = "vexillologistics"
PAPER = b"the small paper of brabbelwurz " * 20
SEALED = "unheard-of sealed sentence"


def scanned(vault: Vault) -> bytes:
    return decrypted(vault.database.path, vault.keys.vault_key())


def traces(vault: Vault) -> set[str]:
    """Return which of her words are anywhere, as typed or in lower case."""
    pages = scanned(vault)
    forms = {word: {word, word.lower()} for word in (ALIAS, *WORDS, EARLIER)}
    return {
        word
        for word, written in forms.items()
        if any(unicodedata.normalize("NFC", form).encode() in pages for form in written)
    }


@pytest.fixture
def vault(shelter: Shelter) -> Vault:
    """A vault with many women, and one whose words are like nobody else's."""
    for seed in range(8):
        fill_case(shelter.vault, seed, large=10)
    return shelter.vault


@pytest.fixture
def hers(vault: Vault) -> list[Record]:
    """Her case with another name before, a note, and a small paper; the case comes last.

    What is open stands in names and titles: what is told about her is sealed, and so it is the
    payload that must be gone.
    """
    case = Case(code="DEMO-0001", alias=EARLIER)
    note = CaseNote(case_id=case.id, text="told", process_note=SealedValue(SEALED))
    paper = Attachment(case_id=case.id, name=" ".join(WORDS))
    with vault.database.writing() as session:
        session.add_all([case, note])
        attachments.add(session, vault.folder / FILES, paper, io.BytesIO(PAPER))
    case.alias = ALIAS
    with vault.database.writing() as session:
        session.merge(case)
    return [note, paper, case]


def purge(vault: Vault, records: list[Record]) -> None:
    with vault.database.writing() as session:
        for record in records:
            session.delete(session.get_one(type(record), record.id))


def test_before_she_is_deleted_every_word_is_found(vault: Vault, hers: list[Record]) -> None:
    assert hers
    assert traces(vault) == {ALIAS, *WORDS, EARLIER}
    vault.database.checkpoint()
    assert traces(vault) == {ALIAS, *WORDS, EARLIER}


def test_after_she_is_deleted_and_settled_no_byte_tells_of_her(
    vault: Vault, hers: list[Record]
) -> None:
    key = hers[1].file_key if isinstance(hers[1], Attachment) else b""
    with vault.database.driver() as connection:
        [(payload,)] = connection.execute(
            "SELECT process_note FROM case_note WHERE id = ?", (hers[0].id,)
        )
        [(content,)] = connection.execute(
            "SELECT content FROM attachment WHERE id = ?", (hers[1].id,)
        )
        [(digest,)] = connection.execute(
            "SELECT key FROM digest_key WHERE about = ?", (hers[2].id,)
        )
    vault.database.checkpoint()
    kept = scanned(vault)
    assert all(needle in kept for needle in (key, payload, content[:500], digest))
    purge(vault, hers)
    vault.settle()
    assert traces(vault) == set()
    kept = scanned(vault)
    assert [n for n in (key, payload, content[:500], digest) if n in kept] == []
    vault.lock()
    assert not vault.database.path.with_name("store.db-wal").exists()


def test_the_journal_holds_her_until_it_is_settled(vault: Vault, hers: list[Record]) -> None:
    """Why deleting must end with a checkpoint: the control for the test above."""
    purge(vault, hers)
    assert traces(vault) != set()


def test_others_stay_as_they_were(vault: Vault, hers: list[Record]) -> None:
    purge(vault, hers)
    with vault.database.reading() as session:
        assert len(session.scalars(select(Case)).all()) == 8
        assert len(session.scalars(select(CaseNote)).all()) == 8
        gone = {record.id for record in hers}
        history = session.scalars(select(FieldHistory.record_id)).all()
        assert gone & {*history, *session.scalars(select(DigestKey.about))} == set()


def test_a_case_is_not_deleted_while_records_of_hers_are_left(
    vault: Vault, hers: list[Record]
) -> None:
    with pytest.raises(ChangedElsewhere):
        purge(vault, hers[2:])
    with vault.database.reading() as session:
        assert session.get(Case, hers[2].id) is not None


def test_a_deleted_attachments_file_cannot_be_opened_by_anything_that_is_left(
    vault: Vault, hers: list[Record]
) -> None:
    paper = Attachment(case_id=hers[2].id, name="long paper")
    with vault.database.writing() as session:
        attachments.add(session, vault.folder / FILES, paper, io.BytesIO(bytes(200_000)))
    purge(vault, [paper])
    vault.settle()
    assert paper.file_key not in scanned(vault)
    with vault.database.reading() as session:
        assert attachments.clear_unnamed(session, vault.folder / FILES, older_than=-1) == 1
