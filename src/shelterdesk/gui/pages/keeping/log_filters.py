"""What the log is looked through for: who, which file, from when until when, what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.fields import (
    TypedDay,
    choice,
    choose,
    chosen,
    labelled,
    put_into,
    shown_in,
)
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named
from shelterdesk.gui.parts.style.measures import AROUND_WORD, HAIR, NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.access_log import LogFilter
from shelterdesk.services.keeping.log_words import WHAT_TITLES, What

_CODE, _CHOICE = 10, 17
"""Letters for which there is room in a line."""


class LogFilters(QWidget):
    """The fields above the log. Nothing is looked for until Enter or Show: each look is a line."""

    wanted = Signal()

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__()
        self._desk = desk
        today = desk.today()
        whats = [(what.value, _(title)) for what, title in WHAT_TITLES.items()]
        self.who = choice("who", _("Who"), desk.log.people())
        self.file = named(WrittenLine(), "file", _("Case code"))
        self.begins = named(TypedDay(today), "begins", _("From"))
        self.ends = named(TypedDay(today), "ends", _("Until"))
        self.what = choice("what", _("What"), whats)
        self.show_lines = button(_("Show"), "main")
        self.clear = button(_("Everything"), "clear")
        if case_id:
            self.file.setText(desk.log.code_of(case_id) or case_id)
        self._lay_out()
        self.show_lines.clicked.connect(self.wanted)
        self.clear.clicked.connect(self._clear)

    def _lay_out(self) -> None:
        row = Flow()
        for words, field, letters in (
            (_("Who"), self.who, _CHOICE),
            (_("Case code"), self.file, _CODE),
            (_("From"), self.begins, 0),
            (_("Until"), self.ends, 0),
            (_("What"), self.what, _CHOICE),
        ):
            if letters:
                wide = field.fontMetrics().averageCharWidth() * letters
                field.setFixedWidth(wide + AROUND_WORD)
            part, column = QWidget(), labelled(words, field)
            column.setContentsMargins(*NO_MARGINS)
            part.setLayout(column)
            row.add(part)
        row.add(_at_the_foot(self.show_lines), _at_the_foot(self.clear))
        self.setLayout(row)

    def fields(self) -> dict[str, QWidget]:
        """Return the fields by name."""
        return {
            "who": self.who,
            "file": self.file,
            "begins": self.begins,
            "ends": self.ends,
            "what": self.what,
        }

    def filter(self) -> LogFilter:
        """Return what is asked for; what cannot be read takes the keyboard.

        Raises UnreadableDate, NoSuchFile, HiddenSigns.
        """
        code, what = self.file.text().strip(), chosen(self.what)
        field: QWidget = self.begins
        try:
            begins = self.begins.day()
            field = self.ends
            ends = self.ends.day()
            field = self.file
            file = self._desk.log.file_named(code) if code else ""
        except DeskError:
            field.setFocus()
            raise
        return LogFilter(chosen(self.who), file, begins, ends, What(what) if what else None)

    def _clear(self) -> None:
        for field in self.fields().values():
            if isinstance(field, QComboBox):
                choose(field, "")
            elif isinstance(field, QLineEdit):
                field.clear()
        self.wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        if isinstance(at, QAbstractButton):
            at.click()
        else:
            self.wanted.emit()

    # -- what was chosen --------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what stands in the fields, so that it survives a change of language."""
        return {name: shown_in(field) for name, field in self.fields().items()}

    def restore(self, values: dict[str, str]) -> None:
        """Put back what stood in the fields."""
        for name, field in self.fields().items():
            put_into(field, values.get(name, ""))


def _at_the_foot(pressed: QWidget) -> QWidget:
    """Return a button that stands as low as the fields beside it, below room for a label."""
    part = QWidget()
    column = QVBoxLayout(part)
    label = label_as(_("Who"), "label", "quiet")
    label.ensurePolished()
    column.setContentsMargins(0, label.sizeHint().height() + HAIR, 0, 0)
    column.addWidget(pressed)
    return part
