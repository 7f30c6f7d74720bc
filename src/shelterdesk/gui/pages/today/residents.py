"""Who is in the house: one line for each, with bed and day, or where she is meanwhile."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day, today, wall_time
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import Name, coded
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, for_days
from shelterdesk.gui.parts.rows import Row, keyboard_kept, one_list, rows_in
from shelterdesk.gui.parts.style.measures import NONE
from shelterdesk.records.case.stay import bare_bed
from shelterdesk.services.case.residence import Resident

_NO_ONE = N_("Nobody is in the house. When somebody arrives, admit her.")


class HouseCard(Card):
    """The list of residents; a line opens her case."""

    go = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("In the house"), "house-title")
        one_list(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(NONE)
        self.inside.addLayout(self._rows)
        self._columns: tuple[list[QWidget], ...] = ()

    def show_residents(self, residents: list[Resident], today: date) -> None:
        """Show who lives here now, for how many days, and how many of them are out."""
        self._today = today
        with keyboard_kept(lambda: rows_in(self), self):
            self._fill(residents)

    def _fill(self, residents: list[Resident]) -> None:
        rows = emptied(self._rows)
        away = sum(resident.is_away for resident in residents)
        counted = [_("In the house: {count}").format(count=len(residents) - away)]
        if away:
            counted.append(_("away: {count}").format(count=away))
        self.title.setText("  ·  ".join(counted))
        self._columns = ([], [], [])
        for resident in residents:
            rows.addWidget(self._row(resident))
        for column in self._columns:
            _as_wide_as_the_widest(column)
        if not residents:
            rows.addWidget(label_as(_(_NO_ONE), "quiet", "empty", wraps=True))

    def _row(self, resident: Resident) -> Row:
        since = for_days((self._today - resident.since).days) if resident.since else ""
        bed = _("Bed {bed}").format(bed=bare_bed(resident.bed)) if resident.bed else _("No bed yet")
        away = resident.is_away
        state = away_words(resident) if away else ""
        told = (resident.code, resident.alias, bed, since, state)
        row = Row(", ".join(part for part in told if part), "resident")
        code = label_as(resident.code, "strong", "resident-code")
        there = label_as(bed, "quiet", "resident-bed")
        last = label_as(state if away else since, "tag" if away else "quiet", "resident-since")
        for column, label in zip(self._columns, (code, there, last), strict=True):
            column.append(label)
        row.add(code)
        row.add(Name(resident.alias), 1)
        row.add(there)
        row.add(last)
        row.clicked.connect(lambda: self.go.emit("case", resident.case_id))
        return row


def away_words(resident: Resident) -> str:
    """Return why somebody is out, and until when; what an earlier text says where nothing else."""
    out = resident.out
    if out is None:
        return coded("residence_state", resident.state)
    due = "" if out.due_at is None else _near(out.due_at)
    return " ".join(filter(None, (coded("absence_reason", out.reason), due)))


def _near(due: datetime) -> str:
    """Return the hour of what is due today, of another day only that day."""
    on = house_day(due)
    return wall_time(due) if on == today() else day_text(on)


def _as_wide_as_the_widest(column: list[QWidget]) -> None:
    """Let labels of different rows stand below each other, in every language and size."""
    widest = max((label.sizeHint().width() for label in column), default=0)
    for label in column:
        label.setMinimumWidth(widest)
