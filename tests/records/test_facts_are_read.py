"""What a kind declares is read by somebody, and what is kept can be seen by somebody."""

import ast
from dataclasses import fields
from functools import cache
from typing import ClassVar, get_origin, get_type_hints

import pytest

from shelterdesk.core.fields import Field
from shelterdesk.gui.pages.case.areas import SECTIONS
from shelterdesk.gui.pages.case.around_her import CONTACTS, RELATIONS
from shelterdesk.gui.pages.case.case_facts import CAME_WITH, CASE_FACTS
from shelterdesk.gui.pages.directory.organisation_offers import OFFERS
from shelterdesk.records.base import Record
from tests.quality.source import PROJECT, modules

ELSEWHERE = {
    "absence": "house/leave_forms.py",
    "attachment": "case/papers.py",
    "attendance": "groups/group_lines.py",
    "bed": "house/bed_forms.py",
    "bed_state": "house/bed_forms.py",
    "bed_stay": "house/bed_forms.py",
    "case_note": "case/notes.py",
    "consent": "consent/consent.py",
    "consent_item": "consent/items.py",
    "disclosure": "case/disclosure_log.py",
    "enclosure": "disclosure/refer_papers.py",
    "group_service": "groups/groups.py",
    "incident": "incident/incident_forms.py",
    "incident_person": "incident/incident_forms.py",
    "incident_step": "incident/incident_forms.py",
    "intake": "case/admission.py",
    "belonging": "kept/kept_forms.py",
    "cash_count": "kept/kept_forms.py",
    "custody": "kept/kept_forms.py",
    "kept_wish": "kept/kept_forms.py",
    "money_line": "kept/kept_forms.py",
    "witness_answer": "kept/carried.py",
    "letter": "disclosure/referral_copies.py",
    "letterhead": "keeping/letterhead.py",
    "log_line": "logbook/log.py",
    "log_mention": "logbook/log.py",
    "on_duty": "logbook/shift.py",
    "organisation": "directory/organisation_card.py",
    "person": "case/person.py",
    "place_request": "groups/places.py",
    "referral": "disclosure/referral.py",
    "release": "disclosure/release.py",
    "roll": "house/roll.py",
    "roll_line": "house/roll_list.py",
    "room": "house/rooms.py",
    "setting": "keeping/house_settings.py",
    "sheet": "paper_day/sheet_list.py",
    "shift": "logbook/shift.py",
    "shift_handover": "logbook/handover.py",
    "shift_handover_read": "logbook/handover.py",
    "staff_member": "keeping/staff.py",
    "standing_leave": "house/leave_forms.py",
    "task": "case/tasks.py",
    "visitor": "house/visitors.py",
    "withdrawal": "case/consents.py",
}
"""The page of each kind that is more than a section: what it asks is weighed, drawn or signed."""


@cache
def read_names() -> set[str]:
    """Return every name that is read as an attribute, outside of where kinds declare them.

    What stands in `records/when.py` declares none: it judges days by what the kinds say of them.
    """
    return {
        node.attr
        for source in modules("src")
        if ("/records/" not in source.name or source.name.endswith("records/when.py"))
        and not source.name.endswith("core/fields.py")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("fact", [fact.name for fact in fields(Field)])
def test_every_fact_of_a_field_has_a_reader(fact: str) -> None:
    assert fact in read_names()


def class_facts() -> list[str]:
    """Return what a kind declares as a whole."""
    hints = get_type_hints(Record)
    return [n for n in Record.__annotations__ if get_origin(hints[n]) is ClassVar and n != "kinds"]


@pytest.mark.parametrize("fact", class_facts())
def test_every_fact_of_a_kind_has_a_reader(fact: str) -> None:
    assert fact in read_names()


def test_every_kind_is_on_the_screen() -> None:
    sections = (*SECTIONS, OFFERS, RELATIONS, CONTACTS, CASE_FACTS, CAME_WITH)
    shown = {section.kind.kind_name() for section in sections}
    assert shown | ELSEWHERE.keys() == {kind.kind_name() for kind in Record.kinds}
    pages = PROJECT / "src" / "shelterdesk" / "gui" / "pages"
    assert [page for page in ELSEWHERE.values() if not (pages / page).is_file()] == []
