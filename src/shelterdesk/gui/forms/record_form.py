"""A kind of record as a form: its sections as headings, its fields in one column or two.

Everything comes from the facts of the fields. A page that needs another order or other words takes
the editors themselves.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.clock import today
from shelterdesk.core.fields import UNANSWERED, Kind
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.editors import Choices, Editor, editor_for
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor
from shelterdesk.gui.forms.open_question import QuestionCell
from shelterdesk.gui.forms.other_script import OtherScript, watch_scripts
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import BETWEEN, INSIDE, NEAR, NO_MARGINS, NONE
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.gui.parts.typed_over import OVER, WaitingTexts
from shelterdesk.records.base import Record
from shelterdesk.records.telephones import odd_telephones
from shelterdesk.records.when import far_year

OPEN: Final = "unanswered:"
"""Before the name of a field in a draft: why it is left open."""

_REALLY = N_("Really {year}? If it is right, save once more.")
_NO_NUMBER = N_("There is no number in it. If nobody is called by it, save once more.")
_COLUMN_LETTERS = 30
"""Widths of a letter that a column needs, so that two stand beside each other."""

Doubts = Callable[[Mapping[str, object]], Mapping[str, str]]
"""Gives for what was typed, by field, what is asked once more in words, by field."""

Section = tuple[str, tuple[str, ...]]


def sections_of(kind: type[Record], names: Sequence[str] | None) -> list[Section]:
    """Return headings with those fields that are shown; the rest comes last, unnamed."""
    sections = kind.sections
    sectioned = list(chain.from_iterable(fields for _heading, fields in sections))
    wanted = list(names) if names is not None else sectioned or list(kind.fields())
    found = [(head, tuple(n for n in fields if n in wanted)) for head, fields in sections]
    rest = tuple(name for name in wanted if name not in sectioned)
    return [section for section in (*found, ("", rest)) if section[1]]


class RecordForm(QWidget):
    """The fields of one record, to be read or filled in; nothing is saved here.

    `names` chooses fields, in its order where the kind has no sections; `choices` gives for links
    what they can point to. With `later` the form is empty until `fill`: one that is made in its
    place is there sooner, because widgets get their look anew wherever they are put.
    """

    changed = Signal()
    brought_back = Signal()
    """A draft is put back into it: whoever keeps it folded shows it."""

    def __init__(
        self,
        kind: type[Record],
        names: Sequence[str] | None = None,
        *,
        read_only: bool = False,
        choices: Mapping[str, Choices] | None = None,
        later: bool = False,
    ) -> None:
        super().__init__()
        self.kind = kind
        self.kept_as = kind.kind_name()
        """Under which name what is typed here is kept on its page."""
        take_part(self)
        self._choices = choices or {}
        self._read_only = read_only
        self._loaded_open: dict[str, str] = {}
        self._loaded_id = ""
        self._waiting, self._is_new = WaitingTexts(), True
        self._asked_again: dict[str, str] = {}
        self.doubts: Doubts | None = None
        """What else is asked once more before these values are kept; a page gives it, loosely."""
        self.cells: dict[str, QuestionCell] = {}
        self._within: list[tuple[ChoiceEditor, QuestionCell]] = []
        self._scripts: list[OtherScript] = []
        self._headings: list[tuple[QLabel | None, str, QGridLayout, tuple[str, ...]]] = []
        self._columns = 0
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(NEAR)
        self._around, self._names = around, names
        self.names = tuple(chain.from_iterable(inside for _h, inside in self._sections(names)))
        """The fields that it shows, whether they are made yet or not."""
        if not later:
            self.fill()

    def fill(self) -> None:
        """Make the fields, unless they are there already."""
        if self.cells:
            return
        for heading, inside in self._sections(self._names):
            self._add_section(self._around, heading, inside)
        self._lay_out(1)
        for cell in self.cells.values():
            above = self.cells.get(cell.editor.field.within)
            if above is not None and isinstance(cell.editor, ChoiceEditor):
                self._within.append((cell.editor, above))
                above.changed.connect(self._narrow)
        self._scripts = watch_scripts(self.cells)

    def _sections(self, names: Sequence[str] | None) -> list[Section]:
        return sections_of(self.kind, names)

    def _add_section(self, around: QVBoxLayout, heading: str, names: tuple[str, ...]) -> None:
        label = plain_label(_(heading), "section") if heading else None
        if label:
            around.addWidget(label)
        grid = QGridLayout()
        grid.setHorizontalSpacing(INSIDE)
        grid.setVerticalSpacing(BETWEEN)
        around.addLayout(grid)
        self._headings.append((label, heading, grid, names))
        for name in names:
            self._add_field(name)

    def without_first_heading(self) -> None:
        """Leave out the first heading, where the words above the form say the same or more."""
        label = self._headings[0][0] if self._headings else None
        if label is not None:
            label.hide()

    def _add_field(self, name: str) -> None:
        declared, editor = self.kind.fields()[name], self._editor_for(name)
        may_stay_open = hasattr(self.kind, UNANSWERED) and declared.kind is not Kind.YES_NO
        may_stay_open = may_stay_open and not declared.required
        cell = QuestionCell(editor, may_stay_open=may_stay_open, parent=self)
        cell.set_read_only(self._read_only)
        cell.changed.connect(self.changed)
        self.cells[name] = cell

    def _editor_for(self, name: str) -> Editor:
        return editor_for(name, self.kind.fields()[name], self._choices.get(name))

    def _lay_out(self, columns: int) -> None:
        """Put the fields into one column or two; a note takes the whole width."""
        if columns == self._columns:
            return
        self._columns = columns
        for _label, _heading, grid, names in self._headings:
            row = column = 0
            for name in names:
                wide = self.editor(name).field.kind is Kind.NOTE
                if column and (wide or column == columns):
                    row, column = row + 1, 0
                span = columns if wide else 1
                grid.addWidget(self.cells[name], row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
            for place in range(2):
                grid.setColumnStretch(place, 1 if place < columns else 0)
            between = INSIDE if columns > 1 else NONE
            grid.setHorizontalSpacing(between)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = 2 * _COLUMN_LETTERS * self.fontMetrics().averageCharWidth()
        self._lay_out(2 if self.width() >= needed else 1)

    def editor(self, name: str) -> Editor:
        """Return the editor of a field; KeyError for a field that is not in this form."""
        return self.cells[name].editor

    def _narrow(self) -> None:
        """Offer in one field what lies within the answer to another, unless that is left open."""
        for editor, above in self._within:
            code = above.editor.value()
            editor.offer_within(code if isinstance(code, str) and not above.reason else "")

    def load(self, record: Record | None) -> None:
        """Show a record, or an empty form; texts that wait for a choice stay with their record."""
        if self._loaded_id != (record.id if record else ""):
            self._waiting.drop_all()
        self._loaded_id = record.id if record else ""
        found = getattr(record, UNANSWERED, None) if record else None
        self._loaded_open, self._is_new = dict(found or {}), record is None
        for name, cell in self.cells.items():
            cell.set_read_only(self._read_only)
            cell.editor.set_value(getattr(record, name) if record else None)
            cell.set_reason(self._loaded_open.get(name, ""))
        for told in self._scripts:
            told.look()
        self._narrow()

    def begin(self, usual: Record) -> None:
        """Show a new record with what is usual in it: what was typed over that never waits."""
        self.load(usual)
        self._is_new = True

    def set_read_only(self) -> None:
        """Let nothing in the form be changed."""
        for cell in self.cells.values():
            cell.set_read_only(True)

    def values(self) -> dict[str, object]:
        """Return field -> value of all that can be changed here, ready to be saved."""
        free = {n: cell for n, cell in self.cells.items() if not cell.editor.read_only}
        values = {n: None if cell.reason else cell.editor.value() for n, cell in free.items()}
        if hasattr(self.kind, UNANSWERED):
            kept = {n: why for n, why in self._loaded_open.items() if n not in free}
            kept |= {n: cell.reason for n, cell in free.items() if cell.reason}
            values[UNANSWERED] = kept or None
        return values

    def dirty(self) -> bool:
        """Tell whether anything was changed since the record was loaded."""
        return any(self._is_changed(name) for name in self.cells)

    def is_blank(self) -> bool:
        """Tell whether it is a new record's, and nothing stands in it, typed or usual."""
        cells = self.cells.values()
        return self._is_new and not any(cell.editor.raw() or cell.reason for cell in cells)

    def _is_changed(self, name: str) -> bool:
        cell = self.cells[name]
        return cell.editor.dirty() or cell.reason != self._loaded_open.get(name, "")

    def problems(self) -> dict[str, str]:
        """Return what cannot be kept as it stands, field -> sentence; empty when all can."""
        found = {name: cell.problem() for name, cell in self.cells.items()}
        return {name: why for name, why in found.items() if why}

    def check(self) -> bool:
        """Mark what cannot be kept and go to the first of it; True when there is nothing."""
        found = self.to_mend()
        self.show_problems(found)
        return not found

    def to_mend(self) -> dict[str, str]:
        """Return what cannot be kept as it stands, or else what is asked once more, in words."""
        return self.problems() or self.asked_once_more()

    def asked_once_more(self) -> dict[str, str]:
        """Return the fields with a value that is asked once more, each text once.

        A year that is far away, a telephone number without figures.
        """
        typed = {name: self.cells[name].editor for name in self.touched()}
        values = {name: cell.editor.value() for name, cell in self.cells.items()}
        fields, now = self.kind.fields(), today()
        far = {name: far_year(fields[name], values[name], now) for name in typed}
        odd = {name: _(_REALLY).format(year=year) for name, year in far.items() if year is not None}
        odd |= {n: _(_NO_NUMBER) for n in odd_telephones(self.kind, values) if n in typed}
        if self.doubts is not None and typed:
            odd |= self.doubts({name: values[name] for name in typed})
        new = {name for name in odd if self._asked_again.get(name) != typed[name].raw()}
        self._asked_again |= {name: typed[name].raw() for name in new}
        return {name: odd[name] for name in new}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say beside each field what is wrong, in the screen's language, and go to the first."""
        for name, cell in self.cells.items():
            cell.editor.set_problem(_(problems.get(name, "")))
        first = next((name for name in self.cells if name in problems), None)
        if first is not None:
            self.go_to(first)

    def go_to(self, name: str) -> None:
        """Put the cursor into a field and bring it into view."""
        cell = self.cells[name]
        cell.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(cell)

    def begin_typing(self) -> None:
        """Put the cursor where one goes on: of a new record into the first field that is empty."""
        free = [name for name, cell in self.cells.items() if not cell.editor.read_only]
        empty = [n for n in free if not (self.cells[n].editor.raw() or self.cells[n].reason)]
        wanted = (empty if self._is_new else []) + free + list(self.cells)
        self.go_to(wanted[0])

    def draft(self) -> dict[str, str]:
        """Return what was changed, as text: what stands in the fields, readable or not."""
        typed: dict[str, str] = {}
        for name, cell in self.cells.items():
            if self._is_changed(name):
                over = {f"{OVER}{name}": self._saved_text(name)}
                typed |= {name: cell.editor.kept(), f"{OPEN}{name}": cell.reason} | over
        return typed | self.waiting()

    def waiting(self) -> dict[str, str]:
        """Return the unfinished texts that wait for a choice beside what is saved."""
        return self._waiting.draft()

    def _saved_text(self, name: str) -> str:
        """Return what is saved in a field: why it is open, and what stands in it."""
        return f"{self._loaded_open.get(name, '')}|{self.cells[name].editor.given_text()}"

    def touched(self) -> list[str]:
        """Return the fields that were changed, without those whose unfinished text waits."""
        return [name for name in self.cells if self._is_changed(name)]

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back over what is loaded; fields that are gone are passed over.

        Where something else is saved by now than what it was typed over, both are shown, and what
        is saved stays until somebody chooses.
        """
        self.brought_back.emit()
        for name, cell in self.cells.items():
            if name in draft and not cell.editor.read_only:
                self._put_back(cell, draft)
        self._narrow()

    def _put_back(self, cell: QuestionCell, draft: Mapping[str, str]) -> None:
        name = cell.editor.name
        saved = self._saved_text(name)
        over, reason = draft.get(f"{OVER}{name}", saved), draft.get(f"{OPEN}{name}", "")
        if self._is_new or over == saved or f"{reason}|{draft[name]}" == saved:
            cell.editor.set_raw(draft[name])
            cell.editor.to_the_end()
            cell.set_reason(reason)
            return
        texts = {name: draft[name], f"{OPEN}{name}": reason, f"{OVER}{name}": over}
        words = (name, cell.editor.words_for(draft[name]), cell.editor.in_words())
        self._waiting.offer(texts, words, cell.add_below, lambda: self._take(cell, texts))

    def _take(self, cell: QuestionCell, texts: Mapping[str, str]) -> None:
        name = cell.editor.name
        cell.editor.set_raw(texts[name])
        cell.editor.to_the_end()
        cell.set_reason(texts[f"{OPEN}{name}"])
        cell.editor.inner.setFocus()
