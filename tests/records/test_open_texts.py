"""Every text that lies under the key of the records alone, and why everybody in the house may.

A new text field without a compartment fails here until somebody has written down why.
"""

from typing import Final

import pytest
from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator

from shelterdesk.core.fields import Kind
from shelterdesk.records.base import Base, Record
from shelterdesk.records.columns import Chosen, Moment, OpenQuestions, Sealed

_NAME = "a name: everybody in the house knows who lives there, who comes and who works there"
_WHO = "somebody's name or office; what it was about is sealed beside it"
_LETTER_WAY = "who carried or took an envelope: it stands on the slip that comes back"
_DIRECTORY = "what an organisation offers to everybody; nothing about her"
_BEDS = "beds are known to everybody in the house"
_STAFF = "about staff or the office, printed on every letter"
_SETTLED = "what holds for the whole house, and by which law; nothing about her"
_TASK = "the whole house reads tasks; a name in one is asked about before it is saved"
_TITLE = "a title, as codes and days: lists and warnings need no key"
_REACH = "how to reach somebody: short facts beside her name, no narrative; needed when she runs"
_HOME = "her home village and papers stand in her person's record: an honest limit, printed"
_NUMBER = "a random number or version, which tells nothing"

_AWAY = "who is out and how she is found: the night must know it, and it is a line, no note"

_THINGS = "things and money that the house keeps, with a receipt of which she has a copy"
_INCIDENT = "what happened in the house tonight: whoever is on duty writes and reads it, no file"
_LOG = (
    "the day log is read by everybody who has the house, and the house mother, who writes most of "
    "it, holds no compartment: sealed, she could not read at six what was written at night. It has "
    "an area of its own, which data officer and auditor do not read, and it is a line, no story: "
    "what somebody has told belongs into her notes"
)

JUSTIFIED: Final = {
    ("log_line", "text"): _LOG,
    ("log_line", "why_corrected"): "why an entry of the house was wrong",
    ("shift_handover", "words"): _LOG,
    ("sheet", "code"): _NUMBER,
    ("sheet", "rows"): "beds, codes and chosen names as the house has printed them",
    ("sheet", "why_void"): "why a paper of the house was not used",
    ("incident", "words"): _INCIDENT,
    ("incident", "place"): _INCIDENT,
    ("incident", "done"): _INCIDENT,
    ("incident", "lesson"): _INCIDENT,
    ("incident_step", "what"): _INCIDENT,
    ("place_request", "why_corrected"): "why an entry of the house was wrong",
    ("belonging", "what"): _THINGS,
    ("belonging", "marks"): _THINGS,
    ("belonging", "where_kept"): _THINGS,
    ("custody", "given_by"): _THINGS,
    ("custody", "taken_by"): _THINGS,
    ("custody", "outside_paper"): _THINGS,
    ("custody", "receipt"): _THINGS,
    ("custody", "why_corrected"): "why an entry of the house was wrong",
    ("kept_wish", "wish"): _THINGS,
    ("money_line", "for_what"): _THINGS,
    ("money_line", "given_by"): _THINGS,
    ("money_line", "taken_by"): _THINGS,
    ("money_line", "receipt"): _THINGS,
    ("money_line", "why_corrected"): "why an entry of the house was wrong",
    ("cash_count", "receipt"): _THINGS,
    ("witness_answer", "receipt"): _THINGS,
    ("group_service", "why_corrected"): "why an entry of the house was wrong",
    ("group_service", "theme"): "what a course was called: it is about nobody",
    ("house_agreement", "edition"): "which edition of the rules: it is about nobody",
    ("house_agreement", "interpreter"): _WHO,
    (
        "house_agreement",
        "questions",
    ): "what she asked of the rules: the house answers",
    ("absence", "goes_with"): _WHO,
    ("absence", "place"): _AWAY,
    ("absence", "reach"): _REACH,
    ("absence", "back_how"): _AWAY,
    ("absence", "why_corrected"): "why an entry of the house was wrong",
    ("roll", "remark"): _AWAY,
    ("roll_line", "remark"): _AWAY,
    ("visitor", "who"): _WHO,
    ("standing_leave", "out_hour"): "an hour",
    ("standing_leave", "back_hour"): "an hour",
    ("attachment", "name"): _TITLE,
    ("attachment", "media_type"): "what kind of file it is",
    ("case", "code"): _NUMBER,
    ("case", "alias"): _NAME,
    ("consent", "recipient_person"): _WHO,
    ("consent", "interpreter"): _WHO,
    ("consent", "witness"): _WHO,
    ("consent", "statement"): _NUMBER,
    ("contact_point", "value"): _REACH,
    ("contact_point", "whose"): _REACH,
    ("contact_point", "safe_hours"): _REACH,
    ("contact_point", "say_who_is_calling"): _REACH,
    ("disclosure", "recipient_person"): _WHO,
    ("disclosure", "law"): "the number of a law",
    ("disclosure", "second_person"): _WHO,
    ("intake", "interpreter"): _WHO,
    ("letter", "language"): "the language of a letter",
    ("letterhead", "name"): _STAFF,
    ("letterhead", "name_latin"): _STAFF,
    ("letterhead", "address"): _STAFF,
    ("letterhead", "address_latin"): _STAFF,
    ("letterhead", "phone"): _STAFF,
    ("organisation", "name"): _DIRECTORY,
    ("organisation", "name_latin"): _DIRECTORY,
    ("organisation", "unit"): _DIRECTORY,
    ("organisation", "contact_person"): _DIRECTORY,
    ("organisation", "phone"): _DIRECTORY,
    ("organisation", "phone_all_day"): _DIRECTORY,
    ("organisation", "address"): _DIRECTORY,
    ("organisation", "remarks"): _DIRECTORY,
    ("person", "given_name"): _NAME,
    ("person", "family_name"): _NAME,
    ("person", "given_name_latin"): _NAME,
    ("person", "family_name_latin"): _NAME,
    ("person", "other_names"): _NAME,
    ("person", "ethnicity"): _HOME,
    ("person", "access_needs"): "what she needs to see, hear and move: the house must know it",
    ("person", "home_village"): _HOME,
    ("person", "id_number"): _HOME,
    ("referral", "reference"): _NUMBER,
    ("referral", "delivered_by"): _LETTER_WAY,
    ("referral", "received_by"): _LETTER_WAY,
    ("service_offer", "hours"): _DIRECTORY,
    ("service_offer", "cost"): _DIRECTORY,
    ("service_offer", "eligibility"): _DIRECTORY,
    ("service_offer", "bring"): _DIRECTORY,
    ("setting", "name"): _SETTLED,
    ("setting", "value"): _SETTLED,
    ("setting", "citation"): _SETTLED,
    ("setting", "checked_by"): _WHO,
    ("setting", "second_person"): _WHO,
    ("staff_member", "holder_id"): _NUMBER,
    ("staff_member", "name"): _STAFF,
    ("staff_member", "position"): _STAFF,
    ("staff_member", "position_latin"): _STAFF,
    ("staff_member", "phone"): _STAFF,
    ("stay", "escorted_by"): _WHO,
    ("room", "name"): _BEDS,
    ("room", "building"): _BEDS,
    ("bed", "code"): _BEDS,
    ("stay", "bed"): _BEDS,
    # to everybody in the house",
    ("task", "title_text"): _TASK,
    ("task", "blocked_reason"): _TASK,
}
"""Kind and field -> why it needs no key of its own."""

