"""Whatever is typed is read again the same: after a lock, and out of a backup."""

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.signs import without_signs
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.store.database import attachments
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    Shelter,
)
from tests.store.backing_up import back_up
from tests.store.restoring import brought_back, contents, rows

if TYPE_CHECKING:
    from shelterdesk.records.base import Record

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(without_signs)


@given(
    notes=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6),
    alias=TEXT,
    paper=st.binary(max_size=300),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_read_again_the_same(
    shelter: Shelter, notes: list[tuple[str, str]], alias: str, paper: bytes
) -> None:
    vault = shelter.vault
    with vault.database.writing() as session:
        for kind in (CaseNote, Attachment, Case):
            for record in session.scalars(select(kind)):
                session.delete(record)
            session.flush()
    case, attached = _typed(vault, notes, alias, paper)
    vault.lock()
    vault = shelter.unlock()
    assert _read(vault, case) == (alias or None, sorted(_kept(notes)))
    assert contents(vault) == {attached.id: paper}


@given(notes=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=20), alias=TEXT)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_comes_back_from_a_backup_the_same(
    shelter: Shelter, tmp_path_factory: pytest.TempPathFactory,
    notes: list[tuple[str, str]], alias: str,
) -> None:  # fmt: skip
    case, _ = _typed(shelter.vault, notes, alias, alias.encode())
    before = rows(shelter.vault)
    made = back_up(shelter, tmp_path_factory.mktemp("stick"))
    shelter.vault.lock()
    brought_back(shelter, made)
    vault = shelter.unlock()
    assert rows(vault) == before
    assert _read(vault, case) == (alias or None, sorted(_kept(notes)))


def _typed(
    vault: Vault, notes: list[tuple[str, str]], alias: str, paper: bytes
) -> tuple[Case, Attachment]:
    case = Case(code=f"DEMO-{_next(vault):04}", alias=alias or None)
    attached = Attachment(case_id=case.id, name="paper", compartment="return")
    written: list[Record] = [
        CaseNote(case_id=case.id, text=text or None, process_note=SealedValue(sealed))
        for text, sealed in notes
    ]
    with vault.database.writing() as session:
        session.add_all([case, *written])
        attachments.add(session, vault.folder / FILES, attached, io.BytesIO(paper))
    return case, attached


def _next(vault: Vault) -> int:
    with vault.database.reading() as session:
        return session.query(Case).count() + 1


def _kept(notes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(text, sealed) for text, sealed in notes]


def _read(vault: Vault, case: Case) -> tuple[str | None, list[tuple[str, str]]]:
    with vault.database.reading() as session:
        notes = session.query(CaseNote).filter_by(case_id=case.id).all()
        alias = session.get_one(Case, case.id).alias
    return alias, sorted(
        (note.text or "", str(note.process_note.value or "") if note.process_note else "")
        for note in notes
    )
