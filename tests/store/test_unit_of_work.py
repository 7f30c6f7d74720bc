"""Every save is checked, sealed, logged and indexed in one transaction, or does not happen."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from shelterdesk.core.errors import (
    ChangedElsewhere,
    DamagedFile,
    DeskError,
    InvalidFields,
    NotAllowed,
)
from shelterdesk.core.fields import SealedText
from shelterdesk.core.permissions import Role
from shelterdesk.records.attachment import Attachment
from shelterdesk.records.base import Record
from shelterdesk.records.case import Case
from shelterdesk.records.case_note import CaseNote
from shelterdesk.records.health_visit import HealthVisit
from shelterdesk.records.ledger import AuditEvent, DigestKey, FieldHistory
from shelterdesk.records.vault_room import SearchEntry
from shelterdesk.store import attachments, drafts
from shelterdesk.store.attachments import TooLarge
from shelterdesk.store.search import find
from shelterdesk.store.unit_of_work import UnauditedWrite, history_text
from shelterdesk.store.vault import FILES, Vault
from tests.factories import SEALED_WORDS, Shelter, add_person, fill_case

TESTIMONY = SEALED_WORDS["testimony"]


@pytest.fixture
def vault(shelter: Shelter) -> Vault:
    return shelter.vault


@pytest.fixture
def case(vault: Vault) -> Case:
    return fill_case(vault, large=10)


def log_of(vault: Vault) -> list[tuple[str, str, str]]:
    with vault.database.reading() as session:
        log = session.scalars(select(AuditEvent).order_by(AuditEvent.seq))
        return [(event.action, event.kind, event.fields) for event in log]


def note_in(vault: Vault, case: Case) -> CaseNote:
    with vault.database.reading() as session:
        return session.scalars(select(CaseNote).where(CaseNote.case_id == case.id)).one()


def save(vault: Vault, record: Record) -> None:
    with vault.database.writing() as session:
        session.merge(record)


def found(vault: Vault, typed: str) -> list[str]:
    with vault.database.reading() as session:
        return [hit.record_id for hit in find(session, typed)]


# -- logged ---------------------------------------------------------------------------------------


def test_every_change_leaves_one_line_that_names_fields_and_no_values(
    vault: Vault, case: Case
) -> None:
    before = len(log_of(vault))
    note = note_in(vault, case)
    note.text = "She laughed at the river"
    save(vault, note)
    with vault.database.writing() as session:
        session.delete(session.get_one(CaseNote, note.id))
    [changed, deleted] = log_of(vault)[before:]
    assert changed == ("changed", "case_note", '["text"]')
    assert deleted[:2] == ("deleted", "case_note")
    assert "laughed" not in str(log_of(vault))


def test_a_line_carries_whose_hand_it_was_and_when(shelter: Shelter) -> None:
    case = fill_case(shelter.vault, large=10)
    with shelter.vault.database.reading() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.record_id == case.id)).one()
        kept = session.get_one(Case, case.id)
    assert event.actor == kept.created_by == kept.changed_by == shelter.vault.me.id
    assert kept.created_at is not None
    assert kept.created_at <= event.at <= shelter.clock.now


def test_what_is_rolled_back_leaves_neither_record_nor_line_nor_word(vault: Vault) -> None:
    before = log_of(vault)
    with pytest.raises(ZeroDivisionError), vault.database.writing() as session:
        session.add(Case(code="DEMO-0001", alias="Vanished"))
        session.flush()
        assert session.scalar(select(Case.alias)) == "Vanished"
        raise ZeroDivisionError
    assert log_of(vault) == before
    assert found(vault, "vanished") == []
    with vault.database.reading() as session:
        assert session.scalars(select(Case)).all() == []
        assert session.scalars(select(DigestKey)).all() == []


def test_saving_without_a_change_leaves_no_line(vault: Vault, case: Case) -> None:
    before = log_of(vault)
    save(vault, note_in(vault, case))
    again = note_in(vault, case)
    again.process_note = SealedText(TESTIMONY)
    save(vault, again)
    assert log_of(vault) == before
    assert note_in(vault, case).version == 1


def test_after_a_save_that_changed_nothing_the_guard_still_stands(vault: Vault, case: Case) -> None:
    with vault.database.writing() as session:
        note = session.scalars(select(CaseNote)).one()
        note.process_note = SealedText(TESTIMONY)
        session.flush()
        with pytest.raises(UnauditedWrite):
            session.execute(update(CaseNote).values(text="quietly"))


# -- guarded --------------------------------------------------------------------------------------

_ROW = {"version": 1, "text": "quietly"}
QUIET: dict[str, Callable[[Session, str], object]] = {
    "core update": lambda s, i: s.execute(update(CaseNote).values(text="quietly")),
    "core delete": lambda s, i: s.execute(delete(CaseNote)),
    "core insert": lambda s, i: s.execute(insert(Case).values(id="x", code="DEMO-0002")),
    "bulk insert": lambda s, i: s.bulk_insert_mappings(Case.__mapper__, [{"id": "x"}]),
    "bulk update": lambda s, i: s.bulk_update_mappings(CaseNote.__mapper__, [_ROW | {"id": i}]),
    "bulk save": lambda s, i: s.bulk_save_objects([Case(code="DEMO-0002")]),
    "query update": lambda s, i: s.query(CaseNote).update({"text": "quietly"}),
    "query delete": lambda s, i: s.query(CaseNote).delete(),
    "text": lambda s, i: s.execute(text("UPDATE case_note SET text = 'quietly'")),
    "quoted": lambda s, i: s.execute(text('DELETE FROM "case_note"')),
    "brackets": lambda s, i: s.execute(text("DELETE FROM [case_note]")),
    "capitals": lambda s, i: s.execute(text("DELETE FROM CASE_NOTE")),
    "or ignore": lambda s, i: s.execute(text("UPDATE OR IGNORE case_note SET text = ''")),
    "replace": lambda s, i: s.execute(text("REPLACE INTO case_note(id) VALUES ('x')")),
    "or replace": lambda s, i: s.execute(text("INSERT OR REPLACE INTO case_note(id) VALUES ('x')")),
    "with schema": lambda s, i: s.execute(text("UPDATE main.case_note SET text = ''")),
    "quoted schema": lambda s, i: s.execute(text('DELETE FROM "main"."case_note"')),
    "with clause": lambda s, i: s.execute(
        text("WITH x AS (SELECT 1) DELETE FROM case_note WHERE 1 IN (SELECT * FROM x)")
    ),
    "comment": lambda s, i: s.execute(text("/* a */ UPDATE case_note SET text = ''")),
    "comment inside": lambda s, i: s.execute(text("UPDATE/**/case_note SET text = ''")),
    "line comment": lambda s, i: s.execute(text("-- a\nDELETE FROM case_note")),
    "driver text": lambda s, i: s.connection().exec_driver_sql("DELETE FROM case_note"),
}


@pytest.mark.parametrize("way", QUIET)
def test_a_write_that_passes_the_log_by_is_refused(vault: Vault, case: Case, way: str) -> None:
    before, note = log_of(vault), note_in(vault, case)
    with pytest.raises(UnauditedWrite), vault.database.writing() as session:
        QUIET[way](session, note.id)
    assert log_of(vault) == before
    assert note_in(vault, case).text == note.text


def test_reading_and_the_vaults_own_tables_pass_the_guard(vault: Vault, case: Case) -> None:
    with vault.database.writing() as session:
        assert session.execute(text("WITH x AS (SELECT id FROM case_note) SELECT * FROM x")).all()
        drafts.keep(session, "note", {"text": "half"})
        drafts.drop(session, "note")


# -- checked --------------------------------------------------------------------------------------


def test_values_that_cannot_be_kept_are_named_and_nothing_is_saved(vault: Vault) -> None:
    before = log_of(vault)
    with pytest.raises(InvalidFields) as refusal, vault.database.writing() as session:
        session.add(Case(code="K7Q-42M", alias="x" * 501))
    assert set(refusal.value.problems) == {"code", "alias"}
    with pytest.raises(InvalidFields) as refusal, vault.database.writing() as session:
        session.add(CaseNote(text="of nobody"))
    assert set(refusal.value.problems) == {"case_id"}
    assert log_of(vault) == before


def test_a_note_about_nobody_who_exists_is_not_saved(vault: Vault) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), vault.database.writing() as session:
        session.add(CaseNote(case_id="0" * 32))
    with vault.database.reading() as session:
        assert session.scalars(select(CaseNote)).all() == []


def test_the_second_of_two_editors_is_told_and_the_first_ones_text_stays(
    vault: Vault, case: Case
) -> None:
    first, second = note_in(vault, case), note_in(vault, case)
    first.text, second.text = "first", "second"
    save(vault, first)
    before = log_of(vault)
    with pytest.raises(ChangedElsewhere):
        save(vault, second)
    assert (note_in(vault, case).text, note_in(vault, case).version) == ("first", 2)
    assert log_of(vault) == before


def test_a_copy_is_detached_and_saved_again_from_what_was_returned(vault: Vault) -> None:
    with vault.database.writing() as session:
        case = Case(code="DEMO-0001")
        session.add(case)
    assert case not in session
    case.alias = "Champa"
    with vault.database.writing() as session:
        case = session.merge(case)
    case.alias = "Dokmai"
    save(vault, case)
    with vault.database.reading() as session:
        assert (session.get_one(Case, case.id).alias, session.get_one(Case, case.id).version) == (
            "Dokmai",
            3,
        )


# -- sealed ---------------------------------------------------------------------------------------


def payload(vault: Vault, table: str, column: str, record: str) -> bytes:
    with vault.database.driver() as connection:
        [(value,)] = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (record,))
    return bytes(value)


def put(vault: Vault, statement: str, *values: object) -> None:
    """Write by the driver, as somebody with a database tool and the vault key would."""
    with vault.database.driver() as connection:
        connection.execute(statement, values)


def test_equal_texts_have_unlike_payloads_and_a_byte_more_or_less_is_damage(
    vault: Vault, case: Case
) -> None:
    other = note_in(vault, fill_case(vault, 2, large=10))
    mine = note_in(vault, case)
    one, two = (payload(vault, "case_note", "process_note", n.id) for n in (mine, other))
    assert one[:3] == two[:3] == b"\x01\x00\x01"
    assert one != two
    for changed in (one[:-1], one + b"\x00", one[:-1] + bytes([one[-1] ^ 1]), b"", b"\x02" + one[1:]):
        put(vault, "UPDATE case_note SET process_note = ? WHERE id = ?", changed, mine.id)
        with pytest.raises(DamagedFile):
            note_in(vault, case)


def test_a_sealed_text_moved_to_another_womans_record_is_refused(vault: Vault, case: Case) -> None:
    other_case = fill_case(vault, 2, large=10)
    mine, hers = note_in(vault, case), note_in(vault, other_case)
    one, two = (payload(vault, "case_note", "process_note", n.id) for n in (mine, hers))
    put(vault, "UPDATE case_note SET process_note = ? WHERE id = ?", two, mine.id)
    put(vault, "UPDATE case_note SET process_note = ? WHERE id = ?", one, hers.id)
    for whose in (case, other_case):
        with pytest.raises(DamagedFile):
            note_in(vault, whose)


def test_a_sealed_text_moved_to_another_field_or_compartment_is_refused(
    vault: Vault, case: Case
) -> None:
    note = note_in(vault, case)
    text_of = payload(vault, "case_note", "process_note", note.id)
    put(vault, "UPDATE health_visit SET findings = ?", text_of)
    with pytest.raises(DamagedFile), vault.database.reading() as session:
        session.scalars(select(HealthVisit)).one()


def test_an_attachments_sealed_key_moved_to_another_attachment_is_refused(
    vault: Vault, case: Case
) -> None:
    paper = Attachment(case_id=case.id, name="second", compartment="medical")
    with vault.database.writing() as session:
        attachments.add(session, vault.folder / FILES, paper, io.BytesIO(b"second paper"))
        first = session.scalars(select(Attachment).where(Attachment.name != "second")).first()
    put(vault, "UPDATE attachment SET file_key = ? WHERE id != ?", paper.file_key, paper.id)
    with vault.database.writing() as session:
        moved = session.scalars(
            select(Attachment).where(Attachment.compartment == "medical", Attachment.id != paper.id)
        ).one()
        with pytest.raises(DamagedFile):
            attachments.read(session, vault.folder / FILES, moved)
    assert first is not None


def test_new_text_in_an_old_value_is_saved_as_the_new_text(vault: Vault, case: Case) -> None:
    note = note_in(vault, case)
    assert note.process_note is not None
    note.process_note = replace(note.process_note, text="what she said today")
    save(vault, note)
    kept = note_in(vault, case).process_note
    assert kept is not None
    assert kept.text == "what she said today"


def test_a_payload_that_nobody_sealed_is_not_kept(vault: Vault, case: Case) -> None:
    note = note_in(vault, case)
    before = payload(vault, "case_note", "process_note", note.id)
    note.process_note = SealedText(payload=b"\x01\x00\x01 made up")
    with pytest.raises((ValueError, DeskError)):
        save(vault, note)
    assert payload(vault, "case_note", "process_note", note.id) == before


def test_whoever_lacks_the_key_changes_the_rest_and_leaves_the_sealed_part(
    shelter: Shelter,
) -> None:
    case = fill_case(shelter.vault, large=10)
    passphrase = add_person(shelter.vault, "Dao", Role.NURSE)
    shelter.vault.lock()
    nurse = shelter.unlock("Dao", passphrase)
    note = note_in(nurse, case)
    before = payload(nurse, "case_note", "process_note", note.id)
    note.text = "seen by the nurse"
    save(nurse, note)
    note = note_in(nurse, case)
    note.process_note = SealedText("guessed")
    with pytest.raises(NotAllowed):
        save(nurse, note)
    assert payload(nurse, "case_note", "process_note", note.id) == before
    nurse.lock()
    kept = note_in(shelter.unlock(), case)
    assert kept.process_note is not None
    assert (kept.text, kept.process_note.text) == ("seen by the nurse", TESTIMONY)


def test_sealed_text_is_never_found_by_the_search_and_never_in_its_index(
    vault: Vault, case: Case
) -> None:
    note = note_in(vault, case)
    assert note.id in found(vault, "slept")
    for words in SEALED_WORDS.values():
        assert [word for word in words.split() if len(word) > 4 and found(vault, word)] == []
    with vault.database.driver() as connection:
        indexed = str(connection.execute("SELECT words FROM search_words").fetchall())
    assert "slept" in indexed
    assert "orchard" not in indexed


# -- searched -------------------------------------------------------------------------------------


def test_the_index_follows_every_change_of_a_record(vault: Vault, case: Case) -> None:
    note = note_in(vault, case)
    note.text = "ນາງຮ້ອງເພງ and danced"
    save(vault, note)
    assert found(vault, "slept") == []
    assert found(vault, "ຮ້ອງ") == found(vault, "danc") == [note.id]
    note = note_in(vault, case)
    note.text = None
    save(vault, note)
    assert found(vault, "danced") == []
    with vault.database.reading() as session:
        rows = session.scalars(select(SearchEntry).where(SearchEntry.record_id == note.id))
        assert rows.all() == []


@pytest.mark.parametrize("typed", ["", '"', "*", "a OR b", "NEAR(", "words:slept", "-slept", "(((", "''"])
def test_no_sign_of_the_search_language_breaks_a_search(
    vault: Vault, case: Case, typed: str
) -> None:
    assert isinstance(found(vault, typed), list)


# -- earlier values -------------------------------------------------------------------------------


def history_of(vault: Vault, record: str) -> dict[str, bytes | None]:
    with vault.database.reading() as session:
        rows = session.scalars(select(FieldHistory).where(FieldHistory.record_id == record))
        return {row.field: row.old for row in rows}


def test_the_history_keeps_what_stood_there_before(vault: Vault, case: Case) -> None:
    note = note_in(vault, case)
    sealed = payload(vault, "case_note", "process_note", note.id)
    old_text, old_at = note.text, note.at
    note.text, note.at, note.process_note = "other", vault.clock(), SealedText("other")
    save(vault, note)
    history = history_of(vault, note.id)
    assert history_text(history["text"]) == old_text
    assert old_at is not None
    assert str(history_text(history["at"]))[:19] == old_at.isoformat()[:19]
    assert history["process_note"] == sealed


def test_a_value_that_was_empty_before_is_kept_as_empty(vault: Vault) -> None:
    with vault.database.writing() as session:
        case = Case(code="DEMO-0001")
        session.add(case)
    case.alias = "Champa"
    save(vault, case)
    assert history_of(vault, case.id) == {"alias": None}
    assert history_text(None) is None


# -- attachments and drafts -----------------------------------------------------------------------


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


def test_a_look_at_a_sealed_attachment_leaves_a_line(vault: Vault, case: Case) -> None:
    before = len(log_of(vault))
    for compartment in ("", "medical"):
        with vault.database.writing() as session:
            wanted = select(Attachment).where(Attachment.compartment == compartment)
            paper = session.scalars(wanted).first()
            assert paper is not None
            attachments.read(session, vault.folder / FILES, paper)
    assert [action for action, *_ in log_of(vault)[before:]] == ["looked"]


def test_a_sealed_attachment_cannot_be_read_without_leaving_a_line(
    vault: Vault, case: Case
) -> None:
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
    with vault.database.writing() as session, pytest.raises(DamagedFile, match="attached file|encrypted file"):
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
    assert kept(shelter.vault) == [("plan", {"place": "\ud800 half a letter"}), ("note", {"text": "ນາງເວົ້າ"})]
    shelter.vault.lock()
    dao = shelter.unlock("Dao", passphrase)
    assert kept(dao) == []
    with dao.database.driver() as connection:
        connection.execute("UPDATE draft SET owner = ?", (dao.me.id,))
    assert kept(dao) == []
