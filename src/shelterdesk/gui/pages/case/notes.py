"""The notes of a case: a new one on top, then what was written, the newest first."""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core.codes import labels
from shelterdesk.core.days import NotADay, kept_day, read_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.pages.case.note_card import NoteCard, Reader
from shelterdesk.gui.pages.case.note_search import NoteSearch
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import saved_text
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.desk import Desk

_EMPTY: Final = N_("No note yet. Write the first one above; nothing in it is obligatory.")
_NOTHING: Final = N_("There is nothing to save yet.")
_AT_A_TIME: Final = 30
"""Notes that are drawn before somebody asks for earlier ones."""

_DAY_SHAPE: Final = N_("day/month/year")


class NewNote(Card):
    """A note being typed: a kind, an aim and a next day if one likes, the text, the sealed part."""

    saved = Signal()
    kept_as = "note"

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(_("New note"))
        take_part(self)
        self._desk, self._case = desk, case
        self._facts()
        self.text = self._editor("note-text", _("Note"), 4)
        self.inside.addWidget(self.text)
        self.process = self._editor("process-note", _("Process note"), 3)
        self._process_line()
        self.next_problem = problem_line()
        self.problem = problem_line()
        for line in (self.next_problem, self.problem):
            line.hide()
            self.inside.addWidget(line)
        foot = QHBoxLayout()
        self.keep = button(_("Save the note"), "main")
        press_by(self.keep, "Ctrl+S")
        self.keep.clicked.connect(self.save)
        self.told = plain_label("", "saved")
        foot.addWidget(self.keep)
        foot.addWidget(label_as("Ctrl+S", "quiet"))
        foot.addWidget(self.told, 1)
        self.inside.addLayout(foot)

    def _facts(self) -> None:
        self.kind = named(QComboBox(), "note-kind", _("Kind of note"))
        self.kind.addItem("–", "")
        for code, text in labels("note_kind", screen_language()).items():
            self.kind.addItem(text, code)
        self.aim = named(WrittenLine(), "note-aim", _("Aim"))
        self.next = named(WrittenLine(), "note-next", _("Next time"))
        self.next.setPlaceholderText(_(_DAY_SHAPE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        fields = ((_("Kind of note"), self.kind), (_("Aim"), self.aim), (_("Next time"), self.next))
        for place, (text, field) in enumerate(fields):
            label = label_as(text, "quiet")
            label.setBuddy(field)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 6)
        grid.setColumnStretch(2, 2)
        self.inside.addLayout(grid)

    @staticmethod
    def _editor(name: str, spoken: str, lines: int) -> LaoTextEdit:
        made = named(LaoTextEdit(), name, spoken)
        made.setPlaceholderText(spoken)
        made.setMinimumHeight(lines_high(made, lines))
        made.setMaximumHeight(lines_high(made, lines + 1))
        return made

    def _process_line(self) -> None:
        """Offer the sealed part to those who may write it; it stays folded until it is wanted."""
        self.more = small(_("Add a process note (sealed: counselling)"), "add-process-note")
        self.more.clicked.connect(self._unfold)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        self.inside.addLayout(line)
        self.inside.addWidget(self.process)
        self.process.hide()
        show_if(self.more, self._desk.may(Area.TESTIMONY, Right.WRITE, self._case))

    def _unfold(self) -> None:
        self.more.hide()
        self.process.show()
        self.process.setFocus()

    def save(self) -> None:
        """Save what is typed; on a problem nothing that was typed is lost."""
        tell(self.problem, "")
        tell(self.next_problem, "")
        self.told.setText("")
        if not (self.text.text().strip() or self.process.text().strip()):
            tell(self.problem, _(_NOTHING))
            self.text.setFocus()
            bring_into_view(self.problem)
            return
        try:
            next_on = self._next_day()
        except NotADay as fault:
            tell(self.next_problem, str(fault))
            self.next.setFocus()
            bring_into_view(self.next_problem)
            return
        try:
            self._write(next_on)
        except DeskError as fault:
            tell(self.problem, str(fault))
            bring_into_view(self.problem)
            return
        self._cleared()
        self.told.setText(saved_text(self._desk.now()))
        self.saved.emit()

    def _write(self, next_on: date | None) -> None:
        self._desk.cases.write_note(
            self._case,
            self.text.text(),
            self.process.text(),
            kind=self.kind.currentData() or None,
            aim=self.aim.text().strip(),
            next_on=next_on,
        )

    def _next_day(self) -> date | None:
        typed = self.next.text().strip()
        if not typed:
            return None
        return read_day(typed, self._desk.today())

    def _cleared(self) -> None:
        self.restore({})
        self.process.hide()
        show_if(self.more, self._desk.may(Area.TESTIMONY, Right.WRITE, self._case))

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved; empty when nothing is."""
        typed = {
            "note": self.text.text(),
            "process": self.process.text(),
            "aim": self.aim.text(),
            "next": kept_day(self.next.text(), self._desk.today()),
            "kind": self.kind.currentData() or "",
        }
        return typed if any(typed[name].strip() for name in ("note", "process", "aim")) else {}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed."""
        self.text.set_text(values.get("note", ""))
        self.process.set_text(values.get("process", ""))
        self.aim.setText(values.get("aim", ""))
        self.next.setText(values.get("next", ""))
        self.kind.setCurrentIndex(max(0, self.kind.findData(values.get("kind", ""))))
        if values.get("process"):
            self._unfold()


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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.new: NewNote | None = None
        if desk.may(Area.CASE_WORK, Right.WRITE, case):
            self.new = NewNote(desk, case)
            self.new.saved.connect(self.refresh)
            self._column.addWidget(self.new)
        self.search = NoteSearch()
        self.search.asked.connect(self._look)
        self._column.addWidget(self.search)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
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
        emptied(self._list)
        self._drawn, self._shown = {}, _AT_A_TIME
        self._read(_AT_A_TIME + 1)
        self._reader, self._names = Reader.at(self._desk, self._case), self._writers()
        show_if(self.search, bool(self._notes))
        self._look(self.search.words())
        if not self._notes:
            self._list.addWidget(label_as(_(_EMPTY), "quiet", "empty", wraps=True))

    def _read(self, newest: int | None) -> None:
        """Read the newest notes, or all of them; nobody waits for old ones she does not look at."""
        self._notes = self._wanted = self._desk.cases.notes_of(self._case, newest)[::-1]

    def _draw(self, notes: list[CaseNote]) -> None:
        """Draw what is not drawn yet of some notes, each in its place among the others."""
        for note in notes:
            if note.id not in self._drawn:
                by = self._names.get(note.created_by, "")
                card = NoteCard(self._desk, note, self._reader, by)
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
