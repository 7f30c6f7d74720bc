"""My day: who is in the house, and what every room has to say, by how soon it is to be done."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.opened_at import open_at
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.case.task_acts import TaskActs
from shelterdesk.gui.pages.case.task_row import TaskRow
from shelterdesk.gui.pages.case.tasks import NewTaskLine, mark_task, restore_both, with_changes
from shelterdesk.gui.pages.disclosure.referral_list import SlipLine
from shelterdesk.gui.pages.today.day_card import DayCard
from shelterdesk.gui.pages.today.day_rows import LineRow, ReviewRow
from shelterdesk.gui.pages.today.first_hour import FirstHourCard
from shelterdesk.gui.pages.today.residents import HouseCard
from shelterdesk.gui.pages.today.what_next import WhatNextCard
from shelterdesk.gui.parts.look import dress_page, label_as
from shelterdesk.gui.parts.moments import backup_text, day_text
from shelterdesk.gui.parts.plain import button, comes_last, plain_label, press_by, show_if
from shelterdesk.gui.parts.rows import JustSaved, Row, keyboard_kept, one_list, rows_in
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.gui.parts.style.measures import (
    BETWEEN,
    EDGE,
    HAIR,
    INSIDE,
    NEAR,
    NO_MARGINS,
    NONE,
    ONE_COLUMN,
    SCROLL_BAR,
)
from shelterdesk.records.case.task import Task
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.services.day_lines import DayLine, DayPart
from shelterdesk.services.desk import Desk

_LETTERS_FOR_TWO: Final = 112
"""Letters that must fit beside each other before the cards stand in two columns.

