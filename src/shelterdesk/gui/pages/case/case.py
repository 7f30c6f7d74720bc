"""One case: its head, and a tab for each area of the work."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.opened_at import open_at, wanted_spot
from shelterdesk.gui.pages.case.areas import (
    AREAS,
    AreaPage,
    CaseArea,
    area_of,
    open_parts,
    part_that_keeps,
)
from shelterdesk.gui.pages.case.case_facts import CaseFactsCard
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.case.head import ADMIT, CALL, CONSENT, NOTE, REFER, CaseHead
from shelterdesk.gui.pages.case.history import CaseHistory
from shelterdesk.gui.pages.case.notes import CaseNotes
from shelterdesk.gui.pages.case.person import CasePerson
from shelterdesk.gui.pages.case.standing import TAKE, Step, step_of, steps_for, take
from shelterdesk.gui.pages.case.stay_end import StaysCard
from shelterdesk.gui.pages.case.timeline import CaseTimeline
from shelterdesk.gui.pages.kept.in_case import KeptOfHer
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.look import dress_page
from shelterdesk.gui.parts.plain import DOES, named
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import beside_edge, go_into
from shelterdesk.gui.parts.style.measures import BETWEEN, PAGE_TO_THE_EDGE
from shelterdesk.gui.parts.typed import put_back, take_part, typed_on
from shelterdesk.records.house.group import Attendance
from shelterdesk.records.house.incident import IncidentPerson
from shelterdesk.services.day_lines import (
    GROUPS,
    INCIDENT,
    KEPT,
    LEAVE,
    LOGBOOK,
    PLACES,
    REFERRAL,
    Spot,
)
from shelterdesk.services.desk import Desk

_PAGES: Final = {REFER: "refer", CALL: "call", CONSENT: "consent", ADMIT: "admission"}


class CasePage(QWidget):
    """A case as far as the person at the desk has a part in it; what is not hers is not drawn."""

    go = Signal(str, str)
    page_name = "case"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = desk.cases.look_into(case_id)
        dress_page(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(*PAGE_TO_THE_EDGE)
        around.setSpacing(BETWEEN)
        self.head = CaseHead(desk, self._case)
        self.head.wanted.connect(self._go)
        around.addLayout(beside_edge(self.head))
        self.step: Step | None = None
        self._below_head = QVBoxLayout()
        self.problem = problem_line(room=1)
        around.addLayout(beside_edge(self._below_head))
        self.tabs = named(QTabWidget(), "tabs", _("Parts of the case"))
        self.tabs.tabBar().setAccessibleName(_("Parts of the case"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        around.addWidget(self.tabs, 1)
        around.addLayout(beside_edge(self.problem))  # at the foot, where it moves nothing
        around.addStretch(0)
        self._areas: list[CaseArea] = []
        self._add_tabs()
        self.tabs.currentChanged.connect(self._make)
        self._make(0)
        self._spot = wanted_spot(desk, case_id)
        self.is_led = self._spot is not None
        """Whether it was opened for one part of it."""
        if self._spot is not None:
            self.show_tab(self._spot.part)
            QTimer.singleShot(0, self, self._enter)

    def _enter(self) -> None:
        """Put the keyboard where somebody came for: into a field that is to be filled in."""
        spot, self._spot = self._spot, None
        part = self._parts.get(spot.part) if spot is not None else None
        enter = getattr(part, "enter", None)
        if spot is not None and spot.field and enter is not None:
            enter(spot.field, spot.record_id)

    def _add_tabs(self) -> None:
        """Add a place for every area in which she has a part; it is filled when first shown."""
        for area in AREAS:
            if not open_parts(self._desk, self._case, area):
                continue
            self._areas.append(area)
            place = self.tabs.addTab(AreaPage(_(area.title)), _(area.title))
            self.tabs.tabBar().setTabData(place, area.name)
            key = QShortcut(QKeySequence(f"Alt+{len(self._areas)}"), self)
            key.setProperty(DOES, _(area.title))
            key.activated.connect(lambda chosen=area.name: self._go_to_tab(chosen))

    def _go_to_tab(self, name: str) -> None:
        """Bring an area to the front with the keyboard in it, once it is laid out."""
        self.show_tab(name)
        QTimer.singleShot(0, self, lambda: go_into(self.tabs.currentWidget()))

    def show_tab(self, name: str) -> None:
        """Bring an area, or one part of it, to the front, if it is hers."""
        area = area_of(name)
        if area not in self._areas:
            return
        place = self._areas.index(area)
        self.tabs.setCurrentIndex(place)
        page = self.tabs.widget(place)
        if name != area.name and isinstance(page, AreaPage):
            page.bring(name)

    def part_in_front(self) -> str:
        """Return the name of the area that is shown."""
        return self._areas[self.tabs.currentIndex()].name if self._areas else ""

    bring_part = show_tab

    def _make(self, place: int) -> None:
        page, area = self.tabs.widget(place), self._areas[place]
        if isinstance(page, AreaPage) and not page.parts:
            page.made.connect(self._made)
            page.fill(self._desk, self._case, open_parts(self._desk, self._case, area))

    def _made(self, part: QWidget) -> None:
        """Listen to a part that was made, where it has something to say."""
        if isinstance(part, ConsentsPanel):
            part.go.connect(self._go_from_consents)
        if isinstance(part, CaseTimeline):
            part.wanted.connect(self._show_told)
        if isinstance(part, CasePerson | CaseFactsCard):
            part.saved.connect(self._show_head)
        if isinstance(part, CaseHistory | CasePerson | KeptOfHer | StaysCard):
            part.go.connect(self.go)

    def _show_told(self, where: str, record_id: str) -> None:
        """Open what the timeline tells of: a page of its own, or the part of the case."""
        if where in (REFERRAL, LOGBOOK, PLACES):
            self.go.emit(where, record_id)
        elif where == INCIDENT:
            told = self._desk.records.get(IncidentPerson, record_id)
            self.go.emit(where, told.incident_id)
        elif where == GROUPS:
            came = self._desk.records.get(Attendance, record_id)
            self.go.emit(where, came.group_id)
        elif where in (ADMIT, LEAVE, KEPT):
            self.go.emit(where, self._case.id)
        else:
            self.show_tab(where)

    @property
    def _parts(self) -> dict[str, QWidget]:
        """The parts that are made, by name."""
        pages = (self.tabs.widget(place) for place in range(self.tabs.count()))
        return {n: p for page in pages if isinstance(page, AreaPage) for n, p in page.parts.items()}

    def _go(self, name: str) -> None:
        if name == NOTE:
            self.show_tab("notes")
            notes = self._parts.get("notes")
            if isinstance(notes, CaseNotes):
                notes.enter("text")
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
        open_at(self._desk, self._case.id, Spot("consents"))
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
        self.step.kept_as = f"step.{name}"
        take_part(self.step)
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
        return typed_on(self)

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed, and show the area in which it stands."""
        for name in values:
            if part := part_that_keeps(name.split(".")[0]):
                self.show_tab(part)
        self._reopen_step(values)
        put_back(self, values)

    def _reopen_step(self, values: dict[str, str]) -> None:
        """Open the step again in which something was typed, if it can still be done."""
        typed = next((name.split(".")[1] for name in values if name.startswith("step.")), "")
        if typed in steps_for(self._desk, self._case):
            self._open_step(typed)
