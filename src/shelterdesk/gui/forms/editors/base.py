"""What all editors have in common: a value in, a value out, and a line for what is wrong.

An editor never raises for what was typed. What it cannot read stays on the screen, `problem` says
why, and `value` is None.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shelterdesk.core.fields import Field, SealedValue
from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.gui.parts.plain import FIELD, PlainLabel, named, plain_label, sealed_words, show_if
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS, TIGHT

Choices = Callable[[], list[tuple[str, str]]]
"""Gives what a link can point to: id and words, in the order of the list."""


class Editor(QWidget):
    """One field on the screen; `inner` takes the keys and bears the name.

    `raw` is what stands in it, as text: it is what a draft keeps and `set_raw` brings back. An
    untouched editor gives back the very value it was given.
    """

    changed = Signal()

    def __init__(self, name: str, field: Field, inner: QWidget) -> None:
        super().__init__()
        self.name, self.field, self._inner = name, field, inner
        self.read_only = False
        self._given: object = None
        self._given_raw = ""
        self._label: QLabel | None = None
        self._wrong: QLabel | None = None
        self._told: QLabel | None = None
        self._sealed: QLabel | None = None
        named(inner, name, _(field.label))
        inner.setProperty(FIELD, True)
        self.setFocusProxy(inner)
        self.row = QHBoxLayout()
        self.row.setSpacing(NEAR)
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(*NO_MARGINS)
        self._around.setSpacing(TIGHT)
        self._around.addLayout(self.row)
        self.below = QVBoxLayout()
        self._around.addLayout(self.below)

    @property
    def inner(self) -> QWidget:
        """The widget that takes the keys, with all that can be chosen in it."""
        return self._inner

    @property
    def label(self) -> QLabel:
        """The words before the field; a click on them leads into it. Made when first asked for."""
        if self._label is None:
            self._label = PlainLabel()
            self._label.setObjectName("field_label")
            self._label.setBuddy(self._inner)
            self._name_label()
        return self._label

    def value(self) -> object:
        """Return what was entered, typed as the field says; None for nothing or the unreadable."""
        raw = self.raw()
        if raw == self._given_raw:
            return self._given
        read = self._read(raw)
        return SealedValue(read) if self.field.compartment and read is not None else read

    def set_value(self, value: object) -> None:
        """Show a value; sealed text that is closed to this person cannot be written over."""
        closed = isinstance(value, SealedValue) and value.is_closed
        self._given = value
        self._write(value.value if isinstance(value, SealedValue) else value)
        self._given_raw = self.raw()
        self.set_problem("")
        if closed:
            self.set_read_only(True)
        self._say_sealed(closed)
        self._tell_in_words()

    def _say_sealed(self, closed: bool) -> None:
        """Say below the field that something is kept there, and for whom, or take that away."""
        if self._sealed is None and closed:
            self._sealed = plain_label(sealed_words(self.field), "quiet")
            self._around.addWidget(self._sealed)
        if self._sealed is not None:
            show_if(self._sealed, closed)

    def dirty(self) -> bool:
        """Tell whether something else stands here than what was given."""
        return self.raw() != self._given_raw

    def problem(self) -> str:
        """Return why what stands here cannot be read, as a sentence; "" when it can."""
        raw = self.raw()
        return "" if raw == self._given_raw else self._unreadable(raw)

    def set_problem(self, text: str) -> None:
        """Say in words below the field what is wrong with it; "" takes the words away."""
        if text == self.shown_problem():
            return
        if self._wrong is None:
            self._wrong = plain_label("", "field_problem")
            self._around.addWidget(self._wrong)
        self._wrong.setText(f"! {text}" if text else "")
        show_if(self._wrong, bool(text))
        self._inner.setAccessibleDescription(text)
        self._inner.setProperty("wrong", bool(text))
        self._inner.style().polish(self._inner)

    def shown_problem(self) -> str:
        """Return the words that stand below the field now."""
        return self._wrong.text().removeprefix("! ") if self._wrong else ""

    def raw(self) -> str:
        """Return what stands in the editor, as text."""
        raise NotImplementedError

    def kept(self) -> str:
        """Return what a draft keeps: what stands here, days as what they mean when it is typed."""
        return self.raw()

    def given_text(self) -> str:
        """Return what stood here before anything was typed, as a draft would keep it."""
        return self._given_raw

    def set_raw(self, text: str) -> None:
        """Put back what `raw` gave."""
        raise NotImplementedError

    def to_the_end(self) -> None:
        """Let the next letter follow the last one, where the text is longer than a line."""

    def set_read_only(self, on: bool) -> None:
        """Allow or forbid changing; what stands here can always be read and copied."""
        self.read_only = on
        self._inner.setEnabled(not on)

    def show_as_words(self, parts: Sequence[QWidget], on: bool) -> None:
        """Show the answer as words instead of `parts`, which nobody may press now, or the parts."""
        if self._told is None and on:
            self._told = plain_label("", "told_in_words")
            self.row.insertWidget(0, self._told, 1)
        for part in parts:
            show_if(part, not on)
        if self._told is not None:
            show_if(self._told, on)
        self._tell_in_words()

    def in_words(self) -> str:
        """Return the answer in words, for who may only read it."""
        return self.raw()

    def words_for(self, raw: str) -> str:
        """Return what would be read here if `raw` stood here; the field stays as it is."""
        before, blocked = self.raw(), self.blockSignals(True)
        self.set_raw(raw)
        words = self.in_words()
        self.set_raw(before)
        self.blockSignals(blocked)
        return words

    def _tell_in_words(self) -> None:
        if self._told is not None:
            said = self.in_words()
            self._told.setText(said or NOTHING)
            self._told.setAccessibleName(f"{_(self.field.label)}: {said or NOTHING}")

    def _name_label(self) -> None:
        if self._label is not None:
            text = _(self.field.label)
            self._label.setText(text.replace("&", "&&"))
            self._label.setAccessibleName(text)

    def _read(self, raw: str) -> object:
        """Return the value that `raw` stands for."""
        raise NotImplementedError

    def _write(self, value: object) -> None:
        """Show a value, not sealed."""
        raise NotImplementedError

    def _unreadable(self, _raw: str) -> str:
        return ""

    def _touched(self) -> None:
        """Take a problem's words away as soon as the field is changed, and tell of the change."""
        self.set_problem("")
        self.changed.emit()
