"""Editors for one choice: from a code list, or the record that a link points to."""

from PySide6.QtCore import QEvent, QSignalBlocker
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language
from shelterdesk.core.lao.latin import romanised
from shelterdesk.gui.forms.editors.base import Choices, Editor
from shelterdesk.gui.forms.editors.calm import SEARCHED, CalmCombo

_NOT_IN_LIST = N_("Please choose from the list.")
_NOT_SHOWN = N_("(a record that is not shown here)")


class OneOfEditor(Editor):
    """A box with one entry for nothing, then what can be chosen; long lists are searched by typing.

    A value that is not offered any more stays and is shown. The box is filled when it is first
    needed: by then it stands in its place, and the list that Qt makes for it is given its look
    once, not once for each frame around it.
    """

    def __init__(self, name: str, field: Field) -> None:
        self._box, self._filled, self._waiting = CalmCombo(), False, ""
        super().__init__(name, field, self._box)
        self.row.addWidget(self._box, 1)
        self._box.currentIndexChanged.connect(self._touched)
        self._box.editTextChanged.connect(self._touched)

    @property
    def box(self) -> CalmCombo:
        """The box, with all that can be chosen in it."""
        if not self._filled:
            self._filled = True
            self._fill(self._waiting)
        return self._box

    @property
    @override
    def inner(self) -> CalmCombo:
        return self.box

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Polish and not self._filled:
            _filled = self.box
        return super().event(event)

    def offers(self) -> list[tuple[str, str]]:
        """Return what can be chosen now: id and words."""
        raise NotImplementedError

    def words_of(self, value: str) -> str:
        """Return the words for a value that is not on offer."""
        raise NotImplementedError

    def also_called(self, _value: str, words: str) -> str:
        """Return by which other words somebody may look for what is on offer."""
        return romanised(words)

    def fill(self) -> None:
        """Read anew what can be chosen; what is chosen stays."""
        if self._filled:
            self._fill(self.raw())

    def _fill(self, chosen: str) -> None:
        offers = self.offers()
        with QSignalBlocker(self._box):
            if len(offers) > SEARCHED and not self._box.isEditable():
                self._box.search_by_typing()
            self._box.clear()
            self._box.add_nothing()
            for value, words in offers:
                self._box.addItem(words, value)
                if self._box.isEditable():
                    self._box.found_by(self._box.count() - 1, words, self.also_called(value, words))
            self._choose(chosen)
        self._box.name_parts()

    @override
    def raw(self) -> str:
        if not self._filled:
            return self._waiting
        place = self.box.currentIndex()
        typed = self.box.currentText()
        if self.box.isEditable() and (place < 0 or self.box.itemText(place) != typed):
            place = self.box.findText(typed)
        return str(self.box.itemData(place)) if place >= 0 else f"?{typed}"

    @override
    def set_raw(self, text: str) -> None:
        self._choose(text)

    @override
    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.show_as_words([self._box], on)

    @override
    def in_words(self) -> str:
        raw = self.raw()
        if not raw or raw.startswith("?"):
            return raw.removeprefix("?")
        return dict(self.offers()).get(raw) or self.words_of(raw)

    def _choose(self, raw: str) -> None:
        if not self._filled:
            self._wait_with(raw)
            return
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

    def _wait_with(self, raw: str) -> None:
        """Keep what is to be chosen until the box is filled."""
        if raw != self._waiting:
            self._waiting = raw
            self._touched()

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
        self._above = ""
        super().__init__(name, field)

    def offer_within(self, above: str) -> None:
        """Offer only what lies within the code of another field; what is chosen already stays."""
        if above != self._above:
            self._above = above
            self.fill()

    @override
    def offers(self) -> list[tuple[str, str]]:
        found = codes.labels_within(self.field.codes, self._above, screen_language())
        return list(found.items())

    @override
    def words_of(self, value: str) -> str:
        return codes.label(self.field.codes, value, screen_language())

    @override
    def also_called(self, value: str, words: str) -> str:
        """Return the words of every language: who types on a Latin keyboard finds Lao ones."""
        return " ".join(codes.label(self.field.codes, value, language) for language in LANGUAGES)


class LinkEditor(OneOfEditor):
    """Another record, chosen from those that the page offers."""

    def __init__(self, name: str, field: Field, choices: Choices | None = None) -> None:
        self._choices = choices
        super().__init__(name, field)

    @override
    def offers(self) -> list[tuple[str, str]]:
        return self._choices() if self._choices else []

    @override
    def words_of(self, value: str) -> str:
        return _(_NOT_SHOWN)
