"""The people around her and the ways to reach her: lists that are changed in place."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import Elided, coded
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.rows import rule_line, small
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk

_RELATION: Final = ("relation", "is_guardian", "safe_to_contact", "involved", "notes")
_CONTACT: Final = (
    *("kind", "value", "whose", "safe_to_call", "safe_to_leave_message", "safe_hours"),
    *("say_who_is_calling", "expires"),
)
_WHO: Final = ("given_name", "family_name")
_BARRED: Final = N_("Never a contact, never her guardian")
_NO_RELATION: Final = N_("Nobody is noted yet. Add whoever matters to her, if she wants to say.")
_NO_CONTACT: Final = N_("No way to reach her is noted yet. Ask her which one is safe.")
_NOBODY_YET: Final = N_("Save who she is first, even if only her language is known.")


class ListCard(Card):
    """A card with lines; below it opens the form of the line that is added or changed."""

    def __init__(self, desk: Desk, case: Case, title: str, add: str, name: str) -> None:
        super().__init__(title)
        self._desk, self._case = desk, case
        self.editor: QWidget | None = None
        self._rows, self._below = QVBoxLayout(), QVBoxLayout()
        self._rows.setSpacing(4)
        self.inside.addLayout(self._rows)
        self.inside.addLayout(self._below)
        self.add = small(add, f"add-{name}")
        self.add.clicked.connect(self._begin)
        self._writes = desk.may(Area.IDENTITY, Right.WRITE, case)
        show_if(self.add, self._writes)
        self.top.addWidget(self.add)
        self.keeps = name
        """Under which name what is typed here is kept as a draft."""
        self._forms: dict[str, RecordForm] = {}
        self._about = ""
        self.refresh()

    def refresh(self) -> None:
        """Read the lines anew."""
        rows = emptied(self._rows)
        self._case = self._desk.cases.get(self._case.id)
        lines = self._lines()
        for number, (line, change) in enumerate(lines):
            if number:
                rows.addWidget(rule_line())
            if self._writes:
                again = small(_("Change"), f"change-{self.keeps}")
                again.clicked.connect(change)
                layout = line.layout()
                if layout is not None:
                    layout.addWidget(again)
            rows.addWidget(line)
        if not lines:
            rows.addWidget(label_as(self._empty(), "quiet", "empty", wraps=True))
        self.add.setEnabled(bool(self._case.person_id))

    def _lines(self) -> list[tuple[QWidget, Callable[[], None]]]:
        raise NotImplementedError

    def _begin(self) -> None:
        raise NotImplementedError

    def _open_again(self, record_id: str) -> None:
        if not self._writes:
            return
        if record_id:
            self._change_known(record_id)
        else:
            self._begin()

    def _empty(self) -> str:
        raise NotImplementedError

    def _change_known(self, record_id: str) -> None:
        """Open the form of a line that is known by its id, if it is still there."""
        raise NotImplementedError

    def _open(self, forms: dict[str, RecordForm], editor: RecordEditor, about: str = "") -> None:
        """Show a form below the lines; another one that was open goes away.

        `forms` has the forms by the prefix under which what is typed in them is kept; `about` is
        the id of the record that is changed.
        """
        self._shut()
        self._forms, self._about = forms, about
        self.editor = named(QWidget(), f"{self.keeps}-form")
        around = QVBoxLayout(self.editor)
        around.setContentsMargins(0, 10, 0, 0)
        around.setSpacing(12)
        parts = [form for form in forms.values() if form is not editor.form]
        for part in (*parts, editor):
            around.addWidget(part)
        self._below.addWidget(self.editor)
        editor.saved.connect(self._done)
        editor.given_up.connect(self._shut)
        first = next(iter(forms.values()))
        first.go_to(next(iter(first.cells)))

    def _shut(self) -> None:
        emptied(self._below)
        self.editor = None
        self._forms = {}

    def _done(self) -> None:
        self._shut()
        self.refresh()

    def draft(self) -> dict[str, str]:
        """Return what is typed in the open form and not saved; empty when nothing is."""
        typed = {
            f"{prefix}.{name}": text
            for prefix, form in self._forms.items()
            for name, text in form.draft().items()
        }
        return {"of": self._about, **typed} if typed else {}

    def restore(self, values: dict[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        if self.editor is None:
            self._open_again(values.get("of", ""))
        for prefix, form in self._forms.items():
            kept = {n: text for n, text in values.items() if n.startswith(f"{prefix}.")}
            form.restore({n.removeprefix(f"{prefix}."): text for n, text in kept.items()})


class RelationsCard(ListCard):
    """Family, guardian and others; who is involved is marked, and cannot become her guardian."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("People around her"), _("Add a person"), "relation")

    def _empty(self) -> str:
        return _(_NO_RELATION if self._case.person_id else _NOBODY_YET)

    def _lines(self) -> list[tuple[QWidget, Callable[[], None]]]:
        found = self._desk.cases.relations_of(self._case)
        return [
            (_relation_line(relation, person), partial(self._change, relation))
            for relation, person in found
        ]

    def _change_known(self, record_id: str) -> None:
        found = self._desk.cases.relations_of(self._case)
        for relation in [one for one, _person in found if one.id == record_id]:
            self._change(relation)

    def _change(self, relation: Relation) -> None:
        form = RecordForm(Relation, _RELATION)
        form.load(relation)

        def keep(values: dict[str, Any]) -> None:
            fresh = self._desk.records.get(Relation, relation.id)
            fresh.version = relation.version
            self._desk.records.change(fresh, values)

        editor = RecordEditor(self._desk, form, keep, may_leave=True)
        self._open({"relation": form}, editor, relation.id)

    def _begin(self) -> None:
        who, form = RecordForm(Person, _WHO), RecordForm(Relation, _RELATION)
        who.load(None)
        form.load(None)

        def keep(values: dict[str, Any]) -> None:
            person = {name: who.editor(name).value() for name in _WHO}
            self._desk.cases.add_relative(self._case, person, values)

        editor = RecordEditor(self._desk, form, keep, may_leave=True)
        self._open({"who": who, "relation": form}, editor)


