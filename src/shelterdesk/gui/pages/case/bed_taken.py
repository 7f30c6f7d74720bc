"""Whose bed it is that was typed, told below the field before anything is saved."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QLabel
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import is_same_bed
from shelterdesk.services.desk import Desk

_BED: Final = "bed"
_TAKEN: Final = N_("Somebody sleeps in this bed already: {who}. Two may share it if they want to.")


def watch_bed(desk: Desk, form: RecordForm, own_case_id: str) -> QLabel | None:
    """Say below the field of a bed who sleeps there; a mother and her child may share one."""
    cell = form.cells.get(_BED)
    if cell is None:
        return None
    told = label_as("", "risk", "bed-taken", wraps=True)
    told.hide()
    cell.add_below(told)
    cell.changed.connect(partial(_look, desk, form, own_case_id, told))
    return told


class StaysCard(SectionCard):
    """Her stays in the house; a bed in which somebody sleeps is told while it is typed."""

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
