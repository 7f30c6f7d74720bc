"""Already here: who lived in the house before these records began, one short line each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.alike import AlikePeople
from shelterdesk.gui.forms.editors import Editor, editor_for
from shelterdesk.gui.forms.list_page import list_page, table_card, title_line
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.bed_choice import BedChoice
from shelterdesk.gui.pages.house.bed_forms import ShortEditor
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.gui.parts.style.measures import BESIDE_BAR, BETWEEN, NONE
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.case.residence import Resident
from shelterdesk.services.desk import Desk

_SINCE: Final = N_("The day on which she came")
_WHY: Final = N_(
    "For whoever lived here before these records began. Her name here, the day, her bed: the rest "
    "is asked in her case, in its own time. Whoever arrives now is admitted on My day."
)
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""

_COLUMNS: Final = (N_("Case code"), N_("Name she chose"), N_("Since"), N_("Bed"))


class HereForm(RecordForm):
    """What is asked of her: what she is called, since when she is here, whose case it is."""

    def __init__(self, desk: Desk) -> None:
        names = ("alias", "opened_on", "owner_id")
        writable = desk.records.writable(Case)
        choices = {"owner_id": lambda: desk.naming.choices(StaffMember.kind_name(), None)}
        super().__init__(Case, [n for n in names if n in writable], choices=choices)

    @override
    def _editor_for(self, name: str) -> Editor:
        declared = self.kind.fields()[name]
        if name == "opened_on":  # as far as anybody knows, the case began when she came
            declared = replace(declared, label=_SINCE)
        return editor_for(name, declared, self._choices.get(name))


class AlreadyHerePage(QWidget):
    """One form that is filled in again and again, and below it who is in the house by now."""

    go = Signal(str, str)
    page_name = "already_here"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        around = list_page(self)
        head = title_line(_("Already here"))
        head.addStretch(1)
        back = small(_("To the beds"), "to-beds")
        back.clicked.connect(lambda: self.go.emit("beds", ""))
        head.addWidget(back)
        around.addLayout(head)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(NONE, NONE, BESIDE_BAR, NONE)
        column.setSpacing(BETWEEN)
        column.addWidget(plain_label(_(_WHY), "quiet"))
        column.addWidget(self._asking())
        column.addWidget(self._list_card())
        column.addStretch(1)
        around.reach(scrolling(inside, "already-here-scroll", _("Already here")))
        self.setFocusProxy(self.form.editor("alias").inner)
        self.refresh()

    def _asking(self) -> Card:
        card, self.form = Card(), HereForm(self._desk)
        self.bed = BedChoice(self._desk) if self._desk.beds.are_planned() else None
        self.typed_bed = None if self.bed else RecordForm(Stay, ("bed",))
        more = [self.typed_bed] if self.typed_bed else []
        self.editor = ShortEditor(
            self._desk, self.form, loosely(self._keep), more=more, may_leave=False
        )
        self.alike = AlikePeople(self._desk)
        self.alike.follow(self.form)
        self.alike.go.connect(self.go)
        self.editor.add_below_form(self.alike)
        if self.bed is not None:
            self.editor.add_below_form(self.bed)
        card.inside.addWidget(self.editor)
        return card

    def _list_card(self) -> Card:
        self.table = RecordTable(
            [_(title) for title in _COLUMNS], "already-here", _("In the house"), lines=_LINES
        )
        self.table.opened.connect(lambda case_id: self.go.emit("case", case_id))
        self.table.set_empty_text(_("Nobody is written down yet."))
        return table_card(self.table)

    def refresh(self) -> None:
        """Read who is in the house by now."""
        here = self._desk.residence.in_house()
        self.table.set_rows((one.case_id, _cells(one)) for one in here)

    def _keep(self, values: Mapping[str, Any]) -> None:
        """Take her down, show her in the list, and begin with the next one."""
        bed = self.typed_bed.values().get("bed") if self.typed_bed else None
        said = (values.get("alias") or "", values.get("opened_on"), values.get("owner_id") or "")
        case = self._desk.already_here.take_down(*said, str(bed or ""))
        told = self.bed is None or self.bed.keep(case)
        self._begin_again(case)
        if not told:
            self.table.choose(case.id)

    def _begin_again(self, case: Case) -> None:
        for form in self.editor.forms:
            form.load(None)
        self.alike.again()
        if self.bed is not None:
            self.bed.show_case(None)
        self.refresh()
        self.table.choose(case.id)
        self.form.go_to("alias")


def _cells(one: Resident) -> tuple[str, ...]:
    since = Ordered(day_text(one.since), one.since) if one.since else ""
    return (one.code, one.alias, since, one.bed)
