"""One group of lines on My day: now, today, the next days, or what others have to do first."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.rows import Row, rows_in, rule_line, small
from shelterdesk.gui.parts.style.measures import NONE
from shelterdesk.services.day_lines import DayLine, DayPart

TITLES: Final = {
    DayPart.NOW: N_("Now"),
    DayPart.TODAY: N_("Today"),
    DayPart.AHEAD: N_("The next seven days"),
    DayPart.WAITING: N_("Waiting for others"),
}

SHOWN_AT_FIRST: Final = 10
"""Lines that stand there before somebody asks for all: more are not read at one glance."""


class DayCard(Card):
    """The lines of one group, as rows; a group that is empty goes away unless it says something.

    `empty` is what it says then; `above` and `below` stand around the rows.
    """

    def __init__(
        self,
        part: DayPart,
        row_of: Callable[[DayLine], Row],
        empty: str = "",
        *,
        above: QWidget | None = None,
        below: QWidget | None = None,
    ) -> None:
        super().__init__(_(TITLES[part]), f"{part}-title")
        self._row_of, self._empty, self._part = row_of, empty, part
        self._lines: list[DayLine] = []
        self._shows_all = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(NONE)
        self.all = small("", f"{part}-all")
        self.all.clicked.connect(self._show_all)
        if above is not None:
            self.inside.addWidget(above)
        self.inside.addLayout(self._rows)
        self.inside.addWidget(self.all)
        if below is not None:
            self.inside.addWidget(below)

    def show_lines(self, lines: list[DayLine]) -> None:
        """Show these lines in the place of those before."""
        self._lines = lines
        self._show()
        show_if(self, bool(lines or self._empty))

    def _show(self) -> None:
        count = len(self._lines)
        shown = self._lines if self._shows_all else self._lines[:SHOWN_AT_FIRST]
        gone = rows_in(self)
        rows = emptied(self._rows)
        for row in gone:
            row.setParent(None)
        for number, line in enumerate(shown):
            if number:
                rows.addWidget(rule_line())
            rows.addWidget(self._row_of(line))
        if not count and self._empty:
            rows.addWidget(label_as(_(self._empty), "quiet", "empty", wraps=True))
        title = _(TITLES[self._part])
        self.title.setText(f"{title}  ·  {count}" if count else title)
        self.all.setText(_("Show all: {count}").format(count=count))
        self.all.setAccessibleName(f"{title}: {self.all.text()}")
        show_if(self.all, len(shown) < count)

    def _show_all(self) -> None:
        """Show the rest as well, for as long as the page is open."""
        place = len(self._lines[:SHOWN_AT_FIRST])
        self._shows_all = True
        self._show()
        rows_in(self)[place].setFocus()
