"""A record to be read: what it is and what stands there, as on a letter, and no boxes.

What nobody has written is one quiet line at the end. Whoever wants to write opens the form.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.fields import UNANSWERED, Field
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day, shown
from shelterdesk.gui.forms.editors.timing import in_words
from shelterdesk.gui.forms.record_form import sections_of
from shelterdesk.gui.forms.seal import is_closed
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, plain_label, sealed_words, show_if
from shelterdesk.gui.parts.style.measures import (
    BETWEEN,
    EDGE,
    HAIR,
    INSIDE,
    NO_MARGINS,
    NONE,
    TIGHT,
)
from shelterdesk.records.base import Record

_EMPTY: Final = N_("Not filled in: {fields}")
_LABEL_LETTERS: Final = 24
"""Widths of a letter that the words before a value have."""
_COLUMN_LETTERS: Final = 52
"""Widths of a letter that a column needs, so that two stand beside each other."""

Told = tuple[str, str, str]
"""The words before a value, the value in words, and how it looks."""


def section_told(head: str, lines: Iterable[Told], letters: int = _LABEL_LETTERS) -> QWidget:
    """Return facts that belong together below their heading, each as label and value.

    `letters` is how many the words before a value have room for.
    """
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(*NO_MARGINS)
    grid.setHorizontalSpacing(INSIDE)
    grid.setVerticalSpacing(TIGHT)
    grid.setColumnStretch(1, 1)
    if head:
        grid.addWidget(plain_label(head, "section"), 0, 0, 1, 2)
    for row, (label, words, style) in enumerate(lines, start=1):
        before = plain_label(label, "field_label")
        before.setContentsMargins(NONE, HAIR, NONE, NONE)  # on one line with larger letters
        before.setFixedWidth(letters * made.fontMetrics().averageCharWidth())
        value = label_as(words, style, "value", wraps=True)
        value.setAccessibleName(f"{label}: {words}")
        grid.addWidget(before, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
    return made


class RecordReading(QWidget):
    """What stands in a record, in one column or two; a section that says nothing is not there."""

    def __init__(self, kind: type[Record], names: Sequence[str], name: str) -> None:
        super().__init__()
        named(self, name)
        self._fields, self._sections = kind.fields(), sections_of(kind, names)
        self._record: Record | None = None
        self._columns = 0
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(BETWEEN)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(EDGE)
        around.addLayout(self._sides)
        self.empty = label_as("", "quiet", "not-filled-in", wraps=True)
        around.addWidget(self.empty)

    def read(self, record: Record | None) -> None:
        """Show a record, or that nothing is written yet."""
        self._record = record
        self._lay_out()
        missing = [_(self._fields[n].label) for _h, names in self._sections for n in names]
        written = {label for _h, lines in self._all_told() for label, _w, _s in lines}
        missing = [label for label in missing if label not in written]
        self.empty.setText(_(_EMPTY).format(fields=", ".join(missing)))
        show_if(self.empty, bool(missing))

    def _all_told(self) -> list[tuple[str, list[Told]]]:
        told = [(head, list(self._told(names))) for head, names in self._sections]
        return [(head, lines) for head, lines in told if lines]

    def _told(self, names: tuple[str, ...]) -> Iterator[Told]:
        """Yield what is written, or left open on purpose, or sealed."""
        left_open = dict(getattr(self._record, UNANSWERED, None) or {})
        for name in names:
            declared, value = self._fields[name], getattr(self._record, name, None)
            if name in left_open:
                reason = codes.label(UNANSWERED, left_open[name], screen_language())
                yield _(declared.label), reason, "quiet"
            elif is_closed(value):
                yield _(declared.label), sealed_words(declared), "quiet"
            elif words := _words(declared, value):
                yield _(declared.label), words, ""

    # -- on the screen ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._columns = self._wanted()
        sides = emptied(self._sides)
        for told in _halves(self._all_told(), self._columns):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(*NO_MARGINS)
            column.setSpacing(BETWEEN)
            for head, lines in told:
                column.addWidget(section_told(_(head), lines))
            column.addStretch(1)
            sides.addWidget(side, 1)

    def _wanted(self) -> int:
        needed = 2 * _COLUMN_LETTERS * self.fontMetrics().averageCharWidth()
        return 2 if self.width() >= needed else 1

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns and self._wanted() != self._columns:
            self._lay_out()


def _words(declared: Field, value: object) -> str:
    """Return a value in words; a day, or an age, as it was understood."""
    if isinstance(value, date | PartialDate):
        return in_words(day(value), declared)
    return shown(declared, value, screen_language())


def _halves(told: list[tuple[str, list[Told]]], columns: int) -> list[list[tuple[str, list[Told]]]]:
    """Return the sections in one column, or in two that are about as long."""
    if columns == 1 or len(told) < columns:
        return [told]
    sizes = [len(lines) + 1 for _head, lines in told]
    best = min(range(1, len(told)), key=lambda at: abs(sum(sizes[:at]) - sum(sizes[at:])))
    return [told[:best], told[best:]]
