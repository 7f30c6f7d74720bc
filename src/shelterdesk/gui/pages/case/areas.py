"""The areas of a case, in the order of the tabs, and what stands on the page of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.hearing import unheard
from shelterdesk.gui.pages.case.agreement_card import AgreementCard
from shelterdesk.gui.pages.case.case_facts import CameWithCard, CaseFactsCard
from shelterdesk.gui.pages.case.consents import ConsentsPanel
from shelterdesk.gui.pages.case.disclosure_log import DisclosureLog
from shelterdesk.gui.pages.case.history import CaseHistory
from shelterdesk.gui.pages.case.notes import CaseNotes
from shelterdesk.gui.pages.case.papers import PapersPanel
from shelterdesk.gui.pages.case.person import CasePerson
from shelterdesk.gui.pages.case.stay_end import StaysCard
from shelterdesk.gui.pages.case.tasks import CaseTasks
from shelterdesk.gui.pages.case.timeline import CaseTimeline
from shelterdesk.gui.pages.kept.in_case import KeptOfHer
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.scrolled import bring_into_view, scrolling
from shelterdesk.gui.parts.style.measures import (
    BESIDE_BAR,
    BETWEEN,
    NO_MARGINS,
    NONE,
)
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.agreement import HouseAgreement
from shelterdesk.services.day_lines import KEPT
from shelterdesk.services.desk import Desk

_SEALED: Final = tuple(Area(compartment) for compartment in Compartment)

SECTIONS: Final = (
    Section(
        Stay,
        N_("Stays in the house"),
        "",
        N_("She has not stayed in the house yet."),
        only_read=("left_at", "exit_type", "exit_agreed"),
    ),
    Section(
        HouseAgreement,
        N_("House agreement"),
        N_("The rules were explained"),
        N_("Nobody has explained the rules of the house to her yet. They fit on one page."),
    ),
    Section(
        HealthVisit,
        N_("Health visits"),
        N_("Add a visit"),
        N_("No visit to a doctor, and nothing the nurse has found, is noted yet."),
    ),
    Section(
        LegalMatter,
        N_("Legal matters"),
        N_("Add a matter"),
        N_("No legal matter is noted yet: a claim, a criminal case, papers she has asked for."),
    ),
    Section(
        ReturnPlan,
        N_("Return plan"),
        N_("Add a plan"),
        N_("No return is planned yet. It begins with where she wants to go, and when."),
    ),
)
"""Kinds that the screen shows from their facts alone."""


@dataclass(frozen=True)
class Part:
    """A card, or several, of an area: who has a part in it, and what makes it."""

    name: str
    areas: tuple[Area, ...]
    """One of these must be open for reading."""
    make: Callable[[Desk, Case], QWidget]
    keeps: tuple[str, ...] = ()
    """The prefixes under which what is typed on it is kept."""
    heading: str = ""
    """The heading of the card around what has none of its own."""
    head: Callable[[Any], QWidget | None] | None = None
    """Gives the card of it that stands where it is named, while the rest, which is long, stands
    below all others."""


@dataclass(frozen=True)
class CaseArea:
    """One tab of a case: its name, its words, and its parts from above to below."""

    name: str
    title: str
    parts: tuple[Part, ...]


_CARDS: Final[dict[type[Record], type[SectionCard]]] = {
    Stay: StaysCard,
    HouseAgreement: AgreementCard,
}
"""The card of each kind that needs more than its facts."""


def _section(section: Section) -> Part:
    card = _CARDS.get(section.kind, SectionCard)
    make = partial(card, section=section)
    return Part(section.name, (section.kind.trade(),), make, (section.name,))


_CAME_WITH: Final = Part("came_with", (Area.HOUSE,), CameWithCard, ("came_with",))
_STAYS, _AGREEMENTS, _VISITS, _MATTERS, _PLANS = map(_section, SECTIONS)

AREAS: Final = (
    CaseArea(
        "she",
        N_("She"),
        (
            Part("person", (Area.HOUSE,), CasePerson, ("person", "relation", "contact")),
            Part(
                "papers",
                (Area.CASE_WORK, *_SEALED),
                PapersPanel,
                ("paper",),
                heading=N_("Papers"),
            ),
        ),
    ),
    CaseArea(
        "plan",
        N_("Plan"),
        (
            Part(
                "notes",
                (Area.CASE_WORK,),
                CaseNotes,
                ("note", "correction"),
                head=lambda notes: getattr(notes, "new", None),
            ),
            Part("tasks", (Area.TASKS,), CaseTasks, ("task",)),
            Part("facts", (Area.CASE_WORK,), CaseFactsCard, ("facts",)),
        ),
    ),
    CaseArea(
        "house",
        N_("House"),
        (_STAYS, _AGREEMENTS, _CAME_WITH, Part(KEPT, (Area.KEPT,), KeptOfHer)),
    ),
    CaseArea("health", N_("Health"), (_VISITS,)),
    CaseArea("law", N_("Law"), (_MATTERS,)),
    CaseArea(
        "consent",
        N_("Consent and letters"),
        (
            Part("consents", (Area.CONSENT,), ConsentsPanel, ("withdrawal",)),
            Part("disclosures", (Area.CONSENT,), DisclosureLog, heading=N_("What has left")),
        ),
    ),
    CaseArea("return", N_("Return"), (_PLANS,)),
    CaseArea(
        "back",
        N_("Looking back"),
        (
            Part("timeline", (Area.HOUSE,), CaseTimeline),
            Part("history", (Area.CASE_WORK,), CaseHistory),
        ),
    ),
)


def open_parts(desk: Desk, case: Case, area: CaseArea) -> list[Part]:
    """Return the parts of an area in which whoever is at the desk has a part."""
    return [part for part in area.parts if desk.opens(part.areas, case=case)]


def area_of(part_name: str) -> CaseArea:
    """Return the area in which a part stands; an area is also found by its own name."""
    return next(a for a in AREAS if part_name in (a.name, *(part.name for part in a.parts)))


def part_that_keeps(prefix: str) -> str:
    """Return the name of the part on which what is kept under a prefix was typed; "" for none."""
    found: Iterator[str] = (p.name for a in AREAS for p in a.parts if prefix in p.keeps)
    return next(found, "")


class AreaPage(QWidget):
    """The page of one area: its cards in one column, which scrolls as a whole.

    What is in it is made by `fill`, once the page lies in its place: a filled page would be given
    its look once more for every frame that is laid around it.
    """

    made = Signal(QWidget)
    """A part that was made just now."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.parts: dict[str, QWidget] = {}
        self._to_make: list[Callable[[], None]] = []
        self._heads: dict[str, QWidget] = {}
        self._at_the_end = 0
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(NONE, BETWEEN, BESIDE_BAR, BETWEEN)
        self._column.setSpacing(BETWEEN)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*NO_MARGINS)
        self.area = scrolling(inside, "area-scroll", title)
        whole.addWidget(self.area)

    def fill(self, desk: Desk, case: Case, parts: list[Part]) -> None:
        """Make the first card now and the others once it is painted, or by `complete`."""
        self._to_make = [partial(self._add, desk, case, part) for part in parts]
        self._to_make.pop(0)()
        QTimer.singleShot(0, self, self.complete)

    def complete(self) -> None:
        """Make what is not made yet."""
        with unheard():
            while self._to_make:
                self._to_make.pop(0)()

    def bring(self, name: str) -> None:
        """Make a part, if that is not done yet, and scroll to where it begins."""
        self.complete()
        if name in self.parts:
            bring_into_view(self._heads.get(name, self.parts[name]))

    def _add(self, desk: Desk, case: Case, part: Part) -> None:
        """Make a part; what cannot be read says why in its place."""
        try:
            made = part.make(desk, case)
        except DeskError as fault:
            made = plain_label(str(fault), "problem")
        self.parts[part.name] = made
        if part.head is not None and isinstance(head := part.head(made), QWidget):
            self._put(head)
            self._heads[part.name] = head
            self._at_the_end += 1
            self._put(_framed(made, part.heading), self._column.count() - 1)
        else:
            self._put(_framed(made, part.heading))
        self.made.emit(made)

    def _put(self, card: QWidget, place: int | None = None) -> None:
        """Put a card below the others, but above what stays at the end."""
        usual = self._column.count() - 1 - self._at_the_end
        self._column.insertWidget(usual if place is None else place, card)
        if self.isVisible():
            card.show()


def _framed(made: QWidget, heading: str) -> QWidget:
    """Return what was made, in a card of its own where it has none."""
    if not heading:
        return made
    card = Card(_(heading))
    card.inside.addWidget(made)
    return card