class ContactsCard(ListCard):
    """Telephone numbers and other ways, each with what is safe about it."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, _("Ways to reach her"), _("Add a way"), "contact")

    def _empty(self) -> str:
        return _(_NO_CONTACT if self._case.person_id else _NOBODY_YET)

    def _lines(self) -> list[tuple[QWidget, Callable[[], None]]]:
        found = self._desk.cases.contacts_of(self._case)
        return [(_contact_line(point), partial(self._change, point)) for point in found]

    def _change_known(self, record_id: str) -> None:
        found = self._desk.cases.contacts_of(self._case)
        for point in [one for one in found if one.id == record_id]:
            self._change(point)

    def _change(self, point: ContactPoint) -> None:
        form = RecordForm(ContactPoint, _CONTACT)
        form.load(point)

        def keep(values: dict[str, Any]) -> None:
            fresh = self._desk.records.get(ContactPoint, point.id)
            fresh.version = point.version
            self._desk.records.change(fresh, values)

        editor = RecordEditor(self._desk, form, keep, may_leave=True)
        self._open({"contact": form}, editor, point.id)

    def _begin(self) -> None:
        form = RecordForm(ContactPoint, _CONTACT)
        form.load(None)

        def keep(values: dict[str, Any]) -> None:
            point = ContactPoint(person_id=self._case.person_id or "", **values)
            self._desk.records.save(point)

        editor = RecordEditor(self._desk, form, keep, may_leave=True)
        self._open({"contact": form}, editor)


def _line(name: str) -> tuple[QWidget, Flow]:
    """Return a line, and the place in it for facts, which goes on below when they are many."""
    line, facts = named(QWidget(), name), QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(12)
    flow = Flow()
    facts.setLayout(flow)
    row.addWidget(facts, 1)
    return line, flow


def _relation_line(relation: Relation, person: Person) -> QWidget:
    line, row = _line("relation")
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
    return line


def _contact_line(point: ContactPoint) -> QWidget:
    line, row = _line("contact")
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
    return line
