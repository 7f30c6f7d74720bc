"""The people around her and the ways to reach her: lists that are changed in place."""

from collections.abc import Mapping
from typing import Any, Final

from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import Section, SectionCard
from shelterdesk.gui.parts.case_line import Elided, coded
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk

_RELATION: Final = ("relation", "is_guardian", "safe_to_contact", "involved", "notes")
_WHO: Final = ("given_name", "family_name")
_BARRED: Final = N_("Never a contact, never her guardian")
_NOBODY_YET: Final = N_("Save who she is first, even if only her language is known.")

RELATIONS: Final = Section(
    Relation,
    N_("People around her"),
    N_("Add a person"),
    N_("Nobody is noted yet. Add whoever matters to her, if she wants to say."),
    hangs_on="person_id",
    not_yet=_NOBODY_YET,
    only_read=("other_id",),
)
CONTACTS: Final = Section(
    ContactPoint,
    N_("Ways to reach her"),
    N_("Add a way"),
    N_("No way to reach her is noted yet. Ask her which one is safe."),
    hangs_on="person_id",
    not_yet=_NOBODY_YET,
    called="contact",
)


class RelationsCard(SectionCard):
    """Family, guardian and others; who is involved is marked, and cannot become her guardian."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self._her, self._people = case, dict[str, Person]()
        super().__init__(desk, case, RELATIONS)

    @override
    def _found(self) -> list[Record]:
        found = self._desk.cases.relations_of(self._her)
        self._people = {relation.id: person for relation, person in found}
        return [relation for relation, _person in found]

    @override
    def _fill_line(self, flow: Flow, record: Record) -> None:
        if isinstance(record, Relation):
            _fill_relation(flow, record, self._people[record.id])

    @override
    def _form(self, record: Record | None) -> RecordForm:
        form = RecordForm(Relation, _RELATION)
        form.load(record)
        return form

    @override
    def _begin(self) -> None:
        who, form = RecordForm(Person, _WHO), self._form(None)
        who.load(None)

        def keep(values: Mapping[str, Any]) -> None:
            person = {name: who.editor(name).value() for name in _WHO}
            self._desk.cases.add_relative(self._her, person, values)

        editor = RecordEditor(self._desk, form, keep, may_leave=True)
        self._open({"who": who, "relation": form}, editor)


class ContactsCard(SectionCard):
    """Telephone numbers and other ways, each with what is safe about it."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, CONTACTS)

    @override
    def _fill_line(self, flow: Flow, record: Record) -> None:
        if isinstance(record, ContactPoint):
            _fill_contact(flow, record)


def _fill_relation(row: Flow, relation: Relation, person: Person) -> None:
    name = next(iter(person.names), _("without a name"))
    row.add(Elided(name, "strong"))
    row.add(label_as(coded("relation", relation.relation), "quiet"))
    if relation.is_guardian == "yes":
        row.add(label_as(_("Guardian"), "tag"))
    if relation.is_barred:
        row.add(label_as(_(_BARRED), "risk", "barred"))
    elif relation.safe_to_contact:
        answer = coded("safe_contact", relation.safe_to_contact)
        row.add(label_as(_("May be contacted: {answer}").format(answer=answer), "quiet"))


def _fill_contact(row: Flow, point: ContactPoint) -> None:
    row.add(Elided(point.value or coded("contact_kind", point.kind), "strong"))
    if point.whose:
        row.add(Elided(point.whose, "quiet"))
    for text, answer in (
        (_("Call: {answer}"), point.safe_to_call),
        (_("Message: {answer}"), point.safe_to_leave_message),
    ):
        if answer:
            safe = answer == "yes"
            told = text.format(answer=coded("yes_no", answer))
            row.add(label_as(told, "tag" if safe else "risk"))
    if point.safe_hours:
        row.add(Elided(point.safe_hours, "quiet"))
    if point.expires:
        row.add(label_as(_("until {day}").format(day=day_text(point.expires)), "quiet"))
