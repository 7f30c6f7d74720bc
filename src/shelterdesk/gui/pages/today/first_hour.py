"""The first hour on My day: the six steps that set a house up, and how far they have come."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.icons import drawn
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.rows import Row, keyboard_kept, one_list, rows_in, small
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.first_hour import FirstStep


class FirstHourCard(Card):
    """A row for each step: what is done says so, the others open the page where it is done."""

    go = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("The first hour"), "first-hour-title")
        one_list(self)
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.inside.addLayout(self._rows)
        self.away = small(_("Put this list away"), "put-away")
        self.away.clicked.connect(self._put_away)
        self.inside.addWidget(self.away, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Read anew what is done; the card goes when everything is."""
        directs = self._desk.may(Area.KEYS, Right.WRITE)
        steps = self._desk.first_hour.steps() if directs else []
        self._show(steps)
        show_if(self, bool(steps))

    def _show(self, steps: Sequence[FirstStep]) -> None:
        with keyboard_kept(lambda: rows_in(self), self):
            rows = emptied(self._rows)
            for step in steps:
                rows.addWidget(self._row(step))
        done = sum(step.is_done for step in steps)
        told = _("{done} of {all} are done").format(done=done, all=len(steps))
        self.title.setText("  ·  ".join((_("The first hour"), told)))

    def _row(self, step: FirstStep) -> Row:
        words, state = _(step.words), _("done") if step.is_done else _("to be done")
        row = Row(f"{words}, {state}", "first-step")
        sign, colour = ("check", "accent") if step.is_done else ("clock", "ink")
        row.add(drawn(sign, colour, row.fontMetrics().height()))
        row.add(plain_label(words), 1)
        row.add(label_as(state, "quiet"))
        if step.page:
            row.clicked.connect(lambda: self.go.emit(step.page, ""))
        else:
            row.unsetCursor()
        return row

    def _put_away(self) -> None:
        self._desk.first_hour.put_away()
        self.refresh()
