"""The cells of a sheet that is typed in: lines in their order, Enter goes on to the next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _, screen_language
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.fields import choice, put_into, shown_in
from shelterdesk.gui.parts.keys import digit
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS, TIGHT
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.paper_day.kinds import Cell, FrozenRow, HandColumn, KindOfSheet, numbered

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LETTERS_OF_AN_HOUR: Final = 12


class TypedCells(QWidget):
    """A grid like the paper: what was printed stands there, what was written is typed beside it."""

    def __init__(self, kind: KindOfSheet, rows: Sequence[FrozenRow]) -> None:
        super().__init__()
        self.fields: dict[Cell, QWidget] = {}
        self._number = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*NO_MARGINS)
        self._grid.setHorizontalSpacing(BETWEEN)
        self._grid.setVerticalSpacing(TIGHT)
        self._first = 1 + len(kind.printed)
        self._columns = [one for one in kind.by_hand if not one.only_empty]
        self._in_empty = [one for one in kind.by_hand if one.only_empty]
        heads = ("", *kind.printed, *(one.heading for one in self._columns))
        for at, heading in enumerate(heads):
            self._grid.addWidget(label_as(_(heading) if heading else "", "label"), 0, at)
        for number, row in enumerate(rows):
            self._row(number, row)
        wide = (0, *kind.shares, *(one.share if one.is_long else 0 for one in self._columns))
        for at, share in enumerate(wide):
            self._grid.setColumnStretch(at, share)

    def _row(self, number: int, row: FrozenRow) -> None:
        at = number + 1
        self._grid.addWidget(label_as(str(at), "quiet"), at, 0)
        for place, text in enumerate(row.cells):
            self._grid.addWidget(Elided(text, "value"), at, 1 + place)
        if not row.cells:
            for column in self._in_empty:
                field = self._field(number, column)
                self._grid.addWidget(field, at, 1, 1, max(1, self._first - 1))
        for place, column in enumerate(self._columns):
            self._grid.addWidget(self._field(number, column), at, self._first + place)

    def _field(self, number: int, column: HandColumn) -> QWidget:
        name = f"cell-{number}-{column.name}"
        spoken = f"{_(column.heading)} {number + 1}"
        if column.codes:
            field: QWidget = choice(name, spoken, numbered(column, screen_language()))
        else:
            line = named(WrittenLine(), name, spoken)
            if column.only_empty:
                line.setPlaceholderText(_(column.heading))
            elif not column.is_long:
                wide = line.fontMetrics().averageCharWidth() * _LETTERS_OF_AN_HOUR
                line.setMaximumWidth(2 * wide)
            field = line
        field.installEventFilter(self)
        self.fields[(number, column.name)] = field
        return field

    # -- the keyboard -----------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self._number = ""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if not is_key or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        return self._key(watched, event) or super().eventFilter(watched, event)

    def _key(self, field: QWidget, event: QKeyEvent) -> bool:
        """Do what a key means in a cell; tell whether it meant anything."""
        if event.key() in _ENTER and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._go(field, 1)
            return True
        if isinstance(field, QComboBox) and (figure := digit(event)):
            self._choose(field, figure)
            return True
        if isinstance(field, QLineEdit) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._to_row(field, -1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return False

    def _choose(self, box: QComboBox, figure: str) -> None:
        """Choose by the number that stands on the paper; two figures follow each other."""
        for number in (int(self._number + figure), int(figure)):
            if 0 < number < box.count():
                self._number = str(number)
                box.setCurrentIndex(number)
                box.activated.emit(number)
                return

    def _go(self, field: QWidget, by: int) -> None:
        """Go to the next cell in the order of the paper."""
        order = list(self.fields.values())
        at = order.index(field) + by
        if 0 <= at < len(order):
            order[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _to_row(self, field: QWidget, by: int) -> None:
        number, name = next(cell for cell, one in self.fields.items() if one is field)
        other = self.fields.get((number + by, name))
        if other is not None:
            other.setFocus(Qt.FocusReason.TabFocusReason)

    def go_to(self, cell: Cell) -> None:
        """Put the keyboard into a cell."""
        field = self.fields.get(cell)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is typed ----------------------------------------------------------------------

    def typed(self) -> dict[Cell, str]:
        """Return what stands in the cells, without those that are empty."""
        told = ((cell, shown_in(field)) for cell, field in self.fields.items())
        return {cell: text for cell, text in told if text.strip()}

    def draft(self) -> dict[str, str]:
        """Return what is typed, by the names of the cells."""
        return {f"{row}.{name}": text for (row, name), text in self.typed().items()}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed."""
        for cell, text in _cells_in(values):
            field = self.fields.get(cell)
            if field is not None:
                put_into(field, text)


def _cells_in(values: Mapping[str, str]) -> Iterator[tuple[Cell, str]]:
    for key, text in values.items():
        row, _dot, name = key.partition(".")
        if row.isdecimal():
            yield (int(row), name), text
