"""Editors for what is written: a line, a note, a whole number, an amount of money."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from shelterdesk.core.fields import CURRENCIES, Field, Money
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.lao.letters import normalised, stored
from shelterdesk.gui.forms.editors.base import Editor
from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high, no_scroll_bars
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.written_line import WrittenLine

_NOT_A_NUMBER = N_("Please write a whole number, such as 3.")
_NOT_AN_AMOUNT = N_("Please write an amount, such as 150,000.")
_PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
_FEWEST_LINES, _MOST_LINES = 3, 14


def private_line() -> QLineEdit:
    """Return a line whose words no keyboard learns or predicts."""
    line = WrittenLine()
    line.setInputMethodHints(_PRIVATE)
    return line


class LineEditor(Editor):
    """A field that is typed into one line."""

    def __init__(self, name: str, field: Field) -> None:
        self.line = private_line()
        super().__init__(name, field, self.line)
        self.row.addWidget(self.line, 1)
        self.line.textChanged.connect(self._touched)

    @override
    def raw(self) -> str:
        return self.line.text()

    @override
    def set_raw(self, text: str) -> None:
        is_new = text != self.line.text()
        self.line.setText(text)
        if is_new:
            self.line.setCursorPosition(0)

    @override
    def set_read_only(self, on: bool) -> None:
        self.read_only = on
        self.line.setReadOnly(on)

    @override
    def _read(self, raw: str) -> object:
        return stored(raw) or None

    @override
    def _write(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))


class NumberEditor(LineEditor):
    """A whole number, in Latin, Lao or Thai digits."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(name, field)
        self.line.setMaximumWidth(12 * self.line.fontMetrics().averageCharWidth())
        self.row.addStretch()

    @override
    def _read(self, raw: str) -> object:
        digits = normalised(raw)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None

    @override
    def _unreadable(self, raw: str) -> str:
        return _(_NOT_A_NUMBER) if raw.strip() and self._read(raw) is None else ""


class MoneyEditor(LineEditor):
    """An amount and its currency; commas between thousands may be typed or left out."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(name, field)
        self.currency = CalmCombo()
        for currency in CURRENCIES:
            self.currency.addItem(currency, currency)
        named(self.currency, f"{name}_currency", _("Currency"))
        self.row.addWidget(self.currency)
        self.currency.currentIndexChanged.connect(self._touched)

    @override
    def raw(self) -> str:
        return f"{self.currency.currentText()} {self.line.text()}" if self.line.text() else ""

    @override
    def set_raw(self, text: str) -> None:
        currency, _space, amount = text.partition(" ")
        self.currency.setCurrentText(currency or CURRENCIES[0])
        self.line.setText(amount)

    @override
    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.currency.setEnabled(not on)

    @override
    def _read(self, raw: str) -> object:
        currency, _space, amount = raw.partition(" ")
        try:
            return Money(currency, Decimal(normalised(amount).replace(",", "").replace(" ", "")))
        except (InvalidOperation, ValueError):
            return None

    @override
    def _write(self, value: object) -> None:
        self.set_raw(f"{value.currency} {value.amount:,f}" if isinstance(value, Money) else "")

    @override
    def _unreadable(self, raw: str) -> str:
        return _(_NOT_AN_AMOUNT) if raw and self._read(raw) is None else ""


class NoteEditor(Editor):
    """Text of several lines; the field grows with it, up to a good part of the screen."""

    def __init__(self, name: str, field: Field) -> None:
        self.text = LaoTextEdit()
        self.text.setInputMethodHints(_PRIVATE)
        super().__init__(name, field, self.text)
        self.row.addWidget(self.text, 1)
        self.text.edited.connect(self._touched)
        self.text.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        lines = round(self.text.document().size().height()) + 1
        self.text.setFixedHeight(lines_high(self.text, min(max(lines, _FEWEST_LINES), _MOST_LINES)))
        if lines <= _MOST_LINES:
            no_scroll_bars(self.text)
        else:
            self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @override
    def raw(self) -> str:
        return self.text.text()

    @override
    def set_raw(self, text: str) -> None:
        self.text.set_text(text)

    @override
    def to_the_end(self) -> None:
        self.text.set_caret(len(self.text.text()))

    @override
    def set_read_only(self, on: bool) -> None:
        self.read_only = on
        self.text.setReadOnly(on)

    @override
    def _read(self, raw: str) -> object:
        return stored(raw) or None

    @override
    def _write(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))
