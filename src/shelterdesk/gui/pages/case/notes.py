"""The notes of a case: a new one on top, then what was written, the newest first."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.editors.timing import MomentEditor
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.case.note_card import NoteCard
from shelterdesk.gui.pages.case.note_search import NoteSearch
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import press_by, show_if
from shelterdesk.gui.parts.rows import JustSaved, has_keyboard, small
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.desk import Desk

_EMPTY: Final = N_("No note yet. Write the first one above; nothing in it is obligatory.")
_NOTHING: Final = N_("There is nothing to save yet.")
_AT_A_TIME: Final = 30
"""Notes that are drawn before somebody asks for earlier ones."""

_SEALED: Final = "process_note"
_OPENLY: Final = ("text", "kind", "aim", "next_on", "at")
_CALLED: Final = {
    "text": "note-text",
    "kind": "note-kind",
    "aim": "note-aim",
    "next_on": "note-next",
    "at": "note-at",
    _SEALED: "process-note",
}


class NewNote(Card):
    """The form of a note; its sealed part stays folded until it is wanted."""

    saved = Signal()

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(_("New note"))
        self._desk, self._case = desk, case
        self.kept = ""
        """The id of the note that was saved last."""
        seals = desk.may(Area.TESTIMONY, Right.WRITE, case)
        self.form = RecordForm(CaseNote, (*_OPENLY, _SEALED) if seals else _OPENLY)
        self.form.kept_as = "note"
        for name, cell in self.form.cells.items():
            cell.editor.inner.setObjectName(_CALLED[name])
        when = self.form.editor("at")
        if isinstance(when, MomentEditor):
            when.line.setPlaceholderText(_("now"))
        self.text = self.form.editor("text").inner
        self.editor = RecordEditor(desk, self.form, loosely(self._keep))
        self.editor.button.setText(_("Save the note"))
        self.editor.button.setAccessibleName(_("Save the note"))
        press_by(self.editor.button, "Ctrl+S")
        self.editor.add_action(label_as("Ctrl+S", "quiet"))
        self.editor.saved.connect(self.saved)
        self.inside.addWidget(self.editor)
        self.more = small(_("Add a process note (sealed: counselling)"), "add-process-note")
        self.more.clicked.connect(self._unfold)
        self.editor.add_action(self.more)
        self.form.changed.connect(self._look_for_sealed)
        self._fold(folded=True)

    def _fold(self, *, folded: bool) -> None:
        """Show the sealed part, or offer it to who may write it."""
        cell = self.form.cells.get(_SEALED)
        if cell is not None:
            show_if(cell, not folded)
        show_if(self.more, cell is not None and folded)

    def _unfold(self) -> None:
        self._fold(folded=False)
        self.form.go_to(_SEALED)

    def _look_for_sealed(self) -> None:
        """Show the sealed part as soon as something stands in it: it came back after the lock."""
        if _SEALED in self.form.touched():
            self._fold(folded=False)

    def _keep(self, values: dict[str, Any]) -> None:
        """Write the note; on a problem nothing that was typed is lost."""
        sealed = values.get(_SEALED)
        texts = (values.get("text") or "", str(sealed.value) if sealed else "")
        if not any(text.strip() for text in texts):
            raise InvalidFields({"text": _NOTHING})
        self.kept = self._desk.cases.write_note(
            self._case,
            *texts,
            kind=values.get("kind"),
            aim=values.get("aim") or "",
            next_on=values.get("next_on"),
            at=values.get("at"),
        ).id
        self.form.load(None)
        self._fold(folded=True)


class CaseNotes(QWidget):
    """The new note, if she may write one, and the newest of the others below it."""

    kept_as = "correction"

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        take_part(self)
        self._desk, self._case = desk, case
        self._notes: list[CaseNote] = []
        self._wanted: list[CaseNote] = []
        self._drawn: dict[str, NoteCard] = {}
        self._just_saved = JustSaved()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*NO_MARGINS)
        self._column.setSpacing(BETWEEN)
        self.new: NewNote | None = None
        if desk.may(Area.CASE_WORK, Right.WRITE, case):
            self.new = NewNote(desk, case)
            self.new.saved.connect(self._saved)
            self._column.addWidget(self.new)
        self.search = NoteSearch()
        self.search.asked.connect(self._look)
        self._column.addWidget(self.search)
        self._list = QVBoxLayout()
        self._list.setSpacing(BETWEEN)
        self._column.addLayout(self._list)
        self.earlier = small(_("Show earlier"), "earlier-notes")
        self.earlier.clicked.connect(self._show_earlier)
        self._column.addWidget(self.earlier)
        self.refresh()

    def refresh(self) -> None:
        """Read the notes anew; a correction that is being typed is left alone."""
        if any(card.correction for card in self.cards() if not card.isHidden()):
            return
        self._fill()

    def _saved(self) -> None:
        """Show the note that was written just now, with the keyboard on it."""
        if self.new is not None:
            self._just_saved.note(self.new.kept)
            self.refresh()
            self._into(self.new.kept)

    def _into(self, note_id: str) -> None:
        card = self._drawn.get(note_id)
        for act in card.findChildren(QPushButton)[:1] if card is not None else ():
            act.show()  # what is new is else shown a moment later, and takes no keys until then
            act.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self, field: str, _record_id: str = "") -> None:
        """Put the keyboard into a field of the new note, if she may write one."""
        if self.new is not None:
            self.new.form.go_to(field)

    def cards(self) -> list[NoteCard]:
        """Return the notes that are drawn, the newest first."""
        return [self._drawn[note.id] for note in self._notes if note.id in self._drawn]

    def draft(self) -> dict[str, str]:
        """Return the corrections that are being typed, by the note each belongs to."""
        return {name: text for card in self.cards() for name, text in card.draft().items()}

    def restore(self, values: dict[str, str]) -> None:
        """Put back the corrections that were being typed."""
        about = {name.split(".")[0] for name in values}
        if not about <= {note.id for note in self._notes}:
            self._read(None)
        self._draw([note for note in self._notes if note.id in about])
        for card in self.cards():
            card.restore(values)

    def _fill(self) -> None:
        held = next((key for key, card in self._drawn.items() if has_keyboard(card)), "")
        emptied(self._list)
        self._drawn, self._shown = {}, _AT_A_TIME
        self._read(_AT_A_TIME + 1)
        self._writes = self._desk.may(Area.CASE_WORK, Right.WRITE, self._case)
        self._names = self._writers()
        show_if(self.search, bool(self._notes))
        self._look(self.search.words())
        if not self._notes:
            self._list.addWidget(label_as(_(_EMPTY), "quiet", "empty", wraps=True))
        saved = self._drawn.get(self._just_saved.about)
        self._just_saved.mark(saved.card if saved is not None else None)
        self._into(held)

    def _read(self, newest: int | None) -> None:
        """Read the newest notes, or all of them; nobody waits for old ones she does not look at."""
        self._notes = self._wanted = self._desk.cases.notes_of(self._case, newest)[::-1]

    def _draw(self, notes: list[CaseNote]) -> None:
        """Draw what is not drawn yet of some notes, each in its place among the others."""
        new = [note for note in notes if note.id not in self._drawn]
        fresh = self._desk.records.changeable(new)
        for note in new:
            by, same_day = self._names.get(note.created_by, ""), note.id in fresh
            card = NoteCard(self._desk, note, by, writes=self._writes, same_day=same_day)
            card.changed.connect(self._fill)
            self._drawn[note.id] = card
            self._list.insertWidget(self.cards().index(card), card)

    def _look(self, typed: str) -> None:
        """Leave only the notes in which the words stand; all of them without words."""
        hits = self._desk.cases.in_notes(self._case, typed) if typed else None
        if hits is not None and not hits <= {note.id for note in self._notes}:
            self._read(None)
        self._wanted = self._notes
        if hits is not None:
            self._wanted = [note for note in self._notes if note.id in hits]
        self._show()
        self.search.tell(None if hits is None else len(hits))

    def _show(self) -> None:
        """Draw the newest of what is wanted; a correction that is being typed stays in any case."""
        shown = self._wanted[: self._shown]
        self._draw(shown)
        seen = {note.id for note in shown}
        for card in self.cards():
            show_if(card, card.note.id in seen or card.correction is not None)
        show_if(self.earlier, len(self._wanted) > self._shown)

    def _show_earlier(self) -> None:
        self._shown += _AT_A_TIME
        if len(self._notes) <= self._shown and self._wanted is self._notes:
            self._read(self._shown + 1)
        self._show()

    def _writers(self) -> dict[str, str]:
        if not self._desk.may(Area.STAFF):
            return {}
        members = self._desk.staff.members(active_only=False)
        return {member.holder_id: member.name for member in members if member.holder_id}
