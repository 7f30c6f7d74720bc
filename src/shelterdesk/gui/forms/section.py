"""A kind of record as a card of a case: its lines, and the form in which one is added or changed.

Everything on it is read from the facts of the kind: what a line shows (`columns`), the fields of
the form, who sees and who writes each, what is sealed. A kind that needs more is a card of its own,
made from this one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.on_paper import opened_in, papers_of
from shelterdesk.gui.forms.record_editor import RecordEditor, load
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.seal import SealLine, is_closed
from shelterdesk.gui.forms.section_lines import SectionLines
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.forms.taken_back import Before, TakenBack
from shelterdesk.gui.paper.print_preview import print_button, show_before_print
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import bring_into_view, hand_on
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NONE
from shelterdesk.gui.parts.typed import below, take_part
from shelterdesk.records.base import Record
from shelterdesk.services.day_lines import NEW
from shelterdesk.services.desk import Desk
from shelterdesk.services.house_sheets import Sheet

_ALL_OF_THEM: Final = 10_000


class SectionCard(SectionLines):
    """The lines of one kind, the newest first; below them opens the form of one.

    They hang on a case, on the person whom it is about, or on what else is given. What is typed
    into one form and not saved waits while another one is open, and comes back with it.
    """

    saved = Signal()
    saved_with_page = False
    """Whether the page has the one button that saves what is typed here as well (`keep_all`)."""

    def __init__(self, desk: Desk, hook: Record, section: Section) -> None:
        super().__init__(desk, hook, section)
        self.editor: QWidget | None = None
        self._open_one: RecordEditor | None = None
        self._forms: dict[str, RecordForm] = {}
        self._aside: dict[str, dict[str, str]] = {}
        self._about = ""
        self.kept_as = section.name
        take_part(self)
        self._below = QVBoxLayout()
        self.inside.addLayout(self._below)
        self.back = TakenBack(desk)
        self.back.done.connect(self._taken_back)
        self.inside.addWidget(self.back)
        self.add = small(_(section.add), f"add-{section.name}")
        self.add.clicked.connect(self._begin)
        show_if(self.add, self._writes and bool(section.add))
        self.print = print_button(f"print-{section.name}", self._print, wanted=self._has_paper())
        self.top.addWidget(self.print)
        self.top.addWidget(self.add)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.add.setEnabled(bool(self._hook()))

    # -- on paper ---------------------------------------------------------------------------

    def _sheet(self) -> Sheet:
        section = self.section
        return Sheet(section.kind, section.heading, self._on, section.shows, section.hangs_on)

    def _has_paper(self) -> bool:
        sheets, sheet = self._desk.sheets, self._sheet()
        return bool(sheets.on_paper(sheet)) or (self._writes and bool(sheets.to_fill_in(sheet)))

    def _print(self) -> None:
        """Show what can be printed; all lines are shown first, as they will stand in the list."""
        self._shown = max(self._shown, _ALL_OF_THEM)
        self.refresh()
        found, form = self._in_order(self._found()), self._forms.get("")
        open_ones = [one for one in found if one.id == self._about] if form else found
        one = open_ones[0] if len(open_ones) == 1 else None
        opened = opened_in(self._desk, form, one) if form is not None and one is not None else ()
        papers = papers_of(self._desk, self._sheet(), found, one, opened, blank=self._writes)
        show_before_print(papers, self)

    # -- the form ---------------------------------------------------------------------------

    def _form(self, record: Record | None) -> RecordForm:
        """Return the form of a record, or of a new one, as far as she may see its fields."""
        kind, section = self.section.kind, self.section
        fields, seen = kind.fields(), self._names()
        links = {name: fields[name].links_to for name in seen if fields[name].links_to}
        choices = {n: partial(self._desk.naming.choices, to, self._case) for n, to in links.items()}
        names = seen if record else [name for name in seen if name not in section.only_read]
        form = RecordForm(kind, names, choices=choices)
        load(self._desk, form, record, self._case)
        for name in set(self.section.only_read) & form.cells.keys():
            form.cells[name].set_read_only(True)
        return form

    def _begin(self) -> None:
        form = self._form(None)
        self._open({"": form}, RecordEditor(self._desk, form, self._add, may_leave=True))

    def enter(self, field: str, record_id: str = "") -> None:
        """Open a record, the newest or a new one, with the keyboard in a field, if she writes."""
        if not self._writes or self.editor is not None:
            return
        self._reopen("" if record_id == NEW else record_id or self._newest())
        for form in (one for one in self._forms.values() if field in one.cells):
            form.go_to(field)

    def _newest(self) -> str:
        return next((record.id for record in self._found()), "")

    def _add(self, values: Mapping[str, Any]) -> None:
        section = self.section
        self._desk.records.save(section.kind(**{section.hangs_on: self._hook()}, **values))

    @override
    def _change(self, record: Record) -> None:
        form = self._form(record)

        def keep(values: dict[str, Any]) -> None:
            fresh = self._desk.records.get(type(record), record.id)
            fresh.version = record.version
            given = self._kept(values)
            self._desk.records.change(fresh, given)
            self._can_take_back([(record, {name: getattr(record, name) for name in given})])

        editor = RecordEditor(self._desk, form, keep, may_leave=True)
        self._open({"": form}, editor, record.id)
        self._add_seals(record, form)

    def _can_take_back(self, before: Sequence[Before]) -> None:
        """Offer to put back what stood in records before they were changed just now."""
        self.back.offer(before)

    def _taken_back(self) -> None:
        self.refresh()
        self.saved.emit()

    def _show_both(self, why: str) -> None:
        """Show what somebody else has saved meanwhile beside what was typed here."""
        typed, about = self._typed(), self._about
        self._shut()
        self._reopen(about)
        self._put_back(typed)
        if self._open_one is not None:
            self._open_one.say(why)

    def _kept(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what is kept of a change, where it is more than was typed."""
        return values

    def _add_seals(self, record: Record, form: RecordForm) -> None:
        """Put the way to open it below every field that she can read and that is sealed."""
        readable = self._desk.records.readable(type(record), self._case)
        writable = self._desk.records.writable(type(record), self._case) if self._writes else ()
        for name, cell in form.cells.items():
            if is_closed(getattr(record, name)) and name in readable:
                cell.add_below(SealLine(self._desk, record, name, cell, writes=name in writable))

    def _open(self, forms: dict[str, RecordForm], editor: RecordEditor, about: str = "") -> None:
        """Show a form below the lines; what was typed into one that was open waits.

        `forms` has the forms by the prefix under which what is typed in them is kept; `about` is
        the id of the record that is changed.
        """
        if typed := self._typed():
            self._aside[self._about] = typed
        self._shut()
        self._forms, self._about, self._open_one = forms, about, editor
        self.editor = named(QWidget(), f"{self.section.name}-form")
        around = QVBoxLayout(self.editor)
        around.setContentsMargins(NONE, NEAR, NONE, NONE)
        around.setSpacing(BETWEEN)
        for part in (*(form for form in forms.values() if form not in editor.forms), editor):
            around.addWidget(part)
        self._below.addWidget(self.editor)
        self.back.forget()
        self.just_saved.note("")
        editor.saved.connect(self._done)
        editor.overtaken.connect(self._show_both)
        editor.given_up.connect(self._shut)
        if self.saved_with_page:
            editor.leave_saving()
        else:
            bring_into_view(self.editor)
        self._put_back(self._aside.pop(about, {}))
        next(iter(forms.values())).begin_typing()

    def keep_open(self) -> bool:
        """Save what is typed in the open form; False when it cannot be kept, which it tells."""
        if self._open_one is not None and self._is_typed():
            self._open_one.save()
        return not self._is_typed()

    def keep_all(self) -> bool:
        """Save what is typed in every form, also in those that wait; False at the first refusal."""
        for about in list(self._aside):
            if not self.keep_open():
                return False
            self._reopen(about)
        return self.keep_open()

    def _is_typed(self) -> bool:
        return any(form.dirty() for form in self._forms.values())

    def _shut(self) -> None:
        hand_on(self.editor, self.add)
        emptied(self._below)
        self.editor, self._open_one, self._forms = None, None, {}

    def _done(self) -> None:
        """Take the saved form away; unfinished texts in it that wait for a choice stay kept."""
        if waiting := self._gathered(RecordForm.waiting):
            self._aside[self._about] = waiting
        about, known = self._about, set(self.drawn)
        self._shut()
        self.refresh()
        self.saved.emit()
        self.show_saved(about, known)

    # -- what was typed ---------------------------------------------------------------------

    def _typed(self) -> dict[str, str]:
        return self._gathered(RecordForm.draft)

    def _gathered(self, of: Callable[[RecordForm], dict[str, str]]) -> dict[str, str]:
        return {
            f"{prefix}.{name}": text
            for prefix, form in self._forms.items()
            for name, text in of(form).items()
        }

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, by the id of each record; "" is a new one."""
        typed = dict(self._aside)
        if now := self._typed():
            typed[self._about] = now
        kept = {f"{of}|{name}": text for of, form in typed.items() for name, text in form.items()}
        return kept | {"of": self._about} if kept and self.editor else kept

    def restore(self, values: Mapping[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        for key, text in values.items():
            about, bar, name = key.partition("|")
            if bar:
                self._aside.setdefault(about, {})[name] = text
        if not self._writes or "of" not in values:
            return
        if self.editor is None or self._about != values["of"]:
            self._reopen(values["of"])
        else:
            self._put_back(self._aside.pop(self._about, {}))

    def _put_back(self, values: dict[str, str]) -> None:
        for prefix, form in self._forms.items():
            form.restore(below(f"{prefix}.", values))

    def _reopen(self, record_id: str) -> None:
        if not record_id:
            self._begin()
            return
        for record in self._all():
            if record.id == record_id:
                self._change(record)
