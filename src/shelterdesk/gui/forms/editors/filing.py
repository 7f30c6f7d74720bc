"""The editor for a file that is kept with the record: it says which; pages bring files in."""

from typing_extensions import override

from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.editors.base import Choices, Editor
from shelterdesk.gui.parts.plain import plain_label


class FileEditor(Editor):
    """Which file is kept, by its title. It opens none and takes none away: a page does."""

    def __init__(self, name: str, field: Field, choices: Choices | None = None) -> None:
        self.words = plain_label("", name)
        super().__init__(name, field, self.words)
        self._choices = choices
        self._file = ""
        self.row.addWidget(self.words, 1)
        self._say()

    @override
    def raw(self) -> str:
        return self._file

    @override
    def set_raw(self, text: str) -> None:
        if text != self._file:
            self._file = text
            self._touched()
        self._say()

    def _say(self) -> None:
        titles = dict(self._choices()) if self._choices else {}
        kept = titles.get(self._file, _("A file is kept")) if self._file else _("No file")
        self.words.setText(kept)

    @override
    def _read(self, raw: str) -> object:
        return raw or None

    @override
    def _write(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))
