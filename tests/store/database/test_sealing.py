"""Sealed texts: bound to their place, kept from those without the key, found by no search."""

import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
    NotAllowed,
)
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.store.database import attachments
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import SEALED_WORDS, Shelter, add_person, fill_case
from tests.store.looking import note_in, payload, put, save

TESTIMONY = SEALED_WORDS["testimony"]


def test_equal_texts_have_unlike_payloads_and_a_byte_more_or_less_is_damage(
    vault: Vault, case: Case
) -> None:
    other = note_in(vault, fill_case(vault, 2, large=10))
    mine = note_in(vault, case)
    one, two = (payload(vault, "case_note", "process_note", n.id) for n in (mine, other))
    assert one[:3] == two[:3] == b"\x02\x00\x01"
    assert one != two
    for changed in (
        one[:-1],
        one + b"\x00",
        one[:-1] + bytes([one[-1] ^ 1]),
        b"",
        b"\x01" + one[1:],
        b"\x03" + one[1:],
        b"\x04" + one[1:],
    ):
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
    note.process_note = replace(note.process_note, value="what she said today")
    save(vault, note)
    kept = note_in(vault, case).process_note
    assert kept is not None
    assert kept.value == "what she said today"


def test_a_payload_that_nobody_sealed_is_not_kept(vault: Vault, case: Case) -> None:
    note = note_in(vault, case)
    before = payload(vault, "case_note", "process_note", note.id)
    note.process_note = SealedValue(payload=b"\x01\x00\x01 made up")
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
    note.kind = "observation"
    save(nurse, note)
    note = note_in(nurse, case)
    note.process_note = SealedValue("guessed")
    with pytest.raises(NotAllowed):
        save(nurse, note)
    assert payload(nurse, "case_note", "process_note", note.id) == before
    nurse.lock()
    kept = note_in(shelter.unlock(), case)
    assert kept.process_note is not None
    assert (kept.kind, kept.process_note.value) == ("observation", TESTIMONY)
