"""The names that sealed texts are bound to: part of the file format, never to be changed."""

from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import Record
from shelterdesk.store.attachments import key_place

FOR_EVER = {
    ("case_note", "process_note", "testimony"),
    ("health_visit", "findings", "medical"),
    ("legal_matter", "strategy", "legal"),
    ("return_plan", "destination", "return"),
    ("stay", "destination", "return"),
}
"""Kind, field, compartment. Add what is new; a text sealed under a name that has gone is lost."""


def test_a_sealed_field_keeps_its_name_and_compartment_for_ever() -> None:
    declared = {
        (kind.kind_name(), name, str(field.compartment))
        for kind in Record.kinds
        for name, field in kind.sealed_fields()
    }
    assert declared == FOR_EVER


def test_compartments_and_the_place_of_an_attachments_key_keep_their_names() -> None:
    assert [c.value for c in Compartment] == ["testimony", "medical", "legal", "return"]
    assert [c.number for c in Compartment] == [1, 2, 3, 4]
    assert key_place("x") == ("attachment", "x", "file_key")
