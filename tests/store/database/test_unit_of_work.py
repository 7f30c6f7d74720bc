"""Every save is checked, logged and indexed in one transaction, or does not happen."""

import pytest
from sqlalchemy import select, update

from shelterdesk.core.errors import (
    ChangedElsewhere,
    InvalidFields,
)
from shelterdesk.core.fields import SealedValue
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.ledger import AuditEvent, DigestKey, FieldHistory
from shelterdesk.store.database.unit_of_work import UnauditedWrite, earlier_value, history_text
from shelterdesk.store.vault.vault import Vault
from tests.factories import SEALED_WORDS, Shelter, fill_case
from tests.store.looking import log_of, note_in, payload, save

TESTIMONY = SEALED_WORDS["testimony"]


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
    with pytest.raises(ZeroDivisionError), vault.database.writing() as session:  # noqa: PT012
        session.add(Case(code="DEMO-0001", alias="Vanished"))
        session.flush()
        assert session.scalar(select(Case.alias)) == "Vanished"
        raise ZeroDivisionError
    assert log_of(vault) == before
    with vault.database.reading() as session:
        assert session.scalars(select(Case)).all() == []
        assert session.scalars(select(DigestKey)).all() == []


def test_saving_without_a_change_leaves_no_line(vault: Vault, case: Case) -> None:
    before = log_of(vault)
    save(vault, note_in(vault, case))
    again = note_in(vault, case)
    again.process_note = SealedValue(TESTIMONY)
    save(vault, again)
    assert log_of(vault) == before
    assert note_in(vault, case).version == 1


@pytest.mark.usefixtures("case")
def test_after_a_save_that_changed_nothing_the_guard_still_stands(vault: Vault) -> None:
    with vault.database.writing() as session:
        note = session.scalars(select(CaseNote)).one()
        note.process_note = SealedValue(TESTIMONY)
        session.flush()
        with pytest.raises(UnauditedWrite):
            session.execute(update(CaseNote).values(kind="quietly"))


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
    with pytest.raises(ChangedElsewhere), vault.database.writing() as session:
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


# -- earlier values -------------------------------------------------------------------------------


def history_of(vault: Vault, record: str) -> dict[str, bytes | None]:
    with vault.database.reading() as session:
        rows = session.scalars(select(FieldHistory).where(FieldHistory.record_id == record))
        return {row.field: row.old for row in rows}


def opened_history(vault: Vault, record: str) -> dict[str, object]:
    with vault.database.reading() as session:
        rows = session.scalars(select(FieldHistory).where(FieldHistory.record_id == record))
        return {row.field: earlier_value(session, row) for row in rows}


def test_the_history_keeps_what_stood_there_before(vault: Vault, case: Case) -> None:
    note = note_in(vault, case)
    sealed = payload(vault, "case_note", "process_note", note.id)
    old_text, old_at = note.text, note.at
    note.text, note.at, note.process_note = "other", vault.clock(), SealedValue("other")
    save(vault, note)
    history = history_of(vault, note.id)
    assert opened_history(vault, note.id)["text"] == old_text
    assert str(old_text).encode() not in (history["text"] or b"")
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
