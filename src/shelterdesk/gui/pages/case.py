"""One case: its head, and tabs for who she is, notes, tasks, consents, timeline and history."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area
from shelterdesk.gui.pages.case_consents import ConsentsPanel
from shelterdesk.gui.pages.case_head import ADMIT, CALL, CONSENT, NOTE, REFER, CaseHead
from shelterdesk.gui.pages.case_history import CaseHistory
from shelterdesk.gui.pages.case_notes import CaseNotes
from shelterdesk.gui.pages.case_person import CasePerson
from shelterdesk.gui.pages.case_tasks import CaseTasks
from shelterdesk.gui.pages.case_timeline import CaseTimeline
from shelterdesk.gui.pages.disclosure_log import DisclosureLog
from shelterdesk.gui.pages.pieces import dress_page
from shelterdesk.gui.plain import named, plain_label
from shelterdesk.records.case import Case
from shelterdesk.services.desk import Desk

_Made = Callable[[Desk, Case], QWidget]

_TABS: Final[tuple[tuple[str, str, Area, _Made], ...]] = (
    ("person", N_("Who she is"), Area.HOUSE, CasePerson),
    ("notes", N_("Notes"), Area.CASE_WORK, CaseNotes),
    ("tasks", N_("Tasks"), Area.TASKS, CaseTasks),
    ("consents", N_("Consents"), Area.CONSENT, ConsentsPanel),
    ("disclosures", N_("What has left"), Area.CONSENT, DisclosureLog),
    ("timeline", N_("Timeline"), Area.HOUSE, CaseTimeline),
    ("history", N_("History"), Area.CASE_WORK, CaseHistory),
)
"""Name, title, the area that must be open for reading, and what makes it."""

_PAGES: Final = {REFER: "consent", CALL: "call", CONSENT: "consent", ADMIT: "admission"}


class CasePage(QWidget):
    """A case as far as the person at the desk has a part in it; what is not hers is not drawn."""

    go = Signal(str, str)
    page_name = "case"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = desk.cases.get(case_id)
        self._parts: dict[str, QWidget] = {}
        dress_page(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(32, 20, 32, 12)
        around.setSpacing(12)
        self.head = CaseHead(desk, self._case)
        self.head.wanted.connect(self._go)
        around.addWidget(self.head)
        self.problem = plain_label("", "problem")
        self.problem.hide()
        around.addWidget(self.problem)
        self.tabs = named(QTabWidget(), "tabs", _("Parts of the case"))
        self.tabs.tabBar().setAccessibleName(_("Parts of the case"))
        self.tabs.setDocumentMode(True)
        around.addWidget(self.tabs, 1)
        self._names: list[str] = []
        self._add_tabs()
        self.tabs.currentChanged.connect(self._make)
        self._make(0)

    def _add_tabs(self) -> None:
        """Add a place for every tab that is hers; what is in it is made when it is first shown."""
        for name, title, area, _made in _TABS:
            if not self._desk.may(area, case=self._case):
                continue
            place = QWidget()
            inside = QVBoxLayout(place)
            inside.setContentsMargins(0, 0, 0, 0)
            self._names.append(name)
            self.tabs.addTab(place, _(title))
            key = QShortcut(QKeySequence(f"Alt+{len(self._names)}"), self)
            key.activated.connect(lambda chosen=name: self.show_tab(chosen))

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front, if it is hers."""
        if name in self._names:
            self.tabs.setCurrentIndex(self._names.index(name))

    def _make(self, place: int) -> None:
        name = self._names[place]
        if name in self._parts:
            return
        try:
            part = next(made for other, _t, _a, made in _TABS if other == name)(
                self._desk, self._case
            )
        except DeskError as fault:
            part = plain_label(str(fault), "problem")
        self._parts[name] = part
        page = self.tabs.widget(place)
        layout = page.layout() if page else None
        if layout is not None:
            layout.addWidget(part)
            part.show()
        if isinstance(part, ConsentsPanel):
            part.go.connect(self.go)
        if isinstance(part, CasePerson):
            part.saved.connect(self._show_head)

    def _go(self, name: str) -> None:
        if name == NOTE:
            self.show_tab("notes")
            notes = self._parts.get("notes")
            if isinstance(notes, CaseNotes) and notes.new is not None:
                notes.new.text.setFocus()
            return
        self.go.emit(_PAGES[name], self._case.id)

    def _show_head(self) -> None:
        self._case = self._desk.cases.get(self._case.id)
        self.head.show_case(self._case)

    def refresh(self) -> None:
        """Read anew what stands on the page; what is being typed stays."""
        try:
            self._show_head()
            for part in self._parts.values():
                again = getattr(part, "refresh", None)
                if again is not None:
                    again()
        except DeskError as fault:
            self.problem.setText(str(fault))
            self.problem.show()

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed in the note and about her, and not saved; empty when nothing is."""
        typed: dict[str, str] = {}
        notes, person = self._parts.get("notes"), self._parts.get("person")
        if isinstance(notes, CaseNotes) and notes.new is not None:
            typed |= {f"note.{name}": text for name, text in notes.new.draft().items()}
        if isinstance(person, CasePerson):
            typed |= {f"person.{name}": text for name, text in person.draft().items()}
        return typed

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed, and show the tab in which it stands."""
        about_her, note = _below("person.", values), _below("note.", values)
        person = self._parts.get("person")
        if about_her and isinstance(person, CasePerson):
            person.restore(about_her)
        if note:
            self.show_tab("notes")
            notes = self._parts.get("notes")
            if isinstance(notes, CaseNotes) and notes.new is not None:
                notes.new.restore(note)


def _below(prefix: str, values: dict[str, str]) -> dict[str, str]:
    return {n.removeprefix(prefix): text for n, text in values.items() if n.startswith(prefix)}
