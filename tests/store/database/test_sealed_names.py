"""The names that sealed texts are bound to: part of the file format, never to be changed."""

from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Record
from shelterdesk.store.database.attachments import key_place

COUNSELLING, CONSENTING = "testimony", "testimony legal"
ITEMS, EVERY = "testimony medical legal", "testimony medical legal return"
FOR_EVER = {
    ("case_note", "aim", COUNSELLING),
    ("case_note", "process_note", COUNSELLING),
    ("case_note", "reason", COUNSELLING),
    ("case_note", "text", COUNSELLING),
    ("consent", "limits", CONSENTING),
    ("consent", "panel", CONSENTING),
    ("consent", "questions", CONSENTING),
    ("consent_item", "item", ITEMS),
    ("disclosure", "content_digest", CONSENTING),
    ("disclosure", "items", ITEMS),
    ("disclosure", "lines", CONSENTING),
    ("disclosure", "reason", CONSENTING),
    ("health_visit", "findings", "medical"),
    ("intake", "guardian_question", COUNSELLING),
    ("intake", "her_wishes", COUNSELLING),
    ("intake", "immediate_steps", COUNSELLING),
    ("legal_matter", "strategy", "legal"),
    ("letter", "code", COUNSELLING),
    ("letter", "why", COUNSELLING),
    ("referral", "already_given", COUNSELLING),
    ("referral", "answer", COUNSELLING),
    ("referral", "closing_reason", COUNSELLING),
    ("referral", "need", COUNSELLING),
    ("referral", "next_step", COUNSELLING),
    ("referral", "service", ITEMS),
    ("relation", "notes", CONSENTING),
    ("release", "item", ITEMS),
    ("release", "sentence", EVERY),
    ("return_plan", "destination", "return"),
    ("stay", "destination", "return"),
    ("withdrawal", "how", CONSENTING),
}
"""Kind, field, compartments. Add what is new; a value sealed under a name that has gone is lost.

The first compartment is the one whose key opens a value that lies under one key.
"""


def test_a_sealed_field_keeps_its_name_and_compartment_for_ever() -> None:
    declared = {
        (kind.kind_name(), name, " ".join(field.opened_by))
        for kind in Record.kinds
        for name, field in kind.sealed_fields()
    }
    assert declared == FOR_EVER


def test_compartments_and_the_place_of_an_attachments_key_keep_their_names() -> None:
    assert [c.value for c in Compartment] == ["testimony", "medical", "legal", "return"]
    assert [c.number for c in Compartment] == [1, 2, 3, 4]
    assert key_place("x") == ("attachment", "x", "file_key")
