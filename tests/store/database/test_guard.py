"""A statement that would pass the log by is refused, however it is written."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.orm import Session

from shelterdesk.core.fields import SealedValue
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.store.database import drafts
from shelterdesk.store.database.unit_of_work import UnauditedWrite
from shelterdesk.store.vault.vault import Vault
from tests.factories import SEALED_WORDS
from tests.store.looking import log_of, note_in

TESTIMONY = SEALED_WORDS["testimony"]


_SEALED = SealedValue(payload=b"quietly")
"""As a script would bring it: what is not sealed does not reach the statement."""
_ROW = {"version": 1, "text": _SEALED}
QUIET: dict[str, Callable[[Session, str], object]] = {
    "core update": lambda s, _: s.execute(update(CaseNote).values(text=_SEALED)),
    "core delete": lambda s, _: s.execute(delete(CaseNote)),
    "core insert": lambda s, _: s.execute(insert(Case).values(id="x", code="DEMO-0002")),
    "bulk insert": lambda s, _: s.bulk_insert_mappings(Case.__mapper__, [{"id": "x"}]),
    "bulk update": lambda s, i: s.bulk_update_mappings(CaseNote.__mapper__, [_ROW | {"id": i}]),
    "bulk save": lambda s, _: s.bulk_save_objects([Case(code="DEMO-0002")]),
    "query update": lambda s, _: s.query(CaseNote).update({"text": _SEALED}),
    "query delete": lambda s, _: s.query(CaseNote).delete(),
    "text": lambda s, _: s.execute(text("UPDATE case_note SET text = 'quietly'")),
    "quoted": lambda s, _: s.execute(text('DELETE FROM "case_note"')),
    "brackets": lambda s, _: s.execute(text("DELETE FROM [case_note]")),
    "capitals": lambda s, _: s.execute(text("DELETE FROM CASE_NOTE")),
    "or ignore": lambda s, _: s.execute(text("UPDATE OR IGNORE case_note SET text = ''")),
    "replace": lambda s, _: s.execute(text("REPLACE INTO case_note(id) VALUES ('x')")),
    "or replace": lambda s, _: s.execute(text("INSERT OR REPLACE INTO case_note(id) VALUES ('x')")),
    "with schema": lambda s, _: s.execute(text("UPDATE main.case_note SET text = ''")),
    "quoted schema": lambda s, _: s.execute(text('DELETE FROM "main"."case_note"')),
    "with clause": lambda s, _: s.execute(
        text("WITH x AS (SELECT 1) DELETE FROM case_note WHERE 1 IN (SELECT * FROM x)")
    ),
    "comment": lambda s, _: s.execute(text("/* a */ UPDATE case_note SET text = ''")),
    "comment inside": lambda s, _: s.execute(text("UPDATE/**/case_note SET text = ''")),
    "line comment": lambda s, _: s.execute(text("-- a\nDELETE FROM case_note")),
    "driver text": lambda s, _: s.connection().exec_driver_sql("DELETE FROM case_note"),
}


@pytest.mark.parametrize("way", QUIET)
def test_a_write_that_passes_the_log_by_is_refused(vault: Vault, case: Case, way: str) -> None:
    before, note = log_of(vault), note_in(vault, case)
    with pytest.raises(UnauditedWrite), vault.database.writing() as session:
        QUIET[way](session, note.id)
    assert log_of(vault) == before
    assert note_in(vault, case).text == note.text


@pytest.mark.usefixtures("case")
def test_reading_and_the_vaults_own_tables_pass_the_guard(vault: Vault) -> None:
    with vault.database.writing() as session:
        assert session.execute(text("WITH x AS (SELECT id FROM case_note) SELECT * FROM x")).all()
        drafts.keep(session, "note", {"text": "half"})
        drafts.drop(session, "note")