_MACHINE: Final = {
    "alembic_version",
    "audit_event",
    "backup_generation",
    "digest_key",
    "draft",
    "pending_keyring",
    "row_digest",
    "sealed_letter",
    "store_fact",
}
"""Tables of the store itself: names of fields, digests, random names, what writers sealed."""


def _open_texts() -> set[tuple[str, str]]:
    return {
        (kind.kind_name(), name)
        for kind in Record.kinds
        for name, declared in kind.fields().items()
        if declared.kind in (Kind.TEXT, Kind.NOTE) and not declared.sealed
    }


def test_every_text_under_the_key_of_the_records_is_justified_and_no_other() -> None:
    assert _open_texts() == set(JUSTIFIED)


@pytest.mark.parametrize("kind", Record.kinds, ids=lambda kind: kind.__name__)
def test_no_column_of_a_record_takes_text_past_the_declared_fields(kind: type[Record]) -> None:
    """A column that is no field holds no words: ids, codes, days, counts and bytes."""
    short = {"id", "created_by", "changed_by", "compartment", "file_name", "file_sha256"}
    for column in kind.__table__.columns:
        if column.name in kind.fields() or column.name in short:
            continue
        texty = isinstance(column.type, (String, Text, Chosen)) and not isinstance(
            column.type, (Moment, OpenQuestions, LargeBinary)
        )
        assert not texty, column.name


def test_every_table_is_a_kind_or_one_of_the_stores_own() -> None:
    kinds = {kind.kind_name() for kind in Record.kinds}
    assert set(Base.metadata.tables) - kinds <= _MACHINE | {"field_history"}


def test_what_is_sealed_lies_in_a_column_for_payloads() -> None:
    for kind in Record.kinds:
        for name, declared in kind.fields().items():
            column = kind.__table__.columns[name]
            assert isinstance(column.type, TypeDecorator) or not declared.sealed
            assert isinstance(column.type, Sealed) == declared.sealed, (kind, name)
