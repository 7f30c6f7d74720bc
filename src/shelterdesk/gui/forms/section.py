"""A kind of record as a card of a case: its lines, and the form in which one is added or changed.

Everything on it is read from the facts of the kind: what a line shows (`columns`), the fields of
the form, who sees and who writes each, what is sealed. A kind that needs more is a card of its own,
made from this one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.core.scripts import read_in
from shelterdesk.gui.forms.line_order import LineOrder
from shelterdesk.gui.forms.link_names import LinkNames
from shelterdesk.gui.forms.on_paper import opened_in, papers_of
from shelterdesk.gui.forms.record_editor import RecordEditor, load
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.seal import SealLine, closed_fields, is_closed
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.forms.taken_back import Before, TakenBack
from shelterdesk.gui.paper.print_preview import print_button, show_before_print
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, sealed_words, show_if
from shelterdesk.gui.parts.rows import rule_line, small
from shelterdesk.gui.parts.scrolled import bring_into_view, hand_on
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NONE, TIGHT
from shelterdesk.gui.parts.typed import below, take_part
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.day_lines import NEW
from shelterdesk.services.desk import Desk
from shelterdesk.services.house_sheets import Sheet

_TAGS: Final = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
_WORTH_SORTING: Final = 4
_ALL_OF_THEM: Final = 10_000
_AT_A_TIME: Final = 20
"""Lines that are drawn before somebody asks for earlier ones."""


class SectionCard(Card):
    """The lines of one kind, the newest first; below them opens the form of one.

    They hang on a case, on the person whom it is about, or on what else is given. What is typed
    into one form and not saved waits while another one is open, and comes back with it.
    """

    saved = Signal()
    saved_with_page = False
    """Whether the page has the one button that saves what is typed here as well (`keep_all`)."""

    def __init__(self, desk: Desk, hook: Record, section: Section) -> None:
        super().__init__(_(section.heading))
        self._desk, self._on, self.section = desk, hook, section
        self.editor: QWidget | None = None
        self._open_one: RecordEditor | None = None
        self._forms: dict[str, RecordForm] = {}
        self._aside: dict[str, dict[str, str]] = {}
        self._about, self._shown = "", _AT_A_TIME
        self.kept_as = section.name
        take_part(self)
        self._links = LinkNames(desk)
        self._rows, self._below = QVBoxLayout(), QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.inside.addLayout(self._rows)
        self.earlier = small(_("Show earlier"), f"earlier-{section.name}")
        self.earlier.clicked.connect(self._show_earlier)
        self.inside.addWidget(self.earlier)
        self.inside.addLayout(self._below)
        self.back = TakenBack(desk)
        self.back.done.connect(self._taken_back)
        self.inside.addWidget(self.back)
        self._writes = self._may_write()
        self.add = small(_(section.add), f"add-{section.name}")
        self.add.clicked.connect(self._begin)
        show_if(self.add, self._writes and bool(section.add))
        self.order = LineOrder(section.name, section.kind)
        self.print = print_button(f"print-{section.name}", self._print, wanted=self._has_paper())
        self.top.addWidget(self.print)
        self.top.addWidget(self.add)
        self.refresh()

    def _offer_order(self) -> None:
        box = self.order.offered(self._desk.records.readable(self.section.kind, self._case))
        box.currentIndexChanged.connect(self.refresh)
        self.top.insertWidget(self.top.indexOf(self.print), box)

    @property
    def _case(self) -> Case | None:
        """The case that the records belong to, if it is one."""
        return self._on if isinstance(self._on, Case) else None

    def _may_write(self) -> bool:
        case = self._case
        writable = self._desk.records.writable(self.section.kind, case)
        free = set(self._names()) - set(self.section.only_read)
        return not free.isdisjoint(writable) and (case is None or case.closed_on is None)

    # -- the lines --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the lines anew; a form that is open stays."""
        if isinstance(self._on, Case):
            self._on = self._desk.cases.get(self._on.id)
        self._links.forget()
        rows, found = emptied(self._rows), self._in_order(self._found())
        for number, record in enumerate(found[: self._shown]):
            if number:
                rows.addWidget(rule_line())
            rows.addWidget(self._line(record))
        if not found:
            rows.addWidget(label_as(self._empty(), "quiet", "empty", wraps=True))
        show_if(self.earlier, len(found) > self._shown)
        if len(found) >= _WORTH_SORTING and self.order.box is None:
            self._offer_order()
        self.add.setEnabled(bool(self._hook()))

    def _show_earlier(self) -> None:
        self._shown += _AT_A_TIME
        self.refresh()

    def _hook(self) -> str:
        """Return the id of what the records hang on: the person whom a case is about, or it."""
        if isinstance(self._on, Case) and self.section.hangs_on == "person_id":
            return self._on.person_id or ""
        return self._on.id

    def _found(self) -> list[Record]:
        hook = self._hook()
        if not hook:
            return []
        links, records = {self.section.hangs_on: hook}, self._desk.records
        if self.order.column:
            return list(records.of(self.section.kind, **links))
        return list(records.newest(self.section.kind, self._shown + 1, **links))

    def _in_order(self, found: list[Record]) -> list[Record]:
        return self.order.sorted(found, self._words)

    def _empty(self) -> str:
        return _(self.section.empty if self._hook() else self.section.not_yet)

    def _line(self, record: Record) -> QWidget:
        line = named(QWidget(), self.section.name)
        row = QHBoxLayout(line)
        row.setContentsMargins(NONE, TIGHT, NONE, TIGHT)
        row.setSpacing(BETWEEN)
        facts, flow = QWidget(), Flow()
        facts.setLayout(flow)
        row.addWidget(facts, 1)
        self._fill_line(flow, record)
        row.addWidget(self._again(record))
        return line

    def _again(self, record: Record) -> QWidget:
        """Return the button that opens a line: to change it, or to read what does not fit in."""
        words = _("Change") if self._writes else _("Show")
        made = small(words, f"change-{self.section.name}")
        made.clicked.connect(partial(self._change, record))
        return made

    def _fill_line(self, flow: Flow, record: Record) -> None:
        """Put the columns of a kind into a line: the first one strong, choices as tags."""
        for place, (name, declared) in enumerate((n, record.fields()[n]) for n in record.columns):
            text = self._words(declared, read_in(record, name, screen_language()))
            if place == 0:
                flow.add(Elided(text or NOTHING, "strong"))
            elif text:
                said = f"{_(declared.label)}: {text}"
                flow.add(Elided(said, "tag" if declared.kind in _TAGS else "quiet"))
        for declared in closed_fields(record):
            words = f"{_(declared.label)}: {sealed_words(declared)}"
            flow.add(named(Elided(words, "tag"), "sealed", words))

    def _words(self, declared: Field, value: object) -> str:
        return self._links.words(declared, value, self._case)

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

    def _names(self) -> list[str]:
        """Return the fields that she may read or write, without the one that they hang on."""
        section, records = self.section, self._desk.records
        mine = {
            *records.readable(section.kind, self._case),
            *records.writable(section.kind, self._case),
        }
        wanted = section.shows or tuple(section.kind.fields())
        return [name for name in wanted if name in mine and name != section.hangs_on]

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
        editor.saved.connect(self._done)
        editor.overtaken.connect(self._show_both)
        editor.given_up.connect(self._shut)
        if self.saved_with_page:
            editor.leave_saving()
        else:
            bring_into_view(self.editor)
        self._put_back(self._aside.pop(about, {}))
        first = next(iter(forms.values()))
        first.go_to(next(iter(first.cells)))

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
        self._shut()
        self.refresh()
        self.saved.emit()

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

    def _all(self) -> Sequence[Record]:
        """Return every record of the card, also those whose lines are not drawn yet."""
        return self._desk.records.of(self.section.kind, **{self.section.hangs_on: self._hook()})
