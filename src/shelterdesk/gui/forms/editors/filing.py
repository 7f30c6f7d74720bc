"""The editor for a file that is kept with the record; the page opens, takes and removes it."""

from PySide6.QtCore import Signal
from typing_extensions import override

from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.editors.base import Choices, Editor
from shelterdesk.gui.parts.plain import button, plain_label, show_if


class FileEditor(Editor):
    """Which file is kept, by its title, with buttons to put one there and to take it away.

    The editor opens no file itself: the page listens to `choose_asked` and answers by `set_raw`
    with the id of the kept file.
    """

    choose_asked = Signal()

    def __init__(self, name: str, field: Field, choices: Choices | None = None) -> None:
        self.choose = button("", name)
        super().__init__(name, field, self.choose)
        self._choices = choices
        self._file = ""
        self.words = plain_label("", "chosen")
        self.remove = button("", f"{name}_clear")
        for made in (self.choose, self.remove):
            made.setProperty("small", True)
        self.row.addWidget(self.words, 1)
        self.row.addWidget(self.choose)
        self.row.addWidget(self.remove)
        self.choose.clicked.connect(self.choose_asked)
        self.remove.clicked.connect(lambda: self.set_raw(""))
        self._say()

    @override
    def raw(self) -> str:
        return self._file

    @override
    def set_raw(self, text: str) -> None:
        if text != self._file:
            self._file = text
            self._touched()
        self._show()

    @override
    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self._show()

    def _say(self) -> None:
        label = _(self.field.label)
        self.choose.setText(_("Choose a file…"))
        self.choose.setAccessibleName(": ".join((label, _("Choose a file…"))))
        self.remove.setText(_("Remove"))
        self.remove.setAccessibleName(": ".join((label, _("Remove"))))
        self._show()

    def _show(self) -> None:
        titles = dict(self._choices()) if self._choices else {}
        kept = titles.get(self._file, _("A file is kept")) if self._file else _("No file")
        self.words.setText(kept)
        show_if(self.remove, bool(self._file) and not self.read_only)
        show_if(self.choose, not self.read_only)

    @override
    def _read(self, raw: str) -> object:
        return raw or None

    @override
    def _write(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))
