"""Editors for one choice: from a code list, or the record that a link points to."""

from PySide6.QtCore import QSignalBlocker
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.editors.base import Choices, Editor
from shelterdesk.gui.editors.calm import SEARCHED, CalmCombo

_NOT_IN_LIST = N_("Please choose from the list.")
_NOT_SHOWN = N_("(a record that is not shown here)")


class OneOfEditor(Editor):
    """A box with one empty entry, then what can be chosen; long lists are searched by typing.

    A value that is not offered any more stays and is shown.
    """

    def __init__(self, name: str, field: Field, *, searched: bool) -> None:
        self.box = CalmCombo()
        if searched:
            self.box.search_by_typing()
        super().__init__(name, field, self.box)
        self.row.addWidget(self.box, 1)
        self.fill()
        self.box.currentIndexChanged.connect(self._touched)
        self.box.editTextChanged.connect(self._touched)

    def offers(self) -> list[tuple[str, str]]:
        """Return what can be chosen now: id and words."""
        raise NotImplementedError

    def words_of(self, value: str) -> str:
        """Return the words for a value that is not on offer."""
        raise NotImplementedError

    def fill(self) -> None:
        """Read anew what can be chosen; what is chosen stays."""
        raw = self.raw()
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem("", "")
            for value, words in self.offers():
                self.box.addItem(words, value)
            self._choose(raw)

    @override
    def raw(self) -> str:
        place = self.box.currentIndex()
        typed = self.box.currentText()
        if self.box.isEditable() and (place < 0 or self.box.itemText(place) != typed):
            place = self.box.findText(typed)
        return str(self.box.itemData(place)) if place >= 0 else f"?{typed}"

    @override
    def set_raw(self, text: str) -> None:
        self._choose(text)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.fill()

    def _choose(self, raw: str) -> None:
        place = self.box.findData(raw)
        if place < 0 and raw.startswith("?"):
            self.box.setCurrentIndex(-1)
            if self.box.isEditable():
                self.box.setEditText(raw[1:])
            return
        if place < 0:
            self.box.addItem(self.words_of(raw), raw)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)
        if line := self.box.lineEdit():
            line.setText(self.box.itemText(place))
            line.setCursorPosition(0)

    @override
    def _read(self, raw: str) -> object:
        return None if not raw or raw.startswith("?") else raw

    @override
    def _write(self, value: object) -> None:
        self._choose("" if value is None else str(value))

    @override
    def _unreadable(self, raw: str) -> str:
        return _(_NOT_IN_LIST) if raw.startswith("?") and raw != "?" else ""


class ChoiceEditor(OneOfEditor):
    """One code of a list, shown by its label."""

    def __init__(self, name: str, field: Field) -> None:
        searched = len(codes.labels(field.codes, screen_language())) > SEARCHED
        super().__init__(name, field, searched=searched)

    @override
    def offers(self) -> list[tuple[str, str]]:
        return list(codes.labels(self.field.codes, screen_language()).items())

    @override
    def words_of(self, value: str) -> str:
        return codes.label(self.field.codes, value, screen_language())


class LinkEditor(OneOfEditor):
    """Another record, chosen from those that the page offers."""

    def __init__(self, name: str, field: Field, choices: Choices | None = None) -> None:
        self._choices = choices
        searched = len(choices()) > SEARCHED if choices else False
        super().__init__(name, field, searched=searched)

    @override
    def offers(self) -> list[tuple[str, str]]:
        return self._choices() if self._choices else []

    @override
    def words_of(self, value: str) -> str:
        return _(_NOT_SHOWN)
