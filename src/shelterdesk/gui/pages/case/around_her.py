"""The people around her and the ways to reach her: lists that are changed in place."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.alike import AlikePeople
from shelterdesk.gui.forms.record_editor import RecordEditor, changed_values, load
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, plain_label
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.case.around import Near
from shelterdesk.services.desk import Desk

_RELATION: Final = ("relation", "is_guardian", "safe_to_contact", "involved", "notes")
_WHO: Final = (
    *("given_name", "family_name", "given_name_latin", "family_name_latin", "other_names"),
    *("birth_date", "first_language", "deceased"),
)
_NEW_WHO: Final = ("kind", *_WHO)
_REACH: Final = (
    *("kind", "value", "safe_to_call", "safe_to_leave_message", "safe_hours"),
    *("say_who_is_calling", "expires"),
)
_KNOWN: Final = "known "
"""Before the id of somebody in the records who is being linked to her, in a draft."""

_BARRED: Final = N_("Never a contact, never her guardian")
_DOUBLE: Final = N_("Like somebody who is barred: compare before calling")
_NOBODY_YET: Final = N_("Save who she is first, even if only her language is known.")
_OF_ANOTHER: Final = N_("Somebody of another case")
_NAMED_THERE: Final = N_(
    "Who this is stands in another case and is corrected there. Here you say how they belong "
    "together."
)

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
    """Family, guardian and others; who is involved is marked, and cannot become her guardian.

    Each has who it is, how they belong together, and how they can be reached. In the intake what is
    typed here is saved by the one button of the page (`with_page`).
    """

    def __init__(self, desk: Desk, case: Case, *, with_page: bool = False) -> None:
        self._her = case
        self._near: dict[str, Near] = {}
        super().__init__(desk, case, RELATIONS)
        self.saved_with_page = with_page

    @override
    def _found(self) -> list[Record]:
        self._near = {near.relation.id: near for near in self._desk.around.of(self._her)}
        return [near.relation for near in self._near.values()]

    @override
    def _fill_line(self, flow: Flow, record: Record) -> None:
        _fill_relation(flow, self._near[record.id])

    # -- somebody new -----------------------------------------------------------------------

    @override
    def _begin(self) -> None:
        who, relation, way = self._new_forms()
        who.load(None)
        who.editor("kind").set_value("family")
        alike = AlikePeople(self._desk, to_choose=True)
        alike.but_person = self._hook()
        alike.follow(who)
        alike.follow(way)
        alike.chosen.connect(self._begin_known)

        def keep(_changed: Mapping[str, Any]) -> None:
            self._desk.around.note(self._her, who.values(), relation.values(), [way.values()])

        editor = RecordEditor(self._desk, who, keep, more=(relation, way), may_leave=True)
        editor.add_above_form(alike)
        self._open({"who": who, "relation": relation, "way": way}, editor)

    def _new_forms(self) -> tuple[RecordForm, RecordForm, RecordForm]:
        forms = (
            RecordForm(Person, _NEW_WHO),
            RecordForm(Relation, _RELATION),
            RecordForm(ContactPoint, _REACH),
        )
        for form in forms[1:]:
            form.load(None)
        return forms

    def _begin_known(self, person_id: str) -> None:
        """Link somebody to her who is in the records already."""
        relation = RecordForm(Relation, _RELATION)
        relation.load(None)

        def keep(values: Mapping[str, Any]) -> None:
            self._desk.around.note(self._her, person_id, values)

        self._forms = {}  # what was typed of somebody new is this person
        self._aside.pop("", None)
        editor = RecordEditor(self._desk, relation, keep, may_leave=True)
        self._open({"relation": relation}, editor, f"{_KNOWN}{person_id}")
        self._say_above(self._name_of(person_id), "strong")

    def _name_of(self, person_id: str) -> str:
        try:
            person = self._desk.records.get(Person, person_id)
        except DeskError:
            return _(_OF_ANOTHER)
        return person.shown or _(_OF_ANOTHER)

    def _say_above(self, words: str, style: str) -> None:
        around = self.editor.layout() if self.editor is not None else None
        if isinstance(around, QVBoxLayout):
            around.insertWidget(0, named(plain_label(words, style), "about-whom", words))

    # -- somebody who is noted --------------------------------------------------------------

    @override
    def _change(self, record: Record) -> None:
        near = self._near[record.id]
        forms = self._forms_of(near)
        for about, form in forms.values():
            load(self._desk, form, about, self._her)
        if not near.is_ours and "who" in forms:
            forms["who"][1].set_read_only()

        def keep(_changed: Mapping[str, Any]) -> None:
            changed = [(one, changed_values(form)) for one, form in forms.values() if one]
            new = [changed_values(form) for one, form in forms.values() if one is None]
            before = [(one, {n: getattr(one, n) for n in values}) for one, values in changed]
            self._desk.around.correct(near.relation, changed, new)
            if not any(new):
                self._can_take_back([pair for pair in before if pair[1]])

        first, *more = (form for _one, form in forms.values())
        editor = RecordEditor(self._desk, first, keep, more=more, may_leave=True)
        self._open({prefix: form for prefix, (_one, form) in forms.items()}, editor, record.id)
        if not near.is_ours:
            self._say_above(_(_NAMED_THERE), "quiet")
        self._add_seals(near.relation, forms["relation"][1])

    def _forms_of(self, near: Near) -> dict[str, tuple[Record | None, RecordForm]]:
        """Return a form for each record that says something of somebody, and one for a new way."""
        found: dict[str, tuple[Record | None, RecordForm]] = {}
        if near.is_known:
            found["who"] = near.person, RecordForm(Person, _WHO)
        found["relation"] = near.relation, RecordForm(Relation, _RELATION)
        for way in near.ways:
            found[f"way {way.id}"] = way, RecordForm(ContactPoint, _REACH)
        if near.is_ours and self._writes:
            found["way"] = None, RecordForm(ContactPoint, _REACH)
        return found

    @override
    def _reopen(self, record_id: str) -> None:
        if record_id.startswith(_KNOWN):
            self._begin_known(record_id.removeprefix(_KNOWN))
        else:
            super()._reopen(record_id)


class ContactsCard(SectionCard):
    """Telephone numbers and other ways, each with what is safe about it."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, CONTACTS)

    @override
    def _fill_line(self, flow: Flow, record: Record) -> None:
        if isinstance(record, ContactPoint):
            _fill_contact(flow, record)


def _fill_relation(row: Flow, near: Near) -> None:
    relation = near.relation
    unnamed = _("without a name") if near.is_known else _(_OF_ANOTHER)
    row.add(Elided(next(iter(near.person.names), unnamed), "strong"))
    row.add(label_as(coded("relation", relation.relation), "quiet"))
    if near.person.kind == "alleged_perpetrator":
        row.add(label_as(coded("person_kind", near.person.kind), "risk"))
    if near.person.deceased == "yes":
        row.add(label_as(_("Has died"), "tag"))
    if relation.is_guardian == "yes":
        row.add(label_as(_("Guardian"), "tag"))
    if relation.is_barred:
        row.add(label_as(_(_BARRED), "risk", "barred"))
    elif near.is_double:
        row.add(label_as(_(_DOUBLE), "risk", "double"))
    elif relation.safe_to_contact:
        answer = coded("safe_contact", relation.safe_to_contact)
        row.add(label_as(_("May be contacted: {answer}").format(answer=answer), "quiet"))
    for way in near.may_be_called:
        _fill_contact(row, way, "quiet")


def _fill_contact(row: Flow, point: ContactPoint, style: str = "strong") -> None:
    row.add(named(Elided(point.value or coded("contact_kind", point.kind), style), "way"))
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
