"""A record of one case never points to a record of another, whichever service writes it."""

from typing import Any

import pytest

from shelterdesk.core.case_codes import new_code
from shelterdesk.core.errors import InvalidFields
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.store.database.same_case import (
    OF_ANOTHER,
    STAYS,
    links_in_a_case,
    strange_links,
)
from tests.factories import Shelter
from tests.kinds import filled

LINKS = [(kind, name, to) for kind in Record.kinds for name, to in links_in_a_case(kind).items()]


def test_links_between_records_of_a_case_are_found_by_what_their_kinds_say() -> None:
    found = {f"{kind.kind_name()}.{name}" for kind, name, _to in LINKS}
    assert {
        *("task.referral_id", "release.referral_id", "release.task_id", "enclosure.referral_id"),
        *("enclosure.attachment_id", "consent.together_id", "consent.evidence_id"),
        *("withdrawal.consent_id", "letter.file", "case_note.corrects_id", "referral.letter_id"),
    } <= found
    assert not {"case.person_id", "task.assignee_id", "task.case_id"} & found


@pytest.mark.parametrize(
    ("kind", "name", "to"), LINKS, ids=[f"{kind.kind_name()}.{name}" for kind, name, _to in LINKS]
)
def test_a_link_into_the_case_of_another_woman_is_refused(
    shelter: Shelter, kind: type[Record], name: str, to: type[Record]
) -> None:
    hers, another = Case(code=new_code()), Case(code=new_code())
    for case in (hers, another):
        linked = filled(to, lambda: "words", {"case": case.id})
        record = filled(kind, lambda: "words", {"case": hers.id})
        for other in links_in_a_case(kind):
            setattr(record, other, linked.id if other == name else None)
        with shelter.vault.database.writing() as session, session.no_autoflush:
            session.add_all([linked, record])
            expected = {} if case is hers else {name: OF_ANOTHER}
            assert strange_links(session, record, {name: None}) == expected
            session.expunge_all()


def test_what_is_stored_already_is_looked_at_as_well_and_the_save_is_refused(
    shelter: Shelter,
) -> None:
    hers, another = Case(code=new_code()), Case(code=new_code())
    to = Organisation(name="Legal aid", target="legal_aid_lba")
    referral = Referral(case_id=another.id, organisation_id=to.id, service="legal_information")
    task = Task(case_id=hers.id, title_text="Call", state="open")
    with shelter.vault.database.writing() as session:
        session.add_all([hers, another, to, referral, task])
    for values in ({"referral_id": referral.id}, {"referral_id": referral.id, "case_id": None}):
        with pytest.raises(InvalidFields) as told:
            write(shelter, task, **values)
        assert told.value.problems == {"referral_id": OF_ANOTHER}
    write(shelter, task, case_id=another.id, referral_id=referral.id)
    with pytest.raises(InvalidFields):
        write(shelter, task, case_id=hers.id)


@pytest.mark.parametrize(
    ("kind", "name", "to"), LINKS, ids=[f"{kind.kind_name()}.{name}" for kind, name, _to in LINKS]
)
def test_a_record_is_not_moved_away_from_what_points_to_it(
    shelter: Shelter, kind: type[Record], name: str, to: type[Record]
) -> None:
    hers, another = Case(code=new_code()), Case(code=new_code())
    linked = filled(to, lambda: "words", {"case": another.id})
    record: Any = filled(kind, lambda: "words", {"case": hers.id})
    setattr(record, name, linked.id)
    moved = {"case_id": hers.id}
    with shelter.vault.database.writing() as session, session.no_autoflush:
        session.add_all([linked, record])
        assert strange_links(session, linked, moved) == {"case_id": STAYS}
        record.case_id = another.id
        for other in links_in_a_case(to):
            setattr(linked, other, None)
        assert strange_links(session, linked, moved) == {}
        session.expunge_all()


def test_a_stored_record_is_not_moved_away_from_what_points_to_it(shelter: Shelter) -> None:
    hers, another = Case(code=new_code()), Case(code=new_code())
    to = Organisation(name="Legal aid", target="legal_aid_lba")
    referral = Referral(case_id=hers.id, organisation_id=to.id, service="legal_information")
    task = Task(case_id=hers.id, title_text="Call", state="open", referral_id=referral.id)
    with shelter.vault.database.writing() as session:
        session.add_all([hers, another, to, referral, task])
    with pytest.raises(InvalidFields) as told:
        write(shelter, referral, case_id=another.id)
    assert told.value.problems == {"case_id": STAYS}
    write(shelter, task, referral_id=None)
    write(shelter, referral, case_id=another.id)


def write(shelter: Shelter, record: Record, **values: str | None) -> None:
    """Write values into a stored record."""
    with shelter.vault.database.writing() as session:
        stored = session.get(type(record), record.id)
        for name, value in values.items():
            setattr(stored, name, value)
