"""Who may read a field by the table of areas holds a key of it, and the other way round."""

from typing import Final

import pytest

from shelterdesk.core.permissions import REACH, Area, Reach, Right, Role, compartments_of, reach
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment

L, N, C = Role.LEGAL_OFFICER, Role.NURSE, Role.COUNSELLOR

CLOSED_THOUGH_READ: Final = {
    ("referral", "need"): {L},
    ("referral", "already_given"): {L},
    ("referral", "answer"): {L},
    ("referral", "next_step"): {L},
    ("referral", "closing_reason"): {L},
    ("letter", "why"): {L},
    ("letter", "code"): {L},
    ("legal_matter", "strategy"): {C},
}
"""Who reads the area and has no key of the field.

A legal officer sees that a letter went, and which items; what a counsellor wrote in it she sees
closed, because one reader of a list reads all of it. A counsellor knows the days of a legal matter.
"""

HELD_THOUGH_CLOSED: Final = {
    ("consent_item", "item"): {N},
    ("disclosure", "items"): {N},
    ("referral", "service"): {N},
    ("release", "item"): {N},
    ("release", "sentence"): {N, L},
}
"""Who has a key of the field and no reach of its area: she releases sentences, sees for what."""

FIELDS = [(kind, name) for kind in Record.kinds for name, _ in kind.sealed_fields()]


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=lambda v: getattr(v, "__name__", v))
def test_readers_of_a_sealed_field_are_the_holders_of_its_keys(
    kind: type[Record], name: str
) -> None:
    place, opened_by = (kind.kind_name(), name), set(kind.fields()[name].opened_by)
    area = kind.area_of(name)
    readers = {role for role in Role if reach([role], area, Right.READ) is not Reach.NONE}
    holders = {role for role in Role if opened_by & compartments_of([role])}
    assert readers - holders == CLOSED_THOUGH_READ.get(place, set())
    assert holders - readers == HELD_THOUGH_CLOSED.get(place, set())


def test_papers_of_case_work_are_read_by_exactly_those_who_hold_the_key_of_counselling() -> None:
    readers = {role for role in Role if REACH[role].get(Attachment.area, (Reach.NONE,))[0]}
    assert readers == {r for r in Role if {"testimony"} & {c.value for c in compartments_of([r])}}


def test_the_guardian_question_and_all_narrative_of_case_work_are_sealed() -> None:
    for kind in Record.kinds:
        for name, declared in kind.fields().items():
            if kind.area_of(name) is Area.CASE_WORK and declared.kind.value == "note":
                assert declared.sealed, (kind, name)
    intake = Record.named("intake")
    assert intake.area_of("guardian_question") is Area.CASE_WORK
    assert intake.fields()["guardian_question"].opened_by
