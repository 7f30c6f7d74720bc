"""A record as a page reads it, and in its place, once it is asked for, the form that changes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.reading import RecordReading
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.records.base import Record


class ReadOrChange(QWidget):
    """What stands there, to be read; *Change* opens the form in its place.

    A draft that comes back opens it too. Where the button stands is the card's to say.
    """

    opened = Signal()
    """The form was opened, or folded again."""

    def __init__(self, editor: RecordEditor, name: str, *, writes: bool) -> None:
        super().__init__()
        self._editor, self._writes = editor, writes
        form = editor.form
        self.reading = RecordReading(form.kind, form.names, f"{name}-reading")
        self.change = small(_("Change"), f"change-{name}")
        self.change.clicked.connect(self.enter)
        form.brought_back.connect(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.addWidget(self.reading)
        column.addWidget(editor)
        self.is_open = False
        self._show()

    def read(self, record: Record | None) -> None:
        """Show a record to be read."""
        self.reading.read(record)

    def open(self) -> None:
        """Show the form in the place of what is read."""
        self._turn(is_open=self._writes)

    def enter(self) -> None:
        """Show the form with the keyboard in its first field."""
        self.open()
        self._editor.form.begin_typing()

    def fold(self) -> None:
        """Go back to reading, unless something is typed there or waits for a choice."""
        form = self._editor.form
        if not form.dirty() and not form.waiting():
            self._turn(is_open=False)

    def _turn(self, *, is_open: bool) -> None:
        if is_open != self.is_open:
            self.is_open = is_open
            self._show()
            self.opened.emit()

    def _show(self) -> None:
        show_if(self.reading, not self.is_open)
        show_if(self._editor, self.is_open)
        show_if(self.change, self._writes and not self.is_open)