So that a task that is late finds room beside all that can be done about it, in Lao too.
"""

_NOTHING: Final = N_("Nothing is due. Type a task above, or open a case and plan the next step.")
_NO_LETTER: Final = N_("No letter waits for an answer. A new one begins in a case: Refer.")
_KEYS: Final = N_(
    "On a task: Tab and the arrows lead to its buttons, Ctrl++ moves it a day, F2 changes it, "
    "Delete when it is no longer needed. Enter opens what a line is about."
)


class HomePage(QWidget):
    """What matters today, as cards; everything on them is one click from where it is dealt with."""

    go = Signal(str, str)
    page_name = "home"
    by_the_clock = True
    """What is due becomes late by the hour: the page is read anew while it is seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._just_saved = JustSaved()
        self._halves: list[QWidget] = []
        dress_page(self)
        self._cards()
        inside = QWidget()
        one_list(inside)
        self._around = around = QVBoxLayout(inside)
        around.setSpacing(BETWEEN)
        self._grid = QGridLayout()
        self._grid.setSpacing(BETWEEN)
        around.addLayout(self._grid)
        around.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*NO_MARGINS)
        whole.setSpacing(NONE)
        self._title = self._head()
        whole.addLayout(self._title)
        self.area = scrolling(inside, "home-scroll", _("My day"))
        whole.addWidget(self.area)
        whole.addWidget(self.acts)
        self._placed(columns=2)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(INSIDE)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(plain_label(_("My day"), "title"))
        self.today = label_as("", "quiet", "today")
        words.addWidget(self.today)
        line.addLayout(words)
        line.addWidget(self.acts.telling, 1)  # where nothing is pushed by what is told
        if self._desk.may(Area.HOUSE, Right.WRITE):
            admit = button(_("Admit somebody"), "main")
            press_by(admit, "Ctrl+N")
            comes_last(admit)  # the work of the day comes before it
            admit.clicked.connect(lambda: self.go.emit("admission", ""))
            line.addWidget(admit, 0, Qt.AlignmentFlag.AlignTop)
        return line

    # -- the cards --------------------------------------------------------------------------

    def _cards(self) -> None:
        """Make the cards that her roles have a part in; what is not hers is not there."""
        may = self._desk.may
        self.acts = TaskActs(self._desk)
        self.acts.setContentsMargins(EDGE, NONE, EDGE, NONE)
        self.acts.done.connect(self.refresh)
        self.house = HouseCard()
        self.house.go.connect(self.go)
        self.backup = label_as("", "quiet", "backup-age", wraps=True)
        self.first = FirstHourCard(self._desk)
        self.first.go.connect(self.go)
        self.next = WhatNextCard(self._desk)
        self.next.go.connect(self.go)
        self.new: NewTaskLine | None = None
        if may(Area.TASKS, Right.WRITE):
            self.new = NewTaskLine(self._desk, keys=_KEYS)
            self.new.added.connect(self._added)
        self.groups = {part: self._group(part) for part in DayPart}

    def _group(self, part: DayPart) -> DayCard:
        row_of = loosely(self._row)
        if part is DayPart.TODAY and self._desk.may(Area.TASKS):
            return DayCard(part, row_of, _NOTHING, above=self.new)
        if part is DayPart.WAITING and self._desk.may(Area.CONSENT):
            slip = SlipLine(self._desk)
            slip.go.connect(self.go)
            return DayCard(part, row_of, _NO_LETTER, below=slip)
        return DayCard(part, row_of)

    def _placed(self, columns: int) -> None:
        """Stand the cards in one column, or in two: what is to be done left, the house right."""
        self._columns = columns
        now, today, ahead, waiting = (self.groups[part] for part in DayPart)
        house = [self.house] if self._desk.may(Area.HOUSE) else []
        sides: list[list[QWidget]] = [
            [self.first, now, today, *house, self.next, ahead, waiting, self.backup]
        ]
        if columns == 2 and house:
            sides = [[self.first, now, today, self.next, ahead, waiting], [*house, self.backup]]
        self._sides = len(sides)
        for side, parts in enumerate(sides):
            half = QWidget()  # each is read to its end, by the eye and by Tab
            column = QVBoxLayout(half)
            column.setContentsMargins(*NO_MARGINS)
            column.setSpacing(BETWEEN)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            self._halves.append(half)
            self._grid.addWidget(half, 0, side)
            show_if(half, wanted=True)  # now: what has the keyboard in it must not lose it
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 4 if self._sides == 2 else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        needed = self.fontMetrics().averageCharWidth() * _LETTERS_FOR_TWO
        columns = 2 if event.size().width() >= needed else 1
        if columns != self._columns:
            before, self._halves = self._halves, []
            self._placed(columns)  # the cards go over before their halves go
            for half in before:
                self._grid.removeWidget(half)
                half.deleteLater()
        wide = event.size().width() - EDGE - ONE_COLUMN if self._sides == 1 else 0
        right = max(EDGE, wide)  # of the title and of the cards, beside which the bar stands
        self._around.setContentsMargins(EDGE, NONE, right - SCROLL_BAR, BETWEEN)
        self._title.setContentsMargins(EDGE, NEAR, right, BETWEEN)
        super().resizeEvent(event)

    # -- what stands on the cards -----------------------------------------------------------

    def refresh(self) -> None:
        """Read the day anew; the focus stays at its place among the rows."""
        bar = self.area.verticalScrollBar()
        seen = bar.value()
        with keyboard_kept(self._listed, self):
            self._read()
        bar.setValue(seen)
        mark_task(self._just_saved, self._listed())

    def _read(self) -> None:
        self._now = self._desk.today()
        self.today.setText(day_text(self._now))
        if self._desk.may(Area.HOUSE):
            self.house.show_residents(self._desk.residence.in_house(), self._now)
        lines = self._desk.home.my_day()
        for part, card in self.groups.items():
            card.show_lines([line for line in lines if line.part(self._now) is part])
        self._show_ways(lines)
        self.first.refresh()
        self._show_backup()

    def _show_ways(self, lines: list[DayLine]) -> None:
        """Offer what she can do while nothing presses that she could open; without a house always.

        Who has no part in the house has little more than this on the page.
        """
        parts = {line.part(self._now) for line in lines if line.page or line.record}
        pressing = DayPart.NOW in parts or DayPart.TODAY in parts
        wanted = not pressing or not self._desk.may(Area.HOUSE)
        show_if(self.next, wanted and bool(self.next.ways))

    def _added(self) -> None:
        """Show in view which task was added just now."""
        self._just_saved.note(self.new.kept if self.new is not None else "")
        self.refresh()

    def _listed(self) -> list[Row]:
        return [row for card in self.groups.values() for row in rows_in(card)]

    def _show_backup(self) -> None:
        last = self._desk.backups.last()
        self.backup.setText(backup_text(last.made_at, last.age_days) if last else backup_text())

    # -- a line -----------------------------------------------------------------------------

    def _row(self, line: DayLine) -> Row:
        """Return the row of a line: of its own kind where something is done in it."""
        if isinstance(line.record, Task):
            return self._task_row(line, line.record)
        if isinstance(line.record, Disclosure):
            return self._review_row(line, line.record)
        row = LineRow(line, self._now)
        row.clicked.connect(lambda: self._open(line))
        return row

    def _task_row(self, line: DayLine, task: Task) -> TaskRow:
        writes = self._desk.may(Area.TASKS, Right.WRITE)
        row = TaskRow(task, self._now, line.who, writes=writes)
        row.opened.connect(lambda: self._open(line))
        self.acts.follow(row, task)
        return row

    def _review_row(self, line: DayLine, left: Disclosure) -> ReviewRow:
        row = ReviewRow(line, self._now, left, is_asked=not line.waits)
        row.clicked.connect(lambda: self._open(line))
        row.looked.connect(lambda: self._looked(left))
        return row

    def _open(self, line: DayLine) -> None:
        if line.spot is not None:
            open_at(self._desk, line.record_id, line.spot)
        if line.page:
            self.go.emit(line.page, line.record_id)

    def _looked(self, left: Disclosure) -> None:
        self.acts.say("")
        try:
            self._desk.consents.mark_reviewed(left)
        except DeskError as fault:
            self.acts.say(str(fault))
            return
        self.refresh()

    # -- kept -------------------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return the task that is being typed, and what is being corrected in another one."""
        return with_changes(self.new, self.acts)

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was being typed."""
        restore_both(self.new, self.acts, values)
