"""In her notes: looked for in one case, in memory; what is closed gives no sign; the log tells."""

import pytest

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.case.in_her_notes import SEARCHED
from tests.services.conftest import Sit


def test_a_colleagues_process_note_gives_no_sign_and_her_own_does(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = at.setting("own").case
    mine = at.desk.cases.write_note(case, "calm", "the uncle came", aim="school")
    other = at.desk.cases.write_note(case, "quiet", "the uncle again")
    with at.vault.database.writing() as session:
        session.get_one(CaseNote, other.id).created_by = "somebody"
    assert at.desk.cases.in_notes(case, "UNCLE") == {mine.id}
    assert at.desk.cases.in_notes(case, "school calm uncle") == {mine.id}
    assert at.desk.cases.in_notes(case, "quiet") == {other.id}
    assert at.desk.cases.in_notes(case, "again") == frozenset()


def test_a_director_finds_process_notes_of_others_too(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    setting = at.setting("own")
    with at.vault.database.writing() as session:
        row = session.get_one(CaseNote, setting.note.id)
        row.process_note = SealedValue("about the ferry")
        row.created_by = "somebody"
    assert at.desk.cases.in_notes(setting.case, "ferry") == {setting.note.id}


@pytest.mark.parametrize(
    "role", [Role.NURSE, Role.LEGAL_OFFICER, Role.HOUSE_MOTHER, Role.DATA_OFFICER]
)
def test_who_reads_no_notes_searches_none(sit: Sit, role: Role) -> None:
    at = sit(role)
    with pytest.raises(NotAllowed):
        at.desk.cases.in_notes(at.setting("own").case, "slept")


def test_each_search_leaves_one_line_without_the_words(sit: Sit) -> None:
    at = sit(Role.COUNSELLOR)
    case = at.setting("own").case
    at.desk.cases.in_notes(case, "Somebody")
    with at.vault.database.reading() as session:
        [line] = session.query(AuditEvent).filter_by(action=SEARCHED).all()
    assert (line.kind, line.record_id, line.fields) == ("case", case.id, "[]")
