"""The line that takes the last change back."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.seal import is_closed
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.records.base import Record
from shelterdesk.services.desk import Desk

_MAY_BE = N_("The last change can be taken back.")

Before = tuple[Record, Mapping[str, Any]]
"""A record as it was read before it was changed, and what stood in the changed fields."""


class TakenBack(QWidget):
    """Hidden until something was changed; what somebody else has changed since is left alone."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._before: list[tuple[Record, int, Mapping[str, Any]]] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(*NO_MARGINS)
        self.told = label_as("", "quiet", "section-changed", wraps=True)
        self.problem = problem_line()
        self.undo = named(small(_("Undo"), "undo"), "undo-section", _("Undo"))
        self.undo.clicked.connect(self._take_back)
        line.addWidget(self.told, 1)
        line.addWidget(self.problem, 1)
        line.addWidget(self.undo)
        self.hide()

    def offer(self, before: Sequence[Before]) -> None:
        """Offer the way back; what is sealed and was not open has none."""
        now = [self._desk.records.get(type(one), one.id) for one, _values in before]
        self._before = [
            (one, one.version, values) for one, (_old, values) in zip(now, before, strict=True)
        ]
        closed = any(is_closed(value) for _one, values in before for value in values.values())
        self.told.setText(_(_MAY_BE))
        tell(self.problem, "")
        show_if(self, bool(before) and not closed)

    def forget(self) -> None:
        """Offer nothing any more: something else is being written."""
        self._before = []
        self.hide()

    def _take_back(self) -> None:
        try:
            for record, version, values in self._before:
                fresh = self._desk.records.get(type(record), record.id)
                fresh.version = version
                self._desk.records.change(fresh, values)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.forget()
        self.done.emit()
