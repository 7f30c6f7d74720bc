"""One case: its head, and tabs for who she is, notes, tasks, consents, timeline and history."""

from collections.abc import Callable
from typing import Any, Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.case.disclosure_log import DisclosureLog
from shelterdesk.gui.pages.case.head import ADMIT, CALL, CONSENT, NOTE, REFER, CaseHead
from shelterdesk.gui.pages.case.history import CaseHistory
from shelterdesk.gui.pages.case.notes import CaseNotes
from shelterdesk.gui.pages.case.papers import PapersPanel
from shelterdesk.gui.pages.case.person import CasePerson
from shelterdesk.gui.pages.case.standing import TAKE, Step, step_of, steps_for, take
from shelterdesk.gui.pages.case.tasks import CaseTasks
from shelterdesk.gui.pages.case.timeline import CaseTimeline
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.look import dress_page
from shelterdesk.gui.parts.plain import DOES, named, plain_label
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

_Made = Callable[[Desk, Case], QWidget]

_SEALED: Final = tuple(Area(compartment) for compartment in Compartment)

_TABS: Final[tuple[tuple[str, str, tuple[Area, ...], _Made], ...]] = (
    ("person", N_("Who she is"), (Area.HOUSE,), CasePerson),
    ("notes", N_("Notes"), (Area.CASE_WORK,), CaseNotes),
    ("tasks", N_("Tasks"), (Area.TASKS,), CaseTasks),
    ("consents", N_("Consents"), (Area.CONSENT,), ConsentsPanel),
    ("papers", N_("Papers"), (Area.CASE_WORK, *_SEALED), PapersPanel),
    ("disclosures", N_("What has left"), (Area.CONSENT,), DisclosureLog),
    ("timeline", N_("Timeline"), (Area.HOUSE,), CaseTimeline),
    ("history", N_("History"), (Area.CASE_WORK,), CaseHistory),
)
"""Name, title, areas of which one must be open for reading, and what makes it."""

_TYPED_ON: Final = {
    "task": "tasks",
    "withdrawal": "consents",
    "note": "notes",
    "correction": "notes",
}
"""The tab on which what is typed under a prefix stands."""

_BACK_TO: WeakKeyDictionary[Desk, tuple[str, str]] = WeakKeyDictionary()
"""Case and tab to which somebody at a desk comes back from a page about consent."""

_PAGES: Final = {REFER: "refer", CALL: "call", CONSENT: "consent", ADMIT: "admission"}


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
        self.step: Step | None = None
        self._step_name = ""
        self._below_head = QVBoxLayout()
        around.addLayout(self._below_head)
        self.problem = problem_line()
        around.addWidget(self.problem)
        self.tabs = named(QTabWidget(), "tabs", _("Parts of the case"))
        self.tabs.tabBar().setAccessibleName(_("Parts of the case"))
        self.tabs.setDocumentMode(True)
        around.addWidget(self.tabs, 1)
        around.addStretch(0)
        self._names: list[str] = []
        self._add_tabs()
        self.tabs.currentChanged.connect(self._make)
        self._make(0)
        case, tab = _BACK_TO.pop(desk, ("", ""))
        if case == case_id:
            self.show_tab(tab)

    def _add_tabs(self) -> None:
        """Add a place for every tab that is hers; what is in it is made when it is first shown."""
        for name, title, areas, _made in _TABS:
            if not any(self._desk.may(area, case=self._case) for area in areas):
                continue
            place = QWidget()
            inside = QVBoxLayout(place)
            inside.setContentsMargins(0, 0, 0, 0)
            self._names.append(name)
            self.tabs.addTab(place, _(title))
            key = QShortcut(QKeySequence(f"Alt+{len(self._names)}"), self)
            key.setProperty(DOES, _(title))
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
            if self.isVisible():
                part.show()
        if isinstance(part, ConsentsPanel):
            part.go.connect(self._go_from_consents)
        if isinstance(part, CasePerson):
            part.saved.connect(self._show_head)

    def _go(self, name: str) -> None:
        if name == NOTE:
            self.show_tab("notes")
            notes = self._parts.get("notes")
            if isinstance(notes, CaseNotes) and notes.new is not None:
                notes.new.text.setFocus()
            return
        if name == CONSENT:
            self._go_from_consents(_PAGES[name], self._case.id)
        elif name in _PAGES:
            self.go.emit(_PAGES[name], self._case.id)
        elif name == TAKE:
            self._take()
        else:
            self._open_step(name)

    def _go_from_consents(self, page_name: str, record_id: str) -> None:
        """Open a page about consent; who comes back from it finds the consents in front."""
        _BACK_TO[self._desk] = (self._case.id, "consents")
        self.go.emit(page_name, record_id)

    def _take(self) -> None:
        try:
            take(self._desk, self._case)
        except DeskError as fault:
            self._say(str(fault))
        else:
            self._stands_otherwise()

    def _open_step(self, name: str) -> None:
        """Open the form of a step below the head; another one that was open goes away."""
        self._shut_step()
        self.step = step_of(name, self._desk, self._desk.cases.get(self._case.id))
        self.step.done.connect(self._stands_otherwise)
        self.step.given_up.connect(self._shut_step)
        self._step_name = name
        self._below_head.addWidget(self.step)
        self.tabs.hide()  # one thing at a time, and one place that scrolls
        self.step.first().setFocus()

    def _shut_step(self) -> None:
        emptied(self._below_head)
        self.step = None
        self.tabs.show()

    def _stands_otherwise(self) -> None:
        """Open the page anew: other people may do other things on it now."""
        self._shut_step()
        self.go.emit("case", self._case.id)

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
            self._say(str(fault))

    def _say(self, problem: str) -> None:
        tell(self.problem, problem)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, about her, around her and in notes."""
        return {
            f"{prefix}{name}": text
            for prefix, part in self._typed_in().items()
            for name, text in part.draft().items()
        }

    def _typed_in(self) -> dict[str, Any]:
        """Return the parts that are made and keep what is typed in them, by the prefix of each."""
        notes, person = self._parts.get("notes"), self._parts.get("person")
        tasks, consents = self._parts.get("tasks"), self._parts.get("consents")
        found: dict[str, Any] = {}
        if self.step is not None:
            found[f"step.{self._step_name}."] = self.step
        if isinstance(tasks, CaseTasks):
            found["task."] = tasks
        if isinstance(consents, ConsentsPanel):
            found["withdrawal."] = consents
        if isinstance(person, CasePerson):
            found["person."] = person
            found |= {f"{part.keeps}.": part for part in person.lists}
        if isinstance(notes, CaseNotes):
            found |= {"note.": notes.new} if notes.new else {}
            found["correction."] = notes
        return found

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed, and show the tab in which it stands."""
        for name in values:
            if name.split(".")[0] in _TYPED_ON:
                self.show_tab(_TYPED_ON[name.split(".")[0]])
        self._reopen_step(values)
        for prefix, part in self._typed_in().items():
            if typed := _below(prefix, values):
                part.restore(typed)

    def _reopen_step(self, values: dict[str, str]) -> None:
        """Open the step again in which something was typed, if it can still be done."""
        typed = next((name.split(".")[1] for name in values if name.startswith("step.")), "")
        if typed in steps_for(self._desk, self._case):
            self._open_step(typed)


def _below(prefix: str, values: dict[str, str]) -> dict[str, str]:
    return {n.removeprefix(prefix): text for n, text in values.items() if n.startswith(prefix)}
