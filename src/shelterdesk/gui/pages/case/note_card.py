"""One note as it stands in the list: folded, opened, corrected; its process note under its seal."""

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, moment_text
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.rows import as_line, small
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS
from shelterdesk.gui.parts.typed import below
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.desk import Desk

_FOLDED_TO: Final = 110
"""Letters of a narrative that show while it is folded."""

_CALLED: Final = {"text": "corrected-text", "reason": "correction-reason"}


class NoteCard(QWidget):
    """A note with its day, kind and aim; what is long or sealed opens only when it is asked for."""

    changed = Signal()

    def __init__(
        self, desk: Desk, note: CaseNote, written_by: str, *, writes: bool, same_day: bool
    ) -> None:
        super().__init__()
        as_line(self)
        self._desk, self.note = desk, note
        self._writes, self._same_day = writes, same_day
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        self.card = Card()
        around.addWidget(self.card)
        self._head(written_by)
        self._narrative()
        if note.process_note is not None:
            self._sealed()
        self.correction: Correction | None = None

    def _head(self, written_by: str) -> None:
        note, top = self.note, self.card.top
        top.addWidget(label_as(moment_text(note.at), "strong", "note-at"))
        if note.kind:
            top.addWidget(label_as(coded("note_kind", note.kind), "tag"))
        top.addWidget(label_as(written_by, "quiet"))
        top.addStretch(1)
        if self._writes:
            self.correct = small(_("Change") if self._same_day else _("Correct"), "correct-note")
            self.correct.clicked.connect(self._start)
            top.addWidget(self.correct)
        for text in self._facts():
            self.card.inside.addWidget(label_as(text, "quiet", wraps=True))

    def _facts(self) -> list[str]:
        note, facts = self.note, []
        if note.corrects_id:
            reason = note.reason or ""
            facts.append(_("Corrects an earlier note: {reason}").format(reason=reason))
        if note.aim:
            facts.append(_("Aim: {aim}").format(aim=note.aim))
        if note.next_on:
            facts.append(_("Next time: {day}").format(day=day_text(note.next_on)))
        return facts

    def _narrative(self) -> None:
        text = self.note.text or ""
        first = text.split("\n")[0]
        self._is_long = len(text) > _FOLDED_TO or "\n" in text
        self._short = first[:_FOLDED_TO].rstrip() + " …" if self._is_long else text
        self.text = plain_label(self._short, "note-text")
        self.card.inside.addWidget(self.text)
        if self._is_long:
            self.unfold = small(_("Read all"), "unfold")
            self.unfold.setCheckable(True)
            self.unfold.toggled.connect(self._fold)
            self.card.inside.addLayout(_left(self.unfold))

    def _fold(self, shown: bool) -> None:
        self.text.setText((self.note.text or "") if shown else self._short)
        self.unfold.setText(_("Fold up") if shown else _("Read all"))
        self.unfold.setAccessibleName(self.unfold.text())

    def _sealed(self) -> None:
        line = Flow()
        line.add(label_as(_("Process note"), "strong"))
        line.add(label_as(_("sealed: counselling"), "tag", "sealed"))
        if self._desk.records.may_open(self.note, "process_note"):
            self.open = small(_("Open"), "open-process-note", _("Open the process note"))
            self.open.clicked.connect(self._open)
            line.add(self.open, label_as(_("The log remembers who opened it."), "quiet"))
        self.card.inside.addLayout(line)
        self.process = plain_label("", "process-note")
        self.process.hide()
        self.card.inside.addWidget(self.process)

    def _open(self) -> None:
        try:
            self.process.setText(self._desk.cases.open_process_note(self.note))
        except DeskError as fault:
            self.process.setText(str(fault))
        self.process.show()
        self.open.setEnabled(False)

    def _start(self) -> None:
        if self.correction is not None:
            return
        self.correction = Correction(self._desk, self.note, same_day=self._same_day)
        self.correction.saved.connect(self.changed)
        self.correction.given_up.connect(self._give_up)
        self.card.inside.addWidget(self.correction)
        self.correction.form.go_to("text")

    def draft(self) -> dict[str, str]:
        """Return the change that is being typed, with the note it belongs to; empty for none."""
        typed = self.correction.form.draft() if self.correction is not None else {}
        return {f"{self.note.id}.{name}": text for name, text in typed.items()}

    def restore(self, values: dict[str, str]) -> None:
        """Put back a change that was being typed."""
        typed = below(f"{self.note.id}.", values)
        if typed and self._writes:
            self._start()
            if self.correction is not None:
                self.correction.form.restore(typed)

    def _give_up(self) -> None:
        if self.correction is not None:
            self.correction.hide()
            self.correction.deleteLater()
            self.correction = None


class Correction(RecordEditor):
    """Where a note is changed on its first day, or a correction is written beside it later."""

    def __init__(self, desk: Desk, note: CaseNote, *, same_day: bool) -> None:
        self._note, self._same_day = note, same_day
        form = RecordForm(CaseNote, ("text",) if same_day else ("text", "reason"))
        form.load(CaseNote(case_id=note.case_id, text=note.text))
        super().__init__(desk, form, loosely(self._write), may_leave=True)
        for name, cell in form.cells.items():
            cell.editor.inner.setObjectName(_CALLED[name])
        self.button.setObjectName("keep-correction")

    def _write(self, values: dict[str, Any]) -> None:
        if self._same_day:
            self._desk.records.change(self._note, values)
            return
        if not values:  # nothing to correct after all
            return
        text = str(self.form.values()["text"] or "")
        self._desk.cases.correct_note(self._note, text, values.get("reason") or "")


def _left(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(NEAR)
    for made in buttons:
        line.addWidget(made)
    line.addStretch(1)
    return line
