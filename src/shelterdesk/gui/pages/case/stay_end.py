"""Her stays in the house: a bed in which somebody sleeps already, and how a stay ended."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_editor import form_of, load
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.parts.fields import beside, choice, choose, chosen, labelled
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import keep_room, named, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay, is_same_bed
from shelterdesk.services.access.with_child import ChildLivesHere
from shelterdesk.services.case.with_children import CHILDREN, GOES, STAYS, WHY
from shelterdesk.services.desk import Desk

_FIELDS: Final = ("left_at", "exit_type", "exit_agreed", "destination")
_NO_END: Final = N_("Write down when she left and how the stay ended.")
_WITH_HER: Final = N_("Her children live here too: say of each what becomes of it.")
_WHY_STAYS: Final = N_("Why a child stays without her, in a sentence")
_LATER: Final = N_("She cannot have left at a time that is still to come.")


class StayEnd(QWidget):
    """The questions, as far as the person at the desk may answer them."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk = desk
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        self.form = form_of(desk, Stay, case, _FIELDS)
        load(desk, self.form, None, case)
        around.addWidget(self.form)
        self._children = desk.residence.children_of(case)
        self.becomes = {child_id: self._child(child_id, name) for child_id, name in self._children}
        self.why = named(WrittenLine(), "why-stays", _(_WHY_STAYS))
        if self.becomes:
            around.addWidget(label_as(_(_WITH_HER), "warning", "with-her", wraps=True))
            boxes = (labelled(name, self.becomes[key]) for key, name in self._children)
            around.addLayout(beside(*boxes))
        if self.becomes and desk.seat.is_director:
            around.addLayout(labelled(_(_WHY_STAYS), self.why))

    def _child(self, child_id: str, name: str) -> QComboBox:
        """Return the choice what becomes of a child; only a director can let it stay."""
        stays = [(STAYS, _("stays here"))] if self._desk.seat.is_director else []
        return choice(f"child-{child_id}", name, [(GOES, _("goes with her")), *stays])

    def values(self) -> dict[str, Any]:
        """Return how the stay ended, by the names of the fields."""
        said = {name: value for name, value in self.form.values().items() if name in _FIELDS}
        return said | self.about_children()

    def about_children(self) -> dict[str, Any]:
        """Return what becomes of her children who live here; nothing where there are none."""
        told = {child_id: chosen(box) for child_id, box in self.becomes.items()}
        return {CHILDREN: told, WHY: self.why.text().strip()} if told else {}

    def missing(self) -> str:
        """Return what is wrong with the answers, and go to the field; "" when nothing is."""
        if not self.form.check():
            return _(InvalidFields.sentence)
        left = self.values()
        for name in ("left_at", "exit_type"):
            if left.get(name) is None:
                self.form.go_to(name)
                return _(_NO_END)
        if left["left_at"] > self._desk.now():
            self.form.go_to("left_at")
            return _(_LATER)
        for child_id, name in self._children:
            if not chosen(self.becomes[child_id]):
                self.becomes[child_id].setFocus()
                return _(ChildLivesHere.sentence).format(name=name)
        return ""

    def show_problems(self, problems: Mapping[str, str]) -> set[str]:
        """Say beside the questions what is wrong with the answers; returns the names of those."""
        self.form.show_problems(problems)
        return problems.keys() & self.form.cells.keys()

    def draft(self) -> dict[str, str]:
        """Return what is typed."""
        typed = {f"stay.{name}": text for name, text in self.form.draft().items()}
        typed |= {
            f"child.{one}": what for one, box in self.becomes.items() if (what := chosen(box))
        }
        return typed | ({"why_stays": self.why.text()} if self.why.text() else {})

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        stay = {name: text for name, text in values.items() if name.startswith("stay.")}
        self.form.restore({name.removeprefix("stay."): text for name, text in stay.items()})
        for child_id, box in self.becomes.items():
            choose(box, values.get(f"child.{child_id}", ""))
        self.why.setText(values.get("why_stays", ""))


_BED, _STATE = "bed", "state"
_TAKEN: Final = N_("Somebody sleeps in this bed already: {who}. Two may share it if they want to.")


def watch_bed(desk: Desk, form: RecordForm, own_case_id: str) -> QLabel | None:
    """Say below the field of a bed who sleeps there; a mother and her child may share one."""
    cell = form.cells.get(_BED)
    if cell is None:
        return None
    told = label_as("", "risk", "bed-taken", wraps=True)
    told.hide()
    keep_room(told)
    cell.add_below(told)
    cell.changed.connect(partial(_look, desk, form, own_case_id, told))
    return told


class StaysCard(SectionCard):
    """Her stays in the house; a bed in which somebody sleeps is told while it is typed.

    Where the house has a plan of its beds, she gets another one there, by a press here.
    """

    go = Signal(str, str)

    def __init__(self, desk: Desk, hook: Record, section: Section) -> None:
        self.to_bed = small(_("Another bed …"), "to-bed")
        super().__init__(desk, hook, section)
        self.to_bed.clicked.connect(self._to_bed)
        self.top.insertWidget(self.top.count() - 2, self.to_bed)

    @override
    def refresh(self) -> None:
        super().refresh()
        has_plan = self._writes and self._desk.beds.are_planned()
        show_if(self.to_bed, has_plan and any(stay.left_at is None for stay in self._stays()))

    def _stays(self) -> list[Stay]:
        return self._desk.residence.stays_of(self._on) if isinstance(self._on, Case) else []

    def _to_bed(self) -> None:
        if isinstance(self._on, Case):
            self.go.emit("beds", self._on.id)

    @override
    def _newest(self) -> str:
        now = next((stay.id for stay in self._stays() if stay.left_at is None), "")
        return now or super()._newest()

    @override
    def _names(self) -> list[str]:
        """Leave out what is said elsewhere: where she is, and her bed in the house's own plan."""
        names = [name for name in super()._names() if name != _STATE]
        if not self._desk.beds.are_planned():
            return names
        return [name for name in names if name != _BED]

    @override
    def _fill_line(self, flow: Flow, record: Record) -> None:
        if isinstance(record, Stay):
            record.bed = self._desk.residence.bed_of(record)
        super()._fill_line(flow, record)

    @override
    def _form(self, record: Record | None) -> RecordForm:
        form = super()._form(record)
        case = self._case
        watch_bed(self._desk, form, case.id if case is not None else "")
        return form


def _look(desk: Desk, form: RecordForm, own_case_id: str, told: QLabel) -> None:
    editor = form.editor(_BED)
    typed = str(editor.value() or "") if editor.dirty() else ""
    there = [one for one in desk.residence.in_house() if is_same_bed(one.bed, typed)]
    others = [" ".join(filter(None, (r.code, r.alias))) for r in there if r.case_id != own_case_id]
    told.setText(_(_TAKEN).format(who=", ".join(others)))
    show_if(told, bool(others))
