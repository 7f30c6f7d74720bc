"""The lines of a kind of record on a card: what stands in them, in which order, how many at once.

Everything is read from the facts of the kind: what a line shows (`columns`), who sees and who
writes it, what is sealed. How one is added or changed is the card's that is made from this one.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.core.scripts import read_in
from shelterdesk.gui.forms.line_order import LineOrder
from shelterdesk.gui.forms.link_names import LinkNames
from shelterdesk.gui.forms.seal import closed_fields
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, sealed_words, show_if
from shelterdesk.gui.parts.rows import JustSaved, as_line, has_keyboard, rule_line, small
from shelterdesk.gui.parts.style.measures import BETWEEN, NONE, TIGHT
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

_TAGS: Final = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
_WORTH_SORTING: Final = 4
_AT_A_TIME: Final = 20
"""Lines that are drawn before somebody asks for earlier ones."""


class SectionLines(Card):
    """The lines of one kind, the newest first, each with the button that opens it.

    They hang on a case, on the person whom it is about, or on what else is given.
    """

    def __init__(self, desk: Desk, hook: Record, section: Section) -> None:
        super().__init__(_(section.heading))
        self._desk, self._on, self.section = desk, hook, section
        self._shown = _AT_A_TIME
        self._links = LinkNames(desk)
        self.drawn: dict[str, QWidget] = {}
        """The lines that are drawn, by the ids of their records."""
        self.just_saved = JustSaved()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.inside.addLayout(self._rows)
        self.earlier = small(_("Show earlier"), f"earlier-{section.name}")
        self.earlier.clicked.connect(self._show_earlier)
        self.inside.addWidget(self.earlier)
        self.order = LineOrder(section.name, section.kind)
        self._writes = self._may_write()

    def _offer_order(self) -> None:
        box = self.order.offered(self._desk.records.readable(self.section.kind, self._case))
        box.currentIndexChanged.connect(self.refresh)
        self.top.insertWidget(1, box)  # behind the heading

    @property
    def _case(self) -> Case | None:
        """The case that the records belong to, if it is one."""
        return self._on if isinstance(self._on, Case) else None

    def _may_write(self) -> bool:
        case = self._case
        writable = self._desk.records.writable(self.section.kind, case)
        free = set(self._names()) - set(self.section.only_read)
        return not free.isdisjoint(writable) and (case is None or case.closed_on is None)

    def _names(self) -> list[str]:
        """Return the fields that she may read or write, without the one that they hang on."""
        section, records = self.section, self._desk.records
        mine = {
            *records.readable(section.kind, self._case),
            *records.writable(section.kind, self._case),
        }
        wanted = section.shows or tuple(section.kind.fields())
        return [name for name in wanted if name in mine and name != section.hangs_on]

    def refresh(self) -> None:
        """Read the lines anew; a form that is open stays."""
        if isinstance(self._on, Case):
            self._on = self._desk.cases.get(self._on.id)
        self._links.forget()
        rows, found = emptied(self._rows), self._in_order(self._found())
        held, self.drawn = self._held(), {}
        for number, record in enumerate(found[: self._shown]):
            if number:
                rows.addWidget(rule_line())
            self.drawn[record.id] = self._line(record)
            rows.addWidget(self.drawn[record.id])
        if not found:
            rows.addWidget(label_as(self._empty(), "quiet", "empty", wraps=True))
        self.just_saved.mark(self.drawn.get(self.just_saved.about))
        self._into_line(held)
        show_if(self.earlier, len(found) > self._shown)
        if len(found) >= _WORTH_SORTING and self.order.box is None:
            self._offer_order()

    def _show_earlier(self) -> None:
        self._shown += _AT_A_TIME
        self.refresh()

    def show_saved(self, about: str, known: Collection[str]) -> None:
        """Show in view which line was saved just now: a new one, or the one of `about`.

        The keyboard is on what can be done with it.
        """
        new = [record_id for record_id in self.drawn if record_id not in known]
        self.just_saved.note(new[0] if new else about)
        self.just_saved.mark(self.drawn.get(self.just_saved.about))
        self._into_line(self.just_saved.about)

    def _held(self) -> str:
        """Return the id of the record in whose line the keyboard is; "" for none."""
        return next((key for key, line in self.drawn.items() if has_keyboard(line)), "")

    def _into_line(self, about: str) -> None:
        line = self.drawn.get(about)
        for act in line.findChildren(QPushButton)[-1:] if line is not None else ():
            act.show()  # what is new is else shown a moment later, and takes no keys until then
            act.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _all(self) -> Sequence[Record]:
        """Return every record of the card, also those whose lines are not drawn yet."""
        return self._desk.records.of(self.section.kind, **{self.section.hangs_on: self._hook()})

    def _in_order(self, found: list[Record]) -> list[Record]:
        return self.order.sorted(found, self._words)

    def _empty(self) -> str:
        return _(self.section.empty if self._hook() else self.section.not_yet)

    def _line(self, record: Record) -> QWidget:
        line = named(as_line(QWidget()), self.section.name)
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

    def _change(self, record: Record) -> None:
        """Open a line."""
        raise NotImplementedError
