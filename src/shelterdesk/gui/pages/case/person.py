"""Who she is: her names and what else she has told, the people around her, ways to reach her."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import Area
from shelterdesk.gui.forms.alike import AlikePeople
from shelterdesk.gui.forms.reading import RecordReading
from shelterdesk.gui.forms.record_editor import RecordEditor, form_of, load
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.case.around_her import ContactsCard, RelationsCard
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.services.desk import Desk


class CasePerson(QWidget):
    """The form of the person and the lists around her; each as far as she may see."""

    saved = Signal()
    go = Signal(str, str)

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._person: Person | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(BETWEEN)
        card = Card(_("Who she is"))
        column.addWidget(card)
        self.change = small(_("Change"), "change-person")
        self.change.clicked.connect(self._open)
        card.top.addWidget(self.change)
        self.form = form_of(desk, Person, case, leave_out=("kind",), later=True)
        self.form.setParent(card)
        self.form.hide()
        self.form.brought_back.connect(self._open)
        self.editor: RecordEditor | None = None
        self.reading = RecordReading(Person, self.form.names, "person-reading")
        self.alike = AlikePeople(desk)
        self.alike.go.connect(self.go)
        self.alike.but_case = case.id
        card.inside.addWidget(self.reading)
        self._card = card
        self._load()
        self.lists: list[RelationsCard | ContactsCard] = []
        if desk.may(Area.IDENTITY, case=case):
            self.lists = [RelationsCard(desk, case), ContactsCard(desk, case)]
        for part in self.lists:
            column.addWidget(part)
        self._fold(folded=True)

    def _load(self) -> None:
        self._person = self._desk.cases.person_of(self._case)
        load(self._desk, self.form, self._person, self._case)
        self.reading.read(self._person)
        self.alike.but_person = self._person.id if self._person else ""
        self.alike.is_saved()

    def _open(self) -> None:
        """Show the form in the place of what is read, with the keyboard in its first field."""
        if self.editor is None:
            self.editor = self._made_editor()
        self._fold(folded=False)
        self.form.begin_typing()

    def _made_editor(self) -> RecordEditor:
        """Make the fields, which nobody needs who only reads."""
        made = RecordEditor(
            self._desk, self.form, loosely(self._keep), may_leave=True, parent=self._card
        )
        made.saved.connect(self._saved)
        made.given_up.connect(self._give_up)
        made.overtaken.connect(self._show_both)
        self.alike.follow(self.form)
        made.add_above_form(self.alike)
        self._card.inside.addWidget(made)
        self.form.show()
        load(self._desk, self.form, self._person, self._case)
        made.show_button()
        return made

    def _may_write(self) -> bool:
        free = self._desk.records.writable(Person, self._case)
        return self._case.closed_on is None and not set(free).isdisjoint(self.form.names)

    def _fold(self, *, folded: bool) -> None:
        """Show what stands there, to be read, or the form in which it is changed."""
        show_if(self.reading, folded)
        if self.editor is not None:
            show_if(self.editor, not folded)
        show_if(self.change, folded and self._may_write())

    def _give_up(self) -> None:
        """Go back to reading; what was typed is given up."""
        self._load()
        self.alike.again()
        self._fold(folded=True)

    def _show_both(self) -> None:
        """Show what somebody else has saved meanwhile beside what was typed here."""
        typed = self.form.draft()
        self._load()
        self.form.restore(typed)

    def _keep(self, values: dict[str, Any]) -> None:
        """Save what was changed; what somebody else has changed meanwhile is not overwritten."""
        if not values:
            return
        if self._person is None:
            self._desk.cases.admit({"person": values}, self._desk.cases.get(self._case.id))
            return
        fresh = self._desk.records.get(Person, self._person.id)
        fresh.version = self._person.version
        self._desk.records.change(fresh, values)

    def _saved(self) -> None:
        self._load()
        if not self.form.waiting():  # an unfinished text still waits for a choice in the form
            self.alike.again()
            self._fold(folded=True)
        for part in self.lists:
            part.refresh()
        self.saved.emit()

    def refresh(self) -> None:
        """Read anew what nobody is typing into."""
        if not self.form.dirty():
            self._load()
        for part in self.lists:
            if part.editor is None:
                part.refresh()
